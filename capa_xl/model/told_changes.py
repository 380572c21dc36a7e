"""What differs between two editions of a paper, in words: cell by cell, and entries of lists as wholes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from capa_xl.model.cut_text import cut_pair
from capa_xl.model.words import CORRECTED

MOST_CHANGES = 8
"""So many changed cells an edition tells of; the others are counted."""
OF_THE_HEAD: Final = "页眉 "
"""Before the names of what a paper prints of sheet 参数 above its pages: no cell of the workbook is named so."""
_SHOWN = 30
_BLANK = "空白"
_CAME, _WENT = "came", "went"
_UNTOLD = "（未写）"
_OF_A_CORRECTION = re.compile(r"更正记录 (\d+) (.+)")
_OF_AN_ENTRY = re.compile(r"(\S+ \S+) .")
"""更正记录 1 原因, 纠正方面项目 GJ-2026-001 期限: the entry of a list is what its first two words name."""
_IN_CHINESE = {"True": "是", "False": "否"}
"""Marks of frozen papers hold these as the program writes them."""


def told_changes(before: Mapping[str, str], after: Mapping[str, str], *, came: str = "新写", gone: str = "删除") -> str:
    """What differs between two editions: 实际值 3 → 2；检查情况 空白 → ….

    An entry of a list that came or went is told of once, behind the cells; one of 更正记录 by what it corrected, and
    where a cell says the very same, for that cell.

    Args:
        came, gone: What is said of such an entry.
    """
    names = (name for name in dict.fromkeys((*before, *after)) if not _OF_A_CORRECTION.match(name))
    changed = [name for name in names if before.get(name, "") != after.get(name, "")]
    corrections = list(_told_corrections(before, after))
    entries = {name: befell for name in dict.fromkeys(map(_entry, changed)) if (befell := _befell(name, before, after))}
    cells = [name for name in changed if _entry(name) not in entries]
    changes = (_change(name, before.get(name, ""), after.get(name, "")) for name in cells)
    told = [change for change in changes if f"{CORRECTED} {change.removeprefix(OF_THE_HEAD)}" not in corrections]
    more = [f"另有 {len(told) - MOST_CHANGES} 处"] if len(told) > MOST_CHANGES else []
    said = {_CAME: came, _WENT: gone}
    listed = [f"{entry} {said[befell]}" for entry, befell in entries.items()]
    return "；".join((*told[:MOST_CHANGES], *more, *listed, *corrections))


def _change(name: str, before: str, after: str) -> str:
    one, other = cut_pair(_IN_CHINESE.get(before, before), _IN_CHINESE.get(after, after), _SHOWN)
    return f"{name} {one or _BLANK} → {other or _BLANK}"


def _entry(name: str) -> str:
    """The entry that a cell belongs to; "" for a cell of no list."""
    found = _OF_AN_ENTRY.match(name)
    return found[1] if found else ""


def _befell(entry: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Whether a whole entry came or went; "" where its cells are told of one by one."""
    was, is_there = (any(_entry(name) == entry for name in cells) for cells in (before, after))
    if not entry or (was and is_there):
        return ""
    return _CAME if is_there else _WENT


# --- entries of 更正记录 -------------------------------------------------------------------------------------

_Entry = tuple[tuple[str, str], ...]
"""(heading of 更正记录, text), blank ones left out."""


def _told_corrections(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """更正 确认日期 2027-03-03 → 2027-03-04: the entries that came, that count no more, and that say otherwise now.

    What one says is what it is told by: one that is taken out moves those below it up.
    """
    was, now = (Counter(_corrections(cells)) for cells in (before, after))
    gone = list((was - now).elements())
    for one in (now - was).elements():
        told = _told_correction(dict(one))
        old = next((other for other in gone if _told_correction(dict(other)) == told), None)
        if old is not None:
            gone.remove(old)
            told += f" 改了{'、'.join(dict.fromkeys(name for name, _ in sorted({*old} ^ {*one})))}"
        yield told
    yield from (f"{_told_correction(dict(one))} 不再计入" for one in gone)


def _corrections(cells: Mapping[str, str]) -> Iterator[_Entry]:
    found: dict[str, dict[str, str]] = {}
    for name, text in cells.items():
        if match := _OF_A_CORRECTION.fullmatch(name):
            found.setdefault(match[1], {})[match[2]] = text
    return (tuple(entry.items()) for entry in found.values())


def _told_correction(entry: Mapping[str, str]) -> str:
    kind = entry.get("类型", "")
    if kind != CORRECTED:
        return f"{kind} {entry.get('日期', '')}".strip()
    return _change(f"{kind} {entry.get('项目', '')}", *(entry.get(name, _UNTOLD) for name in ("原内容", "更正后")))
