"""Checks a template before anybody prints with it: braces, tags, names, and one paper rendered from sample values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from jinja2 import TemplateSyntaxError

from capa_xl.errors import BadTemplate
from capa_xl.reports.bounded_templates import TOO_DEEP
from capa_xl.reports.word.compiled import compile_template, parts_of, source_of
from capa_xl.reports.word.engine import render
from capa_xl.reports.word.faults import NESTED_TOO_DEEP, Fault, fault_at, syntax_fault
from capa_xl.reports.word.older_templates import older_words
from capa_xl.reports.word.paper_catalogue import CONTENTS
from capa_xl.reports.word.paragraphs import Part, paragraph_of_line
from capa_xl.reports.word.properties import Properties
from capa_xl.reports.word.sandbox import new_sandbox
from capa_xl.reports.word.shape import shape_of
from capa_xl.reports.word.template_names import loops_of, unknown_names
from capa_xl.reports.word.written_faults import written_faults


def check_template(paper: str, file: str, blob: bytes) -> tuple[Fault, ...]:
    """Everything wrong with one template; () when it can be used.

    Args:
        paper: Key of the paper (report, plan, …).
        file: Its file name, for messages.
    """
    try:
        parts = tuple(parts_of(file, blob))
    except BadTemplate as trouble:
        return (Fault(file, "", 0, "", "", str(trouble).removeprefix(file).strip()),)
    written = [fault for part in parts for fault in written_faults(part)]
    named = [fault for part in parts for fault in _name_faults(paper, part)]
    found = tuple(dict.fromkeys((*written, *named)))
    return found or _rendering_faults(paper, file, blob)


def lacking_fields(paper: str, file: str, blob: bytes) -> str:
    """What a sound template prints otherwise, as it was made before some fields were; "" where it has all.

    Raises:
        BadTemplate: It can't be used; see `check_template`.
    """
    content = CONTENTS[paper]
    return older_words(content, compile_template(file, blob, new_sandbox())) if content.newer else ""


def _name_faults(paper: str, part: Part) -> Iterator[Fault]:
    if not any("{" in text for text in part.texts):
        return
    source = source_of(part)
    sandbox = new_sandbox()
    try:
        tree = sandbox.parse(source)
        sandbox.compile(tree)
    except TemplateSyntaxError as trouble:
        yield syntax_fault(part, source, trouble)
        return
    except TOO_DEEP:
        yield Fault(part.file, part.where, 0, "", "", NESTED_TOO_DEEP)
        return
    tree = sandbox.parse(source)
    loops = loops_of(tree)
    for line, name in unknown_names(tree, shape_of(CONTENTS[paper].example_context())):
        yield fault_at(part, paragraph_of_line(source, line), f"没有这个变量：{name}{_outside(loops, name)}", name)


def _outside(loops: Mapping[str, str], name: str) -> str:
    """That a name is that of a loop, and the place is outside it; "" for a name that no loop of the part has."""
    listed = loops.get(name)
    return f"，它只在循环 for {name} in {listed} 到对应的 endfor 之间才有 → 把这一段移到循环里面" if listed else ""


def _rendering_faults(paper: str, file: str, blob: bytes) -> tuple[Fault, ...]:
    """What only shows in print: XML that doesn't close."""
    try:
        template = compile_template(file, blob, new_sandbox())
        render(template, CONTENTS[paper].example_context(), Properties(file, "", "", date(2000, 1, 1)))
    except BadTemplate as trouble:
        return (Fault(file, "", 0, "", "", str(trouble).removeprefix(file).strip()),)
    return ()
