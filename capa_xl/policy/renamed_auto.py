"""〔自动〕 columns whose heading lost its mark, so that they are read as people's own."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model import words
from capa_xl.model.derived import AUTO_COLUMNS, AUTO_PREFIX
from capa_xl.model.register import Register

_OUR_STATUSES = frozenset({*words.STATUSES, words.TO_CORRECT})


def renamed_auto_columns(register: Register) -> Iterator[tuple[str, str]]:
    """(what it is called now, our heading) of each; none where the tracker has no 〔自动〕 column at all."""
    yield from _renamed(register, says_our_words=_says_our_words(register))


def _renamed(register: Register, *, says_our_words: bool) -> Iterator[tuple[str, str]]:
    columns, sheets = register.tracker.columns, register.tracker.sheets
    missing = {one.header.removeprefix(AUTO_PREFIX): one.header for one in AUTO_COLUMNS if one.key not in columns}
    if len(missing) == len(AUTO_COLUMNS):
        return
    shown = {r.hit.facts["h"] for r in register.remarks if r.rule == "WB06" and r.hit.sheet in sheets}
    if says_our_words:
        shown.add(register.tracker.headings.get("stated_status", ""))
    yield from ((name, header) for name, header in missing.items() if name in shown)


def is_status_renamed(register: Register) -> bool:
    """What stands in 状态 is what we wrote as 〔自动〕状态: it is nobody's own word."""
    if "stated_status" not in register.tracker.columns or not _says_our_words(register):
        return False
    heading = register.tracker.headings.get("stated_status", "")
    return any(name == heading for name, _ in _renamed(register, says_our_words=True))


def _says_our_words(register: Register) -> bool:
    """A 状态 all of whose words are ours; an adopted table may have one of its own."""
    stated = {action.stated_status for action in register.tracker.records if action.stated_status}
    return bool(stated) and stated <= _OUR_STATUSES
