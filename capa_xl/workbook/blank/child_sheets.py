"""The sheets around the tracker: header, table, prompts; the owned ones without table or filter."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest
from math import ceil
from typing import TYPE_CHECKING, Any

from capa_xl.model import palette
from capa_xl.model.columns import Column, Kind
from capa_xl.model.lists import DEPARTMENTS_LIST
from capa_xl.model.problem import Severity
from capa_xl.model.row_heights import ONE_LINE, TWO_LINES, fitted_height, text_width, typed_height
from capa_xl.model.schema import FINDINGS_SHEET, SETTINGS_SHEET, SheetSpec, sheet_spec
from capa_xl.ooxml.number_formats import DATE_FORMAT
from capa_xl.workbook.blank.dated_cells import show_days
from capa_xl.workbook.blank.formats import Looks, width_of
from capa_xl.workbook.blank.place import LAST_ROW
from capa_xl.workbook.blank.printing import (
    BEGINNINGS,
    PADDING,
    WIDEST_A3,
    across,
    print_fitted,
    print_footer,
    print_upright_page,
    print_wide,
    rows_of_a_page,
)
from capa_xl.workbook.blank.rows import rule_rows, shown_texts, write_rows
from capa_xl.workbook.blank.validations import validate_column

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from capa_xl.workbook.blank.content import NewRow

EMPTY_ROWS = 50
"""Empty rows a table has beyond its data; Excel's tables grow by themselves."""
HEADER_HEIGHT = 30
_LIST_WIDTHS = 8, 13
"""Least and most characters of a column of 字典: so its lists stand on one page. 部门 takes what they leave of it."""
_WIDTHS = {
    "参数": {"name": 26, "value": 26, "note": 60},
    "人员部门": {"name": 14, "department": 34, "roles": 20, "email": 30, "owned_processes": 30},
    "管理评审": {"topic": 33, "decision": 33},
    "计划": {"goal": 30, "requirement": 30},
    "过程指标": {"indicator": 24, "formula": 36, "unit": 8, "frequency": 7, "department": 18},
    "质量数据": {"indicator": 24, "data_class": 20, "item": 18, "department": 24},
    "分析记录": {"data_range": 30},
    "效果确认": {"indicator": 20, "participants": 18},
    "校验结果": {"severity": 7, "rule": 7, "clause": 11, "sheet": 16, "cell": 8, "message": 100, "fix": 80, "link": 8},
    "提醒台账": {"workbook_id": 20, "milestone": 26, "due_version": 12, "occurrence": 15, "recipient": 14,
             "planned_on": 12, "sent_at": 18, "message_id": 48, "mark": 21},
}  # fmt: skip
"""Columns that differ from their type's width."""
WIDE_FINDINGS_NAME = "校验结果宽列"
"""A defined name that says 校验结果 has the widths above; older ones are narrower."""
_NARROW_FINDINGS = {"severity": 9, "rule": 8, "cell": 9, "message": 69, "fix": 40, "link": 9}
_NUMBER_FORMATS = {
    "提醒台账": {
        "due_version": DATE_FORMAT,
        "planned_on": DATE_FORMAT,
        "sent_at": "yyyy-mm-dd hh:mm",
    }
}
"""Columns of owned sheets that hold dates."""
_CODES = frozenset({"workbook_id", "message_id", "mark"})
"""Columns of owned sheets that only a program compares: hidden, so no paper and no reader has them in the way."""
_LINK = "link"
_TALL_FINDING = 50.0
"""Points of a line of 校验结果 whose texts take three lines of their columns: few take more."""
_PRINTED_NOTES = {"节假日": "没有列出的日子按国家公布的安排"}
"""Below the pages of a sheet whose empty page would leave open what goes for it; else `BEGINNINGS`."""
_SINGLE_LINED = frozenset({"参数", "节假日", "质量数据", "过程指标", "提醒台账"})
_FITTED = _SINGLE_LINED | {"人员部门"}
"""Sheets whose rows that are there already have one line where nothing takes more."""


def draw_child(
    sheet: Worksheet, looks: Looks, spec: SheetSpec, rows: Sequence[NewRow], *, has_lists: bool = True
) -> None:
    """A sheet that people fill in; `has_lists`: the workbook has 字典."""
    columns = spec.columns
    _draw_header(sheet, looks, spec)
    write_rows(sheet, 1, columns, rows)
    for position, col in enumerate(columns):
        validate_column(sheet, 1, position, col, has_lists=has_lists)
    show_days(sheet, looks, 2, (at for at, col in enumerate(columns, start=1) if col.kind is Kind.DATE))
    headers = [{"header": col.header, "header_format": looks.header()} for col in columns]
    height = len(rows) + EMPTY_ROWS
    least = ONE_LINE if spec.name in _SINGLE_LINED else TWO_LINES
    here = ONE_LINE if spec.name in _FITTED else TWO_LINES
    heights = [typed_height(shown_texts(columns, sheet_widths(spec), row), here) for row in rows]
    sheet.set_default_row(least)
    for index, points in enumerate((*heights, *[least] * EMPTY_ROWS), start=1):
        sheet.set_row(index, points)
    if not rows:
        room = rows_of_a_page(across(sheet_widths(spec)), HEADER_HEIGHT, least)
        lines = {at: looks.pen_line(col) for at, col in enumerate(columns) if col.visible}
        rule_rows(sheet, 1, min(room, EMPTY_ROWS), lines)
    options = {"name": f"表_{spec.name}", "style": None, "columns": headers}
    sheet.add_table(0, 0, height, len(columns) - 1, options)
    _finish(sheet, spec.name, sheet_widths(spec))
    print_footer(sheet, spec.name, _PRINTED_NOTES.get(spec.name, BEGINNINGS))
    if spec.name == SETTINGS_SHEET:
        print_upright_page(sheet, HEADER_HEIGHT + sum(heights))


def draw_owned(workbook: Workbook, sheet: Worksheet, looks: Looks, spec: SheetSpec) -> None:
    """A sheet the tool writes: its header, and the lines of one page; `refresh` and `remind` bring the rows."""
    _draw_header(sheet, looks, spec)
    shown = _set_owned_columns(sheet, looks, spec)
    _rule_owned(sheet, looks, spec, shown)
    if spec.name == FINDINGS_SHEET:
        _colour_findings(sheet, looks)
        workbook.define_name(WIDE_FINDINGS_NAME, "=1")
    _finish(sheet, spec.name, shown)
    sheet.set_tab_color(f"#{palette.SILENT}")


def _set_owned_columns(sheet: Worksheet, looks: Looks, spec: SheetSpec) -> tuple[float, ...]:
    """Dates as dates, links like links, hidden what only a program compares; the widths of all columns, 0 for that."""
    shown: list[float] = []
    for position, (col, width) in enumerate(zip(spec.columns, sheet_widths(spec), strict=True)):
        is_code = col.key in _CODES
        look = looks.body(col, **_owned_look(spec, col))
        sheet.set_column(position, position, width, look, {"hidden": True} if is_code else None)
        shown.append(0 if is_code else width)
    return tuple(shown)


def _owned_look(spec: SheetSpec, col: Column) -> dict[str, Any]:
    """What a column of an owned sheet has beyond the look of its kind."""
    number_format = _NUMBER_FORMATS.get(spec.name, {}).get(col.key)
    if number_format:
        return {"num_format": number_format, "align": "center", "indent": 0}
    return {"font_color": palette.ACCENT, "underline": 1, "align": "center"} if col.key == _LINK else {}


def _rule_owned(sheet: Worksheet, looks: Looks, spec: SheetSpec, widths: Sequence[float]) -> None:
    """So many lines as stand on one page whatever the rows that come need: then none is left over for a second."""
    height = _TALL_FINDING if spec.name == FINDINGS_SHEET else ONE_LINE
    count = min(rows_of_a_page(across(widths), HEADER_HEIGHT, height), EMPTY_ROWS)
    for row in range(1, 1 + count):
        sheet.set_row(row, height)
    shown = {at: col for at, (col, width) in enumerate(zip(spec.columns, widths, strict=True)) if width}
    rule_rows(sheet, 1, count, {at: looks.pen_line(col, **_owned_look(spec, col)) for at, col in shown.items()})


def _colour_findings(sheet: Worksheet, looks: Looks) -> None:
    """Errors and warnings in their colours, beside their words."""
    for severity, ink, fill in (
        (Severity.ERROR, palette.OVERDUE, palette.OVERDUE_FILL),
        (Severity.WARNING, palette.DUE_SOON, palette.DUE_SOON_FILL),
    ):
        look = looks.colour(font_color=ink, bg_color=fill)
        rule = {"type": "formula", "criteria": f'=$A2="{severity.word}"', "format": look}
        sheet.conditional_format(f"A2:A{LAST_ROW + 1}", rule)


def draw_lists(sheet: Worksheet, looks: Looks, name: str, lists: Mapping[str, tuple[str, ...]]) -> None:
    """字典: one column per list, headed by its name; no blanks between values."""
    widths = _list_widths(lists)
    look = looks.look(text_wrap=True, valign="top", align="left", indent=1, border=1, border_color=palette.BORDER)
    for position, (heading, values) in enumerate(lists.items()):
        sheet.set_column(position, position, widths[position], look)
        sheet.write_string(0, position, heading, looks.header())
        sheet.write_column(1, position, values)
    sheet.set_row(0, HEADER_HEIGHT)
    for index, row in enumerate(zip_longest(*lists.values(), fillvalue=""), start=1):
        sheet.set_row(index, fitted_height(zip(row, (width - 1 for width in widths), strict=True), ONE_LINE))
    _finish(sheet, name, widths)


def _list_widths(lists: Mapping[str, tuple[str, ...]]) -> list[float]:
    least, most = _LIST_WIDTHS
    wanted = {
        heading: max(least, *(ceil(text_width(text)) + 2 for text in (heading, *values)))
        for heading, values in lists.items()
    }
    others = sum(min(most, width) for heading, width in wanted.items() if heading != DEPARTMENTS_LIST)
    left = max(most, int(WIDEST_A3 - PADDING * len(wanted)) - others)
    return [min(left if heading == DEPARTMENTS_LIST else most, width) for heading, width in wanted.items()]


def sheet_widths(spec: SheetSpec) -> tuple[float, ...]:
    """The column widths of a sheet around the tracker."""
    own = _WIDTHS.get(spec.name, {})
    return tuple(own.get(col.key, width_of(col)) for col in spec.columns)


def findings_widths(defined_names: Collection[str]) -> tuple[float, ...]:
    """The column widths of the 校验结果 of a workbook that defines these names."""
    spec = sheet_spec(FINDINGS_SHEET)
    if WIDE_FINDINGS_NAME in defined_names:
        return sheet_widths(spec)
    pairs = zip(spec.columns, sheet_widths(spec), strict=True)
    return tuple(_NARROW_FINDINGS.get(col.key, width) for col, width in pairs)


def _draw_header(sheet: Worksheet, looks: Looks, spec: SheetSpec) -> None:
    sheet.set_row(0, HEADER_HEIGHT)
    for position, (col, width) in enumerate(zip(spec.columns, sheet_widths(spec), strict=True)):
        sheet.set_column(position, position, width, looks.body(col))
        sheet.write_string(0, position, col.header, looks.header(ours=col.ours))


def _finish(sheet: Worksheet, name: str, widths: Sequence[float]) -> None:
    frozen = next(at for at, width in enumerate(widths, start=1) if width)
    sheet.freeze_panes(1, frozen)
    sheet.set_zoom(90)
    print_wide(sheet, name, header_rows=(0, 0), frozen=frozen)
    print_fitted(sheet, widths)
