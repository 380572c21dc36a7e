"""Raw cells of one column → values of its Kind, a whole column at a time; what can't be read is noted, never guessed.

Every distinct value of a column is converted once: a table of ten thousand rows has few distinct dates, names and list
values.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any

from capa_xl.model.columns import MANY, Column, Kind
from capa_xl.model.problem import Severity
from capa_xl.workbook.sheet_values import Value
from capa_xl.workbook.written_dates import date_of_number, date_of_text, is_plausible, period_of_text
from capa_xl.workbook.written_names import NOTHING, has_stray_blanks, names_in, one_key, one_name, visible, words_in

_YES = frozenset({"是", "Y", "YES", "TRUE", "√", "✓", "✔", "☑"})
_NO = frozenset({"否", "N", "NO", "FALSE", "×", "✗", "✘", "☒"})
_NUMBER = re.compile(r"([-+]?(?:\d[\d,]*)?(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*(%|‰|[^\d\s.,%]{0,6})")
_LONGEST_QUOTE = 60
_PLAIN = frozenset({Kind.KEY, Kind.REF, Kind.TEXT})


@dataclass(frozen=True, slots=True)
class Note:
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


@dataclass(frozen=True, slots=True)
class Terms:
    """What conversion must know beside the column.

    Attributes:
        date1904: The workbook counts days from 1904.
        allowed: Values of the column's list as it stands in this workbook (字典 included).
    """

    date1904: bool = False
    allowed: tuple[str, ...] = ()


Converted = tuple[Any, tuple[Note, ...]]
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
        if plain and isinstance(value, str) and _is_one_word(value):
            table[value] = value
            continue
        table[value], notes = read(value, col, terms)
        if notes:
            noted[value] = notes
    if "" in distinct:
        table[""] = () if col.kind in MANY else None
    return table, noted


def nearest(word: str, allowed: Sequence[str]) -> str:
    """The allowed word most like a strange one; "" when none shares a character with it."""
    scored = [(SequenceMatcher(None, word, other).ratio(), -at) for at, other in enumerate(allowed)]
    best = max(scored, default=(0.0, 0))
    return allowed[-best[1]] if best[0] > 0 else ""


def text_of(value: Value) -> str:
    """A raw cell as text: 1.0 is 1, a date is ISO, line ends are plain."""
    if isinstance(value, str):
        text = value if value.isprintable() else visible(value)
        return text.strip()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def quoted(value: Value) -> str:
    """A value as a message shows it: on one line, not too long."""
    text = " ".join(text_of(value).split())
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"


def _notes(values: Sequence[Any]) -> list[Any]:
    texts = [value.strip() or None for value in values]
    if "\r" in "".join(values):
        return [text_of(text) if text else None for text in texts]
    return texts


def _stray(value: str, col: Column) -> Note:
    """FD11, the value quoted with its blanks, line breaks made visible."""
    shown = value.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n")
    return Note("FD11", {"c": col.header, "v": shown})


def _is_one_word(text: str) -> bool:
    """No blank anywhere, and nothing that can't be seen."""
    return text.split() == [text] and text.isprintable()


def _text(value: Value, col: Column, terms: Terms) -> Converted:
    return text_of(value) or None, ()


def _key(value: Value, col: Column, terms: Terms) -> Converted:
    return _without_stray(value, col, one_key)


def _name(value: Value, col: Column, terms: Terms) -> Converted:
    return (None, ()) if value in NOTHING else _without_stray(value, col, one_name)


def _names(value: Value, col: Column, terms: Terms) -> Converted:
    names, notes = (None, ()) if value in NOTHING else _without_stray(value, col, names_in)
    return names or (), notes


def _refs(value: Value, col: Column, terms: Terms) -> Converted:
    refs, notes = (None, ()) if value in NOTHING else _without_stray(value, col, words_in)
    return refs or (), notes


def _without_stray(value: Value, col: Column, tidy: Callable[[str], Any]) -> Converted:
    if not isinstance(value, str):
        return tidy(text_of(value)) or None, ()
    stray = not _is_one_word(value) and bool(value.strip()) and has_stray_blanks(value)
    return tidy(value) or None, (_stray(value, col),) if stray else ()


def _date(value: Value, col: Column, terms: Terms) -> Converted:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return (value, ()) if is_plausible(value) else _strange_date(value, col)
    if isinstance(value, str):
        return _written_date(value, col, terms)
    day = date_of_number(value, date1904=terms.date1904) if isinstance(value, float) else None
    return _recognised(day, value, col) if day else (None, (_fault("FD05", col, value),))


def _written_date(value: str, col: Column, terms: Terms) -> Converted:
    text = text_of(value)
    if not text or text in NOTHING:
        return None, ()
    day = date_of_text(text, date1904=terms.date1904)
    return _recognised(day, value, col) if day else (None, (_fault("FD05", col, value),))


def _recognised(day: date, value: Value, col: Column) -> Converted:
    if not is_plausible(day):
        return _strange_date(value, col)
    return day, (Note("FD06", {"c": col.header, "v": quoted(value), "d": day.isoformat()}),)


def _strange_date(value: Value, col: Column) -> Converted:
    return None, (_fault("FD07", col, value),)


def _fault(rule: str, col: Column, value: Value) -> Note:
    return Note(rule, {"c": col.header, "v": quoted(value)}, unreadable=True)


def _period(value: Value, col: Column, terms: Terms) -> Converted:
    if isinstance(value, float) and not value.is_integer():
        return None, (_fault("FD05", col, value),)
    if isinstance(value, float) and 30_000 <= value <= 80_000:
        return _iso(_date(value, col, terms))
    if isinstance(value, date):
        return _iso(_date(value, col, terms))
    text = text_of(value)
    if not text or text in NOTHING:
        return None, ()
    period = period_of_text(text)
    return (period, ()) if period else (None, (_fault("FD05", col, value),))


def _iso(converted: Converted) -> Converted:
    day, notes = converted
    return day.isoformat() if day else None, tuple(note for note in notes if note.rule != "FD06")


def _number(value: Value, col: Column, terms: Terms) -> Converted:
    if isinstance(value, float):
        return (_in_percent(value, col), ()) if math.isfinite(value) else _no_number(value, col)
    if not isinstance(value, str):
        return _no_number(value, col)
    text = unicodedata.normalize("NFKC", text_of(value))
    if not text or text in NOTHING:
        return None, ()
    match = _NUMBER.fullmatch(text)
    if not match or not re.search(r"\d", match[1]):
        return _no_number(value, col)
    return _scaled(float(match[1].replace(",", "")), match[2], col), ()


def _in_percent(number: float, col: Column) -> float:
    """`50%` typed under a header that says % arrives as 0.5: up to 1 it is a share, not a percentage."""
    return round(number * 100, 10) if "%" in col.header and 0 < number <= 1 else number


def _scaled(number: float, unit: str, col: Column) -> float:
    """`95%` means 0.95, as when Excel is given it, but 95 in a column whose header counts percent already."""
    if unit == "%" and "%" not in col.header:
        return number / 100
    return number / 1000 if unit == "‰" else number


def _no_number(value: Value, col: Column) -> Converted:
    facts = {"c": col.header, "v": quoted(value), "list": "数字", "s": "只写数字，单位写在「单位」列"}
    return None, (Note("FD04", facts, Severity.ERROR, unreadable=True),)


def _count(value: Value, col: Column, terms: Terms) -> Converted:
    number, notes = _number(value, col, terms)
    if number is None or float(number).is_integer():
        return (None if number is None else int(number)), notes
    return _no_number(value, col)


def _choice(value: Value, col: Column, terms: Terms) -> Converted:
    text = unicodedata.normalize("NFKC", text_of(value))
    if not text or text in NOTHING:
        return None, ()
    word = _listed(text, terms.allowed)
    if word is None:
        return None, (_strange(text, col, terms, Severity.ERROR, unreadable=True),)
    return word, (_stray(value, col),) if isinstance(value, str) and has_stray_blanks(value) else ()


def _open_choice(value: Value, col: Column, terms: Terms) -> Converted:
    text = text_of(value)
    if not text or text in NOTHING:
        return None, ()
    return _open_word(text, col, terms)


def _choices(value: Value, col: Column, terms: Terms) -> Converted:
    text = text_of(value)
    words = () if text in NOTHING else tuple(_open_word(word, col, terms) for word in words_in(text))
    return tuple(word for word, _ in words), tuple(note for _, notes in words for note in notes)


def _open_word(text: str, col: Column, terms: Terms) -> Converted:
    word = _listed(unicodedata.normalize("NFKC", text), terms.allowed)
    if word is not None or not terms.allowed:
        return word or text, ()
    return text, (_strange(text, col, terms, Severity.INFO, unreadable=False),)


def _listed(text: str, allowed: Sequence[str]) -> str | None:
    if text in allowed:
        return text
    plain = re.sub(r"\s+", "", text)
    return next((word for word in allowed if unicodedata.normalize("NFKC", word) in (text, plain)), None)


def _strange(text: str, col: Column, terms: Terms, severity: Severity, *, unreadable: bool) -> Note:
    near = nearest(text, terms.allowed)
    facts = {"c": col.header, "v": quoted(text), "list": "、".join(terms.allowed), "s": near}
    return Note("FD04", facts, severity, unreadable)


def _yes_no(value: Value, col: Column, terms: Terms) -> Converted:
    text = unicodedata.normalize("NFKC", text_of(value)).upper()
    if not text or text in NOTHING:
        return None, ()
    if text in _YES or text in _NO:
        return text in _YES, ()
    return None, (_strange(text_of(value), col, terms, Severity.ERROR, unreadable=True),)


_READERS: Mapping[Kind, _Reader] = {
    Kind.KEY: _key,
    Kind.REF: _key,
    Kind.REFS: _refs,
    Kind.TEXT: _text,
    Kind.NOTE: _text,
    Kind.DATE: _date,
    Kind.PERIOD: _period,
    Kind.NUMBER: _number,
    Kind.COUNT: _count,
    Kind.PERSON: _name,
    Kind.PEOPLE: _names,
    Kind.DEPARTMENT: _name,
    Kind.DEPARTMENTS: _names,
    Kind.CHOICE: _choice,
    Kind.OPEN_CHOICE: _open_choice,
    Kind.CHOICES: _choices,
    Kind.YES_NO: _yes_no,
}
