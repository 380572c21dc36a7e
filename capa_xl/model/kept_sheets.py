"""Sheets of ours that hold rows, as the journal remembers them beside the columns: one that goes is missed."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from capa_xl.model.register import Register, holds_rows
from capa_xl.model.schema import PEOPLE_SHEET, SETTINGS_SHEET, SHEETS

_SHEET = "sheet:"
"""Stands before a sheet's key; no key of a column begins so."""
_KEPT = tuple(
    spec
    for spec in SHEETS
    if spec.key and spec.key != "tracker" and not spec.owned and spec.name not in (PEOPLE_SHEET, SETTINGS_SHEET)
)
"""What people keep rows in."""
_GROUND = tuple(spec for spec in SHEETS if spec.name in (PEOPLE_SHEET, SETTINGS_SHEET))
"""What everything is reckoned by: who is told, and from when and after how many days."""
_WRITTEN = tuple(spec.name for spec in SHEETS if spec.owned)
"""What only this program writes: empty or not."""


def remembered_keys(register: Register) -> frozenset[str]:
    """Keys of the tracker's columns, and of the sheets that hold rows: an empty one may go without a word."""
    filled = {_SHEET + spec.key for spec in (*_KEPT, *_GROUND) if holds_rows(getattr(register, spec.key, None))}
    written = {_SHEET + name for name in _WRITTEN if register.is_ours_to_write(name)}
    return frozenset(register.tracker.columns) | filled | written


def lost_sheets(register: Register, known: AbstractSet[str]) -> tuple[str, ...]:
    """Names of the sheets that earlier runs saw rows in, or that stand there renamed, and that are gone; in order.

    Args:
        known: Keys that earlier runs saw.
    """
    renamed = {remark.hit.facts.get("ours") for remark in register.remarks if remark.rule == "WB11"}
    return tuple(
        spec.name
        for spec in _KEPT
        if (_SHEET + spec.key in known or spec.name in renamed) and getattr(register, spec.key, None) is None
    )


def lost_ground(register: Register, known: AbstractSet[str]) -> tuple[str, ...]:
    """人员部门 and 参数, where earlier runs saw rows in them and they are gone.

    Args:
        known: Keys that earlier runs saw.
    """
    return tuple(s.name for s in _GROUND if _SHEET + s.key in known and getattr(register, s.key) is None)


def lost_written(register: Register, known: AbstractSet[str]) -> tuple[str, ...]:
    """Names of the sheets that only this program writes, where earlier runs saw them and they are gone; in order.

    Args:
        known: Keys that earlier runs saw.
    """
    return tuple(name for name in _WRITTEN if _SHEET + name in known and name not in register.sheet_names)
