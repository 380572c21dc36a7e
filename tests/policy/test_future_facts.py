"""A date typed wrong is one fault: it is told once, and the cells beside it are judged as filled."""

from datetime import date
from functools import cache

import pytest
from msgspec.structs import replace

from capa_xl.model.as_of import AsOf
from capa_xl.policy.check import check
from capa_xl.policy.future_facts import future_facts
from capa_xl.policy.viewing import view_register
from tests.policy.reminders.two_years import sample_register
from tests.policy.rules.struck import checked, problem

TODAY, AHEAD = date(2026, 11, 22), date(2027, 1, 15)
BEHIND_IT = {
    "tracker.registered_on": "FD20",
    "tracker.approved_on": "AP02 AP06",
    "tracker.completed_on": "DO14",
    "tracker.inspected_on": "EF03",
    "tracker.confirmed_on": "AR04",
    "steps.done_on": "DO05",
    "progress.on": "",
    "progress.answered_on": "DO12",
    "extensions.approved_on": "DO08",
    "confirmations.confirmed_on": "EF07",
    "revisions.proposed_on": "",
    "revisions.approved_on": "AR03",
    "needs.registered_on": "XR12",
    "needs.evaluated_on": "XR03",
    "needs.replied_on": "XR08",
}
"""Date → the rules that would speak of its row as though nothing were filled there."""


@cache
def register():
    return sample_register()


@cache
def said_before():
    return frozenset(places(check(view_register(register(), AsOf(TODAY, TODAY))).problems))


def places(problems):
    return [(p.rule, p.sheet, p.cell) for p in problems]


def typed_ahead(sheet, key):
    """The checks of the sample with one date of the column at a time put into the future."""
    table = getattr(register(), sheet)
    for at, record in enumerate(table.records):
        if getattr(record, key) is not None:
            rows = [*table.records]
            rows[at] = replace(record, **{key: AHEAD})
            book = replace(register(), **{sheet: replace(table, records=tuple(rows))})
            yield check(view_register(book, AsOf(TODAY, TODAY)))


@pytest.mark.parametrize("column", BEHIND_IT)
def test_a_day_that_has_not_come_is_told_once_and_what_follows_is_counted(column):
    for result in typed_ahead(*column.split(".")):
        new = [place for place in places(result.problems) if place not in said_before()]
        assert [rule for rule, _, _ in new] in (["FD14"], ["DO01"])
        behind = {p.rule for p in result.consequences}
        if behind & set(BEHIND_IT[column].split()) or not BEHIND_IT[column]:
            break
    else:
        pytest.fail(f"no row of the sample shows {BEHIND_IT[column]}")


INSPECTED = (
    "编号 | 责任部门 | 实际完成日期 | 检查人 | 检查日期 | 检查结论 | 确认人 | 确认日期 | 执行情况结论 | 效果结论\n"
)


def told(row, **given):
    found = checked(INSPECTED + row, **given).problems
    return {f"{p.rule} {p.cell}" for p in found if p.rule[:2] in ("FD", "CK", "EF", "AR")}


def test_the_cells_beside_it_are_judged_as_filled():
    """Once: a name in no roster and a blank 检查结论 were told only after the date had been put right."""
    row = "GJ-01 | 服务台 | 2026-05-18 | {} | {} | {} | | | |"
    assert told(row.format("张三", "2026-06-20", "")) == {"FD14 E2", "FD08 D2", "CK03 F2"}
    assert told(row.format("张三", "2026-05-20", "")) == {"FD08 D2", "CK03 F2"}
    assert told(row.format("样例工", "2026-06-20", "合格")) == {"FD14 E2"}


def test_a_confirmation_ahead_of_its_day_is_asked_for_its_other_cells_too():
    row = "GJ-01 | 服务台 | 2026-04-18 | 样例甲 | 2026-04-20 | 合格 | 李四 | 2026-06-20 | | 有效"
    assert told(row) == {"FD14 H2", "FD08 G2", "EF04 I2"}
    assert problem("EF04", INSPECTED + row).message == "执行情况/效果结论不完整：执行情况结论空白"


def test_the_same_is_said_on_a_past_day_of_what_today_still_calls_the_future():
    row = "GJ-01 | 服务台 | 2026-05-18 | 样例工 | 2026-09-20 | 合格 | | | |"
    assert told(row, on="2026-06-01", today="2026-08-01") == {"FD14 E2"}
    assert told(row, on="2026-06-01", today="2026-10-01") == set()


def test_planned_meetings_and_plans_may_lie_ahead():
    sheets = {fact.sheet_key for fact in future_facts(register(), date(2025, 1, 1))}
    assert {"tracker", "steps", "needs"} <= sheets
    assert not sheets & {"decisions", "plans"}
