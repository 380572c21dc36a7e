"""A day that is over is judged by the 完成期限 that stood then, whatever extension moved it since."""

from datetime import date
from itertools import pairwise

import pytest

from capa_xl.analysis.flow import monthly_flow, reopened_since, running_overdue
from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import JournalView
from capa_xl.model.kpi import Reopened
from capa_xl.model.moved_due import MovedDue
from capa_xl.model.period import whole_months
from capa_xl.model.snapshot import FieldChange
from capa_xl.policy.due_dates_of_then import moves_of_due_date
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.later_facts import with_completions_of_then
from capa_xl.policy.viewing import view_register
from tests.policy.registers import PEOPLE, inspected, planned, register, running

GJ, TODAY = "GJ-2026-001", date(2026, 11, 30)
FIRST = {"number": GJ, "asked_on": "2026-06-01", "old_due_on": "2026-06-30", "new_due_on": "2026-07-31"}
SIGNED = {"approver": "样例甲", "approval": "同意"}
SECOND = FIRST | {"old_due_on": "2026-07-31", "new_due_on": "2026-10-30"}
LATE = SECOND | SIGNED | {"approved_on": "2026-09-10"}
"""Decided six weeks after the deadline that it moves."""


def seen(on, *extensions, due_on="2026-10-30"):
    return view_register(
        register(running(due_on=due_on, completed_on=None), extensions=list(extensions)),
        AsOf(date.fromisoformat(on), TODAY),
    )


@pytest.mark.parametrize(
    ("on", "due", "days"),
    [("2026-09-09", "2026-07-31", 40), ("2026-09-10", "2026-10-30", 0), ("2026-09-11", "2026-10-30", 0)],
)
def test_the_deadline_is_the_old_one_until_the_day_of_the_approval(on, due, days):
    found = seen(on, FIRST | SIGNED | {"approved_on": "2026-06-03"}, LATE)
    assert found.by_number[GJ].due_on == date.fromisoformat(due)
    assert found.derived[GJ].days_overdue == days


@pytest.mark.parametrize(
    "extension",
    [
        SECOND | {"approval": "同意", "approved_on": "2026-09-10"},  # signed by nobody
        LATE | {"approval": "不同意"},
        LATE | {"new_due_on": "2026-10-31"},  # another day than the cell's
        LATE | {"old_due_on": None},
        LATE | {"number": "GJ-2026-002"},
    ],
)
def test_what_moved_nothing_leaves_the_cell_as_it_is(extension):
    assert seen("2026-09-09", extension).by_number[GJ].due_on == date(2026, 10, 30)


@pytest.mark.parametrize(
    ("on", "completed_on", "due"),
    [
        ("2026-09-14", None, "2026-10-30"),
        ("2026-09-09", None, "2026-10-30"),
        ("2026-09-09", "2026-09-16", "2026-10-30"),
        ("2026-09-09", "2026-08-20", "2026-07-31"),
    ],
)
def test_of_what_was_reopened_later_the_cell_tells_where_the_day_it_was_done_stands_nowhere(on, completed_on, due):
    """Blank now, or filled anew; where the earlier day stands still, both tell of the same round."""
    entry = {"number": GJ, "kind": "重开", "on": date(2026, 9, 15), "approver": "样例质", "reason": "又坏了"}
    found = view_register(
        register(running(due_on="2026-10-30", completed_on=completed_on), extensions=[LATE], corrections=[entry]),
        AsOf(date.fromisoformat(on), TODAY),
    )
    assert found.by_number[GJ].due_on == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("on", "completed_on", "due", "status"),
    [
        ("2026-08-19", None, "2026-07-31", "实施中"), ("2026-08-20", "2026-08-20", "2026-07-31", "待检查"),
        ("2026-09-14", "2026-08-20", "2026-10-30", "待检查"), ("2026-09-15", None, "2026-10-30", "实施中"),
        ("2026-09-16", "2026-09-16", "2026-10-30", "待检查"),
    ],
)  # fmt: skip
def test_a_day_before_an_entry_sees_the_completion_that_its_old_content_names(on, completed_on, due, status):
    """Done on 20 August, reopened on 15 September, another deadline approved on the 10th, done again on the 16th."""
    found = view_register(
        register(running(due_on="2026-10-30", completed_on="2026-09-16"), extensions=[LATE],
                 corrections=[reopened("2026-09-15", "2026-08-20 完成")]),
        AsOf(date.fromisoformat(on), TODAY),
    )  # fmt: skip
    seen_on = None if completed_on is None else date.fromisoformat(completed_on)
    assert (found.by_number[GJ].completed_on, found.derived[GJ].status) == (seen_on, status)
    assert found.by_number[GJ].due_on == date.fromisoformat(due)


@pytest.mark.parametrize(("approver", "due"), [("样例质", "2026-10-30"), ("样例工", "2026-07-31")])
def test_an_entry_that_nobody_signed_who_may_changes_no_earlier_day(approver, due):
    """The owner of the action may not: a month's end and an earlier day are judged alike."""
    given = register(
        running(due_on="2026-10-30", completed_on="2026-09-16"), extensions=[LATE], people=PEOPLE,
        corrections=[{**reopened("2026-09-15"), "approver": approver}],
    )  # fmt: skip
    then, now = (view_register(given, AsOf(day, TODAY)) for day in (date(2026, 9, 9), TODAY))
    (action,) = kpi_input_of(now, ()).actions
    assert then.by_number[GJ].due_on == action.due_at(date(2026, 9, 9)) == date.fromisoformat(due)


def reopened(on, before=None):
    return {
        "number": GJ,
        "kind": "重开",
        "on": date.fromisoformat(on),
        "approver": "样例质",
        "reason": "又坏了",
        "before": before,
    }


def moved(on, old, new):
    return SIGNED | {"number": GJ, "asked_on": on, "approved_on": on, "old_due_on": old, "new_due_on": new}


ROUND = reopened("2026-11-16", "开始日期 2026-10-12、实际完成日期 2026-10-28")
ONCE = reopened("2026-12-08", "2026-10-28 完成，2026-12-01 确认 有效")
TWICE = moved("2026-12-08", "2026-11-20", "2026-12-18"), moved("2026-11-16", "2026-10-30", "2026-11-20")


@pytest.mark.parametrize(
    ("cells", "entries", "extensions", "late"),
    [
        # two rounds in time, and the third done on 10 January for 18 December
        ({"due_on": "2026-12-18", "completed_on": "2027-01-10"},
         [ROUND, reopened("2026-12-08", "2026/11/19 完成")], TWICE, [0, 0, 1, 0]),
        # the second done on 2 December for 20 November
        ({"due_on": "2026-12-18", "completed_on": "2026-12-16"},
         [ROUND, reopened("2026-12-08", "完成期限 2026-11-20，2026年12月2日完成")], TWICE, [0, 1, 0, 0]),
        # no new deadline: late from the entry until it is done again
        ({"completed_on": "2026-12-16"}, [ONCE], [], [0, 0, 0, 0]),
        ({"completed_on": "2027-01-10"}, [ONCE], [], [0, 0, 1, 0]),
        ({"completed_on": None}, [ONCE], [], [0, 0, 1, 1]),
        ({"completed_on": "2026-10-28"}, [ONCE], [], [0, 0, 1, 1]),  # the cells as they were
        # the new deadline was approved a week after the entry
        ({"due_on": "2026-12-30", "completed_on": None}, [ONCE], [moved("2026-12-15", "2026-10-30", "2026-12-30")],
         [0, 0, 1, 1]),
        # cancelled after the entry
        ({"completed_on": "2026-10-28", "cancelled_on": "2026-12-20"}, [ONCE], [], [0, 0, 0, 0]),
        ({"completed_on": None, "cancelled_on": "2027-01-15"}, [ONCE], [], [0, 0, 1, 0]),
        # the entry took back a cancellation of what was late
        ({"due_on": "2026-12-18", "completed_on": "2026-12-16"}, [reopened("2026-12-08", "取消日期 2026-11-05")],
         [moved("2026-12-08", "2026-10-30", "2026-12-18")], [1, 0, 0, 0]),
    ],
)  # fmt: skip
def test_of_what_was_reopened_each_month_end_is_judged_by_the_days_that_stood_then(cells, entries, extensions, late):
    """Registered on 8 October, done on the 28th for the 30th; where the cells were written anew 原内容 tells of it."""
    cancelled = {"cancel_reason": "不做了", "cancel_approver": "样例甲"} if cells.get("cancelled_on") else {}
    row = running(registered_on="2026-10-08", approved_on="2026-10-10", started_on="2026-10-12",
                  **{"due_on": "2026-10-30", **cells, **cancelled})  # fmt: skip
    day = date(2027, 1, 31)
    found = view_register(register(row, extensions=list(extensions), corrections=entries), AsOf(day, day))
    months = monthly_flow(kpi_input_of(found, ()), whole_months(date(2026, 10, 1), 4))
    assert [month.overdue for month in months] == late


def test_the_moves_are_a_chain_that_ends_at_the_cell():
    found = seen("2026-11-30", LATE, FIRST | SIGNED | {"approved_on": "2026-06-03"})
    moves = (MovedDue(date(2026, 9, 10), date(2026, 7, 31)), MovedDue(date(2026, 6, 3), date(2026, 6, 30)))
    assert tuple(moves_of_due_date(date(2026, 10, 30), found.extensions[GJ])) == moves
    assert kpi_input_of(found, ()).actions[0].due_moves == moves


def flow_of(row, journal=None, **others):
    """The one action as the KPIs see it on 1 February, and its month ends of October to January late."""
    day = date(2027, 2, 1)
    found = view_register(register(*row, **others), AsOf(day, day))
    given = kpi_input_of(found, (), journal=journal)
    return given, [month.overdue for month in monthly_flow(given, whole_months(date(2026, 10, 1), 4))]


Q4 = (date(2026, 9, 30), date(2026, 12, 31))
DONE = {"registered_on": "2026-10-08", "approved_on": "2026-10-10", "started_on": "2026-10-12", "due_on": "2026-11-27",
        "completed_on": "2026-11-25"}  # fmt: skip


def test_a_month_end_before_an_inspection_that_failed_what_was_done_is_not_changed_by_it():
    """Done on 25 November for the 27th and passed; inspected again on 20 January: 不合格."""
    again = inspected(**DONE, inspected_on="2027-01-20", inspection="不合格")
    given, late = flow_of([again])
    assert late == [0, 0, 0, 1]
    assert [len(running_overdue(given.actions, date(2027, 1, day)).rows) for day in (19, 20)] == [0, 1]
    told = reopened_since(given.actions, date(2026, 7, 1), Q4)
    assert told == Reopened(later=(f"{GJ}（2027-01-20 检查不合格）",))
    assert reopened_since(given.actions, date(2026, 7, 1), (date(2027, 1, 20),)) == Reopened()


def written(heading, *cells):
    """Changes of one cell: what it held from one run to the next, and the days that saw it."""
    return tuple(
        FieldChange(GJ, heading, before, after, date.fromisoformat(day))
        for (_, before), (day, after) in pairwise([("", ""), *cells])
    )


def seen_by_runs(completed, inspected_on, verdicts):
    cells = (*written("检查日期", *inspected_on), *written("检查结论", *verdicts))
    return JournalView(
        completion_changes={GJ: written("实际完成日期", *completed)},
        inspection_changes={GJ: tuple(sorted(cells, key=lambda one: one.seen_on))},
    )


@pytest.mark.parametrize(
    ("completed", "inspected_on", "verdicts", "late", "later"),
    [
        # done on 25 November, 不合格 on 10 December, done again on the 18th
        ([("2026-11-25", "2026-11-25"), ("2026-12-18", "2026-12-18")],
         [("2026-12-10", "2026-12-10"), ("2026-12-21", "2026-12-21")],
         [("2026-12-10", "不合格"), ("2026-12-21", "合格")],
         [0, 0, 0, 0], ()),
        # likewise twice, the second time in January
        ([("2026-11-25", "2026-11-25"), ("2026-12-04", "2026-12-04"), ("2027-01-08", "2027-01-08")],
         [("2026-12-02", "2026-12-02"), ("2027-01-05", "2027-01-05"), ("2027-01-11", "2027-01-11")],
         [("2026-12-02", "不合格"), ("2027-01-11", "合格")], [0, 0, 0, 0], (f"{GJ}（2027-01-05 检查不合格）",)),
        # a slip put right: nobody found the work wanting
        ([("2026-11-25", "2026-11-25"), ("2026-12-03", "2026-12-02")], [("2026-12-08", "2026-12-08")],
         [("2026-12-08", "合格")], [0, 1, 0, 0], ()),
    ],
)  # fmt: skip
def test_a_completion_that_rework_was_written_over_counts_until_the_inspection_that_failed_it(
    completed, inspected_on, verdicts, late, later
):
    row = DONE | {"completed_on": completed[-1][1], "inspected_on": inspected_on[-1][1], "inspection": "合格"}
    given, found = flow_of([inspected(**row)], seen_by_runs(completed, inspected_on, verdicts))
    assert found == late
    assert reopened_since(given.actions, date(2026, 7, 1), Q4).later == later


def test_another_round_and_a_follow_up_cancelled_after_a_period_are_told_as_what_changed_it():
    """部分有效 on 15 December with a follow-up; 有效 on 29 January, or the follow-up cancelled on the 28th."""
    partly = {"number": GJ, "round": 1, "effect": "部分有效", "confirmed_on": "2026-12-15", "confirmer": "样例甲"}
    second = partly | {"round": 2, "effect": "有效", "confirmed_on": "2027-01-29"}
    row = inspected(**DONE, inspected_on="2026-11-27", follow_ups=("GJ-2026-002",))
    other = planned(number="GJ-2026-002", registered_on="2026-12-16")
    off = other | {"cancelled_on": "2027-01-28", "cancel_reason": "并入", "cancel_approver": "样例甲"}

    def later(follow_up, *rounds):
        given, _ = flow_of([row, follow_up], confirmations=rounds)
        return reopened_since(given.actions, date(2026, 7, 1), Q4).later

    assert later(other, partly) == later(other | {"registered_on": "2026-12-31"}, partly) == ()
    for day, told in (("2026-12-31", ()), ("2027-01-01", ("GJ-2026-002（2027-01-01 取消）",))):
        assert later(off | {"cancelled_on": day, "registered_on": "2026-12-31"})[:1] == told
    after = other | {"registered_on": "2027-01-01"}
    assert later(after, partly) == (f"{GJ}（2027-01-01 登记后续措施）",)
    assert later(other, partly, second) == (f"{GJ}（2027-01-29 又确认）",)
    assert later(off, partly) == (f"{GJ}（2027-01-28 后续措施取消）", "GJ-2026-002（2027-01-28 取消）")


@pytest.mark.parametrize(
    ("on", "done"), [("2026-11-24", None), ("2026-11-25", 25), ("2026-12-31", 25), ("2027-01-20", None)]
)
def test_a_day_before_an_inspection_that_failed_sees_the_completion_that_rework_was_written_over(on, done):
    """Done on 25 November, 不合格 on 20 January, done again on 3 February."""
    row, runs = reworked_row()
    then = AsOf(date.fromisoformat(on), date(2027, 2, 5))
    found = view_register(with_completions_of_then(register(row), runs, then), then)
    assert found.by_number[GJ].completed_on == (date(2026, 11, done) if done else None)
    assert (found.derived[GJ].status == "实施中") is (done is None)


@pytest.mark.parametrize("is_done_anew", [True, False])
@pytest.mark.parametrize(("on", "held"), [("2026-11-26", None), ("2026-11-27", 27), ("2027-01-19", 27)])
def test_a_day_before_an_inspection_that_failed_sees_the_inspection_that_stood_then(on, held, is_done_anew):
    """Done on 25 November, 合格 on the 27th, 不合格 on 20 January, and done again on 3 February or not yet."""
    row, runs = reworked_row(is_done_anew=is_done_anew)
    then = AsOf(date.fromisoformat(on), date(2027, 2, 5))
    found = view_register(with_completions_of_then(register(row), runs, then), then)
    seen_then = found.by_number[GJ]
    assert (seen_then.completed_on, seen_then.inspected_on) == (date(2026, 11, 25), held and date(2026, 11, held))
    assert seen_then.inspection == (held and "合格")
    assert (found.derived[GJ].status == "待检查") is (held is None)


@pytest.mark.parametrize("on", ["2027-01-20", "2027-01-25", "2027-02-03"])
def test_a_day_between_a_failed_inspection_and_what_was_written_over_it_knows_the_month_ends_before(on):
    row, runs = reworked_row()
    then = AsOf(date.fromisoformat(on), date(2027, 2, 5))
    found = view_register(with_completions_of_then(register(row), runs, then), then)
    given = kpi_input_of(found, (), journal=runs)
    assert [month.overdue for month in monthly_flow(given, whole_months(date(2026, 11, 1), 2))] == [0, 0]


def reworked_row(*, is_done_anew=True):
    """Done on 25 November, 合格 on the 27th, 不合格 on 20 January; what runs saw of it, and the row as it is now."""
    days = [("2026-11-27", "2026-11-27"), ("2027-01-20", "2027-01-20")]
    verdicts = [("2026-11-27", "合格"), ("2027-01-20", "不合格")]
    if not is_done_anew:
        runs = seen_by_runs([("2026-11-25", "2026-11-25")], days, verdicts)
        return inspected(**DONE | {"inspected_on": "2027-01-20", "inspection": "不合格"}), runs
    completed = [("2026-11-25", "2026-11-25"), ("2027-02-03", "2027-02-03")]
    runs = seen_by_runs(completed, [*days, ("2027-02-04", "2027-02-04")], [*verdicts, ("2027-02-04", "合格")])
    return inspected(**DONE | {"completed_on": "2027-02-03", "inspected_on": "2027-02-04"}), runs
