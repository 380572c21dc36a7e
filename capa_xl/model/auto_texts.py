"""What a 〔自动〕 cell holds of a text: as much as it shows. The whole stands in todo, letters, slips and JSON.

A row shows two lines, or the one that it is fixed to, and refresh changes no row's height and no column's width.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import chain
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from capa_xl.model.cut_text import cut_inside, cut_list, cut_to_width
from capa_xl.model.line_breaks import broken_lines
from capa_xl.model.names_apart import listed_names, unit_of_actors
from capa_xl.model.row_heights import fits, text_width

AUTO_WIDTHS: Final[Mapping[str, float]] = MappingProxyType(
    {"next_step": 82, "next_actor": 12, "inspector_department": 14}
)
"""Widths of those columns of ours in a new workbook that hold texts of any length."""
NARROW_STEP: Final = 50
"""Width of 下一步 where all columns stand on one sheet of paper."""
LINES: Final = 2
"""Lines of a row whose height nobody fixed lower."""
_INDENT = 1.5
_LOST = 14.0
"""More than a line leaves where the next letter, number or date doesn't fit on it, or may not begin the next."""
_LETTER = text_width("、")
_FEW = 4
"""Cells of a list that stays whole: their number takes as much room."""
_LEAST_NAMED = 2
"""Cells that are named of a longer list."""
_CELLS = re.compile(r"((?:补齐|填写|先补|写步骤)：)((?:[^：；，（）]|（[^（）]*）)+)")
"""The cells to fill that a step lists."""
_CELL = re.compile(r"(?:[^、（）]|（[^（）]*）)+")


class Room(Struct, frozen=True):
    """What the cells of a row have room for.

    Attributes:
        widths: Key → width of its column, in characters: of those in `AUTO_WIDTHS`.
        lines: Lines that the row shows, two at most.
    """

    widths: Mapping[str, float] = AUTO_WIDTHS
    lines: int = LINES


NEW_ROOM: Final = Room()
"""In a new workbook."""


class SheetRoom(Struct, frozen=True):
    """What our cells of a sheet have room for.

    Attributes:
        room: In most rows.
        low: In rows that somebody fixed to the height of one line.
        low_lines: Those, 1-based.
    """

    room: Room = NEW_ROOM
    low: Room = NEW_ROOM
    low_lines: frozenset[int] = frozenset()

    def of(self, line: int) -> Room:
        """What the cells of a row have room for; its 1-based line in its sheet."""
        return self.low if line in self.low_lines else self.room


def actors_shown(names: str, room: Room = NEW_ROOM) -> str:
    """Whom 下一步责任人 names: all, or as many as fit and how many there are, 样例甲 等 3 人."""
    width, lines = room.widths["next_actor"], room.lines
    return names if _stands(names, width, lines) else _actors_cut(names, width, lines)


def department_shown(name: str, room: Room = NEW_ROOM) -> str:
    """应检查部门; of a name that doesn't fit its beginning and its end."""
    width, lines = room.widths["inspector_department"], room.lines
    return name if _stands(name, width, lines) else _department_cut(name, width, lines)


def step_shown(step: str, room: Room = NEW_ROOM) -> str:
    """下一步; of long lists of cells the first and how many there are, 原因分析、改进目标 等 17 格, and then …"""
    width, lines = room.widths["next_step"], room.lines
    return step if _stands(step, width, lines) else _step_cut(step, width, lines)


def _stands(text: str, width: float, lines: int) -> bool:
    """Whether a cell shows it whole; of most texts no letter need be looked at."""
    line = width - _INDENT
    if fits(text, max(line, lines * line - _LOST)):
        return True
    return text_width(text) <= lines * line and broken_lines(text, line, text_width) <= lines


@lru_cache(maxsize=1024)
def _actors_cut(names: str, width: float, lines: int) -> str:
    each = listed_names(names)
    unit = unit_of_actors(each).removesuffix("部门")  # for which the cell has no room
    lists = (cut_list(each, most, unit) for most in range(len(each) - 1, 0, -1))
    count = cut_list(("", *each[1:]), 1, unit)
    cuts = (cut + count for cut in _name_cuts(each[0]))
    return _first_standing(chain(lists, cuts), width, lines)


@lru_cache(maxsize=1024)
def _department_cut(name: str, width: float, lines: int) -> str:
    return _first_standing(_name_cuts(name), width, lines)


@lru_cache(maxsize=1024)
def _step_cut(step: str, width: float, lines: int) -> str:
    most = max((len(_CELL.findall(found[2])) for found in _CELLS.finditer(step)), default=0)
    shown = step
    while most > _LEAST_NAMED and not _stands(shown, width, lines):
        most -= 1
        shown = _CELLS.sub(partial(_first_cells, most), step)
    room = lines * (width - _INDENT)
    rooms = (room - at * _LETTER for at in range(lines - 1, int(room / _LETTER)))
    cuts = (cut_to_width(shown, less).replace("……", "…") for less in rooms)
    return _first_standing(chain((shown,), cuts), width, lines)


def _first_standing(texts: Iterable[str], width: float, lines: int) -> str:
    return next((text for text in texts if _stands(text, width, lines)), "…")


def _first_cells(most: int, listed: re.Match[str]) -> str:
    cells = _CELL.findall(listed[2])
    return listed[0] if len(cells) <= _FEW else listed[1] + cut_list(cells, most, "格")


def _name_cuts(name: str) -> Iterator[str]:
    """A name, and less and less of it: what stands before its bracket, of that beginning and end, 济南…中心."""
    before = name.partition("（")[0] or name
    yield name
    if before != name:
        yield f"{before}…"
    yield from (cut_inside(before, most) for most in range(len(before) - 1, 1, -1))
