"""A template compiled once: patched XML and Jinja code of the parts that change, packed members of those that don't."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateSyntaxError
from msgspec import Struct

from capa_xl.errors import BadTemplate
from capa_xl.ooxml.new_zip import NewMember, new_member
from capa_xl.reports.bounded_templates import TOO_DEEP
from capa_xl.reports.word.faults import NESTED_TOO_DEEP, syntax_fault
from capa_xl.reports.word.folded_cells import type_sizes
from capa_xl.reports.word.members import unpack
from capa_xl.reports.word.package_safety import refuse_unsafe
from capa_xl.reports.word.paragraphs import Part, marked, read_part
from capa_xl.reports.word.properties import CORE
from capa_xl.reports.word.sandbox import Sandbox
from capa_xl.reports.word.style_ids import with_our_style_ids
from capa_xl.reports.word.written_faults import written_faults

DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"
_STYLES = "word/styles.xml"
RELATIONS = "word/_rels/document.xml.rels"
PACKAGE_RELATIONS = "_rels/.rels"

_CHANGING = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


class CompiledPart(Struct, frozen=True):
    """One part that holds tags."""

    part: Part
    source: str
    template: Template


class CompiledTemplate(Struct, frozen=True):
    """One template, ready to be rendered any number of times.

    Attributes:
        file: Name of the template file, for messages.
        changing: Parts with tags.
        fixed: The other members, packed; without the properties, which every paper gets of its own.
        types, relations: Text of the two parts that a chart has to enter.
        sizes: Style → size of its type in half points.
    """

    file: str
    changing: tuple[CompiledPart, ...]
    fixed: tuple[NewMember, ...]
    types: str
    relations: str
    sizes: Mapping[str, int] = {}

    def names(self, field: str) -> bool:
        """A tag of it names this field."""
        named = re.compile(rf"\{{[{{%][^{{}}]*\b{re.escape(field)}\b")
        return any(named.search(one.source) for one in self.changing)


def parts_of(file: str, blob: bytes) -> Iterator[Part]:
    """The parts of a .docx that may hold tags.

    Raises:
        BadTemplate: `blob` is no .docx.
    """
    yield from _parts(file, _members(file, blob))


def compile_template(file: str, blob: bytes, sandbox: Sandbox) -> CompiledTemplate:
    """The template, patched and compiled.

    Raises:
        BadTemplate: No .docx, a tag that can't be read, or text that would be lost; names file, paragraph and tag.
    """
    members = _with_core(_members(file, blob))
    parts = tuple(_parts(file, members))
    _refuse_faults(parts)
    changing = tuple(_compile(part, sandbox) for part in parts if _has_tags(part))
    own = {CORE, *(one.part.name for one in changing)}
    fixed = tuple(new_member(name, content) for name, content in members.items() if name not in own)
    relations = members.get(RELATIONS, b"").decode()
    sizes = type_sizes(members.get(_STYLES, b"").decode())
    return CompiledTemplate(file, changing, fixed, members[TYPES].decode(), relations, sizes)


def source_of(part: Part) -> str:
    """The Jinja source of a part: docxtpl's patch, with a mark per paragraph."""
    patched = DocxTemplate(io.BytesIO()).patch_xml(marked(part.xml))
    return _DECLARATION + str(patched)


def _members(file: str, blob: bytes) -> dict[str, bytes]:
    try:
        members = unpack(blob)
    except ValueError as trouble:
        raise BadTemplate(f"「{file}」不是 Word 文档（.docx） → 请用 Word 另存为 .docx") from trouble
    if DOCUMENT not in members or TYPES not in members:
        raise BadTemplate(f"「{file}」里没有正文，不是 Word 文档（.docx） → 请用 Word 另存为 .docx")
    refuse_unsafe(file, members)
    return with_our_style_ids(members)


def _parts(file: str, members: Mapping[str, bytes]) -> Iterator[Part]:
    for name in sorted(members):
        if _CHANGING.fullmatch(name):
            yield read_part(file, name, members[name])


def _refuse_faults(parts: Iterable[Part]) -> None:
    for part in parts:
        if (fault := next(written_faults(part), None)) is not None:
            raise BadTemplate(str(fault))


def _has_tags(part: Part) -> bool:
    return any("{" in text for text in part.texts)


def _compile(part: Part, sandbox: Sandbox) -> CompiledPart:
    source = source_of(part)
    try:
        return CompiledPart(part, source, sandbox.from_string(source))
    except TemplateSyntaxError as trouble:
        raise BadTemplate(f"{syntax_fault(part, source, trouble)} → 请改正模板") from trouble
    except TOO_DEEP as trouble:
        raise BadTemplate(f"{part.file} {part.where}{NESTED_TOO_DEEP}") from trouble


def _with_core(members: dict[str, bytes]) -> dict[str, bytes]:
    """The members, with the core properties announced: every paper carries its number and content hash there."""
    if CORE in members:
        return members
    override = f'<Override PartName="/{CORE}" ContentType="{_CORE_TYPE}"/></Types>'
    relation = f'<Relationship Id="rIdCore" Type="{_CORE_RELATION}" Target="{CORE}"/></Relationships>'
    return members | {
        TYPES: members[TYPES].replace(b"</Types>", override.encode()),
        PACKAGE_RELATIONS: members[PACKAGE_RELATIONS].replace(b"</Relationships>", relation.encode()),
    }
