"""制度执行自查表 of a judged workbook; it draws charts, and few runs ask for it. Shared ground of the use cases."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from capa_xl.app.shared.archived_papers import archived_papers
from capa_xl.app.shared.effect_tests import rule_figures
from capa_xl.app.shared.judging import Judged
from capa_xl.app.shared.series_facts import series_at, unanswered_signals
from capa_xl.model.conformity import Conformity
from capa_xl.model.figures import UnansweredSignal
from capa_xl.policy.check import check
from capa_xl.policy.conformity.matrix import conformity_of
from capa_xl.policy.conformity.parts import ArchivedRows
from capa_xl.policy.joined_years import joined_view
from capa_xl.policy.past_years import rows_by_year
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.rules.rule_inputs import RuleInputs


def self_check(judged: Judged) -> tuple[Conformity, ...]:
    """制度执行自查表 of a judged workbook; the rows that went to archives count as they did before."""
    view = judged.view
    papers = archived_papers(view, judged.opened.path.parent)
    figures = replace(rule_figures(view), unanswered=tuple(_unanswered(view)))
    given = RuleInputs(view, judged.journal, figures, papers)
    return conformity_of(given, judged.checked, tuple(_archived_rows(judged)))


def _archived_rows(judged: Judged) -> Iterator[ArchivedRows]:
    """What each archive that still has rows of its own says of them, with all that rules may ask for."""
    whole = joined_view(judged.view)
    for year, past, numbers in rows_by_year(judged.view):
        papers, figures = archived_papers(past, judged.opened.path.parent), rule_figures(past)
        given = RuleInputs(past, judged.journal, figures, papers, whole=whole)
        yield ArchivedRows(year, numbers, given, check(past, judged.journal, figures, papers, whole))


def _unanswered(view: RegisterView) -> Iterator[UnansweredSignal]:
    for series, _, signal in unanswered_signals(view, series_at(view)):
        yield UnansweredSignal(series.name, signal.periods[-1])
