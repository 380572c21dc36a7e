"""Repairs of cells that are only written the wrong way: proposed by `check --fix`, made by `--apply`."""

from __future__ import annotations

from msgspec import Struct

from capa_xl.model.register import AutoValue


class Fix(Struct, frozen=True):
    """One cell as it stands and as it should stand; both mean the same.

    Attributes:
        sheet: The sheet's actual name.
        cell: A1 address.
        header: Heading of its column.
        why: What is repaired, a Chinese phrase.
    """

    sheet: str
    cell: str
    header: str
    before: AutoValue
    after: AutoValue
    why: str


class KeptCell(Struct, frozen=True):
    """A cell that `undo` left alone: somebody changed it since an `--apply`, or another of the row that it began.

    Attributes:
        applied: What it was given; None for a cell that somebody filled in such a row.
        found: What it holds; what it was given, where another cell of the row was changed.
        row_then: What named its row, where another row stands there now; "" else.
        row_now: What names that one; "" where nothing does.
    """

    sheet: str
    cell: str
    applied: AutoValue
    found: AutoValue
    row_then: str = ""
    row_now: str = ""


class KeptRow(Struct, frozen=True):
    """A row that `undo` left as it is, whole: another one stands there, or its action comes back nowhere.

    Attributes:
        row: 1-based.
        number: The action whose row it was.
        found: What stands in it now, its first value; None where it is empty.
    """

    sheet: str
    row: int
    number: str
    found: AutoValue
