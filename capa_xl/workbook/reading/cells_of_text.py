"""Texts, numbers of things, names: kinds that take whatever stands there, less the stray blanks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from capa_xl.model.columns import Column, Kind
from capa_xl.model.names_apart import is_no_name
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.notes import ColumnContext, Converted, Note, quoted, text_of
from capa_xl.workbook.reading.written_names import (
    NOTHING,
    breaks_as_pauses,
    departments_named,
    guessed_names,
    has_stray_blanks,
    names_in,
    numbers_in,
    one_department,
    one_key,
    one_name,
    one_person,
    parted_by_blanks,
)

PARTED = frozenset({Kind.PERSON, Kind.PEOPLE, Kind.DEPARTMENT, Kind.DEPARTMENTS})
"""Kinds whose names a blank alone may part."""


def read_text(value: Value, col: Column, context: ColumnContext) -> Converted:
    """Any cell as text; its ends are trimmed."""
    return text_of(value) or None, ()


def read_key(value: Value, col: Column, context: ColumnContext) -> Converted:
    """A number of a row, without stray blanks (FD11)."""
    return _without_stray(value, col, one_key)


def read_name(value: Value, col: Column, context: ColumnContext) -> Converted:
    """One person, without stray blanks (FD11)."""
    tidy = one_name if col.holds_one else partial(one_person, known=context.names)
    if value in NOTHING:
        return None, ()
    name, notes = _without_stray(value, col, tidy)
    return name, notes if col.holds_one else (*notes, *_guesses(value, col, context))


def read_department(value: Value, col: Column, context: ColumnContext) -> Converted:
    """One department, or several as they are written: a line break between two is no stray one (B5)."""
    tidy = one_name if col.holds_one else partial(one_department, known=context.names)
    return (None, ()) if value in NOTHING else _without_stray(_on_one_line(value), col, tidy)


def read_names(value: Value, col: Column, context: ColumnContext) -> Converted:
    """Several people, each once, in order; FD23 where it is a guess how many there are."""
    if value in NOTHING:
        return (), ()
    names, notes = _without_stray(_on_one_line(value), col, partial(names_in, known=context.names))
    people = tuple(name for name in names or () if name in context.names or not is_no_name(name))
    if isinstance(value, str) and len(people) < len(names or ()):
        said = "不是姓名，没有按人处理" if not people else f"按 {'、'.join(people)} 处理，别的不是姓名"
        return people, (*notes, Note("FD23", {"c": col.header, "v": quoted(value), "n": said}))
    return people, (*notes, *_guesses(value, col, context))


def read_departments(value: Value, col: Column, context: ColumnContext) -> Converted:
    """Several departments, each once, in order."""
    if value in NOTHING:
        return (), ()
    names, notes = _without_stray(_on_one_line(value), col, partial(departments_named, known=context.names))
    return names or (), notes


def read_refs(value: Value, col: Column, context: ColumnContext) -> Converted:
    """Several numbers kept elsewhere, each once, in order."""
    refs, notes = (None, ()) if value in NOTHING else _without_stray(_on_one_line(value), col, numbers_in)
    return refs or (), notes


def is_one_word(text: str) -> bool:
    """No blank anywhere, and nothing that can't be seen."""
    return text.split() == [text] and text.isprintable() and "_x000" not in text


def stray(value: str, col: Column, read: Any = None) -> Note:
    """FD11, the value quoted with its blanks, line breaks made visible; the names where only blanks part them."""
    shown = value.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n")
    facts = {"c": col.header, "v": shown}
    names = parted_by_blanks(value, read if isinstance(read, tuple) else str(read or "").split("、"))
    if not names or col.kind not in PARTED:
        return Note("FD11", facts | {"blank": "含多余空格"})
    facts |= {"n": str(len(names)), "names": "、".join(names)}
    return Note("FD11", facts | ({"one": "或".join(names)} if col.is_one_person else {"several": "、".join(names)}))


def _guesses(value: Value, col: Column, context: ColumnContext) -> tuple[Note, ...]:
    """FD23, once a cell."""
    found = guessed_names(value, context.names) if isinstance(value, str) else ()
    if not found:
        return ()
    names = tuple(name for several in found for name in several)
    is_one = all(len(several) == 1 for several in found)
    taken = "按一个名字处理" if is_one else f"按 {len(names)} 人处理：{'、'.join(names)}"
    return (Note("FD23", {"c": col.header, "v": quoted(value), "n": taken}),)


def _on_one_line(value: Value) -> Value:
    return breaks_as_pauses(value) if isinstance(value, str) else value


def _without_stray(value: Value, col: Column, tidy: Callable[[str], Any]) -> Converted:
    if not isinstance(value, str):
        return tidy(text_of(value)) or None, ()
    found = tidy(value) or None
    is_as_written = found == value or (isinstance(found, tuple) and "、".join(found) == value)
    noticed = not is_as_written and not is_one_word(value) and bool(value.strip()) and has_stray_blanks(value)
    return found, (stray(value, col, found),) if noticed else ()
