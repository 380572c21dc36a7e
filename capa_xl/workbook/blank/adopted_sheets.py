"""The sheets `adopt` and `grow` add to somebody's workbook, drawn in a workbook of their own to be taken from there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from xlsxwriter import Workbook

from capa_xl.model import palette
from capa_xl.model.lists import DEPARTMENTS_LIST
from capa_xl.model.schema import GUIDE_SHEET, LISTS_SHEET, OVERVIEW_SHEET, TIMELINE_SHEET, SheetSpec, sheet_spec
from capa_xl.model.zip_system import as_made_on_unix
from capa_xl.workbook.blank.child_sheets import draw_child, draw_lists, draw_owned
from capa_xl.workbook.blank.content import SETTINGS_SHEET, Content, NewRow, company_of, list_values, setting_rows
from capa_xl.workbook.blank.first_figures import first_figures
from capa_xl.workbook.blank.formats import Looks
from capa_xl.workbook.blank.guide_sheet import draw_guide
from capa_xl.workbook.blank.names import define_list_names, define_names_looked_into
from capa_xl.workbook.blank.overview_sheet import draw_overview
from capa_xl.workbook.blank.place import Place
from capa_xl.workbook.blank.plain_formulas import PlainFormulas
from capa_xl.workbook.blank.printing import head_pages
from capa_xl.workbook.blank.timeline_sheet import draw_timeline


def build_sheets(
    names: Sequence[str], content: Content, place: Place, *, as_of: date, departments: Sequence[str] = ()
) -> bytes:
    """A workbook with nothing but those sheets, each as in a new workbook; same arguments, same bytes.

    Args:
        names: Names of our sheets, without the tracker.
        content: Rows by sheet and column key; 参数 is completed with its defaults.
        place: Where the columns of the adopted table stand, for 总览's formulas.
        as_of: Day of 总览's first cached figures, which are all zero: `refresh` brings the true ones.
        departments: Departments the table names, for 字典; without them nobody's share shows on 总览.
    """
    stream = BytesIO()
    workbook = Workbook(stream, {"in_memory": True, "default_format_properties": dict(palette.NORMAL)})
    looks = Looks(workbook)
    lists = list_values(content, {DEPARTMENTS_LIST: tuple(departments)})
    for spec in map(sheet_spec, names):
        sheet = workbook.add_worksheet(spec.name, PlainFormulas)
        if spec.name == OVERVIEW_SHEET:
            draw_overview(workbook, sheet, looks, place, first_figures(content, lists, as_of))
        elif spec.name == TIMELINE_SHEET:
            draw_timeline(workbook, sheet, looks, as_of)
        elif spec.name == GUIDE_SHEET:
            draw_guide(sheet, looks)
        elif spec.name == LISTS_SHEET:
            draw_lists(sheet, looks, spec.name, lists)
        elif spec.owned:
            draw_owned(workbook, sheet, looks, spec)
        else:
            draw_child(sheet, looks, spec, _rows(spec, content))
    define_list_names(workbook, lists)
    define_names_looked_into(workbook, names)
    head_pages(workbook, company_of(content))
    workbook.close()
    return as_made_on_unix(stream.getvalue())


def _rows(spec: SheetSpec, content: Content) -> tuple[NewRow, ...]:
    return setting_rows(content) if spec.name == SETTINGS_SHEET else content.get(spec.name, ())
