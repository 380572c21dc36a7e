"""Entries of 更正记录 whose 项目 is the name of nothing here: no heading of any sheet, no setting of 参数, no sheet.

A paper would print a correction of what was never written. People write the gist of a heading, though: a part of one
will do, and so will one with words around it (确认日, 实际值（第二轮）, 《效果确认》的改进后值).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.cut_text import cut_line
from capa_xl.model.derived import AUTO_PREFIX
from capa_xl.model.field_notes import notes_of
from capa_xl.model.meanings import word_key
from capa_xl.model.pages import page_of
from capa_xl.model.procedure import Family, Procedure, SettingKey
from capa_xl.model.records import Correction
from capa_xl.model.register import Register, Table
from capa_xl.model.schema import SHEET_NAMES, SHEETS
from capa_xl.policy.entry_fault import EntryFault

_LEAST_OF_A_PART, _LEAST_OF_A_WHOLE = 2, 3
"""So many characters of a heading name it; so long is one that names itself among other words."""
_ALIKE = 0.5
_SHOWN = 20
BETWEEN = re.compile(r"[、，,；;/／+＋\n]")
_AND = re.compile(r"以及|[和与及]")
_CURE = "项目照抄改的那一列的列名，改参数的写参数名"


def nameless_entries(register: Register, entries: Iterable[Correction]) -> Mapping[int, EntryFault]:
    """Row of 更正记录 → what is wrong, of the 更正 whose 项目 names a thing that isn't there."""
    strange = [one for one in entries if one.kind == words.CORRECTED and one.field and not _is_exact(one.field)]
    if not strange:
        return {}
    known, shared = _ours().union(_sheets(register)), _shared(register)
    rows = {action.number: action.row for action in register.tracker.records}
    found = (
        (one.row, _fault(one, {**_of_tracker(register.tracker, rows.get(one.number or "")), **shared}, known))
        for one in strange
    )
    return {row: fault for row, fault in found if fault}


def _is_exact(text: str) -> bool:
    return word_key(text) in _ours()


def _fault(entry: Correction, here: Mapping[str, str], known: frozenset[str]) -> EntryFault | None:
    """The first thing that it names and nobody knows.

    Args:
        here: `word_key` → heading or setting as this workbook has it.
        known: What else may be named.
    """
    names = known.union(here)
    if _is_part(word_key(entry.field or ""), names):
        return None
    strange = next((part for part in BETWEEN.split(entry.field or "") if not _is_known(part, names)), "")
    if not strange:
        return None
    near = _nearest(strange, here)
    asked = f"（是不是“{near}”？）" if near else ""
    said = cut_line(strange.strip(), _SHOWN)
    return EntryFault(f"项目「{said}」不是本工作簿的列名，也不是参数名{asked}", _CURE, "field")


def _is_known(part: str, names: frozenset[str]) -> bool:
    pieces = [word_key(piece) for piece in _AND.split(part)]
    return _names_something(word_key(part), names) or all(_names_something(piece, names) for piece in pieces)


def _names_something(said: str, names: frozenset[str]) -> bool:
    is_among_others = any(name in said for name in names if len(name) >= _LEAST_OF_A_WHOLE)
    return not said or is_among_others or _is_part(said, names)


def _is_part(said: str, names: frozenset[str]) -> bool:
    return said in names or (len(said) >= _LEAST_OF_A_PART and any(said in name for name in names))


def _nearest(said: str, here: Mapping[str, str]) -> str:
    from difflib import get_close_matches  # only a name that nobody knows needs it

    return next((here[name] for name in get_close_matches(word_key(said), here, 1, _ALIKE)), "")


# --- what there are names for ------------------------------------------------------------------------------


@cache
def _ours() -> frozenset[str]:
    """The schema's own: headings with their aliases, sheets, settings."""
    headings = (name for spec in SHEETS for column in spec.columns for name in (column.header, *column.aliases))
    settings = (key.name for _, key in notes_of(Procedure, SettingKey))
    families = (family.prefix for _, family in notes_of(Procedure, Family))
    return frozenset(map(word_key, (*headings, *settings, *families, *_in_brackets(SHEET_NAMES))))


def _shared(register: Register) -> dict[str, str]:
    """What every row may be corrected in beside its own sheet of the tracker, archived years among them."""
    found: dict[str, str] = {}
    for one in _with_years(register):
        tables = (getattr(one, spec.key) for spec in SHEETS if spec.key)
        others = (table for table in tables if table is not None and table is not register.tracker)
        settings = one.settings.records if one.settings else ()
        found |= _by_key(heading for table in others for heading in table.every_heading)
        found |= _by_key((*(setting.name or "" for setting in settings), *one.procedure.lists))
    return found


def _sheets(register: Register) -> Iterator[str]:
    for one in _with_years(register):
        yield from map(word_key, _in_brackets(one.sheet_names))


def _with_years(register: Register) -> Iterator[Register]:
    yield register
    yield from (year.register for year in register.past)


def _of_tracker(tracker: Table[Action], row: int | None) -> dict[str, str]:
    """The headings of the sheet on which a row stands; of a row that nobody finds those of all."""
    pages = tracker.every_page
    found = pages if row is None or not tracker.pages else pages[page_of(row) : page_of(row) + 1]
    return _by_key(heading for page in found for heading in page.every_heading)


def _in_brackets(sheets: Iterable[str]) -> Iterator[str]:
    """The names as they are, and as sentences have them: 《计划》 is told from any other plan."""
    for name in sheets:
        yield from (name, f"《{name}》")


def _by_key(names: Iterable[str]) -> dict[str, str]:
    return {word_key(name): name for name in names if name and not name.startswith(AUTO_PREFIX)}
