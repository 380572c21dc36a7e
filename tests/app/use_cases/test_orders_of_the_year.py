# ruff: noqa: E501 - a row of a table stays on one line
"""Year-end, handover, slips coming back and a reorganisation in one week, in every order that they may happen in."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.use_cases.collect import collect
from capa_xl.app.use_cases.handover import hand_over
from capa_xl.app.use_cases.remind import RemindOptions, remind
from capa_xl.app.use_cases.reorganise import reorganise
from capa_xl.app.use_cases.slip import make_slips
from capa_xl.app.use_cases.undo import undo
from capa_xl.app.use_cases.year_end import end_year
from capa_xl.policy.handing_over import Handover
from tests.app.desks import desk_at
from tests.tables import workbook_bytes
from tests.year.slips import filled

DAY = date(2026, 6, 1)
YEAR_END, HANDOVER, COLLECT, REORGANISE = STEPS = ("year-end", "handover", "collect", "reorganise")
TRACKER = """
    编号   问题描述      措施类型  严重度  措施内容      责任部门  责任人  完成期限    批准人  批准日期    批准结论  批准方式  实施情况  实际完成日期  检查人  检查日期    检查结论  确认人  确认日期    效果结论  归档日期
    GJ-01  备件台账不符  纠正      一般    逐架贴标签    网络部    样例甲  2026-03-01  样例丙  2026-01-15  同意      部门经理  已贴      2026-02-20    样例丁  2026-02-22  合格      样例丙  2026-03-25  有效      2026-03-26
    GJ-02  值班漏接三次  纠正      一般    改排班并公示  网络部    样例甲  2026-05-29  样例丙  2026-05-12  同意      部门经理
    GJ-03  磁盘告警过多  纠正      一般    扩容两块磁盘  网络部    样例甲  2026-04-01  样例丙  2026-03-12  同意      部门经理  已扩      2026-03-30    样例丁  2026-04-02  合格      样例丙  2026-05-18  有效
"""
STEPS_SHEET = """
    编号   步骤序号  步骤内容  责任人  计划完成    实际完成
    GJ-01  1         贴标签    样例甲  2026-02-10  2026-02-10
    GJ-02  1         排班      样例甲  2026-05-20
"""
PEOPLE = """
    姓名    部门        角色                      邮箱
    样例甲  基础设施部  员工                      jia@corp.example
    样例乙  基础设施部  员工                      yi@corp.example
    样例丙  基础设施部  部门经理、归口部门负责人  bing@corp.example
    样例丁  基础设施部  员工                      ding@corp.example
    样例质  质量部      质量部负责人              zhi@corp.example
"""
CHANGED = """
    旧部门  新部门      生效日期
    网络部  基础设施部  2026-05-20
"""
SETTINGS = """
    参数        值
    工作簿标识  W1
    上年工作簿
"""
SHEETS = {
    "改进计划跟踪表": TRACKER, "措施分解": STEPS_SHEET, "人员部门": PEOPLE, "部门沿革": CHANGED, "参数": SETTINGS,
}  # fmt: skip
ANSWERS = {("GJ-02", "实施情况"): "班表已改", ("GJ-03", "归档日期"): date(2026, 5, 25)}


@pytest.fixture(scope="module")
def sent(tmp_path_factory) -> Path:
    """The workbook, and the slips of all departments, out and filled."""
    book = tmp_path_factory.mktemp("year") / "跟踪表.xlsx"
    book.write_bytes(workbook_bytes(SHEETS))
    said = {}
    for slip in make_slips(desk_at(book, DAY), (), book.parent / "发出").slips:
        said |= filled(slip.path, book.parent / "发回" / slip.path.name, lambda *asked: ANSWERS.get(asked))
    assert said == ANSWERS
    return book


@pytest.fixture
def book(sent, tmp_path) -> Path:
    for path in (sent, *sent.parent.glob(".capa_xl/*"), *sent.parent.glob("发回/*")):
        if path.is_file():
            to = tmp_path / path.relative_to(sent.parent)
            to.parent.mkdir(exist_ok=True)
            to.write_bytes(path.read_bytes())
    return tmp_path / sent.name


def carry_out(step: str, book: Path) -> None:
    desk = desk_at(book, DAY)
    if step == YEAR_END:
        assert end_year(desk, DAY, book.parent / "归档.xlsx", apply=True).written
    elif step == HANDOVER:
        assert hand_over(desk, Handover("样例甲", "样例乙", DAY), apply=True).replaced.written
    elif step == COLLECT:
        assert collect(desk, book.parent / "发回", apply=True).written
    else:
        assert reorganise(desk, apply=True).written


def rows_of(book: Path) -> dict[str, tuple[object, ...]]:
    tracker = open_tracker(desk_at(book, DAY)).register.tracker
    return {
        row.number: (row.responsible_department, row.owners, row.progress_note, row.archived_on)
        for row in tracker.records
    }


@pytest.mark.parametrize("order", list(permutations(STEPS)), ids="-".join)
def test_no_row_and_no_answer_is_lost_in_any_order_and_undo_brings_every_byte_back(book, order):
    stood = []
    for step in order:
        stood.append(book.read_bytes())
        carry_out(step, book)

    def first(one: str, other: str) -> bool:
        return order.index(one) < order.index(other)

    closed = (
        "网络部" if first(COLLECT, REORGANISE) else "基础设施部",
        ("样例甲",) if first(COLLECT, HANDOVER) else ("样例乙",),
        "已扩",
        date(2026, 5, 25),
    )  # what ended before keeps the old names
    live, archive = rows_of(book), rows_of(book.parent / "归档.xlsx")
    is_archived = first(COLLECT, YEAR_END)
    assert archive["GJ-01"] == ("网络部", ("样例甲",), "已贴", date(2026, 3, 26))
    assert live["GJ-02"] == ("基础设施部", ("样例乙",), "班表已改", None)
    assert (archive if is_archived else live)["GJ-03"] == closed
    assert sorted(live) == (["GJ-02"] if is_archived else ["GJ-02", "GJ-03"])

    reminded = remind(desk_at(book, DAY), RemindOptions())
    heard = {(letter.recipient, duty.key.number) for letter in reminded.letters for duty in letter.duties}
    assert ("样例乙", "GJ-02") in heard
    assert not [one for one in heard if one[0] == "样例甲" or one[1] in ("GJ-01", "GJ-03")]

    for before in reversed(stood):
        undo(desk_at(book, DAY))
        assert book.read_bytes() == before
