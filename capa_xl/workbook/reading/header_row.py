"""Finds the header among the first rows of a sheet and says which column is which.

Only sure matches map; guesses are kept for `adopt`, which asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, partial
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.a1 import Range
from capa_xl.model.action import Action
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.header_match import HeaderMatch, Heading, text_of
from capa_xl.workbook.reading.heading_names import Vocabulary, answered, normalised, sure_of, vocabulary_of
from capa_xl.workbook.reading.names_below_groups import are_names_below, spread
from capa_xl.workbook.reading.settled_headings import assigned, settled_by_neighbours, with_guesses
from capa_xl.workbook.reading.two_row_headings import Names, covered_columns, heading_of, headings_in, named_in_full

SEARCHED_ROWS = 30
_FIGURE = re.compile(r"\d")
_NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


class _Sheet(Struct, frozen=True):
    """The rows among which a header is looked for, and the words that its headings are looked up in.

    Attributes:
        rows: From row 1; those below a header decide whether 序号 is unique.
        texts: Of the first of them, stripped.
    """

    rows: Sequence[Sequence[Value]]
    texts: Sequence[Sequence[str]]
    merged: Sequence[Range]
    words: Vocabulary
    names: Names

    def headings(self, row: int, used: int) -> list[Heading]:
        """The headings of a header that ends in that row."""
        return self.settled(headings_in(self.texts, row, used, self.names, self.merged))

    def settled(self, headings: list[Heading]) -> list[Heading]:
        """The headings with what their neighbours tell of them."""
        return settled_by_neighbours(headings, self.words)

    def match(self, row: int, used: int, headings: list[Heading]) -> HeaderMatch:
        """The header that settled headings make."""
        return assigned(row, used, headings, self.words, partial(_is_unique, self.rows, row))


def match_headers(
    rows: Sequence[Sequence[Value]],
    record: type = Action,
    *,
    merged: Sequence[Range] = (),
    least: int = 3,
    answers: Mapping[str, str] = _NO_ANSWERS,
) -> HeaderMatch | None:
    """The best header among the first 30 rows, or None.

    Args:
        rows: The sheet's rows from row 1; those below the header decide whether 序号 is unique.
        record: Whose columns to look for.
        merged: Merged ranges, for group headings.
        least: Sure hits a header needs; fewer do when every always-needed column is there.
        answers: What somebody said headings mean: heading → header of the schema, "" for none.
    """
    words = answered(vocabulary_of(record), answers) if answers else vocabulary_of(record)
    by_name = sure_of(record)
    sure = cache(words.sure) if answers else by_name  # every row is looked at alone and together with its neighbours
    texts = [[text_of(value) for value in row] for row in rows[:SEARCHED_ROWS]]
    sheet = _Sheet(rows, texts, merged, words, Names(sure, by_name, words.answers.keys()))
    best: HeaderMatch | None = None
    best_worth = (0, 0, 0)
    for row, used in ((row, used) for row in range(1, len(texts) + 1) for used in (1, 2) if row >= used):
        if used == 1 and len(texts[row - 1]) - texts[row - 1].count("") < best_worth[0] + _is_whole(best):
            continue  # too few texts for more columns than were found already: most rows need not be understood
        headings = sheet.headings(row, used)
        if _most_columns(headings) < max(best_worth[0], 1):
            continue
        found = sheet.match(row, used, headings)
        worth = (len(found.columns), -len(found.missing), -used)
        if worth > best_worth or (best and worth[:2] == best_worth[:2] and _names_more(found, best, rows[row - 1])):
            best, best_worth = found, worth
    if best is None or (best_worth[0] < least and (record is not Action or best.missing)):
        return None
    found = _with_names_above(_with_names_below(_topmost(best, sheet), sheet), sheet)
    if answers and found.rows_used == 2:  # how its columns are called depends on no answer
        plain = match_headers(rows, record, merged=merged, least=1)
        found = _called_as(plain, found, sheet) if plain else found
    return with_guesses(found, words)


def _is_whole(best: HeaderMatch | None) -> bool:
    """Whether another single row is better only with more columns: this one is single too, and lacks none."""
    return best is not None and best.rows_used == 1 and not best.missing


def without_answered(match: HeaderMatch, answers: Mapping[str, str]) -> HeaderMatch:
    """The same header without what is none of ours by an answer: ● below 进度 is no share of the work."""
    foreign = {normalised(heading) for heading, header in answers.items() if not header}
    headings = tuple(replace(h, key=None) if normalised(h.text) in foreign else h for h in match.headings)
    return replace(match, headings=headings, columns={h.key: h.column for h in headings if h.key})


def _names_more(found: HeaderMatch, best: HeaderMatch, lower: Sequence[Value]) -> bool:
    """Two rows of which the best one is the upper: it names groups, and below it stand names and no values."""
    is_below = (found.header_row, found.rows_used) == (best.header_row + 1, 2) and best.rows_used == 1
    names = [value for value in lower if value != ""]
    return is_below and len(found.headings) > len(best.headings) and all(map(_is_a_name, names))


def _is_a_name(value: Value) -> bool:
    return isinstance(value, str) and _FIGURE.search(value) is None


def _most_columns(headings: Sequence[Heading]) -> int:
    """So many columns these headings give at most: every known one, and one that its neighbours settle."""
    known = sum(bool(heading.candidates) for heading in headings)
    return known + 1 if known else 0


def _topmost(best: HeaderMatch, sheet: _Sheet) -> HeaderMatch:
    """The first of the rows that say the very same headings: below it all rows are of the table."""
    said, used = [heading.text for heading in best.headings], best.rows_used
    for row in range(used, best.header_row):
        headings = sheet.headings(row, used)
        if [heading.text for heading in headings] == said:
            return sheet.match(row, used, headings)
    return best


def _with_names_below(match: HeaderMatch, sheet: _Sheet) -> HeaderMatch:
    """The header with the row below where that only names the columns of its groups, however few of them are known."""
    row, texts, merged = match.header_row, sheet.texts, sheet.merged
    if match.rows_used == 2 or row >= len(texts):
        return match
    is_blank = [value == "" or isinstance(value, str) for value in sheet.rows[row]]
    if not are_names_below(texts, is_blank, row, merged):
        return match
    upper, lower, covered = spread(texts[row - 1], row, merged), texts[row], covered_columns(row + 1, merged)
    pairs = enumerate(zip(upper, lower, strict=True), 1)
    headings = [
        named_in_full(at, *pair, sheet.names, is_shared=lower.count(pair[1]) > 1)
        for at, pair in pairs
        if any(pair) and at not in covered
    ]
    return sheet.match(row + 1, 2, sheet.settled(headings))


def _with_names_above(match: HeaderMatch, sheet: _Sheet) -> HeaderMatch:
    """The header with the row above where that groups its columns, and names some that have no name in the row itself.

    However little its groups say: 8D stage is merged over both rows, and a column of values is never without its name.
    """
    row = match.header_row
    if (
        match.rows_used == 2
        or row < 2
        or not any(_stands_above(at, row, sheet) for at in range(len(sheet.texts[row - 1])))
    ):
        return match
    headings = sheet.headings(row, 2)
    return sheet.match(row, 2, headings) if headings else match


def _stands_above(at: int, row: int, sheet: _Sheet) -> bool:
    """A name over one column alone that is blank in the row itself and has values below."""
    upper, lower = sheet.texts[row - 2][at], sheet.rows[row - 1][at]
    is_wide = any(
        top <= row - 1 <= bottom and left <= at + 1 <= right and right > left
        for top, left, bottom, right in sheet.merged
    )
    return bool(upper) and lower == "" and not is_wide and any(line[at] != "" for line in sheet.rows[row:])


def _called_as(plain: HeaderMatch, found: HeaderMatch, sheet: _Sheet) -> HeaderMatch:
    """The header under the names that it has without any answer; where one was given under another name, under that."""
    row, names = found.header_row, {heading.column: heading.text for heading in plain.headings}
    own = {h.column: h.text for h in found.headings if normalised(h.text) in sheet.words.answers}
    called = [names.get(h.column, h.text) if h.column not in own else own[h.column] for h in found.headings]
    if (plain.header_row, plain.rows_used) != (row, 2) or called == [h.text for h in found.headings]:
        return found
    headings = [heading_of(h.column, text, sheet.names.sure) for h, text in zip(found.headings, called, strict=True)]
    return sheet.match(row, 2, sheet.settled(headings))


def _is_unique(rows: Sequence[Sequence[Value]], header_row: int, column: int) -> bool:
    heading = rows[header_row - 1][column - 1]
    values = [row[column - 1] for row in rows[header_row:] if row[column - 1] not in ("", heading)]
    return len(values) == len(set(values))
