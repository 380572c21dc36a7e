"""request: 纠正预防措施要求单 of needs or actions (3.3.3)."""

from __future__ import annotations

from capa_xl.app.shared.numbered_papers import NumberedPaper
from capa_xl.app.shared.paper_source import (
    PaperSource,
    derived_number,
    errors_among,
    head_of,
    problems_of,
    with_way,
)
from capa_xl.errors import UsageError
from capa_xl.model.action import Action
from capa_xl.model.paper_facts import RequestFacts
from capa_xl.model.paper_kinds import REQUEST
from capa_xl.model.records import Need
from capa_xl.policy.routes import decision_on


def request_facts(source: PaperSource, number: str) -> RequestFacts:
    """The facts of one form; a draft while block ① is incomplete.

    Raises:
        UsageError: Neither a need nor an action has that number at T.
    """
    view = source.judged.view
    need = next((row for row in view.needs if row.number == number), None)
    action = _action_of(source, need) if need else view.by_number.get(number)
    if need is None and action is None:
        raise UsageError(f"找不到编号「{number}」（按 {view.on} 计算）→ 请核对登记编号或改进编号")
    if need is None and action is not None:
        need = next((row for row in view.needs if row.number == action.need_number), None)
    key = action.number if action else ""
    draft = not _is_stated(need, action)
    problems = problems_of(source, frozenset({key, number} - {""}))
    return RequestFacts(
        head=head_of(source, _number(need, action), REQUEST, draft=draft),
        action=with_way(view, action) if action else None,
        derived=view.derived.get(key),
        need=need,
        steps=view.steps.get(key, ()),
        decision=decision_on(view.inputs, action) if action else None,
        problems=errors_among(problems) if draft else (),
    )


def _number(need: Need | None, action: Action | None) -> str:
    if need is not None and need.number:
        return need.number
    return derived_number("JYF", action.number if action else None)


def _is_stated(need: Need | None, action: Action | None) -> bool:
    """Block ① says who, when and what."""
    department = (need and need.department) or (action and (action.raised_department or action.responsible_department))
    on = (need and need.registered_on) or (action and action.registered_on)
    what = (need and need.description) or (action and action.description)
    return bool(department and on and what)


def _action_of(source: PaperSource, need: Need) -> Action | None:
    """The action a need became: the first of 跟踪表编号, else the one that names the need."""
    view = source.judged.view
    named = (view.by_number.get(number) for number in need.tracker_numbers)
    found = next((action for action in named if action is not None), None)
    return found or next((a for a in view.actions if a.need_number == need.number), None)


def _sent(source: PaperSource) -> list[str]:
    needs = source.judged.view.needs
    return [need.number for need in needs if need.number and (need.receiving_department or need.reply_due_on)]


def _papers(source: PaperSource, number: str) -> tuple[tuple[str, RequestFacts]]:
    return ((f"{number} {REQUEST.title}", request_facts(source, number)),)


PAPER = NumberedPaper(
    REQUEST,
    "生成纠正预防措施要求单（3.3.3），一页一单；还没登记措施的需求也可打印。",
    "全部已发给部门的需求（不写编号时也是）。",
    _sent,
    _papers,
)
