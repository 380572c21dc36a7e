"""Listed headings that have a second common meaning: by what the table lacks, what stands below, where they stand.

整改要求 is the measure where no other column is, 整改完成时间 a deadline where there is none, Responsible above
departments no person, 审批日期 behind the day of completion no approval of the plan: asked, never taken (decisions C1).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.adopting.doubt import Doubt
from capa_xl.workbook.adopting.found_table import FoundTable, values_below
from capa_xl.workbook.adopting.list_words import reading_of_word
from capa_xl.workbook.adopting.own_number import (
    beside_a_running_number,
    is_called_a_slips_number,
    is_running_number,
    numbers_the_rows,
)
from capa_xl.workbook.reading.header_match import Heading
from capa_xl.workbook.reading.heading_names import CANONICAL, normalised
from capa_xl.workbook.reading.kinds_of_values import (
    are_called_organisations,
    are_days,
    are_numbers,
    are_people,
    are_texts,
    have_surnames,
)
from capa_xl.workbook.reading.notes import text_of
from capa_xl.workbook.reading.written_names import NOTHING

_COLUMNS = column_by_key(Action)
_MAY_BE_THE_MEASURE = (
    *("整改要求", "实施方案", "整改描述", "correction", "actiontaken", "actionstaken", "capadescription"),
    *("纠正", "就地处置", "即时处置", "先期处置", "处理结果描述"),
)
_ALSO: Mapping[str, str] = {
    **dict.fromkeys(_MAY_BE_THE_MEASURE, "measure"),
    **dict.fromkeys(("归口部门", "涉及部门"), "responsible_department"),
    **dict.fromkeys(("计划编号", "报告编号"), "number"),
    **dict.fromkeys(("整改内容", "现状分析"), "description"),
    "主要原因": "cause",
    "原完成期限": "due_on",
}
"""Name → what it means too, where the table has no other column of that."""
_DONE_OR_DUE = frozenset(
    {"整改完成时间", "整改完成日期", "完工日期", "办结时间", "办结日期", "实施时间", "消缺完成时间", "最终完成日"}
)
"""The day something was done; in a table without a deadline it may be that."""
_DELAYED = frozenset({"原因", "原因说明"})
_ANY_DAY = frozenset({"date", "日期"})
_DAYS_OF = {"confirmer": "confirmed_on", "inspector": "inspected_on", "approver": "approved_on"}
_AT_THE_END: Mapping[str, tuple[str, ...]] = {
    "approver": ("approver", "confirmer"),
    "approved_on": ("approved_on", "confirmed_on", "archived_on"),
}
_BEFORE_THE_WORK: Mapping[str, tuple[str, ...]] = {
    "confirmer": ("raised_by", "confirmer"),
    "confirmed_on": ("registered_on", "confirmed_on"),
    "inspector": ("raised_by", "inspector"),
    "inspected_on": ("registered_on", "inspected_on"),
}
_TOLD = ("description", "measure")
_CLASSES = ("severity", "action_type")
_CODE = re.compile(r"[\d.]+|[A-Za-z]{0,4}[-.]?\d[\w.-]*|[√×✓✗○△YN]|是|否|yes|no", re.IGNORECASE)


def second_meanings(table: FoundTable, headings: Sequence[Heading]) -> Iterator[Doubt]:
    """The headings whose names are listed but mean another thing as often.

    Args:
        table: The table as its names alone make it.
        headings: Those nobody has answered for.
    """
    yield from _numbers(table, headings)
    for heading in headings:
        if (
            heading.key is None
            and normalised(heading.text) in _ALSO
            and (values := values_below(table, heading.column))
        ):
            doubt = _by_what_is_missing(table, heading, values)  # beside a better name of what it means too
            if doubt is not None:
                yield replace(doubt, keys=doubt.keys[:1])
        if heading.key in _COLUMNS and (values := values_below(table, heading.column)):
            doubt = (
                _by_what_is_missing(table, heading, values)
                or _by_what_stands_below(table, heading, values)
                or _by_its_place(table, heading)
            )
            if doubt is not None:
                yield doubt


# --- by what is missing ------------------------------------------------------------------------------------


def _by_what_is_missing(table: FoundTable, heading: Heading, values: Sequence[Value]) -> Doubt | None:
    name, key = normalised(heading.text), heading.key or ""
    if name in _DONE_OR_DUE and key == "completed_on" and table.match.columns.keys().isdisjoint(_DEADLINES):
        likely = "due_on" if len(values) == len(table.rows) else key  # open rows have no day of completion yet
        return Doubt(heading, ("due_on", key), "没有别的列是完成期限", likely=likely, must=True)
    other = _ALSO.get(name, key)
    if other == key or other in table.match.columns or (other in _TOLD and not are_texts(values)):
        return None
    is_only = other != "measure" or not _others_tell_as_much(table, heading, values)
    why = f"没有别的列是{_COLUMNS[other].header}"
    return Doubt(heading, (other, key), why, likely=other if is_only else "", is_open=not is_only)


def _others_tell_as_much(table: FoundTable, heading: Heading, values: Sequence[Value]) -> bool:
    """Some unknown heading stands above texts of such length: that may be the measure as well."""
    free = [h for h in table.match.unmapped if h is not heading and "description" not in table.open_keys(h)]
    others = [values_below(table, h.column) for h in free if not _OF_A_PLACE.search(h.text)]
    told = [texts for texts in others if texts and are_texts(texts) and not are_people(texts)]
    return any(_length(texts) > _AS_LONG * _length(values) for texts in told)


def _length(texts: Sequence[Value]) -> float:
    return sum(len(text_of(text)) for text in texts) / len(texts)


_AS_LONG = 0.7
_OF_A_PLACE = re.compile(r"部位|地点|位置|区域|场所|楼|条款|location|area|site|clause", re.IGNORECASE)
_DEADLINES = ("due_on", "original_due_on")


# --- by what stands below ----------------------------------------------------------------------------------


def _by_what_stands_below(table: FoundTable, heading: Heading, values: Sequence[Value]) -> Doubt | None:
    key, taken = heading.key or "", table.match.columns
    if key == "owners" and "responsible_department" not in taken and are_called_organisations(values):
        return Doubt(heading, ("responsible_department", key), "内容像部门，不像人", likely="responsible_department")
    if key == "responsible_department" and "owners" not in taken and are_people(values) and have_surnames(values):
        return Doubt(heading, ("owners", key), "内容像人，不像部门", likely="owners")
    if key in (*_TOLD, "category"):
        return _names_a_class(heading, values)
    return None


def _names_a_class(heading: Heading, values: Sequence[Value]) -> Doubt | None:
    """Major and Minor under Finding, 纠正 and 预防 under 类别; figures, codes and marks where texts should stand."""
    key, words = heading.key or "", {text_of(value) for value in values} - NOTHING
    known = [kind for kind in _CLASSES if _are_mostly_settled(kind, words)]
    if words and known:
        header = _COLUMNS[known[0]].header
        return Doubt(heading, (known[0], key), f"内容像{header}", likely=known[0])
    if key in _TOLD and not are_days(values) and (are_numbers(values) or all(map(_CODE.fullmatch, words))):
        return Doubt(heading, (key,), "内容是数字、代码或记号，不是文字说明", must=True)
    return None


def _are_mostly_settled(kind: str, words: Collection[str]) -> bool:
    """Each word is known of the list, at least half of them beyond doubt: 一般, 严重, 观察项."""
    read = [reading_of_word(_COLUMNS[kind], word) for word in words]
    return all(one.is_known for one in read) and 2 * sum(bool(one.settled) for one in read) >= len(read)


# --- by its place ------------------------------------------------------------------------------------------


def _by_its_place(table: FoundTable, heading: Heading) -> Doubt | None:
    name, key = normalised(heading.text), heading.key or ""
    if name in _ANY_DAY and heading.column > table.match.columns.get("due_on", heading.column):
        return Doubt(
            heading, tuple(dict.fromkeys((*_day_of_the_left(table, heading), key))), "在期限的右边", is_open=True
        )
    if _is_after_the_end(table, heading):
        if name in _DELAYED:
            return Doubt(heading, (key,), "在完成情况的右边，可能是没有完成的原因", is_open=True)
        if key in _AT_THE_END:
            return Doubt(heading, _AT_THE_END[key], "在完成情况的右边，可能是批准关闭", is_open=True)
    if key in _BEFORE_THE_WORK and _is_before_the_work(table, heading):
        keys, why = _BEFORE_THE_WORK[key], "在措施和期限的左边，可能是确认问题"
        return Doubt(heading, keys, why, likely="" if keys[0] in table.match.columns else keys[0], is_open=True)
    return None


def _day_of_the_left(table: FoundTable, heading: Heading) -> tuple[str, ...]:
    left = next((h.key for h in table.match.headings if h.column == heading.column - 1), None)
    return (_DAYS_OF[left],) if left in _DAYS_OF else ()


def _is_after_the_end(table: FoundTable, heading: Heading) -> bool:
    """Right of the day of completion, or of a status that stands behind the work."""
    columns = table.match.columns
    work = max(columns.get("measure", 0), columns.get("due_on", 0))
    ends = [columns[key] for key in ("completed_on", "stated_status") if columns.get(key, 0) > work > 0]
    return bool(ends) and heading.column > min(ends)


def _is_before_the_work(table: FoundTable, heading: Heading) -> bool:
    """Left of the measure and its deadline, in a table without conclusions of ours."""
    columns = table.match.columns
    ours = any(h.key in ("inspection", "effect") and h.candidates[0].rank == CANONICAL for h in table.match.headings)
    work = [columns[key] for key in ("measure", "due_on") if key in columns]
    return not ours and bool(work) and heading.column < min(work)


# --- numbers -----------------------------------------------------------------------------------------------


def _numbers(table: FoundTable, headings: Sequence[Heading]) -> Iterator[Doubt]:
    """A number of what the row comes from: several rows have the same, or another column numbers the rows as well."""
    if pair := beside_a_running_number(table, headings):
        running, quoted = pair
        is_own, why = is_called_a_slips_number(quoted.text), f"「{running.text}」也像编号"
        yield Doubt(
            running, ("number",), f"「{quoted.text}」也像编号", is_weak=is_own, likely="" if is_own else "number"
        )
        yield Doubt(
            quoted,
            ("number", "source_number"),
            why,
            is_weak=not is_own,
            is_open=True,
            likely="number" if is_own else "",
        )
        return
    known = next((h for h in headings if h.key == "number" and not _is_plain_number(h)), None)
    if known is None:
        return
    if len(set(table.numbers)) < len(table.numbers):
        yield Doubt(known, ("source_number", "number"), "几行是同一个编号，可能是来源的编号", likely="source_number")
        return
    if _is_merged_beside_a_running_number(table, headings, known):
        yield Doubt(known, ("source_number", "number"), "一个编号合并了几行，序号每行都有", likely="source_number")
        return
    others = [h for h in headings if h.key is None and numbers_the_rows(table, h)]
    if others and not _names_the_action(known):
        named = [h for h in others if _names_the_action(h)]
        likely = "source_number" if named else ""
        yield Doubt(known, ("number", "source_number"), f"「{others[0].text}」也像编号", likely=likely, is_open=True)
        for h in others:
            why = f"「{known.text}」也像编号"
            yield Doubt(h, ("number",), why, likely="number" if named == [h] else "", is_open=True)


def _is_merged_beside_a_running_number(table: FoundTable, headings: Sequence[Heading], known: Heading) -> bool:
    merged = any(left <= known.column <= right and top < bottom for top, left, bottom, right in table.values.merged
                 if top > table.match.header_row)  # fmt: skip
    running = [values_below(table, h.column) for h in headings if h.key is None and is_running_number(h.text)]
    return merged and any(len(values) == len(set(map(text_of, values))) == len(table.rows) for values in running)


def _is_plain_number(heading: Heading) -> bool:
    return heading.candidates[0].rank == CANONICAL or is_running_number(heading.text)


_OF_THE_ACTION = re.compile(r"措施|改进|整改|任务|行动|督办|action|capa|\bcar\b", re.IGNORECASE)


def _names_the_action(heading: Heading) -> bool:
    return _OF_THE_ACTION.search(heading.text) is not None
