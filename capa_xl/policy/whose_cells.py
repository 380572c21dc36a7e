"""Whose each cell is that an action's next step asks for: the reader's own, and others' under who fills them.

One judgement for the todo, the slip and the letter, of a person, of a department and of its head alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.cut_text import cut_list
from capa_xl.model.derived import Derived
from capa_xl.model.names_apart import unit_of_actors
from capa_xl.model.records import Step
from capa_xl.model.todo import DEPARTMENT
from capa_xl.policy.action_state import ActionState
from capa_xl.policy.department_steps import doers_of, open_steps
from capa_xl.policy.next_actor import fillers_of
from capa_xl.policy.next_step import MOST_STEPS
from capa_xl.policy.whose_list import Whose

_MOST_FILLERS = 2
OWN = ""
"""Under which the reader's own cells stand."""


class Fillers(Struct, frozen=True):
    """Who fills a cell.

    Attributes:
        names: People or departments.
        homes: Departments on whose lists it is theirs besides: not on those of their heads, who aren't the owners.
    """

    names: tuple[str, ...]
    homes: tuple[str, ...] = ()


def is_own_key(whose: Whose, state: ActionState, status: str, key: str) -> bool:
    """Whether a cell of the row is theirs whose list it is."""
    return _is_own(whose, _of_key(state, status, key))


def cells_of_others(
    whose: Whose, state: ActionState, derived: Derived, keys: Iterable[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Who fills what of these cells, and of all that is put right or reported beside them, is not the reader's."""
    found: dict[str, list[str]] = {}
    for cell, fillers in dict((*_of_row(whose, state, derived, keys), *_beside(state, derived))).items():
        if not _is_own(whose, fillers):
            found.setdefault(_named(fillers), []).append(cell)
    for name, cells in step_cells(whose, state, derived.status).items():
        if name != OWN:
            found.setdefault(name, []).append(cells)
    return tuple((who, tuple(cells)) for who, cells in found.items())


def step_cells(whose: Whose, state: ActionState, status: str) -> dict[str, str]:
    """Who does the steps that 下一步 names → where they are reported, 措施分解!G3、G4; `OWN` → the reader's own."""
    table = whose.view.register.steps
    if table is None or "done_on" not in table.columns or status not in words.OWNERS_TURN:
        return {}
    found: dict[str, list[str]] = {}
    rows = open_steps(state.inputs, state.action.number)[:MOST_STEPS]
    for step in rows:
        fillers = _of_step(state, step)
        name = OWN if _is_own(whose, fillers) else _named(fillers)
        found.setdefault(name, []).append(table.cell(step.row, "done_on"))
    return {name: f"{table.sheet_of(rows[0].row)}!{'、'.join(cells)}" for name, cells in found.items()}


def _is_own(whose: Whose, fillers: Fillers) -> bool:
    """Who only gets the letters of a department that nobody heads doesn't fill its cells."""
    homes = fillers.homes if whose.kind == DEPARTMENT else ()
    return any(map(whose.is_meant, filter(None, (*fillers.names, *homes))))


def _named(fillers: Fillers) -> str:
    return cut_list(fillers.names, _MOST_FILLERS, unit_of_actors(fillers.names))


def _of_row(whose: Whose, state: ActionState, derived: Derived, keys: Iterable[str]) -> Iterator[tuple[str, Fillers]]:
    for key in (*keys, *derived.first_keys):
        yield whose.view.at(state.action, key), _of_key(state, derived.status, key)


def _beside(state: ActionState, derived: Derived) -> Iterator[tuple[str, Fillers]]:
    owners = Fillers(state.action.owners or state.departments, state.departments)
    for cell, actor in zip(derived.first_cells, derived.first_actors, strict=True):
        yield cell, Fillers((actor,)) if actor else owners


def _of_key(state: ActionState, status: str, key: str) -> Fillers:
    names = fillers_of(state, status, key)
    return Fillers(names, state.departments if names == state.action.owners else ())


def _of_step(state: ActionState, step: Step) -> Fillers:
    doers = doers_of(state.inputs, step, state.action)
    homes = state.departments if doers == state.action.owners else ()
    return Fillers(doers, (*state.inputs.roster.asked(step.department), *homes))
