"""Formulas whose result is another one every day: TODAY, NOW and the random ones, in capitals as programs save them.

A formula that only points to such a cell isn't found here: nothing in its own text says so (`moving_chains`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from capa_xl.a1 import parse_cell
from capa_xl.ooxml.sheet_scan import Patterns, Sheet
from capa_xl.ooxml.sheet_values import RowColumn
from capa_xl.ooxml.xml_bytes import ATTRIBUTES, attributes
from capa_xl.ooxml.xstring import unescape_xml

_WORDS: Final = (b"TODAY(", b"NOW(", b"RAND")
_CALL: Final = r"\b(?:TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY)\("
_MOVING: Final = re.compile(_CALL.encode())
_MOVES: Final = re.compile(_CALL)
_QUOTED: Final = re.compile(rb'"[^"]*"|&quot;.*?&quot;')


def moves(formula: str) -> bool:
    """Whether a formula calls one of them.

    Args:
        formula: Without the texts in it.
    """
    return _MOVES.search(formula) is not None


def moving_formulas(sheet: Sheet) -> dict[RowColumn, str]:
    """Cell → the text of its formula, without the `=`; of a formula that was filled down the text of the first cell.

    Cells without an address of their own are left out.
    """
    mark = b"<" + re.escape(sheet.prefix) + rb"f(" + ATTRIBUTES + rb")\s*"
    formula, pointer = re.compile(mark + rb">([^<]*)<"), re.compile(mark + rb"/>")
    mask, patterns = sheet.part.mask, Patterns(sheet.prefix)
    found, filled_down = dict[RowColumn, str](), dict[bytes, str]()
    for start in sorted(set(_tags_before(sheet))):
        tag = formula.match(mask, start)
        if tag is None or not _MOVING.search(_QUOTED.sub(b"", tag[2])):
            continue
        text, named = unescape_xml(sheet.part.decode(tag[2])), attributes(tag[1])
        if named.get(b"t") == b"shared":
            filled_down[named.get(b"si", b"")] = text
        if place := _cell_before(sheet, patterns, start):
            found[place] = text
    for tag in pointer.finditer(mask, sheet.data.inside, sheet.data.close) if filled_down else ():
        shared = filled_down.get(attributes(tag[1]).get(b"si", b""))
        if shared is not None and (place := _cell_before(sheet, patterns, tag.start())):
            found[place] = shared
    return found


def _tags_before(sheet: Sheet) -> Iterator[int]:
    """Where the tag begins in whose text one of the words stands."""
    mask = sheet.part.mask
    for word in _WORDS:
        at = mask.find(word, sheet.data.inside, sheet.data.close)
        while at >= 0:
            yield mask.rfind(b"<", 0, at)
            at = mask.find(word, at + len(word), sheet.data.close)


def _cell_before(sheet: Sheet, patterns: Patterns, start: int) -> RowColumn | None:
    """The cell of a formula, whose tag is the last one before it."""
    cell = patterns.cell.match(sheet.part.mask, sheet.part.mask.rfind(b"<", 0, start))
    return parse_cell(attributes(cell[1]).get(b"r", b"").decode("ascii", "replace")) if cell else None
