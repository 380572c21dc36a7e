"""Why a row breaks a requirement, in one line of 制度执行自查表: what check says of it, and what no rule says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from capa_xl.model.cut_text import cut_clauses
from capa_xl.model.problem import Problem
from capa_xl.policy.conformity.subjects import Shortcoming

_MOST_OF_A_MESSAGE = 90
"""Characters of what check says of one subject: its clauses, not its middle, are what an auditor reads."""
_BLANK = "空白"
_NAMED_BLANK = re.compile(rf"[^，；：（）]+(?={_BLANK})")


def reason_of(problems: Sequence[Problem], shortcomings: Sequence[Shortcoming], year: str) -> str:
    """What is wrong with one subject, each cell once: 缺少原因分析（PL07 Q10）；调查人、调查日期空白.

    Args:
        problems: What check says of it; rule and cell stand behind.
        shortcomings: What no rule says; a blank cell that a message names, or stands at, is not named again.
        year: Name of the archive it is in; "" for the workbook in use.
    """
    where = f"「{year}」" if year else ""
    messages = [cut_clauses(one.message, _MOST_OF_A_MESSAGE) for one in problems]
    said = (f"{text}（{one.rule} {where}{one.cell or ''}）" for text, one in zip(messages, problems, strict=True))
    told = {name for text in messages for name in _named_blank(text)}
    blank = dict.fromkeys(_untold(shortcomings, told, {(one.sheet, one.cell) for one in problems}))
    blanks = f"{'、'.join(blank)}{_BLANK}" if blank else ""
    return "；".join(dict.fromkeys(filter(None, (*said, blanks, *(one.said for one in shortcomings)))))


def _named_blank(message: str) -> Iterator[str]:
    """批准信息不完整：批准人、批准日期空白 → 批准人, 批准日期."""
    for names in _NAMED_BLANK.findall(message):
        yield from names.split("、")


def _untold(
    shortcomings: Sequence[Shortcoming], told: Collection[str], places: Collection[tuple[str, str | None]]
) -> Iterator[str]:
    return (one.blank for one in shortcomings if one.blank and one.blank not in told and one.at not in places)
