"""The sentences of 改进效果确认报告."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.model.paper_facts import EffectFacts, MonthAheadFacts, PastInspection, PastRefusal, ReminderFacts
from capa_xl.model.paper_kinds import A3, REQUEST
from capa_xl.model.records import Progress
from capa_xl.reports.word.context_report import report_context
from capa_xl.reports.word.examples import example_report, example_request
from capa_xl.reports.word.paper_catalogue import paper_blob, reports_blob
from capa_xl.reports.word.properties import content_hashes
from tests.reports.word.papers import engine, members, words

REPORT = example_report()


def of(**changes):
    return report_context((replace(REPORT, **changes),))["reports"][0]


def concluded(on, effect, **changes):
    """What is derived, with another round that counts."""
    found = REPORT.derived.conclusion
    last = replace(found.round, confirmed_on=on, effect=effect, **changes)
    return replace(REPORT.derived, conclusion=replace(found, confirmed_on=on, effect=effect, round=last))


def acted(**changes):
    return of(action=replace(REPORT.action, **changes))


JUNE_30 = date(2026, 6, 30)
BY_MAIL = "质量部于2026年6月30日发邮件提醒样例甲（部门经理）、样例工"
LATE = "质量部于2026年7月2日发邮件提醒样例甲（部门经理）、样例工"
OWED_BY = "应不迟于2026年6月30日"
OWED = MonthAheadFacts(date(2026, 7, 31), JUNE_30)
TOLD = replace(OWED, sent_on=JUNE_30, names=("样例甲（部门经理）", "样例工"))


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (None, "《提醒台账》没有登记内容。"),
        (ReminderFacts((TOLD,), 2, date(2026, 8, 3)),
         f"{BY_MAIL}（完成期限前一个月，{OWED_BY}）；催办 2 次（最近一次2026年8月3日）。"),
        (ReminderFacts((replace(TOLD, sent_on=date(2026, 7, 2)),)),
         f"{LATE}（完成期限前一个月，{OWED_BY}，补发，迟 2 天）；催办 0 次。"),
        (ReminderFacts((replace(TOLD, names=()),)),
         "质量部于2026年6月30日提醒责任部门，有人工记录（完成期限前一个月，应不迟于2026年6月30日）；催办 0 次。"),
        (ReminderFacts((replace(TOLD, names=("样例甲", "样例乙", "样例丙", "样例丁", "样例戊")),)),
         "质量部于2026年6月30日发邮件提醒样例甲、样例乙、样例丙、样例丁 等 5 人"
         f"（完成期限前一个月，{OWED_BY}）；催办 0 次。"),
        (ReminderFacts((OWED,)), "完成期限前一个月的提醒没有发出的记录（应不迟于2026年6月30日）；催办 0 次。"),
        (ReminderFacts((replace(OWED, filed_on=JUNE_30),), filed_follow_ups=1),
         f"完成期限前一个月的提醒2026年6月30日已生成，未发送（{OWED_BY}）；催办 0 次；另有催办 1 次已生成，未发送。"),
        (ReminderFacts((replace(OWED, short_notice=True),)),
         "完成期限前一个月的提醒没有发出的记录（期限定下时已不足一个月，应不迟于2026年6月30日）；催办 0 次。"),
        (ReminderFacts(()), "催办 0 次。"),
        (ReminderFacts((), unreached=("样例工",)), "催办 0 次；给样例工的提醒邮件没有送到。"),
        (ReminderFacts((), early=(date(2026, 7, 24),)), "到期前又提醒 1 次（最近一次2026年7月24日）；催办 0 次。"),
        (ReminderFacts((), early=(date(2026, 7, 24),), filed_early=1),
         "到期前又提醒 1 次（最近一次2026年7月24日）；另有到期前的提醒 1 次已生成，未发送；催办 0 次。"),
        (ReminderFacts((OWED, replace(TOLD, due_on=date(2026, 9, 30)))),
         "期限2026年7月31日前一个月的提醒没有发出的记录（应不迟于2026年6月30日）；"
         f"{BY_MAIL}（期限2026年9月30日前一个月，{OWED_BY}）；催办 0 次。"),
    ],
)  # fmt: skip
def test_the_reminder_sentence_says_only_what_is_on_record(facts, sentence):
    assert of(reminders=facts)["reminder"] == sentence


def test_the_observation_sentence_names_both_days():
    assert of()["observation"] == (
        "观察期 30 天（2026年7月28日至2026年8月27日），最早确认日2026年8月27日，实际确认日2026年8月31日。"
    )


def test_an_early_confirmation_gives_its_reason():
    early = concluded(date(2026, 8, 20), "有效", basis="客户要求")
    assert of(derived=early)["observation"].endswith("实际确认日2026年8月20日。提前确认理由：客户要求。")


def test_a_step_done_after_its_date_is_not_on_time():
    late = (replace(REPORT.steps[0], done_on=date(2026, 6, 27)), replace(REPORT.steps[1], done_on=None))
    assert [step["on_time"] for step in of(steps=late)["steps"]] == ["否", "未完成"]


def test_a_failed_inspection_is_listed_before_the_one_that_passed():
    assert [(row["inspector"], row["result"]) for row in of()["inspections"]] == [
        ("样例岗（服务台）", "不合格"),
        ("样例岗（服务台）", "合格"),
    ]


def test_a_stage_without_columns_says_so():
    columns = REPORT.columns - {"inspector", "inspected_on", "inspection", "inspection_note"}
    action = replace(REPORT.action, inspector=None, inspected_on=None, inspection=None, inspection_note=None)
    context = of(columns=columns, action=action, progress=())
    assert context["no_inspection"] == "本表未设此栏。"
    assert context["action"]["inspector"] == "本表未设此栏"


def test_the_conclusion_that_counts_is_printed_not_the_row_s():
    context = of(derived=concluded(date(2026, 9, 9), "无效"))
    assert context["conclusion"]["effect"] == "无效"
    assert context["boxes"]["effect"] == "☐ 有效\u3000☐ 部分有效\u3000☑ 无效"


def test_evidence_becomes_a_list_of_attachments():
    names = [row["name"] for row in acted(evidence="甲.pdf、乙；丙\n丁")["attachments"]]
    assert names == ["甲.pdf", "乙", "丙", "丁"]


def test_a_name_never_stands_in_the_signature_column():
    assert {frozenset(row) for row in of()["people"]} == {frozenset({"role", "name", "on"})}


def test_without_figures_the_paper_says_so_and_has_no_chart():
    bare = replace(REPORT, effect=EffectFacts(), action=replace(REPORT.action, indicator=None))
    assert "本项以检查记录为确认依据，未设量化指标。" in words(reports_blob(engine("report"), (bare,)))


def test_an_indicator_without_figures_yet_is_not_called_missing():
    assert of(effect=EffectFacts())["effect"]["none"] == "尚无效果数据。"


def test_a_draft_says_so_in_its_header_and_a_final_does_not():
    made = engine("report")
    assert "草稿 — 不作为归档依据" in words(reports_blob(made, (example_report(draft=True),)))
    assert "草稿" not in words(reports_blob(made, (REPORT,)))


def test_open_errors_are_a_warning_in_a_draft_and_a_note_in_a_final():
    made = engine("report")
    assert "数据提示（定稿前应处理）" in words(reports_blob(made, (example_report(draft=True),)))
    assert "附注" in words(reports_blob(made, (REPORT,)))
    assert "附注" not in words(reports_blob(made, (replace(REPORT, problems=()),)))


def test_several_actions_in_one_file_each_begin_a_page_and_keep_their_hashes():
    other = replace(REPORT, action=replace(REPORT.action, number="GJ-2026-032"), content_hash="cd" * 32)
    blob = reports_blob(engine("report"), (REPORT, other))
    assert content_hashes(blob) == {"GJ-2026-031": REPORT.content_hash, "GJ-2026-032": "cd" * 32}
    assert "GJBG-2026-031 等 2 份" in words(blob)
    assert b'w:type="page"' in members(blob)["word/document.xml"]


def test_a_file_of_somebody_else_has_no_content_hash():
    assert content_hashes(b"x") == {}


def test_a_person_is_printed_with_the_role_held_that_day_and_with_none_where_none_was_held():
    """A4: nobody becomes 归口部门负责人 by standing in that row."""
    confirmer = REPORT.derived.conclusion.confirmer
    stranger, known_one = of(roles=()), of(roles=((confirmer, REPORT.derived.conclusion.confirmed_on, "部门经理"),))
    assert stranger["conclusion"]["confirmer"] == confirmer
    assert known_one["conclusion"]["confirmer"] == f"{confirmer}（部门经理）"
    assert [row["role"] for row in stranger["people"]] == ["编制（责任部门）", "检查", "确认", "质量部收存"]
    assert "归口部门负责人" not in words(
        reports_blob(engine("report"), (replace(REPORT, roles=(), problems=(), reminders=None),))
    )


def test_who_is_expected_to_sign_is_named_only_while_nobody_is_on_record():
    bare = replace(REPORT.derived, conclusion=None)
    action = replace(REPORT.action, inspector=None, confirmer=None)
    roles = [row["role"] for row in of(derived=bare, action=action)["people"]]
    assert roles[1:3] == ["检查（应检查部门）", "确认（归口部门负责人）"]


def test_an_approval_without_a_document_says_that_the_tracker_alone_tells_of_it():
    assert acted(approval_evidence="OA-2026-0612")["approvals"][0]["evidence"] == "批准凭证：OA-2026-0612"
    assert acted(approval_evidence=None)["approvals"][0]["evidence"] == "批准依据：台账记载"
    assert acted(approval_evidence=None, approval=None)["approvals"][0]["evidence"] == ""


def test_the_confirmation_of_a_major_action_is_asked_for_its_document():
    major = replace(REPORT.action, severity="重大", confirmation_evidence=None)
    assert of(action=major)["conclusion"]["evidence"] == "确认依据：台账记载"
    assert acted(severity="一般", confirmation_evidence=None)["conclusion"]["evidence"] == ""
    assert acted(confirmation_evidence="OA-2026-0831")["conclusion"]["evidence"] == "确认凭证：OA-2026-0831"
    later = concluded(date(2026, 10, 8), "有效")
    assert of(action=replace(major, confirmation_evidence="OA-2026-0831"), derived=later)["conclusion"]["evidence"] == (
        "确认依据：台账记载"
    )


def test_a_long_basis_stands_whole_below_the_table_and_where_the_report_lies_below_the_signatures():
    """In its cell it would break across pages and leave its label behind."""
    long = "抽查夜间告警。" * 200
    derived = concluded(date(2026, 9, 4), "有效", basis=long)
    said = words(reports_blob(engine("report"), (replace(REPORT, derived=derived),)))
    assert "（全文见表下）" in said and f"确认依据全文：\n{long}\n" in said
    assert of(derived=concluded(date(2026, 9, 4), "有效", basis="客户要求"))["conclusion"]["whole"] == ""
    assert "归档位置：质量部档案柜 3-2" in said


def test_twenty_five_doers_of_a_step_are_the_first_and_their_number():
    many = tuple(f"样例人员{at:02}" for at in range(1, 26))
    steps = of(steps=(replace(REPORT.steps[0], department=None, owners=many),))["steps"]
    assert steps[0]["owners"] == "样例人员01 等 25 人"


def test_an_empty_part_is_said_behind_its_heading():
    """A line of its own for each costs a short report a page."""
    bare = replace(
        REPORT, steps=(), extensions=(), progress=(),
        action=replace(REPORT.action, resources=None, resources_on=None, involved_departments=(), communication=None),
    )  # fmt: skip
    said = words(reports_blob(engine("report"), (bare,)))
    assert "1.5 资源与沟通　没有登记资源需求、涉及部门和沟通记录；没有登记资源申请。" in said
    assert "2.2 步骤完成情况　本项未分解步骤。" in said and "2.4 期限变更　没有登记延期。" in said


def test_earlier_inspections_are_printed_with_the_day_they_were_written_over():
    past = PastInspection("样例检", date(2026, 7, 29), "不合格", "缺演练记录", date(2026, 8, 4))
    rows = of(past_inspections=(past,), progress=())["inspections"]
    assert [(str(row["on"]), row["result"], row["note"]) for row in rows] == [
        ("2026-07-29", "不合格", "缺演练记录（台账原记载，2026年8月4日起改为下一行）"),
        ("2026-08-03", "合格", "抽查夜间告警 20 条，全部转到值班手机。"),
    ]


def test_a_refusal_before_the_approval_is_printed_with_what_was_submitted_again():
    past = PastRefusal("样例总", date(2026, 2, 3), date(2026, 2, 10))
    again = Progress(
        row=2, number="GJ-1", on=date(2026, 2, 5), recorded_by="样例工", kind="重新报批", content="加了演练"
    )
    refused, last = of(past_refusals=(past,), progress=(again,))["approvals"]
    assert (refused["approver"], str(refused["on"]), refused["result"]) == ("样例总", "2026-02-03", "不同意")
    assert refused["decision"] == "台账原记载，2026年2月10日起改为下一行；2026年2月5日重新报批：加了演练（样例工）"
    assert last["result"] == "同意" and "重新报批" not in (last["decision"] or "")
    (only,) = of(progress=(again,))["approvals"]
    assert only["decision"].endswith("2026年2月5日重新报批：加了演练（样例工）")


def test_a_note_of_the_failed_inspection_says_so_beside_the_verdict_that_followed():
    rows = of(note_failed_on=date(2026, 7, 29))["inspections"]
    note = "抽查夜间告警 20 条，全部转到值班手机。（2026年7月29日检查不合格时所写，再次检查没有改写）"
    assert (rows[-1]["result"], rows[-1]["note"]) == ("合格", note)


def test_the_evidence_of_a_refusal_says_so_beside_the_verdict_that_followed():
    past = PastRefusal("样例总", date(2026, 2, 3), date(2026, 2, 10), "OA-1")
    action = replace(REPORT.action, approval_evidence="OA-1")
    refused, last = of(action=action, past_refusals=(past,), evidence_refused_on=past.on)["approvals"]
    assert refused["evidence"] == "批准凭证：OA-1"
    assert last["evidence"] == "批准凭证：OA-1，是2026年2月3日不同意那次的，再次审批没有改写"


def test_conclusions_before_the_one_that_counts_are_printed():
    rows = of()["past_conclusions"]
    assert [(row["round"], row["observed"], row["effect"], str(row["on"]), row["basis"]) for row in rows] == [
        (None, "2026-07-28 至 2026-08-13", "部分有效", "2026-08-14", "8月上半月事件单")
    ]
    said = words(reports_blob(engine("report"), (REPORT,)))
    assert "历次确认：" in said and "部分有效" in said[said.index("历次确认：") :]
    assert "历次确认" not in words(reports_blob(engine("report"), (replace(REPORT, past_conclusions=()),)))


@pytest.mark.parametrize(
    ("since", "repeats", "sentence"),
    [
        (None, (), "尚未完成，无从判断。"),
        (date(2026, 10, 24), (),
         "2026年10月24日至2026年11月22日（29 天）未登记同类问题；不足 180 天，尚不能说明没有复发。"),
        (date(2026, 5, 27), (),
         "2026年5月27日至2026年11月22日（179 天）未登记同类问题；不足 180 天，尚不能说明没有复发。"),
        (date(2026, 5, 26), (), "2026年5月26日至2026年11月22日（180 天）未登记同类问题。"),
        (None, ("GJ-9",), "后来登记的同类问题（以本项为前次编号，或过程、类别、原因相同）：GJ-9。"),
    ],
)  # fmt: skip
def test_no_recurrence_is_said_over_a_span_and_a_short_one_says_nothing(since, repeats, sentence):
    assert of(watched_from=since, recurrences=repeats)["recurrence"] == sentence


def test_a_sheet_that_is_not_in_use_proves_no_absence():
    names = ("no_steps", "no_requests", "no_log", "no_extensions")
    unused = of(steps=None, progress=None, extensions=None)
    assert all(unused[name].startswith("《") for name in names)
    used = of(steps=(), progress=(), extensions=())
    said = [used[name] for name in names]
    assert said == ["本项未分解步骤。", "没有登记资源申请", "实施中未登记问题。", "没有登记延期。"]


def test_who_handed_in_an_attachment_stands_nowhere_and_stays_blank():
    assert all(row["owner"] is None for row in acted(evidence="工单导出 14 张、演练记录")["attachments"])


def test_a_cancelled_action_says_so_below_the_title_in_place_of_its_stages():
    reason = "并入其他措施"
    action = replace(REPORT.action, cancelled_on=date(2026, 11, 10), cancel_reason=reason, cancel_approver="样例总")
    derived = replace(REPORT.derived, status="已取消")
    facts = replace(REPORT, action=action, derived=derived, roles=(("样例总", date(2026, 11, 10), "总经理"),))
    sentence = "已取消（2026年11月10日，样例总（总经理）批准）：并入其他措施"
    assert report_context((facts,))["reports"][0]["cancelled"] == sentence
    told = words(reports_blob(engine("report"), (facts,)))
    assert sentence in told and "定稿前应处理" not in told
    assert sentence in words(paper_blob(engine("a3"), A3, facts))
    request = replace(example_request(), action=action, derived=derived, roles=facts.roles)
    assert sentence in words(paper_blob(engine("request"), REQUEST, request))
    bare = replace(facts, action=replace(action, cancelled_on=None, cancel_reason=None, cancel_approver=None))
    told = report_context((bare,))["reports"][0]["cancelled"]
    assert told == "已取消（没有登记日期，没有登记批准人）：没有登记原因"


def test_who_approved_a_correction_stands_with_the_role_that_makes_it_count():
    roles = (("样例质", date(2026, 5, 10), "归口部门负责人、部门经理、质量部负责人"),)
    entry = replace(REPORT.corrections[0], approver="样例质", on=date(2026, 5, 10))
    (row,) = of(corrections=(entry,), roles=roles)["corrections"]
    assert row["approver"] == "样例质（质量部负责人）"
    plain = (("样例质", date(2026, 5, 10), "部门经理"),)
    assert of(corrections=(entry,), roles=plain)["corrections"][0]["approver"] == "样例质（部门经理）"
