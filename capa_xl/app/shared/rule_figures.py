"""What the analysis tells the rules: confirmations whose data don't prove the effect they claim (EF08)."""

from __future__ import annotations

from capa_xl.app.shared.round_test import test_of
from capa_xl.model import words
from capa_xl.model.figures import RuleFigures
from capa_xl.policy.action_state import latest_round
from capa_xl.policy.register_view import RegisterView


def rule_figures(view: RegisterView) -> RuleFigures:
    """The figures of every action whose latest round says 有效 and gives counts before and after."""
    insufficient: dict[str, str] = {}
    for number in view.rounds:
        latest = latest_round(view.inputs, number)
        found = test_of(latest) if latest is not None and latest.effect == words.EFFECTIVE else None
        if found is not None and found.p is not None and not found.is_enough:
            insufficient[number] = found.sentence.rstrip("。")
    return RuleFigures(insufficient)
