"""Sheets of ours that hold rows, as the journal remembers them beside the columns: one that goes is missed."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from capa_xl.model.absent_sheets import has_sheet
from capa_xl.model.register import Register, holds_rows
from capa_xl.model.schema import PEOPLE_SHEET, SETTINGS_SHEET, SHEETS

EMPTIED = "空了（工作表还在，里面的行没有了）"
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

    One that is there without a row isn't gone (`emptied_sheets`), unless its rows stand beside it under another name.

    Args:
        known: Keys that earlier runs saw.
    """
    renamed = _renamed(register)
    return tuple(
        spec.name
        for spec in _KEPT
        if spec.name in renamed or (_SHEET + spec.key in known and not has_sheet(register, spec.name))
        if getattr(register, spec.key, None) is None
    )


def emptied_sheets(register: Register, known: AbstractSet[str]) -> tuple[str, ...]:
    """Names of the sheets that earlier runs saw rows in and that stand there without any; in order.

    Rows that went to an archived year with their actions are where they belong; while one can't be read (WB15) they may
    be in it, and nothing is said.

    Args:
        known: Keys that earlier runs saw.
    """
    if register.unread_archives:
        return ()
    renamed = _renamed(register)
    return tuple(
        spec.name
        for spec in _KEPT
        if _SHEET + spec.key in known and spec.name not in renamed and has_sheet(register, spec.name)
        if not any(holds_rows(getattr(one, spec.key, None)) for one in (register, *(y.register for y in register.past)))
    )


def how_gone(register: Register, names: Sequence[str]) -> str:
    """工作表《A》《B》不见了（被删或改名）: of one that is there it is said that it is empty, not that it went."""
    ours = {there.strip() for there in register.sheet_names} - register.namesakes
    there = [name for name in names if name in ours]
    gone = [name for name in names if name not in there]
    ways = (("》《".join(gone), "不见了（被删或改名）"), ("》《".join(there), EMPTIED))
    return f"工作表{'，'.join(f'《{of}》{how}' for of, how in ways if of)}"


def _renamed(register: Register) -> frozenset[str | None]:
    """The names of ours whose rows stand on a sheet of another name."""
    return frozenset(remark.hit.facts.get("ours") for remark in register.remarks if remark.rule == "WB11")


def lost_ground(register: Register, known: AbstractSet[str]) -> tuple[str, ...]:
    """人员部门 and 参数, where earlier runs saw rows in them and they are gone, or stand there without a row.

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
