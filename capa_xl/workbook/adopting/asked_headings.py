"""The headings of somebody's table that must be asked: those in doubt, and those that only resemble a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.adoption import AskedHeading
from capa_xl.model.columns import column_by_key
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.adopting.doubt import Doubt
from capa_xl.workbook.adopting.found_table import FoundTable, values_below
from capa_xl.workbook.adopting.heading_evidence import conclusions_by_words, days_in_doubt, fitting_keys
from capa_xl.workbook.adopting.likely_headings import (
    day_beside,
    first_day,
    is_after_the_work,
    likely_here,
    names_other_grades,
    names_other_people,
)
from capa_xl.workbook.adopting.list_words import REPORT, fits_list, reading_of_word
from capa_xl.workbook.adopting.own_number import counts_the_rows, is_called_number, likely_number
from capa_xl.workbook.adopting.proposals import ENDING, OTHER_DAY, TELLING, date_said_by, planned_or_actual_by
from capa_xl.workbook.adopting.roles_in_question import is_whose_complaint_it_is, roles_in_question
from capa_xl.workbook.adopting.status_below import may_be_status, ticked_state
from capa_xl.workbook.adopting.table_looks import TableLooks
from capa_xl.workbook.adopting.unread_columns import lacked_by, with_unread
from capa_xl.workbook.reading.header_match import Heading
from capa_xl.workbook.reading.heading_names import is_planned_or_actual, normalised
from capa_xl.workbook.reading.joint_columns import holds_both
from capa_xl.workbook.reading.kinds_of_values import (
    are_called_organisations,
    are_days,
    are_people,
    are_to_come,
    have_surnames,
)
from capa_xl.workbook.reading.notes import quoted, text_of
from capa_xl.workbook.reading.written_names import NOTHING

_COLUMNS = column_by_key(Action)
_SURE = 0.9
_OTHER_PEOPLE = frozenset({"raised_by", "approver", "inspector", "confirmer"})
_FACT_DAYS = frozenset(col.header for col in _COLUMNS.values() if col.dates_fact)
_MAY_BE_DUE = frozenset({_COLUMNS["completed_on"].header})
_DEADLINES = frozenset({_COLUMNS["due_on"].header, _COLUMNS["original_due_on"].header})
_MOST_BETWEEN = 2
"""Words of a scale that stand between its ends, and may be either."""
SAMPLES = 3
"""Values that are shown of a column."""
_REMARK = re.compile(r"[(（][^()（）]*[)）]")
_NAMES_A_PERSON = re.compile(r"[人员者]$|\bby$", re.IGNORECASE)
_SAYS_NOTHING = frozenset(
    {
        "审核人",
        "closedby",
        "closedoutby",
        "closeoutby",
        "销号人",
        "销项人",
        "销记人",
        "closureby",
        "说明",
        "其他",
        "其它",
        "情况",
        "notes",
        "note",
        "comment",
        "comments",
        "info",
    }
)
_TELLS_OF_AN_EXTENSION = re.compile(r"^(延期|展期|顺延)(?!情况|后)|^extension\b|\bof extensions\b", re.IGNORECASE)
"""Why, by whom and how often it was granted: no column of the action."""
_OF_WHAT_IS_AFFECTED = re.compile(r"^(涉及|受影响)|\baffected\b", re.IGNORECASE)
"""Papers and lots that the problem reaches: not where it comes from, nor what was written of it."""
_OF_THE_WORK = re.compile(r"整改|措施|治理")
_NAMES_REPORT = re.compile(r"^(?!.*(问责|处罚|通报|培训|学习)).*(效果|结果|情况|进展|进度|落实|反馈)$")


def asked_of(
    table: FoundTable, doubts: tuple[Doubt, ...], looks: TableLooks, said: Mapping[str, str]
) -> Iterator[AskedHeading]:
    """The headings to ask, left to right: those in doubt, and those that only resemble a column."""
    settled = {normalised(heading) for heading in said}
    missing = {key for group in table.match.missing for key in group} | _unended(table) | lacked_by(table)
    unmapped = {normalised(h.text): h for h in table.match.unmapped}
    known = [replace(d, heading=h) for d in doubts if (h := unmapped.get(normalised(d.heading.text)))]
    doubted = {doubt.heading.column for doubt in known}
    open_ones = (h for h in table.match.unmapped if h.column not in doubted and normalised(h.text) not in settled)
    guessed = [_guess(table, heading) for heading in open_ones]
    for doubt in sorted(with_unread(table, (*known, *guessed)), key=lambda one: one.heading.column):
        heading, values = doubt.heading, values_below(table, doubt.heading.column)
        unknown = [key for key in doubt.keys if key not in table.match.columns]
        free = _free(doubt, unknown)
        ordered = sorted(free, key=lambda key: key not in missing)
        if not ordered:
            continue
        yield AskedHeading(
            heading.text,
            table.cell_of(heading),
            tuple(_COLUMNS[key].header for key in ordered),
            _why(doubt.why, heading, looks),
            tuple(_COLUMNS[k].header for k in ordered if doubt.must or k in missing or _is_status(k, ordered)),
            _samples(values),
            is_weak=doubt.is_weak,
            likely=_likely(table, doubt, looks, values, ordered),
            ungrounded=(*_ungrounded(table, doubt, ordered, values), *_not_yet_come(ordered, values, table.as_of)),
            must=doubt.must,
        )


def _guess(table: FoundTable, heading: Heading) -> Doubt:
    """What an unknown heading likely is by name, values and place together, then what its name alone resembles."""
    values, taken = values_below(table, heading.column), table.match.columns
    is_of_an_extension = _TELLS_OF_AN_EXTENSION.search(heading.text) is not None and not are_days(values)
    if is_of_an_extension or ticked_state(heading, values) is not None:
        return Doubt(heading, (), "")
    is_sure = any(one.score >= _SURE for one in heading.candidates)
    if are_days(values) and not is_sure and not is_planned_or_actual(heading.text):
        days = days_in_doubt(table, heading, values)
        if days is not None:
            return days
    is_person = _NAMES_A_PERSON.search(heading.text.strip()) is not None
    out = {"stated_status"} if is_person else set[str]()
    out |= set() if is_after_the_work(table, heading) else {"inspection_note"}
    resembled = tuple(key for key in table.open_keys(heading) if key not in out)
    is_told = may_be_status(heading, values) if values and not are_days(values) else False
    told = ("stated_status",) if is_told else ()
    beside = day_beside(table, heading, resembled) or _any_day(table, heading, resembled)
    said = conclusions_by_words(values) if "effect" in resembled else ()
    resembled = (*resembled, *_reports(table, heading, values), *_grades(table, values))
    if "responsible_department" in resembled and "owners" not in taken and _are_named_people(values):
        resembled = tuple(dict.fromkeys(("owners", *resembled)))
    is_counted = counts_the_rows(table, heading)
    may_be = (key for key in roles_in_question(heading.text, values) if key not in taken)
    resembled = tuple(dict.fromkeys((*may_be, *resembled)))
    number = ("number",) if is_counted or likely_number(table, heading) else ()
    named = number if is_counted or is_called_number(heading.text) else ()
    resembled = (*(key for key in number if key not in named), *resembled)
    likely = [key for key in (*named, *told, *beside, *said, *likely_here(table, heading, values)) if key not in taken]
    keys = fitting_keys(tuple(dict.fromkeys((*likely, *resembled))), heading.text, values)
    return Doubt(heading, keys, "", likely=next((key for key in likely if key in keys), ""))


def _any_day(table: FoundTable, heading: Heading, resembled: Sequence[str]) -> tuple[str, ...]:
    """A bare 日期 before everything that is told and planned."""
    first = first_day(table, heading)
    return (first,) if first in resembled else ()


def _reports(table: FoundTable, heading: Heading, values: Sequence[Value]) -> tuple[str, ...]:
    """Texts under a name of how the work goes, where nothing else tells it."""
    told = {*ENDING, *TELLING} & table.match.columns.keys()
    named = _NAMES_REPORT.search(heading.text.strip()) is not None
    return (REPORT, "stated_status") if named and not told and not are_days(values) else ()


def _grades(table: FoundTable, values: Sequence[Value]) -> tuple[str, ...]:
    """Words of 严重度, both of its ends among them, are grades whatever their heading says: 重大, 重要, 一般缺陷."""
    col, words = _COLUMNS["severity"], {text_of(value) for value in values} - NOTHING
    settled = {word: said for word in words if (said := reading_of_word(col, word).settled)}
    is_graded = len(set(settled.values())) > 1 and len(settled) + _MOST_BETWEEN >= len(words)
    return ("severity",) if is_graded and "severity" not in table.match.columns else ()


def _unended(table: FoundTable) -> set[str]:
    """The columns of which one must be known before anybody can say what is done."""
    there = table.match.columns.keys()
    if there & set(ENDING):
        return set()
    return set(ENDING) if there & set(TELLING) else {*ENDING, *TELLING}


def _is_status(key: str, keys: Sequence[str]) -> bool:
    """What is first of all the table's own status decides what is chased, whatever else says that rows are done."""
    return key == keys[0] == "stated_status"


def _resembles_a_number(heading: Heading) -> bool:
    return is_called_number(heading.text) or any(one.key == "number" for one in heading.candidates)


def _free(doubt: Doubt, unknown: Sequence[str]) -> Sequence[str]:
    """What a heading may be; a deadline that another was moved to, be that one mapped already."""
    return doubt.keys if doubt.must and doubt.keys == ("due_on",) else unknown


def _ungrounded(table: FoundTable, doubt: Doubt, keys: Sequence[str], values: Sequence[Value]) -> Iterator[str]:
    """What is never proposed: of words that tell an end what they aren't surely; lists that a name alone resembles.

    整改日期 that some rows lack may be the day on which the others were done: no deadline either.
    """
    is_unplanned = is_planned_or_actual(doubt.heading.text) and len(values) < len(table.rows)
    for key in keys:
        is_strange = bool(_COLUMNS[key].is_closed_list and values and not fits_list(_COLUMNS[key], values))
        is_strange |= normalised(_REMARK.sub("", doubt.heading.text)) in _SAYS_NOTHING
        is_strange |= key == "category" and _OF_THE_WORK.match(doubt.heading.text) is not None
        is_strange |= key == "number" and not _resembles_a_number(doubt.heading)
        is_strange |= key.endswith("_number") and _OF_WHAT_IS_AFFECTED.search(doubt.heading.text) is not None
        is_strange |= key == "owners" and names_other_people(doubt.heading.text)
        is_strange |= key == "responsible_department" and is_whose_complaint_it_is(doubt.heading.text)
        is_strange |= key == "due_on" and is_unplanned
        is_strange |= key == "severity" and names_other_grades(doubt.heading.text)
        is_strange |= key in roles_in_question(doubt.heading.text, values)
        is_strange |= key in _OTHER_PEOPLE and not (are_people(values) or are_called_organisations(values))
        if ((doubt.must or doubt.is_open) and key != doubt.likely) or (is_strange and not doubt.why):
            yield _COLUMNS[key].header


def _likely(table: FoundTable, doubt: Doubt, looks: TableLooks, values: Sequence[Value], keys: Sequence[str]) -> str:
    """The header that its place among the others says, else its name, else its comment; "" for none.

    Days that lie ahead are those of no fact: the deadline where that is in question, else another day. What holds
    departments and people by its name is the people's, whose departments reading takes apart.
    """
    likely = _people_or_department(doubt, values, keys) or doubt.likely
    placed = _COLUMNS[likely].header if likely else ""
    comment = looks.comments.get(doubt.heading.column, "")
    said = placed or date_said_by(doubt.heading.text) or planned_or_actual_by(comment)
    if not said and "completed_on" in keys and _names_another_deadline(table, doubt.heading):
        said = _COLUMNS["completed_on"].header
    may_be_due = "due_on" in keys and said in _MAY_BE_DUE
    if may_be_due and _is_the_only_deadline(table, doubt.heading, values):
        return _COLUMNS["due_on"].header
    if said not in _FACT_DAYS or not are_to_come(values, table.as_of):
        return said
    return _COLUMNS["due_on"].header if may_be_due else OTHER_DAY


def _people_or_department(doubt: Doubt, values: Sequence[Value], keys: Sequence[str]) -> str:
    """Of a name that may be either what stands below: 王倩 under 责任岗 is a person."""
    if "owners" not in keys:
        return ""
    is_either = "responsible_department" in keys and not doubt.why
    return "owners" if (is_either and _are_named_people(values)) or holds_both(doubt.heading.text) else ""


def _are_named_people(values: Sequence[Value]) -> bool:
    return are_people(values) and have_surnames(values)


def _is_the_only_deadline(table: FoundTable, heading: Heading, values: Sequence[Value]) -> bool:
    """A day of every row where no other heading may be a deadline: rows that are open have no day of completion."""
    others = (h for h in table.match.headings if h.column != heading.column)
    due = _COLUMNS["due_on"].header
    return len(values) == len(table.rows) > 1 and not any(
        "due_on" in (h.key, *table.open_keys(h)) or date_said_by(h.text) == due for h in others
    )


def _names_another_deadline(table: FoundTable, heading: Heading) -> bool:
    """完成日期 beside 原定期限 and 调整后期限 is the day of completion, however these are answered."""
    others = (h for h in table.match.headings if h.column != heading.column and are_days(values_below(table, h.column)))
    return is_planned_or_actual(heading.text) and any(date_said_by(h.text) in _DEADLINES for h in others)


def _not_yet_come(keys: Sequence[str], values: Sequence[Value], as_of: date | None) -> Iterator[str]:
    """The days of facts, where what stands below lies ahead: never proposed."""
    if are_to_come(values, as_of):
        yield from (header for key in keys if (header := _COLUMNS[key].header) in _FACT_DAYS)


def _why(why: str, heading: Heading, looks: TableLooks) -> str:
    hidden = "这一列是隐藏的" if heading.column in looks.hidden else ""
    comment = looks.comments.get(heading.column, "")
    return "；".join(part for part in (why, hidden, f"批注：{comment}" if comment else "") if part)


def _samples(values: Sequence[Value]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(quoted, values)))[:SAMPLES]
