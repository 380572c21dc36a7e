"""Everything 纠正预防措施要求单 says of a need, an action, or both (3.3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from capa_xl.model.action import Action
from capa_xl.model.paper_facts import HeldRoles, PastRefusal, RequestFacts
from capa_xl.model.paper_kinds import REQUEST
from capa_xl.model.records import Need
from capa_xl.policy.doubled_rows import doubled_need
from capa_xl.policy.need_answers import answers_by_need, known_needs, needs_named
from capa_xl.policy.papers.paper_inputs import (
    NumberedPaper,
    PaperInputs,
    approving_acts,
    errors_among,
    of_doubled_need,
    with_way,
)
from capa_xl.policy.past_inspections import failed_of_the_note
from capa_xl.policy.past_years import archived_action, archived_numbers, refuse_archived
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.role_words import departments_of_deeds, held_roles
from capa_xl.policy.routes import decision_on
from capa_xl.policy.unknown_numbers import refuse_unknown


def request_facts(given: PaperInputs, number: str) -> RequestFacts | None:
    """One form, a draft while block ① is incomplete; None: neither a need nor an action has that number at T.

    Of a cancelled action too: who raised it and when was to be known before.
    """
    view = given.view
    need = next((row for row in view.needs if row.number == number), None)
    action = _action_of(view, need) if need else view.by_number.get(number)
    if need is None and action is None:
        return None
    if need is None and action is not None:
        named = needs_named(action, known_needs(view))
        need = next((row for row in view.needs if row.number in named), None)
    key = action.number if action else ""
    derived = view.derived.get(key)
    missing = (*_missing(need, action), *_doubled(given, need))
    refusals = given.past_refusals(action) if action else ()
    problems = given.problems_of(frozenset({key, number} - {""}))
    return RequestFacts(
        head=given.head(_number(given, need, action), REQUEST, missing=missing),
        action=with_way(view, action) if action else None,
        derived=derived,
        need=need,
        steps=view.steps.get(key, ()),
        decision=decision_on(view.inputs, action) if action else None,
        roles=_roles(view, action, refusals),
        inspecting_department=_inspecting_department(view, action),
        note_failed_on=failed_of_the_note(action, given.inspection_changes(key), view.on) if action else None,
        past_refusals=refusals,
        evidence_refused_on=given.evidence_refused_on(action) if action else None,
        problems=errors_among(problems) if missing else (),
    )


def _number(given: PaperInputs, need: Need | None, action: Action | None) -> str:
    if need is not None and need.number:
        return need.number
    return given.numbers.of_request("JYF", action.number if action else None)


def _missing(need: Need | None, action: Action | None) -> tuple[str, ...]:
    """What block ① lacks of who, when and what, by column name."""
    department = (need and need.department) or (action and action.raised_department)
    on = (need and need.registered_on) or (action and action.registered_on)
    what = (need and need.description) or (action and action.description)
    names = ("登记部门", "登记日期", "描述") if need is not None else ("提出部门", "登记日期", "问题描述")
    return tuple(name for name, there in zip(names, (department, on, what), strict=True) if not there)


def _doubled(given: PaperInputs, need: Need | None) -> Iterator[str]:
    lines = doubled_need(given.view.register, need.number) if need is not None else ""
    if lines:
        yield f"登记编号（{lines}相同）"


def _roles(view: RegisterView, action: Action | None, refusals: tuple[PastRefusal, ...]) -> HeldRoles:
    if action is None:
        return ()
    conclusion = view.derived[action.number].conclusion
    acts = [*approving_acts(action, view.derived[action.number]), (action.inspector, action.inspected_on)]
    acts.append(
        (conclusion.confirmer, conclusion.confirmed_on) if conclusion else (action.confirmer, action.confirmed_on)
    )
    acts += [(one.approver, one.on) for one in refusals]
    return held_roles(view.roster, acts, departments_of_deeds(action, view.derived[action.number]))


def _inspecting_department(view: RegisterView, action: Action | None) -> str:
    if action is None or not action.inspector:
        return ""
    return view.roster.department_of(action.inspector, action.inspected_on or view.on) or ""


def _action_of(view: RegisterView, need: Need) -> Action | None:
    """The action a need became: the first of 跟踪表编号, else the one that names the need."""
    named = (view.by_number.get(number) for number in need.tracker_numbers)
    found = next((action for action in named if action is not None), None)
    if found is not None:
        return found
    known = known_needs(view)
    return next((action for action in view.actions if need.number in needs_named(action, known)), None)


def _sent(given: PaperInputs) -> list[str]:
    """Requests that went out, less those that an archived year answers: their forms are made there."""
    gone = _archived(given)
    return [number for number in _went_out(given.view) if number not in gone]


def _went_out(view: RegisterView) -> list[str]:
    return [need.number for need in view.needs if need.number and (need.receiving_department or need.reply_due_on)]


def _archived(given: PaperInputs) -> dict[str, str]:
    """登记编号 → archive, of the requests that went out and that no action of the workbook answers."""
    view, answers = given.view, _archived_answers(given.view)
    here = {need.number for need in view.needs if need.number in answers and _action_of(view, need) is not None}
    found = ((number, archived_action(view, answers[number])) for number in _went_out(view) if number in answers)
    return {number: one.year for number, one in found if one is not None and number not in here}


def _archived_answers(view: RegisterView) -> Mapping[str, str]:
    """登记编号 → 编号 of the first archived action that answers it, for the needs that have one."""
    gone = archived_numbers(view)
    answers = answers_by_need(view) if gone else {}
    found = ((need, next((number for number in numbers if number in gone), "")) for need, numbers in answers.items())
    return {need: number for need, number in found if number}


def _papers(given: PaperInputs, number: str) -> list[tuple[str, RequestFacts]]:
    is_open = any(need.number == number and _action_of(given.view, need) is None for need in given.view.needs)
    if is_open and (answer := _archived_answers(given.view).get(number)):
        refuse_archived(given.view, answer)
    facts = request_facts(given, number)
    if facts is None:
        refuse_unknown(given.view, number, place="", cure="请核对登记编号或改进编号")
    return [(f"{number} {REQUEST.title}", facts)]


def _unclear(given: PaperInputs, number: str) -> str:
    """Of an action, where the need that its form would print is one of two."""
    action = given.view.by_number.get(number)
    named = needs_named(action, known_needs(given.view)) if action is not None else ()
    return next((why for one in (number, *named) if (why := of_doubled_need(given, one))), "")


PAPER = NumberedPaper(REQUEST, _sent, _papers, rows_of="问题需求登记", unclear=_unclear, archived=_archived)
