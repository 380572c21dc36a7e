"""The exact test of a round of 效果确认, for papers and rules: which effects the data don't prove (EF08)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capa_xl.model.figures import RuleFigures
from capa_xl.model.records import Confirmation
from capa_xl.policy.indicators import counts_events
from capa_xl.policy.register_view import RegisterView

if TYPE_CHECKING:
    from capa_xl.model.statistics import EffectTest


def effect_test(row: Confirmation) -> EffectTest | None:
    """The exact test of one round; None without counts on both sides."""
    before, after = (row.n_before, row.bad_before), (row.n_after, row.bad_after)
    if not before[0] or not after[0] or before[1] is None or after[1] is None:
        return None
    from capa_xl.analysis.effect_test import counts, proportions

    if counts_events(row):
        return counts(before[0], before[1], after[0], after[1])
    if before[1] > before[0] or after[1] > after[0]:
        return None
    return proportions(before[0], before[1], after[0], after[1])


def rule_figures(view: RegisterView) -> RuleFigures:
    """The figures of every action that a round of 效果确认 with counts before and after concluded as 有效."""
    insufficient: dict[str, str] = {}
    for number, derived in view.derived.items():
        counting = derived.conclusion
        round_ = counting.round if counting is not None and counting.is_effective else None
        found = effect_test(round_) if round_ is not None else None
        if found is not None and not found.is_enough:
            insufficient[number] = found.sentence.rstrip("。")
    return RuleFigures(insufficient)
