"""提醒启用日 set where it can't be true: later than letters that went out already, or in the future."""

from __future__ import annotations

from datetime import date

from capa_xl.model.journal import JournalView
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.made_reminders import accepted_postings
from capa_xl.policy.reminders.month_ahead import month_ahead_record


def start_sentences(view: RegisterView, journal: JournalView | None) -> tuple[str, ...]:
    """What a start so late sets aside, in Chinese; () where nothing is wrong with it.

    The days before 提醒启用日 owe nothing, so that moving it takes missed duties away: that is said, with how many.
    """
    start = view.procedure.reminders_from
    if start is None:
        return ()
    first = min((on for _, on in accepted_postings(view, journal)), default=None)
    if first is not None and first < start and (aside := _set_aside(view, journal or JournalView(), start)):
        return (
            f"《参数》“提醒启用日”是 {start}，而 {first} 已经发过提醒：那天以前没有按时提醒的 {aside} 项不再指出，"
            "也不计入按时提醒率 → 请改回实际启用提醒的日期",
        )
    if start > view.as_of.today:
        return (f"《参数》“提醒启用日”{start} 还没有到：到那天以前应发的提醒都不判断 → 请改为实际启用提醒的日期",)
    return ()


def _set_aside(view: RegisterView, journal: JournalView, start: date) -> int:
    """Duties with their full lead whose day came before the start, and that nobody met."""
    record = month_ahead_record(view, journal)
    return sum(not (duty.counts or duty.short_notice or duty.is_met) and duty.planned_on < start for duty in record)
