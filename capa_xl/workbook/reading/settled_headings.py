"""Which column each heading of a header is taken for, with what its neighbours tell of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from capa_xl.workbook.reading.ambiguous_headings import FINDER_OR_CHECKER, UNIT_OR_ORGANISATION
from capa_xl.workbook.reading.header_match import Clash, HeaderMatch, Heading
from capa_xl.workbook.reading.heading_names import (
    ALIAS,
    ASK,
    CANONICAL,
    ROW_NUMBERS,
    Candidate,
    Vocabulary,
    is_planned_or_actual,
    normalised,
)
from capa_xl.workbook.reading.two_row_headings import rank


def assigned(
    row: int, used: int, headings: list[Heading], words: Vocabulary, is_unique: Callable[[int], bool]
) -> HeaderMatch:
    """The header that settled headings make: of several with one meaning the best takes the column.

    Args:
        row: 1-based row of the (lower) header.
        used: Rows of the header, 1 or 2.
        headings: Left to right.
        words: What headings were looked up in.
        is_unique: Of a 1-based column, whether no value stands in it twice: 序号 is a number only then.
    """
    claims: defaultdict[str, list[Heading]] = defaultdict(list)
    for heading in headings:
        is_row_number = normalised(heading.text) == ROW_NUMBERS and ROW_NUMBERS not in words.answers
        if heading.candidates and not (is_row_number and not is_unique(heading.column)):
            claims[heading.candidates[0].key].append(heading)
    taken: dict[int, str] = {}
    clashes: list[Clash] = []
    for key, rivals in claims.items():
        winner = min(rivals, key=rank)
        taken[winner.column] = key
        equals = [rival for rival in rivals if rival is not winner and rank(rival) == rank(winner)]
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


def settled_by_neighbours(headings: list[Heading], words: Vocabulary) -> list[Heading]:
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


def with_guesses(match: HeaderMatch, words: Vocabulary) -> HeaderMatch:
    """The header with what its unknown headings may mean, for whoever asks."""
    return replace(match, headings=tuple(_with_guess(heading, words) for heading in match.headings))


def _with_guess(heading: Heading, words: Vocabulary) -> Heading:
    if heading.key is None and normalised(heading.text) == UNIT_OR_ORGANISATION and words.ours:
        return replace(heading, candidates=(Candidate("responsible_department", 0.7, ASK),))
    return heading if heading.candidates else replace(heading, candidates=words.candidates(heading.text))
