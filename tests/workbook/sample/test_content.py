"""What the sample holds: enough of everything, no text copied, the same on the same day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from capa_xl.model import words
from capa_xl.model.columns import Kind
from capa_xl.model.schema import SHEETS, sheet_spec
from capa_xl.workbook.sample.content import sample_content
from capa_xl.workbook.sample.data_files import written_rows
from capa_xl.workbook.sample.days import REFERENCE_DAY, Days
from tests.workbook.sample.sample_days import sample_view

CONTENT = sample_content(REFERENCE_DAY)
TRACKER = CONTENT["改进计划跟踪表"]
SAME_CAUSE = "责任人工作疏忽，没有按操作规程核对，部门日常检查也没有发现。"


def test_sixty_actions_and_more_over_eighteen_months():
    days = [one.registered_on for one in sample_view().actions if one.registered_on and one.registered_on.year > 2024]
    assert len(sample_view().actions) >= 60
    months = {(day.year, day.month) for day in days}
    assert {(2025, month) for month in range(6, 13)} | {(2026, month) for month in range(1, 12)} <= months


def test_every_sheet_people_keep_has_rows():
    kept = {spec.name for spec in SHEETS if spec.key and not spec.owned and spec.key != "holidays"}
    assert kept == CONTENT.keys()


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("source", set(words.SOURCES)),
        ("action_type", set(words.ACTION_TYPES)),
        ("process", set(words.PROCESSES)),
        ("severity", set(words.SEVERITIES)),
    ],
)
def test_actions_come_from_everywhere(key, values):
    assert values - {row.get(key) for row in TRACKER} <= {"其他", "服务报告"}


def test_every_department_that_runs_services_owns_actions():
    departments = {row["department"] for row in CONTENT["人员部门"]} - {"总经办"}
    assert departments == {row["owning_department"] for row in TRACKER}


def test_no_long_text_is_copied_but_the_planted_cause():
    texts = Counter(
        str(row[col.key])
        for row in TRACKER
        for col in sheet_spec("改进计划跟踪表").columns
        if col.kind is Kind.NOTE and len(str(row.get(col.key, ""))) >= 15
    )
    assert [text for text, times in texts.items() if times >= 3] == [SAME_CAUSE]


def test_texts_hold_no_mark_left_over():
    assert not [value for rows in CONTENT.values() for row in rows for value in row.values() if "<20" in str(value)]


def test_the_same_day_gives_the_same_content():
    assert sample_content(date(2027, 3, 15)) == sample_content(date(2027, 3, 15))


def test_on_the_reference_day_every_date_is_the_one_written():
    days = Days(REFERENCE_DAY)
    due = {
        "due_on", "original_due_on", "old_due_on", "new_due_on", "reply_due_on", "observed_from", "observed_to",
        "deputy_from", "deputy_to", "valid_from", "valid_to", "period_from", "period_to",
    }  # fmt: skip
    moved = [
        (sheet, row.get("number"), key, value)
        for sheet, rows in written_rows().items()
        for row in rows
        for key, value in row.items()
        if isinstance(value, date) and key not in due and days.worked(value) != value
    ]
    assert moved == []


@pytest.mark.parametrize("day", [REFERENCE_DAY, date(2025, 6, 30), date(2026, 10, 5), date(2027, 3, 15)])
def test_nobody_did_anything_after_the_as_of_day(day):
    content = sample_content(day)
    facts = [
        (row.get("number"), col.key, value)
        for name, rows in content.items()
        for row in rows
        for col in sheet_spec(name).columns
        if col.dates_fact and isinstance(value := row.get(col.key), date) and value > day
    ]
    assert [(key, (value - day).days) for _, key, value in facts] == [("approved_on", 1)]


@pytest.mark.parametrize("day", [date(2025, 6, 30), date(2027, 3, 15), date(2028, 2, 29)])
def test_numbers_stay_unique_and_carry_the_year_of_registration(day):
    rows = sample_content(day)["改进计划跟踪表"]
    assert {number for number, times in Counter(row["number"] for row in rows).items() if times > 1} == {
        row["number"] for row in rows if str(row["number"]).endswith("-045")
    }
    assert all(
        str(row["number"])[3:7] == str(row["registered_on"].year)
        for row in rows
        if isinstance(row["registered_on"], date)
    )


def test_every_class_of_quality_data_and_every_department_is_there():
    rows = CONTENT["质量数据"]
    assert {row["data_class"] for row in rows} == set(words.DATA_CLASSES)
    assert {row["department"] for row in rows} == {row["department"] for row in CONTENT["人员部门"]}


def test_series_are_long_enough_for_control_charts():
    months = Counter(str(row["indicator"]) for row in CONTENT["质量数据"] if "supplier" not in row)
    for indicator in ("P2 首次响应超时率", "2#UPS 蓄电池内阻月均值", "专线告警次数", "客户抱怨件数(含口头)"):
        assert months[indicator] >= 20


def test_the_batteries_rise_six_times_running_as_the_analysis_says():
    values = {
        row["period"]: row["value"] for row in CONTENT["质量数据"] if row["indicator"] == "2#UPS 蓄电池内阻月均值"
    }
    seven = [values[month] for month in ("2025-12", *(f"2026-0{number}" for number in range(1, 7)))]
    assert seven[0] == 3.1 and seven[-1] == 4.4
    assert all(later > earlier for earlier, later in pairwise(seven))


def test_indicators_cover_a_year_and_every_miss_is_answered():
    rows = CONTENT["过程指标"]
    assert len({row["period"] for row in rows}) >= 12
    better = {"越小越好": lambda value, target: value <= target, "越大越好": lambda value, target: value >= target}
    unanswered = [
        (row["indicator"], row["period"])
        for row in rows
        if not better[row["direction"]](row["value"], row["target"]) and "disposition_number" not in row
    ]
    assert unanswered == []
