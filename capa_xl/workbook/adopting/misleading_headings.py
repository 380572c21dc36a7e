"""Headings whose place, remark, comment, look or neighbour says another thing than their name: asked, never taken.

完成期限（旧） in a hidden column, 完成时间 with the comment 指计划完成时间, 检查日期 left of the deadline,
Recommendation beside Agreed Management Action, a deadline beside the one it was moved to (decisions C5).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.stated_status import family_of
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.adopting.doubt import Doubt
from capa_xl.workbook.adopting.found_table import FoundTable, values_below
from capa_xl.workbook.adopting.proposals import OTHER_DAY, date_said_by, planned_or_actual_by
from capa_xl.workbook.adopting.table_looks import TableLooks
from capa_xl.workbook.reading.ambiguous_headings import FINDER_OR_CHECKER
from capa_xl.workbook.reading.header_match import Heading
from capa_xl.workbook.reading.heading_names import CANONICAL, NOTED, WEAK, is_planned_or_actual, normalised
from capa_xl.workbook.reading.kinds_of_values import are_days
from capa_xl.workbook.reading.moved_deadlines import says_moved
from capa_xl.workbook.reading.notes import text_of

_HEADERS = {key: col.header for key, col in column_by_key(Action).items()}
_OUT_OF_DATE = re.compile(r"[(（][^()（）]*(旧|废|停用|不用|历史|备份|\bold\b|obsolete)[^()（）]*[)）]", re.IGNORECASE)
_STATUS_NAME = re.compile(r".*(状态|状况|status)|是否.*(验收|销号|关闭|闭环|结案|完成|整改)")
_IS_REPLY = re.compile(r"回复|reply|response", re.IGNORECASE)
_FINDING = {**FINDER_OR_CHECKER, "检查情况": ("description", "inspection_note")}
_RIVALLED = ("description", "measure", "due_on", "completed_on", "owners")
"""Columns that a weak name is not taken for beside a heading that may be the better one."""
_GOOD_GUESS = 0.6
_DATES = ("due_on", "completed_on")


def misleading(
    table: FoundTable, headings: Sequence[Heading], looks: TableLooks, doubted: Collection[int]
) -> Iterator[Doubt]:
    """The headings that only look plain.

    Args:
        table: The table as its names alone make it.
        headings: Those nobody has answered for.
        looks: How it looks.
        doubted: Columns that are in question already.
    """
    yield from (doubt for h in headings if (doubt := _by_itself(table, h, looks)))
    yield from _hidden_dates(table, headings, looks)
    moved = tuple(_moved_deadlines(table, headings))
    yield from moved
    yield from _second_status(table, headings)
    yield from _weak_beside_a_better(table, headings, {*doubted, *(doubt.heading.column for doubt in moved)})


def _by_itself(table: FoundTable, heading: Heading, looks: TableLooks) -> Doubt | None:
    key = heading.key
    if key is None:
        return None
    if _OUT_OF_DATE.search(heading.text):
        return Doubt(heading, (key,), "列名说它是旧的")
    said = planned_or_actual_by(looks.comments.get(heading.column, "")) if is_planned_or_actual(heading.text) else ""
    if said and said != _HEADERS[key]:
        return Doubt(heading, (*(k for k in _DATES if _HEADERS[k] == said), key), "批注与列名的意思不同")
    if key == "completed_on" and _IS_REPLY.search(heading.text) and not _IS_REPLY.search(table.match.heading("due_on")):
        return Doubt(heading, (key,), "回复的日期不一定是完成的日期", must=True)
    name = normalised(heading.text)
    if name in _FINDING and key == _FINDING[name][1] and _stands_before_the_work(table, heading):
        return Doubt(heading, _FINDING[name], "在措施或期限的左边，可能是发现问题的那次检查")
    return None


def _is_plain(heading: Heading) -> bool:
    return bool(heading.candidates) and heading.candidates[0].rank == CANONICAL


def _stands_before_the_work(table: FoundTable, heading: Heading) -> bool:
    """Left of the measure or its deadline, in a table without 检查结论 of ours."""
    columns = table.match.columns
    ours = any(h.key == "inspection" and _is_plain(h) for h in table.match.headings)
    return not ours and heading.column < max(columns.get("measure", 0), columns.get("due_on", 0))


def _hidden_dates(table: FoundTable, headings: Sequence[Heading], looks: TableLooks) -> Iterator[Doubt]:
    """A hidden deadline beside a 完成时间 that people see: either may be the deadline."""
    hidden = [h for h in headings if h.key in _DATES and h.column in looks.hidden]
    seen = [h for h in headings if is_planned_or_actual(h.text) and h.column not in looks.hidden]
    if hidden and seen:
        yield from (Doubt(h, ("due_on", "completed_on"), "旁边有一列日期是隐藏的") for h in seen)
        yield from (Doubt(h, (h.key or "", "original_due_on"), "旁边有一列日期没有隐藏") for h in hidden)


def _moved_deadlines(table: FoundTable, headings: Sequence[Heading]) -> Iterator[Doubt]:
    """延期后完成时间 beside 计划完成时间: the one that is filled last is in force."""
    moved = [h for h in headings if h.key in (None, "due_on") and says_moved(h.text)]
    if not moved:
        yield from _later_days(table, headings)
    if len(moved) != 1:
        return
    others = [h for h in table.match.headings if h not in moved]
    first = next((h for h in others if _may_be_due(table, h)), None) or _moved_from(table, moved[0], others)
    if first is None:
        return
    yield Doubt(moved[0], ("due_on",), "像改期后的期限；空白的行按原来的期限", likely="due_on", must=True)
    if first in headings:
        why = f"旁边有改期后的「{moved[0].text}」"
        yield Doubt(first, ("original_due_on", "due_on"), why, likely="original_due_on")


def _moved_from(table: FoundTable, moved: Heading, others: Sequence[Heading]) -> Heading | None:
    """The one column of days, none of a fact by its name, that has a day before every moved one: Response due."""
    unnamed = (h for h in others if h.key is None and date_said_by(h.text) in ("", OTHER_DAY))
    found = [h for h in unnamed if are_days(values_below(table, h.column)) and _is_always_before(table, h, moved)]
    return found[0] if len(found) == 1 else None


def _is_always_before(table: FoundTable, first: Heading, moved: Heading) -> bool:
    days = [(_day(row[first.column - 1]), _day(row[moved.column - 1])) for row in table.rows if row[moved.column - 1]]
    return bool(days) and all(old is not None and new is not None and old < new for old, new in days)


def _later_days(table: FoundTable, headings: Sequence[Heading]) -> Iterator[Doubt]:
    """Days that few rows have, each after the row's deadline, beside a day of completion: likely a later deadline."""
    due = table.match.columns.get("due_on")
    if due is None or "completed_on" not in table.match.columns:
        return
    for heading in (h for h in headings if h.key is None and not h.candidates and not date_said_by(h.text)):
        days = [(_day(row[heading.column - 1]), _day(row[due - 1])) for row in table.rows if row[heading.column - 1]]
        later = [new is not None and old is not None and new > old for new, old in days]
        if later and all(later) and 2 * len(later) <= len(table.rows):
            yield Doubt(heading, ("due_on",), "都晚于同一行的期限，可能是改期后的期限", must=True)


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _second_status(table: FoundTable, headings: Sequence[Heading]) -> Iterator[Doubt]:
    """验收状态 beside 整改状态: which of them says that a row is over."""
    first = next((h for h in headings if h.key == "stated_status"), None)
    others = [
        h for h in headings if h.key is None and _names_a_status(h) and _all_status(values_below(table, h.column))
    ]
    if first is None or not others:
        return
    fuller = _tells_more(table, first, others)
    yield Doubt(
        first, ("stated_status",), f"「{others[0].text}」也写着状态，只能有一个", is_weak=not fuller,
        likely="stated_status" if fuller else "",
    )  # fmt: skip
    yield from (Doubt(h, ("stated_status",), f"「{first.text}」也写着状态，只能有一个", is_weak=fuller) for h in others)


def _tells_more(table: FoundTable, first: Heading, others: Sequence[Heading]) -> bool:
    """In more rows, or by more different words, than every other one."""
    told, *rest = ([text_of(value) for value in values_below(table, h.column)] for h in (first, *others))
    return all(len(told) >= len(words) and len(set(told)) > 1 == len(set(words)) for words in rest)


def _names_a_status(heading: Heading) -> bool:
    """关闭代码 and 关闭人 only mention the end."""
    return _STATUS_NAME.fullmatch(normalised(heading.text)) is not None


def _all_status(values: Sequence[Value]) -> bool:
    return bool(values) and all(family_of(text_of(value), {}) for value in values)


def _may_be_due(table: FoundTable, heading: Heading) -> bool:
    if heading.key is not None:
        return heading.key in ("due_on", "original_due_on")
    said = date_said_by(heading.text) == _HEADERS["due_on"] and are_days(values_below(table, heading.column))
    named = said or any(one.key == "due_on" for one in heading.candidates)
    return named and not is_planned_or_actual(heading.text)


def _weak_beside_a_better(table: FoundTable, headings: Sequence[Heading], doubted: Collection[int]) -> Iterator[Doubt]:
    for heading in headings:
        if heading.key not in _RIVALLED or heading.candidates[0].rank not in (NOTED, WEAK):
            continue
        rivals = [h for h in headings if h.column not in doubted and _may_be(table, h, heading)]
        if rivals:
            yield Doubt(heading, (heading.key,), f"「{rivals[0].text}」也像这一列", is_weak=True)
            yield from (Doubt(h, (heading.key,), f"「{heading.text}」也像这一列") for h in rivals)


def _may_be(table: FoundTable, other: Heading, weak: Heading) -> bool:
    """A heading that is taken for nothing, or for the place of a check, and may be that column just as well."""
    if other is weak:
        return False
    if other.key is not None:
        name = normalised(other.text)
        return name in _FINDING and _FINDING[name][0] == weak.key and _stands_before_the_work(table, other)
    return any(one.key == weak.key and _GOOD_GUESS <= one.score < 0.9 for one in other.candidates)
