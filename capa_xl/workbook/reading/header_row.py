"""Finds the header among the first rows of a sheet and says which column is which.

One row or two: a group heading above (责任 | 部门) is read together with the heading below it. Only sure matches
map; guesses are kept for `adopt`, which asks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.a1 import Range
from capa_xl.model.action import Action
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.ambiguous_headings import FINDER_OR_CHECKER, UNIT_OR_ORGANISATION
from capa_xl.workbook.reading.heading_names import (
    ALIAS,
    ASK,
    CANONICAL,
    ROW_NUMBERS,
    WEAK,
    Candidate,
    Vocabulary,
    answered,
    is_planned_or_actual,
    normalised,
    sure_of,
    vocabulary_of,
)
from capa_xl.workbook.reading.names_below_groups import are_names_below, spread

SEARCHED_ROWS = 30
LONGEST_SAID = 14
"""A heading longer than this holds instructions, and is called by our own name."""
_BETWEEN_CHARACTERS = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
_FIGURE = re.compile(r"\d")
_Sure = Callable[[str], Candidate | None]
_NO_ANSWERS: Mapping[str, str] = MappingProxyType({})
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
        taken = ((h.key, _unwrapped(h.text).strip("*＊:： ")) for h in self.mapped)
        return {key: text for key, text in taken if key and len(text.replace(" ", "")) <= LONGEST_SAID}

    def repeats(self, cells: Sequence[Value]) -> bool:
        """True for a row that says the headings again, as people copy them to the top of every page."""
        said = [(h.text, text) for h in self.headings if (text := _text(cells[h.column - 1]))]
        others = {text for heading, text in said if not heading.endswith(text)}
        elsewhere = others & {heading.text for heading in self.headings}
        return len(said) > 1 and 2 * len(others) < len(said) and not elsewhere

    def heading(self, key: str) -> str:
        """The text above a column."""
        return next((heading.text for heading in self.headings if heading.key == key), "")


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
    sure: _Sure

    def headings(self, row: int, used: int) -> list[Heading]:
        """The headings of a header that ends in that row."""
        return self.settled(_headings(self.texts, row, used, self.sure, self.merged))

    def settled(self, headings: list[Heading]) -> list[Heading]:
        """The headings with what their neighbours tell of them."""
        return _settle_finder_or_checker(headings, self.words)

    def match(self, row: int, used: int, headings: list[Heading]) -> HeaderMatch:
        """The header that settled headings make."""
        return _assign(row, used, headings, self.words, partial(_is_unique, self.rows, row))


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
    sure = (
        cache(words.sure) if answers else sure_of(record)
    )  # every row is looked at alone and together with its neighbours
    texts = [[_text(value) for value in row] for row in rows[:SEARCHED_ROWS]]
    sheet = _Sheet(rows, texts, merged, words, sure)
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
    return _with_guesses(found, words)


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
    upper, lower, covered = spread(texts[row - 1], row, merged), texts[row], _covered(row + 1, merged)
    pairs = enumerate(zip(upper, lower, strict=True), 1)
    headings = [_named_in_full(at, *pair, sheet.sure) for at, pair in pairs if any(pair) and at not in covered]
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


def _named_in_full(column: int, upper: str, lower: str, sure: _Sure) -> Heading:
    """Its name with that of its group where its own says little: Close-out Date, Target date Forecast."""
    found = _joined(column, upper, lower, sure)
    is_told = not lower or not upper or upper == lower or _rank(found) < WEAK
    return found if is_told else _heading(column, f"{upper} {lower}", sure)


def _called_as(plain: HeaderMatch, found: HeaderMatch, sheet: _Sheet) -> HeaderMatch:
    """The header under the names that it has without any answer; where one was given under another name, under that."""
    row, names = found.header_row, {heading.column: heading.text for heading in plain.headings}
    own = {h.column: h.text for h in found.headings if normalised(h.text) in sheet.words.answers}
    called = [names.get(h.column, h.text) if h.column not in own else own[h.column] for h in found.headings]
    if (plain.header_row, plain.rows_used) != (row, 2) or called == [h.text for h in found.headings]:
        return found
    headings = [_heading(h.column, text, sheet.sure) for h, text in zip(found.headings, called, strict=True)]
    return sheet.match(row, 2, sheet.settled(headings))


def _headings(
    texts: Sequence[Sequence[str]], row: int, used: int, sure: _Sure, merged: Sequence[Range]
) -> list[Heading]:
    lower, covered = texts[row - 1], _covered(row, merged)
    if used == 1:
        return [_heading(at, text, sure) for at, text in enumerate(lower, 1) if text and at not in covered]
    upper = _spread(list(texts[row - 2]), lower, row - 1, merged)
    if not _is_group_row(upper, lower, covered):
        return []
    pairs = enumerate(zip(upper, lower, strict=True), 1)
    return [_joined(at, *pair, sure) for at, pair in pairs if any(pair) and at not in covered]


def _covered(row: int, merged: Sequence[Range]) -> frozenset[int]:
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


def _spread(upper: list[str], lower: Sequence[str], row: int, merged: Sequence[Range]) -> list[str]:
    """The upper row with every group heading repeated over its columns, merged or just left blank."""
    for top, left, bottom, right in merged:
        if top == bottom == row and left <= len(upper):
            end = min(right, len(upper))
            upper[left - 1 : end] = [upper[left - 1]] * (end - left + 1)
    for at in range(1, len(upper)):
        if not upper[at] and lower[at] and lower[at - 1]:
            upper[at] = upper[at - 1]
    return upper


def _joined(column: int, upper: str, lower: str, sure: _Sure) -> Heading:
    alone = _heading(column, lower or upper, sure)
    if not lower or not upper or upper == lower:
        return alone
    together = _heading(column, upper + lower, sure)
    return together if together.candidates and _rank(together) < _rank(alone) else alone


def _heading(column: int, text: str, sure: _Sure) -> Heading:
    found = sure(text)
    return Heading(column, text, (found,) if found else ())


def _rank(heading: Heading) -> int:
    return heading.candidates[0].rank if heading.candidates else ASK


def _with_guesses(match: HeaderMatch, words: Vocabulary) -> HeaderMatch:
    return replace(match, headings=tuple(_with_guess(heading, words) for heading in match.headings))


def _with_guess(heading: Heading, words: Vocabulary) -> Heading:
    if heading.key is None and normalised(heading.text) == UNIT_OR_ORGANISATION and words.ours:
        return replace(heading, candidates=(Candidate("responsible_department", 0.7, ASK),))
    return heading if heading.candidates else replace(heading, candidates=words.candidates(heading.text))


def _assign(
    row: int, used: int, headings: list[Heading], words: Vocabulary, is_unique: Callable[[int], bool]
) -> HeaderMatch:
    claims: defaultdict[str, list[Heading]] = defaultdict(list)
    for heading in headings:
        is_row_number = normalised(heading.text) == ROW_NUMBERS and ROW_NUMBERS not in words.answers
        if heading.candidates and not (is_row_number and not is_unique(heading.column)):
            claims[heading.candidates[0].key].append(heading)
    taken: dict[int, str] = {}
    clashes: list[Clash] = []
    for key, rivals in claims.items():
        winner = min(rivals, key=_rank)
        taken[winner.column] = key
        equals = [rival for rival in rivals if rival is not winner and _rank(rival) == _rank(winner)]
        clashes += [Clash(key, winner, rival) for rival in equals]
    unanswered = [heading for heading in headings if normalised(heading.text) not in words.answers]
    _settle_planned_or_actual(unanswered, taken)
    _settle_first_deadline([heading for heading in headings if heading not in unanswered], taken)
    if words.ours:  # 过程指标 and 质量数据 have units of their own
        _settle_unit(unanswered, taken)
    named = tuple(Heading(h.column, h.text, h.candidates, taken.get(h.column)) for h in headings)
    columns = {heading.key: heading.column for heading in named if heading.key}
    return HeaderMatch(row, used, named, columns, tuple(clashes))


def _settle_planned_or_actual(headings: Sequence[Heading], taken: dict[int, str]) -> None:
    """完成时间 is the actual day beside a planned one, and the planned day beside an actual one; else nobody knows."""
    known = {"due_on", "completed_on"} & set(taken.values())
    if len(known) != 1:
        return
    doubtful = [heading for heading in headings if is_planned_or_actual(heading.text)]
    if len(doubtful) == 1:
        taken[doubtful[0].column] = "completed_on" if "due_on" in known else "due_on"


def _settle_first_deadline(answered: Sequence[Heading], taken: dict[int, str]) -> None:
    """What somebody called the first deadline is the deadline on a sheet that has none to move it to.

    September's sheet has no 延期至 yet, October's has one (decisions C6: they are one register).
    """
    if "due_on" not in taken.values():
        for heading in answered:
            if taken.get(heading.column) == "original_due_on":
                taken[heading.column] = "due_on"


def _settle_finder_or_checker(headings: list[Heading], words: Vocabulary) -> list[Heading]:
    """检查日期 left of 问题描述 in a table without 检查结论 is the day it was found on, 检查人 he who found it."""
    if not words.ours:
        return headings
    known = {h.candidates[0].key: h.column for h in reversed(headings) if h.candidates}
    is_ours = any(h.candidates and h.candidates[0] == Candidate("inspection", 1.0, CANONICAL) for h in headings)
    if is_ours or "description" not in known:
        return headings
    return [
        replace(h, candidates=(Candidate(FINDER_OR_CHECKER[name][0], 0.9, ALIAS),))
        if (name := normalised(h.text)) in FINDER_OR_CHECKER
        and name not in words.answers
        and h.column < known["description"]
        else h
        for h in headings
    ]


def _settle_unit(headings: Sequence[Heading], taken: dict[int, str]) -> None:
    """单位 is a unit of measure only beside 现值 or 目标值; else it may be whose turn it is."""
    if {"baseline", "target"} & set(taken.values()):
        return
    for heading in headings:
        if normalised(heading.text) == UNIT_OR_ORGANISATION:
            taken.pop(heading.column, None)


def _is_unique(rows: Sequence[Sequence[Value]], header_row: int, column: int) -> bool:
    heading = rows[header_row - 1][column - 1]
    values = [row[column - 1] for row in rows[header_row:] if row[column - 1] not in ("", heading)]
    return len(values) == len(set(values))


def _unwrapped(text: str) -> str:
    """A heading on one line: 责任↵人 is 责任人, Revised↵Date is Revised Date."""
    return _BETWEEN_CHARACTERS.sub("", " ".join(text.split()))


def _text(value: Value) -> str:
    return value.strip() if isinstance(value, str) else ""
