from datetime import date

from msgspec.structs import replace

from capa_xl.model.journal import JournalView, Posting
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.procedure import Procedure
from capa_xl.policy.check import check
from capa_xl.policy.errors_first import with_errors_first
from capa_xl.policy.reminders.rehearse import as_if_sent, rehearse
from capa_xl.policy.reminders.reminder_plan import plan_reminders
from tests.policy.registers import PEOPLE, completed, planned, running, view
from tests.policy.reminders.plans import EMPTY, duties, heard, people, plan

LATE = {"due_on": "2026-11-12", "registered_on": "2026-09-03"}
ABSENT = {"deputy": "样例检", "deputy_from": "2026-05-25", "deputy_to": "2026-05-31"}


def test_a_second_run_on_the_same_day_sends_nothing_and_counts_what_was_sent():
    first = plan(running(), on="2026-05-29")
    second = plan(running(), on="2026-05-29", journal=as_if_sent(EMPTY, first.duties, date(2026, 5, 29)))
    assert (len(first.duties), first.already_sent) == (2, 0)
    assert (second.duties, second.capped) == ((), ())
    assert (second.already_sent, second.already_filed) == (0, 2)


def test_the_deputy_gets_it_and_the_person_is_told():
    staff = people(样例甲=ABSENT)
    assert duties(running(), on="2026-05-29", people=staff) == [
        ("样例检", "M1", "0"), ("样例甲*", "M1", "0"), ("样例工", "M1", "0"),
    ]  # fmt: skip
    assert plan(running(), on="2026-05-29", people=staff).duties[0].deputy_for == "样例甲"


def test_what_the_deputy_got_is_not_repeated_to_the_person_afterwards():
    found = heard(running(), start="2026-05-29", until="2026-06-10", people=people(样例甲=ABSENT))
    assert [name for _, name, _, _ in found] == ["样例检", "样例甲", "样例工"]


def test_a_deputy_who_must_act_anyway_gets_it_once():
    staff = people(样例甲={**ABSENT, "deputy": "样例工"})
    assert duties(running(), on="2026-05-29", people=staff) == [("样例工", "M1", "0"), ("样例甲*", "M1", "0")]


def test_a_department_without_a_manager_falls_back_to_its_head_and_then_to_quality():
    action = running(responsible_department="备件部", owning_department="备件部")
    store = {"name": "样例壬", "department": "备件部", "roles": ("员工",)}
    assert duties(action, on="2026-05-29", people=(*PEOPLE, store))[0] == ("样例质", "M1", "0")
    head = {"name": "样例壬", "department": "备件部", "roles": ("归口部门负责人",), "email": "ren@yangli-ops.example"}
    assert duties(action, on="2026-05-29", people=(*PEOPLE, head))[0] == ("样例壬", "M1", "0")


def test_who_left_gets_nothing_and_their_deputy_does():
    left = people(样例工={"active": False})
    found = plan(running(), on="2026-05-29", people=left)
    assert names(found) == ["样例甲"]
    assert found.unreachable == ("样例工",)
    named = people(样例工={"active": False, "deputy": "样例检"})
    assert duties(running(), on="2026-05-29", people=named) == [("样例甲", "M1", "0"), ("样例检", "M1", "0")]


def test_nobody_without_a_usable_address_is_guessed_at():
    for email in (None, "gong@x.example; other@x.example", "gong@@x.example"):
        found = plan(running(), on="2026-05-29", people=people(样例工={"email": email}))
        assert found.unreachable == ("样例工",)
        assert names(found) == ["样例甲"]
    assert found.refused == ("样例工 <gong@@x.example>",)


def test_a_full_width_address_is_made_plain():
    found = plan(running(), on="2026-05-29", people=people(样例工={"email": "gong＠x.example"}))
    assert [d.address for d in found.duties if d.key.recipient == "样例工"] == ["gong@x.example"]


def test_without_a_roster_everybody_is_unreachable_and_nothing_breaks():
    found = plan(running(), on="2026-05-29", people=())
    assert (found.duties, found.unreachable) == ((), ("服务台", "样例工"))


def test_an_unreachable_reminder_stays_due():
    mute = people(样例工={"email": None})
    journal = as_if_sent(EMPTY, plan(running(), on="2026-05-29", people=mute).duties, date(2026, 5, 29))
    assert duties(running(), on="2026-06-01", journal=journal) == [("样例工", "M1", "0")]


def names(found):
    return [d.key.recipient for d in found.duties if d.key.milestone != "Q1"]


def late_actions(count):
    return [running(number=f"GJ-2026-{n:03d}", **LATE) for n in range(1, count + 1)]


def test_two_letters_a_week_besides_the_month_ahead_one():
    journal = replace(EMPTY, letters_in_week={("样例工", "2026-W46"): 2})
    found = plan(running(**LATE), on="2026-11-13", journal=journal)
    assert names(found) == ["样例甲"]
    assert [(d.key.recipient, d.capped) for d in found.capped] == [("样例工", True)]


def test_a_month_ahead_reminder_is_never_capped_and_takes_the_rest_along():
    ahead = running(number="GJ-2026-002", due_on="2026-12-13", registered_on="2026-09-03")
    journal = replace(EMPTY, letters_in_week={("样例工", "2026-W46"): 2})
    found = plan(running(**LATE), ahead, on="2026-11-13", journal=journal)
    assert sorted(d.key.milestone for d in found.duties if d.key.recipient == "样例工") == ["M1", "O1"]


def test_the_cap_is_a_setting_and_capped_ones_come_in_the_next_week():
    found = heard(running(**LATE), start="2026-11-13", until="2026-11-20", procedure=Procedure(letters_per_week=1))
    assert [on for on, name, _, _ in found if name == "样例工"] == ["2026-11-13", "2026-11-16"]


def test_one_letter_per_person_and_day_even_if_the_table_changed_since():
    journal = as_if_sent(EMPTY, plan(running(**LATE), on="2026-11-13").duties, date(2026, 11, 13))
    second = running(number="GJ-2026-002", **LATE)
    found = plan(running(**LATE), second, on="2026-11-13", journal=journal)
    assert (found.duties, {d.key.number for d in found.capped}) == ((), {"GJ-2026-002"})
    assert plan(second, on="2026-11-14", journal=journal).duties


def posting(result):
    duty = plan(running(**LATE), on="2026-11-13").duties[0]
    return Posting(duty.key, result, duty.planned_on, None, "", "smtp", "<1>", "连接中断")


def test_unknown_is_never_resent_unless_somebody_asks():
    journal = replace(EMPTY, postings=(posting("unknown"),))
    assert duties(running(**LATE), on="2026-11-13", journal=journal) == [("样例甲", "O1", "0")]
    assert duties(running(**LATE), on="2026-11-13", journal=journal, resend_unknown=True)[0] == ("样例工", "O1", "0")


def test_failed_is_tried_again():
    journal = replace(EMPTY, postings=(posting("failed"),))
    assert len(duties(running(**LATE), on="2026-11-13", journal=journal)) == 2


def weekly(*actions, on="2026-11-16", **others):
    result = plan(*actions, on=on, **others)
    return [d.key.recipient for d in result.duties if d.key.milestone == "Q1"], result.weekly.summary


def test_quality_hears_on_mondays_and_only_if_there_is_something_to_say():
    figures = "在办 1 项，实施逾期 1 项，环节超时 0 项，一个月内到期 0 项"
    assert weekly(running(**LATE)) == (["样例质", "样例检"], figures)
    assert weekly(running(due_on="2027-06-30", registered_on="2026-11-02", approved_on="2026-11-03")) == ([], "")
    assert weekly(completed(due_on="2026-11-30", completed_on="2026-11-13")) == ([], "")


def test_the_weekly_digest_lists_what_cannot_be_done_by_the_owners():
    error = Problem(
        "PL01", "4.4.4", Severity.ERROR, "改进计划跟踪表", "AH7", "GJ-2026-009", 7, "未规定完成期限", "填写完成期限"
    )
    journal = replace(EMPTY, postings=(posting("failed"),))
    names, summary = weekly(planned(due_on="2026-11-30"), problems=[error], journal=journal,
                            people=people(样例工={"email": None}))  # fmt: skip
    assert names == ["样例质", "样例检"]
    tally, others = summary.split("，数据错误")
    assert tally == "在办 1 项，实施逾期 0 项，环节超时 1 项（审批 1），一个月内到期 1 项"
    assert others == " 1 项，无法送达 1 项，邮件失败或结果不明 1 项"


def test_the_weekly_digest_does_not_call_failed_what_goes_out_with_it():
    """Failed on Monday, and the week's letter of Tuesday with it; the failure of the week before isn't tried again."""
    monday = plan(running(**LATE), on="2026-11-16").duties[0]
    failed = Posting(monday.key, "failed", monday.planned_on, None, "", "smtp", "<1>", "连接中断")
    found = plan(running(**LATE), on="2026-11-17", journal=replace(EMPTY, postings=(failed,)))
    assert failed.key in {duty.key for duty in found.duties} and said_of_mail(found).endswith(
        "上次发送失败 连接中断，这次再发，结果见《提醒台账》"
    )
    before = plan(running(**LATE), on="2026-11-16", journal=replace(EMPTY, postings=(posting("failed"),)))
    assert said_of_mail(before).endswith("发送失败 连接中断") and "上次" not in said_of_mail(before)


def test_the_weekly_digest_does_not_list_the_very_letter_that_is_read_nor_goes_out_for_it_alone():
    """Of this week and of the one before; what nobody knows the fate of stays, and who gets no digest today does."""

    def failed(duty, occurrence="", result="failed"):
        key = replace(duty.key, occurrence=occurrence or duty.key.occurrence)
        return Posting(key, result, duty.planned_on, None, "", "smtp", "<1>", "不在 allowed_domains 之内 → 请放行")

    monday = plan(running(**LATE), on="2026-11-16")
    letters = {(duty.key.recipient, duty.key.milestone): duty for duty in monday.duties}
    own, owner = letters["样例质", "Q1"], letters["样例工", "O1"]
    tried = (failed(own), failed(own, "2026-W46"), failed(letters["样例检", "Q1"]), failed(owner))
    found = plan(running(**LATE), on="2026-11-17", journal=replace(EMPTY, postings=tried))
    assert said_of_mail(found).endswith("不在 allowed_domains 之内，这次再发，结果见《提醒台账》")
    assert ("样例质", "Q1") in {(duty.key.recipient, duty.key.milestone) for duty in found.duties}
    unknown = replace(EMPTY, postings=(failed(own, "2026-W46", "unknown"),))
    assert "结果不明" in said_of_mail(plan(running(**LATE), on="2026-11-17", journal=unknown))
    calm = {"due_on": "2027-06-30", "registered_on": "2026-11-02", "approved_on": "2026-11-03"}
    quiet = plan(running(**calm), on="2026-11-17", journal=replace(EMPTY, postings=(failed(own),)))
    assert (quiet.weekly.lists, quiet.duties) == ((), ())


def said_of_mail(found):
    ((line,),) = (part.lines for part in found.weekly.lists if part.heading == "邮件失败或结果不明")
    return line.words


def test_a_missed_monday_is_made_up_in_its_week():
    journal = as_if_sent(EMPTY, plan(running(**LATE), on="2026-11-16").duties, date(2026, 11, 16))
    assert weekly(running(**LATE), on="2026-11-18", journal=journal)[0] == []
    assert weekly(running(**LATE), on="2026-11-18")[0] == ["样例质", "样例检"]


def test_the_key_names_workbook_item_milestone_due_version_occurrence_and_person():
    duty = plan(running(**LATE), on="2026-11-16").duties[0]
    assert duty.key.workbook_id == "W-1"
    assert (duty.key.number, duty.key.milestone, duty.key.due_version, duty.key.occurrence, duty.key.recipient) == (
        "GJ-2026-001", "O1", "2026-11-12", "2026-W47", "样例工",
    )  # fmt: skip


def test_who_hears_of_somebody_elses_deadline_is_asked_to_see_to_it():
    owner, manager = plan(running(**LATE), on="2026-11-13").duties[:2]
    assert owner.what == "完成措施，填写：实施情况、实际完成日期、完成证据"
    assert manager.what == f"请提醒 样例工 {owner.what}"
    deputy = plan(running(**LATE), on="2026-11-13", people=people(样例工={**ABSENT, "deputy_to": "2026-12-31"})).duties[
        0
    ]
    assert (deputy.key.recipient, deputy.what) == ("样例检", owner.what)


def test_nobody_is_asked_to_remind_himself_or_to_do_what_somebody_else_is_asked():
    asked = {"number": "GJ-2026-001", "on": "2026-11-20", "kind": "资源申请", "content": "备用光模块两只"}
    found = plan(running(**LATE), on="2026-12-21", progress=[asked]).duties
    general = next(duty for duty in found if duty.key.recipient == "样例总" and duty.key.milestone != "S6")
    assert general.what == (
        "请提醒 样例工 完成措施，填写：实施情况、实际完成日期、完成证据；"
        "《进展反馈》：由样例总答复资源申请（处理意见等 4 格）"
    )


def test_a_duty_says_what_where_and_how_late():
    duty = plan(running(**LATE, description="夜间告警\n无人响应" + "很久" * 30), on="2026-11-16").duties[0]
    assert (duty.days, duty.status, duty.department, duty.sheet) == (4, "实施中", "服务台", "改进计划跟踪表")
    assert duty.cell == view(running(), on="2026-11-16").at(2, "progress_note")
    assert duty.title.startswith("夜间告警 无人响应很久") and len(duty.title) == 60


def test_a_rehearsal_plans_each_day_as_if_the_days_before_had_been_sent():
    actions = [running(**LATE), running(number="GJ-2026-002", due_on="2026-12-18", registered_on="2026-09-03")]
    found = {
        str(on): sorted({d.key.milestone for d in result.duties})
        for on, result in rehearse(lambda on: view(*actions, on=on), date(2026, 11, 13), date(2026, 11, 20), EMPTY)
    }
    assert found == {
        "2026-11-13": ["O1", "Q1"], "2026-11-16": ["O1", "Q1"], "2026-11-18": ["M1"], "2026-11-20": ["O2"],
    }  # fmt: skip


def test_a_plan_does_not_depend_on_the_order_of_the_journals_mappings():
    journal = JournalView("W-1", letters_in_week={("样例工", "2026-W46"): 1})
    assert plan(*late_actions(3), on="2026-11-13", journal=journal) == plan(
        *late_actions(3), on="2026-11-13", journal=journal
    )


def title_of(description: str) -> str:
    (late,) = plan(running(description=description, **LATE), on="2026-11-16").weekly.lists
    return late.lines[0].title


def test_the_lines_of_the_digest_give_the_first_clauses_of_the_problem():
    """31 characters fit; of more, the clauses that end within them."""
    assert title_of("一二三四五六七八九十" * 3 + "一。") == "一二三四五六七八九十" * 3 + "一"
    long = "7/8 发布客户C 补丁时误重启 2 台数据库主机，业务中断 3 小时 12 分，用去年度允许中断的大半"
    assert title_of(long) == "7/8 发布客户C 补丁时误重启 2 台数据库主机…"


def test_a_letter_gives_a_problem_whole_or_up_to_a_clause():
    long = "7/8 发布客户C 补丁时误重启 2 台数据库主机，业务中断 3 小时 12 分，用去年度允许中断的大半，客户要求书面说明"
    duty = plan(running(description=long, **LATE), on="2026-11-13").duties[0]
    assert duty.title == "7/8 发布客户C 补丁时误重启 2 台数据库主机，业务中断 3 小时 12 分，用去年度允许中断的大半…"


def manager_of(**others):
    return next(d for d in plan(running(**LATE, **others), on="2026-11-13").duties if d.key.recipient == "样例甲").what


def test_nobody_is_asked_to_remind_who_left_or_is_in_no_list():
    fill = "完成措施，填写：实施情况、实际完成日期、完成证据"
    assert manager_of(owners=("样例无",)) == f"请先改派或更正姓名：样例无（不在名单）；再{fill}"
    left = plan(running(**LATE), on="2026-11-13", people=people(样例工={"active": False})).duties
    (manager,) = [one.what for one in left if one.key.recipient == "样例甲"]
    assert manager == f"请先改派或更正姓名：样例工（已离职，没有代理人）；再{fill}"


FIRST_AND_THEN = "先改提出人（由质量部改，或登记到《人员部门》），再完成措施，填写："


def manager_told_of_errors(**others):
    seen = view(running(**LATE, raised_by="外人"), on="2026-11-13", **others)
    found = plan_reminders(with_errors_first(seen, check(seen).problems), EMPTY).duties
    return next(one.what for one in found if one.key.recipient == "样例甲")


def test_what_stands_behind_a_name_to_put_right_has_one_first():
    """Once 请先改派…；再先改提出人, and 再改提出人…，再完成措施."""
    said = manager_told_of_errors(people=people(样例工={"active": False}))
    assert said.startswith(f"请改派或更正姓名：样例工（已离职，没有代理人）；并请提醒 质量部：{FIRST_AND_THEN}")


def test_who_puts_right_what_goes_before_the_work_is_to_be_reminded_too():
    """Once 请提醒 样例工 先改提出人（由质量部改）: he can't."""
    assert manager_told_of_errors().startswith(f"请提醒 质量部、样例工：{FIRST_AND_THEN}")


def test_the_digest_names_whom_every_surface_names_with_the_reason():
    silent = (("样例机", "邮箱「不详」不能用"),)
    found = plan_reminders(view(running(**LATE, owners=("样例无",)), on="2026-11-16"), EMPTY, (), silent)
    (part,) = [part for part in found.weekly.lists if part.heading == "无法送达"]
    assert [line.words for line in part.lines] == [
        "样例机：邮箱「不详」不能用 → 请在《人员部门》填写",
        "样例无：没有可用的邮箱 → 请在《人员部门》填写",
    ]
