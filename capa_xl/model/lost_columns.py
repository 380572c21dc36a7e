"""Columns of the tracker that earlier runs saw and that are gone: those that something is judged by, and the others."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.register import Register

PRINTED_ONLY = frozenset({"remark", "breached_requirement", "like_problems", "confirmation_evidence"})
"""Keys of the columns that papers print at most: no rule, requirement or status asks what stands there."""


class LostColumns(NamedTuple):
    """Their headers, in column order."""

    judged: list[str]
    others: list[str]


def lost_columns(register: Register, known: AbstractSet[str]) -> LostColumns:
    """The columns that the tracker hasn't any more.

    Args:
        known: Keys that earlier runs saw.
    """
    found = LostColumns([], [])
    for column in columns_of(Action):
        if column.key in known and column.key not in register.tracker.columns:
            (found.others if column.key in PRINTED_ONLY else found.judged).append(column.header)
    return found
