"""次序: which reminder of its milestone a line is, in words and as the journal holds it."""

from __future__ import annotations

import re
from typing import Final

from capa_xl.model.letter import FIRST, WELCOME

_WORDS: Final = {FIRST: "首次", WELCOME: "首次启用"}
_CODES: Final = {word: code for code, word in _WORDS.items()}
_PERIOD: Final = re.compile(r"(\d{4})-(W?)(\d{2})")
_REOPENED: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_REOPENED_WORDS: Final = " 重开后首次"
_PERIOD_WORDS: Final = re.compile(r"(\d{4})年(?:第 (\d\d?) 周|(\d\d?)月)")


def occurrence_words(code: str) -> str:
    """What staff read: 首次, 2026年第 48 周, 2026年11月, 2026-11-12 重开后首次; an unknown code as it stands."""
    if again := _PERIOD.fullmatch(code):
        year, is_week, part = again.groups()
        return f"{year}年第 {int(part)} 周" if is_week else f"{year}年{int(part)}月"
    if _REOPENED.fullmatch(code):
        return code + _REOPENED_WORDS
    return _WORDS.get(code, code)


def occurrence_code(words: str) -> str:
    """The code of such words, or the text itself, which is what older ledgers hold."""
    text = words.strip()
    if again := _PERIOD_WORDS.fullmatch(text):
        year, week, month = again.groups()
        return f"{year}-W{int(week):02d}" if week else f"{year}-{int(month):02d}"
    return _CODES.get(text, text.removesuffix(_REOPENED_WORDS))
