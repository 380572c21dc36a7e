"""Days as sentences have them, 2026年11月23日; tables have 2026-11-23."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_KEPT_OR_DAY: Final = re.compile(
    r"「[^「」]*」|“[^“”]*”|capa-xl [^，。；：、（）→]*|(?:(?<=[\u4e00-\u9fff]) )?(?<![0-9A-Za-z-])"
    r"(\d{4})-(\d\d)-(\d\d)(?![0-9A-Za-z-]|\.[A-Za-z])(?: (?=[\u4e00-\u9fff]))?"
)
"""What stays: 「」 people wrote, “” and commands are typed; or a day, with blanks that part it from Chinese words."""


def long_day(day: date) -> str:
    """2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"


def with_long_days(sentence: str) -> str:
    """The sentence with every 2026-11-23 as 2026年11月23日.

    Days stay in 「」, which people wrote, in “” and commands, which are to be typed, and in names of files.
    """
    return _KEPT_OR_DAY.sub(_long, sentence)


def _long(found: re.Match[str]) -> str:
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found[1] else found[0]
