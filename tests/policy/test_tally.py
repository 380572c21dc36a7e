from datetime import date

from capa_xl.model.as_of import AsOf
from capa_xl.model.tally import together
from capa_xl.policy.tally import tally_of
from capa_xl.policy.viewing import view_register
from tests.policy.registers import closed, completed, planned, register, running

DAY = date(2026, 7, 10)


def _tally(*actions):
    rows = [{**action, "number": f"GJ-2026-{n:03}"} for n, action in enumerate(actions, start=1)]
    return tally_of(view_register(register(*rows), AsOf(DAY, DAY)))


def test_nothing_is_nothing():
    tally = _tally()
    assert (tally.total, tally.open, tally.late_doing, tally.late_waiting, tally.due_soon) == (0, 0, 0, 0, 0)
    assert (tally.open_phrase, tally.late_phrase) == ("在办 0 项", "实施逾期 0 项，环节超时 0 项")


def test_due_today_is_not_late_and_the_day_after_is():
    assert _tally(running(due_on="2026-07-10")).late_doing == 0
    assert _tally(running(due_on="2026-07-09")).late_doing == 1


def test_ended_actions_are_in_the_total_alone():
    tally = _tally(closed(), running(due_on="2026-09-30"))
    assert (tally.total, tally.open) == (2, 1)
    assert tally.open_phrase == "在办 1 项（实施中 1）"


def test_an_action_late_in_two_ways_counts_once_under_the_worse():
    tally = _tally(planned(registered_on="2026-01-05", due_on="2026-07-01"), completed(due_on="2026-12-01"))
    assert tally.late_doing == 1
    assert tally.late_phrase == "实施逾期 1 项（其中审批超时 1），环节超时 1 项（检查 1）"
    assert sum(count for _, count in tally.late) == tally.late_doing + tally.late_waiting
    assert tally.open == sum(count for _, count in tally.statuses) == 2


def test_the_numbers_of_several_workbooks_add_up_with_what_is_stuck_besides():
    one = _tally(planned(registered_on="2026-01-05", due_on="2026-07-01"), completed(due_on="2026-12-01"))
    both = together((one, one, _tally()))
    assert both.headline == "在办 4 项，实施逾期 2 项（其中审批超时 2），环节超时 2 项（检查 2），一个月内到期 0 项"
    assert (both.total, both.late_in("待审批"), both.late_in("待检查")) == (4, 2, 2)
