"""Records made by the thousand.

A frozen dataclass sets every field with a call of `object.__setattr__`, which for 10,000 actions of 75 fields costs
five times as much as to set them plainly. So the records begin as drafts: the same slots, not yet frozen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import MISSING, field, fields, make_dataclass
from functools import cache
from typing import Any

_FEW = 500
"""Up to here a draft class isn't worth making."""


def make_records(record: type, rows: Sequence[int], *cells: Iterable[Any]) -> list[Any]:
    """One record of a frozen, slotted dataclass for every row.

    Args:
        record: The class; without `__post_init__`.
        rows: 1-based rows.
        cells: The other fields in order, each for all rows.
    """
    if len(rows) <= _FEW:
        return list(map(record, rows, *cells))
    drafts = list(map(_draft_of(record), rows, *cells))
    for draft in drafts:
        draft.__class__ = record  # Python allows it between classes of the same slots
    return drafts


@cache
def _draft_of(record: type) -> Any:
    specs = [(one.name, Any, field(default=one.default)) for one in fields(record) if one.default is not MISSING]
    needed = [(one.name, Any) for one in fields(record) if one.default is MISSING]
    return make_dataclass("Draft", [*needed, *specs], slots=True, eq=False, repr=False)
