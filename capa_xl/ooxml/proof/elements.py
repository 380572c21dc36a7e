"""XML through expat: elements with the places of their bytes, so that pieces can be compared as they are written."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from xml.parsers import expat

from msgspec import Struct, field

_DECLARATION = re.compile(r"^[\ufeff\s]*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_START_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}


class MalformedError(Exception):
    """What should be a part of a workbook is no XML that every reader takes."""


class PlacedElement(Struct):
    """An element: `<name ...>` from `start` to `inside`, content to `close`, `</name>` to `end`.

    Attributes:
        name: Without namespace.
        attributes: By name; one with a prefix by its namespace, a blank and its name.
        children: Down to the depth that was asked for.
        text: The text directly in it, down to the same depth.
    """

    name: str
    attributes: dict[str, str]
    start: int
    inside: int
    close: int = -1
    end: int = -1
    children: list[PlacedElement] = field(default_factory=list)
    text: str = ""


def coding_of(blob: bytes) -> str:
    """The coding of a part's bytes: by byte order mark or look, else as declared, else UTF-8."""
    if blob[:2] in _WIDE:
        return _WIDE[blob[:2]]
    named = _ENCODING.match(blob.removeprefix(codecs.BOM_UTF8).lstrip())
    return named[1].decode("ascii").lower() if named else "utf-8"


def as_utf8(blob: bytes) -> bytes:
    """A part's bytes in UTF-8; one that is so already stays as it is.

    Raises:
        MalformedError: Unknown or broken coding.
    """
    coding = coding_of(blob)
    try:
        if codecs.lookup(coding).name in ("utf-8", "ascii"):
            return blob
        return _DECLARATION.sub("", blob.decode(coding)).encode("utf-8")
    except (LookupError, UnicodeError) as trouble:
        raise MalformedError(f"{coding}: {trouble}") from trouble


def _new_parser() -> expat.XMLParserType:
    """An expat parser for UTF-8, with namespaces, that takes no DOCTYPE."""
    parser = expat.ParserCreate("utf-8", " ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def read_elements(xml: bytes, depth: int) -> PlacedElement:
    """The root of a part in UTF-8, with the elements down to that depth (1: the root alone).

    Raises:
        MalformedError: Not well-formed, or with a DOCTYPE.
    """
    parser = _new_parser()
    parser.buffer_text = True
    open_elements: list[PlacedElement] = []
    roots: list[PlacedElement] = []
    level = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal level
        level += 1
        if level > depth:
            return
        at = parser.CurrentByteIndex
        element = PlacedElement(name.rpartition(" ")[2], attributes, at, _tag_end(xml, at))
        (open_elements[-1].children if open_elements else roots).append(element)
        open_elements.append(element)

    def end(_: str) -> None:
        nonlocal level
        level -= 1
        if level < depth:
            element, at = open_elements.pop(), parser.CurrentByteIndex
            alone = xml[element.inside - 2 : element.inside] == b"/>"
            element.close = element.inside if alone else at
            element.end = element.inside if alone else xml.index(b">", at) + 1

    def text(content: str) -> None:
        if level <= depth:
            open_elements[-1].text += content

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as trouble:
        raise MalformedError(str(trouble)) from trouble
    return roots[0]


def refuse_malformed(xml: bytes) -> None:
    """Let XML in UTF-8 pass that every reader takes.

    Raises:
        MalformedError: It is not well-formed, or with a DOCTYPE.
    """
    try:
        _new_parser().Parse(xml, True)
    except expat.ExpatError as trouble:
        raise MalformedError(str(trouble)) from trouble


def without(xml: bytes, elements: Sequence[PlacedElement]) -> bytes:
    """The XML with some elements cut out, given in order."""
    kept, at = b"", 0
    for element in elements:
        kept += xml[at : element.start]
        at = element.end
    return kept + xml[at:]


def _tag_end(xml: bytes, at: int) -> int:
    tag = _START_TAG.match(xml, at)
    if tag is None:
        raise MalformedError("a start tag without end")
    return tag.end()


def _refuse_doctype(*_: object) -> None:
    raise MalformedError("DOCTYPE")
