"""What the management review has to decide: whatever still waits for it, whatever it refused (A8)."""

from __future__ import annotations

from capa_xl.policy.review.agenda import agenda
from tests.policy.registers import approved, closed, planned, running, view

N = "GJ-2026-001"
WAITS = {"approver": None, "approved_on": None, "approval": None, "approval_route": None}


def decided(conclusion, on="2026-03-02", numbers=(N,)):
    return {"number": "GLPS-01", "item": "1", "on": on, "conclusion": conclusion, "tracker_numbers": numbers}


def items(action, on="2026-06-01", **others):
    return [item.category for item in agenda(view(action, on=on, **others))]


def test_whatever_the_route_sends_to_the_review_is_listed_until_it_is_decided():
    major = planned(severity="重大")
    prevention = planned(action_type="预防", severity="重大")
    from_review = planned(source="管理评审")
    assert items(major) == ["待提交管理评审的重大/重复纠正"]
    assert items(prevention) == ["重大预防、改进"]
    assert items(from_review) == ["其他待管理评审批准的措施"]
    for action in (major, prevention, from_review):
        assert items({**action, "review_number": "GLPS-01"}, decisions=[decided("同意")]) == []


def test_of_what_is_late_for_long_the_latest_comes_first():
    """Due on 30 April, 31 January and 31 March: 122, 211 and 152 days late on 30 August."""
    rows = [running(number=f"GJ-{at}", due_on=day) for at, day in enumerate(("2026-04-30", "2026-01-31", "2026-03-31"))]
    assert [item.number for item in agenda(view(*rows, on="2026-08-30"))] == ["GJ-1", "GJ-2", "GJ-0"]


def test_a_way_chosen_freely_waits_for_the_review_too():
    chosen = planned(approval_route="管理评审", review_number="GLPS-01")
    assert items(chosen, decisions=[decided("同意", numbers=("GJ-2026-009",))]) == ["其他待管理评审批准的措施"]
    assert items(chosen, decisions=[decided("同意")]) == []
    assert items(planned()) == []


def test_general_managers_approval_leaves_a_major_prevention_to_the_review():
    by_general_manager = approved(action_type="预防", severity="重大", approver="样例总", approval_route="总经理")
    assert items(by_general_manager) == ["重大预防、改进"]


def test_a_review_that_names_others_has_decided_nothing_of_it():
    action = planned(action_type="预防", severity="重大", review_number="GLPS-01")
    assert items(action, decisions=[decided("同意", numbers=("GJ-2026-009",))]) == ["重大预防、改进"]


def test_what_the_review_refused_comes_back_until_it_is_lifted():
    refused = running(severity="重大", review_number="GLPS-01", **WAITS)
    assert items(refused, decisions=[decided("不同意")]) == ["评审未同意的事项"]
    again = {"number": N, "on": "2026-04-01", "kind": "重新报批"}
    assert items(refused, decisions=[decided("不同意")], progress=[again]) == ["待提交管理评审的重大/重复纠正"]
    later = {
        **refused,
        "approver": "样例总",
        "approved_on": "2026-05-06",
        "approval": "同意",
        "approval_route": "总经理",
    }
    assert items(later, decisions=[decided("不同意")]) == []


def test_a_refusal_after_an_approval_is_a_matter_while_the_work_goes_on():
    goes_on = running(source="管理评审", approver="样例总", approval_route="总经理", review_number="GLPS-01")
    assert items(goes_on, decisions=[decided("不同意")]) == ["评审未同意的事项"]


def test_what_has_ended_is_no_matter():
    assert items(closed(severity="一般"), on="2026-08-01") == []
    assert items(planned(severity="重大", cancelled_on="2026-03-02")) == []


def test_what_a_person_refused_comes_before_the_review_with_his_refusal():
    refused = planned(severity="重大", approver="样例总", approved_on="2026-03-02", approval="不同意")
    (item,) = agenda(view(refused, on="2026-06-01"))
    assert item.matter.endswith("（样例总（总经理）2026年3月2日不同意）")
    assert item.proposal == "按修改后的方案再议"
    (again,) = agenda(view(refused, on="2026-06-01", progress=[{"number": N, "on": "2026-04-01", "kind": "重新报批"}]))
    assert (again.matter, again.proposal) == (refused["description"], "批准措施后实施")
