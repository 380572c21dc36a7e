"""A new workbook as bytes: every sheet of the schema in its order, 总览 first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from types import MappingProxyType

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from capa_xl.model import palette
from capa_xl.model.levels import WHOLE, Level
from capa_xl.model.procedure import POLICY_NUMBER
from capa_xl.model.schema import GUIDE_SHEET, LISTS_SHEET, OVERVIEW_SHEET, SHEETS, TIMELINE_SHEET, SheetSpec
from capa_xl.model.zip_system import as_made_on_unix
from capa_xl.workbook.blank.child_sheets import draw_child, draw_lists, draw_owned
from capa_xl.workbook.blank.content import SETTINGS_SHEET, Content, company_of, list_values, setting_rows
from capa_xl.workbook.blank.first_figures import first_figures
from capa_xl.workbook.blank.formats import Looks
from capa_xl.workbook.blank.guide_sheet import draw_guide
from capa_xl.workbook.blank.names import define_names
from capa_xl.workbook.blank.overview_sheet import draw_overview
from capa_xl.workbook.blank.plain_formulas import PlainFormulas
from capa_xl.workbook.blank.printing import head_pages
from capa_xl.workbook.blank.timeline_sheet import draw_timeline
from capa_xl.workbook.blank.tracker_sheet import draw_tracker, tracker_place

_NO_LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def build_workbook(
    content: Content, *, as_of: date, lists: Mapping[str, tuple[str, ...]] = _NO_LISTS, level: Level = WHOLE
) -> bytes:
    """Build the workbook staff fill in; same arguments, same bytes.

    〔自动〕 columns and owned sheets stay empty: `refresh` fills them.

    Args:
        content: Rows by sheet and column key; 参数 is completed with its defaults.
        as_of: Day the file counts as made on, and the day of 总览's first cached figures.
        level: How much of it.
        lists: Values of 字典 that differ from the defaults; 部门 is else taken from 人员部门.
    """
    stream = BytesIO()
    workbook = Workbook(stream, {"in_memory": True, "default_format_properties": dict(palette.NORMAL)})
    _set_properties(workbook, as_of)
    looks = Looks(workbook)
    words = list_values(content, lists)
    sheets = [spec for spec in SHEETS if spec.name in level.sheets]
    for spec in sheets:
        _draw(workbook, workbook.add_worksheet(spec.name, PlainFormulas), looks, spec, (content, words), level, as_of)
    define_names(workbook, words, level.sheets)
    head_pages(workbook, company_of(content))
    workbook.get_worksheet_by_name(sheets[0].name).activate()
    workbook.close()
    return as_made_on_unix(stream.getvalue())


def _draw(
    workbook: Workbook,
    sheet: Worksheet,
    looks: Looks,
    spec: SheetSpec,
    given: tuple[Content, Mapping[str, tuple[str, ...]]],
    level: Level,
    as_of: date,
) -> None:
    content, words = given
    rows = setting_rows(content) if spec.name == SETTINGS_SHEET else content.get(spec.name, ())
    if spec.name == OVERVIEW_SHEET:
        draw_overview(workbook, sheet, looks, tracker_place(level), first_figures(content, words, as_of))
    elif spec.name == TIMELINE_SHEET:
        draw_timeline(workbook, sheet, looks, as_of)
    elif spec.key == "tracker":
        draw_tracker(sheet, looks, rows, level)
    elif spec.name == LISTS_SHEET:
        draw_lists(sheet, looks, spec.name, words)
    elif spec.name == GUIDE_SHEET:
        draw_guide(sheet, looks)
    elif spec.owned:
        draw_owned(workbook, sheet, looks, spec)
    else:
        draw_child(sheet, looks, spec, rows, has_lists=LISTS_SHEET in level.sheets)


def _set_properties(workbook: Workbook, as_of: date) -> None:
    workbook.set_properties(
        {
            "title": "改进计划跟踪表",
            "subject": POLICY_NUMBER,
            "author": "capa-xl",
            "created": datetime(as_of.year, as_of.month, as_of.day),
        }
    )
