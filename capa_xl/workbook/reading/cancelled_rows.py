"""Rows that a column of verdicts cancels: 撤销 below 验证判定, where somebody said that it means 已取消."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.problem import Hit, Remark
from capa_xl.model.stated_status import STATED_CANCELLED
from capa_xl.workbook.reading.cells_of_lists import is_declared_cancelled
from capa_xl.workbook.reading.grid import Grid
from capa_xl.workbook.reading.lists import Lists
from capa_xl.workbook.reading.notes import text_of

_MAY_CANCEL = tuple(col for col in columns_of(Action) if col.may_cancel)


class CancellingCell(Struct, frozen=True):
    """The verdict that cancels a row: its column and its word."""

    key: str
    word: str

    def remark(self, grid: Grid, at: int, number: str) -> Remark:
        """Where the row's word stands, for what speaks against it (WB10)."""
        facts = {"h": f"「{' '.join(grid.match.heading(self.key).split())}」", "v": self.word}
        return Remark("WB10", Hit(grid.sheet, grid.at(at, self.key), number, grid.row(at), facts))


def cancelled_by_verdict(grid: Grid, lists: Lists) -> dict[int, CancellingCell]:
    """Index → the verdict by which the row is cancelled."""
    found: dict[int, CancellingCell] = {}
    for col in _MAY_CANCEL:
        meanings = lists.meanings.get(col.header, {})
        if col.key in grid.match.columns and STATED_CANCELLED in meanings.values():
            words = map(text_of, grid.raw[grid.match.columns[col.key] - 1])
            for at, word in enumerate(words):
                if word and is_declared_cancelled(word, col, meanings):
                    found.setdefault(at, CancellingCell(col.key, word))
    return found


def with_cancelled(grid: Grid, cancelled: Mapping[int, CancellingCell]) -> Grid:
    """The grid whose own status word of those rows is 已取消, whatever else the table says of them."""
    if not cancelled:
        return grid
    stated = grid.values.get("stated_status", [None] * grid.size)
    words = [STATED_CANCELLED if at in cancelled else word for at, word in enumerate(stated)]
    return replace(grid, values={**grid.values, "stated_status": words})
