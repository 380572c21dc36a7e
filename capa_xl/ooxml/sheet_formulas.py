"""The formulas of a sheet by where they stand, those that were filled down among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from capa_xl.a1 import parse_cell
from capa_xl.ooxml.formula_areas import filled_down
from capa_xl.ooxml.sheet_scan import Patterns, Sheet
from capa_xl.ooxml.sheet_values import RowColumn
from capa_xl.ooxml.xml_bytes import ATTRIBUTES, attributes
from capa_xl.ooxml.xstring import unescape_xml

_WORDS = (b"str", b"b", b"e")


class SheetFormula(Struct, frozen=True):
    """One formula.

    Attributes:
        text: Without the `=`.
        gives_words: Its stored result is a text, a truth value or an error.
    """

    text: str
    gives_words: bool


def formulas_of(sheet: Sheet) -> dict[RowColumn, SheetFormula]:
    """Cell → its formula; cells without an address of their own are left out."""
    found, pointers = dict[RowColumn, SheetFormula](), dict[RowColumn, tuple[bytes, bool]]()
    first_cells: dict[bytes, RowColumn] = {}
    for place, gives_words, attrs, text in _tags(sheet):
        named = attributes(attrs) if attrs else {}
        group = named.get(b"si", b"") if named.get(b"t") == b"shared" else None
        if text:
            found[place] = SheetFormula(unescape_xml(sheet.part.decode(text)), gives_words)
            if group is not None:
                first_cells[group] = place
        elif group is not None:
            pointers[place] = group, gives_words
    for place, (group, gives_words) in pointers.items():
        if first := first_cells.get(group):
            along = filled_down(found[first].text, place[0] - first[0], place[1] - first[1])
            found[place] = SheetFormula(along, gives_words)
    return found


def _tags(sheet: Sheet) -> Iterator[tuple[RowColumn, bool, bytes, bytes]]:
    """(cell, whether it gives words, attributes, text) of every formula."""
    mask, patterns, data = sheet.part.mask, Patterns(sheet.prefix), sheet.data
    tag = re.compile(b"<" + re.escape(sheet.prefix) + rb"f(" + ATTRIBUTES + rb")\s*(?:/>|>([^<]*)<)")
    for match in tag.finditer(mask, data.inside, data.close):
        cell = patterns.cell.match(mask, mask.rfind(b"<", 0, match.start()))
        named = attributes(cell[1]) if cell else {}
        place = parse_cell(named.get(b"r", b"").decode("ascii", "replace"))
        if place:
            yield place, named.get(b"t", b"n") in _WORDS, match[1], match[2] or b""
