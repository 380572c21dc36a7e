"""One cell's XML: what is stored in it, and the XML that stores another value with the cell's own attributes."""

from __future__ import annotations

import math
import re
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.patch import CellLook, CellValue
from capa_xl.ooxml.serial import to_serial
from capa_xl.ooxml.shared_strings import SharedStrings, text_in, text_of
from capa_xl.ooxml.sheet_scan import FoundCell
from capa_xl.ooxml.xml_bytes import Element, XmlPart, attributes, elements, whole, with_attribute, without_attributes
from capa_xl.ooxml.xstring import decode_coded, escape, escape_formula, keeps_blanks, text_fault, unescape_xml

_DROPPED = frozenset({b"t", b"cm", b"vm", b"ph"})
_DROPPED_CACHED = frozenset({b"t", b"vm"})
_PLAIN_TAG = re.compile(rb'<(?:\w+:)?c r="[A-Z]+[0-9]+"(?: s="([0-9]{1,9})")?(?: t="([a-zA-Z]+)")?\s*/?>')
TRUTH = {"1": True, "true": True, "0": False, "false": False}
"""How XML spells true and false."""
_PLAIN_FORMULA = re.compile(rb"(<f>[^<]*</f>)<v>([^<]*)</v>")
_PLAIN_TEXT = re.compile(rb'<is><t( xml:space="preserve")?>([^<]*)</t></is>')
_LARGEST = 9.99999999999999e307
_TIME_TOLERANCE = 4e-7  # of a day: half a tenth of a second


class ErrorValue(Struct, frozen=True):
    """An error in a cell, such as #N/A."""

    code: str


class Stored(Struct, frozen=True):
    """What a cell holds now.

    Attributes:
        value: None for an empty cell or an empty text.
        style: The index in cellXfs, None if the cell names none.
        formula: The raw `<f>` element, None without one.
        formula_kind: Its `t`, "" for a plain formula.
        rich: The cell carries a value XML can't show (`vm`: a picture, a data type).
    """

    value: CellValue | ErrorValue
    style: int | None
    formula: bytes | None = None
    formula_kind: str = ""
    rich: bool = False


class Wanted(Struct, frozen=True):
    """A value made ready to be stored.

    Attributes:
        kind: "" for an empty cell, else n, b, inlineStr.
        payload: What stands in `<v>` or `<t>`, encoded.
        tail: The rest of the cell, from the end of its attributes to its end tag.
        value: As the patch gave it.
        dated: 0 for no date, 1 for a date, 2 for a date with a time.
        number: The stored number, for kind n.
    """

    kind: str
    payload: bytes
    value: CellValue
    look: CellLook | None = None
    dated: int = 0
    number: float = 0.0
    tail: bytes = b"/>"


def ready(value: CellValue, look: CellLook | None, part: XmlPart, prefix: bytes, *, date1904: bool, at: str) -> Wanted:
    """A value of a patch, ready to be stored in a part.

    Raises:
        UnsafeWrite: A cell can't hold it; the message names the cell.
    """
    wanted = _unfinished(value, look, part, date1904=date1904, at=at)
    return replace(wanted, tail=_tail(prefix, wanted))


def _unfinished(value: CellValue, look: CellLook | None, part: XmlPart, *, date1904: bool, at: str) -> Wanted:
    if value is None or value == "":
        return Wanted("", b"", None, look)
    if isinstance(value, bool):
        return Wanted("b", b"1" if value else b"0", value, look)
    if isinstance(value, str):
        fault = text_fault(value)
        if fault:
            raise UnsafeWrite(f"{at}：「{_short(value)}」{fault}")
        return Wanted("inlineStr", part.encode(escape(value)), value, look)
    if isinstance(value, date):
        serial = to_serial(value, date1904=date1904)
        if serial is None:
            system = "1904-01-01" if date1904 else "1900-01-01"
            raise UnsafeWrite(f"{at}：「{value}」早于工作簿的起始日 {system}，或带有时区，不能存为日期 → 请改成文字")
        dated = (
            2
            if isinstance(value, datetime) and (value.hour or value.minute or value.second or value.microsecond)
            else 1
        )
        return Wanted("n", _number(serial), value, look, dated, float(serial))
    return _ready_number(value, look, at)


def stored(part: XmlPart, cell: FoundCell, strings: SharedStrings) -> Stored:
    """What a cell holds now."""
    tag = part.mask[cell.start : cell.inside]
    plain = _PLAIN_TAG.fullmatch(tag)
    if plain:
        index, kind, rich = int(plain[1]) if plain[1] else None, plain[2] or b"n", False
    else:
        attrs = attributes(tag)
        style, kind, rich = attrs.get(b"s"), attrs.get(b"t", b"n"), b"vm" in attrs
        index = whole(style) if style else None
    if cell.inside == cell.close:
        return Stored(None, index, rich=rich)
    content = part.mask[cell.inside : cell.close]
    if content.startswith(b"<v>") and content.endswith(b"</v>") and content.find(b"<", 3) == len(content) - 4:
        raw = part.body[cell.inside + 3 : cell.close - 4]
        return Stored(_value(part, kind, raw, strings), index, rich=rich)
    if computed_here := _PLAIN_FORMULA.fullmatch(part.body, cell.inside, cell.close):
        return Stored(_value(part, kind, computed_here[2], strings), index, computed_here[1], rich=rich)
    if kind == b"inlineStr" and (written := _PLAIN_TEXT.fullmatch(part.body, cell.inside, cell.close)):
        return Stored(text_in(part, written[2], keeps=bool(written[1])) or None, index, rich=rich)
    return _stored_slow(part, cell, strings, index, kind, rich)


def plain_value(part: XmlPart, kind: bytes, raw: bytes, strings: SharedStrings) -> CellValue | ErrorValue:
    """The value of a cell without formula: its type and what stands in `<v>` or `<t>`."""
    return _value(part, kind, raw, strings)


def same_value(value: CellValue | ErrorValue, wanted: Wanted) -> bool:
    """Whether a cell's stored value is already the wanted one (its style apart)."""
    if wanted.kind == "":
        return value is None
    if isinstance(value, bool) or wanted.kind == "b":
        return isinstance(value, bool) and value is wanted.value
    if wanted.kind == "inlineStr":
        return isinstance(value, str) and value == wanted.value
    if isinstance(value, int | float):
        return value == wanted.number or (wanted.dated == 2 and abs(value - wanted.number) < _TIME_TOLERANCE)
    return isinstance(value, date) and _as_datetime(value) == _as_datetime(wanted.value)


def same_cached(now: Stored, wanted: Wanted) -> bool:
    """Whether a formula's stored result is already the wanted one; numbers to 15 digits, as Excel computes."""
    if wanted.kind == "n" and isinstance(now.value, int | float) and not isinstance(now.value, bool):
        return math.isclose(now.value, wanted.number, rel_tol=1e-14, abs_tol=1e-300)
    return same_value(now.value, wanted)


def new_rest(style: int | None, wanted: Wanted) -> bytes:
    """A cell that wasn't there, from the quote behind its address to its end."""
    return (b'" s="%d"' % style if style else b'"') + wanted.tail


def new_tag(prefix: bytes, at: bytes, style: int | None) -> bytes:
    """The start tag of a cell that wasn't there."""
    styled = b' s="%d"' % style if style else b""
    return b"<" + prefix + b'c r="' + at + b'"' + styled + b">"


def kept_tag(tag: bytes, style: int | None, *, cached: bool = False) -> bytes:
    """A start tag with its own attributes, without what belonged to the old value, open and restyled."""
    opened = (tag[:-2] if tag.endswith(b"/>") else tag[:-1]).rstrip() + b">"
    kept = without_attributes(opened, _DROPPED_CACHED if cached else _DROPPED)
    return kept if style is None else with_attribute(kept, b"s", b"%d" % style)


def filled(tag: bytes, wanted: Wanted) -> bytes:
    """A whole cell: its open start tag and the wanted value."""
    return tag[:-1] + wanted.tail


def computed(prefix: bytes, tag: bytes, formula: bytes, wanted: Wanted, rest: bytes = b"") -> bytes:
    """A whole formula cell: open start tag, raw `<f>` element, cached result and what followed it."""
    kinds = {"inlineStr": b' t="str">', "": b' t="str">', "b": b' t="b">', "n": b">"}
    value = b"<" + prefix + b"v>" + wanted.payload + b"</" + prefix + b"v>"
    return tag[:-1] + kinds[wanted.kind] + formula + value + rest + b"</" + prefix + b"c>"


def formula_element(prefix: bytes, text: str, part: XmlPart) -> bytes:
    """A plain `<f>` element."""
    return b"<" + prefix + b"f>" + part.encode(escape_formula(text)) + b"</" + prefix + b"f>"


def formula_text(part: XmlPart, formula: bytes) -> str:
    """The text of a raw `<f>` element."""
    start, end = formula.find(b">") + 1, formula.rfind(b"</")
    return unescape_xml(part.decode(formula[start:end])) if end > 0 else ""


def number_in(text: str) -> float | None:
    """The number a text spells in XML; Python's own reading takes more."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in text and text.isascii() else None


def rest_after_value(part: XmlPart, cell: FoundCell) -> bytes:
    """What stands in a cell beside formula and value (an extLst)."""
    kept = [e for e in elements(part, cell.inside, cell.close) if e.local not in (b"f", b"v", b"is")]
    return b"".join(part.body[element.start : element.end] for element in kept)


def _tail(prefix: bytes, wanted: Wanted) -> bytes:
    if wanted.kind == "":
        return b"/>"
    if wanted.kind == "inlineStr":
        space = b' xml:space="preserve"' if keeps_blanks(str(wanted.value)) else b""
        opened = (b' t="inlineStr"><', prefix, b"is><", prefix, b"t", space, b">")
        closed = (b"</", prefix, b"t></", prefix, b"is></", prefix, b"c>")
        return b"".join((*opened, wanted.payload, *closed))
    kind = b' t="b">' if wanted.kind == "b" else b">"
    return b"".join((kind, b"<", prefix, b"v>", wanted.payload, b"</", prefix, b"v></", prefix, b"c>"))


def _stored_slow(
    part: XmlPart, cell: FoundCell, strings: SharedStrings, style: int | None, kind: bytes, rich: bool
) -> Stored:
    found: dict[bytes, Element] = {e.local: e for e in elements(part, cell.inside, cell.close)}
    value: CellValue | ErrorValue = None
    if kind == b"inlineStr" and b"is" in found:
        value = text_of(part, found[b"is"]) or None
    elif b"v" in found:
        value = _value(part, kind, part.body[found[b"v"].inside : found[b"v"].close], strings)
    if b"f" not in found:
        return Stored(value, style, rich=rich)
    element = found[b"f"]
    formula_kind = attributes(part.mask[element.start : element.inside]).get(b"t", b"").decode("ascii", "replace")
    raw = part.body[element.start : element.end]
    return Stored(value, style, raw, "" if formula_kind == "normal" else formula_kind, rich)


def _value(part: XmlPart, kind: bytes, raw: bytes, strings: SharedStrings) -> CellValue | ErrorValue:
    text = unescape_xml(part.decode(raw))
    if kind == b"s":
        return strings.text(whole(text, -1)) or None
    if kind in (b"str", b"inlineStr"):
        return decode_coded(text) or None
    text = text.strip()
    if not text:
        return None
    if kind == b"b":
        return TRUTH.get(text, text)
    if kind == b"e":
        return ErrorValue(text)
    if kind == b"d":
        return _iso(text)
    number = number_in(text) if kind == b"n" else None
    if number is None:
        return text
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _iso(text: str) -> CellValue:
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return text
    return moment.date() if "T" not in text else moment


def _as_datetime(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    return datetime(value.year, value.month, value.day) if isinstance(value, date) else None


def _ready_number(value: int | float, look: CellLook | None, at: str) -> Wanted:
    number = float(value) if abs(value) <= _LARGEST else math.inf
    if not math.isfinite(number):
        raise UnsafeWrite(
            f"{at}：「{_short(str(value))}」不是单元格能存的数（无穷大、NaN 或超出范围） → 请改成文字或留空"
        )
    if isinstance(value, int) and int(number) != value:
        raise UnsafeWrite(f"{at}：「{value}」位数太多，存成数会丢失末几位 → 请改成文字")
    return Wanted("n", _number(value), value, look, 0, number)


def _number(value: int | float) -> bytes:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return b"%d" % value
    return repr(value).encode("ascii")


def _short(text: str) -> str:
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= 20 else text[:20] + "…"
