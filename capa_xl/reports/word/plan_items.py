"""One line of 四 of the plan: an action with its people, its days and its approval, short enough for three lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from capa_xl.model.cut_text import cut_list
from capa_xl.model.paper_facts import PlanFacts, PlanItem
from capa_xl.reports.word.context_words import (
    MOST_NAMES,
    listed,
    role_held,
    with_role,
)
from capa_xl.reports.word.table_words import cut

MOST_OF_A_PROBLEM, MOST_OF_A_MEASURE, MOST_OF_AN_AIM = 44, 44, 22
MOST_OF_A_SCHEME = 120
"""Two lines over the whole width of the page."""
MOST_OF_A_NARROW_CELL = 24
"""The list of 四 is an overview of rows of three lines: longer texts end in …, and stand in 五 or in the tracker."""
_MOST_OF_AN_INDICATOR = 12
"""Characters of an indicator where it says how an effect is confirmed: with what follows two lines."""


def item_rows(
    facts: PlanFacts, items: Sequence[PlanItem], first: int, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The lines of one block, numbered from `first`.

    Args:
        names: Every department with its name for narrow columns.
    """
    return [_item(facts, item, index, names) for index, item in enumerate(items, start=first)]


def _item(facts: PlanFacts, item: PlanItem, index: int, names: Mapping[str, str]) -> dict[str, Any]:
    action, derived = item.action, item.derived
    people, department = _first_of(action.owners), names[action.responsible_department or ""]
    owning, responsible = names[derived.owning_department or ""], " / ".join(filter(None, (department, people)))
    confirm = f"{item.confirm_on:%Y-%m}" if item.confirm_on else ""
    way = f"{cut(action.indicator, _MOST_OF_AN_INDICATOR)}达标" if action.indicator else "检查记录"
    return {
        "index": index,
        "number": action.number,
        "priority": derived.priority,
        "action_type": action.action_type,
        "process": action.process,
        "problem": cut(action.current_state or action.description or "", MOST_OF_A_PROBLEM),
        "goal": cut(action.goal or "", MOST_OF_AN_AIM),
        "measure": cut(action.measure or "", MOST_OF_A_MEASURE),
        "scheme": scheme_of(item),
        "owning_department": owning,
        "responsible": responsible,
        "kinds": "\n".join(
            filter(None, (" ".join(filter(None, (derived.priority, action.action_type))), action.process))
        ),
        "departments": "\n".join(filter(None, (*dict.fromkeys((owning, department)), people))),
        "due_on": action.due_on,
        "resources": cut(action.resources or "", MOST_OF_A_NARROW_CELL),
        "route": "\n".join(filter(None, (derived.route, _own_approval(facts, item), _unapproved_day(item)))),
        "confirmation": f"{way}\n{confirm}" if confirm else way,
    }


def scheme_of(item: PlanItem) -> str:
    """The steps, else 实施方案: people write the one or the other (PL03)."""
    steps = "；".join(step.content for step in item.steps if step.content)
    return cut(steps or item.action.scheme or "", MOST_OF_A_SCHEME)


def _first_of(owners: Sequence[str]) -> str:
    """The owners; of more than a few the first, who answers for the action, and how many they are."""
    return listed(owners) if len(owners) <= MOST_NAMES else cut_list(owners, 1, "人")


def _own_approval(facts: PlanFacts, item: PlanItem) -> str:
    """The approval a line has beside that of the version printed, which the version's own signature tells."""
    approval, on = item.derived.approval, item.derived.approved_on
    if approval is None or on is None or (approval.plan is not None and approval.plan.row == facts.plan.row):
        return ""
    if not approval.is_own:
        return f"{cut(approval.source, MOST_OF_A_NARROW_CELL)} {on} 批准"
    if not item.is_approved:
        return ""
    evidence = (
        f"，凭证 {cut(item.action.approval_evidence, MOST_OF_A_NARROW_CELL)}" if item.action.approval_evidence else ""
    )
    return f"{_approver(facts, item, on)}\n{on} 批准{evidence}"


def _unapproved_day(item: PlanItem) -> str:
    """That nobody approved the 完成期限 printed beside an approval of another one."""
    return f"期限改动未批准（原 {item.derived.original_due_on}）" if item.is_day_unapproved else ""


def _approver(facts: PlanFacts, item: PlanItem, on: date) -> str:
    """Who approved, with the roles held then; of several the one that had to approve stands alone."""
    person = item.action.approver or ""
    if item.derived.route in role_held(facts.roles, person, on).split("、"):
        return f"{person}（{item.derived.route}）"
    return str(with_role(facts.roles, person, on))
