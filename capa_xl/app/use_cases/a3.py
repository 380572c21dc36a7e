"""a3: a major action on one A3 page."""

from __future__ import annotations

from dataclasses import replace

from capa_xl.app.shared.numbered_papers import NumberedPaper
from capa_xl.app.shared.paper_source import PaperSource
from capa_xl.errors import UsageError
from capa_xl.model import words
from capa_xl.model.paper_facts import ReportFacts
from capa_xl.model.paper_kinds import A3
from capa_xl.policy.papers.report_facts import report_facts


def _major(source: PaperSource) -> list[str]:
    actions = source.judged.view.actions
    return [action.number for action in actions if action.severity == words.MAJOR and not action.cancelled_on]


def _papers(source: PaperSource, number: str) -> list[tuple[str, ReportFacts]]:
    """The action as its report has it, under a head of this paper's own."""
    view = source.judged.view
    if number not in view.by_number:
        raise UsageError(f"跟踪表中找不到编号「{number}」（按 {view.on} 计算）→ 请核对编号")
    facts = report_facts(source.inputs, number)
    head = source.inputs.head(view.by_number[number].report_number, A3, draft=not facts.is_final)
    return [(f"{number} {A3.title}", replace(facts, head=head))]


PAPER = NumberedPaper(
    A3,
    "生成重大改进一页报告（A3 横向）：左为背景、现状、目标、原因，右为措施、时间轴、效果、巩固。",
    "全部重大措施（不写编号时也是）。",
    _major,
    _papers,
)
