"""What every paper of the catalogue says: facts in, .docx bytes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from capa_xl.model.paper_facts import PaperHead, ReportFacts
from capa_xl.model.paper_kinds import PAPER_KINDS, REPORT, PaperKind
from capa_xl.reports.word import context_report
from capa_xl.reports.word.engine import Engine
from capa_xl.reports.word.older_templates import as_it_knows, older_words
from capa_xl.reports.word.paper_content import PaperContent
from capa_xl.reports.word.properties import Properties

CONTENTS: Mapping[str, PaperContent] = {
    kind.key: import_module(f"capa_xl.reports.word.context_{kind.key}").CONTENT for kind in PAPER_KINDS
}
"""Paper key → what it says: `CONTENT` of module `context_<key>` beside this one."""


def paper_blob(engine: Engine, kind: PaperKind, facts: Any) -> bytes:
    """One paper of this kind, from its facts (which have a `head`).

    Raises:
        BadTemplate: Its template names something that the paper hasn't.
    """
    hashes = _hashes((facts,)) if kind is REPORT else ()
    content = CONTENTS[kind.key]
    context = as_it_knows(content, engine.templates[kind.key], content.context(facts))
    return engine.render(kind.key, context, _properties(kind, facts.head, hashes))


def older_template(engine: Engine, kind: PaperKind) -> str:
    """What a template made before some fields of the paper prints otherwise, and the cure; "" for one that has all."""
    return older_words(CONTENTS[kind.key], engine.templates[kind.key])


def reports_blob(engine: Engine, reports: Sequence[ReportFacts]) -> bytes:
    """改进效果确认报告 of several actions in one file, each beginning a page."""
    properties = _properties(REPORT, reports[0].head, _hashes(reports))
    return engine.render(REPORT.key, context_report.report_context(reports), properties)


def _hashes(reports: Sequence[ReportFacts]) -> tuple[tuple[str, str], ...]:
    return tuple((one.action.number, one.content_hash) for one in reports)


def _properties(kind: PaperKind, head: PaperHead, hashes: tuple[tuple[str, str], ...]) -> Properties:
    return Properties(kind.title, head.number, head.company, head.as_of, hashes)
