"""What a cell may hold → what XML can hold: for papers and for workbooks."""

from __future__ import annotations

import re

from capa_xl.model.cut_text import cut_line

_ESCAPED_CONTROL = re.compile(r"_x00([01][0-9A-Fa-f])_")
_NEW_LINES = re.compile("\r\n?|\x0b|\x0c|\u2028|\u2029|\x85")
_NOT_XML = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """`text` as XML can hold it: Excel's `_x000D_` codes decoded, controls dropped, half characters as �."""
    if text.isprintable() and "_x00" not in text:
        return text
    if "_x00" in text:
        text = _ESCAPED_CONTROL.sub(lambda code: chr(int(code[1], 16)), text)
    text = _NEW_LINES.sub("\n", text)
    return _NO_CHARACTER.sub("\ufffd", _NOT_XML.sub("", text))


def one_line(text: str, most: int = 80) -> str:
    """The text as a chart can show it: clean, on one line, cut with … after `most` characters."""
    return cut_line(clean(text), most)
