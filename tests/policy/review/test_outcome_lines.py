"""Every line of the review's sections on decisions, documents, resources and exceptions, whole."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.journal import JournalView
from capa_xl.model.period import parse_period
from capa_xl.model.review import (
    AuditLine,
    DocumentLine,
    EarlierDecision,
    ExcuseLine,
    MajorLine,
    OverdueLine,
    RecurrenceLine,
    ResourceLine,
)
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.review.lateness import coming_lines, overdue_lines
from capa_xl.policy.review.outcome import (
    audit_lines,
    document_lines,
    earlier_decisions,
    excuse_lines,
    hidden_excuses,
    major_lines,
    recurrence_lines,
    resource_lines,
)
from capa_xl.policy.review.prevention import signal_lines
from capa_xl.policy.review.undecided import undecided
from tests.policy.changes import change
from tests.policy.registers import approved, closed, confirmed, inspected, planned, running, view

T, YEAR = "2026-08-20", parse_period("2026")
UNDONE = "实施中，实施逾期 51 天"
N, OTHER = "GJ-2026-001", "GJ-2026-002"


def decided(*actions, **values):
    row = {"number": "GLPS-01", "item": "1", "on": "2026-03-02", **values}
    return earlier_decisions(view(*actions, on=T, decisions=[row], revisions=()))


def test_a_decision_is_listed_once_for_each_action_it_names():
    done = confirmed(number=OTHER, responsible_department="网络部")
    assert decided(running(), done, topic="备件", conclusion="同意", tracker_numbers=(N, OTHER, "GJ-9")) == (
        EarlierDecision("GLPS-01", "备件", N, "服务台", date(2026, 6, 30), UNDONE, None, ""),
        EarlierDecision(
            "GLPS-01", "备件", OTHER, "网络部", date(2026, 6, 30), "待归档，归档超时 121 天", date(2026, 3, 2), "有效"
        ),
        EarlierDecision("GLPS-01", "备件", "GJ-9", "", None, "结论同意，台账无此编号", None, ""),
    )


@pytest.mark.parametrize(
    ("on", "before", "count"),
    [
        ("2026-03-02", date(2026, 3, 3), 1),
        ("2026-03-02", date(2026, 3, 2), 0),
        ("2026-03-02", date(2026, 3, 1), 0),
        ("2026-03-02", None, 1),
        (None, date(2026, 3, 2), 1),
    ],
)
def test_the_decisions_of_the_review_itself_and_of_later_ones_are_none_of_before(on, before, count):
    row = {"number": "GLPS-01", "item": "1", "on": on, "topic": "备件"}
    assert len(earlier_decisions(view(running(), on=T, decisions=[row], revisions=()), before) or ()) == count


def test_what_the_decision_says_itself_goes_before_the_row():
    said = {"decision": "增加备件", "topic": "备件", "responsible_department": "网络部", "due_on": "2026-05-01"}
    on = date(2026, 5, 1)
    assert decided(running(), tracker_numbers=(N,), **said) == (
        EarlierDecision("GLPS-01", "增加备件", N, "网络部", on, UNDONE, None, "", date(2026, 6, 30)),
    )
    (line,) = decided(running(cancelled_on="2026-07-01", cancel_reason="停止"), tracker_numbers=(N,), **said)
    assert line.due_now is None
    assert decided(running(), **said) == (
        EarlierDecision("GLPS-01", "增加备件", "", "网络部", on, "没有结论，未列改进编号", None, ""),
    )
    assert decided() == (EarlierDecision("GLPS-01", "", "", "", None, "没有结论，未列改进编号", None, ""),)


def test_sheets_that_are_not_in_use_have_no_lines_to_show():
    bare = view(running(), on=T)
    for lines in (earlier_decisions(bare), document_lines(bare, YEAR), resource_lines(bare, YEAR), excuse_lines(bare)):
        assert lines is None


def test_of_an_empty_sheet_as_little_is_told_as_of_none():
    """本期无 would say that somebody had looked through rows."""
    empty = view(running(), on=T, decisions=[], revisions=[], progress=[], excuses=[])
    assert empty.register.revisions is not None
    for lines in (earlier_decisions, excuse_lines):
        assert lines(empty) is None
    for lines_of in (document_lines, resource_lines):
        assert lines_of(empty, YEAR) is None


def test_a_major_action_is_listed_with_its_cause_measure_and_approval():
    major = planned(severity="重大")
    assert major_lines(view(major, on=T), YEAR) == (
        MajorLine(
            N, "客户系统夜间告警无人响应", "夜间告警只发公共邮箱", "告警按级别路由",
            "待批准（总经理或管理评审）", date(2026, 6, 30), "待审批，实施逾期 51 天",
        ),
    )  # fmt: skip


LAST_YEAR = {
    "registered_on": "2025-01-05", "due_on": "2025-06-30", "approved_on": "2025-01-12", "started_on": "2025-01-13",
    "completed_on": "2025-03-02", "inspected_on": "2025-03-05", "confirmed_on": "2025-04-07",
    "archived_on": "2025-04-10",
}  # fmt: skip


PASSED_ON = {
    **confirmed(severity="重大", effect="部分有效", follow_ups=("GJ-2026-002",)), **LAST_YEAR, "archived_on": None
}  # fmt: skip
"""Last year's, passed to a follow-up."""


@pytest.mark.parametrize(
    ("action", "listed"),
    [
        (running(severity="重大"), True), (running(is_repeat=True), True), (running(), False),
        (running(severity="重大", action_type="预防"), False), (closed(severity="重大"), True),
        (closed(severity="重大", registered_on="2025-12-31"), True),
        (closed(severity="重大", **LAST_YEAR), False),
        (planned(severity="重大", registered_on="2025-05-06", cancelled_on="2026-03-02"), True),
        (planned(severity="重大", registered_on="2025-05-06", cancelled_on="2025-12-31"), False),
        (running(severity="重大", registered_on="2025-05-06"), True),
        (planned(severity="重大", registered_on=None), True),
    ],
)  # fmt: skip
def test_major_and_repeated_corrections_open_in_the_period_or_registered_in_it(action, listed):
    assert bool(major_lines(view(action, on=T, revisions=()), YEAR)) is listed


def test_a_major_action_that_was_closed_after_the_period_was_open_in_it_and_one_passed_on_names_its_follow_up():
    """Once a quarter's list lost what was closed, or passed to a follow-up, by the day the pack was made."""
    first = parse_period("2026Q1")
    rows = closed(severity="重大"), planned(severity="重大", number=OTHER, registered_on="2026-04-01", cancelled_on=T)
    assert [line.number for line in major_lines(view(*rows, on=T, revisions=()), first)] == [N]
    for day, said in (("2025-12-31", []), ("2026-01-05", [f"已转后续 {OTHER}"]), ("2026-04-07", [f"已转后续 {OTHER}"])):
        passed_on = {**PASSED_ON, "confirmed_on": day}
        lines = major_lines(view(passed_on, planned(severity="重大", number=OTHER), on=T, revisions=()), first)
        assert [line.status for line in lines if line.number == N] == said


def test_of_an_earlier_period_nothing_is_listed_that_came_after_it():
    """Once the pack of 2025, made in 2026, had what was registered, proposed and asked for since, if it was open."""
    past, since = parse_period("2025"), "2026-05-20"
    row = {"number": N, "document_name": "备份规程"}
    wish = {"number": N, "kind": "资源申请", "content": "缺一台备机"}
    for day, count in ((since, 0), ("2025-12-31", 1), ("2025-01-01", 1), ("2024-12-31", 1)):
        action = running(severity="重大", source="内部审核", registered_on=day)
        seen = view(action, on=T, revisions=[{**row, "proposed_on": day}], progress=[{**wish, "on": day}])
        for lines_of in (major_lines, audit_lines, document_lines, resource_lines):
            assert len(lines_of(seen, past)) == count, (lines_of, day)
    blank = running(severity=None, registered_on=since)
    assert "major" not in undecided(view(blank, on=T), past)
    assert "major" in undecided(view(blank, on=T), YEAR)


def test_audits_are_counted_by_source_and_year():
    rows = (
        closed(number="GJ-1", source="内部审核", registered_on="2026-02-02"),
        running(number="GJ-2", source="内部审核", registered_on="2026-01-05"),
        running(number="GJ-3", source="外部审核", registered_on="2025-06-01"),
        planned(number="GJ-4", source="外部审核", registered_on=None),
        running(number="GJ-5"),
    )
    assert audit_lines(view(*rows, on=T, revisions=()), YEAR) == (
        AuditLine("内部审核 2026", date(2026, 1, 5), 2, 1, ("GJ-2",)),
        AuditLine("外部审核 2025", date(2025, 6, 1), 1, 0, ("GJ-3",)),
        AuditLine("外部审核 日期不明", None, 1, 0, ("GJ-4",)),
    )


def test_an_audit_whose_findings_were_over_before_the_period_is_none_of_it():
    """A finding cancelled in November once stood in the review of the next year's first quarter."""
    gone = {"cancelled_on": "2025-11-05", "cancel_reason": "重复", "cancel_approver": "样例总"}
    over = planned(number="GJ-1", source="内部审核", registered_on="2025-10-15", **gone)
    open_then = running(number="GJ-2", source="内部审核", registered_on="2025-10-16")
    for rows, listed in (((over,), []), ((over, open_then), [("内部审核 2025", 2)])):
        for period, lines in (("2026Q1", listed), ("2025Q4", [("内部审核 2025", len(rows))])):
            found = audit_lines(view(*rows, on=T, revisions=()), parse_period(period))
            assert [(line.audit, line.found) for line in found] == lines


def test_an_issue_that_came_back_is_listed_with_what_links_them():
    earlier = confirmed(category="响应超时", cause_category=("法",))
    linked = planned(number=OTHER, registered_on="2026-05-01", previous_numbers=(N,))
    alike = planned(number="GJ-2026-003", registered_on="2026-06-01", category="响应超时", cause_category=("法",))
    seen = view(earlier, linked, alike, on=T)
    lines = recurrence_lines(seen, kpi_input_of(seen, ()).actions, YEAR)
    assert lines == (
        RecurrenceLine(OTHER, N, "前次编号", date(2026, 5, 1)),
        RecurrenceLine("GJ-2026-003", N, "同过程、类别、原因", date(2026, 6, 1)),
    )
    for until, count in (("2026-04-30", 0), ("2026-05-01", 1), ("2026-05-31", 1), ("2026-06-01", 2)):
        period = parse_period(f"2026-01-01..{until}")
        assert len(recurrence_lines(seen, kpi_input_of(seen, ()).actions, period)) == count


def documents(**values):
    row = {"number": N, "document_number": "YF-01", "document_name": "备份规程", "due_on": "2026-05-01", **values}
    return document_lines(view(running(), on=T, revisions=[row]), YEAR)


SIGNED = {"approver": "样例甲", "approved_on": "2026-03-20"}


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, "待批准"),
        (SIGNED | {"approval": "同意"}, "已批准，修订中"), (SIGNED | {"approval": "不同意"}, "不同意"),
        (SIGNED | {"approval": "再议"}, "待批准"), ({"approval": "同意"}, "待批准"), ({"approval": "不同意"}, "待批准"),
    ],
)  # fmt: skip
def test_an_open_document_is_listed_with_where_it_stands(values, status):
    assert documents(**values) == (DocumentLine(N, "YF-01 备份规程", status, date(2026, 5, 1), None),)


def test_a_revised_document_is_listed_where_the_period_saw_it_proposed_or_revised():
    on = date(2026, 4, 1)
    line = DocumentLine(N, "备份规程", "已修订", date(2026, 5, 1), on)
    assert documents(document_number=None, approval="同意", revised_on="2026-04-01") == (line,)
    assert documents(revised_on="2025-12-31") == ()
    assert documents(revised_on="2025-12-31", proposed_on="2025-12-01") == ()
    assert len(documents(revised_on="2025-12-31", proposed_on="2026-01-01")) == 1


@pytest.mark.parametrize(
    ("registered", "day", "is_listed"),
    [
        ("2026-12-31", None, True),
        ("2027-01-01", None, False),
        (None, None, True),
        ("2027-01-01", "2026-12-31", True),
        ("2026-12-31", "2027-01-01", False),
    ],
)
def test_what_has_no_day_of_its_own_is_of_no_period_before_its_action_was_registered(registered, day, is_listed):
    document = {"number": N, "document_number": "YF-01", "proposed_on": day}
    request = {"number": N, "on": day, "kind": "资源申请", "content": "缺一台备机"}
    seen = view(running(registered_on=registered), on="2027-02-01", revisions=[document], progress=[request])
    assert [len(lines(seen, YEAR)) for lines in (document_lines, resource_lines)] == [is_listed, is_listed]


def resources(**values):
    row = {"number": N, "on": "2026-05-01", "kind": "资源申请", "content": "缺一台备机", **values}
    return resource_lines(view(running(resources="2 万元"), on=T, progress=[row]), YEAR)


def test_a_request_is_listed_with_reason_amount_and_answer():
    answer = {"answer": "下季度采购", "conclusion": "同意", "answered_by": "样例总", "answered_on": "2026-05-09"}
    assert resources(**answer) == (
        ResourceLine(
            N, date(2026, 5, 1), "服务台", "", "2 万元", "缺一台备机", "同意；下季度采购",
            "样例总（总经理）", date(2026, 5, 9),
        ),
    )  # fmt: skip
    assert resources(content=None) == (ResourceLine(N, date(2026, 5, 1), "服务台", "", "2 万元", "", "", "", None),)
    (same,) = resources(answer="同意", conclusion="同意")
    assert same.answer == "同意"


def test_requests_of_the_period_and_unanswered_ones_are_listed_and_nothing_else():
    assert resources(kind="进展") == ()
    assert len(resources(on="2025-12-31")) == 1
    assert resources(on="2025-12-31", answered_on="2026-01-05") == ()
    assert len(resources(on="2026-01-01", answered_on="2026-01-05")) == 1


def excuses(*, external=False, **values):
    row = {"number": N, "rule": "AP01", "note": "出差", "signed_by": "样例质", "on": "2026-05-01", **values}
    return excuse_lines(view(running(), on=T, excuses=[row]), external=external)


def test_an_accepted_exception_is_listed_with_who_signed_it_in_what_role():
    line = ExcuseLine(N, "AP01", "出差", "样例质（质量部负责人）", date(2026, 5, 1))
    assert excuses() == (line,)
    assert excuses(note=None) == (ExcuseLine(N, "AP01", "", "样例质（质量部负责人）", date(2026, 5, 1)),)


@pytest.mark.parametrize("values", [{"signed_by": None}, {"on": "2026-08-21"}, {"signed_by": "样例工"}])
def test_an_exception_that_nobody_accepted_who_may_is_not_listed(values):
    assert excuses(**values) == ()


@pytest.mark.parametrize(
    ("rule", "clauses"), [("AP01", "4.2.3"), ("AP01、AP02", "4.2.3、4.2.4"), ("XX01、AP01", "台账、4.2.3")]
)
def test_outsiders_read_the_clause_of_an_exception(rule, clauses):
    (line,) = excuses(external=True, rule=rule)
    assert (line.rule, excuses(rule=rule)[0].rule) == (clauses, rule)


@pytest.mark.parametrize(("rule", "hidden"), [("XX01", 1), ("AP01", 0)])
def test_an_exception_of_the_company_s_own_rule_is_not_for_outsiders_but_counted(rule, hidden):
    assert (len(excuses(external=True, rule=rule)), len(excuses(rule=rule))) == (1 - hidden, 1)
    row = {"number": N, "rule": rule, "note": "出差", "signed_by": "样例质", "on": "2026-05-01"}
    assert hidden_excuses(view(running(), on=T, excuses=[row])) == hidden


LATE = OverdueLine(
    N, "告警按级别路由", "服务台", "样例工", date(2026, 6, 30), 51, "", "",
    "提交评审：增加资源、定新期限或停止",
)  # fmt: skip


def test_a_late_action_is_listed_with_its_last_report_and_a_proposal():
    assert overdue_lines(view(running(), on=T), None) == (LATE,)
    rows = [
        {"number": N, "on": "2026-07-01", "kind": "进展", "content": "旧"},
        {"number": N, "on": "2026-07-05", "kind": "困难", "content": "等备件"},
        {"number": N, "on": "2026-07-09", "kind": "资源申请", "content": "要钱"},
    ]
    (line,) = overdue_lines(view(running(), on=T, progress=rows), None)
    assert line.reason == "等备件"


@pytest.mark.parametrize(("on", "proposal"), [
    ("2026-07-30", "请责任部门定出完成日期；需要延期的，补办延期并说明原因"), ("2026-07-31", LATE.proposal),
])  # fmt: skip
def test_the_review_is_asked_once_an_action_is_thirty_days_late_and_more(on, proposal):
    (line,) = overdue_lines(view(running(), on=on), None)
    assert line.proposal == proposal


def test_the_longest_late_stands_first_and_of_two_alike_the_one_above():
    rows = (
        running(number="GJ-1"),
        running(number="GJ-2", due_on="2026-06-01"),
        running(number="GJ-3"),
        running(number="GJ-4", due_on="2026-08-20"),
    )
    assert [line.number for line in overdue_lines(view(*rows, on=T), None)] == ["GJ-2", "GJ-1", "GJ-3"]


def test_what_comes_due_until_the_review_is_looked_ahead_to():
    rows = (
        running(number="GJ-1", due_on="2026-09-01", measure=None, owners=("样例工", "样例网")),
        running(number="GJ-2", due_on="2026-08-25"),
        running(number="GJ-3", due_on="2026-10-02"),
        running(number="GJ-7", due_on="2026-10-01"),
        running(number="GJ-4", due_on="2026-08-19"),
        running(number="GJ-5", due_on="2026-08-25"),
        inspected(number="GJ-6", due_on="2026-08-25"),
    )
    lines = coming_lines(view(*rows, on=T), view(*rows, on="2026-09-01"))
    assert [(line.number, line.days) for line in lines] == [("GJ-2", 7), ("GJ-5", 7), ("GJ-1", 0), ("GJ-7", -30)]
    assert lines[2] == OverdueLine("GJ-1", "客户系统夜间告警无人响应", "服务台", "样例工、样例网", date(2026, 9, 1), 0)


def test_a_signal_says_where_its_data_come_from_and_which_they_are():
    """14 支 alone stood below 指标."""
    row = {"number": "FX-1", "on": "2026-07-01", "source": "蓄电池巡检", "data_range": "14 支", "signal": "6 点连升"}
    (line,) = signal_lines(view(running(), on=T, analyses=[row]), YEAR) or ()
    assert line.indicator == "蓄电池巡检：14 支"


def test_an_approval_is_printed_with_its_evidence():
    (line,) = major_lines(view(approved(severity="重大", approval_evidence="OA-7"), on=T), YEAR)
    assert line.approval == "样例甲（部门经理） 同意（凭证 OA-7）"


def test_the_evidence_of_an_earlier_refusal_is_printed_as_that():
    row = approved(severity="重大", approval_evidence="OA-7")
    refused = (change("批准日期", "2026-01-02", row["approved_on"], T), change("批准结论", "不同意", "同意", T))
    journal = JournalView(approval_changes={N: refused})
    (line,) = major_lines(view(row, on=T), YEAR, journal)
    assert line.approval == "样例甲（部门经理） 同意（凭证 OA-7，是2026年1月2日不同意那次的，再次审批没有改写）"
