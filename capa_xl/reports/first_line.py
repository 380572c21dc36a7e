"""A letter's first line, in bold above everything else: the one thing to do, short enough for a telephone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from capa_xl.model.cut_text import cut_text
from capa_xl.model.milestones import Section
from capa_xl.model.weekly import WeeklyDigest
from capa_xl.reports.letter_sections import Entry
from capa_xl.reports.letter_view import one_line

_MOST, _LEAST_OF_WHAT = 80, 30
"""Characters: what has no room stands in the card below."""
_QUOTED = re.compile(r"「[^「」]*」")
_CELLS = re.compile(r"(?:，[^，；：「」]*(?:填写|更新)：|：《延期记录》).*?(?=（批准前先补：|$)")
_NAME_BEGUN = re.compile(r"、[^、，；：（）「」]*…")


def first_line(entries: Sequence[Entry], weekly: WeeklyDigest) -> str:
    """The next step of what presses, else of the first entry; of a letter without any its week."""
    if not entries:
        return f"本周：{one_line(weekly.summary)}。"
    pressing = (one for one in entries if one.is_pressing and one.heading is not Section.INFORMED)
    entry = next(pressing, entries[0])
    number, days = entry.duty.key.number, entry.day_words or "等您处理"
    if entry.heading is Section.INFORMED:
        return one_line(f"知会您：{number} {days}，无需您填写。")
    first, what = one_line(f"请先处理 {number}：{days}。"), one_line(entry.what) or "在跟踪表中更新进展"
    room = max(_MOST - len(first), _LEAST_OF_WHAT)
    return f"{first}{what if len(what) < room else in_short(what, room - 1)}。"


def in_short(phrase: str, most: int) -> str:
    """完成措施 of 完成措施，填写：实际完成日期；《措施分解》：…: what is done first, without its cells.

    A list that is longer than the room loses its last names.

    Args:
        phrase: 下一步, on one line.
        most: Characters.
    """
    shape = _QUOTED.sub(lambda said: "「".ljust(len(said[0]) - 1, "·") + "」", phrase)  # what people wrote has any mark
    clause = shape.partition("；")[0]
    cells = _CELLS.search(clause)
    start, end = cells.span() if cells else (len(clause), len(clause))
    return _NAME_BEGUN.sub("…", cut_text(phrase[:start] + phrase[end : len(clause)], most))
