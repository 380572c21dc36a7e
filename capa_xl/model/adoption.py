"""What `adopt` found in somebody's table, what it asks and what it adds, as a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct, field

UNDECIDED: Final = "待定"
"""In a printed command the answer that somebody must give: nothing says what is likely."""


class MappedHeading(Struct, frozen=True):
    """A heading that is taken for a column of ours.

    Attributes:
        header: As it stands in the table.
        cell: Its A1 address.
        field: The column's canonical header.
        score: 1.0 exact or answered, 0.9 a known synonym.
        sheet: The (first) sheet it stands on.
    """

    header: str
    cell: str
    field: str
    score: float
    sheet: str = ""


class AskedHeading(Struct, frozen=True):
    """A heading that may mean several columns, or one that nobody is sure of.

    Attributes:
        candidates: Canonical headers, best first.
        why: What makes it doubtful, in Chinese; "" where only the name is.
        needed_for: Those of its candidates that the table needs: nothing is written before it is answered.
        samples: The first values below it.
        proposal: What it likely means beside the other headings in question; "" for none of ours; None where it is
            needed and nothing says what it means.
        is_weak: Another heading in question has the better name for the same column.
        likely: What its place among the others, else its name, else its comment says; "" for nothing.
        ungrounded: Candidates that the values don't speak for: never proposed.
        must: Somebody must say; that it is none of ours is no proposal either.
    """

    header: str
    cell: str
    candidates: tuple[str, ...]
    why: str = ""
    needed_for: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    proposal: str | None = ""
    is_weak: bool = False
    likely: str = ""
    ungrounded: tuple[str, ...] = ()
    must: bool = False

    @property
    def is_needed(self) -> bool:
        """Nothing is written before it is answered."""
        return bool(self.needed_for)


class ListWord(Struct, frozen=True):
    """One distinct word of a column that is taken for a list (decisions C1).

    Attributes:
        header: Heading of the column as it stands in the table.
        field: The column's canonical header; the word is declared under it.
        word: As it stands in the cells.
        count: In how many rows; 0 for a word that only the column's drop-down list names.
        meaning: The canonical word; "" where it is asked.
        candidates: What it may mean, the proposal first; () once it is settled.
        proposal: What it likely means, "" for a blank cell; None where nothing says so.
        is_answered: Somebody said what it means, be it blank.
        is_needed: Unanswered it would take its rows out of tracking, or leave open whether they are done: nothing is
            written before.
        sample: A cell it was seen in, where the word itself is none.
        texts: All that it stands for then, of which the answer is kept.
        takes_a_day: Its meaning is a day in ISO form.
    """

    header: str
    field: str
    word: str
    count: int
    meaning: str
    candidates: tuple[str, ...] = ()
    proposal: str | None = None
    is_answered: bool = False
    is_needed: bool = False
    sample: str = ""
    texts: tuple[str, ...] = ()
    takes_a_day: bool = False

    @property
    def is_asked(self) -> bool:
        """True while nobody knows what it means."""
        return not self.meaning and not self.is_answered


def proposal_first(proposal: str | None, meanings: Sequence[str]) -> tuple[str, ...]:
    """The candidates of a question: what is proposed before all that it may mean."""
    return tuple(dict.fromkeys((proposal, *meanings) if proposal else meanings))


class Answers(Struct, frozen=True):
    """What a command says to the questions.

    Attributes:
        headings: Heading → header of ours, "" for none.
        meanings: Column → word → canonical word, "" for blank.
        sheets: The sheets it names.
        asked: The questions that were answered for somebody, in the order in which they came up: all of them are shown.
        settled: Words of columns that only these answers name, with what they count as: shown before they count.
        company: 公司名称 of a new file; "" where it is left to be filled.
    """

    headings: Mapping[str, str]
    meanings: Mapping[str, Mapping[str, str]]
    sheets: tuple[str, ...] = ()
    asked: tuple[AskedHeading | ListWord, ...] = ()
    settled: tuple[ListWord, ...] = ()
    company: str = ""


class LeftOutRow(Struct, frozen=True):
    """A row that can't be tracked until somebody mends it; the cells at fault by their address."""

    row: int
    number: str
    cells: tuple[str, ...]
    sheet: str = ""


class Adoption(Struct, frozen=True):
    """An existing table as the tool will read it.

    Attributes:
        sheet: The sheet it stands on; of several the first.
        header_row: 1-based row of the (lower) header.
        mapped: Headings that are known, left to right.
        unmapped: Headings nobody knows: they stay as they are.
        added: Headers of the columns added on the right.
        ask: Headings somebody must decide; until then they count as unknown.
        words: The words of the columns that are lists.
        notes: What else somebody should know of the table, in Chinese.
        sheets: Sheets that are added.
        trackers: The sheets it stands on, in workbook order.
        prefixes: Sheets whose 序号 begins anew → what stands before their numbers from now on.
        tracked: Rows that are actions.
        left_out: Rows that can't be tracked as they stand.
    """

    sheet: str
    header_row: int
    mapped: tuple[MappedHeading, ...]
    unmapped: tuple[str, ...]
    added: tuple[str, ...]
    ask: tuple[AskedHeading, ...]
    words: tuple[ListWord, ...] = ()
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    tracked: int = 0
    left_out: tuple[LeftOutRow, ...] = ()
    trackers: tuple[str, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked_words(self) -> tuple[ListWord, ...]:
        """The words whose meaning nobody has settled."""
        return tuple(word for word in self.words if word.is_asked)

    @property
    def is_blocked(self) -> bool:
        """True while a needed heading or word is in question: then nothing is written (decisions C7)."""
        return any(h.is_needed for h in self.ask) or any(word.is_needed for word in self.asked_words)
