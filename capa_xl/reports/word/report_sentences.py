"""The sentences of 改进效果确认报告: reminders (4.4.6), observation and recurrence (4.5.1), what a draft lacks."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.cut_text import cut_list
from capa_xl.model.lead import Lead
from capa_xl.model.paper_facts import MonthAheadFacts, ReminderFacts, ReportFacts
from capa_xl.model.schema import LEDGER_SHEET
from capa_xl.reports.word.printable import PrintedDay

LONG_ENOUGH = 180
"""Days without a recurrence that say something (KPI 重复发生率 waits as long)."""
_MOST_NAMES = 4


def reminder_sentence(facts: ReportFacts) -> str:
    """2.5: who was reminded a month before and when, and how often afterwards; a letter only filed was not sent."""
    found = facts.reminders
    if found is None:
        return f"{facts.head.sheets.nothing_in(LEDGER_SHEET)}。"
    several = len(found.duties) > 1
    pieces = [_month_ahead(duty, found.lead, several=several) for duty in found.duties]
    unreached = cut_list(found.unreached, _MOST_NAMES, "人")
    nobody = [f"给{unreached}的提醒邮件没有送到"] if unreached else []
    return "；".join([*pieces, *_before_the_deadline(found), *_follow_ups(found), *nobody]) + "。"


def _month_ahead(duty: MonthAheadFacts, lead: Lead, *, several: bool) -> str:
    which = f"期限{PrintedDay.of(duty.due_on)}前{lead.words}" if several else f"完成期限前{lead.words}"
    short = f"{lead.too_short}，" if duty.short_notice else ""
    owed = f"{short}应不迟于{PrintedDay.of(duty.planned_on)}"
    if duty.sent_on is None:
        filed = f"{PrintedDay.of(duty.filed_on)}已生成，未发送" if duty.filed_on else "没有发出的记录"
        return f"{which}的提醒{filed}（{owed}）"
    days = (duty.sent_on - duty.planned_on).days
    late = f"，补发，迟 {days} 天" if days > 0 else ""
    return f"质量部于{PrintedDay.of(duty.sent_on)}{_reminded(duty)}（{which}，{owed}{late}）"


def _reminded(duty: MonthAheadFacts) -> str:
    if not duty.names:
        return "提醒责任部门，有人工记录"
    return f"发邮件提醒{cut_list(duty.names, _MOST_NAMES, '人')}"


def _before_the_deadline(found: ReminderFacts) -> Iterator[str]:
    """Reminders shortly before it: the work wasn't late, and nobody was urged."""
    if found.early:
        yield f"到期前又提醒 {len(found.early)} 次（最近一次{PrintedDay.of(found.early[-1])}）"
    if found.filed_early:
        yield f"{'另有' if found.early else ''}到期前的提醒 {found.filed_early} 次已生成，未发送"


def _follow_ups(found: ReminderFacts) -> Iterator[str]:
    last = f"（最近一次{PrintedDay.of(found.last_follow_up)}）" if found.last_follow_up else ""
    yield f"催办 {found.follow_ups} 次{last}"
    if found.filed_follow_ups:
        yield f"另有催办 {found.filed_follow_ups} 次已生成，未发送"


def recurrence_sentence(facts: ReportFacts) -> str:
    """4.4: later issues of the same kind, or over which days none was registered; a short span says nothing."""
    since, on = facts.watched_from, facts.head.as_of
    if facts.recurrences:
        return f"后来登记的同类问题（以本项为前次编号，或过程、类别、原因相同）：{'、'.join(facts.recurrences)}。"
    if since is None:
        return "尚未完成，无从判断。"
    days = (on - since).days
    short = "" if days >= LONG_ENOUGH else f"；不足 {LONG_ENOUGH} 天，尚不能说明没有复发"
    return f"{PrintedDay.of(since)}至{PrintedDay.of(on)}（{days} 天）未登记同类问题{short}。"


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
