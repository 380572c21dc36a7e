"""What the KPIs are given of each row, and which of them a table can't feed."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.kpi import KpiMeasurement, KpiRevision
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.procedure import Procedure
from capa_xl.policy.kpi_input import kpi_input_of
from tests.policy.registers import closed, confirmed, fields_of, inspected, planned, register, running, view, without

N, T = "GJ-2026-001", "2026-08-20"
APPROVAL = {"approved", "registered_to_approved", "approved_to_completed"}
CONFIRMATION = {
    "effective", "partly_effective", "recurrence", "confirmed", "inspected_to_confirmed", "confirmed_to_closed",
}  # fmt: skip
REGISTERED = {
    "cancelled", "preventive", "closed_loop", "registered_to_approved", "days_to_close", "median_to_close",
    "p90_to_close",
}  # fmt: skip
SHEETS = {"corrected", "evaluated", "revised", "indicators_met", "extended", "extensions", "reminded"}


def row(action, **others):
    (found,) = kpi_input_of(view(action, on=T, revisions=(), **others), ()).actions
    return found


def test_a_row_is_given_whole():
    found = fields_of(row(closed(owning_department=None)))
    limits = {key for key in found if key.endswith(("limit_on", "as_owed_on", "in_full_on"))}
    assert {key: value for key, value in found.items() if key not in limits} == {
        "number": N, "row": 2, "description": "客户系统夜间告警无人响应", "action_type": "纠正", "severity": "一般",
        "source": "运维服务过程", "process": "事件", "department": "服务台", "owning_department": "服务台",
        "level": found["level"], "status": "已关闭", "overdue": (), "days_overdue": 0,
        "registered_on": date(2026, 1, 5), "approved_on": date(2026, 1, 12), "started_on": date(2026, 1, 13),
        "due_on": date(2026, 6, 30), "original_due_on": date(2026, 6, 30), "completed_on": date(2026, 3, 2),
        "inspected_on": date(2026, 3, 5), "confirmed_on": date(2026, 4, 7), "archived_on": date(2026, 4, 10),
        "cancelled_on": None, "closed_on": date(2026, 4, 10), "effect": "有效", "approval_valid": True,
        "approval_satisfied": True, "extensions": 0, "recurred_as": (), "taken_back": (),
        "set_back": (), "later_facts": (), "due_moves": (),
        "is_history": False,
    }  # fmt: skip


def test_what_is_to_be_planned_still_is_not_approved_where_the_table_keeps_no_approvals():
    """逾期率 counts what is approved: without a measure there is nothing to approve, whatever columns the table has."""
    columns = without("approver", "approved_on", "approval", "approval_route")
    rows = planned(number="GJ-1", measure=None), planned(number="GJ-2"), running(number="GJ-3")
    seen = view(*rows, on=T, columns=columns)
    assert [one.status for one in seen.derived.values()] == ["待策划", "未开始", "实施中"]
    found = kpi_input_of(seen, ()).actions
    assert [one.approval_satisfied for one in found] == [False, True, True]


def test_what_a_row_lacks_is_blank():
    found = row({"number": N, "measure": "告警按级别路由"})
    assert found.description == "告警按级别路由"
    blank = ("action_type", "severity", "source", "process", "department", "owning_department", "effect")
    assert {getattr(found, key) for key in blank} == {""}
    assert row({"number": N}).description == ""
    assert not row(planned()).approval_satisfied


def test_a_completion_that_failed_its_inspection_is_none():
    assert row(inspected(inspection="不合格")).completed_on is None
    assert row(inspected()).completed_on == date(2026, 3, 2)


def problem(rule="AP02", *, severity=Severity.ERROR, sheet="改进计划跟踪表", row=2, number=N, **values):
    return Problem(rule, "4.2", severity, sheet, "A2", number, row, "", "", **values)


def counted(*problems):
    return kpi_input_of(view(planned(), planned(number="GJ-2026-002"), on=T), problems)


@pytest.mark.parametrize(
    ("found", "valid"),
    [
        (problem(), False), (problem("AP09"), False), (problem("AP07"), True), (problem(sheet="延期记录"), True),
        (problem(in_grace=True), True), (problem(severity=Severity.INFO, excused=True, weight=Severity.ERROR), False),
        (problem(number="GJ-2026-002"), True),
    ],
)  # fmt: skip
def test_an_approval_is_valid_unless_a_rule_of_approvals_objects_in_the_tracker(found, valid):
    assert counted(found).actions[0].approval_valid is valid


@pytest.mark.parametrize(
    ("found", "rows"),
    [
        ((), ()), ((problem("FD01"),), (N,)), ((problem(severity=Severity.WARNING),), ()), ((problem(row=None),), ()),
        ((problem(severity=Severity.INFO, excused=True, weight=Severity.ERROR),), (N,)), ((problem(row=9),), ()),
        ((problem(row=3, number="GJ-2026-002"), problem(), problem()), (N, "GJ-2026-002")),
    ],
)  # fmt: skip
def test_rows_with_an_error_are_counted_each_once_in_order(found, rows):
    assert counted(*found).rows_with_error == rows


@pytest.mark.parametrize(
    ("later", "back"),
    [
        ({"registered_on": "2026-04-07", "previous_numbers": (N,)}, False),
        ({"registered_on": "2026-04-08", "previous_numbers": (N,)}, True),
        ({"registered_on": "2026-10-04", "previous_numbers": (N,)}, True),
        ({"registered_on": "2026-10-05", "previous_numbers": (N,)}, False),
        ({"registered_on": "2026-05-01"}, False),
        ({"registered_on": "2026-05-01", "category": "响应超时", "cause_category": ("人", "法")}, True),
        ({"registered_on": "2026-05-01", "category": "响应超时", "cause_category": ("法",)}, False),
        ({"registered_on": "2026-05-01", "category": "备件", "cause_category": ("法", "人")}, False),
        (
            {"registered_on": "2026-05-01", "process": "变更", "category": "响应超时", "cause_category": ("法", "人")},
            False,
        ),
        ({"registered_on": None, "previous_numbers": (N,)}, False),
    ],
)
def test_an_issue_came_back_within_180_days_linked_or_of_the_same_key(later, back):
    key = {"category": "响应超时", "cause_category": ("法", "人")}
    rows = confirmed(**key), planned(number="GJ-2026-002", **later)
    first = kpi_input_of(view(*rows, on="2026-12-31"), ()).actions[0]
    assert first.recurred_as == (("GJ-2026-002",) if back else ())
    failed = confirmed(**key, effect="无效")
    assert kpi_input_of(view(failed, rows[1], on="2026-12-31"), ()).actions[0].recurred_as == ()


def test_an_issue_of_another_workbook_may_come_back_too():
    other = register(planned(number="GJ-2027-001", registered_on="2026-05-01", previous_numbers=(N,))).tracker.records
    (first,) = kpi_input_of(view(confirmed(), on=T), (), None, other).actions
    assert first.recurred_as == ("GJ-2027-001",)


@pytest.mark.parametrize(
    ("columns", "lacking"),
    [
        (without("approver", "approved_on", "approval", "approval_route"), APPROVAL),
        (without("inspector", "inspected_on", "inspection"),
         {"inspected", "completed_to_inspected", "inspected_to_confirmed"}),
        (without("confirmer", "confirmed_on", "effect", "execution"), CONFIRMATION),
        (without("archived_on", "report_number", "archive_location"), {"archived"}),
        (without("cancelled_on"), {"cancelled"}), (without("action_type"), {"preventive"}),
        (without("registered_on"), REGISTERED), (without(), set()),
    ],
)  # fmt: skip
def test_columns_that_are_not_there_leave_their_kpis_without_data(columns, lacking):
    found = kpi_input_of(view(planned(), on=T, columns=columns), ()).not_in_use
    assert found - SHEETS == lacking


def test_sheets_that_are_not_there_leave_theirs_without_data():
    assert kpi_input_of(view(planned(), on=T), ()).not_in_use == SHEETS
    with_sheets = view(
        planned(), on=T, needs=[{"number": "X"}], measurements=[{"indicator": "x"}],
        revisions=[{"number": N}], extensions=[{"number": N}],
    )  # fmt: skip
    assert kpi_input_of(with_sheets, ()).not_in_use == {"reminded"}
    assert kpi_input_of(with_sheets, (), ()).not_in_use == set()


def months(*rows):
    seen = view(planned(), on=T, measurements=[{"indicator": "超时率", "target": 2.0, **row} for row in rows])
    return kpi_input_of(seen, ()).measurements


@pytest.mark.parametrize(("on", "counted"), [("2026-07-31", 0), ("2026-08-01", 1)])
def test_a_measurement_counts_from_the_first_day_of_its_period(on, counted):
    row = {"indicator": "超时率", "target": 2.0, "period": "2026-08", "value": 1.5, "direction": "越小越好"}
    assert len(kpi_input_of(view(planned(), on=on, measurements=[row]), ()).measurements) == counted


def test_a_measurement_counts_once_its_period_has_begun_and_its_target_is_met_or_not():
    assert months(
        {"process": "事件", "period": "2026-08", "value": 1.5, "direction": "越小越好"},
        {"period": "2026Q3", "numerator": 3, "denominator": 2, "direction": "越小越好"},
        {"period": "2026-09", "value": 1.0},
        {"period": "春季", "value": 1.0},
        {"period": "2026-07"},
        {"period": "2026-07", "value": 1.0, "target": None},
    ) == (
        KpiMeasurement("事件", "超时率", date(2026, 8, 1), 1.5, 2.0, True),
        KpiMeasurement("", "超时率", date(2026, 7, 1), 1.5, 2.0, True),
    )


def test_a_document_is_counted_unless_it_was_refused():
    rows = [
        {"number": N, "document_name": "备份规程", "document_number": "YF-1", "due_on": "2026-05-01"},
        {"number": N, "document_number": "YF-2", "revised_on": "2026-05-02"},
        {
            "number": N,
            "document_number": "YF-3",
            "approver": "样例甲",
            "approved_on": "2026-04-18",
            "approval": "不同意",
            "refusal_reason": "已有规定",
        },
    ]
    assert kpi_input_of(view(planned(), on=T, revisions=rows), ()).revisions == (
        KpiRevision(N, "备份规程", date(2026, 5, 1), None),
        KpiRevision(N, "YF-2", None, date(2026, 5, 2)),
    )


def test_extensions_that_postpone_are_counted():
    moves = [
        {"number": N, "approver": "样例甲", "approved_on": "2026-03-01", "old_due_on": "2026-05-31",
         "new_due_on": "2026-06-30", "approval": verdict}
        for verdict in ("同意", "不同意")
    ]  # fmt: skip
    assert row(planned(), extensions=moves).extensions == 1


@pytest.mark.parametrize(("since", "is_history"), [("2026-04-07", False), ("2026-04-08", True)])
def test_what_was_over_before_it_was_taken_over_is_history(since, is_history):
    """What is still open is none."""
    procedure = Procedure(taken_over_on=date.fromisoformat(since))
    of_a_ledger = planned(completed_on="2026-03-02", confirmed_on="2026-04-07", effect="有效")
    assert row(of_a_ledger, procedure=procedure).is_history == is_history
    assert not row(running(), procedure=procedure).is_history
