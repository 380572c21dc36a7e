"""Rules that strike while reading: their hits come with the register as remarks."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.problem import Hit
from capa_xl.policy.rules.evidence import Evidence
from capa_xl.policy.rules.rule import Find


def met_while_reading(rule: str) -> Find:
    """A generator of the remarks that reading made for one rule."""

    def find(e: Evidence) -> Iterator[Hit]:
        return (remark.hit for remark in e.situation.register.remarks if remark.rule == rule)

    return find
