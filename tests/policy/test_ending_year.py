"""The end of a year: what ended before the day goes with its rows, what is open stays and is carried over."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.register import Quarantined
from capa_xl.policy.ending_year import year_end_of
from capa_xl.reports.year_end_text import moved_rows_lines, year_end_lines
from tests.policy.registers import closed, day, planned, running, view


def ending(*actions, before="2027-01-01", on="2027-01-08", **others):
    return year_end_of(view(*actions, on=on, **others), day(before))


def numbers(year):
    return [one.number for one in year.going]


def test_what_was_archived_before_the_day_goes_and_what_was_on_it_stays():
    """Archived on 10 April: before the 10th it stays, before the 11th it goes."""
    days = ("2026-04-09", "2026-04-10", "2026-04-11")
    assert [numbers(ending(closed(), before=on)) for on in days] == [[], [], ["GJ-2026-001"]]
    assert [ending(closed(), before=on).later for on in days] == [1, 1, 0]


def test_a_cancelled_one_goes_by_the_day_it_was_cancelled():
    cancelled = running(cancelled_on="2026-12-31", cancel_reason="业务终止", cancel_approver="样例乙")
    assert numbers(ending(cancelled, before="2026-12-31")) == []
    assert numbers(ending(cancelled)) == ["GJ-2026-001"]


def test_an_open_one_stays_and_is_carried_over_if_it_was_registered_before():
    old, new = running(), planned(number="GJ-2027-001", registered_on="2027-01-01")
    year = ending(old, new)
    assert (numbers(year), [one.number for one in year.carried], year.open) == ([], ["GJ-2026-001"], 2)


PLAN = {"number": "JH-2026", "period_from": "2026-01-01", "period_to": "2026-12-31", "approval": "同意"}
PLAN |= {"version": "V1.0", "approver": "样例总", "approved_on": "2026-06-30"}


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({"plan_number": "JH-2026"}, "JH-2026、新计划的编号"), ({}, "JH-2026、新计划的编号"),
        ({"registered_on": "2026-07-01"}, "新计划的编号"),  # after the approval: that plan doesn't count it
        ({"plan_number": "JH-2025、JH-2026"}, "JH-2025、JH-2026、新计划的编号"),
    ],
)  # fmt: skip
def test_what_is_carried_over_keeps_the_plan_that_approved_it_and_gets_the_new_one_too(cells, text):
    row = planned(registered_on="2026-06-30") | cells
    plans = [PLAN | {"number": "JH-2025", "period_from": "2025-01-01", "period_to": "2025-12-31"}, PLAN]
    gone = closed(number="GJ-2026-009", registered_on="2026-01-05")
    year = ending(row, gone, plans=plans)
    assert year.to_write == {text: ("GJ-2026-001",)}
    assert f"  计划编号 写成「{text}」：GJ-2026-001" in year_end_lines(year, 9, "归档.xlsx", "", "")
    assert f"  计划编号 写成「{text}」：GJ-2026-001" in year_end_lines(ending(row, plans=plans), 0, "归档.xlsx", "", "")
    new = PLAN | {"number": "JH-2027", "period_from": "2027-01-01", "period_to": "2027-12-31"}
    (known,) = ending(row, gone, plans=[*plans, new]).to_write
    assert known == text.replace("新计划的编号", "JH-2027")
    assert ending(row | {"plan_number": known}, gone, plans=[*plans, new]).to_write == {}
    assert ending(row, gone).to_write == {}


def test_what_ended_nobody_knows_when_is_left_to_people():
    year = ending(closed(archived_on=None, confirmed_on=None, stated_status="已关闭"))
    assert numbers(year) == []
    undated = ending(running(cancelled_on=None, stated_status="已取消"))
    assert all("日期" in one.reason for one in undated.left)


def test_the_rows_of_the_other_sheets_go_with_it_and_those_of_others_stay():
    steps = [{"number": number, "step": "1", "content": "盘点"} for number in ("GJ-2026-001", "GJ-2026-002")]
    year = ending(closed(), running(number="GJ-2026-002"), steps=steps)
    assert year.rows == {"tracker": (2,), "steps": (2,)}


def test_a_row_merged_with_one_that_stays_stays_too():
    """A2 is merged over rows 2 and 3."""
    seen = view(closed(), running(number="GJ-2026-002"), on="2027-01-08")
    tracker = replace(seen.register.tracker, anchors={(3, "process"): seen.register.tracker.cell(2, "process")})
    year = year_end_of(replace(seen, register=replace(seen.register, tracker=tracker)), day("2027-01-01"))
    assert (numbers(year), [one.number for one in year.left]) == ([], ["GJ-2026-001"])
    assert "合并" in year.left[0].reason


def test_rows_that_cannot_be_read_stay_and_are_counted():
    seen, aside = view(closed(), on="2027-01-08"), Quarantined(9, "GJ-2026-009", ("J9",), Action(row=9))
    year = year_end_of(replace(seen, register=replace(seen.register, quarantined=(aside,))), day("2027-01-01"))
    assert (numbers(year), year.set_aside) == (["GJ-2026-001"], 1)
    told = list(year_end_lines(year, 9, "归档.xlsx", "", ""))
    assert told[1] == "留下在办 0 项，2027-01-01 及以后结束的 0 项，待更正 1 行（读不出来，不归档）。"


def test_once_written_the_next_step_is_to_bring_up_to_date_what_still_is_of_before():
    """The rows that go have ended: no figure of 总览 changes by it while the archive is counted."""
    year, next_step = ending(closed(), on="2027-01-08"), "还没有更新。下一步：capa-xl refresh"
    for old, written in (
        ("校验结果和总览的“数据错误”", year_end_lines(year, 9, "归档.xlsx", "", "备份.xlsx")),
        ("总览和校验结果", year_end_lines(year, 9, "归档.xlsx", "归档.xlsx", "备份.xlsx")),
        ("总览和校验结果", moved_rows_lines(("GJ-2026-001",), (), "归档.xlsx", "备份.xlsx")),
    ):
        assert list(written)[-1].startswith(old + next_step)
    for preview in (
        year_end_lines(year, 9, "归档.xlsx", "", ""),
        moved_rows_lines(("GJ-2026-001",), (), "归档.xlsx", ""),
    ):
        assert not any("下一步" in line for line in preview)
