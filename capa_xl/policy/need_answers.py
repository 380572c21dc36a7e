"""What a registered need is owed: its evaluation and its corrective action (3.2, 4.2.1).

One judgement for the rules (XR01, XR03), the KPIs (纠正措施覆盖率, 需求评估及时率) and the letters (S6).
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from typing import Final

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.records import Need
from capa_xl.policy.numbers_named import numbers_named
from capa_xl.policy.past_years import archived
from capa_xl.policy.register_view import RegisterView

EVALUATION: Final = ("evaluation", "evaluator", "evaluated_on")
"""The verdict on a need, who gave it and when."""
CORRECTION_WITHIN = 10
"""Working days to open a corrective action (R29)."""


def is_accepted_nonconformity(need: Need) -> bool:
    """A complaint or nonconformity found 成立: it must get a corrective action (4.2.1)."""
    return need.is_valid is True and (need.need_class == words.NONCONFORMITY or need.source == words.COMPLAINT)


def answers_by_need(view: RegisterView) -> Mapping[str, dict[str, str | None]]:
    """登记编号 → 编号 of the actions that answer it, by either side's reference (R10), each with its 措施类型.

    None is a type still open: the action may become the correction. Rows set aside count, for they are there, and so do
    those of archived years.
    """
    types: dict[str, str | None] = {row.number: None for row in view.register.quarantined if row.number}
    actions = (*(one.action for one in archived(view)), *view.actions)
    types |= {action.number: action.action_type for action in actions}
    found: dict[str, dict[str, str | None]] = {}
    known = known_needs(view)
    for action in actions:
        for need in needs_named(action, known):
            found.setdefault(need, {})[action.number] = action.action_type
    for one in view.needs:
        for number in one.tracker_numbers:
            if number in types and one.number:
                found.setdefault(one.number, {})[number] = types[number]
    return found


def known_needs(view: RegisterView) -> frozenset[str]:
    """登记编号 of the needs as seen at T."""
    return frozenset(need.number for need in view.needs if need.number)


def needs_named(action: Action, known: Container[str]) -> tuple[str, ...]:
    """The needs that an action names, in 问题需求编号 or 来源单号, one or several in a cell."""
    cells = filter(None, (action.need_number, action.source_number))
    return tuple(need for cell in cells for need in numbers_named(cell, known))


def corrections(view: RegisterView, answers: Mapping[str, dict[str, str | None]], need: Need) -> tuple[str, ...]:
    """The actions that count as a need's corrective action; any, where the table has no 措施类型."""
    found = answers.get(need.number or "", {})
    typed = "action_type" in view.register.tracker.columns
    return tuple(number for number, kind in found.items() if not typed or kind in (words.CORRECTIVE, None))


def correction_limit(view: RegisterView, need: Need) -> date | None:
    """登记 + 10 working days; None where nobody knows when it was registered."""
    return view.calendar.add(need.registered_on, CORRECTION_WITHIN) if need.registered_on else None


def evaluation_blanks(need: Need) -> tuple[str, ...]:
    """What is blank of the verdict on a need, who gave it and when."""
    return tuple(key for key in EVALUATION if getattr(need, key) is None)


def is_evaluated(need: Need) -> bool:
    """评估结论 stands; a nonconformity is judged by 是否成立 instead, and what is 不成立 needs no more."""
    by_validity = need.is_valid is False or (need.need_class == words.NONCONFORMITY and need.is_valid is not None)
    return need.evaluation is not None or by_validity


def evaluation_limit(view: RegisterView, need: Need) -> date | None:
    """登记 + 限期工作日_评估; None where nobody knows when it was registered."""
    return view.calendar.add(need.registered_on, view.procedure.limit_evaluation) if need.registered_on else None


def evaluation_day(need: Need) -> date | None:
    """The day it was evaluated; None while it was not, and where nobody wrote the day."""
    return need.evaluated_on if is_evaluated(need) else None


def is_evaluated_too_late(view: RegisterView, need: Need) -> bool:
    """Evaluated after the limit, or not yet although it has passed; an evaluation without its day isn't judged."""
    limit = evaluation_limit(view, need)
    if limit is None or (is_evaluated(need) and need.evaluated_on is None):
        return False
    return (evaluation_day(need) or view.on) > limit
