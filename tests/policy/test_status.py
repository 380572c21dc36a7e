from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.model.as_of import AsOf
from capa_xl.model.procedure import Procedure
from capa_xl.policy.status import STAGES
from capa_xl.policy.viewing import view_register
from tests.policy.registers import (
    approved,
    closed,
    completed,
    confirmed,
    day,
    derived,
    inspected,
    planned,
    register,
    running,
    view,
    without,
)  # fmt: skip

GM = {"approver": "样例总", "approval_route": "总经理"}


def status(action, on="2026-04-20", **others):
    return derived(action, on, **others).status


def test_only_a_column_in_an_outline_group_is_said_to_be_folded_away():
    plain = register(confirmed(effect="无效"))
    plain = replace(plain, tracker=replace(plain.tracker, outlined=frozenset()))
    seen = view_register(plain, AsOf(day("2026-04-20"), day("2026-04-20"))).derived["GJ-2026-001"]
    assert seen.next_step == "新建后续措施，填写：后续编号"


def test_every_status_has_its_stage():
    assert (STAGES["已取消"], STAGES["待审批"], STAGES["返工中"], STAGES["观察期"], STAGES["已关闭"]) == (
        "",
        "P",
        "D",
        "C",
        "A",
    )


def test_a_cancelled_row_is_cancelled_from_its_day_on():
    action = running(cancelled_on="2026-03-01", cancel_reason="合同到期")
    assert status(action, "2026-02-28") == "实施中"
    assert status(action, "2026-03-01") == "已取消"
    assert status(closed(cancelled_on="2026-04-11")) == "已取消"


@pytest.mark.parametrize(("key", "blank"), [
    ("action_type", None), ("severity", None), ("cause", None), ("measure", None), ("scheme", None),
    ("responsible_department", None), ("owners", ()), ("due_on", None),
])  # fmt: skip
def test_an_incomplete_planning_set_waits_for_planning(key, blank):
    assert status(planned(**{key: blank}), "2026-01-08") == "待策划"


def test_the_cause_is_asked_of_corrective_and_preventive_actions_only():
    assert status(planned(action_type="改进", cause=None), "2026-01-08") == "待审批"
    assert status(planned(action_type="预防", cause=None), "2026-01-08") == "待策划"


def test_the_owning_department_is_asked_only_where_the_process_does_not_tell():
    assert status(planned(owning_department=None), "2026-01-08") == "待审批"
    for values in ({"severity": "重大"}, {"is_repeat": True}, {"action_type": "预防"}):
        assert status(planned(owning_department=None, **values), "2026-01-08") == "待策划"


def test_a_step_or_a_detailed_measure_stands_for_the_scheme():
    assert status(planned(scheme=None), "2026-01-08") == "待策划"
    assert status(planned(scheme=None), "2026-01-08", steps=[{"number": "GJ-2026-001", "step": "1"}]) == "待审批"
    detailed = "告警平台按级别路由到值班手机，15分钟未确认自动升级到二线并留痕"
    assert status(planned(scheme=None, measure=detailed), "2026-01-08") == "待审批"
    assert status(planned(scheme=None, measure="加强" + "监控和管理" * 8), "2026-01-08") == "待策划"


def test_missing_headers_are_named_in_column_order():
    found = derived(planned(cause=None, due_on=None, owners=()), "2026-01-08")
    assert found.next_step == (
        "补齐：是否重复、影响面、原因分析、改进目标、责任人、完成期限、问题类别、调查人、调查日期（在“分析”组中展开）"
    )
    assert found.next_actor == "质量部、服务台"  # 是否重复 is 质量部's
    assert derived(planned(action_type=None), "2026-01-08").next_actor == "质量部、服务台"


def test_agreed_or_started_work_is_not_sent_back_to_planning():
    assert status(running(owners=())) == "实施中"
    assert status(approved(owners=())) == "未开始"
    assert status(planned(owners=(), started_on="2026-01-13")) == "待审批"


def test_a_refusal_sends_back_until_it_is_agreed():
    refused = planned(approver="样例甲", approved_on="2026-01-12", approval="不同意", approval_route="部门经理")
    assert status(refused) == "审批退回"
    assert derived(refused, "2026-01-20").next_actor == "服务台"
    assert status(refused, "2026-01-11") == "待审批"


def test_a_start_does_not_lift_the_wait_for_approval():
    assert status(running(severity="重大")) == "待审批"
    assert status(running(action_type="预防")) == "待审批"


def test_approved_work_starts_with_a_date_or_with_progress():
    assert status(approved()) == "未开始"
    assert status(approved(progress=0.0)) == "未开始"
    assert status(approved(progress=60.0)) == "实施中"
    assert status(running()) == "实施中"


def test_one_of_the_two_columns_of_a_start_is_enough_to_tell():
    for missing in ("progress", "started_on"):
        assert status(approved(), columns=without(missing)) == "未开始"
    assert status(approved(), columns=without("progress", "started_on")) == "实施中"


def test_an_unapproved_completion_goes_on():
    assert status(planned(completed_on="2026-03-02")) == "待检查"


def test_a_failed_inspection_means_rework_until_a_new_completion():
    failed = completed(inspector="样例甲", inspected_on="2026-03-05", inspection="不合格")
    assert status(failed) == "返工中"
    assert status(failed, "2026-03-04") == "待检查"
    assert status({**failed, "completed_on": "2026-03-20"}) == "待检查"
    assert status({**failed, "completed_on": "2026-03-20"}, "2026-03-19") == "实施中"
    again = {**failed, "completed_on": "2026-03-20", "inspected_on": "2026-03-20", "inspection": "合格"}
    assert status(again, "2026-04-18") == "观察期"


def test_an_inspection_before_the_completion_does_not_count():
    assert status(inspected(inspected_on="2026-03-01")) == "待检查"


def test_observation_ends_on_the_earliest_day_of_confirmation():
    assert status(inspected(), "2026-03-31") == "观察期"
    watched = derived(inspected(), "2026-03-31")
    assert (watched.next_step, watched.next_actor) == ("2026-04-01 起确认效果", "样例甲")
    assert status(inspected(), "2026-04-01") == "待效果确认"
    assert derived(inspected(), "2026-04-01").next_actor == "样例甲"


def test_the_observation_is_longer_for_major_ones_and_may_be_given():
    assert str(derived(inspected(severity="重大", **GM), "2026-04-01").earliest_confirmation_on) == "2026-05-31"
    assert str(derived(inspected(observation_days=0), "2026-04-01").earliest_confirmation_on) == "2026-03-02"


def test_an_ineffective_measure_waits_for_its_follow_up():
    for effect in ("无效", "部分有效"):
        assert status(confirmed(effect=effect)) == "措施无效"
        assert followed(effect, "GJ-2026-002") == "已转后续"
    assert (
        derived(confirmed(effect="无效"), "2026-04-20").next_step == "新建后续措施，填写：后续编号（在“确认”组中展开）"
    )


def followed(effect="无效", *numbers, **second):
    """The status of an action that names these follow-ups, beside a second row GJ-2026-002."""
    rows = confirmed(effect=effect, follow_ups=numbers), planned(number="GJ-2026-002", **second)
    return view(*rows, on="2026-04-20").derived["GJ-2026-001"].status


def test_a_follow_up_is_another_row_that_is_not_cancelled():
    assert followed("无效", "GJ-2026-001") == "措施无效"
    assert followed("无效", "GJ-2026-009") == "措施无效"
    assert followed("无效", "GJ-2026-002", cancelled_on="2026-04-20") == "措施无效"
    assert followed("无效", "GJ-2026-002", cancelled_on="2026-04-21") == "已转后续"
    assert followed("无效", "GJ-2026-009", "GJ-2026-002") == "已转后续"


@pytest.mark.parametrize(("registered_on", "status_then"), [("2026-04-20", "已转后续"), ("2026-04-21", "措施无效")])
def test_as_of_a_day_that_is_over_a_follow_up_registered_since_was_not_there(registered_on, status_then):
    """Today a row registered in the future is there all the same (FD14)."""
    second = planned(number="GJ-2026-002", registered_on=registered_on)
    rows = register(confirmed(effect="无效", follow_ups=("GJ-2026-002",)), second)
    then, now = AsOf(day("2026-04-20"), day("2026-05-20")), AsOf(day("2026-04-20"), day("2026-04-20"))
    assert view_register(rows, then).derived["GJ-2026-001"].status == status_then
    assert view_register(rows, now).derived["GJ-2026-001"].status == "已转后续"


def test_an_empty_sheet_of_revisions_waits_for_its_row_and_an_old_confirmation_stays_closed():
    wanting = closed(needs_revision=True)
    assert status(wanting) == "已关闭"  # no sheet 文件修订 at all
    assert status(wanting, revisions=[]) == "待文件修订"
    assert status(closed(needs_revision=False), revisions=[]) == "已关闭"
    for setting in ("reminders_from", "taken_over_on"):
        since = [Procedure(**{setting: day(text)}) for text in ("2026-04-06", "2026-04-07", "2026-04-08")]
        found = [status(wanting, revisions=[], procedure=procedure) for procedure in since]
        assert found == ["待文件修订", "待文件修订", "已关闭"]  # confirmed on 2026-04-07


def test_a_ledgers_row_confirmed_before_it_was_taken_over_stays_closed_whatever_columns_came_since():
    """It has no approval and no inspection; what has them was on its way through the stages."""
    of_a_ledger = planned(completed_on="2026-03-02", confirmer="样例乙", confirmed_on="2026-04-07", effect="有效")
    taken_over = [Procedure(taken_over_on=day(text)) for text in ("2026-04-07", "2026-04-08")]
    assert [status(of_a_ledger, procedure=one) for one in taken_over] == ["待文件修订", "已关闭"]
    assert status(confirmed(), procedure=taken_over[1]) == "待归档"


def test_the_latest_round_of_confirmation_wins():
    first = {
        "number": "GJ-2026-001",
        "round": 1,
        "confirmer": "样例甲",
        "confirmed_on": "2026-04-07",
        "effect": "部分有效",
    }
    second = {**first, "round": 2, "confirmed_on": "2026-04-17", "effect": "有效"}
    rounds = [second, first]
    assert status(closed(effect="部分有效"), "2026-04-20", confirmations=rounds) == "已关闭"
    assert status(closed(effect="部分有效"), "2026-04-16", confirmations=rounds) == "措施无效"
    assert status(inspected(), "2026-04-16", confirmations=[first]) == "措施无效"
    assert str(derived(closed(), "2026-04-20", confirmations=rounds).report_due_on) == "2026-05-06"


def test_a_round_without_effect_settles_nothing():
    """Round 1 said 无效, the row 有效 later; round 2 is dated and says nothing: the row's word counts everywhere."""
    rounds = [
        {"number": "GJ-2026-001", "round": 1, "confirmed_on": "2026-04-06", "effect": "无效"},
        {"number": "GJ-2026-001", "round": 2, "confirmed_on": "2026-04-17"},
    ]
    assert status(closed(), "2026-04-20", confirmations=rounds) == "已关闭"


def test_a_confirmed_row_is_judged_on_even_without_inspection():
    assert status(closed(inspector=None, inspected_on=None, inspection=None)) == "已关闭"
    assert status(closed(inspection="不合格")) == "已关闭"


def revision(**values):
    return {
        "number": "GJ-2026-001",
        "document_number": "OPS-QP-08",
        "due_on": "2026-04-24",
        "reviser": "样例工",
        **values,
    }


def test_the_revision_question_must_be_answered():
    found = derived(confirmed(needs_revision=None), "2026-04-20")
    assert (found.status, found.next_step) == (
        "待文件修订",
        "判断是否需修订文件，填写：是否涉及文件修订；"
        "整理书面报告并归档，填写：归档日期、报告编号、归档位置（在“归档”组中展开）",
    )


def test_a_revision_stays_open_until_done_or_refused_with_a_reason():
    action = closed(needs_revision=True)
    assert status(action, revisions=[revision()]) == "待文件修订"
    assert derived(action, "2026-04-20", revisions=[revision()]).next_actor == "样例工"
    assert status(action, revisions=[revision(revised_on="2026-04-20")]) == "已关闭"
    assert status(action, revisions=[revision(revised_on="2026-04-21")]) == "待文件修订"
    refused = {"approver": "样例甲", "approved_on": "2026-04-18", "approval": "不同意", "refusal_reason": "已有规定"}
    assert status(action, revisions=[revision(**refused)]) == "已关闭"
    for lacking in ("approver", "approved_on", "refusal_reason"):
        assert status(action, revisions=[revision(**refused | {lacking: None})]) == "待文件修订", lacking


def test_yes_without_a_row_waits_where_the_sheet_is_in_use():
    assert status(closed(needs_revision=True), revisions=[revision(number="GJ-2026-009")]) == "待文件修订"
    assert status(closed(needs_revision=True)) == "已关闭"


def test_archiving_needs_every_archive_column_that_exists():
    assert status(confirmed()) == "待归档"
    assert derived(confirmed(), "2026-04-20").next_step == (
        "整理书面报告并归档，填写：归档日期、报告编号、归档位置（在“归档”组中展开）"
    )
    assert status(closed(archive_location=None)) == "待归档"
    assert status(closed(archive_location=None), columns=without("archive_location")) == "已关闭"
    assert status(closed(), "2026-04-09") == "待归档"


def test_a_major_preventive_closes_only_with_its_review():
    major = closed(action_type="预防", severity="重大", **GM)
    assert status(major, "2026-06-30") == "待归档"
    assert derived(major, "2026-06-30").next_step.startswith("提交管理评审")
    assert status({**major, "review_number": "GLPS-2026-01"}, "2026-06-30") == "已关闭"
    assert status(closed(severity="重大", **GM), "2026-06-30") == "已关闭"


def test_closed_on_is_the_last_of_confirmation_revision_and_archiving():
    assert str(derived(closed(), "2026-05-01").closed_on) == "2026-04-10"
    rows = [revision(revised_on="2026-04-18")]
    assert str(derived(closed(needs_revision=True), "2026-05-01", revisions=rows).closed_on) == "2026-04-18"
    assert derived(confirmed(), "2026-05-01").closed_on is None


PLAIN = ("number", "description", "measure", "responsible_department", "owners", "due_on", "completed_on")


def plain(**values):
    base = {
        "number": "7",
        "description": "机房空调滴水",
        "measure": "更换排水管",
        "owners": ("样例工",),
        "due_on": "2026-06-30",
    }
    return {**base, "responsible_department": "服务台", **values}


def plain_status(action, on="2026-04-20", columns=PLAIN, **others):
    return view(action, on=on, columns=columns, people=(), **others).derived["7"].status


def test_a_plain_table_runs_until_completion_and_observation_is_skipped_to_closed():
    assert plain_status(plain()) == "实施中"
    assert plain_status(plain(completed_on="2026-04-01")) == "已关闭"
    assert plain_status(plain(measure=None)) == "待策划"


def test_without_inspection_a_completion_goes_on_to_observation():
    columns = without("inspector", "inspected_on", "inspection", "inspection_note")
    assert status(completed(), "2026-03-31", columns=columns) == "观察期"
    assert status(completed(), "2026-04-01", columns=columns) == "待效果确认"


def test_without_confirmation_it_goes_on_to_archiving():
    keys = ("confirmer", "confirmed_on", "execution", "effect", "needs_revision", "actual", "follow_ups")
    assert status(inspected(), columns=without(*keys)) == "待归档"
    assert status(inspected(), columns=without(*keys, "archived_on", "report_number", "archive_location")) == "已关闭"


def test_the_status_word_of_a_table_counts_where_no_filled_fact_contradicts_it():
    columns = (*(key for key in PLAIN if key != "completed_on"), "stated_status")
    for word in ("已关闭", " Closed ", "销号", "是", "已整改", "√", "100%"):
        assert plain_status(plain(stated_status=word), columns=columns) == "已关闭"
    assert plain_status(plain(stated_status="作废"), columns=columns) == "已取消"
    assert plain_status(plain(stated_status="已完成待验证"), columns=columns) == "待检查"
    for word in ("进行中", "搁置"):
        assert plain_status(plain(stated_status=word), columns=columns) == "实施中"


@pytest.mark.parametrize(
    ("on", "today", "expected"),
    [
        ("2026-02-28", "2026-04-20", "实施中"),  # done on 1 March: the word was written since
        ("2026-03-01", "2026-04-20", "已关闭"),
        ("2026-02-28", "2026-02-28", "已关闭"),  # a day to come is a slip: the word stands there today
    ],
)
def test_a_word_tells_nothing_of_a_day_before_the_last_thing_that_happened(on, today, expected):
    row = plain(stated_status="已关闭", completed_on="2026-03-01")
    found = register(row, columns=(*PLAIN, "stated_status"), people=())
    assert view_register(found, AsOf(day(on), day(today))).derived["7"].status == expected


def test_with_a_completion_column_the_word_counts_while_the_date_is_blank_and_cancelled_always():
    columns = (*PLAIN, "stated_status")
    assert plain_status(plain(stated_status="已关闭"), columns=columns) == "已关闭"
    assert plain_status(plain(stated_status="已取消"), columns=columns) == "已取消"
    done = plain(stated_status="进行中", completed_on="2026-03-01")
    assert plain_status(done, columns=columns) == "待检查", "a day closes no row whose word says that it isn't over"
    assert plain_status(plain(stated_status="已取消", completed_on="2026-03-01"), columns=columns) == "已取消"


def test_beside_an_inspection_done_means_completed_only_and_closed_closes():
    columns = (*PLAIN, "stated_status", "inspected_on", "inspection")
    assert plain_status(plain(stated_status="已完成"), columns=columns) == "待检查"
    assert plain_status(plain(stated_status="已闭环"), columns=columns) == "已关闭"
    failed = plain(stated_status="已闭环", inspection="不合格", inspected_on="2026-03-01", completed_on="2026-02-01")
    assert plain_status(failed, columns=columns) == "返工中"


def test_a_declared_status_word_means_what_was_declared():
    columns = (*(key for key in PLAIN if key != "completed_on"), "stated_status")
    declared = Procedure(meanings={"状态": {"搞定": "已关闭", "已完成": "待验证"}})
    assert plain_status(plain(stated_status="搞定"), columns=columns, procedure=declared) == "已关闭"
    assert plain_status(plain(stated_status="已完成"), columns=columns, procedure=declared) == "待检查"


def test_a_row_registered_later_has_no_status():
    later = AsOf(date(2026, 1, 4), today=date(2026, 1, 5))
    assert view_register(register(planned()), later).actions == ()


def test_a_row_whose_registration_lies_after_today_counts_from_an_unknown_day():
    """A wrong year in that cell took a late row out of every count, list and letter."""
    late = view(running(registered_on="2027-01-05"), on="2026-07-11")
    found = late.derived["GJ-2026-001"]
    assert (late.actions[0].registered_on, found.status, found.days_overdue) == (None, "实施中", 11)


def test_a_step_without_columns_to_fill_asks_for_none():
    columns = without("progress_note", "completed_on", "evidence")
    assert derived(running(), "2026-04-01", columns=columns).next_step == (
        "完成措施，完成后填写：进度%（在“实施”组中展开）（写“100%”）"
    )
    without_any = tuple(key for key in columns if key != "progress")
    assert derived(running(), "2026-04-01", columns=without_any).next_step == (
        "完成措施；表中没有记录完成的列，请加一列“实际完成日期”"
    )


@pytest.mark.parametrize(
    ("changes", "days"),
    [({}, 30), ({"process": "体系文件"}, 7), ({"process": "体系文件", "severity": "重大"}, 90),
     ({"process": "体系文件", "observation_days": 14}, 14)],
)  # fmt: skip
def test_a_general_action_on_system_documents_is_observed_for_a_week(changes, days):
    earliest = derived(inspected(**changes), "2026-03-06").earliest_confirmation_on
    assert (earliest - date(2026, 3, 2)).days == days


def test_a_major_measure_is_asked_for_steps_where_the_workbook_has_any():
    others = ({"number": "GJ-9", "step": "1", "content": "整理", "owners": ("样例工",), "due_on": "2026-03-01"},)
    own = ({**others[0], "number": "GJ-2026-001"},)
    asked = "；《措施分解》写步骤：步骤号、步骤内容、步骤责任人、计划完成"
    major, general = planned(severity="重大"), planned()
    assert derived(major, "2026-01-12", steps=others).next_step.endswith(asked)
    assert asked not in derived(major, "2026-01-12", steps=own).next_step
    assert asked not in derived(general, "2026-01-12", steps=others).next_step
    assert asked not in derived(major, "2026-01-12").next_step
