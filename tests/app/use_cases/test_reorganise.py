# ruff: noqa: E501 - a row of a table stays on one line
"""A department gets a new name: open rows are proposed for it, closed ones keep the old and are judged by it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from capa_xl.app.shared.judging import judge
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.use_cases.analyse import analyse
from capa_xl.app.use_cases.reorganise import reorganise
from capa_xl.app.use_cases.undo import undo
from tests.app.desks import desk_at
from tests.ooxml.every_cell import cells_of
from tests.tables import workbook_bytes

DAY = date(2026, 6, 1)
SHEET = "改进计划跟踪表"
TRACKER = """
    编号   问题描述      措施类型  严重度  措施内容  责任部门        责任人  完成期限    批准人  批准日期    批准结论  实际完成日期  检查人  检查日期    检查结论  确认人  确认日期    效果结论
    GJ-01  值班漏接三次  纠正      一般    改排班    网络部          样例甲  2026-07-01  样例丙  2026-05-12  同意
    GJ-02  备件台账不符  纠正      一般    贴标签    网络部          样例甲  2026-03-01  样例丙  2026-01-15  同意      2026-02-20    样例乙  2026-02-22  合格      样例丙  2026-05-01  有效
    GJ-03  磁盘告警多    纠正      一般    扩容      备件部、网络部  样例丁  2026-09-01
"""
PEOPLE = """
    姓名    部门        角色                       邮箱
    样例甲  基础设施部  员工                       jia@corp.example
    样例乙  基础设施部  员工                       yi@corp.example
    样例丙  基础设施部  部门经理、归口部门负责人  bing@corp.example
    样例丁  备件部      部门经理                   ding@corp.example
"""
CHANGED = """
    旧部门  新部门      生效日期
    网络部  基础设施部  2026-05-20
"""
RULES = {"FD13", "FD16", "FD17", "AP05", "CK02", "EF08", "EF10", "FD22"}


def book(folder: Path, changed: str | None = CHANGED, **others: str) -> Path:
    path = folder / "跟踪表.xlsx"
    sheets = {SHEET: TRACKER, "人员部门": PEOPLE, **others}
    path.write_bytes(workbook_bytes(sheets | ({"部门沿革": changed} if changed is not None else {})))
    return path


def struck(path: Path, on: date = DAY) -> list[tuple[str, str]]:
    problems = judge(open_tracker(desk_at(path, on)), desk_at(path, on).as_of, None).checked.problems
    return [(p.rule, p.number) for p in problems if p.rule in RULES]


def test_a_department_renamed_in_the_roster_alone_is_unknown_and_with_the_sheet_it_is_not(tmp_path):
    unknown = set(struck(book(tmp_path, None)))
    assert {("FD13", "GJ-01"), ("FD13", "GJ-03")} <= unknown and ("AP05", "GJ-01") not in unknown
    assert struck(book(tmp_path)) == [("FD22", "GJ-01")]


def test_open_rows_are_proposed_and_written_and_undone(tmp_path):
    path = book(tmp_path)
    before = path.read_bytes()
    found = reorganise(desk_at(path, DAY)).found
    assert [(c.cell, c.before, c.after) for c in found.changes] == [
        ("F2", "网络部", "基础设施部"),
        ("F4", "备件部、网络部", "备件部、基础设施部"),
    ]
    assert path.read_bytes() == before
    assert reorganise(desk_at(path, DAY), apply=True).written
    assert cells_of(path.read_bytes())[SHEET, "F3"] == "网络部"
    assert struck(path) == []
    assert reorganise(desk_at(path, DAY), apply=True).found.changes == ()
    undo(desk_at(path, DAY))
    assert cells_of(path.read_bytes()) == cells_of(before)


@pytest.mark.parametrize(("on", "changes"), [("2026-05-19", 0), ("2026-05-20", 2), ("2026-05-21", 2)])
def test_nothing_is_renamed_before_the_day(tmp_path, on, changes):
    assert len(reorganise(desk_at(book(tmp_path), date.fromisoformat(on))).found.changes) == changes


def test_a_department_that_was_split_is_a_persons_decision(tmp_path):
    split = CHANGED + "    网络部  安全部      2026-05-20\n"
    found = reorganise(desk_at(book(tmp_path, split), DAY)).found
    assert found.changes == ()
    assert [left.number for left in found.left] == ["GJ-01", "GJ-03"]
    assert found.left[0].reason == "「网络部」已拆为基础设施部、安全部 → 请按实际承担的部门填写"


def test_a_department_that_goes_on_beside_the_part_that_left_it_keeps_its_rows_till_a_person_decides(tmp_path):
    kept = CHANGED + "    网络部  网络部      2026-05-20\n"
    path = book(tmp_path, kept)
    found = reorganise(desk_at(path, DAY)).found
    assert found.changes == ()
    assert {left.reason for left in found.left} == {"「网络部」已拆为网络部、基础设施部 → 属于基础设施部的请改"}
    opened = open_tracker(desk_at(path, DAY))
    problems = judge(opened, desk_at(path, DAY).as_of, None).checked.problems
    assert not [one for one in problems if "网络部" in one.message and "部门沿革" in one.message + one.fix]


def test_what_was_registered_since_the_split_is_not_asked_about(tmp_path):
    kept = CHANGED + "    网络部  网络部      2026-05-20\n"
    path = book(tmp_path, kept)
    dated = TRACKER.replace("完成期限    批准人", "登记日期    完成期限    批准人")
    dated = dated.replace("样例甲  2026-07-01", "样例甲  2026-05-21  2026-07-01").replace(
        "样例甲  2026-03-01", "样例甲  2026-01-02  2026-03-01"
    )
    dated = dated.replace("样例丁  2026-09-01", "样例丁  2026-05-10  2026-09-01")
    path.write_bytes(workbook_bytes({SHEET: dated, "人员部门": PEOPLE, "部门沿革": kept}))
    assert [left.number for left in reorganise(desk_at(path, DAY)).found.left] == ["GJ-03"]


def test_an_empty_sheet_changes_nothing(tmp_path):
    empty = "    旧部门  新部门  生效日期\n"
    assert struck(book(tmp_path, empty)) == struck(book(tmp_path, None))
    assert reorganise(desk_at(book(tmp_path, empty), DAY)).found.changes == ()


def test_the_series_of_a_renamed_department_is_one_and_stays_two_until_the_day_before(tmp_path):
    data = """
        期间     部门        指标      样本量  不合格数
        2026-03  网络部      超时工单  100     5
        2026-04  网络部      超时工单  100     4
        2026-05  基础设施部  超时工单  100     3
    """
    path = book(tmp_path, 质量数据=data)
    for on, names in ((DAY, ["基础设施部"]), (date(2026, 5, 19), ["网络部", "基础设施部"])):
        found = analyse(desk_at(path, on)).series
        assert [series.name.split()[0] for series in found] == names
