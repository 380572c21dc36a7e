"""Shared formulas: the first cell of a group has the text, the others point to it; so it may go only with them.

Excel writes a column that was filled down so. A cell that merely points may be overwritten: nothing depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.parsers import expat

from msgspec import Struct

from capa_xl.a1 import cell_at, parse_cell
from capa_xl.errors import UnsafeWrite

_Cell = tuple[int, int]
"""Row and column, 1-based."""


class SharedFormula(Struct, frozen=True):
    """One shared formula: the cell that has its text, and those that point to it, in the order of the sheet."""

    master: _Cell
    others: tuple[_Cell, ...]


def refuse_orphans(sheet: str, content: bytes, overwritten: Iterable[_Cell]) -> None:
    """Let cells of shared formulas be overwritten that leave no other cell without its formula.

    Args:
        sheet: The sheet's name, for the sentence.
        content: Its XML.

    Raises:
        UnsafeWrite: A first cell is among them, and cells that point to it aren't; all are named, with the way out.
    """
    gone = frozenset(overwritten)
    left = [(one, kept) for one in _groups(content) if one.master in gone and (kept := set(one.others) - gone)]
    if left:
        told = "；".join(_told(sheet, group, sorted(kept)) for group, kept in left)
        raise UnsafeWrite(f"{told}。先做好再运行，什么都没有写")


def _told(sheet: str, group: SharedFormula, kept: list[_Cell]) -> str:
    first, last = cell_at(*kept[0]), cell_at(*kept[-1])
    which = f"{first} 到 {last} 的 {len(kept)} 格" if len(kept) > 1 else first
    again = f"选中 {first}，按 F2 再按回车" + (f"，然后向下填充到 {last}" if len(kept) > 1 else "")
    why = f"{sheet}!{cell_at(*group.master)} 是向下填充的一组公式的第一格，清空以后 {which}没有公式了"
    return f"{why} → 请在 Excel 里{again}，保存"


def _groups(content: bytes) -> Iterator[SharedFormula]:
    found: dict[str, list[_Cell]] = {}
    masters: dict[str, _Cell] = {}
    cell: list[_Cell] = [(0, 0)]

    def begun(name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "c":
            cell[0] = parse_cell(attributes.get("r", "")) or (0, 0)
        elif kind == "f" and attributes.get("t") == "shared":
            index = attributes.get("si", "")
            if "ref" in attributes:
                masters[index] = cell[0]
            else:
                found.setdefault(index, []).append(cell[0])

    parser = expat.ParserCreate()
    parser.StartElementHandler = begun
    parser.Parse(content, True)
    return (SharedFormula(master, tuple(found.get(index, ()))) for index, master in masters.items())
