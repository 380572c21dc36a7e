"""Texts that say the same in two languages: `责任人 Owner`, `关闭 / Closed`."""

from __future__ import annotations

import re
from collections.abc import Callable

_LATIN = re.compile("[A-Za-z]")
_BETWEEN = " \t\r\n\f\v\u3000\xa0/／|·:：-"


def in_two_languages(text: str) -> tuple[str, str] | None:
    """The Chinese and the Latin part of a text that is one after the other; None for any other text.

    Two searches and no backtracking: a cell may hold thousands of characters.
    """
    text = text.strip()
    latin = _latin_from(text, 0)
    han = _han_from(text, 0) if latin >= 0 else -1
    if han < 0:
        return None
    if han < latin:
        return _parts(text, latin, _han_from)
    found = _parts(text, han, _latin_from) if latin == 0 else None
    return (found[1], found[0]) if found else None


def _latin_from(text: str, start: int) -> int:
    found = _LATIN.search(text, start)
    return found.start() if found else -1


def _han_from(text: str, start: int) -> int:
    """No pattern: a set of so many signs takes 2 ms to compile, more than a run asks for."""
    if text.isascii():
        return -1
    return next((at for at in range(start, len(text)) if "㐀" <= text[at] <= "鿿"), -1)


def _parts(text: str, at: int, from_on: Callable[[str, int], int]) -> tuple[str, str] | None:
    """The text before and from `at` on; None where the first language comes again."""
    if from_on(text, at) >= 0:
        return None
    return text[:at].rstrip(_BETWEEN).strip(), text[at:].strip()
