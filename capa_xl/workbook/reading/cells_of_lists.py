"""Cells of lists: closed ones take their words only, open ones take all and say what is strange."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from capa_xl.model.columns import Column
from capa_xl.model.meanings import meaning_setting, word_key
from capa_xl.model.meant_word import decides, meant_word
from capa_xl.model.problem import Severity
from capa_xl.model.stated_status import FAMILIES, STATED_CANCELLED, family_of
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.cells_of_text import stray
from capa_xl.workbook.reading.notes import ColumnContext, Converted, Note, quoted, text_of
from capa_xl.workbook.reading.written_names import NOTHING, has_stray_blanks, parts_in, words_in

_YES = frozenset({"是", "Y", "YES", "TRUE", "√", "✓", "✔", "☑"})
_NO = frozenset({"否", "N", "NO", "FALSE", "×", "✗", "✘", "☒"})


def read_choice(value: Value, col: Column, context: ColumnContext) -> Converted:
    """A word of a closed list; FD04 E and blank where it is none."""
    text = unicodedata.normalize("NFKC", text_of(value))
    if not text or text in NOTHING:
        return None, ()
    declared = _declared(text, context)
    if declared is not None:
        return declared or None, ()
    if is_declared_cancelled(text, col, context.meanings):
        return None, ()
    word = _listed(text, context.allowed)
    if word is None:
        return None, (_strange(text, col, context, Severity.ERROR, unreadable=True),)
    return word, (stray(value, col),) if isinstance(value, str) and has_stray_blanks(value) else ()


def read_open_choice(value: Value, col: Column, context: ColumnContext) -> Converted:
    """A word of an open list; a strange one is kept, FD04 I."""
    text = text_of(value)
    if not text or text in NOTHING:
        return None, ()
    return _open_word(text, col, context)


def read_choices(value: Value, col: Column, context: ColumnContext) -> Converted:
    """Several words of an open list; strange ones are kept, FD04 I each."""
    text = text_of(value)
    found = () if text in NOTHING else (word for piece in words_in(text) for word in _listed_parts(piece, context))
    words = tuple(_open_word(word, col, context) for word in dict.fromkeys(found))
    return tuple(word for word, _ in words), tuple(note for _, notes in words for note in notes)


def read_closed_choices(value: Value, col: Column, context: ColumnContext) -> Converted:
    """Several words of a closed list; only those that are none of it are lost, FD04 E each."""
    text = unicodedata.normalize("NFKC", text_of(value))
    if text in NOTHING:
        return (), ()
    if (whole := _listed(text, context.allowed)) is not None:
        return (whole,), (stray(value, col),) if isinstance(value, str) and has_stray_blanks(value) else ()
    parts = (part for piece in parts_in(text) for part in _listed_parts(piece, context))
    listed = [(word, _listed(word, context.allowed)) for word in parts]
    lost = (_strange(word, col, context, Severity.ERROR, unreadable=True) for word, found in listed if found is None)
    return tuple(dict.fromkeys(found for _, found in listed if found)), tuple(lost)


def read_stated(value: Value, col: Column, context: ColumnContext) -> Converted:
    """A word of the table's own status column, as it stands; FD04 W where nobody knows its family."""
    text = text_of(value)
    if not text or text in NOTHING:
        return None, ()
    if family_of(text, context.meanings) is not None:
        return text, ()
    return text, (_strange(text, col, replace(context, allowed=FAMILIES), Severity.WARNING, unreadable=False),)


def is_declared_cancelled(text: str, col: Column, meanings: Mapping[str, str]) -> bool:
    """Somebody said that this word of a verdict ends the whole row: it is no verdict then."""
    return col.may_cancel and meanings.get(word_key(text)) == STATED_CANCELLED


def _declared(text: str, context: ColumnContext) -> str | None:
    """What 参数 says the word means, "" for blank; None where it says nothing or a word that isn't allowed."""
    meaning = context.meanings.get(word_key(text)) if context.meanings else None
    return meaning if meaning is None or not meaning or meaning in context.allowed else None


def _open_word(text: str, col: Column, context: ColumnContext) -> Converted:
    declared = _declared(text, context)
    if declared is not None:
        return declared or None, ()
    word = _listed(unicodedata.normalize("NFKC", text), context.allowed)
    if word is not None or not context.allowed:
        return word or text, ()
    return text, (_strange(text, col, context, Severity.INFO, unreadable=False),)


def _listed(text: str, allowed: Sequence[str]) -> str | None:
    if text in allowed:
        return text
    plain = re.sub(r"\s+", "", text)
    return next((word for word in allowed if unicodedata.normalize("NFKC", word) in (text, plain)), None)


def _listed_parts(text: str, context: ColumnContext) -> list[str]:
    """The words between blanks and / where each is one of the list and the whole is none; else the whole."""
    parts = [part for part in re.split(r"[\s/／]+", text) if part]
    whole = _listed(text, context.allowed) is not None or _declared(text, context) is not None
    return parts if not whole and len(parts) > 1 and all(_listed(p, context.allowed) for p in parts) else [text]


def _strange(text: str, col: Column, context: ColumnContext, severity: Severity, *, unreadable: bool) -> Note:
    near = "" if decides(col) else meant_word(text, context.allowed)
    facts = {"c": col.header, "v": quoted(text), "list": "、".join(context.allowed), "s": near}
    if context.declares:
        facts["setting"] = meaning_setting(context.declares, quoted(text))
        facts["end"] = STATED_CANCELLED if col.may_cancel else ""
    return Note("FD04", facts, severity, unreadable)


def read_yes_no(value: Value, col: Column, context: ColumnContext) -> Converted:
    """是 or 否, or what people put for them; FD04 E and blank where it is neither."""
    text = unicodedata.normalize("NFKC", text_of(value)).upper()
    if not text or text in NOTHING:
        return None, ()
    text = _declared(text_of(value), context) or text
    if text in _YES or text in _NO:
        return text in _YES, ()
    return None, (_strange(text_of(value), col, context, Severity.ERROR, unreadable=True),)
