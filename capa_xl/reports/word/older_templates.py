"""A template made before a field was: what it lacks is told, and the rows of a list it doesn't know stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from capa_xl.reports.word.compiled import CompiledTemplate
from capa_xl.reports.word.paper_content import NewerField, PaperContent


def older_words(content: PaperContent, template: CompiledTemplate) -> str:
    """What the template prints otherwise than ours, and the cure; "" where it names every field it must."""
    lacking = dict(_lacking(content, template))
    if not lacking:
        return ""
    told = "；".join(one.told for one in lacking.values())
    return (
        f"「{template.file}」是从前的模板，没有字段 {'、'.join(lacking)}：{told} → "
        "用 templates copy 另取一份自带的模板，照它加上这些字段"
    )


def as_it_knows(content: PaperContent, template: CompiledTemplate, context: dict[str, Any]) -> dict[str, Any]:
    """The context with the rows of lists that the template doesn't know at the end of one it may know."""
    moved = {one.among: [*context[one.among], *context[name]] for name, one in _lacking(content, template) if one.among}
    return context | moved


def _lacking(content: PaperContent, template: CompiledTemplate) -> Iterator[tuple[str, NewerField]]:
    return ((name, one) for name, one in content.newer.items() if not template.names(name))
