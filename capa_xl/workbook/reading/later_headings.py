"""Headings that came into an adopted table later: named, not taken for a column of ours in silence (decisions C1).

adopt keeps in 参数 what each sheet's headings were and meant. A column that somebody adds for their own use may bear a
name that we know, and would change from one day to the next whose turn the rows are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from capa_xl.a1 import Range
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.derived import AUTO_PREFIX
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.header_match import HeaderMatch, Heading
from capa_xl.workbook.reading.header_row import match_headers
from capa_xl.workbook.reading.heading_names import ROW_NUMBERS, normalised
from capa_xl.workbook.reading.later_days import are_beyond_the_deadline
from capa_xl.workbook.reading.moved_deadlines import says_moved
from capa_xl.workbook.reading.renamed_headings import renamed_headings

_BETWEEN, _MEANS = "；", "="
_HEADERS = {key: col.header for key, col in column_by_key(Action).items()}
_SURE = 0.9
_DUE, _FIRST_DUE = _HEADERS["due_on"], _HEADERS["original_due_on"]


class LaterHeading(Struct, frozen=True):
    """A heading that wasn't there at adoption and means a column of ours.

    Attributes:
        header: The column's own name.
        counts: It is that very name, and no other column had that meaning: hints ask for such columns.
        first: The heading of the deadline that this one moves, as it stands; "" for any other column.
        is_renamed: The column of that meaning is gone, and this is likely it under another name.
        or_else: The other headings that the column may stand under now.
        is_third: That one was moved to already: a row has two deadlines, no more.
    """

    heading: Heading
    header: str
    counts: bool
    first: str = ""
    is_third: bool = False
    is_renamed: bool = False
    or_else: tuple[str, ...] = ()

    @property
    def instead(self) -> tuple[str, ...]:
        """What `--map` takes where it isn't this heading but one of those that may be it as well."""
        return tuple(f"{_on_one_line(text)}={self.header}" for text in self.or_else)

    @property
    def answers(self) -> tuple[str, ...]:
        """What `--map` takes to have it counted; of two deadlines both are said, of a third none."""
        if self.is_third:
            return ()
        also = (f"{_on_one_line(self.first)}={_FIRST_DUE}",) if self.first else ()
        return (f"{_on_one_line(self.heading.text)}={self.header}", *also)


class KnownHeadings(Struct, frozen=True):
    """What is known of a sheet's headings.

    Attributes:
        answers: What somebody said: heading → header of ours, "" for none.
        adopted: `normalised` heading at adoption → header of ours, "" for none; empty where nobody kept them.
    """

    answers: Mapping[str, str]
    adopted: Mapping[str, str]

    @classmethod
    def of(cls, answers: Mapping[str, str], kept: Mapping[str, str], sheet: str) -> KnownHeadings:
        """What `kept` holds of a sheet; of one that came later what it holds of all.

        Args:
            kept: Sheet → what `as_kept` made of its headings.
        """
        texts = [kept[sheet.strip()]] if sheet.strip() in kept else list(kept.values())
        pairs = [pair for text in texts for pair in _pairs(text)]
        return cls({**_unmistakable(pairs), **answers} if pairs else answers, dict(pairs))


def as_kept(headings: Iterable[tuple[str, str]]) -> str:
    """Heading and header of ours ("" for none) of each column, as one text for 参数: 负责人=责任人；车间."""
    bare = ((_bare(text), header) for text, header in headings)
    return _BETWEEN.join(f"{text}{_MEANS}{header}" if header else text for text, header in bare if text)


def match_as_adopted(
    rows: Sequence[Sequence[Value]], merged: Sequence[Range], known: KnownHeadings
) -> tuple[HeaderMatch | None, tuple[LaterHeading, ...]]:
    """The header as `match_headers` finds it, without what came later; and what came later, left to right."""
    match = match_headers(rows, merged=merged, answers=known.answers, least=1 if known.adopted else 3)
    if match is None or not known.adopted:
        return match, ()
    since = _Since.of(match, known)
    below = rows[match.header_row :]
    later = tuple(_later(match, since, below))
    told = {one.heading.column for one in later}
    later += tuple(one for one in _renamed(match, since, known, below) if one.heading.column not in told)
    left_out = {one.heading.text: "" for one in later if not one.counts}
    if left_out:
        match = match_headers(rows, merged=merged, answers={**known.answers, **left_out})
    return match, later


class _Since(Struct, frozen=True):
    """What became of the headings since adoption.

    Attributes:
        kept: The meanings whose heading of then still stands there.
        lost: Those whose heading is gone, in the order of then; "" stands for one of no meaning.
        new: The headings that weren't there, and that nobody answered for, but for our own.
    """

    kept: frozenset[str]
    lost: tuple[str, ...]
    new: tuple[Heading, ...]

    @classmethod
    def of(cls, match: HeaderMatch, known: KnownHeadings) -> _Since:
        there = {normalised(heading.text) for heading in match.headings}
        told = known.adopted.keys() | {normalised(heading) for heading in known.answers}
        new = (h for h in match.headings if normalised(h.text) not in told and not h.text.startswith(AUTO_PREFIX))
        return cls(
            frozenset(header for name, header in known.adopted.items() if name in there),
            tuple(dict.fromkeys(header for name, header in known.adopted.items() if name not in there)),
            tuple(new),
        )


def _later(match: HeaderMatch, since: _Since, below: Sequence[Sequence[Value]]) -> Iterator[LaterHeading]:
    """A heading that a kept one was renamed to stands for it; everything else that is new is told.

    So are days beyond the deadlines of open rows, whatever stands above them: they may be what those were moved to.
    """
    for heading in since.new:
        is_moved = says_moved(heading.text) or are_beyond_the_deadline(match, heading, below)
        header = _HEADERS.get(_meant(heading), "") or (_DUE if "due_on" in match.columns and is_moved else "")
        if header and (header in since.kept or header not in since.lost):
            first = match.heading("due_on") if header == _DUE and is_moved else ""
            is_third = bool(first) and "original_due_on" in match.columns
            counts = header not in since.kept and normalised(heading.text) == normalised(header)
            yield LaterHeading(heading, header, counts, first, is_third)


def _renamed(
    match: HeaderMatch, since: _Since, known: KnownHeadings, below: Sequence[Sequence[Value]]
) -> Iterator[LaterHeading]:
    """Of each meaning that no heading has any more the new one that it was likely renamed to."""
    held = {_HEADERS.get(heading.key or "", "") for heading in match.headings}
    unmapped = {heading.column for heading in match.unmapped}
    new = [heading for heading in since.new if heading.text and heading.column in unmapped]
    lost = [header for header in since.lost if header in _HEADERS.values() and header not in held]
    for header, (likely, *others) in renamed_headings(lost, new, match.headings, known.adopted, below):
        yield LaterHeading(likely, header, counts=False, is_renamed=True, or_else=tuple(h.text for h in others))


def _meant(heading: Heading) -> str:
    """Its column; of one that lost against another the one that it would have been."""
    sure = (candidate.key for candidate in heading.candidates if candidate.score >= _SURE)
    return heading.key or next(sure, "")


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for piece in filter(None, text.split(_BETWEEN)):
        heading, _, header = piece.partition(_MEANS)
        yield normalised(heading), header


def _unmistakable(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What a heading meant at adoption it means later too, whatever stands beside it then.

    序号 is the rows' number only where it tells them apart; a name that stood there twice meant two things.
    """
    meanings: dict[str, set[str]] = {}
    for name, header in pairs:
        meanings.setdefault(name, set()).add(header)
    return {name: header for name, header in pairs if header and name != ROW_NUMBERS and len(meanings[name]) == 1}


def _bare(heading: str) -> str:
    """A heading on one line, without the two signs that part one from the next."""
    return _on_one_line(heading.replace(_BETWEEN, " ").replace(_MEANS, " "))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
