"""The month-ahead duties as 按时提醒率 counts them."""

from __future__ import annotations

from capa_xl.model.journal import JournalView
from capa_xl.model.kpi import KpiReminder
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.made_reminders import made_reminders
from capa_xl.policy.reminders.month_ahead import judged_duties


def month_ahead_figures(view: RegisterView, journal: JournalView) -> tuple[KpiReminder, ...] | None:
    """Every duty with its full lead, one a due version: what KPI 5, LG01 and R58 share.

    None while no reminder was ever made that counts: then nobody could say whether the duty was kept.
    """
    if not made_reminders(view, journal):
        return None
    return tuple(
        KpiReminder(duty.number, duty.due_on, duty.planned_on, duty.sent_on) for duty in judged_duties(view, journal)
    )
