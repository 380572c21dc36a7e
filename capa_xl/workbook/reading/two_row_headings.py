"""The headings of a header of one row or two: a group's name above (责任 | 部门) is read with the name below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from capa_xl.a1 import Range
from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.workbook.reading.header_match import HeaderMatch, Heading, text_of, unwrapped
from capa_xl.workbook.reading.heading_names import ASK, WEAK, Candidate, is_planned_or_actual, normalised
from capa_xl.workbook.reading.names_below_groups import spread

Sure = Callable[[str], Candidate | None]
"""The column that a heading surely means, if any."""


class Names(Struct, frozen=True):
    """What headings are looked up in.

    Attributes:
        sure: With what somebody answered.
        plain: Without.
        answered: The names, normalised, that somebody answered for.
    """

    sure: Sure
    plain: Sure
    answered: Collection[str] = ()


def headings_in(
    texts: Sequence[Sequence[str]], row: int, used: int, names: Names, merged: Sequence[Range]
) -> list[Heading]:
    """Every heading of a header that ends in that row, left to right; none where the row above groups nothing.

    Args:
        texts: The stripped texts of the sheet's first rows, from row 1.
        row: 1-based.
        used: 1, or 2 for the row above as well.
        names: What a heading means.
        merged: The sheet's merged ranges.
    """
    lower, covered = texts[row - 1], covered_columns(row, merged)
    if used == 1:
        return [heading_of(at, text, names.sure) for at, text in enumerate(lower, 1) if text and at not in covered]
    upper = names_above(texts[row - 2], lower, row - 1, merged)
    if not _is_group_row(upper, lower, covered):
        return []
    pairs = [pair for pair in enumerate(zip(upper, lower, strict=True), 1) if any(pair[1]) and pair[0] not in covered]
    counts = Counter(under for _, (_, under) in pairs)
    return [_joined(at, *pair, names, is_shared=counts[pair[1]] > 1) for at, pair in pairs]


def covered_columns(row: int, merged: Sequence[Range]) -> frozenset[int]:
    """Columns of a row that lie under a merged cell to their left: they are no columns of the table."""
    return frozenset(
        at for top, left, bottom, right in merged if top <= row <= bottom for at in range(left + 1, right + 1)
    )


def _is_group_row(upper: Sequence[str], lower: Sequence[str], covered: frozenset[int]) -> bool:
    """True where at least one heading of the upper row spans two or more headings below it."""
    below = [
        (over, at) for at, (over, under) in enumerate(zip(upper, lower, strict=True), 1) if under and at not in covered
    ]
    return any(over and over == other for (over, _), (other, _) in pairwise(below))


def names_above(upper: Sequence[str], lower: Sequence[str], row: int, merged: Sequence[Range]) -> list[str]:
    """The upper row with every group heading repeated over its columns, merged or just left blank."""
    over = spread(upper, row, merged)
    for at in range(1, len(over)):
        if not over[at] and lower[at] and lower[at - 1]:
            over[at] = over[at - 1]
    return over


def _joined(column: int, upper: str, lower: str, names: Names, *, is_shared: bool) -> Heading:
    """One name of two rows: its own where that says enough, else with its group's before it: 完成日期.

    Args:
        is_shared: Other columns have the same name in the lower row: it is no name of one of them, and an answer for it
            is none for a column that is known by both names together.
    """
    alone = heading_of(column, lower or upper, names.sure)
    if not lower or not upper or upper == lower:
        return alone
    together = heading_of(column, upper + lower, names.sure)
    is_own = is_shared and _is_better(*(heading_of(column, text, names.plain) for text in (upper + lower, lower)))
    is_nothing_alone = not alone.candidates and normalised(lower) not in names.answered
    is_told_apart = is_nothing_alone and (is_shared or is_planned_or_actual(upper + lower))
    return together if is_own or is_told_apart or _is_better(together, alone) else alone


def _is_better(together: Heading, alone: Heading) -> bool:
    return bool(together.candidates) and rank(together) < rank(alone)


def named_in_full(column: int, upper: str, lower: str, names: Names, *, is_shared: bool) -> Heading:
    """Its name with that of its group where its own says little: Close-out Date, Target date Forecast."""
    found = _joined(column, upper, lower, names, is_shared=is_shared)
    is_told = not lower or not upper or upper == lower or rank(found) < WEAK or is_planned_or_actual(found.text)
    return found if is_told else heading_of(column, f"{upper} {lower}", names.sure)


def heading_of(column: int, text: str, sure: Sure) -> Heading:
    """The heading of one column, with what it surely means."""
    found = sure(text)
    return Heading(column, text, (found,) if found else ())


def rank(heading: Heading) -> int:
    """How good its best meaning is, 0 best; that of a guess where it has none."""
    return heading.candidates[0].rank if heading.candidates else ASK


def every_heading(values: SheetValues, match: HeaderMatch) -> tuple[str, ...]:
    """Every heading on one line, left to right; of a header of two rows also each row's own, and both together."""
    names = (*(heading.text for heading in match.headings), *_of_both_rows(values, match))
    return tuple(dict.fromkeys(filter(None, map(unwrapped, names))))


def _of_both_rows(values: SheetValues, match: HeaderMatch) -> Iterator[str]:
    if match.rows_used == 1:
        return
    row = match.header_row
    upper, lower = ([text_of(value) for value in values.rows[at]] for at in (row - 2, row - 1))
    for over, under in zip(names_above(upper, lower, row - 1, values.merged), lower, strict=True):
        yield from (over + under, over, under)
