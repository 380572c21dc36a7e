"""下一步 of a row with open errors: the cells to put right come first; a row set aside has only those."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import groupby
from operator import itemgetter

from msgspec.structs import replace

from capa_xl.a1 import parse_cell
from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key, columns_of
from capa_xl.model.cut_text import cut_list
from capa_xl.model.derived import Derived
from capa_xl.model.names_apart import listed_names
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.records import SIGNATURE
from capa_xl.model.register import Quarantined, Register
from capa_xl.model.schema import SHEETS
from capa_xl.policy.action_state import ActionState, action_state_of
from capa_xl.policy.beside_the_row import side_tasks
from capa_xl.policy.correctors import first_correctors
from capa_xl.policy.next_actor import filler_beside, filler_of, first_fillers, is_owners, own_actors
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.rules.extension import to_carry_over
from capa_xl.policy.undecided_rows import may_be_undone
from capa_xl.policy.waiting_beside import TABLES
from capa_xl.policy.what_follows import NONE_AHEAD, Ahead, days_ahead, not_come, what_follows

_CURED_BY_THE_STEP = frozenset(
    {"AP01", "AP02", "AP03", "AP04", "AP06", "AP09", "AP12", "AP14", "EF05", "AR01", "AR02", "XR01", "XR02", "XR06"}
)
"""Errors about a duty that is still open: the next step itself asks for it, no cell that stands there is wrong."""
_CURED_ELSEWHERE = _CURED_BY_THE_STEP | {"FD17"}
"""And those that stand at a cell of the row, but are put right in 人员部门."""
_HALF_SIGNED = frozenset({"CK03", "EF04"})
_SIGNERS = frozenset({"inspector", "confirmer"})
"""Who inspected or confirmed: the stage goes on without, and before that becomes an error nothing else asks for it."""

_MOST_OWNERS = 2
_UNLISTED = frozenset({"FD08", "FD13"})
"""A name that 人员部门 doesn't have: whoever owns the row corrects a slip, but can't add anybody there."""
_ADDED_BY = f"名单里没有的由{words.QUALITY_DEPARTMENT}登记到《人员部门》"

_FACTS = {spec.name: {col.key: col.fact for col in columns_of(spec.record)} for spec in SHEETS if spec.record}
"""Sheet's own name → key → the dated group of the column."""
CellAtFault = tuple[str, str, str]
"""(sheet's own name, "" for the tracker; key; heading)."""
Headings = Mapping[tuple[str, int], CellAtFault]
"""(sheet's actual name, column) → (sheet's own name, "" for the tracker; key; heading)."""


def with_errors_first(view: RegisterView, problems: Iterable[Problem]) -> RegisterView:
    """The view with 先改…，再… in front of the next step of every live row that has errors to put right."""
    wrong: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.number and _comes_first(problem):
            wrong.setdefault(problem.number, []).append(problem)
    if not wrong:
        return view
    headings, ahead = headings_of(view.register), days_ahead(view)
    pairs = tuple(
        (
            action,
            _amended(view, action, derived, wrong[action.number], headings, ahead.get(action.row, NONE_AHEAD))
            if action.number in wrong
            else derived,
        )
        for action, derived in view.pairs
    )
    return replace(view, pairs=pairs, derived={action.number: derived for action, derived in pairs})


def _comes_first(problem: Problem) -> bool:
    if problem.severity is Severity.ERROR:
        return problem.rule not in _CURED_ELSEWHERE
    return problem.severity is Severity.WARNING and problem.rule in _HALF_SIGNED


def _amended(
    view: RegisterView,
    action: Action,
    derived: Derived,
    problems: Collection[Problem],
    headings: Headings,
    ahead: Ahead,
) -> Derived:
    if derived.is_ended or not derived.next_step:
        return derived
    state = action_state_of(view.inputs, action)
    is_undecided = any(may_be_undone(view, action, derived.status, problem) for problem in problems)
    rest, asked = what_follows(state, derived, ahead, is_undecided=is_undecided)
    unsigned = _signatures_asked(view, state, derived)
    others = (problem for problem in problems if (problem.sheet, problem.cell) not in unsigned)
    found = [(problem, place) for problem in others if (place := _place(problem, asked, headings))]
    found = [(problem, at) for problem, at in found if problem.severity is Severity.ERROR or at[1] in _SIGNERS]
    found = [(problem, _deadline(view, action) if _is_late_approval(problem, action) else at) for problem, at in found]
    too_late = {_is_late_approval(problem, action) for problem, at in found if at[:2] == ("", "due_on")} == {True}
    uninspected = any(problem.rule == "EF03" for problem, _ in found)
    places = dict.fromkeys((*(_inspection_blanks(view, action) if uninspected else ()), *(place for _, place in found)))
    if not places:
        return derived
    unlisted = frozenset(
        at for problem, at in found if problem.rule in _UNLISTED and not _are_all_listed(view, action, at)
    )
    approved = to_carry_over(view, action, derived)
    note = f"延期已批准为 {approved}" if approved else _approved_too_late(state) if too_late else ""
    notes = {"due_on": note} | {key: not_come(key, day) for key, day in ahead.days.items()}
    brackets = _by_brackets(state, derived, places, unlisted, notes)
    ordered = (place for group in brackets.values() for place in group)
    keys = tuple(key for sheet, key, _ in ordered if not sheet and key != "number")
    beside = {
        f"{problem.sheet}!{problem.cell}": _filler(state, sheet, key) for problem, (sheet, key, _) in found if sheet
    }
    amended = replace(
        derived,
        next_step=f"先改{_first(brackets)}{rest}",
        next_keys=(*keys, *asked),
        first_keys=keys,
        first_cells=tuple(beside),
        first_actors=tuple(beside.values()),
        unlisted=bool(unlisted),
    )
    listers = (words.QUALITY_DEPARTMENT,) if unlisted else ()
    actors = (*listed_names(derived.next_actor), *first_fillers(state, amended), *listers)
    return replace(amended, next_actor="、".join(dict.fromkeys(actors)))


def _signatures_asked(view: RegisterView, state: ActionState, derived: Derived) -> Set[tuple[str, str | None]]:
    """(sheet, cell) of the signatures that the step asks for in the sheets beside the row, anyway."""
    tasks = ((getattr(view.register, TABLES[task.kind]), task) for task in side_tasks(state, derived.status))
    return {
        (table.sheet_of(task.record.row), table.cell(task.record.row, key))
        for table, task in tasks
        if table is not None
        for key in SIGNATURE
        if key in task.keys
    }


def _are_all_listed(view: RegisterView, action: Action, place: CellAtFault) -> bool:
    """A cell for one that names several people of the roster: one is to stay, and nobody is to be added there."""
    sheet, key, _ = place
    value = "" if sheet else getattr(action, key)
    return isinstance(value, str) and "、" in value and all(map(view.roster.exists, value.split("、")))


def _is_late_approval(problem: Problem, action: Action) -> bool:
    """AP13 of a row that was approved when its deadline was over: both days may be true, and then it wants another."""
    return problem.rule == "AP13" and (action.approved_on or date.min) > (action.due_on or date.max)


def _approved_too_late(state: ActionState) -> str:
    asked = "在《延期记录》登记" if state.inputs.has_extensions else "经批准人同意"
    return f"期限过后才批准：批准日期没有写错的，要{asked}新的期限"


def _deadline(view: RegisterView, action: Action) -> CellAtFault:
    return "", "due_on", view.register.tracker.headings.get("due_on") or column_by_key(Action)["due_on"].header


def _inspection_blanks(view: RegisterView, action: Action) -> Iterator[CellAtFault]:
    """All that an inspection lacks, in order: a confirmation without one is one error, at the verdict or its day."""
    tracker = view.register.tracker
    for key in ("inspector", "inspected_on", "inspection"):
        if key in tracker.columns_of(action.row) and getattr(action, key) is None:
            yield "", key, tracker.headings.get(key) or column_by_key(Action)[key].header


def _by_brackets(
    state: ActionState,
    derived: Derived,
    places: Iterable[CellAtFault],
    unlisted: Set[CellAtFault],
    notes: Mapping[str, str],
) -> Mapping[str, Sequence[CellAtFault]]:
    """What is said of them → the cells to put right, in order, those of the row first.

    Who corrects what isn't for those whose turn it is, who adds a name that the list lacks, what day it is.
    """
    turn, owners = _those_at_work(state, derived), cut_list(state.action.owners, _MOST_OWNERS, "人")
    found: dict[str, list[CellAtFault]] = {}
    for place in places:
        sheet, key, _ = place
        filler = _filler(state, sheet, key)
        by = "" if filler in turn else filler or owners
        note = "" if sheet else notes.get(key, "")
        told = (note, by and f"由{by}改", _added(by) if place in unlisted else "")
        found.setdefault("，".join(filter(None, told)), []).append(place)
    return {bracket: sorted(group, key=itemgetter(0)) for bracket, group in found.items()}


def _first(brackets: Mapping[str, Sequence[CellAtFault]]) -> str:
    """完成期限以及批准日期（由样例甲改）、《延期记录》的新期限: a bracket speaks of all back to 以及 or another."""
    first = ""
    for bracket, group in brackets.items():
        first += "" if not first else "以及" if bracket and not first.endswith("）") else "、"
        sheets = groupby(group, key=itemgetter(0))
        first += "、".join(
            (f"《{sheet}》的" if sheet else "") + "、".join(one[2] for one in at) for sheet, at in sheets
        )
        first += f"（{bracket}）" if bracket else ""
    return first


def _those_at_work(state: ActionState, derived: Derived) -> Set[str]:
    """Whose turn it is, "" where the owners' too: they and their departments do all of what is under way.

    A department whose head's turn it is has its own.
    """
    own, owners = frozenset(own_actors(state, derived.status)), state.action.owners
    if derived.status in words.OWNERS_TURN:
        return own | {"", *owners, *state.departments}
    roster, on = state.inputs.roster, state.inputs.on
    led = {one for one in (state.keeper, *state.departments) if one and roster.head_of(one, on) in own}
    return own | led | ({""} if not own.isdisjoint(owners) else set())


def _filler(state: ActionState, sheet: str, key: str) -> str:
    """Who puts a cell right, of the tracker or of another sheet; "" for the owners."""
    if sheet:
        return filler_beside(state, sheet, _FACTS[sheet][key])
    return "" if is_owners(key) else filler_of(state, key)


def _added(by: str) -> str:
    """Who adds a name that the list lacks."""
    return "或登记到《人员部门》" if by == words.QUALITY_DEPARTMENT else _ADDED_BY


def _place(problem: Problem, asked: Collection[str], headings: Headings) -> CellAtFault | None:
    """(sheet, or "" for the tracker; key; heading) of the cell at fault; None where the step asks for it anyway."""
    at = parse_cell(problem.cell or "")
    found = headings.get((problem.sheet, at[1])) if at else None
    if found is None:
        return None
    sheet, key, _ = found
    numbered = key == "number" and not problem.rule.startswith("FD")  # the cell at fault is in no column of the table
    is_asked = not sheet and key in asked
    return None if is_asked or numbered else found


def corrections_of(view: RegisterView, problems: Iterable[Problem]) -> dict[int, tuple[str, str]]:
    """Row → what 下一步 of a row that is set aside says, 先改：完成期限、严重度, and who its 下一步责任人 is."""
    register = view.register
    if not register.quarantined:
        return {}
    known = headings_of(register)
    errors: dict[int | None, list[Problem]] = {}
    for problem in problems:
        if problem.severity is Severity.ERROR:
            errors.setdefault(problem.row, []).append(problem)
    return {
        row.row: (
            correction(register, row, cells_to_correct(register, row, errors.get(row.row, ())), known),
            first_correctors(view.roster, row.record),
        )
        for row in register.quarantined
    }


def correction(register: Register, row: Quarantined, cells: Iterable[str], known: Headings) -> str:
    """The cells to put right, by what their columns are called."""
    sheet = register.tracker.sheet_of(row.row)
    places = ((cell, parse_cell(cell)) for cell in cells)
    names = [known[sheet, at[1]][2] if at and (sheet, at[1]) in known else cell for cell, at in places]
    return f"先改：{'、'.join(names)}" if names else "更正本行"


def cells_to_correct(register: Register, row: Quarantined, errors: Iterable[Problem]) -> tuple[str, ...]:
    """A1 addresses of the cells that set a row aside, and of its other errors, from left to right."""
    sheet = register.tracker.sheet_of(row.row)
    more = (p.cell for p in errors if p.row == row.row and p.sheet == sheet and p.cell)
    return tuple(sorted({*row.cells, *more}, key=lambda cell: parse_cell(cell) or (0, 0)))


def headings_of(register: Register) -> Headings:
    """What every column of every sheet is called there."""
    tables = ((spec, getattr(register, spec.key)) for spec in SHEETS if spec.key and spec.record is not None)
    return {
        (page.sheet, column): (
            "" if spec.key == "tracker" else spec.name,
            key,
            page.headings.get(key) or column_by_key(spec.record)[key].header,
        )
        for spec, table in tables
        if table is not None
        for page in table.every_page
        for key, column in page.columns.items()
        if key in column_by_key(spec.record)
    }
