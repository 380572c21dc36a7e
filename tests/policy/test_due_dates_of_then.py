"""A day that is over is judged by the 完成期限 that stood then, whatever extension moved it since."""

from datetime import date

import pytest

from capa_xl.model.as_of import AsOf
from capa_xl.model.moved_due import MovedDue
from capa_xl.policy.due_dates_of_then import moves_of_due_date
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.viewing import view_register
from tests.policy.registers import register, running

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


def test_the_moves_are_a_chain_that_ends_at_the_cell():
    found = seen("2026-11-30", LATE, FIRST | SIGNED | {"approved_on": "2026-06-03"})
    moves = (MovedDue(date(2026, 9, 10), date(2026, 7, 31)), MovedDue(date(2026, 6, 3), date(2026, 6, 30)))
    assert tuple(moves_of_due_date(date(2026, 10, 30), found.extensions[GJ])) == moves
    assert kpi_input_of(found, ()).actions[0].due_moves == moves
