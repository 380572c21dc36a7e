"""The five papers: facts in, .docx bytes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from capa_xl.model.paper_facts import PaperHead, PlanFacts, ReportFacts, RequestFacts, RevisionFacts
from capa_xl.model.review import ReviewFacts
from capa_xl.reports.word import (
    context_plan,
    context_report,
    context_request,
    context_review,
    context_revision,
)
from capa_xl.reports.word.engine import Engine
from capa_xl.reports.word.properties import Properties

TEMPLATE_FILES: Mapping[str, str] = {
    "report": "改进效果确认报告.docx",
    "plan": "运维服务能力改进计划.docx",
    "request": "纠正预防措施要求单.docx",
    "revision": "文件修改意见单.docx",
    "review": "管理评审输入报告.docx",
}
"""Paper key → file name of its template."""


def report_paper(engine: Engine, reports: Sequence[ReportFacts]) -> bytes:
    """改进效果确认报告 of one action, or of several in one file."""
    hashes = tuple((one.action.number, one.content_hash) for one in reports)
    head = reports[0].head
    return engine.render("report", context_report.report_context(reports), _of(head, context_report.TITLE, hashes))


def plan_paper(engine: Engine, facts: PlanFacts) -> bytes:
    """运维服务能力改进计划 of one version."""
    return engine.render("plan", context_plan.plan_context(facts), _of(facts.head, context_plan.TITLE))


def request_paper(engine: Engine, facts: RequestFacts) -> bytes:
    """纠正预防措施要求单 of one need or action."""
    return engine.render("request", context_request.request_context(facts), _of(facts.head, context_request.TITLE))


def revision_paper(engine: Engine, facts: RevisionFacts) -> bytes:
    """文件修改意见单 of one document."""
    return engine.render("revision", context_revision.revision_context(facts), _of(facts.head, context_revision.TITLE))


def review_paper(engine: Engine, facts: ReviewFacts) -> bytes:
    """管理评审输入报告 of one period."""
    return engine.render("review", context_review.review_context(facts), _of(facts.head, context_review.TITLE))


def _of(head: PaperHead, title: str, hashes: tuple[tuple[str, str], ...] = ()) -> Properties:
    return Properties(title, head.number, head.company, head.as_of, hashes)
