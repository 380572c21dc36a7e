"""What papers are made from, out of a few words."""

from __future__ import annotations

from capa_xl.policy.papers.paper_inputs import PaperInputs
from tests.policy.registers import view


def given(*actions, on, journal=None, problems=(), **others):
    """Paper inputs over a register in memory, without effect tests."""
    return PaperInputs(view(*actions, on=on, **others), problems, journal, "ab" * 32, lambda _: None)
