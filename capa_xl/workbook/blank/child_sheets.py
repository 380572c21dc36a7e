"""The sheets around the tracker: header, table, prompts; the owned ones without table or filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from capa_xl.model import palette
from capa_xl.model.columns import Column
from capa_xl.model.schema import SheetSpec
from capa_xl.workbook.blank.formats import Looks, width_of
from capa_xl.workbook.blank.printing import print_wide
from capa_xl.workbook.blank.rows import write_rows
from capa_xl.workbook.blank.validations import validate_column

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from capa_xl.workbook.blank.content import Row

EMPTY_ROWS = 50
"""Empty rows a table has beyond its data; Excel's tables grow by themselves."""
HEADER_HEIGHT, ROW_HEIGHT = 30, 33


def draw_child(sheet: Worksheet, looks: Looks, spec: SheetSpec, rows: Sequence[Row]) -> None:
    """A sheet that people fill in."""
    columns = spec.columns
    _draw_header(sheet, looks, columns)
    write_rows(sheet, 1, columns, rows)
    for position, col in enumerate(columns):
        validate_column(sheet, 1, position, col)
    headers = [{"header": col.header, "header_format": looks.header()} for col in columns]
    height = len(rows) + EMPTY_ROWS
    for row in range(1, height + 1):
        sheet.set_row(row, ROW_HEIGHT)
    options = {"name": f"表_{spec.name}", "style": None, "columns": headers}
    sheet.add_table(0, 0, height, len(columns) - 1, options)
    _finish(sheet, spec.name)


def draw_owned(sheet: Worksheet, looks: Looks, spec: SheetSpec) -> None:
    """A sheet the tool writes: only its header; `refresh` and `remind` bring the rows."""
    _draw_header(sheet, looks, spec.columns)
    _finish(sheet, spec.name)
    sheet.set_tab_color(f"#{palette.SILENT}")


def draw_lists(sheet: Worksheet, looks: Looks, name: str, lists: Mapping[str, tuple[str, ...]]) -> None:
    """字典: one column per list, headed by its name; no blanks between values."""
    for position, (heading, values) in enumerate(lists.items()):
        sheet.set_column(position, position, 15, looks.look())
        sheet.write_string(0, position, heading, looks.header())
        sheet.write_column(1, position, values)
    sheet.set_row(0, HEADER_HEIGHT)
    _finish(sheet, name)


def _draw_header(sheet: Worksheet, looks: Looks, columns: Sequence[Column]) -> None:
    sheet.set_row(0, HEADER_HEIGHT)
    for position, col in enumerate(columns):
        sheet.set_column(position, position, width_of(col), looks.body(col))
        sheet.write_string(0, position, col.header, looks.header(ours=col.ours))


def _finish(sheet: Worksheet, name: str) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_zoom(90)
    print_wide(sheet, name, header_rows=(0, 0), frozen=0)
