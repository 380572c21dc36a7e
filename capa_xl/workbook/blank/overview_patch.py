"""What refresh writes on 总览: the true results of its formulas, and its values that are no formulas.

Its formulas look at one sheet. Where several are the register, their places take the values themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.derived import AUTO_COLUMNS
from capa_xl.model.overview import Overview
from capa_xl.model.register import Register
from capa_xl.model.schema import OVERVIEW_SHEET
from capa_xl.ooxml.patch import CachedValue, CellEdit
from capa_xl.workbook.blank.overview_cells import overview_cells
from capa_xl.workbook.blank.overview_first_layout import first_layout_cells
from capa_xl.workbook.blank.overview_layout import LAYOUT_NAME, Formula, OverviewCell, edition_of
from capa_xl.workbook.blank.place import place_of


def overview_results(register: Register, overview: Overview) -> tuple[CachedValue, ...]:
    """The results of the formulas; () where the workbook has no such sheet."""
    return tuple(
        CachedValue(OVERVIEW_SHEET, cell.at, cell.value(overview))
        for cell in _cells(register)
        if not _is_value(cell, register)
    )


def overview_values(register: Register, overview: Overview) -> tuple[CellEdit, ...]:
    """The values; () where the workbook has no such sheet, or one of the first layout."""
    return tuple(
        CellEdit(OVERVIEW_SHEET, cell.at, value if (value := cell.value(overview)) != "" else None)
        for cell in _cells(register)
        if _is_value(cell, register)
    )


def _is_value(cell: OverviewCell, register: Register) -> bool:
    return cell.formula is None or (bool(register.tracker.pages) and _looks_at_the_tracker(cell.formula))


def _looks_at_the_tracker(formula: Formula) -> bool:
    return _ANY_SHEET.sheet in formula(_ANY_SHEET)


_ANY_SHEET = place_of("~", 1, [col.key for col in (*columns_of(Action), *AUTO_COLUMNS)])


def _cells(register: Register) -> Sequence[OverviewCell]:
    if not register.is_ours_to_write(OVERVIEW_SHEET):
        return ()
    if LAYOUT_NAME not in register.defined_names:
        return first_layout_cells()
    return overview_cells(edition_of(register.defined_names))
