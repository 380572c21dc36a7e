"""使用说明: one page for the people who fill the workbook in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capa_xl.workbook.blank.formats import Looks

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def draw_guide(sheet: Worksheet, looks: Looks) -> None:
    """Write the guide."""
    sheet.write_string(0, 0, "使用说明", looks.look(bold=True))
