"""Everything 运维服务能力改进计划 says of one version: its ranked lines, its changes, goals and sources (4.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.absent_sheets import with_absent_sheets
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.cut_text import with_unit
from capa_xl.model.derived import Derived
from capa_xl.model.paper_facts import GoalRow, HeldRoles, PlanFacts, PlanItem, VersionChange
from capa_xl.model.paper_kinds import PLAN
from capa_xl.model.period import Period
from capa_xl.model.plain_number import plain_number
from capa_xl.model.problem import Problem
from capa_xl.model.records import Measurement, Need, PlanVersion
from capa_xl.policy.in_plans import belongs, plans_named
from capa_xl.policy.indicators import measured_words, target_sign
from capa_xl.policy.joined_years import joined_view
from capa_xl.policy.papers.paper_inputs import PaperInputs, errors_among, missing_cells
from capa_xl.policy.papers.plan_rows import carried_into, counted_in, listed_by, moved_on, ranked
from capa_xl.policy.papers.plan_sources import needs_of, plan_sources
from capa_xl.policy.past_kpi import with_archived_problems
from capa_xl.policy.periods import has_begun
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.review.undecided import TYPE, WEIGHT, absent_headers
from capa_xl.policy.role_words import held_roles, with_role
from capa_xl.policy.unread_cells import with_what_stands

_MOST_GOALS = 12
_AIMS = ("period_from", "period_to", "goal", "requirement")
"""What a version says besides its rows."""
_DAY_MOVED = "DO08"


def plan_facts(given: PaperInputs, number: str, version: str | None = None) -> PlanFacts | None:
    """The facts of one version; None when the table has no such plan.

    Args:
        version: None: the newest one at T; one that was refused changes nothing while an earlier one is in force.
    """
    view = joined_view(given.view)
    versions = view.plans.get(number, ())
    wanted = next((row for row in reversed(versions) if version == row.version), None) if version else _newest(versions)
    if wanted is None:
        return None
    at = versions.index(wanted) + 1
    facts = _facts(given, view, wanted, versions[:at], listed_by(view, wanted))
    return replace(facts, refused=tuple(row for row in versions[at:] if row.approval == words.REFUSED))


def _newest(versions: Sequence[PlanVersion]) -> PlanVersion | None:
    """The newest that isn't refused, where one before is agreed; else the newest there is."""
    if not versions or versions[-1].approval != words.REFUSED:
        return versions[-1] if versions else None
    agreed = (row for row in reversed(versions) if row.approval == words.AGREED)
    return next(agreed, versions[-1])


def unplanned_facts(given: PaperInputs, period: Period | None = None) -> PlanFacts:
    """A draft for a table in which no plan is registered yet: 待编号.

    It lists what a plan of the year would, and what is still open from before.

    Args:
        period: Whose year, or years, it is of; None: the year of T.
    """
    view = joined_view(given.view)
    first, last = (period.start.year, period.end.year) if period else (view.on.year, view.on.year)
    plan = PlanVersion(row=0, period_from=date(first, 1, 1), period_to=date(last, 12, 31))
    return _facts(given, view, plan, (plan,), ranked(view, [*listed_by(view, plan), *carried_into(view, plan)]))


def _facts(
    given: PaperInputs,
    view: RegisterView,
    wanted: PlanVersion,
    shown: tuple[PlanVersion, ...],
    actions: Iterable[Action],
) -> PlanFacts:
    """The facts of a version over the joined view."""
    number = wanted.number or ""
    moved = frozenset(one.number for one in errors_among(given.problems) if one.rule == _DAY_MOVED)
    items = [_item(view, action, moved) for action in actions]
    numbers = frozenset(item.action.number for item in items)
    missing = _missing(view, wanted)
    return PlanFacts(
        head=given.head(f"{number} {wanted.version or ''}".strip(), PLAN, missing=missing),
        plan=wanted,
        versions=shown,
        changes=tuple(_changes(view, shown, number)) if number else (),
        goals=_goals(view, wanted),
        sources=plan_sources(view, wanted, _collected(view, wanted, items)),
        declined=_declined(view, wanted),
        corrective=tuple(item for item in items if item.action.action_type == words.CORRECTIVE),
        preventive=tuple(item for item in items if item.action.action_type not in (words.CORRECTIVE, None)),
        unclassified=tuple(item for item in items if item.action.action_type is None),
        untyped=absent_headers(view, TYPE),
        unweighed=absent_headers(view, *WEIGHT),
        reviewer=view.roster.quality_head(wanted.written_on or view.on) or "",
        roles=_roles(view, shown, items),
        lead=view.procedure.first_reminder,
        problems=_open_errors(given, numbers | {number}) if missing else given.errors_of(number),
        unnumbered=_unnumbered(view, items) if number else (),
        moved_on=moved_on(view, wanted, given.journal.plan_changes if given.journal is not None else {}),
    )


def _unnumbered(view: RegisterView, items: Iterable[PlanItem]) -> tuple[str, ...]:
    if "plan_number" not in view.register.tracker.columns:
        return ()
    return tuple(item.action.number for item in items if not item.action.plan_number)


def _collected(view: RegisterView, plan: PlanVersion, items: Iterable[PlanItem]) -> list[Action]:
    """The actions that 3.1 counts: those listed, and those that were cancelled."""
    every = {action.number: action for action in (*(item.action for item in items), *counted_in(view, plan))}
    return list(every.values())


def _open_errors(given: PaperInputs, numbers: frozenset[str]) -> tuple[Problem, ...]:
    """Those of a draft's lines, of archived ones in their own workbooks."""
    listed = replace(given, problems=with_archived_problems(given.problems, given.view))
    return errors_among(listed.problems_of(numbers))


def _missing(view: RegisterView, plan: PlanVersion) -> tuple[str, ...]:
    """What keeps a version a draft: it isn't in 计划, or isn't approved by somebody on a day."""
    if not plan.number:
        return (with_absent_sheets("《计划》里的一行（计划编号、周期、批准）", view.register),)
    table = view.register.plans
    blank = missing_cells(plan, ("approver", "approved_on"), view.register, table)
    part = view.inputs.part_signed.get(plan)
    if part is not None and part.verdict == words.AGREED:
        return blank
    if plan.approval == words.REFUSED:
        return (*blank, f"批准结论（写的是{words.REFUSED}：先按意见改，另立一版再报批）")
    agreed = with_what_stands(view.register, table, plan.row, "approval", "批准结论（同意）")
    return blank if plan.approval == words.AGREED else (*blank, agreed)


def _roles(view: RegisterView, versions: Iterable[PlanVersion], items: Iterable[PlanItem]) -> HeldRoles:
    acts = [act for one in versions for act in ((one.author, one.written_on), (one.approver, one.approved_on))]
    acts += [(item.action.approver, item.action.approved_on) for item in items if item.is_approved]
    return held_roles(view.roster, acts)


def newest_plan(view: RegisterView) -> str | None:
    """计划编号 of the plan whose period began last at T; None without a plan."""
    table = view.register.plans
    rows = [row for rows in view.plans.values() for row in rows] if table else []
    newest = max(rows, key=lambda row: (row.period_from or date.min, row.row), default=None)
    return newest.number if newest else None


def _item(view: RegisterView, action: Action, moved: Collection[str]) -> PlanItem:
    number = action.number
    derived = view.derived[number]
    entries = view.progress.get(number, ())
    asked = any(entry.kind == words.RESOURCE_REQUEST for entry in entries) if view.register.progress else None
    return PlanItem(
        action=action,
        derived=derived,
        steps=view.steps.get(number, ()),
        inspector=derived.inspector_department,
        confirm_on=derived.earliest_confirmation_on or _planned_confirmation(view, action),
        is_approved=_is_signed(action, derived),
        resources_to_general_manager=asked,
        manager=view.roster.manager_of(action.responsible_department, view.on) or "",
        is_day_unapproved=number in moved,
    )


def _is_signed(action: Action, derived: Derived) -> bool:
    approval = derived.approval
    return approval is not None and approval.is_own and bool(action.approver and approval.on)


def _planned_confirmation(view: RegisterView, action: Action) -> date | None:
    days = view.procedure.observation_days_of(action)
    return action.due_on + timedelta(days=days) if action.due_on else None


def _changes(view: RegisterView, versions: tuple[PlanVersion, ...], number: str) -> Iterator[VersionChange]:
    """What each version brought: between the day of the one in force before (exclusive) and its own (decisions A7)."""
    since, before = date.min, None
    for version in versions:
        until = version.approved_on or version.written_on or view.on
        rows = _naming(view, number)
        loose = [a for a in view.actions if not a.plan_number and belongs(view.inputs, a, version)]
        listed = [*rows, *_registered_by(loose, since)]
        yield VersionChange(
            version=version.version or "",
            on=version.approved_on or version.written_on,
            added=_within(((a.number, a.registered_on) for a in rows), since, until) if before else (),
            adjusted=_within(_extended(view, listed), since, until) if before else (),
            cancelled=_within(((a.number, a.cancelled_on) for a in listed), since, until),
            approval=_verdict(view, version),
            unnumbered=_within(((a.number, a.registered_on) for a in loose if not a.cancelled_on), since, until)
            if before
            else (),
            is_first=before is None,
            reworded=_reworded(before, version) if before else (),
        )
        if version.approval != words.REFUSED:
            since, before = until, version
    yield from _for_the_next(view, versions, number)


def _naming(view: RegisterView, number: str) -> list[Action]:
    return [action for action in view.actions if number in plans_named(view.inputs, action)]


def _reworded(before: PlanVersion, now: PlanVersion) -> tuple[str, ...]:
    columns = column_by_key(PlanVersion)
    return tuple(columns[key].header for key in _AIMS if getattr(before, key) != getattr(now, key))


def _for_the_next(view: RegisterView, versions: tuple[PlanVersion, ...], number: str) -> Iterator[VersionChange]:
    """What befell the plan after the approval of its newest version: no version tells of it.

    What names it and was registered since, and what was in it and was given another day or cancelled since.
    """
    newest = versions[-1]
    if newest.approved_on is None or newest.approval != words.AGREED or newest.row != view.plans[number][-1].row:
        return
    since, rows = newest.approved_on, _naming(view, number)
    in_it = _registered_by((a for a in view.actions if belongs(view.inputs, a, newest)), since)
    added = _within(((a.number, a.registered_on) for a in rows if not a.cancelled_on), since, view.on)
    adjusted = _within(_extended(view, in_it), since, view.on)
    cancelled = _within(((a.number, a.cancelled_on) for a in in_it), since, view.on)
    if added or adjusted or cancelled:
        yield VersionChange("下一版", None, added, adjusted, cancelled, "未编制", is_to_come=True)


def _registered_by(actions: Iterable[Action], day: date) -> list[Action]:
    """Those that were there on that day: the version approved then lists them."""
    return [a for a in actions if a.registered_on is not None and a.registered_on <= day]


def _verdict(view: RegisterView, version: PlanVersion) -> str:
    who = with_role(view.roster, version.approver, version.approved_on)
    evidence = f"（凭证 {version.approval_evidence}）" if version.approval_evidence and version.approval else ""
    return " ".join(piece for piece in (who, version.approval) if piece) + evidence


def _extended(view: RegisterView, rows: Iterable[Action]) -> Iterator[tuple[str | None, date | None]]:
    for action in rows:
        for entry in view.extensions.get(action.number, ()):
            if entry.approval == words.AGREED:
                yield action.number, entry.approved_on


def _within(pairs: Iterable[tuple[str | None, date | None]], since: date, until: date) -> tuple[str, ...]:
    found = (number for number, day in pairs if number and day is not None and since < day <= until)
    return tuple(dict.fromkeys(found))


def _goals(view: RegisterView, plan: PlanVersion) -> tuple[GoalRow, ...]:
    """The newest value of every indicator with a target, in sheet order."""
    table = view.register.measurements
    newest: dict[tuple[str | None, str | None], Measurement] = {}
    for row in table.records if table else ():
        known = newest.get((row.process, row.indicator))
        is_past = has_begun(row.period, view.on)
        if row.target is not None and is_past and (known is None or (row.period or "") >= (known.period or "")):
            newest[row.process, row.indicator] = row
    return tuple(_goal(row) for row in list(newest.values())[:_MOST_GOALS])


def _goal(row: Measurement) -> GoalRow:
    return GoalRow(
        goal=" ".join(piece for piece in (row.process, row.indicator) if piece),
        current=measured_words(row),
        target="" if row.target is None else with_unit(target_sign(row.direction) + plain_number(row.target), row.unit),
        period=f"{row.frequency or ''}（{row.period}）" if row.period else row.frequency or "",
        department=row.department or "",
    )


def _declined(view: RegisterView, plan: PlanVersion) -> tuple[Need, ...] | None:
    if view.register.needs is None:
        return None
    return tuple(need for need in needs_of(view, plan) if need.evaluation not in (None, words.ADOPTED))
