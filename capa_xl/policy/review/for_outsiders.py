"""What a copy of the pack for outsiders leaves out: all that the company says of its own table, to itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from capa_xl.model.period_figures import PeriodFigures
from capa_xl.policy.rules.catalogue import CATALOGUE

LEFT_OUT_KPIS: Final = frozenset({"data_quality"})
"""Keys of the figures that tell how well the table is kept, not how the company improves."""
LEFT_OUT_RULES: Final = frozenset({"XX01"})
"""Rules whose exceptions aren't listed."""
_NO_CLAUSE: Final = "台账"
"""What stands for a rule that guards the table itself."""


def for_outsiders(figures: PeriodFigures) -> PeriodFigures:
    """The figures without the self-check and the quality of the data; rows set aside are still counted as left out."""
    return replace(
        figures,
        kpis=tuple(kpi for kpi in figures.kpis if kpi.key not in LEFT_OUT_KPIS),
        conformity=(),
    )


def clauses_of(rules: Iterable[str]) -> str:
    """The clauses behind rules: their codes are explained in no paper that an outsider has."""
    clauses = {rule.id: rule.clause for rule in CATALOGUE}
    return "、".join(dict.fromkeys(clauses.get(rule) or _NO_CLAUSE for rule in rules))
