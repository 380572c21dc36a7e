"""What makes a report a draft, and over which days no recurrence was seen."""

from __future__ import annotations

from msgspec.structs import replace

from capa_xl.model.problem import Hit, Remark
from capa_xl.policy.left_out import left_out_sentences
from capa_xl.policy.papers.report_facts import missing_facts, report_facts
from capa_xl.policy.viewing import view_register
from tests.policy.papers.given import given
from tests.policy.registers import PEOPLE, closed, completed, confirmed, day, planned, view

N, T = "GJ-2026-001", "2026-08-20"


def report(*actions, on=T, **others):
    return report_facts(given(*actions, on=on, **others), N)


def test_what_an_entry_undid_is_lacking_though_it_stands_in_the_cell_and_that_is_said():
    undone = {"number": N, "on": day("2026-05-10"), "approver": "样例质", "reason": "又坏了"}
    written = confirmed(inspection="合格", confirmed_on=day("2026-05-01"), execution=None)
    seen = view(written, on="2026-05-12", corrections=[{**undone, "kind": "重开"}])
    told = missing_facts(seen, seen.by_number[N])
    assert told[:2] == ("检查结论（合格）（格里的「合格」已由《更正记录》撤销，重做后改写）", "执行情况结论")
    assert told[-1] == "确认日期（格里的「2026-05-01」也已撤销）"
    seen = view(written, on="2026-05-12")
    assert missing_facts(seen, seen.by_number[N]) == ("执行情况结论",)


def test_an_entry_that_undid_nothing_says_so_where_it_is_printed():
    """Done on 2 March: 重开 of the day before takes back nothing that the row holds (EF15)."""
    entry = {"number": N, "kind": "重开", "on": day("2026-03-01"), "approver": "样例质", "reason": "看错了"}
    printed = report(confirmed(), corrections=[entry, {**entry, "after": "另一项"}]).corrections
    assert [one.after for one in printed] == ["没有撤销表中现在的日期，日期待核对", "另一项"]
    assert [one.after for one in report(closed(), corrections=[{**entry, "before": "2026-02-20"}]).corrections] == [
        None
    ]


def test_an_entry_that_counts_for_nothing_makes_no_other_edition():
    """No approver; or it says what the row doesn't hold (EF15): it is in no paper, and changes none."""
    entry = {
        "number": N, "kind": "更正", "on": day("2026-05-10"), "approver": "样例质", "reason": "抄错",
        "field": "效果结论", "before": "无效", "after": "有效",
    }  # fmt: skip
    hashes = {
        key: report(closed(), corrections=[entry | change] if key else (), people=PEOPLE).content_hash
        for key, change in {"": {}, "in force": {}, "unsigned": {"approver": None}, "untrue": {"after": "无效"}}.items()
    }
    assert hashes["unsigned"] == hashes["untrue"] == hashes[""] != hashes["in force"]


def test_a_draft_names_the_columns_it_lacks():
    assert report(confirmed()).head.missing == ()
    assert report(completed()).head.missing == ("检查结论（合格）", "执行情况结论", "效果结论", "确认人", "确认日期")
    assert report(confirmed(execution=None)).head.missing == ("执行情况结论",)
    for lacking in (completed(), confirmed(execution=None)):
        assert report(lacking).head.is_draft and not report(lacking).is_final


def test_a_word_that_is_no_known_value_is_named_where_the_cell_is_not_blank():
    """执行情况结论 and 效果结论 read as blank; who confirmed, and when, does stand there."""
    row = confirmed(execution=None, effect=None)
    view = given(row, on=T).view
    tracker = view.register.tracker
    remarks = [
        Remark("FD04", Hit(tracker.sheet, tracker.cell(view.by_number[N].row, key), N, facts={"v": word}))
        for key, word in (("execution", "完成"), ("effect", "好"))
    ]
    register = replace(view.register, remarks=tuple(remarks))
    seen = view_register(register, view.as_of)
    told = ("执行情况结论（填的「完成」不是允许的值）", "效果结论（填的「好」不是允许的值）")
    assert missing_facts(seen, seen.by_number[N]) == told
    (execution, effect) = (s for s in left_out_sentences(seen, (), "") if "不是已知的结论" in s)
    said = "「执行情况结论」不是已知的结论，按空白计，状态不受影响，改进效果确认报告不能定稿：完成（"
    assert said in execution
    assert "「效果结论」不是已知的结论，按没有结论计：好（" in effect


def test_an_unknown_word_of_the_execution_leaves_the_status_to_the_effect():
    """确认日期 and 效果结论 confirm a row (semantics.md, *Status*), whatever 执行情况结论 says."""
    known, unknown = given(confirmed(), on=T).view, given(confirmed(execution=None), on=T).view
    assert known.derived[N].status == unknown.derived[N].status == "待归档"


def test_a_draft_that_was_asked_for_lacks_nothing():
    asked = report_facts(given(confirmed(), on=T), N, draft=True)
    assert asked.head.is_draft and asked.head.missing == ()


def test_facts_that_contradict_each_other_keep_it_a_draft():
    row = {"number": N, "document_name": "备份规程", "proposal": "增加一步"}
    contradicted = report(confirmed(needs_revision=False), revisions=[row])
    assert contradicted.head.missing == ("是否涉及文件修订（填“否”，而《文件修订》有未完成的行）",)
    refused = {"approver": "样例甲", "approved_on": "2026-04-18", "approval": "不同意", "refusal_reason": "已有规定"}
    assert not report(confirmed(needs_revision=False), revisions=[row | refused | {"approved_on": None}]).is_final
    for settled in ({"revised_on": "2026-05-01"}, refused):
        assert report(confirmed(needs_revision=False), revisions=[row | settled]).is_final
    assert report(confirmed(needs_revision=True), revisions=[row]).is_final


KEY = {"category": "响应超时", "cause_category": ("法",)}


def test_a_repeat_is_one_that_names_the_action_or_has_its_key_after_its_completion():
    def repeats(**later):
        other = planned(**{"number": "GJ-2026-002", "registered_on": "2026-05-01", **later})
        return report(confirmed(**KEY), other).recurrences

    assert repeats() == ()
    assert repeats(previous_numbers=(N,)) == ("GJ-2026-002",)
    assert repeats(**KEY) == ("GJ-2026-002",)
    assert repeats(**KEY | {"registered_on": "2026-03-02"}) == ()
    assert repeats(**KEY | {"category": "备件"}) == ()
    assert repeats(**KEY | {"cancelled_on": "2026-05-02"}) == ()


def test_of_a_cancelled_action_nothing_is_missing_and_no_final_follows():
    ended = {"cancelled_on": "2026-06-01", "cancel_reason": "并入 GJ-2026-002", "cancel_approver": "样例总"}
    for row in (planned(**ended), confirmed(**ended)):
        found = report(row)
        assert found.head.missing == () and found.head.is_draft and not found.is_final
        assert found.head.no_final == "措施已取消，只有草稿，不出定稿"
    at_its_end = report(closed(**ended)).head
    assert at_its_end.is_draft and at_its_end.no_final.startswith("已关闭（2026-04-10）的项又填了取消，更正以前")
    assert report(confirmed()).head.no_final == ""
