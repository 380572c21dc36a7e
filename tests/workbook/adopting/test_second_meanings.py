"""Listed headings that mean another thing as often: decided by what is missing, by values, by place, or asked."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.workbook.adopting.adopted_workbook import Adopting, survey_adoption
from capa_xl.workbook.adopting.list_words import reading_of_word
from tests.tables import workbook_bytes

DAY = date(2026, 11, 28)
PROBLEMS = ["通道堵塞杂物多", "配电箱未上锁", "灭火器过期未换", "脚手板松动"]
MEASURES = ["清理通道并划线", "加锁并贴责任牌", "更换全部灭火器", "重新绑扎固定"]
PEOPLE, PARTS = ["张伟", "李娜", "王强", "赵敏"], ["工程部", "安全部", "物业部", "工程部"]
FOUND = [date(2026, 9, day) for day in (1, 2, 3, 4)]
DUE = [date(2026, 10, 1), date(2026, 10, 15), date(2026, 12, 1), date(2026, 12, 20)]
ENDED = [date(2026, 9, 28), None, None, None]
STATES = ["已完成", "整改中", "整改中", "整改中"]
PLAIN = {"问题": PROBLEMS, "整改措施": MEASURES, "责任人": PEOPLE, "期限": DUE, "状态": STATES}


def found_in(columns):
    rows = [list(columns), *map(list, zip(*columns.values(), strict=True))]
    return survey_adoption(workbook_bytes({"台账": rows}), Adopting({}, "a1", DAY))


def with_numbers(columns, *, without=(), more=None, before=None):
    kept = {heading: cells for heading, cells in columns.items() if heading not in without}
    return {"序号": [1, 2, 3, 4], **(before or {}), **kept, **(more or {})}


def asked(found):
    return {one.header: (one.proposal, one.is_needed) for one in found.ask}


def taken(found):
    return {one.header: one.field for one in found.mapped}


@pytest.mark.parametrize(
    ("heading", "values", "other", "own"),
    [
        ("整改要求", MEASURES, "措施内容", "改进目标"),
        ("实施方案", MEASURES, "措施内容", "实施方案"),
        ("Correction", MEASURES, "措施内容", "临时处置"),
        ("Action Taken", MEASURES, "措施内容", "实施情况"),
    ],
)
def test_a_name_that_says_the_measure_too_is_asked_where_there_is_no_other_and_settled_where_there_is(
    heading, values, other, own
):
    alone = found_in(with_numbers(PLAIN, without=["整改措施"], more={heading: values}))
    assert asked(alone) == {heading: (other, True)}
    beside = found_in(with_numbers(PLAIN, more={heading: values}))
    assert (asked(beside), taken(beside)[heading]) == ({}, own)


@pytest.mark.parametrize("heading", ["整改完成时间", "整改完成日期", "完工日期", "办结日期", "实施时间"])
def test_a_day_of_completion_in_a_table_without_a_deadline_may_be_the_deadline(heading):
    alone = found_in(with_numbers(PLAIN, without=["期限"], more={heading: DUE}))
    assert asked(alone) == {heading: ("完成期限", True)}
    in_part = found_in(with_numbers(PLAIN, without=["期限"], more={heading: ENDED}))
    assert asked(in_part) == {heading: ("实际完成日期", True)}
    beside = found_in(with_numbers(PLAIN, more={heading: ENDED}))
    assert (asked(beside), taken(beside)[heading]) == ({}, "实际完成日期")


@pytest.mark.parametrize(("heading", "field"), [("归口部门", "责任部门"), ("涉及部门", "责任部门")])
def test_a_department_is_asked_where_no_other_is_responsible(heading, field):
    found = found_in(with_numbers(PLAIN, without=["责任人"], more={heading: PARTS}))
    assert asked(found) == {heading: (field, True)}


def test_responsible_above_departments_is_no_person_and_a_department_above_people_none():
    departments = found_in(with_numbers(PLAIN, without=["责任人"], more={"Responsible": PARTS}))
    assert asked(departments) == {"Responsible": ("责任部门", True)}
    people = found_in(with_numbers(PLAIN, without=["责任人"], more={"责任单位": PEOPLE}))
    assert asked(people) == {"责任单位": ("责任人", True)}
    plain = found_in(with_numbers(PLAIN, without=["责任人"], more={"部门": ["后勤", "财务", "人事", "行政"]}))
    assert (asked(plain), taken(plain)["部门"]) == ({}, "责任部门")


@pytest.mark.parametrize(
    ("heading", "words", "field"),
    [
        ("类别", ["严重", "一般", "一般", "一般"], "严重度"),
        ("分类", ["纠正", "预防", "纠正", "纠正"], "措施类型"),
        ("Category", ["Major", "Minor", "Minor", "Minor"], "严重度"),
    ],
)
def test_a_kind_of_problem_that_is_a_grade_or_a_kind_of_action_is_asked_as_that(heading, words, field):
    assert asked(found_in(with_numbers(PLAIN, more={heading: words}))) == {heading: (field, False)}


def test_finding_above_grades_and_action_above_kinds_are_no_texts():
    columns = {
        "ID": [1, 2, 3, 4], "Finding": ["Major", "Minor", "Minor", "Minor"], "Details": PROBLEMS,
        "Action": ["Corrective", "Preventive", "Corrective", "Corrective"], "Owner": PEOPLE, "Due": DUE,
        "Status": ["Closed", "Open", "Open", "Open"],
    }  # fmt: skip
    assert asked(found_in(columns)) == {"Finding": ("严重度", True), "Action": ("措施类型", True)}


def test_figures_and_clauses_are_no_problem():
    for cells in ([3, 1, 2, 1], ["7.1.5", "8.4", "8.5.1", "9.2"]):
        found = found_in(with_numbers(PLAIN, without=["问题"], more={"问题点": cells}))
        assert asked(found) == {"问题点": (None, True)}


def test_a_number_that_several_rows_share_is_that_of_the_source():
    shared = {"事件编号": ["INC-1", "INC-2", "INC-2", "INC-3"]}
    beside = found_in(with_numbers(PLAIN, before=shared))
    assert (taken(beside)["序号"], asked(beside)) == ("编号", {"事件编号": ("来源单号", False)})
    assert asked(found_in({**shared, **PLAIN})) == {"事件编号": ("来源单号", True)}
    own = {"事件编号": ["INC-1", "INC-2", "INC-3", "INC-4"]}
    assert taken(found_in({**own, **PLAIN}))["事件编号"] == "编号"


def test_of_two_numbers_that_of_the_action_is_proposed():
    both = {"单据编号": ["D1", "D2", "D3", "D4"], "措施编号": ["M1", "M2", "M3", "M4"]}
    assert asked(found_in({**both, **PLAIN})) == {"单据编号": ("来源单号", True), "措施编号": ("编号", True)}


def test_an_old_number_is_no_rival_and_of_two_plain_ones_somebody_must_say():
    old = {"问题编号": ["JD-1", "JD-2", "JD-3", "JD-4"], "旧编号": ["A1", "A2", "A3", "A4"]}
    found = found_in({**old, **PLAIN})
    assert (asked(found), taken(found)["问题编号"]) == ({}, "编号")
    both = {"问题编号": ["JD-1", "JD-2", "JD-3", "JD-4"], "台账编号": ["A1", "A2", "A3", "A4"]}
    assert asked(found_in({**both, **PLAIN})) == {"问题编号": (None, True), "台账编号": (None, True)}


def test_a_bare_day_before_the_problem_is_when_it_was_found():
    found = found_in(with_numbers(PLAIN, before={"日期": FOUND}))
    assert asked(found) == {"日期": ("登记日期", False)}


def test_texts_as_long_as_the_measure_may_be_it_and_names_of_places_may_not():
    beside = {"整改要求": ["清理", "加锁", "更换", "绑扎"], "部位": PROBLEMS, "网格员": PEOPLE}
    place = found_in(with_numbers(PLAIN, without=["整改措施"], more=beside))
    assert asked(place)["整改要求"] == ("措施内容", True)
    texts = found_in(with_numbers(PLAIN, without=["整改措施"], more={"整改要求": MEASURES, "CA/PA": PROBLEMS}))
    assert asked(texts)["整改要求"] == (None, True)


def test_low_and_middle_are_no_words_of_an_end():
    found = found_in(with_numbers(PLAIN, more={"残余风险": ["低", "中", "低", "中"], "检查内容": PROBLEMS}))
    assert "残余风险" not in asked(found)


@pytest.mark.parametrize("who", [("审批人", "审批日期"), ("Approved By", "Approval Date")])
def test_an_approval_behind_the_day_of_completion_is_asked_before_it_is_not(who):
    person, day = who
    some = {person: ["陈刚", None, None, None], day: [date(2026, 9, 30), None, None, None]}
    behind = found_in(with_numbers(PLAIN, more={"实际完成日期": ENDED, **some}))
    assert asked(behind) == {person: (None, False), day: (None, False)}
    before = found_in(with_numbers(PLAIN, without=["状态"], before=some, more={"实际完成日期": ENDED}))
    assert asked(before) == {}


def test_who_confirms_before_the_work_may_confirm_the_problem():
    found = found_in(with_numbers(PLAIN, before={"确认人": PEOPLE, "确认日期": FOUND}))
    assert asked(found) == {"确认人": ("提出人", False), "确认日期": ("登记日期", False)}
    behind = found_in(with_numbers(PLAIN, more={"确认人": PEOPLE, "确认日期": FOUND}))
    assert (asked(behind), taken(behind)["确认人"]) == ({}, "确认人")


def test_a_reason_behind_the_status_may_be_that_of_the_delay_and_a_day_behind_the_deadline_any():
    reasons = [None, "备件没到货", None, "施工方没有到场"]
    assert asked(found_in(with_numbers(PLAIN, more={"原因": reasons}))) == {"原因": (None, False)}
    assert taken(found_in(with_numbers(PLAIN, before={"原因": reasons})))["原因"] == "原因分析"
    assert asked(found_in(with_numbers(PLAIN, more={"Date": ENDED}))) == {"Date": (None, False)}
    assert taken(found_in(with_numbers(PLAIN, before={"Date": FOUND})))["Date"] == "登记日期"


def test_a_finished_word_beside_a_closing_one_is_asked_unless_a_check_follows():
    status = {"状态": ["已关闭", "已解决", "处理中", "处理中"]}
    found = found_in(with_numbers(PLAIN, without=["状态"], more=status))
    assert [(w.word, w.proposal, w.is_needed) for w in found.asked_words] == [("已解决", None, True)]
    checked = found_in(with_numbers(PLAIN, without=["状态"], more={**status, "复查结果": ["合格", None, None, None]}))
    assert checked.asked_words == ()
    assert found_in(with_numbers(PLAIN)).asked_words == ()


@pytest.mark.parametrize(
    ("heading", "high", "low"),
    [
        ("缺陷等级", "重大缺陷", "一般缺陷"),
        ("Severity", "Major NC", "Minor nonconformity"),
        ("Severity", "Major Non-conformity", "Minor finding"),
    ],
)
def test_a_grade_with_the_word_for_a_fault_behind_it_is_that_grade(heading, high, low):
    found = found_in(with_numbers(PLAIN, more={heading: [high, low, low, low]}))
    assert [(w.word, w.meaning) for w in found.words if w.field == "严重度"] == [(high, "重大"), (low, "一般")]


@pytest.mark.parametrize("word", ["NC", "Finding", "Function", "Sync"])
def test_the_word_for_a_fault_alone_is_no_grade(word):
    read = reading_of_word(column_by_key(Action)["severity"], word)
    assert not read.is_known


def test_who_is_at_a_stage_may_not_be_done_whatever_day_stands_there():
    """D7 beside a day of completion: nobody may close that row without asking what the stages mean."""
    found = found_in(with_numbers(PLAIN, without=["状态"], more={"当前阶段": ["D8", "D7", "客户撤诉", "D4"]}))
    assert [one.candidates[0] for one in found.ask if one.header == "当前阶段"] == ["状态"]


def test_nobody_is_told_that_nothing_says_what_is_done_while_that_is_asked():
    told = "没有一列说明是否完成，所有行都按没有完成跟踪"
    open_one = found_in(
        with_numbers(PLAIN, without=["状态"], more={"处置状态": ["已处置", "处置中", "已接受", "处置中"]})
    )
    assert (asked(open_one)["处置状态"], told in open_one.notes) == (("状态", True), False)
    assert told in found_in(with_numbers(PLAIN, without=["状态"])).notes


def test_a_number_merged_over_rows_that_have_a_running_number_each_is_that_of_the_notice():
    book, stream = openpyxl.Workbook(), BytesIO()
    columns = {"序号": [1, 2, 3, 4], "通知单编号": ["JL-1", None, "JL-2", None], **PLAIN}
    for row in [list(columns), *map(list, zip(*columns.values(), strict=True))]:
        book.active.append(row)
    for area in ("B2:B3", "B4:B5"):
        book.active.merge_cells(area)
    book.save(stream)
    found = survey_adoption(stream.getvalue(), Adopting({"通知单编号": "编号"}, "a1", DAY))
    assert taken(found)["通知单编号"] == "编号"
    columns = {"问题编号": columns.pop("通知单编号"), **columns}
    book.active["B1"] = "问题编号"
    stream = BytesIO()
    book.save(stream)
    found = survey_adoption(stream.getvalue(), Adopting({}, "a1", DAY))
    assert (taken(found)["序号"], asked(found)) == ("编号", {"问题编号": ("来源单号", False)})


def test_an_agreed_day_and_a_revised_one_are_the_first_deadline_and_the_one_in_force():
    days = {"Agreed Date": DUE, "Revised Date": [date(2026, 12, 30), None, None, None]}
    found = found_in(with_numbers(PLAIN, without=["期限"], more=days))
    assert asked(found) == {"Agreed Date": ("原完成期限", True), "Revised Date": ("完成期限", True)}


def test_an_agreed_action_is_no_deadline_beside_two_of_them():
    days = {
        "Agreed Management Action": MEASURES,
        "Original Due Date": DUE,
        "Revised Due Date": [DUE[3], None, None, None],
    }
    found = asked(found_in(with_numbers(PLAIN, without=["期限", "整改措施"], more=days)))
    assert (found["Original Due Date"], found["Revised Due Date"]) == (("原完成期限", True), ("完成期限", True))


def test_a_snag_list_is_read():
    columns = {
        "No.": [1, 2, 3, 4], "Location": ["L1", "L2", "L3", "L4"], "Snag": PROBLEMS,
        "Contractor": ["Volta", "Oakfit", "Volta", "Oakfit"], "Target": DUE, "Done": ENDED,
    }  # fmt: skip
    proposed = {header: proposal for header, (proposal, _) in asked(found_in(columns)).items()}
    assert proposed == {"Snag": "问题描述", "Contractor": "责任部门", "Target": "完成期限", "Done": "实际完成日期"}


MOVED_DAYS = [None, date(2026, 12, 20), None, None]


@pytest.mark.parametrize(
    ("first", "moved"),
    [
        ("办结期限", "延期后期限"), ("Remediation ETA", "Revised ETA"), ("Response due", "Extended to"),
        ("Due", "New due"), ("计划完成时间", "调整后完成时间"),
    ],
)  # fmt: skip
def test_a_deadline_and_what_it_was_moved_to_are_proposed_as_a_pair(first, moved):
    found = found_in(with_numbers(PLAIN, without=["期限"], more={first: DUE, moved: MOVED_DAYS}))
    assert (asked(found)[first][0], asked(found)[moved][0]) == ("原完成期限", "完成期限")


def test_a_day_that_is_not_always_before_is_no_first_deadline():
    """Which of two days a third was moved from, or a day after it, nobody knows."""
    late = [date(2027, 1, 5), date(2027, 1, 6), date(2027, 1, 7), date(2027, 1, 8)]
    found = found_in(with_numbers(PLAIN, without=["期限"], more={"Response due": late, "Extended to": MOVED_DAYS}))
    assert asked(found)["Response due"][0] != "原完成期限"
