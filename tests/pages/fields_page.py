"""docs/template-fields.md: everything a Word template may print, generated from the papers' own contexts."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.paper_kinds import PAPER_KINDS
from capa_xl.reports.word.template_fields import template_fields


def fields_markdown() -> str:
    """The page."""
    return "\n".join((*_opening(), *(line for kind in PAPER_KINDS for line in _paper(kind.key, kind.template)), ""))


def _opening() -> Iterator[str]:
    yield "# Word 模板可用的字段"
    yield ""
    yield "本页由 `make docs` 生成，请勿手改；同样的内容：`capa-xl templates fields`。名称后带 `[]` 的是清单，要循环。"


def _paper(paper: str, file: str) -> Iterator[str]:
    yield ""
    yield f"## {file}"
    yield ""
    yield "| 字段 | 含义 |"
    yield "|---|---|"
    for name, meaning in template_fields(paper):
        yield f"| `{name}` | {meaning} |"
