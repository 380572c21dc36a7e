"""What stands in one cell: attributes, formula, and the bytes of its content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape

from msgspec import Struct

from capa_xl.ooxml.proof.elements import read_elements

_ATTRIBUTE = re.compile(rb' (\w+)="([^"]*)"')


class ReadCell(Struct, frozen=True):
    """A cell without its address.

    Attributes:
        attributes: By name, as `elements.Element` has them.
        content: The bytes between start and end tag.
        formula: Its `f` element as written; None without one.
        formula_text: What the formula says.
        others: What it holds beside formula and value, as written: an extLst.
        empty: A reader finds no value in it.
    """

    attributes: Mapping[str, str]
    content: bytes = b""
    formula: bytes | None = None
    formula_text: str = ""
    others: bytes = b""
    empty: bool = True

    @property
    def style(self) -> str:
        """The index of its style as written; a cell without one has the first."""
        return self.attributes.get("s", "0")


def read_cell(rest: bytes, prefix: bytes, root_tag: bytes) -> ReadCell:
    """A cell from what follows its address in the XML.

    Args:
        root_tag: The worksheet's start tag, for its namespaces.
    """
    plain = _plain(prefix).fullmatch(rest)
    if plain is None:
        return _parsed(rest, prefix, root_tag)
    named = {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(plain[1])}
    says = unescape((plain[4] or b"").decode("utf-8", "replace"))
    return ReadCell(named, plain[2] or b"", plain[3], says, empty=not (plain[5] or plain[6]))


def _parsed(rest: bytes, prefix: bytes, root_tag: bytes) -> ReadCell:
    """A cell of any form; expat refuses an attribute that is written twice."""
    xml = root_tag + b"<" + prefix + b"c" + rest + b"</" + prefix + b"worksheet>"
    cell = read_elements(xml, 3).children[0]
    pieces = {piece.name: piece for piece in cell.children}
    formula = pieces.get("f")
    others = (xml[piece.start : piece.end] for piece in cell.children if piece.name not in ("f", "v", "is"))
    text = pieces["v"].text if "v" in pieces else ""
    return ReadCell(
        cell.attributes,
        xml[cell.inside : cell.close],
        xml[formula.start : formula.end] if formula else None,
        formula.text if formula else "",
        b"".join(others),
        not text and "is" not in pieces,
    )


@lru_cache(maxsize=8)
def _plain(prefix: bytes) -> re.Pattern[bytes]:
    """Attributes that need no second look, then nothing, a plain formula, a value, or a text of one piece."""
    attributes = rb'((?: (?:s="[0-9]+"|t="[a-zA-Z]+")){0,2})'
    formula = rb"(<Pf>((?:[^<&\r]++|&(?:amp|lt|gt|quot|apos);)*+)</Pf>)?"  # possessive: formulas may be long
    value = rb'(?:<Pv>([^<]*)</Pv>|<Pis><Pt(?: xml:space="preserve")?>([^<]*)</Pt></Pis>)?'
    form = attributes + b"(?:/>|>(" + formula + value + b")</Pc>)"
    return re.compile(form.replace(b"P", re.escape(prefix)))
