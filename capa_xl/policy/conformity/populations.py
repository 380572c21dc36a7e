"""Populations: whom each requirement speaks of, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.records import Need, Progress
from capa_xl.policy import routes
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.conformity.subjects import Subject, actions, rows_of, written_rows
from capa_xl.policy.need_answers import is_accepted_nonconformity
from capa_xl.policy.overdue import archiving_limit
from capa_xl.policy.planning_set import concerned_departments
from capa_xl.policy.rules.analysis import needs_resources
from capa_xl.policy.rules.doing import is_for_general_manager
from capa_xl.policy.rules.rule_inputs import RuleInputs, has_begun, is_weighty
from capa_xl.policy.rules.statistics import is_signal
from capa_xl.policy.rules.weights import owes_a_class, owes_a_plan

# --- actions ------------------------------------------------------------------------------------------------


def every_row(given: RuleInputs) -> Iterator[Subject]:
    """Every row of the tracker that counts."""
    return written_rows(given, lambda *_: True)


def with_measure(given: RuleInputs) -> Iterator[Subject]:
    """Every row with 措施内容."""
    return written_rows(given, lambda action, _: bool(action.measure))


def planned_or_due(given: RuleInputs) -> Iterator[Subject]:
    """Every row with 措施内容 or past its limit for planning it."""
    return written_rows(given, owes_a_plan)


def classed(given: RuleInputs) -> Iterator[Subject]:
    """Every row that is to be 纠正, 预防 or 改进 by now."""
    return written_rows(given, owes_a_class)


def corrective(given: RuleInputs) -> Iterator[Subject]:
    """Every 纠正 with a measure or past its limit for planning one."""
    return _owing_a_plan(given, words.CORRECTIVE)


def preventive(given: RuleInputs) -> Iterator[Subject]:
    """Every 预防 with a measure or past its limit for planning one."""
    return _owing_a_plan(given, words.PREVENTIVE)


def _owing_a_plan(given: RuleInputs, kind: str) -> Iterator[Subject]:
    return written_rows(given, lambda action, derived: action.action_type == kind and owes_a_plan(action, derived))


def weighty_corrective(given: RuleInputs) -> Iterator[Subject]:
    """重大 or repeated 纠正 of these."""
    return (subject for subject in corrective(given) if is_weighty(subject.record))


def general_corrective(given: RuleInputs) -> Iterator[Subject]:
    """一般, not repeated 纠正 that was begun or approved."""
    return (
        subject
        for subject in corrective(given)
        if not is_weighty(subject.record)
        and subject.record.severity == words.GENERAL
        and _is_under_way(given, subject.record)
    )


def preventive_under_way(given: RuleInputs) -> Iterator[Subject]:
    """预防 that was begun or approved."""
    return actions(given, lambda a, _: a.action_type == words.PREVENTIVE and _is_under_way(given, a))


def major_preventive(given: RuleInputs) -> Iterator[Subject]:
    """重大 预防."""
    return actions(given, lambda a, _: a.action_type == words.PREVENTIVE and a.severity == words.MAJOR)


def preventive_across_departments(given: RuleInputs) -> Iterator[Subject]:
    """预防 that concerns two departments or more."""
    return actions(given, lambda a, _: a.action_type == words.PREVENTIVE and len(concerned_departments(a)) > 1)


def begun(given: RuleInputs) -> Iterator[Subject]:
    """Every action whose work has begun."""
    return actions(given, lambda action, _: has_begun(given, action))


def signed(given: RuleInputs) -> Iterator[Subject]:
    """Every action with a part of a signature."""
    return actions(given, lambda action, _: bool(action.approver or action.approved_on or action.approval))


def named_reviews(given: RuleInputs) -> Iterator[Subject]:
    """Actions that name a review, and the decisions themselves."""
    yield from actions(given, lambda action, _: bool(action.review_number))
    yield from rows_of(given, "decisions")


def with_resources(given: RuleInputs) -> Iterator[Subject]:
    """Begun actions that need resources."""
    return actions(given, lambda action, _: has_begun(given, action) and needs_resources(action))


def inspected(given: RuleInputs) -> Iterator[Subject]:
    """Every action whose inspection has begun or is overdue, or whose confirmation counts."""

    def asked(action: Action, derived: Derived) -> bool:
        begun = bool(action.inspected_on or action.inspection)
        return begun or derived.conclusion is not None or "Y5" in derived.overdue

    return actions(given, asked)


def confirming(given: RuleInputs) -> Iterator[Subject]:
    """Every action whose confirmation has begun or is overdue."""

    def asked(action: Action, derived: Derived) -> bool:
        begun = bool(action.confirmed_on or action.effect)
        return begun or derived.conclusion is not None or "Y6" in derived.overdue

    return actions(given, asked)


def confirmed(given: RuleInputs) -> Iterator[Subject]:
    """Every action with a conclusion."""
    return actions(given, lambda _, derived: derived.conclusion is not None)


def confirmed_against_target(given: RuleInputs) -> Iterator[Subject]:
    """Every concluded action with 目标值, and every 重大 one."""
    return (s for s in confirmed(given) if s.record.target is not None or s.record.severity == words.MAJOR)


def effective(given: RuleInputs) -> Iterator[Subject]:
    """Every action concluded as 有效."""
    return actions(given, lambda _, derived: derived.conclusion is not None and derived.conclusion.is_effective)


def not_effective_or_back(given: RuleInputs) -> Iterator[Subject]:
    """Every concluded action: 无效 and 部分有效 want a follow-up, 有效 must not come back unregarded."""
    return confirmed(given)


def to_be_revised(given: RuleInputs) -> Iterator[Subject]:
    """Every concluded action that answers 是 to 是否涉及文件修订."""
    return (subject for subject in confirmed(given) if subject.record.needs_revision)


def report_due(given: RuleInputs) -> Iterator[Subject]:
    """Actions concluded as 有效 that are archived or whose 报告应交日 has passed."""
    for subject in effective(given):
        limit = archiving_limit(action_state_of(given.view.inputs, subject.record))
        if subject.record.archived_on is not None or (limit is not None and given.on > limit):
            yield subject


def archived(given: RuleInputs) -> Iterator[Subject]:
    """Every archived action."""
    return actions(given, lambda action, _: action.archived_on is not None)


def moved(given: RuleInputs) -> Iterator[Subject]:
    """Actions whose due date moved or was asked to."""
    extended = given.view.extensions
    return actions(given, lambda a, d: a.number in extended or (a.due_on is not None and a.due_on != d.original_due_on))


def open_rows(given: RuleInputs) -> Iterator[Subject]:
    """Actions that still wait for somebody."""
    return actions(given, lambda _, derived: not derived.is_ended)


def on_record(given: RuleInputs) -> Iterator[Subject]:
    """Numbers that the last run knew, there or not, and those that went to an archive since, if it can be read."""
    rows = given.row_of
    known = given.journal.numbers.union(given.archived) if given.journal is not None else frozenset[str]()
    for number in sorted(known - given.view.register.away.keys()):
        yield Subject(given.tracker.sheet, rows.get(number, 0), number, None)


def on_record_with_needs(given: RuleInputs) -> Iterator[Subject]:
    """The same, and the 登记编号 that it knew."""
    yield from on_record(given)
    for number in sorted(given.journal.needs if given.journal is not None else ()):
        yield Subject(given.tracker.sheet, 0, number, None)


def _is_under_way(given: RuleInputs, action: Action) -> bool:
    return has_begun(given, action) or action.approval == words.AGREED


# --- other sheets -------------------------------------------------------------------------------------------


def plan_versions(given: RuleInputs) -> Iterator[Subject]:
    """Every version of a plan."""
    return rows_of(given, "plans")


def plans_in_force(given: RuleInputs) -> Iterator[Subject]:
    """Approved versions, and the actions that nothing but a plan would approve."""
    yield from rows_of(given, "plans", lambda plan: plan.approval == words.AGREED)
    yield from actions(given, lambda action, _: _relies_on_a_plan(action))


def _relies_on_a_plan(action: Action) -> bool:
    alone = bool(action.plan_number) and not action.approval and not action.review_number
    return alone and routes.route_of(action) == words.BY_GENERAL_MANAGER


def needs(given: RuleInputs) -> Iterator[Subject]:
    """Every registered need or problem."""
    return rows_of(given, "needs")


def problems_found(given: RuleInputs) -> Iterator[Subject]:
    """Registered problems, happened or possible."""
    return rows_of(given, "needs", lambda need: need.need_class in words.NEED_CLASSES[:2])


def accepted_nonconformities(given: RuleInputs) -> Iterator[Subject]:
    """成立 complaints and nonconformities, those found 不成立, which need their reason, and those with a clock."""

    def concerns(need: Need) -> bool:
        return is_accepted_nonconformity(need) or need.is_valid is False or bool(need.respond_by or need.answer_by)

    return rows_of(given, "needs", concerns)


def adopted_needs(given: RuleInputs) -> Iterator[Subject]:
    """Needs that were adopted."""
    return rows_of(given, "needs", lambda need: need.evaluation == words.ADOPTED)


def traced(given: RuleInputs) -> Iterator[Subject]:
    """Adopted needs and the actions that name one."""
    yield from adopted_needs(given)
    yield from actions(given, lambda action, _: bool(action.need_number))


def requests(given: RuleInputs) -> Iterator[Subject]:
    """Needs that were sent to a department for an answer."""
    return rows_of(given, "needs", lambda need: bool(need.receiving_department or need.receiver or need.reply_due_on))


def resource_requests(given: RuleInputs) -> Iterator[Subject]:
    """Resource requests that go to 总经理."""

    def goes_up(entry: Progress) -> bool:
        return entry.kind == words.RESOURCE_REQUEST and is_for_general_manager(given, entry)

    return rows_of(given, "progress", goes_up)


def reported_troubles(given: RuleInputs) -> Iterator[Subject]:
    """Problems of implementation that were reported."""
    return rows_of(given, "progress", _is_trouble)


def _is_trouble(entry: Progress) -> bool:
    return entry.kind == words.TROUBLE


def measurements(given: RuleInputs) -> Iterator[Subject]:
    """Every value of a process indicator."""
    return rows_of(given, "measurements")


def concluded_rounds(given: RuleInputs) -> Iterator[Subject]:
    """Rounds of 效果确认 with a conclusion."""
    return rows_of(given, "confirmations", lambda row: bool(row.effect))


def revisions(given: RuleInputs) -> Iterator[Subject]:
    """Documents to revise."""
    return rows_of(given, "revisions")


def observations(given: RuleInputs) -> Iterator[Subject]:
    """Quality data."""
    return rows_of(given, "observations")


def analyses(given: RuleInputs) -> Iterator[Subject]:
    """Analyses that were made; 结论 无 answers a source that had nothing."""
    return rows_of(given, "analyses", lambda row: row.conclusion != "无")


def signals(given: RuleInputs) -> Iterator[Subject]:
    """Signals that an analysis recorded, and those of the control charts that none speaks of."""
    yield from rows_of(given, "analyses", is_signal)
    if given.figures is not None and (table := given.table("analyses")) is not None:
        yield from (Subject(table.sheet, 0, signal.name, signal) for signal in given.figures.unanswered)


def recorded(given: RuleInputs) -> Iterator[Subject]:
    """Rows of the tracker and the decisions that ask for one."""
    yield from every_row(given)
    yield from rows_of(given, "decisions", lambda d: bool(d.responsible_department or d.due_on))
