"""客户回复函: a complaint and what became of it → the words of the template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from capa_xl.model.action import Action
from capa_xl.model.paper_facts import ReplyFacts
from capa_xl.model.paper_kinds import REPLY
from capa_xl.reports.word.context_words import cells, head_words
from capa_xl.reports.word.examples import example_action, example_head, example_need
from capa_xl.reports.word.paper_content import PaperContent
from capa_xl.reports.word.printable import PrintedDay

WORDS: Mapping[str, str] = {
    "need": "投诉", "verdict": "核实结果一句话", "measures": "采取的措施", "progress": "完成情况", "contact": "联系人",
    "contained": "临时处置",
}  # fmt: skip


def reply_context(facts: ReplyFacts) -> dict[str, Any]:
    """The context of the letter."""
    return {
        "head": head_words(facts.head, REPLY.title),
        "need": cells(facts.need),
        "verdict": _verdict(facts),
        "measures": [_measure(action) for action in facts.actions] if facts.need.is_valid else [],
        "contact": facts.contact,
    }


def _verdict(facts: ReplyFacts) -> str:
    if facts.need.is_valid is None:
        return "正在核实。"
    if facts.need.is_valid:
        return "经核实，您反映的情况属实，我们为此致歉。"
    return f"经核实，情况与所反映的不符：{facts.need.invalid_reason or ''}"


def _measure(action: Action) -> dict[str, Any]:
    return {
        "contained": action.containment,
        "cause": action.cause,
        "measure": action.measure,
        "progress": _progress(action),
    }


def _progress(action: Action) -> str:
    """Done, or planned, in the days of a sentence."""
    if action.completed_on:
        return f"已于{PrintedDay.of(action.completed_on)}完成。"
    return f"计划于{PrintedDay.of(action.due_on)}以前完成。" if action.due_on else ""


def example_reply() -> ReplyFacts:
    """A complaint found 成立, with its measure under way."""
    return ReplyFacts(example_head("XQ-2026-021", "JL10"), example_need(), (example_action(),), "样例质 010-0000")


CONTENT = PaperContent(REPLY, reply_context, example_reply, WORDS)
