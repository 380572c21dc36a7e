"""Sheets beside the chosen ones that hold a table under headings nobody knows: named, asked where they are bigger."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache

from msgspec import Struct

from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.command_line import in_quotes
from capa_xl.model.schema import SHEET_NAMES
from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.reading.tables_by_values import TableByValues, table_by_values

Beside = tuple[str, TableByValues]
ReadSheet = Callable[[str], SheetValues]


class SheetsOnce(Struct, frozen=True):
    """A workbook's sheets, each read when it is first asked for and kept; nobody fills anything into them.

    Attributes:
        names: The worksheets, in order.
        read: Name → its cells.
        date1904: The workbook's date system.
    """

    names: tuple[str, ...]
    read: ReadSheet
    date1904: bool = False

    @classmethod
    def of(cls, book: WorkbookValues) -> SheetsOnce:
        """Those of an opened workbook."""
        return cls(book.names, cache(book.read), book.package.date1904)


def sheets_beside(sheets: Sequence[str], read: ReadSheet, known: Collection[str]) -> list[Beside]:
    """The sheets that may be trackers by what stands in them.

    Args:
        sheets: Those of the workbook.
        read: The cells of one of them.
        known: Sheets of which something is said already.
    """
    names = [name for name in sheets if name not in known and name.strip() not in SHEET_NAMES]
    found = ((name, table_by_values(read(name))) for name in names)
    return [(name, table) for name, table in found if table is not None and table.may_be_a_tracker]


def refuse_bigger_ones(chosen: Sequence[FoundTable], beside: Sequence[Beside]) -> None:
    """Let a choice pass beside which no bigger table is left.

    Raises:
        UnreadableWorkbook: Somebody must say which sheet is meant.
    """
    rows = sum(len(table.rows) for table in chosen)
    if sum(len(table.rows) for _, table in beside) > rows:
        taken = "、".join(f"《{table.name}》（{len(table.rows)} 行）" for table in chosen)
        left = "、".join(f"《{name}》（{len(table.rows)} 行）" for name, table in beside)
        example = " ".join(f"--sheet {in_quotes(name)}" for name, _ in beside)
        raise UnreadableWorkbook(
            f"列名认得出的工作表是 {taken}，但 {left} 也像跟踪表，而且行数更多，不知道接管哪一个 → "
            f"请指明，例：{example}"
        )


def notes_of_sheets(beside: Sequence[Beside]) -> Iterator[str]:
    """One sentence a sheet, in Chinese."""
    for name, table in beside:
        yield (
            f"工作表《{name}》也像一张跟踪表（表头在第 {table.header_row} 行，{len(table.rows)} 行），没有计入；"
            f"要计入，加 --sheet {in_quotes(name)}"
        )
