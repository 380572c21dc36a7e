"""The digest's lists with each action in one line: in the first list that has it, with what later ones say of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.model.weekly import WeeklyLine, WeeklyList

_WAITS = "，等 "


class _Part(Struct):
    """A list while its lines are told: `own` stand in it, `above` in an earlier one; `told` are in another's line."""

    whole: WeeklyList
    own: list[WeeklyLine] = field(default_factory=list)
    above: dict[str, None] = field(default_factory=dict)
    told: int = 0


def rows_told_once(lists: Iterable[WeeklyList], numbers: Collection[str], most: int) -> tuple[WeeklyList, ...]:
    """The lists, each cut to so many lines; what they count stays.

    A line behind the cut of its list isn't told there, so a later list may have it.

    Args:
        lists: All lines of each, in the order people read them.
        numbers: 编号 that stand for one row of the tracker each.
    """
    parts = [_Part(whole) for whole in lists]
    homes: dict[str, tuple[_Part, int]] = {}
    for part in parts:
        for line in part.whole.lines:
            if line.number in homes and not line.is_apart:
                home, at = homes[line.number]
                home.own[at] = _with(home.own[at], line)
                part.told += 1
                if home is not part:
                    part.above[line.number] = None
            elif len(part.own) < most:
                if line.number in numbers and not line.is_apart:
                    homes[line.number] = part, len(part.own)
                part.own.append(line)
    return tuple(map(_shown, parts))


def _shown(part: _Part) -> WeeklyList:
    left = part.whole.count - part.told - len(part.own)
    return replace(part.whole, lines=tuple(part.own), above=tuple(part.above), unlisted=left)


def _with(line: WeeklyLine, more: WeeklyLine) -> WeeklyLine:
    """The line with what another says of the row behind it: with its own cell, whom it waits for but once."""
    waits = line.words.partition("；")[0].partition(_WAITS)[2].partition("（")[0]
    added = more.words.removesuffix(f"{_WAITS}{waits}")
    if added in line.words:
        return line
    sheet, _, cell = more.place.rpartition("!")
    at = cell if sheet == line.place.rpartition("!")[0] else more.place
    told = f"{added}（{at}）" if more.place != line.place else added
    department = f"（{line.department}）" if line.department else ""
    return replace(line, words=f"{line.words}{department}；{told}", department="")
