"""request: 纠正预防措施要求单 of needs or actions (3.3.3)."""

from __future__ import annotations

from capa_xl.app.shared.numbered_papers import NumberedPaper
from capa_xl.app.shared.paper_source import PaperSource
from capa_xl.errors import UsageError
from capa_xl.model.paper_facts import RequestFacts
from capa_xl.model.paper_kinds import REQUEST
from capa_xl.policy.papers.request_facts import request_facts


def _sent(source: PaperSource) -> list[str]:
    needs = source.judged.view.needs
    return [need.number for need in needs if need.number and (need.receiving_department or need.reply_due_on)]


def _papers(source: PaperSource, number: str) -> tuple[tuple[str, RequestFacts]]:
    facts = request_facts(source.inputs, number)
    if facts is None:
        on = source.judged.view.on
        raise UsageError(f"找不到编号「{number}」（按 {on} 计算）→ 请核对登记编号或改进编号")
    return ((f"{number} {REQUEST.title}", facts),)


PAPER = NumberedPaper(
    REQUEST,
    "生成纠正预防措施要求单（3.3.3），一页一单；还没登记措施的需求也可打印。",
    "全部已发给部门的需求（不写编号时也是）。",
    _sent,
    _papers,
)
