"""Dates, numbers and codes that stay whole: no reader of ours finds half of one at the end of a line.

Word and LibreOffice break a line after a hyphen, so does a cell of a workbook; 2026-03-30 and GJ-2026-012 have two.
"""

from __future__ import annotations

import re
from typing import Final

from capa_xl.model.row_heights import fits, text_width

HARD_HYPHEN: Final = "\u2011"
TOKEN: Final = re.compile(
    r"(?:(?<![A-Za-z0-9.\-/\\@_:=&?#])(?=[A-Za-z0-9.-]{3,24}(?![A-Za-z0-9.-]))"
    r"[A-Za-z0-9.]+(?:-[A-Za-z0-9.]+)+(?![/\\@_])|年-月-日)"
)
"""A date, number or code: up to 24 letters and digits with hyphens between, no piece of an address or a path; and
年-月-日, which says how a date is written.
"""
_MEASURES: Final = (
    "小时|分钟|工作日|万元|季度|分公司|步(?!骤)|期(?!限)|次(?!数)|版(?!本)|项(?!目)|名(?![称单])|处(?!理)|人(?!员)|台(?!账)|条(?![款件])"
    "|[天周日月年个封行份页张件家秒元]"
)
"""Measures, and none that begin a word of their own: 2.2 步骤完成情况 is a heading."""
COUNTED: Final = re.compile(
    r"\d{4} ?年(?: ?\d{1,2} ?月(?: ?\d{1,2} ?日)?)?"
    rf"|(?:第 ?|[≥≤>]|&gt;)?(?<![A-Za-z0-9.\-/])\d[\d.,]{{0,15}}(?:/\d{{1,9}})? ?(?:{_MEASURES})"
    r"|步骤 ?\d{1,3}(?!\d)"
    r"|(?<![㐀-鿿A-Za-z0-9])[㐀-鿿]{1,4} \d{1,4}(?=[，。；：）」]|、[㐀-鿿]|$)"
)
"""A day in words, a number with its measure, a numbered step, or a short name with its number in a list: 归档 1、"""
_TAG_AND_TEXT: Final = re.compile(r"(<[^<>]*>)([^<>]*(?:[\d、（]|年-|等 )[^<>]*)")
_IN_LETTERS: Final = re.compile(
    rf"{TOKEN.pattern}|步骤 \d{{1,3}}(?!\d)(?: [㐀-鿿]{{2,4}}(?=[、）]))?"
    rf"|(?<![A-Za-z0-9.\-/])\d[\d.,]{{0,15}} ?[A-Za-zµμΩ℃°]{{1,3}}(?![A-Za-z0-9])|{COUNTED.pattern}"
    r"|等 [㐀-鿿]{1,8}(?![㐀-鿿])|(?<=、)[㐀-鿿]{2,4}(?=[、（])|（[㐀-鿿]{1,8}）"
)
"""What a letter holds together: besides tokens and counts a figure with its unit, a step with its number and name, 等
with whom one waits for, another name after 、, and a department or other short word in brackets.
"""
_PIECE: Final = re.compile(
    rf"[（「“《]*(?:{TOKEN.pattern}|[A-Z]{{2}}\d\d [A-Z]{{1,3}}\d+|[A-Za-z0-9.,%/\\@_:=&?#+-]+|.)"
    r"[、，。；：！？）」”》 ]*"
)
"""What a folded line holds together, with the marks around it: a token, a rule with its cell, a word of letters, or one
character.
"""


def with_hard_hyphens(text: str) -> str:
    """The text with hyphens that no line ends after: for titles of charts, which nobody searches or copies."""
    return TOKEN.sub(lambda token: token[0].replace("-", HARD_HYPHEN), text)


def with_tokens_unwrapped(html: str) -> str:
    """The document with what stays whole in its body in spans that no narrow screen breaks."""
    head, body, rest = html.partition("<body")
    return head + body + unwrapped(rest)


def unwrapped(html: str) -> str:
    """The same of a piece of a body, which begins with a tag; text right behind a tag that holds it stays."""
    return _TAG_AND_TEXT.sub(_held_text, html)


def _held_text(found: re.Match[str]) -> str:
    tag, text = found.groups()
    if "nowrap" in tag:
        return found[0]
    return tag + _IN_LETTERS.sub(r'<span style="white-space:nowrap;">\g<0></span>', text)


def folded(text: str, width: float) -> str:
    """The text of a wrapped cell, each line that holds a token broken so that none crosses the cell's edge.

    Args:
        text: Its own line breaks stay.
        width: Of the column, in characters.
    """
    return "\n".join(_folded_line(line, width - 1) for line in text.split("\n"))


def _folded_line(line: str, width: float) -> str:
    """Each line is filled, as far as a mark in its second half: where the renderer would wrap one nobody knows.

    So a word within is broken where it would be longer than half a line alone, and is found by who searches for it.
    """
    if fits(line, width) or not TOKEN.search(line):
        return line
    ended, last, wide = [], list[tuple[str, float]](), 0.0
    for piece in _PIECE.findall(line):
        added = text_width(piece)
        if last and wide + added > width:
            end = _last_mark(last, wide, width / 2)
            carried = sum(one for _, one in last[end:])
            if carried + added > width:  # what the mark would carry down leaves it no room
                end, carried = len(last), 0.0
            ended.append(last[:end])
            last, wide = last[end:], carried
        last.append((piece, added))
        wide += added
    return "\n".join("".join(piece for piece, _ in pieces) for pieces in (*ended, last))


def _last_mark(pieces: list[tuple[str, float]], wide: float, least: float) -> int:
    """How many pieces go to the end of a clause or of a token, no less than that wide; all where there is none.

    Args:
        pieces: Each with its width.
        wide: Width of them all.
    """
    for end in range(len(pieces), 0, -1):
        if wide < least:
            break
        piece, one = pieces[end - 1]
        if len(piece) > 1:
            return end
        wide -= one
    return len(pieces)
