"""What conversion needs to know and has to say about one value; and values as messages show them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from msgspec import Struct, field

from capa_xl.model.cut_text import cut_line
from capa_xl.model.date_style import PLAIN, DateStyle
from capa_xl.model.problem import Severity
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.written_names import visible

_LONGEST_QUOTE = 60


class Note(Struct, frozen=True):
    """What a value met on the way.

    Attributes:
        rule: The rule it feeds.
        facts: Words of its message.
        severity: Where the rule leaves it open.
        unreadable: True when the value was lost (it reads as blank).
    """

    rule: str
    facts: Mapping[str, str]
    severity: Severity | None = None
    unreadable: bool = False


class ColumnContext(Struct, frozen=True):
    """What conversion must know beside the column.

    Attributes:
        date1904: The workbook counts days from 1904.
        allowed: Values of the column's list as it stands in this workbook (字典 included).
        meanings: What words of the column were declared to mean: `word_key` → canonical word, "" for blank.
        declares: How the column is called in 参数 `取值_…`; "" where words can't be declared.
        counts_percent: The column counts in percent, whatever its heading says.
        date_style: How its dates are written, where that was decided.
        names: Every person and department of 人员部门, Chinese ones without blanks.
        is_own_heading: The column stands under the heading of our own workbook.
        is_answer: It is an answer of a slip, no cell of the workbook.
    """

    date1904: bool = False
    allowed: tuple[str, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)
    declares: str = ""
    counts_percent: bool = False
    date_style: DateStyle = PLAIN
    names: frozenset[str] = frozenset()
    is_own_heading: bool = False
    is_answer: bool = False


Converted = tuple[Any, tuple[Note, ...]]
"""A value and the notes on it; the value is None or () where the cell is blank or can't be read."""


def text_of(value: Value) -> str:
    """A raw cell as text: 1.0 is 1, a date is ISO, line ends are plain; 0 in a cell for dates is 0."""
    if isinstance(value, str):
        text = value if value.isprintable() else visible(value)
        return text.strip()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if value == time.min:
        return "0"
    return value.isoformat() if isinstance(value, date) else str(value)


def is_blank(value: Value) -> bool:
    """True for an empty cell, and for one that holds nothing but blanks."""
    return value == "" or (isinstance(value, str) and not value.strip())


def quoted(value: Value) -> str:
    """A value as a message shows it: on one line, not too long."""
    return cut_line(text_of(value), _LONGEST_QUOTE + 1)
