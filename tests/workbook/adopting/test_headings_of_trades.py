"""Names that trades give to causes, first aid, numbers and later deadlines; sentences that hold a no are no status."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.reading.moved_deadlines import says_moved
from tests.tables import workbook_bytes

DAY = date(2026, 11, 29)
WHYS = ["No form on shift", "Stock not owned", "Role vacant", "No reminder", "Procedure silent"]
WORDS = ["Not started", "Open", "Not verified yet", "Closed", "No progress"]
PLAIN = {
    "Ref": ["A-1", "A-2", "A-3", "A-4", "A-5"],
    "Finding": ["Lamp is broken", "Door does not close", "Window leaks", "Wall has a crack", "Book illegible"],
    "Corrective Action": ["Change lamp", "Mend hinge", "Seal window", "Fill crack", "Use an app"],
    "Owner": ["Al Fox", "Bo Hill", "Cy Lee", "Di Moe", "Ed Noe"],
    "Due Date": [date(2026, 12, day) for day in range(1, 6)],
}  # fmt: skip


def table(columns, without=()):
    columns = {name: values for name, values in columns.items() if name not in without}
    rows = [list(columns), *map(list, zip(*columns.values(), strict=True))]
    return adopt(workbook_bytes({"台账": rows}), Adopting({}, "a1", DAY))[1]


def asked(columns, without=()):
    return {one.header: (one.candidates, one.proposal) for one in table(columns, without).ask}


def taken(columns):
    return {one.header: one.field for one in table(columns).mapped}


@pytest.mark.parametrize("heading", ["Why did it happen?", "根源分析", "RCA结论", "根因分析"])
def test_what_asks_why_is_the_cause(heading):
    assert taken({**PLAIN, heading: WHYS})[heading] == "原因分析"


def test_sentences_with_a_no_in_them_are_no_status_whatever_they_stand_under():
    assert "状态" not in asked({**PLAIN, "Background": WHYS}).get("Background", ((), None))[0]
    assert asked({**PLAIN, "Background": WORDS})["Background"][0][0] == "状态"


def test_who_closed_it_is_no_status_and_nobody_by_default():
    names = ["Tom Hale", "Tom Hale", "Al Fox", "Al Fox", "Al Fox"]
    assert asked({**PLAIN, "Closed by": names})["Closed by"] == (("检查人", "确认人"), None)


def test_a_description_of_the_measure_beside_the_title_of_the_problem():
    titles, measures = PLAIN["Finding"], PLAIN["Corrective Action"]
    columns = {"Deviation Title": titles, "CAPA Description": measures, **PLAIN}
    left = ("Finding", "Corrective Action")
    assert asked(columns, left) == {"CAPA Description": (("措施内容",), "措施内容")}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Interim Protection", "临时处置"), ("规避方案(Workaround)", "临时处置"), ("纠正（就地处置）", "临时处置"),
        ("Found By", "提出人"), ("提单人", "提出人"), ("受审核方", "责任部门"), ("整改班组", "责任部门"),
        ("配合科室", "涉及部门"), ("目前进展", "实施情况"),
    ],
)  # fmt: skip
def test_names_that_mean_one_thing_are_taken(heading, field):
    assert taken({**PLAIN, heading: ["甲班", "乙班", "甲班", "丙班", "丁班"]})[heading] == field


@pytest.mark.parametrize("heading", ["判定", "Grading", "甲栏", "Kind of it"])
def test_the_very_words_of_a_grade_are_asked_whatever_they_stand_under(heading):
    grades = ["一般", "严重", "一般", "一般", "严重"]
    assert asked({**PLAIN, heading: grades})[heading][0] == ("严重度",)


@pytest.mark.parametrize("heading", ["甲", "目", "Line"])
def test_1_2_3_at_the_left_are_asked_as_the_number_where_there_is_no_other(heading):
    counted = {heading: [1, 2, 3, 4, 5], **PLAIN}
    assert asked(counted, ("Ref",))[heading] == (("编号",), "编号")
    assert heading not in asked(counted)
    assert heading not in asked({heading: [3, 1, 4, 1, 5], **PLAIN}, ("Ref",))


def test_an_item_in_chinese_and_the_number_of_a_nonconformity_report_are_the_number():
    given = {name: values for name, values in PLAIN.items() if name != "Ref"}
    for heading in ("项", "不合格报告号"):
        assert taken({heading: ["B-1", "B-2", "B-3", "B-4", "B-5"], **given})[heading] == "编号"


@pytest.mark.parametrize(
    "heading",
    [
        "Ext. Date",
        "新承诺日 Re-committed",
        "批准延至",
        "最终承诺日 Final",
        "Current Due Date",
        "延期至",
        "展期至",
        "二次展期日",
        "调整后时间节点",
        "改约时间",
        "延期日",
        "2nd Extension",
        "2nd revised date",
        "Extended To",
        "New date",
        "Slipped to",
        "二次延期至",
        "延期关闭日",
        "延期后完成时间",
        "顺延至",
        "Revised Target Date",
        "Revised ETA",
        "New ETA (vendor)",
    ],
)
def test_names_of_a_deadline_that_another_was_moved_to(heading):
    assert says_moved(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Date",
        "承诺日 Committed",
        "Extent",
        "Due Date",
        "Remediation ETA",
        "最终报告日期",
        "变更日期",
        "修订日期",
        "延期原因",
        "Renewal",
    ],
)
def test_other_days_say_no_such_thing(heading):
    assert not says_moved(heading)


def test_who_supervises_and_when_are_asked_as_the_check():
    days = [date(2026, 11, day) for day in range(1, 6)]
    questions = asked(
        {**PLAIN, "督导人": ["张三", "李四", "张三", "李四", "王五"], "督导日期": days, "Verif. Date": days}
    )
    assert (questions["督导人"][1], questions["督导日期"][1]) == ("检查人", "检查日期")
    assert "确认日期" in questions["Verif. Date"][0]
