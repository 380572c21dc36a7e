"""What the plan notes on paper of its items, as sentences for whoever prints it and doesn't read it first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from capa_xl.model import words
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
    if facts.moved_on:
        number = facts.plan.number
        cure = f"结转到新一年的，两个都写（{number}、新计划的编号），原来的不删"
        yield _of(facts.moved_on, f"批准时在这一份里，后来改了计划编号，不再列出 → {cure}")
    if facts.unnumbered:
        yield _of(
            facts.unnumbered,
            "没有填计划编号，在周期内登记的照样列入 → 属于别的计划的，填那个计划编号就不列在这一份里",
        )
    unfinished = [item.action.number for item in facts.items if item.derived.status == words.TO_PLAN]
    if unfinished:
        yield _of(unfinished, "还没有策划完，空着的格印 — → 照〔自动〕下一步补齐，再出计划")
    unclassed = [item.action.number for item in facts.unclassified]
    if unclassed:
        lacking = f"表中没有“{'”“'.join(facts.untyped)}”一列" if facts.untyped else "措施类型空白或不认识"
        yield _of(unclassed, f"{lacking}，列在 4.3 未分类")


def draft_in_pack(facts: PlanFacts, errors: int = 0) -> str:
    """Why a pack has a draft of the plan.

    Args:
        errors: Open ones of its own rows.
    """
    plan, lacking = facts.plan, f"定稿前还缺 {'、'.join(facts.head.missing)}"
    if not plan.number:
        span = f"{plan.period_from} 至 {plan.period_to}"
        return f"草稿，没有登记周期与本期重叠的计划，周期按 {span}；{lacking}"
    return f"草稿，{lacking}" if facts.head.missing else f"草稿，《计划》里它的各行还有 {errors} 个错误没有处理"


def _of(numbers: Sequence[str], what: str) -> str:
    """GJ-01、GJ-02 没有写…; of more than are named, GJ-01、GJ-02 等 7 项没有写…."""
    return cut_list(numbers, _MOST, "项") + ("" if len(numbers) > _MOST else " ") + what
