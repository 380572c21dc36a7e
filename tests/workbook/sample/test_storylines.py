"""The acceptance table of storylines.md, and that the storylines are kept as a careful department keeps them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from capa_xl.app.shared.effect_tests import effect_test
from capa_xl.model import words
from capa_xl.model.derived import Derived
from capa_xl.model.problem import Severity
from capa_xl.workbook.sample.days import REFERENCE_DAY
from tests.workbook.sample.sample_days import problems_on, sample_view

# 编号, status, overdue codes, days, route, inspecting department, next actor, planned day of M1
ACCEPTANCE = """
GJ-2026-031 已关闭     —  0  部门经理         服务台     —       2026-06-30
GJ-2026-024 待效果确认 —  0  总经理或管理评审 系统部     样例丙   2026-07-31
GJ-2026-012 已关闭     —  0  总经理或管理评审 系统部     —       2026-06-30
GJ-2026-038 实施中     Y0 0  总经理           数据中心部 样例机   2026-11-18
GJ-2026-041 观察期     —  0  管理评审         质量部     样例甲   2026-09-30
GJ-2026-044 实施中     Y1 10 部门经理         质量部     样例系、样例库   2026-10-12
GJ-2026-036 实施中     Y1 45 总经理或管理评审 商务部     样例商、样例网   2026-09-08
GJ-2026-034 待检查     —  0  部门经理         备件物流部 备件物流部 2026-10-30
GJ-2026-003 已转后续   —  0  总经理           信息安全部 —       2026-03-30
GJ-2026-042 实施中     —  0  总经理           信息安全部 样例安   2026-11-30
GJ-2026-033 待文件修订 Y7 9  部门经理         服务台     样例甲   2026-07-31
GJ-2026-047 审批退回   —  0  总经理+管理评审  网络部     网络部   2026-12-29
GJ-2026-027 已取消     —  0  总经理           —         —       —
"""
ROWS = [line.split() for line in ACCEPTANCE.strip().splitlines()]
STORIES = {row[0] for row in ROWS} | {"GJ-2025-019"}

OTHER_DAYS = (date(2025, 6, 30), date(2026, 3, 31), date(2027, 3, 15), date(2028, 2, 29))


def _blank(text: str) -> str:
    return "" if text == "—" else text


def _derived(number: str, day: date = REFERENCE_DAY) -> Derived:
    return sample_view(day).derived[number]


def _by_serial(serial: str, day: date) -> Derived:
    """Numbers take the year of their registration; serials stay."""
    return next(one for number, one in sample_view(day).derived.items() if number.endswith(serial))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_storyline_stands_where_the_acceptance_table_says(row):
    number, status, overdue, days, route, inspector, actor, remind_on = row
    derived = _derived(number)
    assert derived.status == status
    assert derived.overdue == tuple(_blank(overdue).split())
    assert derived.days_overdue == int(days)
    assert derived.route == route
    if status != words.CANCELLED:
        assert derived.inspector_department == _blank(inspector)
        assert str(derived.remind_on) == remind_on
    assert derived.next_actor == _blank(actor)


def test_the_storylines_numbers_of_days_are_exact():
    assert _derived("GJ-2026-038").days_left == 26
    assert _derived("GJ-2026-042").days_left == 39
    assert _derived("GJ-2026-034").original_due_on == date(2026, 9, 30)
    completed_on = next(one.completed_on for one in sample_view().actions if one.number == "GJ-2026-034")
    assert completed_on - date(2026, 9, 30) == timedelta(48)
    assert _derived("GJ-2026-041").earliest_confirmation_on == date(2026, 11, 26)
    assert _derived("GJ-2026-024").earliest_confirmation_on == date(2026, 11, 18)
    assert _derived("GJ-2026-031").report_due_on == date(2026, 9, 14)
    assert _derived("GJ-2026-012").report_due_on == date(2026, 11, 9)


def test_no_storyline_row_has_an_error():
    errors = [
        (one.rule, one.number) for one in problems_on() if one.severity is Severity.ERROR and one.number in STORIES
    ]
    assert errors == []


def test_the_only_warnings_on_storylines_are_those_the_stories_tell():
    warnings = {
        (one.rule, one.number) for one in problems_on() if one.severity is Severity.WARNING and one.number in STORIES
    }
    assert warnings <= {
        ("EF07", "GJ-2025-019"),
        ("PL03", "GJ-2026-047"),
        ("PL04", "GJ-2026-047"),
        ("AP04", "GJ-2026-047"),
        *(("CK04", number) for number in ("GJ-2026-012", "GJ-2026-031", "GJ-2026-033")),  # inspectors who did a step
        *(("EF14", number) for number in ("GJ-2025-019", "GJ-2026-012")),  # concluded on an indicator beside their own
    }
    assert ("PL04", "GJ-2026-047") in warnings


@pytest.mark.parametrize(
    ("number", "p", "shown"),
    [
        ("GJ-2026-031", 0.0001, True),
        ("GJ-2026-024", 0.41, False),
        ("GJ-2026-012", 0.026, True),
        ("GJ-2026-003", 0.41, False),
        ("GJ-2026-033", 0.172, False),
    ],
)
def test_the_figures_of_a_round_give_the_p_of_the_story(number, p, shown):
    found = effect_test(sample_view().rounds[number][-1])
    assert found is not None
    assert found.p == pytest.approx(p, abs=0.006)
    assert found.is_enough is shown


def test_every_status_occurs():
    assert {one.status for one in sample_view().derived.values()} == set(words.STATUSES)


def test_every_overdue_code_of_an_action_occurs():
    assert {code for one in sample_view().derived.values() for code in one.overdue} == set(words.OVERDUE_ORDER)


@pytest.mark.parametrize("day", OTHER_DAYS)
def test_the_storylines_stand_the_same_on_other_days(day):
    for number, status, overdue, days, *_ in ROWS:
        derived = _by_serial(number[-4:], day)
        assert (derived.status, derived.overdue, derived.days_overdue) == (
            status,
            tuple(_blank(overdue).split()),
            int(days),
        ), number


@pytest.mark.parametrize("day", OTHER_DAYS)
def test_no_further_error_appears_on_other_days(day):
    def errors(on: date) -> list[tuple[str, str]]:
        return sorted((one.rule, one.number[-4:]) for one in problems_on(on) if one.severity is Severity.ERROR)

    assert errors(day) == errors(REFERENCE_DAY)
