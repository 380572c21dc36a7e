"""3.1 of the plan: how many opportunities came from each of the five sources of 4.1.1, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from capa_xl.model import words
from capa_xl.model.absent_sheets import has_sheet
from capa_xl.model.action import Action
from capa_xl.model.paper_facts import SourceRow
from capa_xl.model.records import Need, PlanVersion
from capa_xl.policy.need_answers import answers_by_need
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.sources_analysed import analysed_between, sources_analysed

_Row = TypeVar("_Row", Need, Action)
NOTHING = "无"
NOT_RECORDED = "没有登记"
ANALYSED = "有分析记录，没有登记需求、措施"
NOT_COUNTED = "周期内登记的不计入本版"
_NEEDS = "问题需求登记"


def plan_sources(view: RegisterView, plan: PlanVersion, actions: Sequence[Action]) -> tuple[SourceRow, ...]:
    """One line a source: the needs of the plan's period, and its actions that are their own registration (R10).

    A source without either says 无 only where an analysis of the period says so (R21).

    Args:
        actions: Those of the version, cancelled ones among them: they were collected too.
    """
    needs, own = needs_of(view, plan), _unregistered(view, actions)
    rows: list[SourceRow] = []
    for name, sources in words.POLICY_SOURCES.items():
        rows.append(_source(view, name, _of(needs, sources), _of(own, sources), _none_words(view, plan, name)))
        if words.COMPLAINT in sources:
            only = (words.COMPLAINT,)
            rows.append(_source(view, words.COMPLAINT, _of(needs, only), _of(own, only), "", of_which=True))
    return tuple(rows)


def needs_of(view: RegisterView, plan: PlanVersion) -> list[Need]:
    """The needs registered in the plan's period."""
    start, end = plan.period_from or date.min, plan.period_to or date.max
    return [need for need in view.needs if need.registered_on and start <= need.registered_on <= end]


def _unregistered(view: RegisterView, actions: Sequence[Action]) -> list[Action]:
    """The actions that answer no registered need."""
    answers = answers_by_need(view)
    answering = {number for need in view.needs for number in answers.get(need.number or "", ())}
    return [action for action in actions if action.number not in answering]


def _of(rows: Sequence[_Row], sources: Sequence[str]) -> list[_Row]:
    return [row for row in rows if row.source in sources]


def _source(
    view: RegisterView, name: str, needs: Sequence[Need], own: Sequence[Action], none: str, *, of_which: bool = False
) -> SourceRow:
    def count(word: str) -> int:
        return sum(need.evaluation == word for need in needs)

    return SourceRow(
        source=name,
        collected=len(needs) + len(own),
        adopted=count(words.ADOPTED) + len(own),
        merged=count(words.MERGED),
        postponed=count(words.DEFERRED),
        refused=count(words.NOT_ADOPTED),
        note=_note(view, needs, own) if needs or own else none,
        of_which=of_which,
    )


def _note(view: RegisterView, needs: Sequence[Need], own: Sequence[Action]) -> str:
    waiting = sum(need.evaluation is None for need in needs)
    cancelled = sum(view.derived[action.number].status == words.CANCELLED for action in own)
    notes = (
        f"待评估 {waiting} 条" if waiting else "",
        f"直接列入跟踪表 {len(own)} 条" if own else "",
        f"已取消 {cancelled} 条" if cancelled else "",
    )
    return "，".join(filter(None, notes))


def _none_words(view: RegisterView, plan: PlanVersion, name: str) -> str:
    """What is said of a source that nothing is counted of: 无（FX-2026-012） where an analysis of the period says so.

    That nobody wrote anything is said only where XR07 would say it too.
    """
    table, sources = view.register.analyses, words.POLICY_SOURCES[name]
    start, end = plan.period_from or date.min, min(plan.period_to or date.max, view.on)
    analyses = list(analysed_between(table.records if table else (), start, end))
    for row in analyses:
        if row.conclusion == NOTHING and any(source in (row.source or "") for source in sources):
            return f"{NOTHING}（{row.number}）" if row.number else NOTHING
    if any(a.source in sources and a.registered_on and start <= a.registered_on <= end for a in view.actions):
        return NOT_COUNTED
    if any(name in sources_analysed(row) for row in analyses):
        return ANALYSED
    return NOT_RECORDED if has_sheet(view.register, _NEEDS) else f"没有工作表《{_NEEDS}》"
