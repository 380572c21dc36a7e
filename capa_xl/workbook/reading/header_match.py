"""A header that was found: its headings, and the columns that they are taken for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.heading_names import Candidate

LONGEST_SAID = 14
"""A heading longer than this holds instructions, and is called by our own name."""
_BETWEEN_CHARACTERS = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
NEEDED: tuple[tuple[str, ...], ...] = (
    ("number",),
    ("measure", "description"),
    ("owners", "responsible_department"),
    ("due_on",),
)
"""Always needed in the tracker: of each group one column."""


class Heading(Struct, frozen=True):
    """One heading of the table.

    Attributes:
        column: 1-based column.
        text: As it stands; of a two-row header the joined text where that is what was matched.
        candidates: The columns it may mean, best first.
        key: The column it is taken for; None when it stays a foreign column.
    """

    column: int
    text: str
    candidates: tuple[Candidate, ...]
    key: str | None = None


class Clash(Struct, frozen=True):
    """Two headings that mean the same column with the same right; the first is taken."""

    key: str
    first: Heading
    second: Heading


class HeaderMatch(Struct, frozen=True):
    """A header that was found.

    Attributes:
        header_row: 1-based row of the (lower) header.
        rows_used: 1, or 2 where the row above belongs to it.
        headings: Every heading, left to right.
        columns: English key → 1-based column.
        clashes: Equals of the winning rank (WB03).
    """

    header_row: int
    rows_used: int
    headings: tuple[Heading, ...]
    columns: Mapping[str, int]
    clashes: tuple[Clash, ...] = ()

    @property
    def mapped(self) -> tuple[Heading, ...]:
        """Headings that are taken for a column."""
        return tuple(heading for heading in self.headings if heading.key)

    @property
    def unmapped(self) -> tuple[Heading, ...]:
        """Headings that stay foreign columns, those with guesses among them."""
        return tuple(heading for heading in self.headings if not heading.key)

    @property
    def missing(self) -> tuple[tuple[str, ...], ...]:
        """Groups of always-needed columns of the tracker of which none is there."""
        return tuple(group for group in NEEDED if not any(key in self.columns for key in group))

    @property
    def own_words(self) -> Mapping[str, str]:
        """Key → heading as the sheet has it, on one line and without a star or colon; long ones are left out."""
        taken = ((h.key, unwrapped(h.text).strip("*＊:： ")) for h in self.mapped)
        return {key: text for key, text in taken if key and len(text.replace(" ", "")) <= LONGEST_SAID}

    def repeats(self, cells: Sequence[Value]) -> bool:
        """True for a row that says the headings again, as people copy them to the top of every page."""
        said = [(h.text, text) for h in self.headings if (text := text_of(cells[h.column - 1]))]
        others = {text for heading, text in said if not heading.endswith(text)}
        elsewhere = others & {heading.text for heading in self.headings}
        return len(said) > 1 and 2 * len(others) < len(said) and not elsewhere

    def heading(self, key: str) -> str:
        """The text above a column."""
        return next((heading.text for heading in self.headings if heading.key == key), "")


def text_of(value: Value) -> str:
    """The text of a cell, stripped; of a number or a day none."""
    return value.strip() if isinstance(value, str) else ""


def unwrapped(text: str) -> str:
    """A heading on one line: 责任↵人 is 责任人, Revised↵Date is Revised Date."""
    return _BETWEEN_CHARACTERS.sub("", " ".join(text.split()))
