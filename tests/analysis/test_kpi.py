"""KPIs counted by hand on tables small enough to see every row."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.analysis.cuts import cut_lines, cuts
from capa_xl.analysis.flow import period_flow, was_open
from capa_xl.analysis.frames import frame_of
from capa_xl.analysis.kpi import SPECS, kpis
from capa_xl.model.kpi import (
    Kpi,
    KpiAction,
    KpiInput,
    KpiMeasurement,
    KpiNeed,
    KpiReminder,
    KpiRevision,
    counted_apart,
)
from capa_xl.model.period import parse_period, period_before
from capa_xl.reports.kpi_words import change_words, figure_words, previous_words

T = date(2026, 11, 22)
Q4 = parse_period("2026Q4")

BLANK = KpiAction(
    **dict.fromkeys(KpiAction.__struct_fields__, None)
    | {
        "action_type": "纠正",
        "department": "服务台",
        "status": "实施中",
        "effect": "",
        "overdue": (),
        "recurred_as": (),
        "taken_back": (),
        "set_back": (),
        "later_facts": (),
        "due_moves": (),
    }
    | {"approval_valid": True, "approval_satisfied": True, "extensions": 0, "days_overdue": 0}
)


def action(number: str, **facts) -> KpiAction:
    days = {key: date.fromisoformat(value) if key.endswith("_on") else value for key, value in facts.items()}
    return replace(BLANK, number=number, **days)


def counted(key: str, *actions: KpiAction, **others) -> Kpi:
    now = KpiInput(T, actions, rows=len(actions), **others)
    return next(kpi for kpi in kpis(now, now, Q4, period_before(Q4), {}) if kpi.key == key)


def test_a_frame_has_two_kinds_of_columns_with_and_without_rows() -> None:
    for records in ([], [action("a", registered_on="2026-10-01")]):
        dtypes = frame_of(KpiAction, records).dtypes
        assert {(name.endswith("_on"), dtype.kind) for name, dtype in dtypes.items()} == {(True, "M"), (False, "O")}


def test_on_time_counts_what_is_past_due_and_leaves_the_cancelled_out() -> None:
    kpi = counted(
        "on_time",
        action("a", due_on="2026-10-30", completed_on="2026-10-30"),  # on the due date: on time
        action("b", due_on="2026-10-30", completed_on="2026-10-31"),  # a day late
        action("c", due_on="2026-11-21"),  # past due, open
        action("d", due_on="2026-11-22"),  # due today, open: not yet counted
        action("e", due_on="2026-12-20", completed_on="2026-11-01"),  # done, but not due yet
        action("f", due_on="2026-10-15", status="已取消"),
        action("g", due_on="2026-09-30", completed_on="2026-09-30"),  # another quarter
    )
    assert (kpi.rows, kpi.base) == (("a",), ("a", "b", "c"))
    assert kpi.verdict == "数据不足"


def test_a_kpi_whose_columns_the_table_lacks_is_not_in_use_and_never_missed() -> None:
    kpi = counted("on_time", action("a", due_on="2026-10-30"), not_in_use=frozenset({"on_time"}))
    assert (kpi.verdict, kpi.value, kpi.numerator, kpi.base) == ("没有数据", None, None, ())


def test_what_was_over_before_the_table_was_taken_over_is_in_no_kpi_but_in_the_traffic() -> None:
    told = {"registered_on": "2026-10-03", "due_on": "2026-10-30", "completed_on": "2026-10-20"}
    old = replace(action("a", closed_on="2026-10-20", **told), status="已关闭", is_history=True)
    assert {counted(spec.key, old).base for spec in SPECS if spec.key != "data_quality"} == {()}
    assert period_flow(KpiInput(T, (old,)), Q4).closed == 1


def test_days_that_run_backwards_are_in_no_mean() -> None:
    """Approved after it was done: -97.0 天 is no length of anything."""
    told = {"status": "已关闭", "closed_on": "2026-11-10", "completed_on": "2026-10-20"}
    rows = [action(number, approved_on=on, **told) for number, on in (("a", "2026-10-10"), ("b", "2026-11-01"))]
    kpi = counted("approved_to_completed", *rows)
    assert (kpi.value, kpi.base) == (10.0, ("a",))
    in_time, afterwards = date(2026, 11, 1), date(2026, 11, 11)
    late = [replace(rows[0], registered_on=in_time), replace(rows[1], registered_on=afterwards)]
    assert (counted("days_to_close", *late).value, counted("days_to_close", *late).base) == (9.0, ("a",))


def test_few_rows_are_a_fraction_without_a_change_and_no_change_is_said_in_words() -> None:
    few = counted("on_time", action("a", due_on="2026-10-30"), action("b", due_on="2026-09-30"))
    assert (figure_words(few), previous_words(few), change_words(few)) == ("0/1", "0/1", "—")
    days = [f"2026-{month}-0{day}" for month in ("08", "11") for day in range(1, 7)]
    same = counted("on_time", *(action(day, due_on=day) for day in days))
    assert change_words(same) == "持平"


def test_cuts_go_by_month_quarter_and_year() -> None:
    now = KpiInput(T, (action("a", due_on="2026-10-30"), action("b", due_on="2026-02-01")), rows=2)
    found = cuts(now, Q4, kpis(now, now, Q4, period_before(Q4), {}))
    by_name = {cut.name: {row.value: row.ratios[0].base for row in cut.rows} for cut in found}
    assert by_name["月份"]["2026-10"] == ("a",)
    assert by_name["季度"] == {"2026Q4": ("a",)}
    assert by_name["年度"] == {"2026": ("a", "b")}


def test_the_parts_of_a_figure_of_a_day_are_those_of_its_day() -> None:
    """Of a quarter that is over: b was done since, c was registered since."""
    ended = parse_period("2026Q3")
    late = {"due_on": "2026-08-30", "overdue": ("Y1",)}
    done, later = {"completed_on": "2026-10-08"}, {"registered_on": "2026-11-08"}
    rows = (action("a", **late), action("b", **late, **done), action("c", **later))
    at_end = (rows[0], replace(rows[1], completed_on=None))
    now, then = KpiInput(T, rows, rows=3), KpiInput(ended.end, at_end, rows=2)
    figures = kpis(now, then, ended, period_before(ended), {}, then)
    by_column = [cut for cut in cuts(now, ended, figures) if cut.name not in ("月份", "季度", "年度")]
    for cut in by_column:
        at = cut.kpis.index("逾期率（2026-09-30）")
        assert [n for row in cut.rows for n in row.ratios[at].rows] == ["a", "b"]
        assert [n for row in cut.rows for n in row.ratios[at].base] == ["a", "b"]


def test_an_action_without_a_registration_date_was_always_there() -> None:
    row = action("a", due_on="2026-10-30", closed_on="2026-11-02")
    assert [was_open(row, date(2026, 9, 30)), was_open(row, date(2026, 11, 2))] == [True, False]


def test_the_original_due_date_is_judged_beside_the_current_one() -> None:
    row = action("a", due_on="2026-11-20", original_due_on="2026-10-31", completed_on="2026-11-17")
    assert counted("on_time", row).rows == ("a",)
    assert counted("on_time_original", row).rows == ()


def test_overdue_is_judged_over_the_approved_and_uncompleted() -> None:
    rows = (
        action("a", overdue=("Y1",), days_overdue=45),
        action("b", overdue=("Y0",)),
        action("c", overdue=("Y1",), days_overdue=10, approval_satisfied=False),
        action("d", completed_on="2026-11-01"),
    )
    assert (counted("overdue", *rows).rows, counted("overdue", *rows).base) == (("a",), ("a", "b"))
    assert counted("longest_overdue", *rows).value == 45


def test_a_department_gets_its_own_part_of_the_effective_ones() -> None:
    rows = [
        action(number, department=department, confirmed_on="2026-11-01", effect=effect)
        for number, department, effect in (("a", "服务台", "有效"), ("b", "服务台", "无效"), ("c", "网络部", "有效"))
    ]
    lines = cut_lines(KpiInput(T, tuple(rows)), Q4, "department", counted("effective", *rows))
    assert [(one.name, one.effective, one.confirmed) for one in lines] == [("服务台", 1, 2), ("网络部", 1, 1)]
    (none,) = cut_lines(KpiInput(T, (action("d", department=""),)), Q4, "department", counted("effective"))
    assert none.name == "（未定部门）"


def test_partly_effective_is_counted_apart_from_effective() -> None:
    rows = [action(n, confirmed_on="2026-10-20", effect="有效") for n in "abc"]
    rows += [
        action("d", confirmed_on="2026-10-21", effect="部分有效"),
        action("e", confirmed_on="2026-09-30", effect="有效"),
    ]
    assert counted("effective", *rows).value == pytest.approx(3 / 4)
    assert counted("partly_effective", *rows).rows == ("d",)


def test_recurrence_waits_until_the_180_days_have_passed() -> None:
    rows = (
        action("a", confirmed_on="2026-05-26", effect="有效", recurred_as=("x",)),  # 180 days end today
        action("b", confirmed_on="2026-05-27", effect="有效", recurred_as=("y",)),  # tomorrow
        action("c", confirmed_on="2026-01-05", effect="有效"),
    )
    kpi = counted("recurrence", *rows)
    assert (kpi.rows, kpi.base) == (("a",), ("a", "c"))


def test_a_reminder_on_the_planned_day_is_in_time_and_one_after_it_is_not() -> None:
    day = date(2026, 10, 12)
    duties = (
        KpiReminder("a", date(2026, 11, 12), day, day),
        KpiReminder("b", date(2026, 11, 12), day, date(2026, 10, 13)),
        KpiReminder("c", date(2026, 11, 12), day, None),
        KpiReminder("d", date(2026, 12, 31), date(2026, 11, 30), None),  # still to come
    )
    kpi = counted("reminded", reminders=duties)
    assert (kpi.rows, kpi.base) == (("a",), ("a", "b", "c"))


def test_of_a_number_that_stands_twice_the_line_that_is_meant_is_held_and_says_what_it_is_about() -> None:
    duties = (
        KpiReminder("a", date(2026, 11, 12), date(2026, 10, 12), None),  # its first deadline was not reminded of
        KpiReminder("a", date(2026, 11, 20), date(2026, 10, 20), date(2026, 10, 20)),
        KpiReminder("b", date(2026, 11, 12), date(2026, 10, 12), date(2026, 10, 12)),
    )
    lines = [(line.named, line.is_held) for line in counted_apart(counted("reminded", reminders=duties))]
    assert lines == [("a（期限 2026-11-12）", False), ("a（期限 2026-11-20）", True), ("b", True)]
    rows = (
        KpiRevision("a", "值班规定", date(2026, 11, 6), None),
        KpiRevision("a", "交接规定", date(2026, 11, 6), date(2026, 10, 30)),
    )
    lines = [(line.named, line.is_held) for line in counted_apart(counted("revised", revisions=rows))]
    assert lines == [("a（值班规定）", False), ("a（交接规定）", True)]


def test_approval_counts_what_began_in_the_period() -> None:
    rows = (
        action("a", started_on="2026-10-08", approval_valid=True),
        action("b", started_on="2026-10-09", approval_valid=False),
        action("c", started_on="2026-08-01", completed_on="2026-10-15", approval_valid=True),
        action("d", started_on="2026-08-01"),
    )
    kpi = counted("approved", *rows)
    assert (kpi.rows, kpi.base) == (("a", "c"), ("a", "b", "c"))


def test_an_inspection_on_its_limit_is_in_time() -> None:
    rows = (
        action("a", inspection_limit_on="2026-11-10", inspected_as_owed_on="2026-11-10"),
        action("b", inspection_limit_on="2026-11-10", inspected_as_owed_on="2026-11-11"),
        action("c", inspection_limit_on="2026-11-20"),
        action("d", inspection_limit_on="2026-11-22"),
    )
    kpi = counted("inspected", *rows)
    assert (kpi.rows, kpi.base) == (("a",), ("a", "b", "c"))


def test_every_valid_nonconformity_of_the_period_needs_a_correction() -> None:
    needs = (
        KpiNeed("n1", date(2026, 10, 9), True, ("a",), date(2026, 10, 23), None, None),
        KpiNeed("n2", date(2026, 10, 9), True, (), date(2026, 10, 23), None, None),
        KpiNeed("n3", date(2026, 10, 9), False, (), date(2026, 10, 23), None, None),
        KpiNeed("n4", date(2026, 11, 16), True, (), date(2026, 11, 22), None, None),  # its last day is today
    )
    kpi = counted("corrected", needs=needs)
    assert (kpi.rows, kpi.base) == (("n1",), ("n1", "n2"))


def test_a_revision_planned_for_later_is_not_judged_yet() -> None:
    rows = (
        KpiRevision("a", "d1", date(2026, 11, 6), date(2026, 10, 30)),
        KpiRevision("b", "d2", date(2026, 11, 13), None),
        KpiRevision("c", "d3", date(2026, 12, 20), None),
    )
    kpi = counted("revised", revisions=rows)
    assert (kpi.rows, kpi.base) == (("a",), ("a", "b"))


def test_extensions_count_by_the_first_due_date() -> None:
    rows = (
        action("a", original_due_on="2026-10-31", due_on="2027-01-31", extensions=2),
        action("b", original_due_on="2026-12-31", due_on="2026-12-31"),
    )
    assert counted("extended", *rows).rows == ("a",)
    assert counted("extensions", *rows).value == 1.0


def test_the_cancelled_of_the_period_stand_in_the_cancellation_rate_alone() -> None:
    rows = (
        action("a", registered_on="2026-10-10", status="已取消", cancelled_on="2026-11-01"),
        action("b", registered_on="2026-10-11"),
    )
    assert (counted("cancelled", *rows).rows, counted("cancelled", *rows).base) == (("a",), ("a", "b"))
    assert counted("preventive", *rows).base == ("b",)


def test_a_row_of_unknown_type_is_no_evidence_of_little_prevention() -> None:
    types = {"a": "预防", "b": "纠正", "c": "改进", "d": ""}
    rows = [action(number, registered_on="2026-10-10", action_type=kind) for number, kind in types.items()]
    kpi = counted("preventive", *rows)
    assert (kpi.rows, kpi.base) == (("a",), ("a", "b", "c"))
    assert counted("closed_loop", *rows).base == ("a", "b", "c", "d")


def test_days_to_close_give_mean_median_and_p90_from_ten_rows_on() -> None:
    spans = (10, 15, 20, 25, 30, 35, 40, 45, 50, 52, 100)
    rows = [
        action(
            str(n),
            registered_on="2026-08-01",
            closed_on=date.fromordinal(date(2026, 10, 1).toordinal() + n).isoformat(),
        )
        for n in spans
    ]
    base = 61  # 1 Aug to 1 Oct
    inside = [base + n for n in spans if n < 92]
    assert counted("days_to_close", *rows).value == pytest.approx(sum(inside) / 10)
    assert counted("days_to_close", *rows).denominator is None  # days, and no share of anything
    assert counted("median_to_close", *rows).value == pytest.approx(base + 32.5)
    assert counted("p90_to_close", *rows).value == pytest.approx(base + 50.2)
    assert counted("median_to_close", *rows[1:]).value is None
    assert counted("p90_to_close", *rows[1:]).value is None


def test_indicators_and_data_quality_count_rows() -> None:
    month = date(2026, 10, 1)
    met = tuple(KpiMeasurement("事件", f"i{n}", month, 1.0, 1.0, n > 0) for n in range(4))
    assert counted("indicators_met", measurements=met).value == pytest.approx(3 / 4)
    kpi = counted("data_quality", *(action(n) for n in "abcde"), rows_with_error=("e", "第9行"))
    assert (len(kpi.rows), len(kpi.base)) == (4, 6)


def test_a_target_is_met_on_the_limit_and_few_rows_are_not_judged() -> None:
    rows = [action(str(n), due_on="2026-10-30", completed_on="2026-10-30") for n in range(19)]
    rows.append(action("late", due_on="2026-10-30", completed_on="2026-11-02"))
    assert counted("on_time", *rows).verdict == "达标"  # 95 % exactly
    assert counted("on_time", *rows[1:]).verdict == "未达标"
    assert counted("on_time", *rows[:4]).verdict == "数据不足"


def test_no_row_at_all_gives_no_figure_and_no_crash() -> None:
    assert counted("on_time").value is None
    assert counted("days_to_close").value is None


@pytest.mark.parametrize("key", ["on_time", "inspected", "confirmed", "archived", "revised", "evaluated"])
def test_what_is_counted_once_its_limit_is_over_says_so(key):
    """Once: 评估日期空白的除外, and a need that nobody had evaluated stood in the denominator."""
    (formula,) = (spec.formula for spec in SPECS if spec.key == key)
    assert "已过" in formula and "评估日期空白" not in formula


@pytest.mark.parametrize(("key", "which"), [("inspected", "几次检查的按最后一次"), ("confirmed", "（首次）")])
def test_what_may_be_done_several_times_says_which_of_them_counts(key, which):
    """The cell holds the last inspection; the report lists both, and an auditor counted the first."""
    (formula,) = (spec.formula for spec in SPECS if spec.key == key)
    assert which in formula
