"""Raw cells of one column → values of its Kind, a whole column at a time; what can't be read is noted, never guessed.

Every distinct value of a column is converted once: a table of ten thousand rows has few distinct dates, names and list
values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from capa_xl.model.columns import MANY, Column, Kind
from capa_xl.workbook.cells_of_dates import read_date, read_period
from capa_xl.workbook.cells_of_lists import read_choice, read_choices, read_open_choice, read_yes_no
from capa_xl.workbook.cells_of_numbers import read_count, read_number
from capa_xl.workbook.cells_of_text import is_one_word, read_key, read_name, read_names, read_refs, read_text
from capa_xl.workbook.notes import Converted, Note, Terms, text_of
from capa_xl.workbook.sheet_values import Value

_PLAIN = frozenset({Kind.KEY, Kind.REF, Kind.TEXT})
_Reader = Callable[[Value, Column, Terms], Converted]


def convert(col: Column, values: Sequence[Value], terms: Terms) -> tuple[list[Any], dict[int, tuple[Note, ...]]]:
    """The values of a column, and the notes by index; blank is None, or () for the kinds that hold several.

    Args:
        col: The column.
        values: Raw cells, "" where blank.
        terms: Date system and allowed values.
    """
    if col.kind is Kind.NOTE and set(map(type, values)) <= {str}:
        return _notes(values), {}
    distinct = set(values)
    if 0 in distinct or 1 in distinct:  # False == 0 and True == 1: told apart before they share an entry
        values = [str(value).upper() if isinstance(value, bool) else value for value in values]
        distinct = set(values)
    table, noted = _table(col, distinct, terms)
    found = {at: noted[value] for at, value in enumerate(values) if value in noted} if noted else {}
    return list(map(table.__getitem__, values)), found


def _table(col: Column, distinct: set[Value], terms: Terms) -> tuple[dict[Value, Any], dict[Value, tuple[Note, ...]]]:
    """Every distinct value with what it is read as, and with its notes where it has any."""
    read, plain = _READERS[col.kind], col.kind in _PLAIN
    table: dict[Value, Any] = {}
    noted: dict[Value, tuple[Note, ...]] = {}
    for value in distinct:
        if plain and isinstance(value, str) and is_one_word(value):
            table[value] = value
            continue
        table[value], notes = read(value, col, terms)
        if notes:
            noted[value] = notes
    if "" in distinct:
        table[""] = () if col.kind in MANY else None
    return table, noted


def _notes(values: Sequence[Any]) -> list[Any]:
    texts = [value.strip() or None for value in values]
    if "\r" in "".join(values):
        return [text_of(text) if text else None for text in texts]
    return texts


_READERS: Mapping[Kind, _Reader] = {
    Kind.KEY: read_key,
    Kind.REF: read_key,
    Kind.REFS: read_refs,
    Kind.TEXT: read_text,
    Kind.NOTE: read_text,
    Kind.DATE: read_date,
    Kind.PERIOD: read_period,
    Kind.NUMBER: read_number,
    Kind.COUNT: read_count,
    Kind.PERSON: read_name,
    Kind.PEOPLE: read_names,
    Kind.DEPARTMENT: read_name,
    Kind.DEPARTMENTS: read_names,
    Kind.CHOICE: read_choice,
    Kind.OPEN_CHOICE: read_open_choice,
    Kind.CHOICES: read_choices,
    Kind.YES_NO: read_yes_no,
}
