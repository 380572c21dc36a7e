from datetime import date

from capa_xl.model import words
from capa_xl.model.as_of import AsOf
from capa_xl.policy.late_items import late_items
from capa_xl.policy.tally import tally_of
from capa_xl.policy.viewing import view_register
from tests.policy.registers import completed, planned, register, running

DAY = date(2026, 7, 10)


def test_each_late_action_is_in_one_list_with_the_deadline_it_missed_and_what_missed_it():
    """planned waits for its approval since 26 January (5 January and 15 days of work)."""
    rows = (running(due_on="2026-07-01"), running(due_on="2026-06-30"), planned(due_on="2026-12-01"),
            planned(due_on="2026-07-01"), running(due_on="2026-07-10"), completed(due_on="2026-12-01"))  # fmt: skip
    numbered = [{**action, "number": f"GJ-2026-{n:03}"} for n, action in enumerate(rows, start=1)]
    view = view_register(register(*numbered), AsOf(DAY, DAY))
    doing, waiting = late_items(view, ("Y1",)), late_items(view, words.WAITING_LATE)
    assert [(one.number, one.days, one.kind) for one in doing] == [
        ("GJ-2026-002", 10, "实施逾期"), ("GJ-2026-001", 9, "实施逾期"), ("GJ-2026-004", 9, "实施逾期"),
    ]  # fmt: skip
    late = next(one for one in waiting if one.number == "GJ-2026-003")
    assert (late.kind, late.due_on, late.days) == ("审批超时", date(2026, 1, 26), 165)
    tally = tally_of(view)
    assert (len(doing), len(waiting)) == (tally.late_doing, tally.late_waiting)
