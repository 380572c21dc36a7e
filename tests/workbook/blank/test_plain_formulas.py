import re
from datetime import date
from html import unescape

import pytest
from xlsxwriter.worksheet import Worksheet

from capa_xl.model.levels import WHOLE
from capa_xl.model.schema import OVERVIEW_SHEET, TIMELINE_SHEET
from capa_xl.workbook.blank.adopted_sheets import build_sheets
from capa_xl.workbook.blank.plain_formulas import PlainFormulas
from capa_xl.workbook.blank.tracker_sheet import tracker_place
from tests.workbook.blank.sheets import parts


def formulas_of(blob):
    sheets = [xml for name, xml in parts(blob).items() if name.startswith("xl/worksheets/sheet")]
    return [unescape(found) for xml in sheets for found in re.findall(r"<f[^>]*>([^<]+)</f>", xml)]


def test_every_formula_of_a_new_workbook_is_what_the_library_itself_would_write(blank):
    formulas = formulas_of(blank)
    assert len(formulas) > 1_000
    assert [Worksheet()._prepare_formula(f"={one}") for one in formulas] == formulas


def test_so_is_every_formula_of_sheets_added_to_an_adopted_table():
    names = (OVERVIEW_SHEET, TIMELINE_SHEET)
    formulas = formulas_of(build_sheets(names, {}, tracker_place(WHOLE), as_of=date(2026, 11, 22)))
    assert len(formulas) > 1_000
    assert [Worksheet()._prepare_formula(f"={one}") for one in formulas] == formulas


@pytest.mark.parametrize(("given", "written"), [("=SUM(A1)", "SUM(A1)"), ("{=SUM(A1:A2)}", "SUM(A1:A2)")])
def test_the_equals_sign_and_the_braces_of_an_array_are_no_part_of_the_formula(given, written):
    assert PlainFormulas()._prepare_formula(given) == Worksheet()._prepare_formula(given) == written
