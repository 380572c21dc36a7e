"""What the review says of approvals, complaints, audits, effects and answers stands on cells."""

from __future__ import annotations

import pytest

from capa_xl.model.period import parse_period
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.review.effect_lines import effect_lines, rounds_lines
from capa_xl.policy.review.outcome import (
    audit_lines,
    complaint_lines,
    earlier_decisions,
    major_lines,
    resource_lines,
)
from capa_xl.policy.review.unregistered import unregistered
from tests.policy.registers import approved, closed, planned, running, view

T, PERIOD = "2026-08-20", parse_period("2026")
N = "GJ-2026-001"


def decided(conclusion, on="2026-03-02", numbers=(N,)):
    return {"number": "GLPS-01", "item": "1", "on": on, "conclusion": conclusion, "tracker_numbers": numbers}


def approval(action, **others):
    (line,) = major_lines(view(action, on=T, **others), PERIOD)
    return line.approval


def test_an_approval_is_printed_with_who_gave_it_in_what_role_and_with_the_verdict():
    by_head = approved(severity="重大", approver="样例总", approval_route="总经理")
    assert approval(by_head) == "样例总（总经理） 同意"
    assert approval({**by_head, "approver": "样例工"}) == "样例工 同意"
    assert approval({**by_head, "approval": "不同意"}) == "样例总（总经理） 不同意"
    assert approval(planned(severity="重大")) == "待批准（总经理或管理评审）"


def test_a_review_number_is_no_approval_until_its_decision_says_so():
    sent = planned(severity="重大", review_number="GLPS-01")
    assert approval(sent, decisions=[decided("同意")]) == "GLPS-01 同意"
    assert approval(sent, decisions=[decided("不同意")]) == "GLPS-01 不同意"
    assert approval(sent, decisions=[decided("同意", numbers=("GJ-2026-009",))]) == "GLPS-01 没有本项的决议"


def told(*actions, **others):
    """What 3.2 lists, and what the tracker says beside its register."""
    seen = view(*actions, on=T, **others)
    lines = complaint_lines(seen, PERIOD)
    return lines and [(one.number, one.is_valid, one.action_number) for one in lines], unregistered(seen, PERIOD)


@pytest.mark.parametrize(
    ("on", "numbers"), [("2026-03-02", ()), ("2026-12-30", ()), (None, ()), ("", ("GJ-2026-001",))]
)
def test_a_review_that_is_yet_to_be_held_is_registered(on, numbers):
    decisions = [decided(None, on=on)] if on != "" else []
    seen = view(planned(severity="重大", review_number="GLPS-01"), on=T, decisions=decisions)
    assert unregistered(seen, PERIOD)["earlier"].numbers == numbers


COMPLAINED = {"source": "顾客投诉", "registered_on": "2026-04-05"}


def test_a_complaint_that_the_tracker_alone_knows_is_listed_and_counted():
    rows = running(number="GJ-1", source_number="TS-9", **COMPLAINED), running(number="GJ-2", **COMPLAINED)
    need = {"number": "XQ-1", "source": "顾客投诉", "registered_on": "2026-04-02", "tracker_numbers": ("GJ-2",)}
    lines, beside = told(*rows, needs=[need])
    assert lines == [("XQ-1", "未判定", "GJ-2"), ("TS-9", "未登记", "GJ-1")]
    found = beside["complaints"]
    assert (found.sheet, found.count, found.numbers) == ("问题需求登记", 2, ("GJ-1",))
    assert told(*rows)[0] == [("TS-9", "未登记", "GJ-1"), ("", "未登记", "GJ-2")]
    assert told(running(number="GJ-3")) == (None, {})
    assert told(running(number="GJ-3", source="顾客投诉", registered_on="2025-01-05")) == (None, {})


def test_a_row_to_be_revised_or_put_to_the_review_is_told_where_its_register_has_nothing():
    revised, reviewed = running(number="GJ-1", needs_revision=True), running(number="GJ-2", review_number="GLPS-01")
    _, beside = told(revised, reviewed)
    assert {field: (rows.count, rows.numbers) for field, rows in beside.items()} == {
        "documents": (1, ("GJ-1",)),
        "earlier": (1, ("GJ-2",)),
    }
    decided = {"number": "GLPS-01", "on": "2026-03-02"}
    _, there = told(revised, reviewed, revisions=[{"number": "GJ-1"}], decisions=[decided])
    assert [rows.numbers for rows in there.values()] == [(), ()]


def complaints(*actions, tracker_numbers=()):
    need = {
        "number": "XQ-1", "registered_on": "2026-02-02", "source": "顾客投诉", "is_valid": True,
        "tracker_numbers": tracker_numbers,
    }  # fmt: skip
    lines = complaint_lines(view(*actions, on=T, needs=[need]), PERIOD)
    return [(line.action_number, line.status) for line in lines]


LATE = "实施中，实施逾期 51 天"
"""Of a running action due on 30 June, at T."""


def test_a_complaint_is_answered_from_either_side():
    assert complaints(running()) == [("", "")]
    assert complaints(running(need_number="XQ-1")) == [(N, LATE)]
    assert complaints(running(source_number="XQ-1")) == [(N, LATE)]
    assert complaints(running(), tracker_numbers=(N,)) == [(N, LATE)]
    assert complaints(running(need_number="XQ-1"), tracker_numbers=(N,)) == [(N, LATE)]


def test_a_cancelled_finding_is_not_counted_as_closed():
    rows = (
        closed(number="GJ-1", source="内部审核"),
        running(number="GJ-2", source="内部审核"),
        planned(
            number="GJ-3", source="内部审核", cancelled_on="2026-03-01", cancel_reason="重复", cancel_approver="样例总"
        ),
    )
    (line,) = audit_lines(view(*rows, on=T, revisions=()), PERIOD)
    assert (line.audit, line.found, line.closed) == ("内部审核 2026", 3, 1)
    assert line.open_numbers == ("GJ-2", "GJ-3（已取消）")


def effect(action, **figures):
    rounds = [
        {"number": N, "round": 1, "confirmed_on": "2026-04-07", "effect": "有效", "confirmer": "样例甲", **figures}
    ]
    seen = view(action, on=T, confirmations=rounds if figures else ())
    (line,) = effect_lines(seen, kpi_input_of(seen, ()).actions, PERIOD)
    return line.before, line.after, line.target


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2026Q2", (2, "2026-05-20", True, [(1, "2026-04-07", "部分有效")])),
        ("2026-05", (2, "2026-05-20", True, [(1, "2026-04-07", "部分有效")])),
        ("2026-04", (2, "2026-05-20", False, [(1, "2026-04-07", "部分有效")])),
        ("2026-06", None),
    ],
)
def test_a_measure_confirmed_again_tells_what_was_concluded_before_in_the_periods_of_both(period, told):
    """The row repeats its first round."""
    rounds = [
        {"number": N, "round": at, "confirmed_on": on, "effect": effect, "confirmer": "样例甲"}
        for at, on, effect in ((1, "2026-04-07", "部分有效"), (2, "2026-05-20", "有效"))
    ]
    seen = view(closed(effect="部分有效"), closed(number="GJ-2026-002"), on=T, confirmations=rounds)
    found = [
        (one.last.at, str(one.last.on), one.is_of_period, [(r.at, str(r.on), r.effect) for r in one.before])
        for one in rounds_lines(seen, kpi_input_of(seen, ()).actions, parse_period(period))
    ]
    assert found == ([told] if told else [])


OWN = closed(indicator="误报率", baseline=14.0, target=3.0, actual=2.0, unit="%")


def test_figures_carry_their_unit_and_both_parts():
    cases = {"n_before": 1380, "bad_before": 193, "n_after": 1402, "bad_after": 157}
    assert effect(OWN, indicator="误报率", **cases) == ("14.0%（193/1380）", "11.2%（157/1402）", "≤3%")
    events = {"n_before": 6, "bad_before": 9, "n_after": 3, "bad_after": 0}
    assert effect(OWN, indicator="漏报（次/月）", **events) == ("9 次/6 个月", "0 次/3 个月", "")
    assert effect(OWN) == ("14%", "2%", "≤3%")
    assert effect(OWN, indicator="误报率", value_before=14.0, value_after=2.5)[:2] == ("14%", "2.5%")


@pytest.mark.parametrize(
    ("n_before", "bad_before", "n_after", "bad_after", "told"),
    [
        (6, 9, 50, 5, ("9/6", "5/50")),  # no share is above the whole, and then neither is its fellow
        (50, 5, 6, 9, ("5/50", "9/6")),
        (4, 1, 50, 5, ("1/4", "5/50")),  # four cases are too few for per cent
        (50, 5, 4, 1, ("5/50", "1/4")),
        (5, 1, 50, 5, ("20.0%（1/5）", "10.0%（5/50）")),
    ],
)
def test_both_figures_of_a_row_are_told_in_one_form(n_before, bad_before, n_after, bad_after, told):
    figures = {"n_before": n_before, "bad_before": bad_before, "n_after": n_after, "bad_after": bad_after}
    assert effect(OWN, indicator="误报", **figures)[:2] == told


def test_a_decision_without_a_row_has_no_state_of_its_own():
    def status(**change):
        (line,) = earlier_decisions(view(running(), on=T, decisions=[decided("同意") | change]))
        return line.status

    assert status() == "实施中，实施逾期 51 天"
    assert status(tracker_numbers=()) == "结论同意，未列改进编号"
    assert status(tracker_numbers=("GJ-9",)) == "结论同意，台账无此编号"
    assert status(tracker_numbers=(), conclusion=None) == "没有结论，未列改进编号"


def test_an_answer_to_a_request_names_who_gave_it_not_who_should_have():
    def answered_by(name, on="2026-03-05"):
        entry = {
            "number": N, "on": "2026-03-02", "recorded_by": "样例工", "kind": "资源申请", "content": "备件 2 件",
            "answer": "同意采购", "answered_by": name, "answered_on": on,
        }  # fmt: skip
        (line,) = resource_lines(view(running(), on=T, progress=[entry]), PERIOD)
        return line.answered_by

    assert answered_by("样例总") == "样例总（总经理）"
    assert answered_by("样例甲") == "样例甲（部门经理）"
    assert answered_by("外人") == "外人"
