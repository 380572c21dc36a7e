"""What differs between two editions of a paper, in words: cell by cell, and entries of lists as wholes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from capa_xl.model.cut_text import cut_pair

MOST_CHANGES = 8
"""So many changed cells an edition tells of; the others are counted."""
_SHOWN = 30
_BLANK = "空白"
_CAME, _WENT = "came", "went"
_CORRECTION = "更正记录"
_OF_AN_ENTRY = re.compile(r"(\S+ \S+) .")
"""更正记录 1 原因, 纠正方面项目 GJ-2026-001 期限: the entry of a list is what its first two words name."""
_IN_CHINESE = {"True": "是", "False": "否"}
"""Marks of frozen papers hold these as the program writes them."""


def told_changes(before: Mapping[str, str], after: Mapping[str, str], *, came: str = "新写", gone: str = "删除") -> str:
    """What differs between two editions: 实际值 3 → 2；检查情况 空白 → ….

    An entry of a list that came or went is told of once, behind the cells; so is one of 更正记录 in any case: what it
    corrected stands among them.

    Args:
        came, gone: What is said of such an entry.
    """
    changed = [name for name in dict.fromkeys((*before, *after)) if before.get(name, "") != after.get(name, "")]
    entries = {name: befell for name in dict.fromkeys(map(_entry, changed)) if (befell := _befell(name, before, after))}
    cells = [name for name in changed if _entry(name) not in entries]
    named = cells[:MOST_CHANGES]
    told = [_change(name, before.get(name, ""), after.get(name, "")) for name in named]
    told += [f"另有 {len(cells) - len(named)} 处"] if len(cells) > len(named) else []
    said = {_CAME: came, _WENT: gone}
    told += [f"{entry} {said.get(befell, befell)}" for entry, befell in entries.items()]
    return "；".join(told)


def _change(name: str, before: str, after: str) -> str:
    one, other = cut_pair(_IN_CHINESE.get(before, before), _IN_CHINESE.get(after, after), _SHOWN)
    return f"{name} {one or _BLANK} → {other or _BLANK}"


def _entry(name: str) -> str:
    """The entry that a cell belongs to; "" for a cell of no list."""
    found = _OF_AN_ENTRY.match(name)
    return found[1] if found else ""


def _befell(entry: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What is told of a whole entry; "" where its cells are told of one by one."""
    was, is_there = (any(_entry(name) == entry for name in cells) for cells in (before, after))
    if not entry or (was and is_there):
        return "有改动" if entry.startswith(f"{_CORRECTION} ") else ""
    return _CAME if is_there else _WENT
