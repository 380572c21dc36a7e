"""Dates, numbers and codes that stay whole: no reader of ours finds half of one at the end of a line.

Word and LibreOffice break a line after a hyphen, so does a cell of a workbook; 2026-03-30 and GJ-2026-012 have two.
"""

from __future__ import annotations

import re
from typing import Final

from capa_xl.model.row_heights import text_width

HARD_HYPHEN: Final = "\u2011"
TOKEN: Final = re.compile(
    r"(?:(?<![A-Za-z0-9.\-/\\@_:=&?#])(?=[A-Za-z0-9.-]{3,24}(?![A-Za-z0-9.-]))"
    r"[A-Za-z0-9.]+(?:-[A-Za-z0-9.]+)+(?![/\\@_])|年-月-日)"
)
"""A date, number or code: up to 24 letters and digits with hyphens between, no piece of an address or a path; and
年-月-日, which says how a date is written.
"""
_MEASURES: Final = "天周日月年个项人封行次条版份页张件台家步期"
COUNTED: Final = re.compile(
    r"\d{4} ?年(?: ?\d{1,2} ?月(?: ?\d{1,2} ?日)?)?"
    rf"|(?:第 ?)?(?<![A-Za-z0-9.\-/])\d[\d.,]*(?:/\d+)? ?[{_MEASURES}]"
    r"|(?<![㐀-鿿A-Za-z0-9])[㐀-鿿]{1,4} \d{1,4}(?=[，。；：）」]|、[㐀-鿿]|$)"
)
"""A day in words, a number with its measure word, or a short name with its number in a list: 归档 1、"""
_TEXT_OF_HTML: Final = re.compile(r"(?<=>)[^<>]*[A-Za-z0-9年]-[^<>]*(?=<)")
_WITH_MARK: Final = re.compile(rf"({TOKEN.pattern}[、，。；：）」”》]?)")


def with_hard_hyphens(text: str) -> str:
    """The text with hyphens that no line ends after: for titles of charts, which nobody searches or copies."""
    return TOKEN.sub(lambda token: token[0].replace("-", HARD_HYPHEN), text)


def with_tokens_unwrapped(html: str) -> str:
    """The document with the tokens of its body in spans that no narrow screen breaks."""
    head, body, rest = html.partition("<body")
    return (
        head
        + body
        + _TEXT_OF_HTML.sub(lambda text: TOKEN.sub(r'<span style="white-space:nowrap;">\g<0></span>', text[0]), rest)
    )


def folded(text: str, width: float) -> str:
    """The text of a wrapped cell, with a line break before each token that would cross the cell's edge.

    Args:
        text: Its own line breaks stay.
        width: Of the column, in characters.
    """
    return "\n".join(_folded_line(line, width - 1) for line in text.split("\n"))


def _folded_line(line: str, width: float) -> str:
    """Behind the first wrap nobody knows where a token stands: it begins a line of its own."""
    if text_width(line) <= width or not TOKEN.search(line):
        return line
    lines = [""]
    for at, piece in enumerate(_WITH_MARK.split(line)):
        if at % 2 and lines[-1] and text_width(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.rstrip(" ") for line in lines)
