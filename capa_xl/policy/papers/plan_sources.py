"""3.1 of the plan: how many opportunities came from each of the five sources of 4.1.1, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from capa_xl.model import words
from capa_xl.model.absent_sheets import has_sheet
from capa_xl.model.action import Action
from capa_xl.model.paper_facts import PlanItem, SourceRow
from capa_xl.model.records import Need, PlanVersion
from capa_xl.policy.need_answers import answers_by_need
from capa_xl.policy.periods import period_of
from capa_xl.policy.register_view import RegisterView

_Row = TypeVar("_Row", Need, Action)
NOTHING = "无"
NOT_RECORDED = "没有登记"
_NEEDS = "问题需求登记"


def plan_sources(view: RegisterView, plan: PlanVersion, items: Iterable[PlanItem]) -> tuple[SourceRow, ...]:
    """One line a source: the needs of the plan's period, and its lines that are their own registration (R10).

    A source without either says 无 only where an analysis of the period says so (R21).
    """
    needs = needs_of(view, plan)
    own = _unregistered(view, [item.action for item in items])
    rows: list[SourceRow] = []
    for name, sources in words.POLICY_SOURCES.items():
        rows.append(_source(name, _of(needs, sources), _of(own, sources), _none_words(view, plan, sources)))
        if words.COMPLAINT in sources:
            only = (words.COMPLAINT,)
            rows.append(_source(words.COMPLAINT, _of(needs, only), _of(own, only), "", of_which=True))
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


def _source(name: str, needs: Sequence[Need], own: Sequence[Action], none: str, *, of_which: bool = False) -> SourceRow:
    def count(word: str) -> int:
        return sum(need.evaluation == word for need in needs)

    return SourceRow(
        source=name,
        collected=len(needs) + len(own),
        adopted=count(words.ADOPTED) + len(own),
        merged=count(words.MERGED),
        postponed=count(words.DEFERRED),
        refused=count(words.NOT_ADOPTED),
        note=_note(needs, own) if needs or own else none,
        of_which=of_which,
    )


def _note(needs: Sequence[Need], own: Sequence[Action]) -> str:
    waiting = sum(need.evaluation is None for need in needs)
    notes = (f"待评估 {waiting} 条" if waiting else "", f"直接列入跟踪表 {len(own)} 条" if own else "")
    return "，".join(filter(None, notes))


def _none_words(view: RegisterView, plan: PlanVersion, sources: Sequence[str]) -> str:
    """无（FX-2026-012） where an analysis of the period says there was nothing; else that nobody wrote anything."""
    table = view.register.analyses
    start, end = plan.period_from or date.min, min(plan.period_to or date.max, view.on)
    for row in table.records if table else ():
        day = row.on or (period.end if (period := period_of(row.period)) else None)
        speaks = day is not None and start <= day <= end and any(source in (row.source or "") for source in sources)
        if speaks and row.conclusion == NOTHING:
            return f"{NOTHING}（{row.number}）" if row.number else NOTHING
    return NOT_RECORDED if has_sheet(view.register, _NEEDS) else f"没有工作表《{_NEEDS}》"
