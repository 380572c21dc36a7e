"""Raw cells of one column → values of its Kind, a whole column at a time; what can't be read is noted, never guessed.

Every distinct value of a column is converted once: a table of ten thousand rows has few distinct dates, names and list
values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from capa_xl.model.columns import MANY, Column, Kind
from capa_xl.ooxml.sheet_values import Share, Value
from capa_xl.workbook.reading.cells_of_dates import read_date, read_period
from capa_xl.workbook.reading.cells_of_lists import (
    read_choice,
    read_choices,
    read_closed_choices,
    read_open_choice,
    read_stated,
    read_yes_no,
)
from capa_xl.workbook.reading.cells_of_moments import read_moment
from capa_xl.workbook.reading.cells_of_numbers import read_count, read_number
from capa_xl.workbook.reading.cells_of_text import (
    is_one_word,
    read_department,
    read_departments,
    read_key,
    read_name,
    read_names,
    read_refs,
    read_text,
)
from capa_xl.workbook.reading.notes import ColumnContext, Converted, Note, text_of
from capa_xl.workbook.reading.written_names import plain_hyphens

_PLAIN = frozenset({Kind.KEY, Kind.REF, Kind.TEXT})
_SHOWN = frozenset({Kind.NUMBER, Kind.TEXT})
"""Kinds that read a number shown in percent as it is shown."""
_Reader = Callable[[Value, Column, ColumnContext], Converted]


def convert(
    col: Column, values: Sequence[Value], context: ColumnContext
) -> tuple[list[Any], dict[int, tuple[Note, ...]]]:
    """The values of a column, and the notes by index; blank is None, or () for the kinds that hold several.

    Args:
        col: The column.
        values: Raw cells, "" where blank.
        context: Date system and allowed values.
    """
    if col.kind is Kind.NOTE and (texts := _notes(values)) is not None:
        return texts, {}
    table = _Table(col, context)
    read = list(map(table.__getitem__, values))
    if table.has_numbers and (apart := _told_apart(col, values)) is not None:
        return convert(col, apart, context)
    noted = table.noted
    return read, {at: noted[value] for at, value in enumerate(values) if value in noted} if noted else {}


class _Table(dict[Value, Any]):
    """What the values of a column are read as, each read when it is first asked for.

    Attributes:
        noted: The notes of the values that have any.
        has_numbers: A number is among them, which equals a share or a truth value that may be there too.
    """

    def __init__(self, col: Column, context: ColumnContext) -> None:
        super().__init__({"": () if col.kind in MANY else None})
        self.noted: dict[Value, tuple[Note, ...]] = {}
        self.has_numbers = False
        self._col, self._context, self._read = col, context, _READERS[col.kind]
        self._is_plain = col.kind in _PLAIN

    def __missing__(self, value: Value) -> Any:
        if self._is_plain and isinstance(value, str) and is_one_word(value) and plain_hyphens(value) == value:
            self[value] = value
            return value
        if isinstance(value, float | int):
            self.has_numbers = True
        self[value], notes = self._read(value, self._col, self._context)
        if notes:
            self.noted[value] = notes
        return self[value]


def _told_apart(col: Column, values: Sequence[Value]) -> list[Value] | None:
    """The values with those as words that share an entry with a number (FALSE == 0, 3% == 0.03); None without any."""
    kinds = set(map(type, values))
    if bool in kinds:
        return [str(value).upper() if isinstance(value, bool) else value for value in values]
    if Share in kinds and col.kind in _SHOWN:
        return [value.shown if isinstance(value, Share) else value for value in values]
    return None


def _notes(values: Sequence[Any]) -> list[str | None] | None:
    """Long texts, which rarely repeat and need but trimming; None where other cells are among them."""
    try:
        texts = list(map(str.strip, values))
    except TypeError:
        return None
    if "\r" in "".join(values):
        return [text_of(text) or None for text in texts]
    return [text or None for text in texts]


_READERS: Mapping[Kind, _Reader] = {
    Kind.KEY: read_key,
    Kind.REF: read_key,
    Kind.REFS: read_refs,
    Kind.TEXT: read_text,
    Kind.NOTE: read_text,
    Kind.DATE: read_date,
    Kind.PERIOD: read_period,
    Kind.MOMENT: read_moment,
    Kind.NUMBER: read_number,
    Kind.COUNT: read_count,
    Kind.PERSON: read_name,
    Kind.PEOPLE: read_names,
    Kind.DEPARTMENT: read_department,
    Kind.DEPARTMENTS: read_departments,
    Kind.CHOICE: read_choice,
    Kind.OPEN_CHOICE: read_open_choice,
    Kind.CHOICES: read_choices,
    Kind.CLOSED_CHOICES: read_closed_choices,
    Kind.YES_NO: read_yes_no,
    Kind.STATED: read_stated,
}
