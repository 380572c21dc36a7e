"""What stands below a heading says whether the heading means what its name says: headings settled, or put in doubt.

A wrong mapping in silence is worse than a question (decisions C1, C5): dates under 责任人, texts under 完成期限, two
columns of one meaning are asked; a column of status words is the table's own status whatever it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as Keys

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.adoption import proposal_first
from capa_xl.model.columns import Column, Kind, column_by_key
from capa_xl.model.derived import AUTO_PREFIX
from capa_xl.model.stated_status import STATED_CLOSED, STATED_DONE, is_not_yet
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.adopting.doubt import Doubt, HeadingEvidence
from capa_xl.workbook.adopting.found_table import FoundTable, values_below
from capa_xl.workbook.adopting.likely_headings import first_day, likely_here
from capa_xl.workbook.adopting.list_words import REPORT, allowed_of, fits_list, reading_of_word
from capa_xl.workbook.adopting.misleading_headings import misleading
from capa_xl.workbook.adopting.no_people import is_at_odds
from capa_xl.workbook.adopting.own_number import own_number
from capa_xl.workbook.adopting.proposals import ENDING, date_said_by
from capa_xl.workbook.adopting.second_meanings import second_meanings
from capa_xl.workbook.adopting.status_below import (
    STATUS_LONGEST,
    are_status_words,
    is_word,
    like_status,
    may_be_status,
    tells_of_work,
    ticked_state,
)
from capa_xl.workbook.adopting.table_looks import TableLooks
from capa_xl.workbook.adopting.verdict_below import verdict_doubt
from capa_xl.workbook.reading.header_match import Heading
from capa_xl.workbook.reading.heading_names import normalised
from capa_xl.workbook.reading.kinds_of_values import are_days, are_to_come, have_surnames, is_day, is_number
from capa_xl.workbook.reading.notes import text_of
from capa_xl.workbook.reading.written_names import NOTHING

_COLUMNS = column_by_key(Action)
_STATUS = _COLUMNS["stated_status"]
_KEY_OF = {col.header: key for key, col in _COLUMNS.items()}
_VAGUE_LONGEST = 12
"""A date that nobody can read (月底, 立行立改) is short; longer texts below a date heading are none."""
_FIRST_SERIAL = 30_000
"""Numbers beyond may be days as Excel counts them: 1982 and later."""
_KNOWN = 0.9
_VERDICTS = ("inspection", "execution")
_CONCLUSIONS = ("inspection", "effect")
_LIKE_STATUS = "内容像状态"
_NAME_LONGEST = 12
_ONE_OF = {"due_on": ("due_on", "original_due_on")}
"""What a second column of one meaning may be instead."""
_DATES_INSTEAD = ("due_on", "completed_on", "registered_on")
_PEOPLE = ("owners", "inspector", "confirmer")
_DAYS_OF_CHECKS = ("inspected_on", "confirmed_on")
TO_COME = "有的日期还没有到，可能是计划的日期"
DAYS_BELOW = "内容是日期"
"""Why a heading is in question of which only the values are known."""
_DATED, _NAMED = frozenset({Kind.DATE}), frozenset({Kind.PERSON, Kind.PEOPLE, Kind.DEPARTMENT, Kind.DEPARTMENTS})
_WORDED = frozenset({Kind.NOTE})


def evidence_of(
    table: FoundTable, looks: TableLooks, said: Mapping[str, str], *, is_new: bool = True
) -> HeadingEvidence:
    """What the values below people's headings say of them; ours have the values that we write.

    Args:
        table: The table as its names alone make it.
        looks: How it looks.
        said: Headings that somebody answered for: nobody doubts those.
        is_new: Nobody knows its rows yet; else they keep the numbers that the journal knows them by.
    """
    answered = {normalised(heading) for heading in (*said, *table.own_headings)}
    theirs = [h for h in table.match.headings if h.text and not h.text.startswith(AUTO_PREFIX)]
    open_ones = [h for h in theirs if normalised(h.text) not in answered]
    own_status = _own_status(table, open_ones)
    number = own_number(table, open_ones) if is_new else None
    sure = {own_status: _STATUS.header, number: _COLUMNS["number"].header}
    settled = {heading.text: header for heading, header in sure.items() if heading is not None}
    rest = [heading for heading in open_ones if heading not in sure]
    odd = {doubt.heading.column: doubt for doubt in _at_odds(table, rest, looks)}
    further = (*second_meanings(table, rest), *misleading(table, rest, looks, odd))
    odd |= {d.heading.column: d for d in further if d.likely or d.heading.column not in odd}
    told = odd.keys() | ({own_status.column} if own_status is not None else set())
    clashes = {doubt.heading.column: doubt for doubt in _clashes(table, answered, frozenset(told))}
    return HeadingEvidence(settled, (*odd.values(), *clashes.values()))


# --- a status column by its words --------------------------------------------------------------------------


def _own_status(table: FoundTable, headings: Sequence[Heading]) -> Heading | None:
    """The column named after what was done (整改情况, 完成情况) that holds nothing but words of a status."""
    if "stated_status" in table.match.columns:
        return None
    named = [h for h in headings if _tells_progress(h) and are_status_words(values_below(table, h.column))]
    return named[0] if len(named) == 1 else None


def _tells_progress(heading: Heading) -> bool:
    """Named after what was done, be it beside a better heading of that column."""
    return any(one.key == "progress_note" and one.score >= _KNOWN for one in heading.candidates)


# --- values at odds with the name --------------------------------------------------------------------------


def _at_odds(table: FoundTable, headings: Sequence[Heading], looks: TableLooks) -> Iterator[Doubt]:
    for heading in headings:
        values = values_below(table, heading.column)
        col = _COLUMNS.get(heading.key or "")
        if not values or heading.key in ("number", "remark"):
            continue
        doubt = _odd(table, heading, col, values, looks) if col is not None else _unnamed(table, heading, values)
        if doubt is not None:
            yield doubt


def _odd(table: FoundTable, heading: Heading, col: Column, values: Sequence[Value], looks: TableLooks) -> Doubt | None:
    """What makes a known heading doubtful."""
    taken = table.match.columns.keys()
    if col.key == REPORT and (said := conclusions_by_words(values)):
        return Doubt(heading, (*said, col.key), "列名像实施情况，内容是检查或确认的结论")
    if col.key == REPORT and "stated_status" not in taken and like_status(values):
        return Doubt(heading, ("stated_status", col.key), "列名像实施情况，内容像状态")
    dates = _share(values, is_day)
    if col.kind in _DATED and dates < 0.5 and _share(values, _could_be_date) < 0.5:
        return Doubt(heading, (col.key,), "列名像日期，内容多数不是日期")
    if col.kind in _NAMED and (dates > 0.5 or _share(values, _is_no_name) > 0.5):
        keys = _DATES_INSTEAD if dates > 0.5 else (col.key, "progress_note")
        return Doubt(heading, keys, "列名像人员或部门，内容多数不是")
    if col.kind in _WORDED and dates > 0.5:
        return Doubt(heading, _DATES_INSTEAD, "列名像文字说明，内容是日期")
    if col.dates_fact and col.key != "completed_on" and are_to_come(values, table.as_of):
        return Doubt(heading, (col.key,), TO_COME, is_open=True)
    if col.key == "completed_on" and are_to_come(values, table.as_of):
        return Doubt(heading, ("due_on", col.key), TO_COME, is_open="due_on" in taken, likely=_due_if_missing(taken))
    if col.kind is Kind.STATED:
        return _odd_status(heading, col, values, dates, looks)
    if col.kind is Kind.NUMBER and _share(values, is_number) < 0.5:
        return _odd_number(heading, col, values)
    if col.key in _VERDICTS and _tells_more_than(col, values) and taken.isdisjoint(ENDING):
        return Doubt(heading, ("stated_status", col.key), "只有这一列说明是否完成，内容不全是结论")
    if col.kind in (Kind.CHOICE, Kind.YES_NO) and not fits_list(col, values):
        better = [key for key in _CONCLUSIONS if col.key in _CONCLUSIONS and fits_list(_COLUMNS[key], values)]
        fitting = dict.fromkeys((*(key for key in better if key not in taken), col.key))
        return Doubt(heading, tuple(fitting), f"内容多数不在本工具的列表里（{'、'.join(allowed_of(col))}）")
    return None


def _odd_number(heading: Heading, col: Column, values: Sequence[Value]) -> Doubt:
    """●, ◐, ○ or words below 进度 may be a status, texts tell how the work goes."""
    why, is_told = "内容多数不是数字", like_status(values)
    if col.key != "progress" or not all(is_word(text_of(value)) for value in values):
        return Doubt(heading, (REPORT if col.key == "progress" else col.key,), why)
    return Doubt(heading, ("stated_status", REPORT), why, is_open=True, likely="stated_status" if is_told else "")


def _due_if_missing(taken: Keys[str]) -> str:
    return "" if "due_on" in taken else "due_on"


def _is_settled(col: Column, word: str) -> bool:
    return bool(reading_of_word(col, word).settled)


def _tells_more_than(col: Column, values: Sequence[Value]) -> bool:
    """Words of a status among them, not those of the conclusion alone."""
    words = {text_of(value) for value in values} - NOTHING
    return like_status(values) and not all(_is_settled(col, word) for word in words)


def conclusions_by_words(values: Sequence[Value]) -> list[str]:
    """The columns of conclusions that the words fit, that whose very words they are first."""
    words = {text_of(value) for value in values} - NOTHING
    fitting = [key for key in _CONCLUSIONS if 2 * sum(_is_settled(_COLUMNS[key], word) for word in words) >= len(words)]
    return sorted(fitting, key=lambda key: -sum(text_of(value) in allowed_of(_COLUMNS[key]) for value in values))


def _odd_status(
    heading: Heading, col: Column, values: Sequence[Value], dates: float, looks: TableLooks
) -> Doubt | None:
    if dates > 0.5:
        return Doubt(heading, ("completed_on",), "列名像状态，内容是日期")
    if heading.column in looks.percent and _share(values, is_number) > 0.5:  # no rate below words alone
        return Doubt(heading, ("progress", col.key), "内容是百分比")
    if _share(values, lambda value: len(text_of(value)) > 2 * STATUS_LONGEST) > 0.5:
        return Doubt(heading, ("progress_note", col.key), "内容是文字说明，不是状态")
    return None


def _unnamed(table: FoundTable, heading: Heading, values: Sequence[Value]) -> Doubt | None:
    """A heading nobody knows, or only for a column that another one is, above the values of one that is missing."""
    taken = table.match.columns.keys()
    ticked = None if "stated_status" in taken else ticked_state(heading, values)
    if ticked in (STATED_DONE, STATED_CLOSED):
        return Doubt(heading, ("stated_status",), "打勾的行可能是做完的", likely="stated_status", must=True)
    is_other = are_days(values) or (have_surnames(values) and next(likely_here(table, heading, values), "") in _PEOPLE)
    verdict = None if is_other else verdict_doubt(heading, values, taken, is_ended=not taken.isdisjoint(ENDING))
    if verdict is not None:
        others = (*table.open_keys(heading), *likely_here(table, heading, values))
        return replace(
            verdict,
            keys=tuple(
                dict.fromkeys(
                    (*verdict.keys, *(k for k in fitting_keys(others, heading.text, values) if k not in taken))
                )
            ),
        )
    if are_days(values):
        return None if heading.candidates else days_in_doubt(table, heading, values)
    is_status = "stated_status" not in taken and may_be_status(heading, values)
    resembles = not heading.candidates or any(one.key == "stated_status" for one in heading.candidates)
    if not (is_status and resembles):
        return None
    return Doubt(heading, ("stated_status",), _LIKE_STATUS, is_open=not tells_of_work(values))


def days_in_doubt(table: FoundTable, heading: Heading, values: Sequence[Value]) -> Doubt | None:
    """Days below a name that is taken for nothing: what its words say, what it resembles, then what is missing."""
    taken = table.match.columns.keys()
    named = date_said_by(heading.text)
    placed = next((key for key in likely_here(table, heading, values) if key in _DAYS_OF_CHECKS), "")
    said = placed or (_KEY_OF.get(named, "") if named else first_day(table, heading))
    resembled = tuple(key for key in table.open_keys(heading) if _COLUMNS[key].kind in _DATED)
    keys = proposal_first(said, (*resembled, *_DATES_INSTEAD))
    is_ours = not {"due_on", "completed_on"} <= taken or (said and said not in taken)
    return Doubt(heading, keys, DAYS_BELOW, likely=said) if is_ours else None


def _share(values: Sequence[Value], holds: Callable[[Value], bool]) -> float:
    return sum(map(holds, values)) / len(values)


def _could_be_date(value: Value) -> bool:
    """A date, a serial number, or a short word in the place of one."""
    if isinstance(value, float):
        return value == 0 or value > _FIRST_SERIAL
    text = text_of(value)
    return is_day(value) or is_not_yet(text) or len(text) <= _VAGUE_LONGEST


def _is_no_name(value: Value) -> bool:
    return isinstance(value, float) or max(map(len, text_of(value).replace("，", "、").split("、"))) > 2 * _NAME_LONGEST


# --- two columns of one meaning ----------------------------------------------------------------------------


def _clashes(table: FoundTable, answered: set[str], odd: frozenset[int]) -> Iterator[Doubt]:
    """Headings of equal right for one column; two of the very same text can't be told apart by an answer.

    Args:
        odd: Columns whose values are at odds with their names: those are no rivals.
    """
    for clash in table.match.clashes:
        pair = (clash.first, clash.second)
        if {heading.column for heading in pair} & odd:
            continue
        if normalised(pair[0].text) == normalised(pair[1].text) or normalised(pair[0].text) in answered:
            continue
        names = "、".join(f"「{heading.text}」" for heading in pair)
        for heading in pair:
            yield Doubt(heading, _ONE_OF.get(clash.key, (clash.key,)), f"{names}都像这一列，只能有一个")


def fitting_keys(keys: Sequence[str], heading: str, values: Sequence[Value]) -> tuple[str, ...]:
    """The columns whose values these can be: dates under a date, numbers under a number, no people among list words."""
    listed = [key for key in keys if _COLUMNS[key].kind is Kind.CHOICE and fits_list(_COLUMNS[key], values)]
    out = _DATED | _NAMED if values and listed else frozenset[Kind]()
    if values and not any(map(_is_day_or_serial, values)):
        out |= _DATED
    if values and all(map(_is_day_or_serial, values)):
        out |= frozenset(Kind) - _DATED - {Kind.KEY}
    if values:
        out |= frozenset() if all(map(is_number, values)) else frozenset({Kind.NUMBER})
        out |= _WORDED if all(is_number(value) or is_day(value) for value in values) else frozenset()
    fitting = tuple(key for key in keys if _COLUMNS[key].kind not in out and not is_at_odds(key, heading, values))
    return _by_words(fitting, values) if values and "progress_note" in keys else fitting


def _by_words(keys: tuple[str, ...], values: Sequence[Value]) -> tuple[str, ...]:
    """Of a heading that tells what was done or how it came out: words of a status first, verdicts where they fit."""
    is_status = like_status(values)
    fitting = [key for key in keys if key not in _VERDICTS or fits_list(_COLUMNS[key], values)]
    status = [key for key in fitting if key == "stated_status"]
    rest = [key for key in fitting if key != "stated_status"]
    return tuple((*status, *rest) if is_status else rest)


def _is_day_or_serial(value: Value) -> bool:
    return is_day(value) or (isinstance(value, float) and value > _FIRST_SERIAL)
