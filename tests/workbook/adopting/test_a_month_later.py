"""An adopted workbook a month later: sorted, a column inserted, a heading renamed, a year added. It goes on."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from capa_xl.app.use_cases.refresh import refresh
from capa_xl.model.as_of import AsOf
from capa_xl.policy.check import check
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.reading.reader import read_register, require_tracker
from tests.app.desks import desk_at
from tests.tables import workbook_bytes

DAY, LATER = date(2026, 11, 28), date(2026, 12, 28)
HEAD = ["隐患编号", "隐患描述", "隐患级别", "整改措施", "整改责任人", "整改时限", "整改状态"]
ROWS = [
    ["H1", "走廊堆放纸箱", "高", "清理通道", "人乙", date(2026, 12, 10), "整改中"],
    ["H2", "应急灯不亮", "低", "更换灯具", "人丙", date(2026, 11, 10), "已闭环"],
    ["H3", "配电箱缺标识", "低", "补贴标识", "人丁", date(2027, 1, 20), "待整改"],
]
WANTED = {"H1": ("实施中", ("Y1",)), "H2": ("已关闭", ()), "H3": ("实施中", ("Y0",))}


@pytest.fixture
def adopted():
    blob = workbook_bytes({"2026": [HEAD, *ROWS]})
    new, _ = adopt(blob, Adopting({}, "a1b2", DAY, {"严重度": {"高": "重大", "低": "一般"}}))
    return new


def edited(blob, edit):
    """The workbook as somebody saved it after working in sheet 2026."""
    book, stream = openpyxl.load_workbook(BytesIO(blob)), BytesIO()
    edit(book, book["2026"])
    book.save(stream)
    return stream.getvalue()


def seen(blob):
    register = read_register(blob)
    require_tracker(register)
    view = view_register(register, AsOf(LATER, LATER))
    return view, {number: (d.status, d.overdue) for number, d in view.derived.items()}


def sort_down(book, sheet):
    rows = [[cell.value for cell in row[: len(HEAD)]] for row in sheet.iter_rows(min_row=2, max_row=4)]
    for at, values in enumerate(reversed(rows), 2):
        for column, value in enumerate(values, 1):
            sheet.cell(at, column, value)


def insert_a_column(book, sheet):
    sheet.insert_cols(3)
    sheet.cell(1, 3, "照片")


def rename_a_heading(book, sheet):
    sheet.cell(1, 5, "责任人")
    sheet.cell(1, 6, "完成期限")


def add_a_year(book, sheet):
    year = book.create_sheet("2027")
    year.append(HEAD)
    year.append(["N1", "新的隐患", "低", "整改", "人乙", date(2027, 3, 1), "整改中"])


@pytest.mark.parametrize("edit", [sort_down, insert_a_column, rename_a_heading, add_a_year])
def test_what_people_do_to_the_table_changes_no_status(adopted, edit):
    view, found = seen(edited(adopted, edit))
    assert found == WANTED
    assert {action.number: action.severity for action in view.actions} == {"H1": "重大", "H2": "一般", "H3": "一般"}


@pytest.mark.parametrize("edit", [sort_down, insert_a_column, rename_a_heading, add_a_year])
def test_refresh_goes_on_and_the_second_one_has_nothing_to_do(adopted, edit, tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(edited(adopted, edit))
    assert refresh(desk_at(path, LATER)).written
    assert len(refresh(desk_at(path, LATER)).changes) == 0
    auto = {row["status"] for row in read_register(path.read_bytes()).auto.values() if row["status"]}
    assert auto == {"实施中", "已关闭"}


def test_a_year_sheet_beside_it_is_named_with_its_rows(adopted):
    view, _ = seen(edited(adopted, add_a_year))
    told = [(p.rule, p.sheet, p.message) for p in check(view).problems if p.rule == "WB11"]
    assert told == [
        ("WB11", "2027", "工作表《2027》也像跟踪表，其中 1 行（未完成 1 行）没有参与跟踪，现在跟踪的是《2026》")
    ]


def test_a_new_word_is_told_with_how_to_declare_it(adopted):
    view, _ = seen(edited(adopted, lambda book, sheet: sheet.cell(2, 3, "中")))
    told = [(p.cell, p.fix) for p in check(view).problems if p.rule == "FD04"]
    assert told == [("C2", "改成允许的值；或在《参数》加一行「取值_严重度_中」，值写它在本工具中的意思")]
