"""What a table lacks is asked of every column that nobody reads and that looks like it, whatever its heading says."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from tests.tables import workbook_bytes

DAY = date(2026, 11, 29)
FOUND = [date(2026, 9, day) for day in (1, 2, 3, 4)]
DUE = [date(2026, 11, 10), date(2026, 11, 20), date(2026, 12, 20), date(2026, 12, 21)]
NAMES, LATIN = ["张三", "李四", "王五", "赵六"], ["Al Fox", "Bo Hill", "Cy Lee", "Di Moe"]
TEXTS = ["更换灯管并复核", "校正门轴并上油", "更换密封条", "补抹墙面两处"]
PLAIN = {
    "编号": ["A-1", "A-2", "A-3", "A-4"], "发现日期": FOUND,
    "问题描述": ["灯管损坏", "大门变形", "窗户漏风", "墙面开裂"],
    "整改措施": TEXTS, "责任人": NAMES, "完成期限": DUE, "状态": ["已完成", "进行中", "进行中", "进行中"],
}  # fmt: skip


def found_in(columns):
    rows = [list(columns), *map(list, zip(*columns.values(), strict=True))]
    return adopt(workbook_bytes({"台账": rows}), Adopting({}, "a1", DAY))


def without(key, **more):
    return {**{name: values for name, values in PLAIN.items() if name != key}, **more}


def asked(columns):
    new, found = found_in(columns)
    return new, {one.header: (one.candidates[0], one.proposal, one.is_needed) for one in found.ask}


@pytest.mark.parametrize("heading", ["Drop-dead", "甲乙", "Milestone", "最迟", "Date Needed For Audit", "状态更新"])
def test_days_are_asked_as_the_deadline_while_there_is_none_though_the_day_of_finding_is_known(heading):
    new, questions = asked(without("完成期限", **{heading: DUE}))
    assert (new, questions[heading][0], questions[heading][2]) == (None, "完成期限", True)


@pytest.mark.parametrize("heading", ["Date Required", "Need Date", "Commit Date", "Estimated Completion Date"])
def test_listed_english_names_of_the_deadline_are_taken(heading):
    _, found = found_in(without("完成期限", **{heading: DUE}))
    assert {one.header: one.field for one in found.mapped}[heading] == "完成期限"


@pytest.mark.parametrize(("heading", "names"), [("Doer", LATIN), ("包抓", NAMES), ("安全员", NAMES), ("监督", NAMES)])
def test_names_are_asked_as_the_owner_while_there_is_none_and_nothing_is_proposed(heading, names):
    assert asked(without("责任人", **{heading: names})) == (None, {heading: ("责任人", None, True)})


def test_a_post_is_no_owner_by_default_beside_another_column_of_names():
    _, questions = asked(without("责任人", **{"Lab Manager": LATIN, "Doer": LATIN}))
    assert questions == {"Lab Manager": ("责任人", None, True), "Doer": ("责任人", None, True)}
    assert asked(without("责任人", **{"Lab Manager": LATIN}))[1] == {"Lab Manager": ("责任人", "责任人", True)}


@pytest.mark.parametrize(
    "heading", ["Action By", "Action Party", "Action Officer", "Resp.", "Actionee", "Action Holder"]
)
def test_listed_english_names_of_the_owner_are_taken(heading):
    _, found = found_in(without("责任人", **{heading: LATIN}))
    assert {one.header: one.field for one in found.mapped}[heading] == "责任人"


def test_places_and_kinds_are_nobody_and_no_texts():
    places = {"地点": ["张三楼", "李四楼", "王五楼", "赵六楼"], "Area": LATIN, "Category": LATIN}
    assert asked(without("责任人", **places))[1] == {}
    texts = asked(without("整改措施", 部位=TEXTS, 依据=TEXTS, 影响=TEXTS))[1]
    assert "措施内容" not in {field for field, *_ in texts.values()}


@pytest.mark.parametrize(
    "heading", ["监理意见", "下一步", "Response", "Treatment", "Proposed Solution", "改善内容", "纠偏"]
)
def test_a_name_of_the_measure_for_want_of_a_better_one_is_proposed(heading):
    assert asked(without("整改措施", **{heading: TEXTS})) == (None, {heading: ("措施内容", "措施内容", True)})


def test_texts_under_a_name_of_nothing_are_asked_as_measure_or_problem_and_not_proposed():
    assert asked(without("整改措施", 甲栏=TEXTS)) == (None, {"甲栏": ("措施内容", None, True)})
    assert asked(without("问题描述", 甲栏=TEXTS)) == (None, {"甲栏": ("问题描述", None, True)})


def test_a_full_table_asks_nothing_of_its_own_columns():
    more = {"甲栏": TEXTS, "Doer": LATIN, "Milestone": DUE}
    assert asked({**PLAIN, **more})[1].keys() <= {"Milestone"}


@pytest.mark.parametrize("heading", ["完成节点", "整改到位时间", "Close-out Date", "Implementation Date"])
def test_days_ahead_are_a_deadline_and_no_completion(heading):
    assert asked(without("完成期限", **{heading: DUE}))[1][heading] == ("完成期限", "完成期限", True)


def test_planned_starts_are_no_start():
    _, questions = asked({**PLAIN, "Start Date": DUE})
    assert questions == {"Start Date": ("开始日期", "", False)}
    assert asked({**PLAIN, "计划开始": DUE})[1]["计划开始"][1] == ""
    _, found = found_in({**PLAIN, "Start Date": FOUND})
    assert {one.header: one.field for one in found.mapped}["Start Date"] == "开始日期"


def test_one_day_ahead_is_a_slip_of_the_hand():
    done = [*FOUND[:3], date(2027, 9, 4)]
    _, found = found_in({**PLAIN, "实际完成日期": done})
    assert {one.header: one.field for one in found.mapped}["实际完成日期"] == "实际完成日期"


def test_a_department_and_a_month_below_the_table_are_no_words_of_a_column():
    rows = [list(PLAIN), *map(list, zip(*PLAIN.values(), strict=True)), ["", "", "", "", "", "感控科", "2026年11月"]]
    assert adopt(workbook_bytes({"台账": rows}), Adopting({}, "a1", DAY))[1].asked_words == ()
