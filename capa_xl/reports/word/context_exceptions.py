"""情况说明确认单: the entries of 例外说明 → the words of the template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from capa_xl.model.paper_facts import ExceptionFacts, ExceptionLine
from capa_xl.model.paper_kinds import EXCEPTIONS
from capa_xl.reports.word.context_words import head_words
from capa_xl.reports.word.examples import example_exceptions
from capa_xl.reports.word.paper_content import PaperContent
from capa_xl.reports.word.table_words import MOST_OF_A_CODE, cut, in_form

WORDS: Mapping[str, str] = {
    "entries": "例外说明各项", "covers": "编号或期间", "problems": "校验指出的问题", "worth": "确认情况",
}  # fmt: skip


def exceptions_context(facts: ExceptionFacts) -> dict[str, Any]:
    """The context of the sheet."""
    return {
        "head": head_words(facts.head, EXCEPTIONS.title),
        "entries": [in_form(_entry(index, line)) for index, line in enumerate(facts.lines, start=1)],
    }


def _entry(index: int, line: ExceptionLine) -> dict[str, Any]:
    return {
        "index": index,
        "covers": line.covers,
        "rule": cut(line.rule, MOST_OF_A_CODE),
        "note": line.note,
        "problems": "；".join(line.problems),
        "signed_by": f"{line.signed_by}（{line.role}）" if line.role else line.signed_by,
        "on": line.on,
        "worth": line.worth,
    }


CONTENT = PaperContent(EXCEPTIONS, exceptions_context, example_exceptions, WORDS)
