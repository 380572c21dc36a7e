"""The conformity matrix: for each requirement 符合, 不符合 or 未启用, with the rows that speak against it."""

from __future__ import annotations

from capa_xl.model.checked import Checked
from capa_xl.model.conformity import FITS, MISFITS, NOT_IN_USE, Conformity
from capa_xl.model.problem import Problem, Severity
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.requirements import REQUIREMENTS, Requirement


def conformity_of(view: RegisterView, checked: Checked, *, has_journal: bool) -> tuple[Conformity, ...]:
    """Every requirement at T, judged by its rules; without its sheet, column or rules: 未启用, never 符合.

    Y8 (report not archived in time) speaks for R70; an open revision of a closed row can't exist (R68): both follow
    from the status.
    """
    return tuple(_judge(requirement, view, checked, has_journal) for requirement in REQUIREMENTS)


def _judge(requirement: Requirement, view: RegisterView, checked: Checked, has_journal: bool) -> Conformity:
    if not all(_in_use(need, view, has_journal) for need in requirement.needs) or _all_disabled(requirement, checked):
        return _line(requirement, NOT_IN_USE)
    struck = tuple(p for p in checked.problems if p.rule in requirement.rules and p.severity is not Severity.INFO)
    late = _late_reports(view) if requirement.id == "R70" else ()
    numbers = tuple(dict.fromkeys([*(_name(p) for p in struck), *late]))
    verdict = MISFITS if numbers else FITS
    return _line(requirement, verdict, len(struck) + len(late), numbers)


def _line(requirement: Requirement, verdict: str, count: int = 0, numbers: tuple[str, ...] = ()) -> Conformity:
    return Conformity(requirement.id, requirement.clause, requirement.text, requirement.rules, verdict, count, numbers)


def _in_use(need: str, view: RegisterView, has_journal: bool) -> bool:
    if need == "journal":
        return has_journal
    if need.startswith("tracker."):
        return view.register.tracker.has(need.removeprefix("tracker."))
    return getattr(view.register, need) is not None


def _all_disabled(requirement: Requirement, checked: Checked) -> bool:
    return bool(requirement.rules) and set(requirement.rules) <= set(checked.disabled)


def _late_reports(view: RegisterView) -> tuple[str, ...]:
    return tuple(number for number, derived in view.derived.items() if "Y8" in derived.overdue)


def _name(problem: Problem) -> str:
    return problem.number or f"{problem.sheet}!{problem.cell or ''}"
