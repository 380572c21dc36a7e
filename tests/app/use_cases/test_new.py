from datetime import date
from io import BytesIO

import openpyxl
import pytest

from capa_xl.app.use_cases.new import new_workbook
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.errors import UsageError
from capa_xl.model.levels import level_named
from capa_xl.workbook.reading.reader import read_register
from tests.app.desks import desk_at

DAY = date(2026, 11, 22)


def test_a_blank_workbook_carries_the_id_it_was_given(tmp_path):
    made = new_workbook(tmp_path / "跟踪表.xlsx", sample=False, as_of=DAY, workbook_id="ab12")
    register = read_register(made.path.read_bytes())
    assert (register.procedure.workbook_id, register.rows) == ("ab12", 0)


def test_a_company_named_at_once_stands_in_the_settings_and_above_every_page(tmp_path):
    """Once only the sample printed it: refresh writes no header, and every page's upper left stayed empty."""
    path, company = tmp_path / "跟踪表.xlsx", "样例 A&B 公司"
    new_workbook(path, sample=False, as_of=DAY, workbook_id="ab12", level=level_named("台账"), company=company)
    blob = path.read_bytes()
    assert read_register(blob).procedure.company == company
    headed = openpyxl.load_workbook(BytesIO(blob)).worksheets
    assert {sheet.oddHeader.left.text for sheet in headed} == {"样例 A&&B 公司"}


def test_a_long_company_stands_before_the_title_of_an_upright_page(tmp_path):
    """Once: both stood in one place, and neither could be read."""
    path, company = tmp_path / "跟踪表.xlsx", "仁和样例市第一人民医院（集团）医疗信息与后勤保障中心"
    new_workbook(path, sample=False, as_of=DAY, workbook_id="ab12", level=level_named("台账"), company=company)
    sheets = openpyxl.load_workbook(path).worksheets
    centres = {(one.page_setup.orientation == "landscape", one.oddHeader.center.text) for one in sheets}
    assert centres == {(True, "&A"), (False, None)}


def test_the_sample_has_its_own_id_and_at_least_sixty_actions(tmp_path):
    made = new_workbook(tmp_path / "样例.xlsx", sample=True, as_of=DAY, workbook_id="ab12")
    register = read_register(made.path.read_bytes())
    assert register.procedure.workbook_id == "YANGLI-SAMPLE"
    assert register.rows >= 60


def test_a_file_that_lies_there_is_never_replaced(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(UsageError, match="已经存在"):
        new_workbook(path, sample=False, as_of=DAY, workbook_id="ab12")
    assert path.read_bytes() == b"mine"


def test_a_name_that_excel_would_not_open_is_refused(tmp_path):
    with pytest.raises(UsageError, match="扩展名不是"):
        new_workbook(tmp_path / "跟踪表.xls", sample=False, as_of=DAY, workbook_id="ab12")
    assert list(tmp_path.iterdir()) == []


def test_a_new_workbook_can_be_refreshed_at_once_and_again(tmp_path):
    """Its owned rows keep shared strings, which the proof reads back too."""
    path = tmp_path / "新.xlsx"
    new_workbook(path, sample=False, as_of=DAY, workbook_id="ab12")
    refresh(desk_at(path, date(2026, 11, 28)))
    before = path.read_bytes()
    refresh(desk_at(path, date(2026, 11, 28)))
    assert path.read_bytes() == before
