from datetime import date

import pytest

from capa_xl.model.procedure import Procedure
from capa_xl.policy.routes import awaits_review, decision_on, route_of
from tests.policy.registers import PEOPLE, approved, completed, derived, planned, register, running, view, without

GM = {"approver": "样例总", "approval_route": "总经理"}


def reviewed(number="GLPS-2026-01", **values):
    return planned(approval_route="管理评审", review_number=number, **values)


def decision(**values):
    return {"number": "GLPS-2026-01", "on": "2026-01-20", "conclusion": "同意", **values}


@pytest.mark.parametrize(("action_type", "severity", "is_repeat", "source", "route"), [
    ("纠正", "一般", None, "过程指标", "部门经理"),
    ("纠正", "一般", True, "过程指标", "总经理或管理评审"),
    ("纠正", "重大", False, "过程指标", "总经理或管理评审"),
    ("纠正", None, True, "过程指标", "总经理或管理评审"),
    ("预防", "一般", None, "数据分析", "总经理"),
    ("改进", "一般", None, "其他", "总经理"),
    ("预防", "重大", None, "数据分析", "总经理+管理评审"),
    ("改进", "重大", None, "其他", "总经理+管理评审"),
    ("预防", None, None, "数据分析", "总经理"),  # of any severity the start is theirs
    ("改进", None, None, "其他", "总经理"),
    ("改进", "一般", None, "管理评审", "管理评审"),
    (None, "一般", None, "其他", ""),
    ("纠正", None, None, "其他", ""),
])  # fmt: skip
def test_the_route_follows_type_severity_repetition_and_source(action_type, severity, is_repeat, source, route):
    action = planned(action_type=action_type, severity=severity, is_repeat=is_repeat, source=source)
    assert route_of(register(action).tracker.records[0]) == route


def satisfied(action, on="2026-02-01", **others):
    return derived(action, on, **others).route_satisfied


def test_a_higher_authority_satisfies_a_lower_route():
    assert satisfied(approved(**GM))
    assert satisfied(approved())


def test_a_major_corrective_needs_more_than_the_manager():
    assert not satisfied(approved(severity="重大"))
    assert satisfied(approved(severity="重大", **GM))


def test_a_preventive_action_needs_the_general_manager():
    assert not satisfied(approved(action_type="预防"))
    assert satisfied(approved(action_type="预防", **GM))
    assert not satisfied(reviewed(action_type="预防"))


def test_a_blank_way_is_read_from_the_approvers_role_on_that_day():
    assert satisfied(approved(action_type="预防", approval_route=None, approver="样例总"))
    assert not satisfied(approved(action_type="预防", approval_route=None, approver="样例甲"))


def test_an_approver_nobody_knows_or_without_any_such_role_does_not_block():
    assert satisfied(approved(action_type="预防", approval_route=None, approver="样例工"))
    assert satisfied(approved(action_type="预防", approval_route=None, approver="样例外"))
    assert satisfied(approved(action_type="预防", approval_route=None), people=())


def test_an_approver_without_the_role_does_not_block_a_stated_way():
    assert satisfied(approved(action_type="预防", approver="样例工", approval_route="总经理"))


def test_an_agreement_that_nobody_signed_counts_for_nothing_while_the_work_goes_on():
    """Once it is done AP08 tells, and nobody is sent back for it."""
    for way in (None, "部门经理"):
        assert not satisfied(approved(approval_route=way, approver=None))
        assert satisfied(completed(approval_route=way, approver=None), on="2026-03-05")
    assert not satisfied(approved(action_type="预防", approval_route=None, approver=None))
    assert satisfied(approved(action_type="预防"), columns=without("approver", "approval_route"))


def test_a_deputy_of_the_day_approves_as_the_manager():
    people = tuple(p | {"deputy": "样例工", "deputy_from": "2026-01-01", "deputy_to": "2026-01-31"}
                   if p["name"] == "样例总" else p for p in PEOPLE)  # fmt: skip
    action = approved(action_type="预防", approval_route=None, approver="样例工")
    assert satisfied(action, people=people)
    absent = tuple(p | {"roles": ("部门经理",)} if p["name"] == "样例工" else p for p in people)
    assert not satisfied({**action, "approved_on": date(2026, 2, 1)}, people=absent)


def test_an_approval_without_its_date_or_conclusion_is_none():
    assert not satisfied(approved(approved_on=None))
    assert not satisfied(approved(approval=None))


def test_an_approval_dated_later_is_not_seen_yet():
    assert not satisfied(approved(), on="2026-01-11")
    assert satisfied(approved(), on="2026-01-12")


def test_a_review_counts_by_its_decision_and_needs_no_signature():
    assert satisfied(reviewed(severity="重大"), decisions=[decision()])
    assert not satisfied(reviewed(severity="重大"), decisions=[decision(number="GLPS-2026-09")])
    assert not satisfied(reviewed(severity="重大"), decisions=[decision(conclusion="不同意")])
    assert not satisfied(reviewed(None, severity="重大"), decisions=[decision()])


def test_without_the_sheet_the_review_number_is_the_proof():
    assert satisfied(reviewed(severity="重大"))


def test_a_decision_made_later_is_not_seen_yet():
    assert not satisfied(reviewed(severity="重大"), on="2026-01-19", decisions=[decision()])


def test_only_the_decision_that_names_the_action_counts_when_one_does():
    rows = [decision(item="1", conclusion="同意", tracker_numbers=("GJ-2026-009",)),
            decision(item="2", conclusion="不同意", tracker_numbers=("GJ-2026-001",))]  # fmt: skip
    assert not satisfied(reviewed(severity="重大"), decisions=rows)
    assert derived(reviewed(severity="重大"), "2026-02-01", decisions=rows).status == "审批退回"


def test_a_review_that_names_others_says_nothing_of_this_one_and_stops_only_work_not_done():
    others = [decision(input_numbers=("GJ-2026-009",))]
    general = [decision(input_numbers=())]
    assert satisfied(reviewed(severity="重大"), decisions=general)
    assert not satisfied(reviewed(severity="重大"), decisions=others)
    assert not satisfied(reviewed(severity="重大"), decisions=others + general)
    done = reviewed(severity="重大", completed_on="2026-01-30")
    assert satisfied(done, decisions=others)


def test_of_two_decisions_on_the_action_the_newer_counts():
    named = {"tracker_numbers": ("GJ-2026-001",)}
    rows = [decision(on="2026-01-28", **named), decision(on="2026-01-20", conclusion="不同意", **named)]
    assert satisfied(reviewed(severity="重大"), decisions=rows)
    assert not satisfied(reviewed(severity="重大"), on="2026-01-27", decisions=rows)


def test_a_later_refusal_beats_an_earlier_approval():
    action = approved(severity="重大", review_number="GLPS-2026-01", **GM)
    refused = [decision(conclusion="不同意", tracker_numbers=("GJ-2026-001",))]
    assert satisfied(action, on="2026-01-19", decisions=refused)
    assert not satisfied(action, on="2026-01-20", decisions=refused)
    again = approved(severity="重大", review_number="GLPS-2026-01", approved_on="2026-02-01", **GM)
    assert satisfied(again, decisions=refused)


def test_a_major_preventive_starts_with_the_general_manager_alone():
    assert satisfied(approved(action_type="预防", severity="重大", **GM))
    assert not satisfied(reviewed(action_type="预防", severity="重大"))


def plan(**values):
    base = {"number": "JH-2026", "version": "V1.0", "written_on": "2026-01-10", "approved_on": "2026-01-15"}
    return {**base, "approver": "样例总", "approval": "同意", **values}


def improvement(**values):
    return planned(**{"action_type": "改进", "plan_number": "JH-2026", **values})


def test_a_plan_covers_what_was_registered_by_its_approval():
    assert satisfied(improvement(), plans=[plan()])
    assert satisfied(improvement(registered_on="2026-01-15"), plans=[plan()])
    assert not satisfied(improvement(registered_on="2026-01-16"), plans=[plan()])
    assert not satisfied(improvement(), on="2026-01-14", plans=[plan()])


def test_a_plan_that_nobody_signed_covers_nothing():
    for lacking in ("approver", "approved_on"):
        assert not satisfied(improvement(), plans=[plan(**{lacking: None})]), lacking


def test_a_plan_covers_only_the_route_of_the_general_manager():
    assert not satisfied(improvement(severity="重大"), plans=[plan()])
    assert not satisfied(planned(plan_number="JH-2026"), plans=[plan()])


def test_the_newest_agreed_version_of_the_plan_is_in_force_and_a_refused_newer_one_changes_nothing():
    refused = plan(version="V1.1", written_on="2026-01-20", approved_on="2026-01-25", approval="不同意")
    assert satisfied(improvement(), plans=[plan(), refused])
    assert not satisfied(improvement(), plans=[refused])
    assert satisfied(improvement(), on="2026-01-24", plans=[plan(), refused])
    draft = plan(version="V1.2", approved_on="2026-01-30", approval=None)
    assert satisfied(improvement(), plans=[plan(), draft])
    newer = plan(version="V1.2", approved_on="2026-01-30")
    assert satisfied(improvement(registered_on="2026-01-29"), plans=[plan(), refused, newer])


JH_2027 = plan(number="JH-2027", approved_on="2027-01-20")


@pytest.mark.parametrize(
    ("cell", "on"),
    [
        ("JH-2026", "2026-01-15"), ("JH-2027", "2027-01-20"),
        ("JH-2026、JH-2027", "2026-01-15"), ("JH-2027，JH-2026", "2026-01-15"),
    ],
)  # fmt: skip
def test_what_a_plan_approved_stays_so_when_the_plan_of_the_next_year_lists_it_too(cell, on):
    found = derived(improvement(plan_number=cell), "2027-02-01", plans=[plan(), JH_2027])
    assert (found.route_satisfied, found.approved_on) == (True, date.fromisoformat(on))


def test_what_a_plan_approved_stays_so_when_a_newer_version_is_approved():
    newer = plan(version="V2.0", approved_on="2026-06-01")
    assert derived(improvement(), "2026-07-01", plans=[plan(), newer]).approved_on == date(2026, 1, 15)
    later = improvement(registered_on="2026-01-16")
    assert derived(later, "2026-07-01", plans=[plan(), newer]).approved_on == date(2026, 6, 1)


def test_nothing_waits_for_approval_in_a_table_without_its_columns():
    columns = without("approver", "approved_on", "approval", "approval_route", "review_number")
    assert derived(planned(), "2026-02-01", columns=columns).route_satisfied
    assert derived(running(), "2026-02-01", columns=columns).status == "实施中"


def test_a_conclusion_column_alone_is_enough():
    columns = without("approver", "approved_on", "approval_route", "review_number")
    assert derived(planned(approval="同意"), "2026-02-01", columns=columns).status == "未开始"
    assert derived(planned(), "2026-02-01", columns=columns).status == "待审批"


@pytest.mark.parametrize(("values", "actor"), [
    ({}, "样例甲"),
    ({"owning_department": "网络部"}, "样例乙"),
    ({"severity": "重大"}, "样例总"),
    ({"action_type": "预防"}, "样例总"),
    ({"source": "管理评审"}, "样例总"),
    ({"owning_department": "备件部"}, "样例甲"),  # in no list: FD13
    ({"owning_department": None, "process": None, "responsible_department": "备件部"}, "质量部"),
])  # fmt: skip
def test_the_route_names_whose_approval_is_waited_for(values, actor):
    found = derived(planned(**values), "2026-01-08")
    assert (found.status, found.next_actor.split("、")[0]) == ("待审批", actor)


def test_without_a_roster_the_role_is_named():
    found = view(planned(severity="重大"), on="2026-01-08", people=()).derived["GJ-2026-001"]
    assert found.next_actor == "总经理、质量部、服务台"  # whose cells are wanted before


def _resubmitted(on, kind="重新报批"):
    return [{"number": "GJ-2026-001", "on": on, "kind": kind, "content": "已改措施"}]


@pytest.mark.parametrize(
    ("on", "found"), [("2026-02-02", "审批退回"), ("2026-02-03", "审批退回"), ("2026-02-04", "待审批")]
)
def test_a_later_row_of_resubmission_lifts_a_refusal(on, found):
    refused = planned(approver="样例甲", approved_on="2026-02-03", approval="不同意")
    seen = derived(refused, "2026-02-10", progress=_resubmitted(on))
    assert seen.status == found
    assert derived(refused, "2026-02-10", progress=_resubmitted(on, "进展")).status == "审批退回"


@pytest.mark.parametrize(("on", "late"), [("2026-03-09", ()), ("2026-03-10", ()), ("2026-03-11", ("Y4",))])
def test_the_limit_of_an_approval_starts_with_the_resubmission(on, late):
    """15 working days after 2026-02-11, both Saturdays 14 and 28 worked for the holiday between: 2026-03-10."""
    refused = planned(approver="样例甲", approved_on="2026-02-03", approval="不同意")
    assert derived(refused, on, progress=_resubmitted("2026-02-11")).overdue == late


def test_the_hint_offers_a_row_of_resubmission_only_where_the_list_has_the_word():
    refused = planned(approver="样例甲", approved_on="2026-02-03", approval="不同意")
    plain = derived(refused, "2026-02-10").next_step
    assert "批准人、批准日期、批准结论" in plain and "《进展反馈》" not in plain
    listed = Procedure(lists={"类型": ("进展", "重新报批")})
    assert "《进展反馈》" not in derived(refused, "2026-02-10", procedure=listed).next_step, "no such sheet"
    there = derived(refused, "2026-02-10", procedure=listed, progress=[{"number": "GJ-2026-001", "on": "2026-02-09"}])
    assert "《进展反馈》" in there.next_step


def test_a_review_that_decided_something_else_than_agreement_or_refusal_leaves_it_open():
    rows = [{"number": "GLPS-1", "on": "2026-01-12", "conclusion": "暂缓"}]
    seen = view(planned(severity="重大", review_number="GLPS-1"), on="2026-02-01", decisions=rows)
    assert decision_on(seen.inputs, seen.actions[0]).conclusion == "暂缓"
    assert derived(planned(severity="重大", review_number="GLPS-1"), "2026-02-01", decisions=rows).status == "待审批"


def test_of_a_review_without_names_an_agreement_goes_before_what_else_was_decided():
    rows = [{"number": "GLPS-1", "on": "2026-01-12", "conclusion": word} for word in ("暂缓", "同意")]
    seen = view(planned(severity="重大", review_number="GLPS-1"), on="2026-02-01", decisions=rows)
    assert decision_on(seen.inputs, seen.actions[0]).conclusion == "同意"


def test_a_review_stated_as_the_way_counts_only_with_its_agreement():
    stated = approved(severity="重大", approval_route="管理评审", review_number="GLPS-1")
    for word, status in (("同意", "未开始"), ("暂缓", "待审批")):
        rows = [{"number": "GLPS-1", "on": "2026-01-11", "conclusion": word}]
        assert derived(stated, "2026-02-01", decisions=rows).status == status


def test_only_a_major_prevention_or_improvement_waits_for_its_review_before_closing():
    def waits(**values):
        seen = view(planned(**values), on="2026-02-01", decisions=[])
        return awaits_review(seen.inputs, seen.actions[0])

    assert waits(action_type="预防", severity="重大")
    assert not waits(action_type="预防", severity="一般")
    assert not waits(action_type="纠正", severity="重大")


def approval_of(action, on="2026-02-01", **others):
    """(day, what it rests on) of the approval in force; None without one."""
    found = derived(action, on, **others).approval
    return found and (str(found.on), found.source)


def test_the_approval_in_force_is_the_first_that_the_route_accepts_whosever_it_is():
    by_review = {"severity": "重大", "review_number": "GLPS-2026-01", "approval_route": None}
    assert approval_of(approved()) == ("2026-01-12", "")
    assert approval_of(reviewed(severity="重大"), decisions=[decision()]) == ("2026-01-20", "管理评审 GLPS-2026-01")
    assert approval_of(improvement(), plans=[plan()]) == ("2026-01-15", "计划 JH-2026 V1.0")
    late = {"approver": "样例总", "approved_on": "2026-01-25"}
    assert approval_of(approved(**by_review | late), decisions=[decision()]) == ("2026-01-20", "管理评审 GLPS-2026-01")
    assert approval_of(approved(**by_review), decisions=[decision()]) == ("2026-01-20", "管理评审 GLPS-2026-01")


def test_no_approval_is_in_force_that_the_route_refuses_or_a_later_verdict_took_back():
    assert approval_of(approved(severity="重大")) is None
    assert approval_of(planned(approved_on="2026-01-12", approver="样例甲")) is None  # 批准结论 is blank
    refused = [decision(conclusion="不同意", tracker_numbers=("GJ-2026-001",))]
    assert approval_of(approved(review_number="GLPS-2026-01"), decisions=refused) is None
    columns = without("approver", "approved_on", "approval", "approval_route", "review_number")
    assert approval_of(planned(), columns=columns) is None  # nothing waits, and nobody approved


def test_of_a_major_preventive_the_review_alone_is_no_approval_and_its_day_none():
    """The general manager signed five days after the review agreed: the work could start then."""
    both = approved(action_type="预防", severity="重大", review_number="GLPS-2026-01", approved_on="2026-01-25", **GM)
    assert approval_of(both, decisions=[decision()]) == ("2026-01-25", "")
    assert not derived(both, "2026-01-24", decisions=[decision()]).route_satisfied
