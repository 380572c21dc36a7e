"""客户回复函: a complaint and what became of it → the words of the template.

What our records say is theirs of the customer, in the third person: the letter names it as our record and quotes it.
"""

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
    "need": "投诉", "verdict": "核实结果一句话", "grounds": "不成立时的核实记录", "measures": "采取的措施",
    "progress": "完成情况", "contact": "联系人", "contained": "临时处置",
}  # fmt: skip


def reply_context(facts: ReplyFacts) -> dict[str, Any]:
    """The context of the letter."""
    return {
        "head": head_words(facts.head, REPLY.title),
        "need": cells(facts.need),
        "verdict": _verdict(facts.need.is_valid),
        "grounds": facts.need.invalid_reason if facts.need.is_valid is False else None,
        "measures": [_measure(action) for action in facts.actions] if facts.need.is_valid else [],
        "contact": facts.contact,
    }


def _verdict(is_valid: bool | None) -> str:
    if is_valid is None:
        return "核实结果：正在核实。"
    return "核实结果：情况属实，我们为此致歉。" if is_valid else "核实结果：与受理记录所述情况不符。"


def _measure(action: Action) -> dict[str, Any]:
    return {
        "number": action.number,
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
