from msgspec.structs import replace

from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import DueChange, JournalView
from capa_xl.model.pages import Page
from capa_xl.model.procedure import Procedure
from capa_xl.policy.growth import suggestions
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.reading.reader import read_register
from tests.policy.registers import closed, confirmed, day, register, running, view, without
from tests.tables import workbook_bytes


def moved(*numbers, seen="2026-06-01"):
    change = DueChange(day("2026-07-01"), day("2026-08-01"), day(seen))
    return JournalView(due_changes=dict.fromkeys(numbers, (change,)))


def asked(shown, journal=None):
    return [line.partition("，")[0] for line in suggestions(shown, journal)]


def test_three_deadlines_moved_in_the_month_ask_for_the_sheet_of_extensions():
    shown = view(running(), on="2026-06-30")
    assert asked(shown, moved("A", "B", "C")) == ["本月有 3 项改期"]
    assert asked(shown, moved("A", "B")) == []
    assert asked(shown, moved("A", "B", "C", seen="2026-05-31")) == []
    with_sheet = view(running(), on="2026-06-30", extensions=[{"number": "GJ-2026-001"}])
    assert asked(with_sheet, moved("A", "B", "C")) == []


def test_an_action_without_effect_asks_for_the_column_of_its_successor_and_names_the_workbook():
    row = confirmed(effect="无效")
    shown = view(row, on="2026-06-30", columns=without("follow_ups"), procedure=Procedure(level="制度"))
    (said,) = suggestions(shown, None, "我的 表.xlsx")
    assert said.startswith("有 1 项措施无效，表中没有“后续编号”")
    assert "capa-xl grow " in said and "我的 表.xlsx" in said and said.endswith("--level 评审")
    assert suggestions(view(row, on="2026-06-30"), None) == ()


def test_a_ledger_says_that_it_does_not_cover_the_policy():
    shown = view(running(), on="2026-06-30", procedure=Procedure(level="台账"))
    assert "不能覆盖制度的要求" in suggestions(shown, None)[0]


def test_a_major_action_that_needs_its_review_asks_for_the_column_of_the_review():
    plan = {"severity": "重大", "action_type": "预防", "approver": "样例总", "approval_route": "总经理"}
    shown = view(running(**plan), on="2026-06-30", columns=without("review_number"), procedure=Procedure(level="制度"))
    (said,) = suggestions(shown, None, "表.xlsx")
    assert said.startswith("有 1 项重大的预防、改进，须提交管理评审，表中没有“管理评审编号”")
    assert said.endswith("--level 评审")
    theirs = view(running(**plan), on="2026-06-30", columns=without("review_number"))
    assert suggestions(theirs, None) == (said.partition("，或运行 ")[0],)
    ended = view(closed(**plan), on="2026-06-30", columns=without("review_number"))
    assert suggestions(ended, None) == ()
    assert suggestions(view(running(**plan), on="2026-06-30"), None) == ()


def test_each_suggestion_is_said_whole_with_the_command_that_follows_it():
    rows = [running(number=f"GJ-{n}", source="顾客投诉", registered_on=f"2026-06-0{n}") for n in (1, 2, 3)]
    (said,) = suggestions(view(*rows, on="2026-06-30"), None, "表.xlsx")
    assert said == "本月登记了 3 项顾客投诉，建议启用问题需求登记 → capa-xl grow 表.xlsx --sheet 问题需求登记 --apply"
    assert suggestions(view(*rows[:2], running(number="GJ-9", source="顾客投诉"), on="2026-06-30"), None) == ()
    (moves,) = suggestions(view(running(), on="2026-06-30"), moved("A", "B", "C"), "表.xlsx")
    assert moves == "本月有 3 项改期，建议启用《延期记录》 → capa-xl grow 表.xlsx --sheet 延期记录 --apply"
    ours = view(running(), on="2026-06-30", procedure=Procedure(level="台账"))
    assert suggestions(ours, moved("A", "B", "C"), "表.xlsx")[1].endswith(" → capa-xl grow 表.xlsx --level 制度")


def test_a_deadline_given_or_taken_away_is_none_that_moved():
    for before, after in ((None, "2026-08-01"), ("2026-07-01", None)):
        change = DueChange(before and day(before), after and day(after), day("2026-06-01"))
        journal = JournalView(due_changes=dict.fromkeys("ABC", (change,)))
        assert suggestions(view(running(), on="2026-06-30"), journal) == ()


def test_major_actions_without_columns_for_their_approval_ask_for_them():
    columns = without("approver", "approved_on", "approval", "approval_route")
    major, ended = running(severity="重大"), closed(number="GJ-2", severity="重大")
    (said,) = suggestions(view(major, ended, on="2026-06-30", columns=columns, revisions=()), None, "表.xlsx")
    assert said == (
        "有 1 项在办的重大措施，须总经理或管理评审批准，建议启用审批各列 → capa-xl grow 表.xlsx --level 制度"
    )
    assert suggestions(view(running(), on="2026-06-30", columns=columns), None) == ()
    assert suggestions(view(major, on="2026-06-30"), None) == ()


def test_a_document_to_revise_without_the_sheet_of_revisions_asks_for_it():
    row = closed(needs_revision=True)
    (said,) = suggestions(view(row, on="2026-06-30"), None)
    assert said.startswith("有 1 项涉及文件修订，没有工作表《文件修订》，修订无处登记，不等修订就关闭 → 误删的请恢复")
    assert said.endswith("--sheet 文件修订 --apply")
    assert suggestions(view(closed(), on="2026-06-30"), None) == ()
    with_sheet = view(row, on="2026-06-30", revisions=[{"number": "GJ-2026-001"}])
    assert suggestions(with_sheet, None) == ()
    history = Procedure(taken_over_on=day("2026-06-01"))
    assert suggestions(view(row, on="2026-06-30", procedure=history), None) == ()


def test_a_sheet_that_held_rows_and_is_gone_is_not_to_be_added_empty():
    known = frozenset({"sheet:revisions", "sheet:extensions"})
    row = closed(needs_revision=True)
    assert suggestions(view(row, on="2026-06-30"), JournalView(columns=known)) == ()
    gone = JournalView(due_changes=moved("A", "B", "C").due_changes, columns=known)
    assert suggestions(view(running(), on="2026-06-30"), gone) == ()


def test_a_table_adopted_before_its_headings_were_kept_is_told_how_to_keep_them():
    rows = [["编号", "问题描述", "责任工程师", "完成期限"], ["A1", "漏油", "样例工", day("2026-07-01")]]
    settings = [["参数", "值"], ["接管基线日", "2026-06-01"], ["列名_责任工程师", "责任人"]]

    def said(*more):
        book = workbook_bytes({"改进计划跟踪表": rows, "参数": [*settings, *more]})
        return suggestions(
            view_register(read_register(book), AsOf(day("2026-06-30"), day("2026-06-30"))), None, "表.xlsx"
        )

    assert said() == (
        "《参数》里没有接管时的列名（较早的版本接管的），以后新加的列名字相近的会直接算进来、不问 → "
        "再运行一次 capa-xl adopt 表.xlsx，把现在的列名记下（就地，先备份）",
    )
    assert said(["接管列名_改进计划跟踪表", "编号=编号；责任工程师=责任人"]) == ()
    settings[1][1] = None
    assert said() == ()


def test_a_tracker_over_several_sheets_is_never_advised_a_grow_that_refuses_it():
    """`grow --level` adds no column there (grown_workbook); `grow --sheet` adds a sheet."""

    def said(columns, *rows, level="制度", **others):
        found = register(*rows, columns=columns, procedure=Procedure(level=level))
        two = tuple(Page(f"{year}年", 1, found.tracker.columns) for year in (2025, 2026))
        paged = replace(found, tracker=replace(found.tracker, pages=two))
        return suggestions(view_register(paged, AsOf(day("2026-06-30"), day("2026-06-30"))), None, "表.xlsx")

    (approval,) = said(
        without("approver", "approved_on", "approval", "approval_route"), running(severity="重大"), level=""
    )
    assert approval == (
        "有 1 项在办的重大措施，须总经理或管理评审批准，建议启用审批各列 → "
        "跟踪表分在几个工作表上，请在各表右侧自己加这些列：批准人、批准日期、批准结论"
    )
    (follow_up,) = said(without("follow_ups"), confirmed(effect="无效"))
    assert follow_up.endswith("→ 请加这一列")
    complaints = [running(number=f"GJ-{n}", source="顾客投诉", registered_on=f"2026-06-0{n}") for n in (1, 2, 3)]
    (needs,) = said(without(), *complaints)
    assert needs.endswith("→ capa-xl grow 表.xlsx --sheet 问题需求登记 --apply")
