"""exceptions: every 例外说明 on one sheet to sign (decisions A2)."""

from __future__ import annotations

from capa_xl.app.shared.numbered_papers import NumberedPaper
from capa_xl.app.shared.paper_source import PaperSource
from capa_xl.errors import UsageError
from capa_xl.model.paper_facts import ExceptionFacts
from capa_xl.model.paper_kinds import EXCEPTIONS
from capa_xl.policy.papers.exception_facts import exception_facts

_ALL = ""


def _papers(source: PaperSource, number: str) -> list[tuple[str, ExceptionFacts]]:
    facts = exception_facts(source.inputs, number)
    if not facts.lines:
        whose = f"「{number}」的" if number else ""
        raise UsageError(f"《例外说明》表中没有{whose}行 → 请先在《例外说明》写编号（或期间）、规则和说明")
    return [(f"{number} {EXCEPTIONS.title}".strip(), facts)]


PAPER = NumberedPaper(
    EXCEPTIONS,
    "生成情况说明确认单：例外说明各项一张列出，供有权人签字；还没有确认人的也列出。",
    "全部例外说明，一张（不写编号时也是）。",
    lambda _: [_ALL],
    _papers,
)
