"""Cells by their style: struck through, which is how people cross a row out, or in percent.

Costs nothing where no style is of the kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from capa_xl.a1 import parse_cell
from capa_xl.ooxml.sheet_scan import Patterns, Sheet
from capa_xl.ooxml.sheet_values import RowColumn
from capa_xl.ooxml.style_parts import is_struck
from capa_xl.ooxml.styles import StyleBook
from capa_xl.ooxml.xml_bytes import attributes, whole


def striking_styles(styles: StyleBook) -> frozenset[int]:
    """The indexes of cell styles whose font is struck through."""
    fonts = {at for at, font in enumerate(styles.items.get(b"fonts", ())) if b"strike" in font and is_struck(font)}
    xfs = enumerate(styles.items.get(b"cellXfs", ())) if fonts else ()
    return frozenset(at for at, xf in xfs if whole(attributes(xf[: xf.index(b">") + 1]).get(b"fontId")) in fonts)


def percent_styles(styles: StyleBook) -> frozenset[int]:
    """The indexes of cell styles that show a number in percent."""
    return frozenset(at for at in range(len(styles.items.get(b"cellXfs", ()))) if styles.is_percent(at))


def cells_in_styles(sheet: Sheet, styles: frozenset[int]) -> frozenset[RowColumn]:
    """The cells in one of these styles, filled or not; those without an address of their own are left out."""
    return frozenset(_found(sheet, styles)) if styles else frozenset()


def _found(sheet: Sheet, wanted: frozenset[int]) -> Iterator[RowColumn]:
    """Found by the style, backwards to the cell: of a large table few cells have such a style."""
    mask, patterns = sheet.part.mask, Patterns(sheet.prefix)
    styles = b"|".join(b"%d" % style for style in sorted(wanted))
    for found in re.finditer(rb"""\ss\s*=\s*["'](?:""" + styles + rb""")["']""", mask):
        tag = patterns.cell.match(mask, mask.rfind(b"<", 0, found.start()))
        named = attributes(tag[1]) if tag else {}
        place = parse_cell(named.get(b"r", b"").decode("ascii", "replace"))
        if place and whole(named.get(b"s")) in wanted:
            yield place
