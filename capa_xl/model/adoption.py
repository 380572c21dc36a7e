"""What `adopt` found in somebody's table and what it adds, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MappedHeading:
    """A heading that is taken for a column of ours.

    Attributes:
        header: As it stands in the table.
        cell: Its A1 address.
        field: The column's canonical header.
        score: 1.0 exact or answered, 0.9 a known synonym.
    """

    header: str
    cell: str
    field: str
    score: float


@dataclass(frozen=True, slots=True)
class AskedHeading:
    """A heading that may mean several columns, or one that nobody is sure of; candidates best first."""

    header: str
    cell: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adoption:
    """An existing table as the tool will read it.

    Attributes:
        sheet: The sheet it stands on.
        header_row: 1-based row of the (lower) header.
        mapped: Headings that are known, left to right.
        unmapped: Headings nobody knows: they stay as they are.
        added: Headers of the columns added on the right.
        ask: Headings somebody must decide; until then they count as unknown.
        sheets: Sheets that are added.
    """

    sheet: str
    header_row: int
    mapped: tuple[MappedHeading, ...]
    unmapped: tuple[str, ...]
    added: tuple[str, ...]
    ask: tuple[AskedHeading, ...]
    sheets: tuple[str, ...] = ()
