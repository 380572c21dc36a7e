"""XR01–XR04, XR08–XR11: issues and needs of the register, until each has its row or its answer (3.2, 3.3.3, 4.2.1)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.meant_number import also_written, typed_plainly, writings
from capa_xl.model.months import months_before
from capa_xl.model.problem import Hit
from capa_xl.model.records import Need
from capa_xl.model.schema import spec_of
from capa_xl.policy.beside_the_row import headings_of
from capa_xl.policy.complaint_clocks import clocks_of
from capa_xl.policy.need_answers import (
    EVALUATION,
    answers_by_need,
    correction_limit,
    corrections,
    evaluation_blanks,
    evaluation_limit,
    is_accepted_nonconformity,
    is_evaluated,
    is_evaluated_too_late,
)
from capa_xl.policy.rules.message_words import PUT_BACK, SETTINGS, settings_sheet
from capa_xl.policy.rules.rule import E, I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs


def _no_correction(given: RuleInputs) -> Iterator[Hit]:
    """A row whose 措施类型 is still open counts: it may become the correction."""
    answers = answers_by_need(given.view)
    for need in given.view.needs:
        if not is_accepted_nonconformity(need) or corrections(given.view, answers, need) or _went_away(given, need):
            continue
        limit = correction_limit(given.view, need)
        in_time = limit is None or given.on <= limit
        linked = answers.get(need.number or "", {})
        others = "、".join(f"{number}（{kind}）" for number, kind in linked.items())
        facts, unseen = {"id": need.number or "", "others": others}, given.may_hold(need.number, need.registered_on)
        severity = I if in_time else W if unseen else None
        what = "没有找到纠正措施" if unseen else "未制定纠正措施"
        yield given.hit_on("needs", need, "tracker_numbers", need.number, severity, what=what, away=unseen, **facts)


def _adopted_without_row(given: RuleInputs) -> Iterator[Hit]:
    """Accepted nonconformities are XR01's, with its grace."""
    answers = answers_by_need(given.view)
    for need in given.view.needs:
        is_answered = need.number in answers or _went_away(given, need)
        if need.evaluation == words.ADOPTED and not is_accepted_nonconformity(need) and not is_answered:
            unseen = given.may_hold(need.number, need.registered_on)
            facts = {"id": need.number or "", "what": "没有找到对应的行" if unseen else "未列入计划", "away": unseen}
            yield given.hit_on("needs", need, "tracker_numbers", need.number, W if unseen else None, **facts)


def _went_away(given: RuleInputs, need: Need) -> bool:
    """It names a row that went to an archive which can't be read: nobody knows of which 措施类型."""
    return any(number in given.view.register.away for number in need.tracker_numbers)


def _not_evaluated_in_time(given: RuleInputs) -> Iterator[Hit]:
    """Not yet, or too late; what was registered before the start day is history."""
    procedure = given.view.procedure
    for need in given.view.needs:
        if is_evaluated_too_late(given.view, need):
            how = f"才评估（{need.evaluated_on}）" if is_evaluated(need) else "未评估"
            key = "evaluated_on" if is_evaluated(need) else "evaluation"
            old = I if procedure.is_old(need.registered_on) else None
            facts = {"id": need.number or "", "n": str(procedure.limit_evaluation), "how": how}
            facts["settings"] = settings_sheet(given.view.register)
            facts["missing"] = "" if is_evaluated(need) else headings_of(Need, _blanks_there(given, need))
            hit = given.hit_on("needs", need, key, need.number, old, **facts)
            yield replace(hit, on=evaluation_limit(given.view, need))


def _blanks_there(given: RuleInputs, need: Need) -> Iterator[str]:
    table = given.table("needs")
    return (key for key in evaluation_blanks(need) if table is None or table.has(key))


def _evaluated_elsewhere(given: RuleInputs) -> Iterator[Hit]:
    roster = given.view.roster
    for need in given.view.needs:
        name = need.evaluator
        if name is not None and roster.exists(name) and not roster.in_quality(name, need.evaluated_on or given.on):
            yield given.hit_on("needs", need, "evaluator", need.number, v=name)


def _needs_vanished(given: RuleInputs) -> Iterator[Hit]:
    """Rejected and merged needs are kept too; a sheet that is gone took all of its rows with it.

    A number that was put right since is not gone: of two writings the plain one sorts first.
    """
    table = given.table("needs")
    sheet, at, present, merged = spec_of("needs").name, "", set(), ""
    if table is not None:
        merged = "、".join(dict.fromkeys(cell for (_, key), cell in table.anchors.items() if key == "number"))
        sheet, at = table.sheet, table.cell(table.header_row, "number")
        present = {need.number for need in table.records}
    typed = {typed_plainly(number): number for number in present if number}
    for number, *others in writings((given.journal.needs if given.journal is not None else frozenset()) - present):
        now = typed.get(typed_plainly(number), "")
        if not now or number < now:
            gone = f"写成了「{now}」" if now else "" if merged else f"被删除{also_written(others)}"
            yield Hit(sheet, at or None, number, facts={"cells": merged, "gone": gone})


def _not_replied(given: RuleInputs) -> Iterator[Hit]:
    for need in given.view.needs:
        if (
            need.reply_due_on is not None
            and need.replied_on is None
            and not need.reply
            and given.on > need.reply_due_on
        ):
            hit = given.hit_on("needs", need, "replied_on", need.number, id=need.number or "", d=str(need.reply_due_on))
            yield replace(hit, on=need.reply_due_on)


def _deferred_for_long(given: RuleInputs) -> Iterator[Hit]:
    limit = months_before(given.on, 6)
    for need in given.view.needs:
        since = need.evaluated_on or need.registered_on
        if need.evaluation == words.DEFERRED and since is not None and since < limit:
            yield given.hit_on("needs", need, "evaluation", need.number, id=need.number or "", d=str(since))


def _complaint_late(given: RuleInputs) -> Iterator[Hit]:
    for need in given.view.needs:
        for clock in clocks_of(need, given.on):
            if clock.is_late or clock.is_missed(given.view.as_of):
                how = f"{clock.done} 才{clock.what}" if clock.done else f"没有{clock.what}"
                todo = "" if clock.done else clock.what
                facts = {"id": need.number or "", "how": how, "d": clock.limit, "todo": todo}
                hit = given.hit_on("needs", need, clock.key, need.number, W if clock.done else None, **facts)
                yield replace(hit, on=clock.limit_on)


XR01 = Rule(
    "XR01", "4.2.1", E, "成立的不合格或投诉没有纠正措施（登记后 10 个工作日内为提示；可能在读不到的归档里的为警告）",
    "不合格 {id} {what}⟦：关联的 {others}不是纠正⟧",
    PUT_BACK + "⟦{others}实为纠正的，把措施类型改为纠正；否则⟧在跟踪表新增纠正措施并互填编号，或登记不成立及理由",
    _no_correction, ("needs:is_valid",), also=(W, I),
)  # fmt: skip
XR02 = Rule(
    "XR02", "3.2", E, "采纳的需求在跟踪表中没有对应的行（可能在读不到的归档里的为警告）",
    "已采纳需求 {id} {what}",
    PUT_BACK + "在跟踪表新增一行，并在需求的跟踪表编号填它的编号",
    _adopted_without_row, ("needs:evaluation",), also=(W,),
)  # fmt: skip
XR03 = Rule(
    "XR03", "3.2", W, "需求没有按时评估（《参数》“限期工作日_评估”；提醒启用、接管以前登记的为提示）",
    "需求 {id} 超过 {n} 个工作日{how}",
    "⟦未评估的请质量部评估，填{missing}；⟧已超时的⟦，或后来改短了{settings}限期的⟧，写《例外说明》",
    _not_evaluated_in_time, ("needs:evaluation", "needs:registered_on"), also=(I,),
    in_general={"missing": headings_of(Need, EVALUATION), "settings": SETTINGS},
)  # fmt: skip
XR04 = Rule(
    "XR04", "3.2", W, "需求的评估人不是质量部的人",
    "需求评估应由质量部进行，评估人是「{v}」",
    "由质量部评估",
    _evaluated_elsewhere, ("needs:evaluator", "people:department"),
)  # fmt: skip
XR08 = Rule(
    "XR08", "3.3.3", W, "要求单过了要求回复日期没有回复",
    "要求单 {id} 逾期未回复（要求 {d}）",
    "请接收部门回复，填回复日期和回复摘要",
    _not_replied, ("needs:reply_due_on", "needs:replied_on|needs:reply"),
)  # fmt: skip
XR09 = Rule(
    "XR09", "3.2", I, "暂缓的需求已超过半年",
    "暂缓需求 {id} 已超过半年（{d}）",
    "重新评估",
    _deferred_for_long, ("needs:evaluation",),
)  # fmt: skip
XR10 = Rule(
    "XR10", "4.2.1", E, "顾客投诉过了要求的时间没有响应或书面回复（超时办理的为警告）",
    "投诉 {id} {how}（要求 {d}）",
    "⟦立即{todo}并填时间；⟧超时的原因写进《例外说明》",
    _complaint_late, ("needs:respond_by|needs:answer_by", "needs:responded_at|needs:answered_at"), also=(W,),
)  # fmt: skip
XR11 = Rule(
    "XR11", "3.2", E, "上次检查时有的登记编号现在没有了",
    "登记编号 {id} 在上次检查后⟦{gone}⟧⟦不见了：{cells} 合并了几行，或被删除⟧",
    "⟦取消单元格 {cells} 的合并，各行写回自己的登记编号；⟧"
    "恢复这一行（不采纳的也保留，填评估结论和评估说明），改了登记编号的改回；可取回 .capa_xl/backups 里的备份对照",
    _needs_vanished, ("+snapshot",),
)  # fmt: skip
