"""The engine: templates compiled once, then any number of papers from values, each with the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from xml.parsers import expat

from jinja2 import TemplateError
from msgspec import Struct

from capa_xl.errors import BadTemplate
from capa_xl.model.charts import Chart
from capa_xl.model.evidence import Photo
from capa_xl.ooxml.new_zip import NewMember, new_member, new_zip
from capa_xl.reports.word.brief_cells import with_brief_cells_cut
from capa_xl.reports.word.compiled import (
    DOCUMENT,
    RELATIONS,
    TYPES,
    CompiledPart,
    CompiledTemplate,
    compile_template,
)
from capa_xl.reports.word.drawings import ChartDrawing, Drawing, with_drawing_relations, with_drawing_types
from capa_xl.reports.word.empty_sections import without_empty_end
from capa_xl.reports.word.faults import runtime_fault
from capa_xl.reports.word.folded_cells import with_lists_folded
from capa_xl.reports.word.held_rows import with_rows_held
from capa_xl.reports.word.long_rows import with_long_rows_split
from capa_xl.reports.word.long_texts import with_long_texts_close
from capa_xl.reports.word.photo_drawing import PhotoDrawing
from capa_xl.reports.word.printable import printable
from capa_xl.reports.word.properties import CORE, Properties, core_xml
from capa_xl.reports.word.sandbox import new_sandbox
from capa_xl.reports.word.whole_runs import with_tokens_whole


class Engine(Struct, frozen=True):
    """Compiled templates by paper key.

    Attributes:
        templates: Paper key (report, plan, …) → its template.
    """

    templates: Mapping[str, CompiledTemplate]

    @classmethod
    def of(cls, files: Mapping[str, tuple[str, bytes]]) -> Engine:
        """An engine for these templates: paper key → (file name, bytes).

        Raises:
            BadTemplate: One can't be read; names file, paragraph and tag.
        """
        return cls({key: _compiled(name, blob) for key, (name, blob) in files.items()})

    def render(self, paper: str, context: Mapping[str, Any], properties: Properties) -> bytes:
        """One paper as .docx bytes.

        Args:
            paper: Key of the template.
            context: Facts of any kind; made printable here.
            properties: What the file says of itself.

        Raises:
            BadTemplate: The template names something the context hasn't, or makes broken XML.
        """
        return render(self.templates[paper], context, properties)


@lru_cache(maxsize=32)
def _compiled(name: str, blob: bytes) -> CompiledTemplate:
    """The template, compiled once for all papers of a process: every pack of a group is made from the same dozen."""
    return compile_template(name, blob, new_sandbox())


def render(template: CompiledTemplate, context: Mapping[str, Any], properties: Properties) -> bytes:
    """One paper from one compiled template; see `Engine.render`."""
    drawings: list[Drawing] = []
    words = {key: printable(_drawn(value, drawings)) for key, value in context.items()}
    rendered = {one.part.name: _rendered(one, words, template.sizes) for one in template.changing}
    members = [new_member(name, xml.encode()) for name, xml in rendered.items()]
    members.append(new_member(CORE, core_xml(properties)))
    shown = [one for one in drawings if one.is_shown(rendered.get(DOCUMENT, ""))]
    return new_zip((*_fixed(template, shown), *members))


def _fixed(template: CompiledTemplate, drawings: list[Drawing]) -> Iterator[NewMember]:
    if not drawings:
        yield from template.fixed
        return
    yield from (member for member in template.fixed if member.name not in (TYPES, RELATIONS))
    yield new_member(TYPES, with_drawing_types(template.types, drawings).encode())
    yield new_member(RELATIONS, with_drawing_relations(template.relations, drawings).encode())
    for drawing in drawings:
        yield from drawing.members()


def _drawn(value: Any, drawings: list[Drawing]) -> Any:
    """`value` with charts and photos in it replaced by drawings, which are numbered in the order they are met."""
    if isinstance(value, Chart | Photo):
        number = len(drawings) + 1
        drawings.append(ChartDrawing(number, value) if isinstance(value, Chart) else PhotoDrawing(number, value))
        return drawings[-1]
    if type(value) is dict:
        return {key: _drawn(item, drawings) for key, item in value.items()}
    if type(value) is list:
        return [_drawn(item, drawings) for item in value]
    return value


def _rendered(one: CompiledPart, words: Mapping[str, Any], sizes: Mapping[str, int]) -> str:
    try:
        xml = one.template.render(words)
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError, MemoryError) as trouble:
        raise BadTemplate(f"{runtime_fault(one.part, one.source, trouble)} → 请改正模板") from trouble
    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError as trouble:
        raise BadTemplate(_broken(one, xml, trouble)) from trouble
    xml = with_long_texts_close(with_long_rows_split(with_rows_held(without_empty_end(xml))))
    if one.part.name != DOCUMENT:  # header and footer are lines with room
        return xml
    return with_tokens_whole(with_lists_folded(with_brief_cells_cut(xml, sizes), sizes))


def _broken(one: CompiledPart, xml: str, trouble: expat.ExpatError) -> str:
    before = "\n".join(xml.split("\n")[: trouble.lineno])
    place = f"{one.part.file} {one.part.where}第 {before.count('<w:p ') + before.count('<w:p>')} 段附近"
    cure = "段落标签 {%p … %}、行标签 {%tr … %} 要各占一段、一行"
    return f"{place}：标签没有成对（原文：{trouble}） → {cure}"
