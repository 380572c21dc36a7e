"""What stands in the date columns of somebody's table and is no plain date: its order, its year, words for a day.

The order of day, month and year is decided for a whole column: the one in which every text is a day, near the years
of the table; where several are, or none is, it is asked. √ and 已完成 where the day of completion should stand say that
it is done, nobody knows when.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.adoption import ListWord, proposal_first
from capa_xl.model.columns import Column, Kind, column_by_key
from capa_xl.model.date_style import ORDER_WORD, ORDERS, DateStyle, year_word
from capa_xl.model.meanings import word_key
from capa_xl.model.stated_status import (
    STATED_CANCELLED,
    STATED_CLOSED,
    STATED_DONE,
    STATED_OPEN,
    STATED_TO_VERIFY,
    family_of,
    is_not_yet,
)
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.adopting.vague_deadlines import DEADLINES, vague_deadlines
from capa_xl.workbook.adopting.word_signs import likely_family
from capa_xl.workbook.reading.no_action_rows import kind_of_no_action
from capa_xl.workbook.reading.notes import quoted, text_of
from capa_xl.workbook.reading.tracker import GUARDED
from capa_xl.workbook.reading.written_dates import date_of_text, day_in_order, day_of, is_three_numbers, lacks_a_year
from capa_xl.workbook.reading.written_names import NOTHING

COMPLETION_WORDS = (STATED_DONE, STATED_CANCELLED)
"""What a word in the place of the day of completion may mean; or a blank: not yet."""
_COLUMNS = column_by_key(Action)
_NEAR = 1
"""Years before and after those of the table's other days that its days may have: due in January, found in December."""
_YEAR = re.compile(r"(20\d\d)\s*(年|$|[-./])")
_MEANT = {
    STATED_CLOSED: STATED_DONE, STATED_DONE: STATED_DONE, STATED_TO_VERIFY: STATED_DONE,
    STATED_CANCELLED: STATED_CANCELLED, STATED_OPEN: "",
}  # fmt: skip


def date_words(table: FoundTable, said: Mapping[str, Mapping[str, str]], sheet: str = "") -> Iterator[ListWord]:
    """The questions about dates, column by column, the settled ones among them.

    Args:
        said: Column header → what was declared: `word_key` → meaning.
        sheet: The table's, where its days have a year of their own; "" where it is the only one.
    """
    columns = [(h.text, h.column, _COLUMNS[h.key]) for h in table.match.mapped if h.key in _COLUMNS]
    dated = [(text, at, col) for text, at, col in columns if col.kind is Kind.DATE]
    years = tuple(map(int, years_of(table)))
    orders = {col.key: _order(_plain_texts(table, at), years) for _, at, col in dated}
    likely = {order for order in orders.values() if order}
    for heading, at, col in dated:
        texts, declared = _plain_texts(table, at), said.get(col.header, {})
        yield from _order_word(heading, col, texts, declared, orders[col.key], likely)
        yield from _year_word(heading, col, texts, declared, sheet)
        if col.key == "completed_on":
            yield from _words(heading, col, texts, declared)
        if col.key in DEADLINES:
            yield from vague_deadlines(heading, col, texts, declared, table, years_of(table))


def not_yet_words(table: FoundTable) -> tuple[str, ...]:
    """What stands where the day of completion should and says that there is none yet."""
    at = table.match.columns.get("completed_on")
    texts = (text_of(row[at - 1]) for row in table.rows) if at else ()
    return tuple(dict.fromkeys(text for text in texts if text and is_not_yet(text)))


def _plain_texts(table: FoundTable, column: int) -> list[str]:
    """The texts of a column that are no date by themselves, row by row; 平均 of a total right of its label is none."""
    cells = (row[column - 1] for row in table.rows)
    texts = (cell.strip() for cell in cells if isinstance(cell, str))
    return [
        text
        for text in texts
        if text and text not in NOTHING and not kind_of_no_action(text) and date_of_text(text, date1904=False) is None
    ]


def _order_word(
    heading: str, col: Column, texts: Sequence[str], declared: Mapping[str, str], order: str, likely: set[str]
) -> Iterator[ListWord]:
    found = [text for text in texts if is_three_numbers(text)]
    if not found:
        return
    one = ListWord(heading, col.header, ORDER_WORD, len(found), "", sample=quoted(found[0]))
    answer = declared.get(ORDER_WORD)
    if answer is not None:
        yield replace(one, meaning=answer, is_answered=True)
    elif order:
        yield replace(one, meaning=order)
    else:
        proposal = next(iter(likely)) if len(likely) == 1 else None
        yield replace(one, candidates=proposal_first(proposal, ORDERS), proposal=proposal, is_needed=col.key in GUARDED)


def _order(texts: Sequence[str], years: Sequence[int]) -> str:
    """The one order in which every text is a day near those years; "" where several are, or none is.

    Args:
        texts: Of one column; those that aren't three numbers don't count.
        years: Of the table's other days; () where there are none: then its own lie near one another.
    """
    found = [text for text in texts if is_three_numbers(text)]
    if not found:
        return ""
    possible = {order: days for order in ORDERS if all(days := [day_in_order(text, order) for text in found])}
    if len(possible) > 1:
        possible = {order: days for order, days in possible.items() if _is_near([d.year for d in days if d], years)}
    return next(iter(possible)) if len(possible) == 1 else ""


def _is_near(found: Sequence[int], years: Sequence[int]) -> bool:
    around = years or (min(found),)
    return min(around) - _NEAR <= min(found) and max(found) <= max(around) + _NEAR


def _year_word(
    heading: str, col: Column, texts: Sequence[str], declared: Mapping[str, str], sheet: str
) -> Iterator[ListWord]:
    """The year that somebody said the days without one are of."""
    found, word = [text for text in texts if lacks_a_year(text)], year_word(sheet)
    answer = declared.get(word_key(word))
    if found and answer is not None:
        days = tuple(dict.fromkeys(found))
        yield ListWord(
            heading, col.header, word, len(found), answer, is_answered=True, sample=quoted(found[0]), texts=days
        )


def texts_without_a_year(
    table: FoundTable, column: int, declared: Mapping[str, str], sheet: str = ""
) -> tuple[str, ...]:
    """The days of a column whose year nobody said, row by row; () where every one has its year.

    Args:
        declared: What was declared of the column: `word_key` → meaning.
        sheet: As in `date_words`.
    """
    texts = tuple(text for text in _plain_texts(table, column) if lacks_a_year(text))
    style = DateStyle.of(declared, sheet)
    if word_key(year_word(sheet)) in declared or all(style.year_of(text) for text in texts):
        return ()
    return texts


def years_of(table: FoundTable) -> tuple[str, ...]:
    """The years of the days in the table's date columns; where there is none, those above the table and in its name."""
    dated = [h.column for h in table.match.mapped if h.key in _COLUMNS and _COLUMNS[h.key].kind is Kind.DATE]
    days = (row[at - 1] for row in table.rows for at in dated)
    found = {str(day.year) for day in (day_of(value) for value in days) if day}
    above = (str(cell) for row in table.values.rows[: table.match.header_row - 1] for cell in row)
    return tuple(sorted(found or {year[1] for text in (table.name, *above) if (year := _YEAR.search(text))}))


def _words(heading: str, col: Column, texts: Sequence[str], declared: Mapping[str, str]) -> Iterator[ListWord]:
    for word, count in Counter(texts).items():
        if is_three_numbers(word) or lacks_a_year(word) or is_not_yet(word):
            continue
        answer, family = declared.get(word_key(word)), family_of(word, {})
        one = ListWord(heading, col.header, word, count, "")
        if answer is not None:
            yield replace(one, meaning=answer, is_answered=True)
        elif family in (STATED_CLOSED, STATED_DONE):
            yield replace(one, meaning=STATED_DONE)
        else:
            likely = family or likely_family(word)
            proposal = _MEANT[likely] if likely else None
            candidates = proposal_first(proposal, COMPLETION_WORDS)
            yield replace(one, candidates=candidates, proposal=proposal, is_needed=True)
