"""Headings whose place, remark, comment or neighbour says another thing than their name are asked, never taken."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.comments import Comment

from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.as_of import AsOf
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.reading.reader import read_register

DAY = date(2026, 11, 28)
EARLY, LATE, SOON = date(2026, 9, 1), date(2026, 11, 10), date(2026, 12, 20)


def blob_of(*rows, edit=lambda sheet: None):
    book, stream = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    edit(sheet)
    book.save(stream)
    return stream.getvalue()


def tried(*rows, answers=None, edit=lambda sheet: None):
    return adopt(blob_of(*rows, edit=edit), Adopting(answers or {}, "a1", DAY))


def taken(found):
    return {one.header: one.field for one in found.mapped}


def proposals(found):
    return {one.header: one.proposal for one in found.ask}


def derived(blob):
    return view_register(read_register(blob), AsOf(DAY, DAY)).derived


def test_a_deadline_nobody_listed_is_known_by_its_parts_and_no_blank_column_is_added():
    head = ["编号", "存在问题", "整改措施", "整改责任人", "要求整改完成日期", "实际整改完成日期"]
    new, found = tried(head, ["Z1", "墙面渗水两处", "重做防水层", "样例甲", LATE, None])
    assert (taken(found)["要求整改完成日期"], found.added.count("完成期限")) == ("完成期限", 0)
    assert derived(new)["Z1"].overdue == ("Y1",)


def test_a_day_for_a_reply_is_not_the_deadline_beside_one_for_the_work():
    head = ["编号", "不良描述", "改善对策", "责任人", "要求回复日期", "改善完成期限", "状态"]
    new, found = tried(head, ["S1", "尺寸超差两件", "修模并加检", "样例甲", EARLY, SOON, "未结案"])
    assert new is None
    assert proposals(found) == {"要求回复日期": "", "改善完成期限": "完成期限"}


def test_a_day_for_a_reply_is_the_deadline_where_there_is_no_other():
    head = ["编号", "不良描述", "改善对策", "责任人", "要求回复日期", "状态"]
    _, found = tried(head, ["S1", "尺寸超差两件", "修模并加检", "样例甲", EARLY, "未结案"])
    assert taken(found)["要求回复日期"] == "完成期限"


def test_a_recommendation_beside_an_agreed_action_is_asked_and_the_action_is_proposed():
    head = ["Ref", "Finding", "Recommendation", "Agreed Management Action", "Owner", "Due Date", "Status"]
    _, found = tried(head, ["A1", "Leaver accounts stay active", "Disable", "Automate it", "Sample", SOON, "Open"])
    assert proposals(found) == {"Recommendation": "", "Agreed Management Action": "措施内容"}


def test_a_recommendation_alone_is_what_to_do():
    head = ["Ref", "Finding", "Recommendation", "Owner", "Due Date", "Status"]
    _, found = tried(head, ["A1", "Leaver accounts stay active", "Disable", "Sample", SOON, "Open"])
    assert (taken(found)["Recommendation"], found.ask) == ("措施内容", ())


HIDDEN = ["编号", "问题", "措施", "负责人", "完成期限（旧）", "完成时间", "备注"]
OLD_AND_NEW = ["Z1", "标识不清三处", "更换标识", "样例甲", EARLY, SOON, None]


def test_a_deadline_that_calls_itself_old_is_asked_and_the_other_one_is_proposed():
    new, found = tried(HIDDEN, OLD_AND_NEW, edit=lambda sheet: _hide_and_comment(sheet))
    assert new is None
    assert proposals(found) == {"完成期限（旧）": "", "完成时间": "完成期限"}
    whys = {one.header: one.why for one in found.ask}
    assert "这一列是隐藏的" in whys["完成期限（旧）"]
    assert "指计划完成时间" in whys["完成时间"]


def _hide_and_comment(sheet):
    sheet.column_dimensions["E"].hidden = True
    sheet["F1"].comment = Comment("指计划完成时间，不是实际", "样例")


def test_a_hidden_deadline_is_asked_beside_a_date_that_people_see():
    head = ["编号", "问题", "措施", "负责人", "完成期限", "完成时间"]
    _, found = tried(head, OLD_AND_NEW[:6], edit=lambda sheet: sheet.column_dimensions["E"].__setattr__("hidden", True))
    assert set(proposals(found)) == {"完成期限", "完成时间"}


def test_the_same_two_columns_are_taken_where_neither_is_hidden():
    head = ["编号", "问题", "措施", "负责人", "完成期限", "完成时间"]
    _, found = tried(head, OLD_AND_NEW[:6])
    assert (taken(found)["完成期限"], taken(found)["完成时间"], found.ask) == ("完成期限", "实际完成日期", ())


def commented(text, heading="完成时间"):
    """What is asked of a date beside 要求完成时间, with a comment on its heading."""
    head = ["编号", "问题", "措施", "负责人", "要求完成时间", heading]
    row = ["Z1", "标识不清三处", "更换标识", "样例甲", EARLY, SOON]
    _, found = tried(head, row, edit=lambda sheet: setattr(sheet["F1"], "comment", Comment(text, "样例")))
    return list(proposals(found))


TWO_STATUSES = ["编号", "问题描述", "整改措施", "责任人", "整改期限", "整改状态", "验收状态"]


def test_of_two_columns_of_status_words_both_are_asked_and_the_later_stage_is_proposed():
    rows = [["Z1", "标识不清三处", "更换标识", "样例甲", LATE, "已整改", "未验收"],
            ["Z2", "标识缺失两处", "补贴标识", "样例甲", LATE, "已整改", "已验收"]]  # fmt: skip
    new, found = tried(TWO_STATUSES, *rows)
    assert new is None
    assert proposals(found) == {"整改状态": "", "验收状态": "状态"}


@pytest.mark.parametrize(("heading", "word"), [("验收签字", "样例乙"), ("关闭代码", "Fixed")])
def test_a_second_column_that_is_named_otherwise_is_foreign(heading, word):
    head = [*TWO_STATUSES[:6], heading]
    _, found = tried(head, ["Z1", "标识不清三处", "更换标识", "样例甲", LATE, "已整改", word])
    assert (taken(found)["整改状态"], found.ask) == ("状态", ())


def test_a_heading_with_a_number_sign_is_the_number_of_what_it_names():
    head = ["Non-conformance #", "Description of NC", "Corrective action", "Responsible", "Due", "Closed"]
    _, found = tried(head, ["NC-01", "Label missing on two", "Add a check", "Sample One", LATE, "No"])
    assert taken(found)["Non-conformance #"] == "编号"
    assert proposals(found) == {"Description of NC": "问题描述"}


def test_the_day_of_the_last_change_is_no_report_on_the_work():
    head = ["Key", "Summary", "Assignee", "Status", "Updated", "Due date"]
    _, found = tried(head, ["OPS-1", "Backup job fails at night", "Sample One", "To Do", EARLY, LATE])
    assert "实施情况" not in {*taken(found).values(), *proposals(found).values()}


def test_a_word_among_percentages_says_that_all_is_done():
    head = ["编号", "问题描述", "措施内容", "责任人", "完成期限", "完成进度"]
    rows = [[f"Z{at}", "标识不清三处", "更换标识", "样例甲", LATE, says] for at, says in enumerate(("80%", "已完成"))]
    new, _ = tried(head, *rows)
    assert {number: one.overdue for number, one in derived(new).items()} == {"Z0": ("Y1",), "Z1": ()}


@pytest.mark.parametrize("comment", ["计划日期", "指计划完成时间，不是实际", "planned, not actual"])
def test_a_comment_that_says_planned_puts_an_actual_date_in_question(comment):
    assert commented(comment) == ["完成时间"]


@pytest.mark.parametrize("comment", ["实际做完那天", "原则上不超过一个月", "由质量部填写", "先看计划，再填实际"])
def test_a_comment_that_says_actual_or_nothing_of_it_puts_nothing_in_question(comment):
    assert commented(comment) == []


def test_a_name_that_says_which_day_it_is_needs_no_comment():
    assert commented("格式要求：年-月-日", heading="实际完成时间") == []


@pytest.mark.parametrize("heading", ["检查日期", "检查情况"])
def test_a_check_left_of_the_measure_is_asked_for_it_may_be_the_one_that_found_it(heading):
    head = ["编号", heading, "整改措施", "责任人", "整改期限", "实际完成日期"]
    value = EARLY if heading == "检查日期" else "灭火器压力不足"
    _, found = tried(head, ["Z1", value, "更换灭火器", "样例甲", SOON, None])
    assert heading in proposals(found)


def test_a_check_right_of_everything_is_the_check_of_the_work():
    head = ["编号", "问题描述", "整改措施", "责任人", "整改期限", "实际完成日期", "检查日期"]
    _, found = tried(head, ["Z1", "灭火器压力不足", "更换灭火器", "样例甲", SOON, LATE, LATE])
    assert (taken(found)["检查日期"], found.ask) == ("检查日期", ())


MOVED = [
    ["Ref", "Finding", "Action", "Owner", "Original Due Date", "Revised Due Date", "Status"],
    ["A1", "Leaver accounts stay active", "Automate the feed", "Sample One", EARLY, SOON, "Open"],
    ["A2", "Logs are not kept", "Keep them a year", "Sample Two", LATE, None, "Open"],
]


def test_of_a_first_deadline_and_a_moved_one_each_is_proposed_for_what_it_is():
    new, found = tried(*MOVED)
    assert new is None
    assert proposals(found) == {"Original Due Date": "原完成期限", "Revised Due Date": "完成期限"}


def test_a_row_that_was_never_moved_keeps_its_first_deadline():
    new, _ = tried(*MOVED, answers={"Original Due Date": "原完成期限", "Revised Due Date": "完成期限"})
    rows = {action.number: action.due_on for action in read_register(new).tracker.records}
    assert rows == {"A1": SOON, "A2": LATE}
    assert {number: one.overdue for number, one in derived(new).items()} == {"A1": ("Y0",), "A2": ("Y1",)}


def test_which_deadline_counts_where_none_was_moved_to_is_said():
    _, found = tried(*MOVED, answers={"Original Due Date": "原完成期限", "Revised Due Date": "完成期限"})
    assert "「Revised Due Date」空白的行，按「Original Due Date」" in found.notes


@pytest.mark.parametrize("heading", ["延期后完成时间", "调整后期限", "延期至", "新期限"])
def test_a_deadline_beside_the_one_it_was_moved_to_is_the_first_one(heading):
    head = ["编号", "问题", "措施", "负责人", "计划完成时间", heading, "状态"]
    _, found = tried(head, ["Z1", "标识不清三处", "更换标识", "样例甲", EARLY, SOON, "未完成"])
    assert proposals(found) == {"计划完成时间": "原完成期限", heading: "完成期限"}


@pytest.mark.parametrize("heading", ["变更日期", "修订日期", "更新时间"])
def test_the_day_of_a_change_moves_no_deadline(heading):
    head = ["编号", "问题", "措施", "负责人", "计划完成时间", heading, "状态"]
    _, found = tried(head, ["Z1", "标识不清三处", "更换标识", "样例甲", SOON, EARLY, "未完成"])
    assert taken(found)["计划完成时间"] == "完成期限"


def test_a_blank_deadline_of_our_own_name_is_not_filled_from_the_first_one():
    head = ["编号", "问题描述", "措施内容", "责任人", "完成期限", "原完成期限"]
    new, _ = tried(head, ["Z1", "标识不清三处", "更换标识", "样例甲", None, EARLY])
    assert [action.due_on for action in read_register(new).tracker.records] == [None]


CHINESE_AND_ENGLISH = [
    ["编号\nNo.", "问题描述\nProblem", "纠正措施\nCorrective Action", "责任人 Owner", "计划完成日期\nTarget Date",
     "严重程度 Severity", "状态/Status"],
    ["C1", "文件未受控两份", "修订程序", "样例甲", LATE, "严重 Major", "进行中 In Progress"],
    ["C2", "记录缺签名三处", "补签并培训", "样例乙", LATE, "轻微 Minor", "关闭 Closed"],
]  # fmt: skip


def test_headings_and_words_in_two_languages_are_read():
    new, found = tried(*CHINESE_AND_ENGLISH)
    assert found.ask == found.asked_words == ()
    assert {n: (one.status, one.overdue) for n, one in derived(new).items()} == {
        "C1": ("实施中", ("Y1",)),
        "C2": ("已关闭", ()),
    }
    assert {action.number: action.severity for action in read_register(new).tracker.records} == {
        "C1": "重大",
        "C2": "一般",
    }


@pytest.mark.parametrize("heading", ["Client 责任人", "QA 负责人", "责任人 ID"])
def test_a_word_that_says_whose_it_is_is_no_translation(heading):
    head = ["编号", "问题描述", "措施内容", heading, "责任部门", "完成期限"]
    _, found = tried(head, ["C1", "文件未受控两份", "修订程序", "样例甲", "质量部", LATE])
    assert heading not in taken(found)


def test_two_languages_that_say_different_things_are_asked():
    head = ["编号", "问题描述", "措施内容", "责任人", "完成期限", "状态"]
    _, found = tried(head, ["C1", "文件未受控两份", "修订程序", "样例甲", LATE, "关闭 Open"])
    assert [word.word for word in found.asked_words] == ["关闭 Open"]


SCHOOL = ["序号", "隐患内容", "整改措施", "整改责任人", "整改时限", "是否销号"]


def _school_row(number, says):
    return [number, f"消防栓玻璃破损 {number}", "更换玻璃", "样例甲", LATE, says]


PAGES = [
    ["示例中学整改清单"],
    SCHOOL, _school_row(1, "未销号"), _school_row(2, "已销号"), [],
    SCHOOL, _school_row(3, "未销号"), _school_row(4, "未销号"), [],
    SCHOOL, _school_row(5, "已销号"),
]  # fmt: skip


def test_headings_repeated_on_every_page_lose_no_row_above_them():
    new, found = tried(*PAGES)
    assert (found.header_row, [word.word for word in found.words]) == (2, ["未销号", "已销号"])
    register = read_register(new)
    assert [action.number for action in register.tracker.records] == ["1", "2", "3", "4", "5"]
    assert register.quarantined == ()


def test_blocks_whose_numbers_begin_anew_are_one_table_and_every_row_gets_a_number_of_its_own():
    block = [SCHOOL, _school_row(1, "未销号"), _school_row(2, "未销号")]
    new, found = tried(["一、一期"], *block, [], ["二、二期"], *block)
    assert found.header_row == 2
    numbers = [action.number for action in read_register(new).tracker.records]
    assert numbers == ["GJ-2026-001", "GJ-2026-002", "GJ-2026-003", "GJ-2026-004"]


def test_a_two_row_heading_repeated_lower_down_is_no_row_either():
    upper, lower = ["序号", "隐患内容", "治理情况", None, None], [None, None, "治理措施", "治理责任人", "治理期限"]
    first, second = [1, "液位计失灵一台", "更换", "样例甲", LATE], [2, "围堰裂缝两处", "修补", "样例乙", SOON]
    new, _ = tried(upper, lower, first, upper, lower, second, edit=_two_rows_merged)
    register = read_register(new)
    assert ([a.number for a in register.tracker.records], register.quarantined) == (["1", "2"], ())


def _two_rows_merged(sheet):
    for top in (1, 4):
        for area in (f"A{top}:A{top + 1}", f"B{top}:B{top + 1}", f"C{top}:E{top}"):
            sheet.merge_cells(area)


def test_a_heading_of_three_rows_is_one_table():
    rows = [
        ["编号", "问题描述", "责任人", "措施内容", "完成期限", "检查", None],
        [None, None, None, None, None, "检查人", "检查日期"],
    ]
    new, found = tried(*rows, ["Z1", "标识不清三处", "样例甲", "更换标识", LATE, None, None])
    assert (new is not None, found.trackers) == (True, ("Sheet",))


def test_two_tables_under_different_headings_on_one_sheet_are_refused_with_both_rows():
    rows = [["编号", "问题描述", "措施内容", "责任人", "完成期限"], ["Z1", "标识不清三处", "更换", "样例甲", LATE], []]
    other = ["编号", "责任人", "措施内容", "问题描述", "完成期限"]
    with pytest.raises(UnreadableWorkbook, match=r"第 1 行和第 4 行是两个不同的表头"):
        tried(*rows, other, ["Z2", "样例乙", "补贴", "标识缺失两处", LATE])


@pytest.mark.parametrize(
    ("words", "first"), [(("有效", "无效"), "效果结论"), (("合格", "不合格"), "检查结论"), (("已换新", "已培训"), None)]
)
def test_what_was_done_that_holds_nothing_but_conclusions_is_asked(words, first):
    """整改结果 with 无效 below it was a note of what was done, and the row was over."""
    heading = ["编号", "问题描述", "整改措施", "责任人", "完成期限", "整改结果"]
    rows = [[f"Q{n}", f"现象第 {n} 条", "换新并培训", "样例甲", LATE, words[n % 2]] for n in range(1, 5)]
    _, found = tried(heading, *rows)
    if first is None:
        assert taken(found)["整改结果"] == "实施情况"
    else:
        assert ("整改结果" in taken(found), proposals(found)) == (False, {"整改结果": first})


def test_of_two_status_columns_the_one_with_one_word_alone_is_no_default():
    head = ["编号", "问题描述", "整改措施", "责任人", "完成期限", "当前状态", "验收状态"]
    rows = [["Z1", "墙面渗水", "重做防水", "样例甲", LATE, "已完成", "待验收"],
            ["Z2", "灯具损坏", "更换灯具", "样例乙", SOON, "进行中", "待验收"]]  # fmt: skip
    assert proposals(tried(head, *rows)[1]) == {"当前状态": "状态", "验收状态": ""}


def test_dates_with_one_word_among_them_are_no_status():
    head = ["编号", "问题描述", "整改措施", "责任人", "完成期限", "完成日 Completed", "状态 RAG"]
    rows = [["Z1", "墙面渗水", "重做防水", "样例甲", LATE, LATE, "绿"],
            ["Z2", "灯具损坏", "更换灯具", "样例乙", SOON, "N/A", "红"]]  # fmt: skip
    assert proposals(tried(head, *rows)[1]) == {"完成日 Completed": "实际完成日期", "状态 RAG": "状态"}


def test_who_reviews_is_asked_and_not_taken_for_who_found_it():
    head = ["编号", "审核人", "问题描述", "整改措施", "责任人", "完成期限", "状态"]
    _, found = tried(head, ["Z1", "张三", "墙面渗水", "重做防水", "样例甲", LATE, "进行中"])
    assert ([set(one.candidates) for one in found.ask], proposals(found)) == (
        [{"检查人", "批准人", "提出人"}],
        {"审核人": None},
    )


def test_what_the_checker_says_is_asked_though_each_says_something_else():
    head = ["编号", "问题描述", "整改措施", "责任人", "完成期限", "闭合情况", "复查监理", "复查意见"]
    rows = [["Z1", "墙面渗水", "重做防水", "样例甲", LATE, "已闭合", "周监理", "同意闭合"],
            ["Z2", "灯具损坏", "更换灯具", "样例乙", SOON, "未闭合", "周监理", "不同意，重新整改"]]  # fmt: skip
    _, found = tried(head, *rows)
    assert {"复查监理", "复查意见"} <= proposals(found).keys()
    assert proposals(found)["复查监理"] == "检查人"


def test_what_is_thought_of_the_work_is_no_status_by_default():
    head = ["编号", "问题描述", "整改措施", "责任人", "完成期限", "追踪评价"]
    rows = [["Z1", "墙面渗水", "重做防水", "样例甲", LATE, "已改进"],
            ["Z2", "灯具损坏", "更换灯具", "样例乙", SOON, "部分改进"],
            ["Z3", "门锁损坏", "更换门锁", "样例丙", SOON, "未改进"]]  # fmt: skip
    assert proposals(tried(head, *rows)[1]) == {"追踪评价": None}
