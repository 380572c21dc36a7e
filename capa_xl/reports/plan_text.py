"""What the plan notes on paper of its items, as sentences for whoever prints it and doesn't read it first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.cut_text import cut_list
from capa_xl.model.paper_facts import PlanFacts

_MOST = 5


def plan_remarks(facts: PlanFacts) -> Iterator[str]:
    """What an approval doesn't cover, or nobody could class: where a reader of the paper finds it, and the cure."""
    for one in facts.refused:
        on = f"（{one.approved_on}）" if one.approved_on else ""
        asked = to_paste("plan", THIS_WORKBOOK, "--version", one.version or "", "-o", "改进计划.docx")
        yield f"版本 {one.version} 没有批准{on}，仍以版本 {facts.plan.version} 为准；要看没有批准的：{asked}"
    moved = [item.action.number for item in facts.items if item.is_day_unapproved]
    if moved:
        yield _of(moved, "的完成期限改了、没有批准，四、七里注明 → 批准延期并登记《延期记录》，或改回原期限")
    later = [number for change in facts.changes if change.is_to_come for number in change.added]
    if later:
        yield _of(later, "在批准以后登记，不在这一版里，变更履历写作下一版 → 编下一版时列入")
    loose = next((one.unnumbered for one in reversed(facts.changes) if not one.is_to_come), ())
    if loose:
        yield _of(loose, "没有写计划编号，按登记日期列入 → 在《改进计划跟踪表》填计划编号")
    unclassed = [item.action.number for item in facts.unclassified]
    if unclassed:
        lacking = f"表中没有“{'”“'.join(facts.untyped)}”一列" if facts.untyped else "措施类型空白或不认识"
        yield _of(unclassed, f"{lacking}，列在 4.3 未分类")


def _of(numbers: Sequence[str], what: str) -> str:
    """GJ-01、GJ-02 没有写…; of more than are named, GJ-01、GJ-02 等 7 项没有写…."""
    return cut_list(numbers, _MOST, "项") + ("" if len(numbers) > _MOST else " ") + what
