"""One 编号 merged down over several measures: several parts of one action, Z1-1, Z1-2 (decisions C4).

The person's cell keeps Z1; the parts are numbered from the top of the merged cell, for what we derive only. A part that
an earlier run saw keeps its number by its measure, so a row put between two others renumbers nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.a1 import parse_cell
from capa_xl.model.columns import Kind, columns_of
from capa_xl.model.register import Table
from capa_xl.workbook.reading.grid import Grid

_OWN = ("measure", "owners", "responsible_department", "due_on", "description", "completed_on")
"""A row of a merged number is a part of its own where one of these stands in a cell of its own."""


class MergedNumbers(Struct, frozen=True):
    """What merged 编号 cells come to.

    Attributes:
        numbers: The number of every row, that of a part where it is one.
        continued: Indexes of rows that only continue the row above.
        parts: Whole number → the numbers of its parts.
    """

    numbers: tuple[str, ...]
    continued: frozenset[int]
    parts: Mapping[str, tuple[str, ...]]


def merged_numbers(grid: Grid, numbers: Sequence[str], known: Mapping[str, str]) -> MergedNumbers:
    """The numbers of a tracker's rows, told apart where one is merged over several.

    Args:
        grid: The rows.
        numbers: 编号 of each, filled down.
        known: Parts that an earlier run saw → their 措施内容 then.
    """
    told, continued, parts = list(numbers), set[int](), dict[str, tuple[str, ...]]()
    for leader, followers in _groups(grid).items():
        own = [leader, *(at for at in followers if _stands_alone(grid, at))]
        continued.update(at for at in followers if at not in own)
        if len(own) > 1 and numbers[leader]:
            measures = [_measure(grid, at) for at in own]
            for at, number in zip(own, part_numbers(numbers[leader], measures, known), strict=True):
                told[at] = number
            parts[numbers[leader]] = tuple(told[at] for at in own)
    return MergedNumbers(tuple(told), frozenset(continued), parts)


def part_numbers(whole: str, measures: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """The number of each part, top down: the one its measure was seen under; a changed measure takes what is left.

    More rows than were seen get new numbers, so that none is ever given twice.
    """
    seen = {number: text for number, text in known.items() if number.rpartition("-")[0] == whole}
    found: dict[int, str] = {}
    for at, measure in enumerate(measures):
        same = next((n for n in sorted(seen, key=_running) if seen[n] == measure and n not in found.values()), None)
        if same is not None:
            found[at] = same
    rest = [at for at in range(len(measures)) if at not in found]
    left = sorted((n for n in seen if n not in found.values()), key=_running) if len(measures) <= len(seen) else []
    first = max(map(_running, seen), default=0) + 1
    new = (f"{whole}-{running}" for running in range(first, first + len(rest)))
    found.update(zip(rest, chain(left, new), strict=False))
    return [found[at] for at in range(len(measures))]


def _running(number: str) -> int:
    return int(number.rpartition("-")[2])


def _measure(grid: Grid, at: int) -> str:
    return (grid.values["measure"][at] or "") if "measure" in grid.values else ""


def _groups(grid: Grid) -> dict[int, list[int]]:
    """Index of the row a merged 编号 stands in → the indexes it was filled down to, in order."""
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for (row, key), anchor in grid.anchors.items():
        place = parse_cell(anchor) if key == "number" else None
        if place is not None:
            groups[place[0] - grid.row(0)].append(row - grid.row(0))
    return {leader: sorted(at for at in found if at < grid.size) for leader, found in groups.items() if leader >= 0}


def _stands_alone(grid: Grid, at: int) -> bool:
    row = grid.row(at)
    return any(grid.has(at, key) and (row, key) not in grid.anchors for key in _OWN)


def for_every_part(table: Table[Any], parts: Mapping[str, tuple[str, ...]]) -> Table[Any]:
    """A sheet around the tracker whose references to a whole number mean all its parts.

    A row of an action becomes one a part; in cells that hold several numbers the whole one gives way to its parts.
    """
    if not parts or not table.records:
        return table
    record_class: type = type(table.records[0])
    several = [col.key for col in columns_of(record_class) if col.kind is Kind.REFS]
    records = (_with_parts(record, several, parts) for record in table.records)
    return replace(table, records=tuple(copy for record in records for copy in _copies(record, parts)))


def _copies(record: Any, parts: Mapping[str, tuple[str, ...]]) -> list[Any]:
    whole: str = getattr(record, "number", None) or ""
    return [replace(record, number=part) for part in parts[whole]] if whole in parts else [record]


def _with_parts(record: Any, keys: Sequence[str], parts: Mapping[str, tuple[str, ...]]) -> Any:
    for key in keys:
        named = getattr(record, key)
        if any(number in parts for number in named):
            every = tuple(part for number in named for part in parts.get(number, (number,)))
            record = replace(record, **{key: every})
    return record
