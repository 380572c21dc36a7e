"""What the analysis tells the rules: confirmations whose data don't prove the effect they claim (EF08)."""

from __future__ import annotations

from capa_xl.app.shared.round_test import test_of
from capa_xl.model.figures import RuleFigures
from capa_xl.policy.register_view import RegisterView


def rule_figures(view: RegisterView) -> RuleFigures:
    """The figures of every action that a round of 效果确认 with counts before and after concluded as 有效."""
    insufficient: dict[str, str] = {}
    for number, derived in view.derived.items():
        counting = derived.conclusion
        round_ = counting.round if counting is not None and counting.is_effective else None
        found = test_of(round_) if round_ is not None else None
        if found is not None and found.p is not None and not found.is_enough:
            insufficient[number] = found.sentence.rstrip("。")
    return RuleFigures(insufficient)
