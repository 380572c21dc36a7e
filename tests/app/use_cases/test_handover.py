# ruff: noqa: E501 - a row of a table stays on one line
"""A leaver hands over: what has still to be done changes hands, what is done keeps its name; and it can be undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest

from capa_xl.app.use_cases.handover import hand_over
from capa_xl.app.use_cases.history import Asked, history
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.app.use_cases.undo import undo
from capa_xl.errors import UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.policy.handing_over import Handover
from tests.app.desks import desk_at
from tests.ooxml.every_cell import cells_of
from tests.tables import workbook_bytes

DAY = date(2026, 6, 1)
TRACKER = """
    编号   问题描述      责任部门  责任人                完成期限    检查人  检查日期    检查结论  实际完成日期  确认人  确认日期    效果结论  〔自动〕状态
    GJ-01  值班漏接三次  网络部    样例甲、样例丙（配合）  2026-07-01  样例乙
    GJ-02  备件台账不符  备件部    样例丙                2026-08-01  样例甲  2026-05-20  合格      2026-05-19    样例甲
    GJ-03  账号未停用    网络部    样例甲                2026-03-01  样例甲  2026-03-01  合格      2026-02-20    样例甲  2026-05-01  有效
    GJ-04  磁盘告警多    网络部    样例甲                2026-09-01
    GJ-05  文件未更新    网络部    样例甲、样例乙        2026-09-01
"""
STEPS = """
    编号   步骤号  步骤内容  步骤责任人  实际完成    计划完成
    GJ-04  1       盘点      样例甲      2026-04-01  2026-04-10
    GJ-04  2       贴标签    样例甲                  2026-08-15
"""
NEEDS = """
    登记编号  描述          接收人  回复日期
    XQ-01     客户要求提速  样例甲
    XQ-02     客户问账单    样例甲  2026-05-05
"""
PEOPLE = """
    姓名    部门    角色      代理人  代理起      代理止      在职
    样例甲  网络部  部门经理
    样例乙  网络部  员工
    样例丙  备件部  员工      样例甲  2026-05-01  2026-12-31
    样例丁  网络部  员工                                      否
"""
SHEET = "改进计划跟踪表"
JUNE = Handover("样例甲", "样例乙", DAY)


@pytest.fixture
def book(tmp_path) -> Path:
    path = tmp_path / "跟踪表.xlsx"
    sheets = {SHEET: TRACKER, "措施分解": STEPS, "问题需求登记": NEEDS, "人员部门": PEOPLE}
    path.write_bytes(workbook_bytes(sheets))
    return path


def test_only_what_is_still_to_be_done_changes_hands(book):
    found = hand_over(desk_at(book, DAY), JUNE).replaced.found
    assert [(c.sheet, c.cell, c.before, c.after) for c in found.changes] == [
        (SHEET, "D2", "样例甲、样例丙（配合）", "样例乙、样例丙（配合）"),
        (SHEET, "J3", "样例甲", "样例乙"),
        (SHEET, "D5", "样例甲", "样例乙"),
        (SHEET, "D6", "样例甲、样例乙", "样例乙"),
        ("措施分解", "D3", "样例甲", "样例乙"),
        ("问题需求登记", "C2", "样例甲", "样例乙"),
        ("人员部门", "D4", "样例甲", "样例乙"),
    ]
    assert [(left.header, left.reason[:26]) for left in found.left] == [
        ("角色", "样例甲 在 2026-06-01 仍担任部门经理 →"[:26])
    ]


def test_nobody_comes_to_inspect_or_confirm_his_own_work(book):
    found = hand_over(desk_at(book, DAY), Handover("样例乙", "样例甲", DAY)).replaced.found
    assert [(left.number, left.header) for left in found.left] == [("GJ-01", "检查人")]
    assert [(c.number, c.header) for c in found.changes] == [("GJ-05", "责任人")]


def test_it_is_written_once_told_so_and_undo_brings_every_cell_back(book):
    before = book.read_bytes()
    assert not hand_over(desk_at(book, DAY), JUNE).replaced.written
    assert book.read_bytes() == before
    assert hand_over(desk_at(book, DAY), JUNE, apply=True).replaced.written
    now = cells_of(book.read_bytes())
    assert (now[SHEET, "D2"], now[SHEET, "D4"], now["措施分解", "D2"]) == (
        "样例乙、样例丙（配合）", "样例甲", "样例甲",
    )  # fmt: skip
    again = hand_over(desk_at(book, DAY), JUNE, apply=True)
    assert (again.replaced.written, again.replaced.found.changes) == (False, ())
    undo(desk_at(book, DAY))
    assert cells_of(book.read_bytes()) == cells_of(before)


def test_history_keeps_the_old_owner(book):
    refresh(desk_at(book, DAY))
    hand_over(desk_at(book, DAY), JUNE, apply=True)
    refresh(desk_at(book, date(2026, 6, 2)))
    lines = history(desk_at(book, date(2026, 6, 2)), Asked(number="GJ-04")).changes
    assert [(line.field, line.before, line.after) for line in lines] == [("责任人", "样例甲", "样例乙")]


def test_it_is_not_written_before_its_day_but_printed(book):
    july = Handover("样例甲", "样例乙", date(2026, 7, 1))
    with pytest.raises(UsageError, match="交接日 2026-07-01 还没有到（按 2026-06-01 计算）"):
        hand_over(desk_at(book, DAY), july, apply=True)
    paper = hand_over(desk_at(book, DAY), july, paper=book.parent / "单").paper
    assert paper is not None
    assert paper.name == "工作交接单 样例甲 样例乙 2026-07-01.docx"
    texts = [cell.text for table in docx.Document(str(paper)).tables for row in table.rows for cell in row.cells]
    for text in (
        "GJ-04",
        "磁盘告警多",
        "步骤\xa02：贴标签",
        "实施中\n2026-08-15",
        "步骤责任人",
        "样例乙、\n样例丙\n（配合）",
        "7 处",
        "监交（部门经理）",
    ):
        assert text in texts, text


def test_who_takes_over_late_work_reads_how_late_it_is(book):
    day = date(2026, 9, 2)
    paper = hand_over(desk_at(book, day), Handover("样例甲", "样例乙", day), paper=book.parent / "单").paper
    texts = [cell.text for table in docx.Document(str(paper)).tables for row in table.rows for cell in row.cells]
    assert "实施中，实施逾期 1\xa0天\n2026-09-01" in texts and "实施中，步骤逾期 18\xa0天\n2026-08-15" in texts


def test_a_sheet_of_another_day_says_so_as_every_form_to_sign_does(book):
    desk = desk_at(book, AsOf(date(2026, 5, 20), DAY))
    paper = hand_over(desk, Handover("样例甲", "样例乙", DAY), paper=book.parent / "单").paper
    assert paper is not None and paper.name == "工作交接单 样例甲 样例乙 2026-06-01_预演.docx"
    assert any("预演" in one.text for one in docx.Document(str(paper)).sections[0].header.paragraphs)


@pytest.mark.parametrize(
    ("giver", "taker", "words"),
    [
        ("样例甲", "样例甲", "移交人和接交人都是「样例甲」"),
        ("样例戊", "样例乙", "都没有「样例戊」 → 请核对姓名"),
        ("样例甲", "外人", "《人员部门》里没有「外人」"),
        ("样例甲", "样例丁", "「样例丁」在《人员部门》里已离职或停用"),
    ],
)
def test_who_can_not_hand_over_or_take_is_refused_and_nothing_is_written(book, giver, taker, words):
    before = book.read_bytes()
    with pytest.raises(UsageError, match=words):
        hand_over(desk_at(book, DAY), Handover(giver, taker, DAY), apply=True)
    assert book.read_bytes() == before


def test_a_cell_merged_over_a_closed_row_is_left_to_people(tmp_path):
    rows = """
        编号   措施内容  责任部门  责任人  完成期限    实际完成日期  确认人  确认日期    效果结论
        GJ-01  改排班    网络部    样例甲  2026-07-01
        GJ-02  贴标签    网络部            2026-03-01  2026-02-01    样例丙  2026-03-20  有效
    """
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(workbook_bytes({SHEET: rows, "人员部门": PEOPLE}, merged={SHEET: ["D2:D3"]}))
    found = hand_over(desk_at(book, DAY), JUNE).replaced.found
    assert [c.sheet for c in found.changes] == ["人员部门"]
    assert "合并" in found.left[-1].reason


CONFIRMATIONS = """
    编号   轮次  确认人  确认日期    结论
    GJ-04  1     样例甲  2026-05-01  部分有效
    GJ-02  2     样例甲
    GJ-05  1     样例甲
"""
EXTENSIONS = """
    编号   申请日期    原期限      新期限      批准人  批准日期    结论
    GJ-02  2026-05-28  2026-08-01  2026-09-01  样例甲
    GJ-05  2026-04-01  2026-08-01  2026-09-01  样例甲  2026-04-02  同意
"""
PLANS = """
    计划编号    版本  批准人  批准日期    批准结论
    JH-2026-01  V1.0  样例甲  2026-01-05  同意
    JH-2026-02  V1.0  样例甲
"""
EXCUSES = """
    编号   规则  说明      确认人  日期
    GJ-02  AP06  已追认    样例甲  2026-05-02
    GJ-02  CK03  补检查    样例甲
"""
CORRECTIONS = """
    编号   类型  项目    原内容  更正后  原因  批准人  日期
    GJ-02  更正  来源    其他    顾客投诉  笔误  样例甲
    GJ-02  更正  影响面  无      两个客户  漏填  样例甲  2026-05-02
"""
TWO_ROLES = PEOPLE + "    样例乙  网络部  部门经理  样例甲  2026-06-01  2026-12-31\n" * 2


def test_every_signature_still_to_be_given_changes_hands_and_those_given_keep_their_name(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    sheets = {SHEET: TRACKER, "效果确认": CONFIRMATIONS, "延期记录": EXTENSIONS, "计划": PLANS, "例外说明": EXCUSES,
              "更正记录": CORRECTIONS, "人员部门": TWO_ROLES}  # fmt: skip
    path.write_bytes(workbook_bytes(sheets))
    refresh(desk_at(path, DAY))
    served = cells_of(path.read_bytes())
    found = hand_over(desk_at(path, DAY), JUNE, apply=True).replaced.found
    changed = {f"{change.sheet}!{change.cell}" for change in found.changes}
    assert {place for place in changed if not place.startswith((SHEET, "人员部门"))} == {
        "效果确认!C3", "计划!C3", "例外说明!D3", "更正记录!G2",
    }  # fmt: skip
    left = [(one.number, one.header) for one in found.left if one.number]
    assert left == [("GJ-02", "批准人"), ("GJ-05", "确认人")]  # no manager of 备件部; 样例乙 owns it too
    assert sum("的代理人正是" in one.reason for one in found.left) == 1
    undo(desk_at(path, DAY))
    assert cells_of(path.read_bytes()) == served
