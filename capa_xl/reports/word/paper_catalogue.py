"""What every paper of the catalogue says: facts in, .docx bytes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from capa_xl.model.paper_facts import PaperHead, ReportFacts
from capa_xl.model.paper_kinds import A3, EXCEPTIONS, GROUP, PLAN, REPORT, REQUEST, REVIEW, REVISION, PaperKind
from capa_xl.reports.word import (
    context_a3,
    context_exceptions,
    context_group,
    context_plan,
    context_report,
    context_request,
    context_review,
    context_revision,
    examples,
    examples_group,
    examples_plan,
    examples_review,
)
from capa_xl.reports.word.engine import Engine
from capa_xl.reports.word.properties import Properties


@dataclass(frozen=True, slots=True)
class PaperContent:
    """What one paper says.

    Attributes:
        context: Its facts → the words of its template.
        example: Facts with something in every list: what `templates` checks and documents names by.
        words: Chinese words for names of its context that no other paper has (`capa_xl.reports.word.field_words`).
    """

    kind: PaperKind
    context: Callable[[Any], dict[str, Any]]
    example: Callable[[], Any]
    words: Mapping[str, str] = field(default_factory=dict)

    def example_context(self) -> dict[str, Any]:
        """A fully filled context."""
        return self.context(self.example())


CONTENTS: Mapping[str, PaperContent] = {
    content.kind.key: content
    for content in (
        PaperContent(REPORT, context_report.one_report_context, examples.example_report),
        PaperContent(PLAN, context_plan.plan_context, examples_plan.example_plan),
        PaperContent(REQUEST, context_request.request_context, examples.example_request),
        PaperContent(REVISION, context_revision.revision_context, examples.example_revision_facts),
        PaperContent(A3, context_a3.a3_context, examples.example_report, context_a3.WORDS),
        PaperContent(
            EXCEPTIONS,
            context_exceptions.exceptions_context,
            examples.example_exceptions,
            context_exceptions.WORDS,
        ),
        PaperContent(REVIEW, context_review.review_context, examples_review.example_review),
        PaperContent(GROUP, context_group.group_context, examples_group.example_group, context_group.WORDS),
    )
}
"""Paper key → what it says; one entry per kind of `capa_xl.model.paper_kinds`."""


def paper_blob(engine: Engine, kind: PaperKind, facts: Any) -> bytes:
    """One paper of this kind, from its facts (which have a `head`).

    Raises:
        BadTemplate: Its template names something that the paper hasn't.
    """
    hashes = _hashes((facts,)) if kind is REPORT else ()
    return engine.render(kind.key, CONTENTS[kind.key].context(facts), _properties(kind, facts.head, hashes))


def reports_blob(engine: Engine, reports: Sequence[ReportFacts]) -> bytes:
    """改进效果确认报告 of several actions in one file, each beginning a page."""
    properties = _properties(REPORT, reports[0].head, _hashes(reports))
    return engine.render(REPORT.key, context_report.report_context(reports), properties)


def _hashes(reports: Sequence[ReportFacts]) -> tuple[tuple[str, str], ...]:
    return tuple((one.action.number, one.content_hash) for one in reports)


def _properties(kind: PaperKind, head: PaperHead, hashes: tuple[tuple[str, str], ...]) -> Properties:
    return Properties(kind.title, head.number, head.company, head.as_of, hashes)
