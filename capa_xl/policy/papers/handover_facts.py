"""What 工作交接单 says: what changes hands, cell by cell, and what people have still to decide."""

from __future__ import annotations

import re

from capa_xl.model.derived import Derived
from capa_xl.model.paper_facts import HandoverFacts, HandoverLine
from capa_xl.model.paper_kinds import HANDOVER
from capa_xl.model.records import Step
from capa_xl.model.replacements import NameChange, Replacements
from capa_xl.model.todo import STEP_LATE
from capa_xl.policy.handing_over import Handover
from capa_xl.policy.papers.paper_inputs import PaperInputs

HANDOVER_PREFIX = "JJ"
"""The sheet is numbered by the day of the handover: JJ-2026-11-20."""


def handover_facts(given: PaperInputs, handover: Handover, found: Replacements) -> HandoverFacts:
    """The sheet of one handover, as the cells stood before it.

    Args:
        found: What changes hands.
    """
    roster, since = given.view.roster, handover.since
    return HandoverFacts(
        head=given.head(f"{HANDOVER_PREFIX}-{since}", HANDOVER),
        giver=handover.giver,
        giver_department=roster.department_of(handover.giver, since) or "",
        taker=handover.taker,
        taker_department=roster.department_of(handover.taker, since) or "",
        since=since,
        lines=tuple(_line(given, one) for one in found.changes),
        left=tuple(f"{one.number}：{one.reason}" if one.number else one.reason for one in found.left),
    )


def _line(given: PaperInputs, one: NameChange) -> HandoverLine:
    action, derived = given.view.by_number.get(one.number), given.view.derived.get(one.number)
    step = _step(given, one)
    return HandoverLine(
        number=one.number,
        about=one.about or (action.description or action.measure or "" if action else ""),
        sheet=one.sheet,
        header=one.header,
        status="，".join(filter(None, (derived.status, _late(given, derived, step)))) if derived else "",
        due_on=step.due_on if step else action.due_on if action else None,
        before=str(one.before or ""),
        after=one.after,
    )


def _late(given: PaperInputs, derived: Derived, step: Step | None) -> str:
    """How late it is that is taken over: a step by its own day, else the action; "" where it isn't."""
    if step is None:
        return derived.overdue_briefly if derived.is_late else ""
    days = (given.view.on - step.due_on).days if step.due_on and step.done_on is None else 0
    return f"{STEP_LATE} {days} 天" if days > 0 else ""


def _step(given: PaperInputs, one: NameChange) -> Step | None:
    """The step that the cell names somebody for; None for other cells."""
    table, row = given.view.register.steps, int(re.sub(r"\D", "", one.cell))
    if table is None or table.pages or one.sheet != table.sheet:
        return None
    return next((step for step in given.view.steps.get(one.number, ()) if step.row == row), None)
