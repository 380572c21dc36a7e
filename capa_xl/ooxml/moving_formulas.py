"""Formulas whose result is another one every day: TODAY, NOW and the random ones.

A formula that only points to such a cell isn't found: nothing in its own text says so.
"""

from __future__ import annotations

import re
from typing import Final

from capa_xl.a1 import parse_cell
from capa_xl.ooxml.sheet_scan import Patterns, Sheet
from capa_xl.ooxml.sheet_values import RowColumn
from capa_xl.ooxml.xml_bytes import ATTRIBUTES, attributes
from capa_xl.ooxml.xstring import unescape_xml

_MOVING: Final = re.compile(rb"\b(?:TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY)\s*\(", re.IGNORECASE)
_QUOTED: Final = re.compile(rb'"[^"]*"|&quot;.*?&quot;')


def moving_formulas(sheet: Sheet) -> dict[RowColumn, str]:
    """Cell → the text of its formula, without the `=`; of a formula that was filled down the text of the first cell.

    Cells without an address of their own are left out.
    """
    mask, patterns = sheet.part.mask, Patterns(sheet.prefix)
    if not _MOVING.search(mask, sheet.data.inside, sheet.data.close):
        return {}
    mark = re.escape(sheet.prefix)
    formula = re.compile(rb"<" + mark + rb"f(" + ATTRIBUTES + rb")\s*(?:/>|>([^<]*)<)")
    found, filled_down = dict[RowColumn, str](), dict[bytes, bytes]()
    for tag in formula.finditer(mask, sheet.data.inside, sheet.data.close):
        named, text = attributes(tag[1]), tag[2] or b""
        if named.get(b"t") == b"shared":
            text = text or filled_down.get(named.get(b"si", b""), b"")
            filled_down[named.get(b"si", b"")] = text
        if not _MOVING.search(_QUOTED.sub(b"", text)):
            continue
        cell = patterns.cell.match(mask, mask.rfind(b"<" + sheet.prefix + b"c ", 0, tag.start()))
        place = parse_cell(attributes(cell[1]).get(b"r", b"").decode("ascii", "replace")) if cell else None
        if place:
            found[place] = unescape_xml(sheet.part.decode(text))
    return found
