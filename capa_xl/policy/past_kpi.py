"""What the KPIs count of archived years, so that those of past periods stay what they were."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from capa_xl.model.journal import NO_JOURNAL, JournalView
from capa_xl.model.kpi import KpiInput
from capa_xl.model.problem import Problem
from capa_xl.policy.check import check
from capa_xl.policy.joined_years import joined_view
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.past_years import in_archive, rows_by_year
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.month_ahead_kpi import month_ahead_figures


def with_archived_actions(now: KpiInput, view: RegisterView, journal: JournalView | None) -> KpiInput:
    """The input with the archived actions before those of the workbook, their revisions, reminders and errors.

    The years stand one after another, as in `joined_view`: each is put before what is there, so the oldest comes last.
    """
    whole = joined_view(view)
    for _, past, mine in reversed(tuple(rows_by_year(view))):
        now = _with_year(now, whole, past, mine, journal)
    return now


def _with_year(
    now: KpiInput, whole: RegisterView, past: RegisterView, mine: frozenset[str], journal: JournalView | None
) -> KpiInput:
    reminders = month_ahead_figures(past, journal or NO_JOURNAL)
    then = kpi_input_of(past, check(past, whole=whole).problems, reminders, known=whole.actions, journal=journal)
    return replace(
        now,
        actions=(*(one for one in then.actions if one.number in mine), *now.actions),
        revisions=(*(one for one in then.revisions if one.number in mine), *now.revisions),
        reminders=(*(one for one in then.reminders if one.number in mine), *now.reminders),
        rows=now.rows + len(mine),
        rows_with_error=(*(number for number in then.rows_with_error if number in mine), *now.rows_with_error),
    )


def with_archived_problems(problems: Iterable[Problem], view: RegisterView) -> tuple[Problem, ...]:
    """The Problems with all that check says of the archived actions at the cells of their archives, before them.

    The quality of the data counts it there too. What check told of them among the Problems is part of it.
    """
    whole = joined_view(view)
    archived = (
        in_archive(one, year)
        for year, past, mine in rows_by_year(view)
        for one in check(past, whole=whole).problems
        if one.number in mine
    )
    return (*archived, *(one for one in problems if not one.year))
