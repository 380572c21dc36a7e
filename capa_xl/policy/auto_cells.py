"""Our own cells that people edited: WB07 reports them, the journal keeps them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from capa_xl.model.register import Register, auto_text


class EditedCell(NamedTuple):
    """One 〔自动〕 cell that doesn't hold what the last refresh wrote; texts as the cell shows them."""

    number: str
    key: str
    row: int
    before: str
    now: str


def edited_auto_cells(
    register: Register, written: Mapping[tuple[str, str], str], row_of: Mapping[str, int]
) -> Iterator[EditedCell]:
    """The 〔自动〕 cells edited since the last refresh; what isn't ours to write (`auto_kept`) is nobody's edit.

    Args:
        written: (编号, 〔自动〕 key) → what the last refresh wrote.
        row_of: 编号 → row.
    """
    for (number, key), before in written.items():
        row = row_of.get(number)
        if row is None or (row, key) in register.auto_kept or key not in register.auto.get(row, {}):
            continue
        now = auto_text(register.auto[row][key])
        if now != before:
            yield EditedCell(number, key, row, before, now)
