"""The tokens of a rendered paper held together: dates, numbers and codes don't break at their hyphens.

Word keeps what `w:noBreakHyphen` joins. LibreOffice does so only where it finds an ordinary blank before the token:
else it breaks anywhere in it, `2026-0 3-30`. Between a Chinese character and the token stands a blank, as wide as what
both leave there anyway; after a mark one of a point's height, which nobody sees. So before an address, whose lines then
end at its slashes.

A day in words and a number with its measure word are joined by no-break blanks, as wide as what both leave between
Chinese and digits anyway. LibreOffice looks for them only in text that isn't Chinese to it, so these runs have no
language; their marks stay outside, as a font draws them by language. In a cell narrower than a day its line may end
behind the year or the month, or it would end between two digits. A code wider than its cell keeps its hyphens: held
together it would break between two letters.
"""

from __future__ import annotations

import re
from functools import partial
from math import inf
from typing import Final

from capa_xl.reports.whole_tokens import COUNTED, TOKEN
from capa_xl.reports.word.line_widths import CELL_EDGES, line_width

_TEXT: Final = re.compile(r'<w:t(?: xml:space="preserve")?>([^<]*[-\d][^<]*)</w:t>')
_RUN: Final = re.compile(r"<w:r(?: [^>]*)?>(<w:rPr>.*?</w:rPr>)?", re.DOTALL)
_OPEN: Final = '<w:t xml:space="preserve">'
_HYPHEN: Final = f"</w:t><w:noBreakHyphen/>{_OPEN}"
_TINY: Final = '<w:rPr><w:sz w:val="2"/></w:rPr>'
_OPENING: Final = "（(「『“‘《【["
_PARAGRAPH_ENDS: Final = "</w:p>"
_BREAK: Final = "<w:br/>"
_LINE_BEGINS: Final = ("<w:p>", "<w:p ", _BREAK)
_IDEOGRAPH: Final = re.compile("[㐀-鿿]")
_LIST: Final = re.compile(r"(?=[\d.、]{12})\d[\d.]*(?:、\d[\d.]*)+")
"""Numbers between 、 that may not fit on a line of a narrow column: LibreOffice breaks them anywhere, `3.` `1、3.2`."""
_LISTING: Final = re.compile(r'<w:t(?: xml:space="preserve")?>([^<]*\d、\d[^<]*)</w:t>')
_HELD: Final = re.compile(rf"{TOKEN.pattern}|(?P<counted>{COUNTED.pattern})|(?P<address>https?://[!-~]+)")
_JOINT: Final = re.compile("(?<=[0-9]) ?(?=[㐀-鿿])|(?<=[㐀-鿿]) ?(?=[0-9])")
_NO_BREAK: Final = "\u00a0"
_WIDTH_OF_A_DAY: Final = 1960
"""Of 2026 年 12 月 31 日 in the type of the forms, in twentieths of a point."""
_DENSE: Final = 18
"""Half points of the smallest type of a cell."""
_DATE: Final = len("2026-12-31")
_CELL: Final = re.compile(r'<w:tcW w:w="(\d+)"|</w:tc>')
_IN_A_DAY: Final = re.compile("(?<=[年月])\u00a0(?=[0-9])")
_NO_LANGUAGE: Final = '<w:lang w:eastAsia="x-none"/></w:rPr>'
_PER_CENT: Final = re.compile(r" (?<=\d )(?=[%％])")
"""Begins with its blank, so that a part is looked through blank by blank and not letter by letter."""


def with_tokens_whole(xml: str) -> str:
    """The part with its tokens held together; one that fills a line by itself stays as people search it.

    Paragraph by paragraph: what stands before and behind a token is looked for in its own and never in the whole part.
    """
    paragraphs = _PER_CENT.sub("", xml).split(_PARAGRAPH_ENDS)
    held, room = [], inf
    for paragraph in paragraphs:
        edges = _CELL.findall(paragraph) if "w:tc" in paragraph else []
        if edges:
            room = int(edges[-1]) - CELL_EDGES if edges[-1] else inf
        held.append(_held_together(paragraph, room))
    return _PARAGRAPH_ENDS.join(held)


def _held_together(paragraph: str, room: float) -> str:
    held = _TEXT.sub(partial(_whole, room=room), paragraph)
    return _LISTING.sub(_opened, held) if "、" in held else held


def _opened(found: re.Match[str]) -> str:
    """The text with a place to break after each 、 of a long list of numbers."""
    properties = _properties(found)
    blank = f"、</w:t></w:r><w:r>{_TINY}{_OPEN} </w:t></w:r><w:r>{properties}{_OPEN}"
    return f"{_OPEN}{_LIST.sub(lambda one: one[0].replace('、', blank), found[1])}</w:t>"


def _whole(found: re.Match[str], room: float) -> str:
    text = found[1]
    tokens = [one for one in _HELD.finditer(text) if one["counted"] or one["address"] or _fits(one[0], room)]
    if not tokens:
        return found[0]
    before = _text_before(found)
    if not before and _HELD.fullmatch(text) and not _text_after(found):
        return found[0]
    properties = _properties(found)
    pieces, at = [], 0
    for token in tokens:
        start = token.start() - _opening_before(text, token.start())
        last = (before + text[at:start] if not at else text[:start])[-1:]
        pieces += [text[at:start], _blank(last, properties, is_bare=text[start].isalnum() and text[start].isascii())]
        held = text[start : token.end()]
        pieces.append(_held_run(token, held, properties, room))
        at = token.end()
    return f"{_OPEN}{''.join(pieces)}{text[at:]}</w:t>"


def _held_run(token: re.Match[str], held: str, properties: str, room: float) -> str:
    """What stands for a token and the marks before it; an address stays as people follow it."""
    if token["counted"]:
        return _joined(held, properties, is_narrow=room < _WIDTH_OF_A_DAY)
    return held if token["address"] else held.replace("-", _HYPHEN)


def _fits(token: str, room: float) -> bool:
    """Whether a line of a cell holds it; a date is held wherever it stands."""
    return len(token) <= _DATE or line_width(token, _DENSE) <= room


def _joined(text: str, properties: str, *, is_narrow: bool) -> str:
    """A run of its own with the day or count: no line ends at its blanks, one may end inside 小时 or 步骤."""
    looks = properties.removesuffix("</w:rPr>") or "<w:rPr>"
    joined = _JOINT.sub(_NO_BREAK, text)
    if is_narrow:
        joined = _IN_A_DAY.sub(" ", joined)
    return f"</w:t></w:r><w:r>{looks}{_NO_LANGUAGE}{_OPEN}{joined}</w:t></w:r><w:r>{properties}{_OPEN}"


def _blank(last: str, properties: str, *, is_bare: bool) -> str:
    """A run with the blank between the character before and the token; as wide as theirs between Chinese and digits."""
    if not last or last == " ":
        return ""
    looks = properties if is_bare and _IDEOGRAPH.match(last) else _TINY
    return f"</w:t></w:r><w:r>{looks}{_OPEN} </w:t></w:r><w:r>{properties}{_OPEN}"


def _opening_before(text: str, at: int) -> int:
    return at - len(text[:at].rstrip(_OPENING))


def _properties(found: re.Match[str]) -> str:
    """Those of the run around a text, for what goes on behind the blank."""
    xml, at = found.string, found.start()
    run = _RUN.match(xml, max(xml.rfind("<w:r>", 0, at), xml.rfind("<w:r ", 0, at)))
    return (run[1] or "") if run else ""


def _text_before(found: re.Match[str]) -> str:
    """The last character of what stands before on the same line, "" for nothing."""
    xml, end = found.string, found.start()
    begin = max(xml.rfind(tag, 0, end) for tag in _LINE_BEGINS)
    at = xml.rfind("</w:t>", max(begin, 0), end)
    return "" if at < 0 else xml[at - 1].replace(">", "")


def _text_after(found: re.Match[str]) -> bool:
    """More text follows on the same line."""
    xml, start = found.string, found.end()
    return "</w:t>" in xml[start:].partition(_BREAK)[0]
