"""工作交接单: what changes hands → the words of the template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from capa_xl.model.cut_text import cut_list
from capa_xl.model.long_days import with_long_days
from capa_xl.model.names_apart import pieces_of
from capa_xl.model.paper_facts import HandoverFacts, HandoverLine
from capa_xl.model.paper_kinds import HANDOVER
from capa_xl.reports.word.context_words import head_words
from capa_xl.reports.word.examples import example_head
from capa_xl.reports.word.paper_content import PaperContent
from capa_xl.reports.word.table_words import cut

MOST_OF_A_LINE, MOST_NAMES = 60, 3
"""Characters of what a line is about, and names of a cell that stand there all."""
WORDS: Mapping[str, str] = {
    "giver": "移交人", "taker": "接交人", "left": "需要另行决定的事", "lines": "交接的各项", "header": "栏目",
    "about": "内容", "since": "交接日",
}  # fmt: skip


def handover_context(facts: HandoverFacts) -> dict[str, Any]:
    """The context of the sheet."""
    return {
        "head": head_words(facts.head, HANDOVER.title),
        "giver": {"name": facts.giver, "department": facts.giver_department},
        "taker": {"name": facts.taker, "department": facts.taker_department},
        "since": facts.since,
        "count": f"{len(facts.lines)} 处",
        "lines": [_line(facts, index, line) for index, line in enumerate(facts.lines, start=1)],
        "left": [with_long_days(one) for one in facts.left],
    }


def _line(facts: HandoverFacts, index: int, line: HandoverLine) -> dict[str, Any]:
    return {
        "index": index,
        "number": line.number,
        "about": cut(line.about, MOST_OF_A_LINE),
        "header": line.header,
        "status": line.status,
        "due_on": line.due_on,
        "before": _people(line.before, facts.giver),
        "after": _people(line.after, facts.taker),
    }


def _people(cell: str, name: str) -> str:
    """The names of a cell; of many the one that changes, and how many there are."""
    count = sum(bool(one.strip()) for one in pieces_of(cell))
    return cell if count <= MOST_NAMES else cut_list([name], 1, "人", total=count)


def example_handover() -> HandoverFacts:
    """An action, a step of another one, and a role that is left to people."""
    action = HandoverLine(
        "GJ-2026-041", "夜间值班漏接告警", "改进计划跟踪表", "责任人", "实施中", date(2026, 12, 31), "样例甲、样例丙",
        "样例乙、样例丙",
    )  # fmt: skip
    step = HandoverLine("GJ-2026-044", "备件台账盘点", "措施分解", "步骤责任人", "实施中", None, "样例甲", "样例乙")
    head = example_head("JJ-2026-12-01", "JL08")
    left = ("样例甲 在 2026-12-01 仍担任部门经理 → 请在《人员部门》填失效日期（或在职填“否”），接任者另起一行",)
    return HandoverFacts(head, "样例甲", "网络部", "样例乙", "网络部", date(2026, 12, 1), (action, step), left)


CONTENT = PaperContent(HANDOVER, handover_context, example_handover, WORDS)
