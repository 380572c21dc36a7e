"""总览: what is overdue, what comes next month, whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from capa_xl.workbook.blank.formats import Looks

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from capa_xl.workbook.blank.content import Content


def draw_overview(
    sheet: Worksheet, looks: Looks, content: Content, words: Mapping[str, tuple[str, ...]], as_of: date
) -> None:
    """Draw the sheet."""
    sheet.write_string(0, 0, "总览", looks.look(bold=True))
