"""Sheets whose formulas use the functions of Excel 2007 alone, as all formulas of our workbooks do."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet


class PlainFormulas(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet that writes formulas as they are given.

    XlsxWriter looks for thirty newer functions in every formula (FILTER, XLOOKUP …), to mark them for the file. For the
    1,900 formulas of 时间轴 that took more than half of the time that a new workbook takes.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """A formula without its leading equals sign; XlsxWriter calls this, and an array's braces stay its own task."""
        if formula.startswith("="):
            return formula[1:]
        return str(super()._prepare_formula(formula, expand_future_functions))
