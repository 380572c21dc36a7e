"""What one judged workbook says in the pack of a group. Shared ground."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from posixpath import normpath

from msgspec.structs import replace

from capa_xl.app.shared.pack_figures import figures_of
from capa_xl.app.shared.paper_source import PaperSource
from capa_xl.model import words
from capa_xl.model.group_figures import CompanyFigures
from capa_xl.model.period import Period
from capa_xl.model.problem import Problem, Severity
from capa_xl.policy.joined_years import joined_view
from capa_xl.policy.late_items import late_items
from capa_xl.policy.past_kpi import with_archived_problems
from capa_xl.policy.past_years import archived, not_counted
from capa_xl.policy.review.agenda import agenda

_MOST_FREQUENT = 5


def company_figures(source: PaperSource, name: str, period: Period) -> CompanyFigures:
    """What a judged workbook says of the period at T, the rows it archived since among them, as in its own review."""
    judged = source.judged
    view, joined = judged.view, joined_view(judged.view)
    checked = replace(judged.checked, problems=with_archived_problems(judged.checked.problems, view))
    counted = figures_of(source, period)
    return CompanyFigures(
        workbook=name,
        company=view.procedure.company,
        sha256=judged.opened.sha256,
        journal_head=source.journal.chain_head if source.journal else "",
        tally=counted.tally,
        problems=dict(checked.counts),
        most_frequent=_most_frequent(checked.problems),
        kpis=counted.kpis,
        flow=counted.flow,
        months=counted.months,
        late=late_items(joined, ("Y1",)),
        waiting=late_items(joined, words.WAITING_LATE),
        agenda=agenda(joined),
        not_counted=not_counted(view),
        reopened=counted.reopened,
        uncounted=counted.uncounted,
        archives={one.action.number: _beside(name, one.year) for one in archived(view)},
    )


def _beside(workbook: str, archive: str) -> str:
    """An archive's path as the pack calls its workbook; 参数 names it as seen from there."""
    return normpath(PurePosixPath(workbook).parent / archive.replace("\\", "/"))


def _most_frequent(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    counted = Counter(problem.rule for problem in problems if problem.severity is Severity.ERROR)
    return tuple(f"{rule} {count}" for rule, count in counted.most_common(_MOST_FREQUENT))
