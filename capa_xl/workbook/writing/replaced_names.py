"""One name put in the place of another in a cell as people wrote it: its signs, brackets and other names stay."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from capa_xl.model.columns import column_by_key
from capa_xl.model.names_apart import JOINT, pieces_and_signs
from capa_xl.model.register import AutoValue, Register, Table
from capa_xl.model.replacements import LeftToPeople, NameChange, NamedCell, Replacements, WantedNames
from capa_xl.workbook.reading.single_cells import cells_now
from capa_xl.workbook.reading.written_names import bare_name, one_name

_GAPS, _ENDS = re.compile(r"(\s+)"), re.compile(r"(^\s+|\s+$)")
_BLANKS = r"\s*"
_UNTOUCHED = "格里的写法认不出「{old}」（现为「{now}」） → 请人工改"
_SHARED = "这一格由几行合并，其中有已结束的行 → 请先取消合并，再人工改"

CellPlace = tuple[str, str]


def replacements(blob: bytes, register: Register, wanted: WantedNames) -> Replacements:
    """The cells that would change, each as it stands and as it would stand; a merged cell is listed once.

    Args:
        blob: The workbook's bytes.
        register: What was read from them.
    """
    by_place: defaultdict[CellPlace, list[NamedCell]] = defaultdict(list)
    for cell in wanted.cells:
        by_place[_place(register, cell)].append(cell)
    now = cells_now(blob, by_place)
    judged = [_judged(register, place, cells, now[place]) for place, cells in by_place.items()]
    changes = tuple(found for found in judged if isinstance(found, NameChange))
    return Replacements(changes, (*wanted.left, *(found for found in judged if isinstance(found, LeftToPeople))))


def with_name_replaced(text: str, old: str, new: str) -> str:
    """The text with `old` as a whole name replaced; dropped where `new` stands there already; as it was without it."""
    if one_name(text) == old:
        return new
    plain = pieces_and_signs(text)
    for inside in (_GAPS, _ENDS, JOINT):  # 欧阳 建国 is one name, and nobody's who is called 欧阳
        pieces = _apart(plain, inside)
        names = [one_name(bare_name(piece)) for piece in pieces[::2]]
        if old in names:
            return _put_in(pieces, names, old, new)
    return text


def _apart(pieces: list[str], inside: re.Pattern[str]) -> list[str]:
    """The pieces and signs by turns, each piece taken apart once more; signs beside each other are one."""
    found = [part for at, piece in enumerate(pieces) for part in ([piece] if at % 2 else inside.split(piece))]
    for at in range(len(found) - 4, 0, -2):
        if not found[at + 1]:
            found[at : at + 3] = [found[at] + found[at + 2]]
    return found


def _put_in(pieces: list[str], names: list[str], old: str, new: str) -> str:
    if new in names:
        return _without(pieces, names.index(old))
    written = re.compile(_BLANKS.join(map(re.escape, old)))
    named = (2 * at for at, name in enumerate(names) if name == old)
    fresh = {at: written.sub(lambda _: new, pieces[at]) for at in named}
    return "".join(fresh.get(at, piece) for at, piece in enumerate(pieces))


def _without(pieces: list[str], at: int) -> str:
    """The pieces less the name at that place and one sign beside it."""
    first = 2 * at - 1 if at else 0
    return "".join(pieces[:first] + pieces[first + 2 :])


def _place(register: Register, cell: NamedCell) -> CellPlace:
    table: Table[Any] = getattr(register, cell.table)
    return table.sheet_of(cell.row), table.cell(cell.row, cell.key)


def _judged(register: Register, place: CellPlace, cells: list[NamedCell], now: AutoValue) -> NameChange | LeftToPeople:
    first = cells[0]
    header = _header(register, first)
    if len(cells) < _rows_in(register, first, place):
        return LeftToPeople(first.number, header, _SHARED)
    text = now if isinstance(now, str) else ""
    after = with_name_replaced(text, first.old, first.new)
    if after == text:
        return LeftToPeople(first.number, header, _UNTOUCHED.format(old=first.old, now=text))
    return NameChange(*place, first.number, header, first.about, text, after)


def _header(register: Register, cell: NamedCell) -> str:
    table: Table[Any] = getattr(register, cell.table)
    record_class: type = type(table.records[0])
    return table.headings.get(cell.key, column_by_key(record_class)[cell.key].header)


def _rows_in(register: Register, cell: NamedCell, place: CellPlace) -> int:
    """How many rows read their value from that cell: the one it stands in, and those it is merged over."""
    table: Table[Any] = getattr(register, cell.table)
    below = [row for (row, key), at in table.anchors.items() if (key, at) == (cell.key, place[1])]
    return 1 + len([row for row in below if table.sheet_of(row) == place[0]])
