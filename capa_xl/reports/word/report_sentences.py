"""The sentences of 改进效果确认报告: reminders (4.4.6), observation (4.5.1)."""

from __future__ import annotations

from capa_xl.model.paper_facts import ReportFacts
from capa_xl.reports.word.printable import PrintedDay


def reminder_sentence(facts: ReportFacts) -> str:
    """2.5: when the department was reminded a month before, and how often afterwards."""
    found = facts.reminders
    if found is None:
        return "提醒台账未启用。"
    planned = f"应于{PrintedDay.of(found.planned_on)}前" if found.planned_on else "无完成期限"
    if found.sent_on is None:
        return f"台账中没有完成期限前{found.lead.words}的提醒记录（{planned}）；其后催办 {found.follow_ups} 次。"
    sent = PrintedDay.of(found.sent_on)
    return f"质量部于{sent}提醒责任部门（完成期限前{found.lead.words}，{planned}）；其后催办 {found.follow_ups} 次。"


def observation_sentence(facts: ReportFacts) -> str:
    """4.1 in one sentence."""
    action, derived = facts.action, facts.derived
    if action.completed_on is None or derived.earliest_confirmation_on is None:
        return f"观察期 {facts.observation_days} 天，自实际完成日起算。"
    first, last = PrintedDay.of(action.completed_on), PrintedDay.of(derived.earliest_confirmation_on)
    conclusion = derived.conclusion
    on = conclusion.confirmed_on if conclusion else action.confirmed_on
    basis = conclusion.round.basis if conclusion and conclusion.round else None
    actual = f"实际确认日{PrintedDay.of(on)}" if on else "尚未确认"
    early = bool(on and on < derived.earliest_confirmation_on)
    why = f"提前确认理由：{basis or '未说明'}。" if early else ""
    return f"观察期 {facts.observation_days} 天（{first}至{last}），最早确认日{last}，{actual}。{why}"
