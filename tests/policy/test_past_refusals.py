"""A refusal to approve that a later verdict was written over, from the journal's changes."""

from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.policy.past_refusals import past_refusals, refused_of_the_evidence
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


OA_1 = change("批准凭证", "", "OA-1", "2026-07-08")
WITH_OA_1 = replace(NOW, approval_evidence="OA-1")


@pytest.mark.parametrize(
    ("action", "changes", "left"),
    [
        (WITH_OA_1, (*REFUSED, OA_1, *AGREED), "2026-07-08"),
        (WITH_OA_1, (*REFUSED, OA_1, *CLEARED), "2026-07-08"),
        (replace(NOW, approval_evidence="OA-2"), (*REFUSED, OA_1, *AGREED), None),  # no run has seen it yet
        (replace(NOW, approval_evidence="OA-2"),
         (*REFUSED, OA_1, *AGREED, change("批准凭证", "OA-1", "OA-2", "2026-07-20")), None),
        (WITH_OA_1, (*REFUSED, change("批准凭证", "", "OA-1", "2026-07-17"), *AGREED), None),  # of the agreement alone
        (NOW, (*REFUSED, OA_1, *AGREED, change("批准凭证", "OA-1", "", "2026-07-20")), None),
        (replace(AGAIN, approval_evidence="OA-1"), (*REFUSED, OA_1), None),
        (WITH_OA_1, (OA_1, *AGREED[1:2]), None),
    ],
)  # fmt: skip
def test_the_evidence_of_a_refusal_is_told_while_it_stands_beside_a_later_verdict(action, changes, left):
    found = refused_of_the_evidence(action, changes, END)
    assert (str(found) if found else None) == left


def test_a_refusal_keeps_its_own_evidence():
    changes = (*REFUSED, OA_1, *AGREED, change("批准凭证", "OA-1", "OA-2", "2026-07-17"))
    action = replace(NOW, approval_evidence="OA-2")
    assert [one.evidence for one in past_refusals(action, changes, END)] == ["OA-1"]
