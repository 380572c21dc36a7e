"""A slip goes out, comes back filled, and what it says is written where its rows stand now; nothing else is taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from capa_xl.app.use_cases.collect import collect
from capa_xl.app.use_cases.slip import make_slips
from capa_xl.app.use_cases.undo import undo
from capa_xl.errors import UsageError
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.splice import splice
from tests.app.desks import desk_at
from tests.ooxml.every_cell import cells_of
from tests.tables import workbook_bytes

DAY = date(2026, 6, 1)
TRACKER = """
    编号         问题描述        责任部门  责任人  完成期限    实施情况  实际完成日期  完成证据
    GJ-2026-001  值班漏接三次    网络部    样例甲  2026-07-01
    GJ-2026-002  备件台账不符    备件部    样例乙  2026-08-01
"""
PEOPLE = """
    姓名    部门    角色
    样例甲  网络部  员工
    样例乙  备件部  员工
"""
SHEET = "改进计划跟踪表"


@pytest.fixture
def book(tmp_path) -> Path:
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({SHEET: TRACKER, "人员部门": PEOPLE}))
    return path


@pytest.fixture
def sent(book) -> Path:
    return make_slips(desk_at(book, DAY), ("网络部",), book.parent / "发出").slips[0].path


def fill(path: Path, answers: dict[str, object], to: Path | None = None) -> Path:
    """Type answers beside their headings, as a person would."""
    filled = openpyxl.load_workbook(path)
    lines = filled["填报表"]
    for row in range(5, lines.max_row + 1):
        asked = lines.cell(row, 6).value
        if asked in answers:
            lines.cell(row, 8).value = answers[asked]
    target = to or path.parent.parent / "发回" / path.name
    target.parent.mkdir(exist_ok=True)
    filled.save(target)
    return target.parent


def edit(book: Path, at: str, value: object) -> None:
    book.write_bytes(splice(book.read_bytes(), Patch(edits=(CellEdit(SHEET, at, value),))).blob)


def test_a_slip_asks_for_the_cells_of_its_department_and_for_nothing_else(sent):
    lines = openpyxl.load_workbook(sent)["填报表"]
    asked = [[lines.cell(row, column).value for column in (1, 2, 3, 6)] for row in range(5, lines.max_row + 1)]
    assert asked == [
        ["GJ-2026-001", "值班漏接三次", "2026-07-01", "实施情况"],
        ["GJ-2026-001", "", "", "实际完成日期"],
        ["GJ-2026-001", "", "", "完成证据"],
    ]
    assert lines.protection.sheet
    assert [lines.cell(row, 8).protection.locked for row in (5, 6, 7)] == [False] * 3
    assert lines.cell(5, 7).protection.locked


def test_the_same_slip_has_the_same_bytes_and_an_idle_department_gets_none(book, sent):
    again = make_slips(desk_at(book, DAY), ("网络部",), book.parent / "又一次").slips[0].path
    assert again.read_bytes() == sent.read_bytes()
    assert make_slips(desk_at(book, DAY), ("质量部",), book.parent / "空").nothing_waits == ("质量部",)


def test_an_unknown_department_is_refused_with_the_nearest_and_nothing_is_written(book):
    with pytest.raises(UsageError, match="不认识部门「网路部」，最接近的是「网络部」"):
        make_slips(desk_at(book, DAY), ("网路部",), book.parent / "发出")
    assert not (book.parent / "发出").exists()


def test_answers_are_shown_first_and_written_only_when_asked(book, sent):
    before = book.read_bytes()
    folder = fill(sent, {"实施情况": "已改排班", "实际完成日期": date(2026, 5, 29)})
    found = collect(desk_at(book, DAY), folder)
    assert [(p.cell, p.before, p.after) for p in found.collected.proposals] == [
        ("F2", None, "已改排班"),
        ("G2", None, date(2026, 5, 29)),
    ]
    assert (found.written, book.read_bytes()) == (False, before)
    assert collect(desk_at(book, DAY), folder, apply=True).written
    now = cells_of(book.read_bytes())
    assert (now[SHEET, "F2"], now[SHEET, "G2"]) == ("已改排班", 46171)  # 2026-05-29 as Excel counts
    again = collect(desk_at(book, DAY), folder, apply=True)
    assert (again.written, again.collected.proposals, again.collected.settled) == (False, (), 2)
    undo(desk_at(book, DAY))
    assert cells_of(book.read_bytes()) == cells_of(before)


def test_an_answer_goes_where_its_row_stands_now(book, sent):
    folder = fill(sent, {"实施情况": "已改排班"})
    edit(book, "A2", "GJ-2026-002")
    edit(book, "A3", "GJ-2026-001")
    (proposal,) = collect(desk_at(book, DAY), folder).collected.proposals
    assert (proposal.cell, proposal.number) == ("F3", "GJ-2026-001")


def test_a_cell_that_changed_meanwhile_is_a_persons_decision(book, sent):
    folder = fill(sent, {"实施情况": "已改排班", "完成证据": "照片"})
    edit(book, "F2", "正在改排班")
    found = collect(desk_at(book, DAY), folder, apply=True)
    assert [p.header for p in found.collected.proposals] == ["完成证据"]
    (conflict,) = found.collected.conflicts
    assert (conflict.at, conflict.reason.split(" → ")[0]) == ("H5", "发出填报表时是「空」，现在已是「正在改排班」")
    assert cells_of(book.read_bytes())[SHEET, "F2"] == "正在改排班"


def test_two_slips_that_disagree_are_both_a_persons_decision(book, sent):
    folder = fill(sent, {"实施情况": "已改排班"})
    fill(sent, {"实施情况": "没有改"}, folder / "另一份.xlsx")
    found = collect(desk_at(book, DAY), folder, apply=True).collected
    assert (found.proposals, len(found.conflicts)) == ((), 2)


@pytest.mark.parametrize(
    ("answer", "said"), [("月底", "「月底」不能填在「实际完成日期」里"), ("2026-13-01", "不能填在")]
)
def test_an_answer_that_can_not_be_read_is_refused_with_its_cell(book, sent, answer, said):
    folder = fill(sent, {"实际完成日期": answer})
    (refused,) = collect(desk_at(book, DAY), folder, apply=True).collected.rejected
    assert refused.at == "H6"
    assert said in refused.reason


def test_a_row_that_is_gone_is_said_and_the_rest_is_taken(book, sent):
    folder = fill(sent, {"实施情况": "已改排班"})
    edit(book, "A2", "GJ-2026-009")
    (refused,) = collect(desk_at(book, DAY), folder).collected.rejected
    assert "现在不在工作簿里" in refused.reason


def meddled(folder: Path, meddle) -> None:
    for path in folder.glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        meddle(book)
        book.save(path)


def _heading(book):
    book["填报表"]["H4"] = "随便填"


def _row_deleted(book):
    book["填报表"].delete_rows(5)


def _address(book):
    sheet = book["capa_xl_slip"]
    sheet["A2"] = sheet["A2"].value.replace("GJ-2026-001", "GJ-2026-002")
    book["填报表"]["A5"] = "GJ-2026-002"


def _before(book):
    sheet = book["capa_xl_slip"]
    sheet["A2"] = sheet["A2"].value.replace('"before":""', '"before":"x"')


def _foreign(book):
    del book["capa_xl_slip"]


@pytest.mark.parametrize(
    ("meddle", "said"),
    [
        (_heading, "标题被改过"),
        (_row_deleted, "行被移动或删除"),
        (_address, "没有发出过这样一份填报表"),
        (_before, "没有发出过这样一份填报表"),
        (_foreign, "不是 capa-xl 发出的填报表"),
    ],
)
def test_nothing_is_taken_from_a_changed_or_forged_slip(book, sent, meddle, said):
    folder = fill(sent, {"实施情况": "已改排班"})
    meddled(folder, meddle)
    found = collect(desk_at(book, DAY), folder, apply=True).collected
    assert (found.proposals, len(found.rejected)) == ((), 1)
    assert said in found.rejected[0].reason


def test_a_slip_of_another_workbook_is_refused(book, sent, tmp_path):
    folder = fill(sent, {"实施情况": "已改排班"})
    other = tmp_path / "别处" / "跟踪表.xlsx"
    other.parent.mkdir()
    other.write_bytes(book.read_bytes())
    (refused,) = collect(desk_at(other, DAY), folder).collected.rejected
    assert "从别的工作簿发出" in refused.reason


def test_a_folder_without_slips_is_refused(book, tmp_path):
    (tmp_path / "空").mkdir()
    with pytest.raises(UsageError, match="没有填报表"):
        collect(desk_at(book, DAY), tmp_path / "空")
