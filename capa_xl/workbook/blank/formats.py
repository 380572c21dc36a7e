"""The looks of a new workbook: cell formats from the one palette, each made once, in a fixed order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from capa_xl.model import palette
from capa_xl.model.columns import Column, Kind
from capa_xl.ooxml.number_formats import DATE_FORMAT

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

COUNT_FORMAT = "0;-0;;@"
"""A zero isn't shown: people look for work, not for nothing."""
BASE: dict[str, Any] = {**palette.NORMAL, "valign": "vcenter"}

WIDTHS = {
    Kind.KEY: 14,
    Kind.REF: 14,
    Kind.REFS: 16,
    Kind.TEXT: 14,
    Kind.NOTE: 36,
    Kind.DATE: 12,
    Kind.PERIOD: 12,
    Kind.MOMENT: 17,
    Kind.NUMBER: 10,
    Kind.COUNT: 9,
    Kind.PERSON: 10,
    Kind.PEOPLE: 12,
    Kind.DEPARTMENT: 12,
    Kind.DEPARTMENTS: 16,
    Kind.CHOICE: 11,
    Kind.OPEN_CHOICE: 11,
    Kind.CHOICES: 14,
    Kind.CLOSED_CHOICES: 14,
    Kind.YES_NO: 8,
}
_QUIET_ZERO = frozenset({"days_overdue", "problem_count"})
_CENTRED = frozenset({Kind.DATE, Kind.YES_NO, Kind.CHOICE, Kind.PERIOD, Kind.COUNT, Kind.MOMENT})


class Looks:
    """The formats of one workbook by their properties; asking twice gives the same one."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def look(self, **properties: Any) -> Format:
        """A cell format in the house font."""
        return self._format({**BASE, **properties})

    def colour(self, **properties: Any) -> Format:
        """A format for a conditional rule: only what it changes."""
        return self._format(properties)

    def body(self, col: Column, **more: Any) -> Format:
        """The look of a column's data cells, and what is more."""
        properties: dict[str, Any] = {"text_wrap": True, "valign": "top", "border": 1, "border_color": palette.BORDER}
        if col.kind is Kind.DATE:
            properties["num_format"] = DATE_FORMAT
        if col.kind is Kind.MOMENT:
            properties["num_format"] = "yyyy-mm-dd hh:mm"
        if col.key in _QUIET_ZERO:
            properties["num_format"] = COUNT_FORMAT
        if col.kind in _CENTRED:
            properties["align"] = "center"
        else:
            properties |= {"align": "right" if col.kind is Kind.NUMBER else "left", "indent": 1}
        if col.ours:
            properties["bg_color"] = palette.AUTO_FILL
        return self.look(**{**properties, **more})

    def pen_line(self, col: Column, **more: Any) -> Format:
        """The look of a column's cells on an empty line to write on."""
        return self.body(col, border_color=palette.PEN_LINE, **more)

    def header(self, *, ours: bool = False) -> Format:
        """The look of a header cell."""
        fill = palette.AUTO_FILL if ours else palette.PALE_BLUE
        return self.look(
            bold=True,
            text_wrap=True,
            align="center",
            font_color=palette.NAVY,
            bg_color=fill,
            border=1,
            border_color=palette.BORDER,
        )

    def _format(self, properties: dict[str, Any]) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]


def width_of(col: Column) -> float:
    """Column width in characters: by type, and never too narrow for the header on two lines."""
    return max(WIDTHS[col.kind], len(col.header) + 2)
