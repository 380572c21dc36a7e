"""Entries of 更正记录 about a column of a sheet beside the tracker that has no row of that action.

A paper would print a correction of what isn't there: 步骤内容 甲 → 乙, of an action without a step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from capa_xl.model import words
from capa_xl.model.meanings import word_key
from capa_xl.model.records import Correction
from capa_xl.model.register import Register
from capa_xl.model.schema import CHILDREN_OF_ACTIONS, SHEETS, SheetSpec, spec_of
from capa_xl.policy.entry_fault import EntryFault
from capa_xl.policy.nameless_corrections import BETWEEN

BESIDE = tuple(key for key in CHILDREN_OF_ACTIONS if key != "corrections")
"""The sheets whose rows belong to the tracker's, and that a correction may speak of."""
_TRACKER = "tracker"
_TAKEN_AWAY = frozenset({"删除", "已删除", "空白", "空", "无"})
_CURE = "核对编号；那里的行删除了的，更正后写“删除”"


def rowless_entries(
    register: Register, rows: Mapping[tuple[str, str], Sequence[object]], entries: Iterable[Correction]
) -> Mapping[int, EntryFault]:
    """Row of 更正记录 → what is wrong, of the 更正 of a cell that no row holds.

    Args:
        rows: (key of the sheet, 编号) → its rows, the tracker's too; of an action that isn't there nothing is said.
    """
    elsewhere = {word_key(heading) for page in register.tracker.every_page for heading in page.every_heading}
    found = {}
    for one in entries:
        is_gone = word_key(one.after or "") in _TAKEN_AWAY or one.kind != words.CORRECTED
        if is_gone or not rows.get((_TRACKER, one.number or "")):
            continue
        for name in BETWEEN.split(one.field or ""):
            sheets = () if word_key(name) in elsewhere else _sheets_with().get(word_key(name), ())
            if sheets and not any(rows.get((sheet, one.number or "")) for sheet in sheets):
                found[one.row] = _fault(name.strip(), sheets)
    return found


def _fault(name: str, sheets: Iterable[str]) -> EntryFault:
    said = "、".join(f"《{spec_of(sheet).name}》" for sheet in sheets)
    return EntryFault(f"{said}没有这一项的行，没有“{name}”可以更正", _CURE, "field")


@cache
def _sheets_with() -> Mapping[str, tuple[str, ...]]:
    """`word_key` of a heading that the sheets beside the tracker alone have → their keys."""
    taken = {name for spec in SHEETS if spec.key not in BESIDE for name in _names(spec)}
    found: dict[str, tuple[str, ...]] = {}
    for sheet in BESIDE:
        for name in _names(spec_of(sheet)) - taken:
            found[name] = (*found.get(name, ()), sheet)
    return found


def _names(spec: SheetSpec) -> frozenset[str]:
    return frozenset(word_key(name) for column in spec.columns for name in (column.header, *column.aliases))
