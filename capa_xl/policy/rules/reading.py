"""Rules that strike while reading: their hits come with the register as remarks."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from capa_xl.model.problem import Hit
from capa_xl.policy.rules.rule import Find
from capa_xl.policy.rules.rule_inputs import RuleInputs


def met_while_reading(rule: str) -> Find:
    """A generator of the remarks that reading made for one rule."""

    def find(given: RuleInputs) -> Iterator[Hit]:
        return remarks(given, rule)

    return find


def remarks(given: RuleInputs, rule: str) -> Iterator[Hit]:
    """The hits that reading met; one on a child sheet counts for the tracker row of its 编号."""
    for remark in given.view.register.remarks:
        hit = remark.hit
        if remark.rule != rule:
            continue
        if hit.row is None and hit.number in given.row_of and hit.sheet != given.tracker.sheet:
            yield replace(hit, row=given.row_of[hit.number])
        else:
            yield hit
