"""Texts that say the same in two languages: `责任人 Owner`, `关闭 / Closed`."""

from __future__ import annotations

import re

_HAN = "[㐀-鿿]"
"""Compiled where it is first needed: a set of so many signs takes a millisecond, and most cells have no Latin one."""
_LATIN = re.compile("[A-Za-z]")
_BETWEEN = " \t\r\n\f\v\u3000\xa0/／|·:：-"


def in_two_languages(text: str) -> tuple[str, str] | None:
    """The Chinese and the Latin part of a text that is one after the other; None for any other text.

    Two searches and no backtracking: a cell may hold thousands of characters.
    """
    text = text.strip()
    latin = _LATIN.search(text)
    han = re.search(_HAN, text) if latin else None
    if han is None or latin is None:
        return None
    if han.start() < latin.start():
        return _parts(text, latin.start(), re.compile(_HAN))
    found = _parts(text, han.start(), _LATIN) if latin.start() == 0 else None
    return (found[1], found[0]) if found else None


def _parts(text: str, at: int, other: re.Pattern[str]) -> tuple[str, str] | None:
    """The text before and from `at` on; None where the first language comes again."""
    if other.search(text, at):
        return None
    return text[:at].rstrip(_BETWEEN).strip(), text[at:].strip()
