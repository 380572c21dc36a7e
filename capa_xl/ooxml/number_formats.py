"""Number formats: which of them show a number as a date or in percent, and the ids Excel has built in."""

from __future__ import annotations

import re

DATE_FORMAT = "yyyy-mm-dd"
TIME_FORMAT = "yyyy-mm-dd hh:mm"
FIRST_CUSTOM_ID = 164

BUILT_IN = {
    "General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "0.00E+00": 11, "@": 49,
}  # fmt: skip

_MOST_CODE = 1_000
"""Characters of a format code that are looked at; Excel allows 255."""
_DATE_IDS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_SPAN_ID = 46
_PERCENT_IDS = frozenset((9, 10))
_SPAN = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)

_BESIDE = r'((?:"[^"]*"|\\.|[-+ ()])*)'
_DRESSED = re.compile(f"{_BESIDE}(0+){_BESIDE}")
"""`"ZJ-"000`: letters around a whole number, and zeros before it."""
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')


def shows_date(format_id: int, custom: dict[int, str]) -> bool:
    """Whether a number in this format reads as a date or time."""
    code = custom.get(format_id)
    if code is None:
        return format_id in _DATE_IDS
    section = _LITERAL.sub("", code[:_MOST_CODE]).partition(";")[0].lower()
    if section in ("general", "standard"):
        return False
    return any(letter in section for letter in "ymdhs")


def shows_duration(format_id: int, custom: dict[int, str]) -> bool:
    """Whether a number in this format reads as a span of time: `[h]:mm` counts on over a day."""
    code = custom.get(format_id)
    if code is None:
        return format_id == _SPAN_ID
    return _SPAN.search(_LITERAL.sub("", code[:_MOST_CODE])) is not None


def shows_percent(format_id: int, custom: dict[int, str]) -> bool:
    """Whether a number in this format reads in percent: a hundred times as large, with a % behind it."""
    code = custom.get(format_id)
    if code is None:
        return format_id in _PERCENT_IDS
    return "%" in _LITERAL.sub("", code[:_MOST_CODE]).partition(";")[0]


def dressed_number(number: int, code: str) -> str:
    """What is read where a format puts letters or zeros around a whole number, ZJ-005; "" where it adds nothing."""
    fit = _DRESSED.fullmatch(code[:_MOST_CODE].partition(";")[0])
    if fit is None:
        return ""
    before, behind = (_QUOTED.sub(r"\1\2", fit[at]) for at in (1, 3))
    shown = f"{before}{number:0{len(fit[2])}d}{behind}"
    return shown if shown != str(number) else ""
