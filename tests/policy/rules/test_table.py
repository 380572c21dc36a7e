from datetime import date

import pytest

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.journal import JournalView
from capa_xl.model.register import Quarantined
from capa_xl.model.stated_status import begins_again, family_of
from tests.policy.rules.struck import checked, met, problem, struck

ONE = """
    编号  | 措施内容 | 责任人 | 完成期限
    GJ-01 | 换电池   | 样例工 | 2026-07-31
"""

READ = {
    "WB01": {"v": ""},
    "WB02": {"c": "完成期限", "a": "整改期限、完成时限"},
    "WB03": {"a": "期限", "b": "完成时限", "c": "完成期限"},
    "WB05": {"c": "完成期限", "v": "#REF!", "why": "公式引用的格被删了"},
    "WB06": {"h": "金额"},
    "WB08": {"r": "9"},
    "WB09": {"k": "观查期", "s": "观察期_一般"},
    "WB11": {"v": "2027", "like": "也像跟踪表", "n": "3", "m": "2", "t": "2026", "q": "2027"},
    "WB12": {"v": "2025", "kept": "“跟踪表_2025”"},
    "WB13": {"n": "3"},
    "WB14": {"r": "2", "id": "GJ-01"},
    "WB15": {"v": "2025.xlsx", "why": "没有这个文件", "rows": "GJ-01"},
    "WB16": {"v": "字典", "h": "英文、中文"},
    "WB17": {"h": "风险等级", "like": "严重度", "q": "风险等级=严重度", "own": "风险等级="},
    "FD01": {"r": "2"},
    "FD02": {"id": "GJ-01", "rows": "2、3"},
    "FD03": {"n": "3", "p": "GJ-YYYY-NNN"},
    "FD04": {"c": "来源", "v": "内审", "list": "内部审核、外部审核", "s": "内部审核"},
    "FD05": {"c": "完成期限", "v": "月底"},
    "FD06": {"c": "完成期限", "v": "2025.1.7", "k": "为文本日期", "d": "2025-01-07"},
    "FD07": {"c": "完成期限", "v": "1900-01-07"},
    "FD11": {"c": "责任人", "v": "样例工 ", "blank": "含多余空格"},
    "FD23": {"c": "责任人", "v": "张三和李四", "n": "按 2 人处理：张三、李四"},
    "FD35": {"c": "完成期限", "v": "2026-12-05", "f": "=TODAY()+5"},
    "FD21": {"c": "实际完成日期", "n": "3", "w": "进行中」「无"},
}


@pytest.mark.parametrize("rule", READ)
def test_what_reading_met_becomes_a_problem_at_its_cell(rule):
    remarks = [met(rule, "D2", "GJ-01", 2, **READ[rule])]
    assert [hit[2:] for hit in struck(rule, ONE, remarks=remarks)] == ["D2"]
    assert struck(rule, ONE) == []


@pytest.mark.parametrize("rule", READ)
def test_the_message_quotes_what_was_read_and_leaves_no_placeholder(rule):
    found = problem(rule, ONE, remarks=[met(rule, "D2", "GJ-01", 2, **READ[rule])])
    text = found.message + found.fix
    assert not set("{}⟦⟧") & set(text)
    assert all(value in text for name, value in READ[rule].items() if name in "vkh" and value)


def test_a_vague_due_date_is_told_with_its_value_and_how_to_write_it():
    found = problem("FD05", ONE, remarks=[met("FD05", "D2", "GJ-01", 2, c="完成期限", v="月底")])
    assert (found.message, found.fix) == ("完成期限「月底」不是明确日期", "请写成年-月-日，例如“2026-03-31”")


def test_an_error_value_is_told_as_the_error_of_a_formula():
    facts = {"c": "完成期限", "v": "#REF!", "why": "公式引用的格被删了", "cell": "D2"}
    found = problem("WB05", ONE, remarks=[met("WB05", "D2", "GJ-01", 2, **facts)])
    assert found.message == "完成期限「#REF!」是错误值：公式引用的格被删了"
    assert found.fix.startswith("把算成 #REF! 的公式改好，或换成值；用 Excel")
    unsolved = problem("WB05", ONE, remarks=[met("WB05", "D2", "GJ-01", 2, c="完成期限", cell="D2", none="公式无结果")])
    assert unsolved.message == "单元格 D2 公式无结果，请在 Excel 或 WPS 中打开保存"
    assert unsolved.fix.startswith("用 Excel")


def test_two_columns_of_one_name_are_told_by_it_once():
    facts = {"a": "责任人", "alike": "同名，都", "c": "责任人", "first": "C1"}
    assert problem("WB03", ONE, remarks=[met("WB03", "D1", **facts)]).message == (
        "与 C1 的「责任人」同名，都识别为「责任人」，现在读的是 C1"
    )
    facts = {"a": "负责人", "b": "责任人", "c": "责任人", "first": "C1"}
    assert problem("WB03", ONE, remarks=[met("WB03", "D1", **facts)]).message == (
        "与 C1 的「负责人」、「责任人」都识别为「责任人」，现在读的是 C1"
    )


def test_text_in_a_number_column_asks_for_digits():
    found = problem("FD04", ONE, remarks=[met("FD04", "D2", "GJ-01", 2, c="现值", v="3 天", list="数字", s="只写数字")])
    assert found.message == "现值「3 天」不是数字"


def test_a_remark_on_a_child_sheet_counts_for_the_row_of_its_number():
    remark = met("FD05", "C2", "GJ-01", None, "延期记录", c="新期限", v="月底")
    assert problem("FD05", ONE, remarks=[remark]).row == 2


def test_a_number_that_vanished_since_the_last_run_is_reported_at_the_number_column():
    gone = JournalView(numbers=frozenset({"GJ-01", "GJ-02"}))
    assert struck("WB04", ONE, journal=gone) == ["E A1"]
    assert struck("WB04", ONE, journal=JournalView(numbers=frozenset({"GJ-01"}))) == []
    assert struck("WB04", ONE) == "未启用"


@pytest.mark.parametrize(("left", "gone"), [("1.1", "1-1"), ("A1", "A-1")])
def test_a_row_that_was_deleted_is_not_taken_for_another_whose_number_has_other_signs(left, gone):
    """In a table with its own numbers both may have stood there: the other row was to get this one's number."""
    told = problem("WB04", f"编号 | 措施内容\n{left} | 换电池", journal=JournalView(numbers=frozenset({left, gone})))
    assert (told.row, told.message) == (None, f"编号 {gone} 在上次检查后被删除，或改成了别的编号")


@pytest.mark.parametrize(
    ("typed", "signs", "cure"),
    [
        ("GJ－02", "全角", "，或看看能否自动改：capa-xl check 本工作簿 --fix"),
        ("gj-02", "与原来写法不同", ""),
        ("GJ-2", "与原来写法不同", ""),
        ("GJ——02", "与原来写法不同", ""),
    ],
)
def test_a_number_that_is_typed_otherwise_now_is_no_deleted_row(typed, signs, cure):
    """Its row was to be restored, and would have stood there twice."""
    rows = f"编号 | 措施内容\nGJ-01 | 换电池\n{typed} | 换机柜"
    told = problem("WB04", rows, journal=JournalView(numbers=frozenset({"GJ-01", "GJ-02"})))
    assert (told.cell, told.number, told.row) == ("A3", "GJ-02", 3)
    assert told.message == f"编号 GJ-02 在上次检查后写成了「{typed}」（{signs}）"
    assert told.fix == f"把「{typed}」改回原来的编号{cure}"


@pytest.mark.parametrize(
    ("gone", "now"),
    [("GJ－2026－002", "GJ-2026-002"), ("gj-2026-002", "GJ-2026-002"), ("GJ-2026-2", "GJ-2026-002"), ("Q－1", "Q-1")],
)
def test_a_number_put_right_after_a_run_saw_it_typed_otherwise_is_settled(gone, now):
    """Once WB04 asked for weeks that the wrong writing be put back."""
    rows = f"编号 | 措施内容\n{now} | 换机柜"
    assert struck("WB04", rows, journal=JournalView(numbers=frozenset({gone, now}))) == []
    back = f"编号 | 措施内容\n{gone} | 换机柜"
    assert struck("WB04", back, journal=JournalView(numbers=frozenset({gone, now}))) == ["E A2"]
    away = [
        one
        for one in checked(
            "编号 | 措施内容\nZ-9 | 换电池", journal=JournalView(numbers=frozenset({gone, now}))
        ).problems
        if one.rule == "WB04"
    ]
    told = f"编号 {now} 在上次检查后被删除，或改成了别的编号（也写过 {gone}）"
    assert [(one.number, one.message) for one in away] == [(now, told)]  # one row was deleted, not two


def test_numbers_that_went_with_the_merging_of_their_cells_are_told_with_the_merged_cell():
    """A2:A3 merged: GJ-01 is two parts now, and GJ-02, which stood in A3, is gone."""
    rows = "编号 | 措施内容\nGJ-01-1 | 换电池\nGJ-01-2 | 换机柜"
    told = [
        (p.cell, p.message, p.fix.partition("；")[0])
        for p in checked(
            rows, journal=JournalView(numbers=frozenset({"GJ-01", "GJ-02"})), parts={"GJ-01": ("GJ-01-1", "GJ-01-2")}
        ).problems
        if p.rule == "WB04"
    ]
    cure = "取消编号格 A2 的合并，各行写回自己的编号"
    assert told == [
        ("A1", "编号 GJ-02 在上次检查后被删除，或改成了别的编号", cure),
        ("A2", "编号 GJ-01 在上次检查后合并了几行，现在按 GJ-01-1、GJ-01-2 计", cure),
    ]


AUTO = """
    编号  | 措施内容 | 责任人 | 完成期限   | 〔自动〕状态 | 〔自动〕提醒日
    GJ-01 | 换电池   | 样例工 | 2026-07-31 | 待策划       | 2026-06-30
"""


def test_an_edited_auto_cell_is_reported_with_both_values():
    journal = JournalView(auto_cells={("GJ-01", "status"): "待策划", ("GJ-01", "remind_on"): "2026-06-30"})
    edited = {2: {"status": "已关闭", "remind_on": date(2026, 6, 30)}}
    assert struck("WB07", AUTO, journal=journal, auto=edited) == ["W E2"]
    assert "「待策划」改成了「已关闭」" in problem("WB07", AUTO, journal=journal, auto=edited).message
    assert struck("WB07", AUTO, journal=journal, auto={2: {"status": "待策划"}}) == []


def test_of_a_number_that_stands_twice_nobody_knows_which_row_was_written():
    journal = JournalView(auto_cells={("GJ-01", "status"): "待策划"})
    one, other = (Quarantined(row, "GJ-01", (f"A{row}",), Action(row=row, number="GJ-01")) for row in (2, 3))
    now = {2: {"status": "实施中"}, 3: {"status": "待策划"}}
    gone = AUTO.replace("GJ-01 |", "GJ-09 |")
    assert struck("WB07", gone, journal=journal, auto=now, quarantined=[one, other]) == []
    assert struck("WB07", gone, journal=journal, auto=now, quarantined=[one]) == ["W E2"]


@pytest.mark.parametrize("status", ["待更正", None])
def test_a_row_once_set_aside_or_put_back_by_its_facts_is_no_hand_edit(status):
    journal = JournalView(auto_cells={("GJ-01", "status"): "待策划", ("GJ-01", "next_step"): "补齐：责任人"})
    assert struck("WB07", AUTO, journal=journal, auto={2: {"status": status, "next_step": None}}) == []


STAMPED = """
    编号  | 措施内容 | 责任人 | 完成期限   | 〔自动〕状态 | 〔自动〕更新时间
    GJ-01 | 换电池   | 样例工 | 2026-07-31 | 待策划       | 2026-05-04
    GJ-02 | 换风扇   | 样例工 | 2026-07-31 | 实施中       | 2026-05-06
"""
WRITTEN = JournalView(
    auto_cells={
        ("GJ-01", "status"): "待审批", ("GJ-01", "updated_on"): "2026-05-05",
        ("GJ-02", "status"): "实施中", ("GJ-02", "updated_on"): "2026-05-06",
    }
)  # fmt: skip


def cells(first, first_stamp, second, second_stamp):
    stamps = [date.fromisoformat(stamp) if stamp else None for stamp in (first_stamp, second_stamp)]
    return {2: {"status": first, "updated_on": stamps[0]}, 3: {"status": second, "updated_on": stamps[1]}}


@pytest.mark.parametrize(
    ("now", "struck_at"),
    [
        (cells("待审批", "2026-05-05", "实施中", "2026-05-06"), []),
        (cells("待策划", "2026-05-04", "未开始", "2026-05-05"), ["I F2"]),  # both rows of an older file
        (cells("待策划", "2026-05-04", "实施中", "2026-05-06"), ["W E2", "W F2"]),  # the file is today's: an edit
        (cells("待策划", "2026-05-05", "实施中", "2026-05-05"), ["W E2", "I F3"]),  # an edit in an older file
        (cells(None, None, None, None), ["I F2"]),  # from before the first refresh
        (cells("待审批", None, "实施中", None), ["W F2", "W F3"]),  # somebody cleared a column
        (cells("待策划", "2026-05-07", "实施中", "2026-05-06"), ["W E2", "W F2"]),
        (cells("待审批", "2026-05-05", "待检查", "2026-05-07"), ["I F3"]),  # written by a run not on record
        (cells("待策划", "2026-05-05", "待检查", "2026-05-07"), ["W E2", "I F3"]),  # an edit in a newer file
        (cells("待审批", "2026-05-05", "实施中", "2026-05-07"), ["W F3"]),  # only the day: an edit
    ],
)  # fmt: skip
def test_the_cells_of_an_older_or_newer_file_are_one_remark_and_no_edits(now, struck_at):
    assert struck("WB07", STAMPED, journal=WRITTEN, auto=now) == struck_at


def test_the_older_file_is_named_by_its_newest_day():
    found = problem("WB07", STAMPED, journal=WRITTEN, auto=cells("待策划", "2026-05-04", "未开始", "2026-05-05"))
    assert found.message == ("自动列是 2026-05-05 的旧内容（2 行）：像是换回了旧文件或副本，不算手工修改")


SUPERSEDED = """
    编号  | 完成期限   | 实际完成日期 | 确认人 | 确认日期   | 效果结论 | 状态   | 后续编号
    GJ-01 | 2026-05-01 | 2026-04-02   | 样例乙 | 2026-05-10 | 无效     | {word} | {follow_up}
    GJ-02 | 2026-12-01 |              |        |            |          | 进行中 |
"""
STATED = """
    编号  | 措施内容 | 责任人 | 完成期限   | 状态   | 实际完成日期
    GJ-01 | 换电池   | 样例工 | 2026-07-31 | 已取消 | 2026-05-01
    GJ-02 | 换电池   | 样例工 | 2026-07-31 | 进行中 | 2026-05-01
    GJ-03 | 换电池   | 样例工 | 2026-07-31 | 已取消 |
    GJ-04 | 换电池   | 样例工 | 2026-07-31 | 已闭环 | 2026-05-01
"""


def test_a_status_word_that_filled_facts_contradict_is_told_at_the_word():
    assert [hit[2:] for hit in struck("WB10", STATED)] == ["E2", "E3"]
    assert problem("WB10", STATED).message == "状态列写「已取消」，实际完成日期又填了日期，按取消算"


@pytest.mark.parametrize("word", ["已转后续", "关闭", "已完成"])
def test_a_word_of_the_end_agrees_with_what_went_on_in_another_row(word):
    assert struck("WB10", SUPERSEDED.format(word=word, follow_up="GJ-02")) == []
    denied = SUPERSEDED.format(word=word, follow_up="")
    assert struck("WB10", denied) == ["W G2"]
    assert problem("WB10", denied).fix.startswith("填写的事实没有错的，改成“措施无效”；做完的改这个词")
    assert struck("WB10", SUPERSEDED.format(word="措施无效", follow_up="")) == []


@pytest.mark.parametrize("status", [*words.STATUSES, words.TO_CORRECT])
def test_our_own_statuses_are_known_in_a_status_column_of_theirs(status):
    assert family_of(status, {}) is not None
    assert not begins_again("审批退回")


def test_a_strange_word_says_how_to_declare_it():
    met_there = met("FD04", "D2", "GJ-01", 2, c="隐患级别", v="A", list="重大、一般", s="", setting="取值_严重度_A")
    assert problem("FD04", ONE, remarks=[met_there], settings="参数").fix == (
        "改成允许的值；或在《参数》加一行「取值_严重度_A」，值写它在本工具中的意思"
    )


def test_the_advice_about_our_own_cells_is_that_of_the_case():
    edited = {2: {"status": "已关闭"}}
    by_hand = problem("WB07", AUTO, journal=JournalView(auto_cells={("GJ-01", "status"): "待策划"}), auto=edited)
    assert by_hand.fix == "改原始事实列（日期、结论等），不改〔自动〕列"
    older = problem("WB07", STAMPED, journal=WRITTEN, auto=cells("待策划", "2026-05-04", "未开始", "2026-05-05"))
    assert older.fix.startswith("更新这 2 行的旧内容：capa-xl refresh 本工作簿；")


def test_a_word_that_waits_for_the_check_beside_a_good_confirmation_is_told():
    told = """
        编号  | 完成期限   | 实际完成日期 | 确认人 | 确认日期   | 效果结论 | 状态
        GJ-01 | 2026-05-01 | 2026-04-02   | 样例乙 | 2026-05-10 | 有效     | 待验证
        GJ-02 | 2026-05-01 | 2026-04-02   |        |            |          | 待验证
    """
    assert [hit[2:] for hit in struck("WB10", told)] == ["G2"]
