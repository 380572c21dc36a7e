"""The distinct words of the columns that are lists: settled, proposed or asked, with their counts (decisions C1)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from capa_xl.model.action import Action
from capa_xl.model.adoption import ListWord
from capa_xl.model.columns import Column, Kind, column_by_key
from capa_xl.model.meanings import COUNTED, NOT_COUNTED, NUMBER_HEADER, word_key
from capa_xl.model.stated_status import FAMILIES
from capa_xl.model.two_languages import in_two_languages
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.adopting.known_words import WordReading, reading_of
from capa_xl.workbook.adopting.table_looks import TableLooks
from capa_xl.workbook.reading.notes import text_of
from capa_xl.workbook.reading.tracker import GUARDED
from capa_xl.workbook.reading.written_names import NOTHING

_LISTED = frozenset({Kind.CHOICE, Kind.YES_NO, Kind.STATED})
_YES, _NO = frozenset("Y YES TRUE √ ✓ ✔ ☑".split()), frozenset("N NO FALSE × ✗ ✘ ☒".split())  # noqa: SIM905
_MOST_WORDS = 40
"""More different words than that are no list."""


def allowed_of(col: Column) -> tuple[str, ...]:
    """The canonical words of a list column."""
    return FAMILIES if col.kind is Kind.STATED else col.choices


def fits_list(col: Column, values: Iterable[Value]) -> bool:
    """Whether at least half of the distinct words are known or something can be proposed for them."""
    words = {text_of(value) for value in values}
    fitting = [word for word in words if _reading(col, word).settled or _reading(col, word).candidates]
    return len(fitting) * 2 >= len(words) <= _MOST_WORDS


def words_of(
    table: FoundTable, looks: TableLooks, said: Mapping[str, Mapping[str, str]], prefix: str = ""
) -> tuple[ListWord, ...]:
    """The words of every column that is taken for a list, and the struck-through rows by their numbers.

    Args:
        table: The table.
        looks: Its drop-down lists and struck-through rows.
        said: What words were declared to mean: column header → `word_key` → canonical word, "" for blank.
        prefix: What stands before the numbers of its sheet.
    """
    columns = column_by_key(Action)
    listed = ((h, columns[h.key]) for h in table.match.mapped if h.key in columns and columns[h.key].kind in _LISTED)
    found = [
        word
        for heading, col in listed
        for word in _of_column(heading.text, col, _counted(table, looks, heading.column), said.get(col.header, {}))
    ]
    return (*found, *_struck(table, looks, said.get(NUMBER_HEADER, {}), prefix))


def _counted(table: FoundTable, looks: TableLooks, column: int) -> Counter[str]:
    """Word → rows it stands in, in the order of first mention; 0 for those that only the drop-down list names."""
    cells = (text_of(row[column - 1]) for row in table.rows)
    counts = Counter(text for text in cells if text and text not in NOTHING)
    known = {word_key(word) for word in counts}
    counts.update({word: 0 for word in looks.lists.get(column, ()) if word_key(word) not in known})
    return counts


def _of_column(heading: str, col: Column, counts: Counter[str], said: Mapping[str, str]) -> Iterator[ListWord]:
    guarded = col.key in GUARDED
    for word, count in counts.items():
        declared = said.get(word_key(word))
        if declared is not None:
            yield ListWord(heading, col.header, word, count, declared, is_answered=True)
            continue
        read = _reading(col, word)
        rest = tuple(one for one in allowed_of(col) if one not in read.candidates)
        candidates = () if read.settled else (*read.candidates, *rest)
        needed = guarded and count > 0 and not read.settled
        yield ListWord(heading, col.header, word, count, read.settled, candidates, is_needed=needed)


def _reading(col: Column, word: str) -> WordReading:
    """What a word means, be it written in two languages."""
    whole, parts = _reading_of_one(col, word), in_two_languages(word)
    if whole.settled or whole.candidates or parts is None:
        return whole
    read = [_reading_of_one(col, part) for part in parts]
    said = {one.settled for one in read}
    if len(said) == 1 and all(said):
        return WordReading(settled=said.pop())
    return WordReading(candidates=tuple(dict.fromkeys(w for one in read for w in (one.settled, *one.candidates) if w)))


def _reading_of_one(col: Column, word: str) -> WordReading:
    plain = "".join(unicodedata.normalize("NFKC", word).split())
    if col.kind is Kind.YES_NO:
        said = {True: "是", False: "否"}.get(plain.upper() in _YES, "") if plain.upper() in _YES | _NO else ""
        return WordReading(settled=plain if plain in col.choices else said)
    if plain in col.choices:
        return WordReading(settled=plain)
    return reading_of(col, word, allowed_of(col))


def _struck(table: FoundTable, looks: TableLooks, said: Mapping[str, str], prefix: str) -> Iterator[ListWord]:
    at = table.match.columns.get("number")
    for number in (prefix + number for number in _numbers(table, looks.struck, at)) if at else ():
        declared = said.get(word_key(number))
        asked = () if declared else (NOT_COUNTED, COUNTED)
        heading = table.match.heading("number")
        yield ListWord(heading, NUMBER_HEADER, number, 1, declared or "", asked, is_answered=declared is not None)


def _numbers(table: FoundTable, rows: Sequence[int], column: int) -> Iterator[str]:
    """The numbers of struck-through rows."""
    for row in rows:
        if row <= len(table.values.rows) and (number := text_of(table.values.rows[row - 1][column - 1])):
            yield number
