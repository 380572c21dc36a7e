"""The exact test of one round of 效果确认, for the rules and the papers. Shared ground of the use cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capa_xl.model.records import Confirmation
from capa_xl.policy.indicators import counts_events

if TYPE_CHECKING:
    from capa_xl.model.statistics import EffectTest


def test_of(row: Confirmation) -> EffectTest | None:
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
