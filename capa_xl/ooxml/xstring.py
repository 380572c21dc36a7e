"""Text as a cell stores it: XML escapes and Excel's own `_xHHHH_` for what XML can't carry.

Excel writes a carriage return as `_x000D_` and a text that looks like that as `_x005F_x000D_`; see
docs/behaviour/splice.md.
"""

from __future__ import annotations

import re

_MAX_UNITS = 32_767
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_MARKUP = re.compile(r"<[^<>]*>")
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|amp|lt|gt|quot|apos);")
_NAMED = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}


def text_fault(text: str) -> str | None:
    """Why a text can't be stored in a cell; None when it can."""
    if _SURROGATE.search(text):
        return "含有半个字符（孤立的代理项） → 请重新输入这段文字"
    units = len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
    if units > _MAX_UNITS:
        return f"有 {units} 个字符，超过单元格上限 32767 → 请缩短"
    return None


def escape(text: str) -> str:
    """Text → what stands between `<t>` and `</t>`."""
    if "_x" in text:
        text = _LOOKS_CODED.sub("_x005F_", text)
    text = _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_formula(text: str) -> str:
    """A formula → what stands between `<f>` and `</f>`."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(fragment: str) -> str:
    """What stands between `<t>` and `</t>` → text; CDATA and comments allowed."""
    return decode_coded(unescape_xml(fragment))


def unescape_xml(fragment: str) -> str:
    """XML text without tags → characters, line ends as XML reads them."""
    if "<" in fragment:
        fragment = _CDATA.sub(lambda match: match[1].replace("&", "&amp;").replace("<", "&lt;"), fragment)
        fragment = _MARKUP.sub("", fragment)
    if "\r" in fragment:
        fragment = fragment.replace("\r\n", "\n").replace("\r", "\n")
    return _REFERENCE.sub(lambda match: _character(match[0]), fragment) if "&" in fragment else fragment


def _character(reference: str) -> str:
    if reference in _NAMED:
        return _NAMED[reference]
    from html import unescape as unescape_html  # its table of 2,231 names takes longer to load than a start has

    return unescape_html(reference)


def decode_coded(text: str) -> str:
    """`_xHHHH_` → the character."""
    return _CODED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def keeps_blanks(text: str) -> bool:
    """Whether `xml:space="preserve"` is needed: blanks at an end, or a line break."""
    return text != text.strip(" \t\n\r") or "\n" in text or "\t" in text or "  " in text
