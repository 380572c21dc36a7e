"""XML parts as bytes: their coding, a mask over what only looks like markup, and the places of elements.

Nothing here builds a tree of a sheet: a splice needs to know where things stand, not what they mean.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from msgspec import Struct

from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.ceilings import MOST_TAG, MOST_TREE, too_large
from capa_xl.ooxml.sniff import SAVE_AGAIN, damaged

_DECLARATION = re.compile(rb"<\?xml\b[^>]*?\?>")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_OPAQUE = re.compile(rb"<!--|<!\[CDATA\[|<\?")
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_TAG = re.compile(rb"""<(/?)([^\s/>!?"'<]+)((?:[^<>"']++|"[^"]*"|'[^']*')*+)>""")  # possessive: a tag may be long
_ATTRIBUTE = re.compile(rb"""\s+([^\s=/>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_XML_BLANKS = b" \t\r\n"
_MOST_DIGITS = 20

ATTRIBUTES = rb"""(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*"""


class Coding(Struct, frozen=True):
    """How a part's bytes spell characters: byte order mark, codec, and whether tags are plain ASCII in it."""

    bom: bytes
    codec: str
    wide: bool  # UTF-16: we work on a UTF-8 copy
    unicode: bool  # any character can be written as it is


class Element(Struct, frozen=True):
    """The place of one element: `<name ...>` from `start` to `inside`, content to `close`, `</name>` to `end`."""

    name: bytes
    start: int
    inside: int
    close: int
    end: int

    @property
    def local(self) -> bytes:
        """The name without its prefix."""
        return self.name.rpartition(b":")[2]

    @property
    def self_closed(self) -> bool:
        """Written as `<name/>`."""
        return self.inside == self.close == self.end


class XmlPart(Struct, frozen=True):
    """A part ready for splicing: `body` to cut from, `mask` of the same length to search in."""

    body: bytes
    mask: bytes
    coding: Coding

    def encode(self, text: str) -> bytes:
        """Text (already escaped) in the part's coding; character references where it has no such character."""
        return text.encode("utf-8") if self.coding.unicode else text.encode("ascii", "xmlcharrefreplace")

    def decode(self, fragment: bytes) -> str:
        """A piece of the body as text, entities still in it."""
        codec = "utf-8" if self.coding.unicode else self.coding.codec
        return fragment.decode(codec, "replace")

    def stored(self, body: bytes) -> bytes:
        """A new body as the part stores it."""
        if not self.coding.wide:
            return body
        return self.coding.bom + body.decode("utf-8").encode(self.coding.codec)


def read_coding(blob: bytes) -> Coding:
    """The coding of a part, by byte order mark, else by its look, else by its declaration.

    Raises:
        UnreadableWorkbook: The declared coding is unknown.
    """
    if blob.startswith(codecs.BOM_UTF8):
        return Coding(codecs.BOM_UTF8, "utf-8", wide=False, unicode=True)
    if blob.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Coding(blob[:2], "utf-16-le" if blob[:1] == b"\xff" else "utf-16-be", wide=True, unicode=True)
    if blob[:2] in (b"<\0", b"\0<"):
        return Coding(b"", "utf-16-le" if blob[:1] == b"<" else "utf-16-be", wide=True, unicode=True)
    declaration = _DECLARATION.match(blob.lstrip(_XML_BLANKS))
    named = _ENCODING.search(declaration[0]) if declaration else None
    codec = named[1].decode("ascii").lower() if named else "utf-8"
    try:
        codec = codecs.lookup(codec).name
        narrow = "<>&\"' az09".encode(codec) == b"<>&\"' az09"
    except (LookupError, UnicodeError) as trouble:
        raise damaged(f"XML 声明了未知的编码 {codec}") from trouble
    if not narrow:
        raise damaged(f"XML 声明的编码 {codec} 与内容不符")
    return Coding(b"", codec, wide=False, unicode=codec == "utf-8")


def read_part(blob: bytes) -> XmlPart:
    """A part's bytes made searchable.

    Raises:
        UnsafeWrite: A DOCTYPE or entities of its own, with which text is not what it seems.
        UnreadableWorkbook: Unknown or broken coding, a NUL, or a comment without end.
    """
    coding = read_coding(blob)
    body = _narrow(blob, coding) if coding.wide else blob
    if b"\0" in body:
        raise damaged("XML 里有空字符（NUL）")
    if not has_opaque(body):
        return XmlPart(body, body, coding)
    mask = _masked(body)
    if b"<!" in mask:
        raise UnsafeWrite(f"工作簿的 XML 里有 DOCTYPE 或自定义实体，不能安全读写 → {SAVE_AGAIN}")
    return XmlPart(body, mask, coding)


def refuse_unsound(blob: bytes) -> None:
    """Let a part pass that is one element and nothing else, as far as that is seen without reading all of it.

    Raises:
        UnsafeWrite: A DOCTYPE or entities of its own.
        UnreadableWorkbook: Text outside of the element, a NUL, a comment without end, or no element at all.
    """
    root(read_part(blob))


def _masked(body: bytes) -> bytes:
    """The body with blanks for comments, CDATA and instructions; found one behind the other, so in one pass."""
    pieces, at = [], 0
    while opening := _OPAQUE.search(body, at):
        end = body.find(_ENDS[opening[0]], opening.end())
        if end < 0:
            raise damaged("XML 里的注释或 CDATA 没有结尾")
        end += len(_ENDS[opening[0]])
        pieces += [body[at : opening.start()], b" " * (end - opening.start())]
        at = end
    return b"".join((*pieces, body[at:]))


def has_opaque(body: bytes) -> bool:
    """Whether anything hides markup: a comment, CDATA, an instruction, or a DOCTYPE.

    A sheet mostly has no `!` at all and no `?` behind its declaration, and one byte is found ten times as fast as two.
    """
    declared = body.find(b"?>") + 2 if body.startswith((b"<?xml", codecs.BOM_UTF8 + b"<?xml")) else 0
    return (b"!" in body and b"<!" in body) or (body.find(b"?", declared) >= 0 and body.find(b"<?", declared) >= 0)


def parse_xml(blob: bytes) -> ElementTree.Element:
    """A small part as a tree (never a sheet).

    Raises:
        UnreadableWorkbook: Not well-formed, or too large for a tree.
    """
    if len(blob) > MOST_TREE:
        raise too_large(f"工作簿的一个部件有 {len(blob) >> 20} MB")
    part = read_part(blob)
    text = part.decode(part.body).lstrip("\ufeff \t\r\n")
    if text.startswith("<?xml"):  # it names a coding that the text no longer has
        text = text.partition("?>")[2]
    try:
        return ElementTree.fromstring(text)
    except ElementTree.ParseError as trouble:
        raise damaged(f"工作簿里的 XML 不完整（原文：{trouble}）") from trouble


def local(tag: str) -> str:
    """`{namespace}name` → name."""
    return tag.rpartition("}")[2]


def elements(part: XmlPart, start: int, end: int) -> Iterator[Element]:
    """The elements directly inside body[start:end], in order.

    Raises:
        UnreadableWorkbook: Tags don't match.
    """
    depth = 0
    name, at, inside = b"", 0, 0
    for tag in _TAG.finditer(part.mask, start, end):
        _refuse_long(tag)
        if tag[1]:
            depth -= 1
            if depth == 0:
                yield Element(name, at, inside, tag.start(), tag.end())
            elif depth < 0:
                raise damaged("工作簿里的 XML 标签不配对")
            continue
        closed = tag[3].endswith(b"/")
        if depth == 0:
            name, at, inside = tag[2], tag.start(), tag.end()
            if closed:
                yield Element(name, at, inside, inside, inside)
        depth += not closed
    if depth:
        raise damaged("工作簿里的 XML 标签不配对")


def root(part: XmlPart) -> Element:
    """The outermost element.

    Raises:
        UnreadableWorkbook: There is none, or text stands outside of it.
    """
    opening = _TAG.search(part.mask)
    if not opening:
        raise damaged("工作簿里的 XML 是空的")
    found = _root_at(part, opening)
    before = part.mask[: opening.start()].removeprefix(codecs.BOM_UTF8)
    if _DECLARATION.sub(b"", before, 1).strip() or part.mask[found.end :].strip():
        raise damaged("工作簿里的 XML 在根元素外面还有文字")
    return found


def _root_at(part: XmlPart, opening: re.Match[bytes]) -> Element:
    if opening[3].endswith(b"/"):
        return Element(opening[2], opening.start(), opening.end(), opening.end(), opening.end())
    close = part.mask.rfind(b"</" + opening[2])
    if close < 0:
        raise damaged("工作簿里的 XML 不完整")
    return Element(opening[2], opening.start(), opening.end(), close, part.mask.find(b">", close) + 1)


def next_tag(part: XmlPart, start: int) -> tuple[bytes, bool, bytes, int, int] | None:
    """The next tag from `start` on: name, whether it closes, attributes, its start and end."""
    tag = _TAG.search(part.mask, start)
    if tag:
        _refuse_long(tag)
    return (tag[2], bool(tag[1]), tag[3], tag.start(), tag.end()) if tag else None


def _refuse_long(tag: re.Match[bytes]) -> None:
    if tag.end() - tag.start() > MOST_TAG:
        raise too_large(f"一个标签有 {(tag.end() - tag.start()) >> 20} MB")


def attributes(tag: bytes) -> dict[bytes, bytes]:
    """The raw attribute values in a start tag (or its attribute text)."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


def whole(raw: bytes | str | None, default: int = 0) -> int:
    """A whole number in an attribute; the default where there is none, or nonsense."""
    text = raw.decode("ascii", "replace") if isinstance(raw, bytes) else raw or ""
    return int(text) if len(text) <= _MOST_DIGITS and text.strip().isdecimal() and text.isascii() else default


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """A start tag with one attribute set: replaced in place, or added as the last one."""
    for match in _ATTRIBUTE.finditer(tag):
        if match[1] == name:
            group = 2 if match[2] is not None else 3
            return tag[: match.start(group)] + value + tag[match.end(group) :]
    body = tag[:-2].rstrip(_XML_BLANKS) if tag.endswith(b"/>") else tag[:-1].rstrip(_XML_BLANKS)
    return body + b" " + name + b'="' + value + b'"' + tag[len(tag) - 2 if tag.endswith(b"/>") else -1 :]


def without_attributes(tag: bytes, unwanted: frozenset[bytes]) -> bytes:
    """A start tag (or its attribute text) without some attributes, the others as they stand."""
    return _ATTRIBUTE.sub(lambda match: b"" if match[1] in unwanted else match[0], tag)


def _narrow(blob: bytes, coding: Coding) -> bytes:
    try:
        text = blob[len(coding.bom) :].decode(coding.codec)
        body = text.encode("utf-8")
    except UnicodeError as trouble:
        raise damaged("工作簿里的 UTF-16 文字不完整") from trouble
    return body
