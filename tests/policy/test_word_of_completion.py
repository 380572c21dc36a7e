"""A table whose only column for the end of the work is 完成情况 or 进度: a done word counts, else it is asked for."""

from datetime import date

import pytest

from capa_xl.model.as_of import AsOf
from capa_xl.policy.check import check
from capa_xl.policy.todo import todo_of
from capa_xl.policy.viewing import view_register
from capa_xl.reports.todo_text import todo_lines
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

DAY = date(2026, 11, 28)


def seen(heading, said):
    head = ["序号", "问题描述", "整改措施", "责任部门", "责任人", "整改期限", "备注", heading]
    row = [1, "漏接电话", "换人值守", "服务台", "样例工", date(2026, 11, 20), "", said or None]
    return view_register(read_register(workbook_bytes({"改进计划跟踪表": [head, row]})), AsOf(DAY, DAY))


def standing(heading, said):
    derived = seen(heading, said).derived["1"]
    return derived.status, derived.overdue_phrase


@pytest.mark.parametrize("heading", ["完成情况", "整改情况", "落实情况", "实施情况"])
@pytest.mark.parametrize("said", ["已完成", "完成", "已整改", "100%", "1", "√"])
def test_a_done_word_closes_the_row_and_nothing_is_overdue(heading, said):
    assert standing(heading, said) == ("已关闭", "")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("已完成。", "已关闭"), ("已完成（11月3日）", "已关闭"), ("2026-11-03 已完成", "已关闭"), ("3日完成", "已关闭"),
        ("已整改(2026年11月3日)；", "已关闭"), ("已完成（部分）", "实施中"), ("基本完成", "实施中"),
        ("2026-11-03", "实施中"), ("已完成待验收", "待检查"), ("作废", "已取消"),
    ],
)  # fmt: skip
def test_a_day_or_a_full_stop_beside_the_word_changes_nothing(said, status):
    assert standing("完成情况", said)[0] == status


def test_who_checks_writes_into_the_same_column():
    derived = seen("完成情况", "已完成待验收").derived["1"]
    assert derived.next_step == "检查，通过后填写：完成情况（写“已关闭”）"
    assert derived.next_keys == ("progress_note",)


@pytest.mark.parametrize(
    ("heading", "word"),
    [("销号情况", "已销号"), ("闭环情况", "已闭环"), ("是否关闭/闭环", "已闭环"), ("完成情况", "已关闭")],
)
def test_who_checks_is_told_the_word_of_the_heading_and_that_word_closes(heading, word):
    assert seen(heading, "待验收").derived["1"].next_step == f"检查，通过后填写：{heading}（写“{word}”）"
    assert standing(heading, word) == ("已关闭", "")


@pytest.mark.parametrize(
    ("closed", "word"),
    [(["已完成", "已完成", "已销号"], "已完成"), (["√"], "√"), (["整改中"], "已关闭"), ([], "已关闭")],
)
def test_who_checks_is_told_the_word_that_the_table_itself_closes_by(closed, word):
    head = ["序号", "问题描述", "整改措施", "责任人", "整改期限", "状态"]
    rows = [
        [at, "漏接电话", "换人值守", "样例工", date(2026, 12, 20), said] for at, said in enumerate(["待验收", *closed])
    ]
    view = view_register(read_register(workbook_bytes({"改进计划跟踪表": [head, *rows]})), AsOf(DAY, DAY))
    assert view.derived["0"].next_step == f"检查，通过后填写：状态（写“{word}”）"


@pytest.mark.parametrize(("done", "word"), [("已落实", "已落实"), ("是", "是"), ("整改中", "已完成")])
def test_who_works_is_told_the_word_that_the_table_itself_has_for_done(done, word):
    head = ["序号", "问题描述", "整改措施", "责任人", "整改期限", "状态"]
    plain = ["漏接电话", "换人值守", "样例工", date(2026, 12, 20)]
    view = view_register(
        read_register(workbook_bytes({"改进计划跟踪表": [head, [1, *plain, "整改中"], [2, *plain, done]]})),
        AsOf(DAY, DAY),
    )
    assert view.derived["1"].next_step == f"完成措施，完成后填写：状态（写“{word}”）"


@pytest.mark.parametrize(
    ("said", "result", "warned"), [("未销号", None, 0), ("未销号", "合格", 1), ("未销号", "不合格", 0)]
)
def test_an_open_word_beside_work_that_nobody_has_accepted_yet_contradicts_nothing(said, result, warned):
    head = [
        "序号",
        "问题描述",
        "整改措施",
        "责任人",
        "整改期限",
        "实际完成日期",
        "复查人",
        "复查日期",
        "复查结果",
        "状态",
    ]
    seen_by = ["样例查", date(2026, 11, 16), result] if result else [None, None, None]
    row = [1, "漏接电话", "换人值守", "样例工", date(2026, 11, 20), date(2026, 11, 14), *seen_by, "未销号"]
    found = check(view_register(read_register(workbook_bytes({"改进计划跟踪表": [head, row]})), AsOf(DAY, DAY)))
    assert sum(problem.rule == "WB10" for problem in found.problems) == warned


def test_check_says_that_a_stage_without_columns_is_told_by_a_word():
    head = ["序号", "问题描述", "整改措施", "责任人", "整改期限", "状态"]
    rows = [[1, "漏接电话", "换人值守", "样例工", date(2026, 12, 20), "待验收"]]
    said = check(view_register(read_register(workbook_bytes({"改进计划跟踪表": [head, *rows]})), AsOf(DAY, DAY))).stages
    assert said == (
        "已启用的环节：无；没有检查列，按状态列里的词计：检查；"
        "未启用：审批、效果确认、归档、文件修订（表中没有这些列；不判断，不等于通过）"
    )


@pytest.mark.parametrize("said", ["", "未完成", "进行中", "50%", "0.5", "已更换电源，继续观察", "完成一半"])
def test_a_report_on_the_work_leaves_it_open(said):
    assert standing("完成情况", said) == ("实施中", "实施逾期 8 天")


@pytest.mark.parametrize(("said", "status"), [("100%", "已关闭"), ("99%", "实施中"), (100, "已关闭"), (99, "实施中")])
def test_a_progress_of_the_whole_closes_the_row(said, status):
    heading = "完成进度" if isinstance(said, str) else "进度%"
    assert standing(heading, said)[0] == status


def test_a_word_beside_a_date_column_is_a_report_and_the_date_is_asked_for():
    head = ["编号", "问题描述", "责任人", "完成期限", "完成情况", "实际完成日期"]
    row = ["GJ-1", "漏接电话", "样例工", date(2026, 11, 20), "已完成", None]
    view = view_register(read_register(workbook_bytes({"改进计划跟踪表": [head, row]})), AsOf(DAY, DAY))
    assert view.derived["GJ-1"].next_step == "完成措施，填写：完成情况、实际完成日期"


def test_the_hint_calls_the_column_as_the_sheet_does_and_names_its_cell():
    *_, hint = todo_lines(todo_of(seen("完成情况", "已更换电源"), "样例工"), DAY)
    assert hint == "  完成期限 2026-11-20；下一步：完成措施，完成后填写：完成情况（写“已完成”）（H2）"


def test_a_hint_never_names_the_cell_of_the_number():
    head = ["编号", "问题描述", "责任人", "完成期限"]
    row = ["GJ-1", "漏接电话", "样例工", date(2026, 11, 20)]
    view = view_register(read_register(workbook_bytes({"改进计划跟踪表": [head, row]})), AsOf(DAY, DAY))
    *_, hint = todo_lines(todo_of(view, "样例工"), DAY)
    assert hint == ("  完成期限 2026-11-20；下一步：完成措施；表中没有记录完成的列，请加一列“实际完成日期”（第 2 行）")


def test_only_the_rows_that_hold_nothing_but_a_number_are_counted_apart():
    head = ["编号", "问题描述", "责任人", "完成期限", "金额"]
    rows = [["GJ-1", "漏接电话", "样例工", date(2026, 12, 20), None], ["GJ-2"], ["GJ-3", None, None, None, 5],
            [], ["合计", None, None, None, 5], ["GJ-4"], [None, "没有编号的问题"]]  # fmt: skip
    register = read_register(workbook_bytes({"改进计划跟踪表": [head, *rows]}))
    assert register.numbered_only == (3, 7)
    assert [action.number for action in register.tracker.records] == ["GJ-1", "GJ-3"]


@pytest.mark.parametrize(("said", "told"), [("完成了", "完成了"), ("样" * 31, "已完成")])
def test_what_people_mostly_write_is_told_where_it_is_a_word(said, told):
    head = ["编号", "问题描述", "责任人", "完成期限", "完成情况"]
    rows = [["GJ-1", "漏接电话", "样例工", date(2026, 11, 20), None]]
    rows += [[f"GJ-{n}", "漏接电话", "样例工", date(2026, 11, 20), said] for n in (2, 3)]
    book = workbook_bytes(
        {"改进计划跟踪表": [head, *rows], "参数": [["参数", "值"], [f"取值_实施情况_{said}", "已完成"]]}
    )
    view = view_register(read_register(book), AsOf(DAY, DAY))
    assert view.derived["GJ-1"].next_step == f"完成措施，完成后填写：完成情况（写“{told}”）"


@pytest.mark.parametrize(("word", "warned"), [("未完成", 1), ("进行中", 1), ("已完成", 0)])
def test_a_day_of_confirmation_against_an_open_word_is_told(word, warned):
    head = ["序号", "问题描述", "整改措施", "责任人", "整改期限", "确认日期", "状态"]
    row = [1, "漏接电话", "换人值守", "样例工", date(2026, 11, 20), date(2026, 11, 16), word]
    view = view_register(read_register(workbook_bytes({"改进计划跟踪表": [head, row]})), AsOf(DAY, DAY))
    assert view.derived["1"].status == "已关闭"
    assert sum(problem.rule == "WB10" for problem in check(view).problems) == warned
