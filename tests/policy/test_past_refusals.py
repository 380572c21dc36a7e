"""A refusal to approve that a later verdict was written over, from the journal's changes."""

from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.policy.past_refusals import past_refusals
from tests.policy.changes import change

NOW = Action(row=2, number="GJ-01", approver="样例总", approved_on=date(2026, 7, 16), approval="同意")
END = date(2026, 8, 1)


REFUSED = (
    change("批准人", "", "样例副", "2026-07-08"),
    change("批准日期", "", "2026-07-08", "2026-07-08"),
    change("批准结论", "", "不同意", "2026-07-08"),
)
AGREED = (
    change("批准人", "样例副", "样例总", "2026-07-17"),
    change("批准日期", "2026-07-08", "2026-07-16", "2026-07-17"),
    change("批准结论", "不同意", "同意", "2026-07-17"),
)
CLEARED = (
    change("批准人", "样例副", "", "2026-07-10"),
    change("批准日期", "2026-07-08", "", "2026-07-10"),
    change("批准结论", "不同意", "", "2026-07-10"),
    change("批准人", "", "样例总", "2026-07-17"),
    change("批准日期", "", "2026-07-16", "2026-07-17"),
    change("批准结论", "", "同意", "2026-07-17"),
)


def test_a_name_that_no_run_has_seen_is_put_to_no_earlier_refusal():
    """Once the refusal of one was printed as that of another, whose name had been written over the approval since."""
    renamed = replace(NOW, approver="样例别")
    assert [one.approver for one in past_refusals(renamed, (*REFUSED, *AGREED[1:]), END)] == ["样例副"]


AGAIN = replace(NOW, approver="样例副", approved_on=date(2026, 7, 14), approval="不同意")


@pytest.mark.parametrize(
    ("action", "changes", "on", "told"),
    [
        (NOW, (*REFUSED, *AGREED), END, [("样例副", "2026-07-08", "2026-07-17")]),
        (NOW, (*REFUSED, *CLEARED), END, [("样例副", "2026-07-08", "2026-07-10")]),
        (NOW, (*REFUSED, *AGREED), date(2026, 7, 16), []),
        (NOW, AGREED[1:2], END, []),  # the day of an approval was corrected
        (AGAIN, (*REFUSED, change("批准日期", "2026-07-08", "2026-07-14", "2026-07-14")), END,
         [("样例副", "2026-07-08", "2026-07-14")]),
        (AGAIN, REFUSED, END, []),
        (NOW, (), END, []),
    ],
)  # fmt: skip
def test_a_refusal_is_kept_when_another_verdict_is_written_over_it(action, changes, on, told):
    assert [(one.approver, str(one.on), str(one.overwritten_on)) for one in past_refusals(action, changes, on)] == told
