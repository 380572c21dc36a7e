"""The cells that wait for a department or a person, row by row in the order of the todo (4.4.2: 责任部门 fill)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.absent_sheets import without_absent_sheets
from capa_xl.model.cell_text import cell_text, value_in_cell
from capa_xl.model.columns import Column, Kind, columns_of
from capa_xl.model.cut_text import without_clauses
from capa_xl.model.pages import line_of
from capa_xl.model.problem import Problem
from capa_xl.model.register import Record, Table
from capa_xl.model.slip import Question
from capa_xl.model.todo import ACTION, NEED, REVISION, STEP, TodoItem
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.next_cells import keys_to_clear
from capa_xl.policy.planning_set import without_groups
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.todo import items_on, named_departments, whose_list
from capa_xl.policy.waiting_beside import TABLES
from capa_xl.policy.waiting_items import own_keys
from capa_xl.policy.whose_list import Whose

AllowedWords = Callable[[Column], tuple[str, ...]]
"""The words of a column's list as they stand in this workbook."""
_BESIDE = {
    (STEP, "done_on"): ("output",),
    (NEED, "evaluation"): ("evaluation_note",),
    (ACTION, "approval"): ("remark",),
    (ACTION, "inspection"): ("inspection_note",),
    (REVISION, "approval"): ("refusal_reason",),
}
"""Cells that a slip offers beside one of its row that is asked for, by the kind of row.

A verdict has nowhere else to give its reason.
"""
_OFFERED = frozenset(key for offered in _BESIDE.values() for key in offered)
_REPLACES: Final = "填写后替换现在的内容，要保留的请一并写上。"


def questions_for(
    view: RegisterView, name: str, allowed: AllowedWords, problems: Iterable[Problem] = ()
) -> tuple[tuple[Question, ...], tuple[tuple[str, str], ...]]:
    """The cells that wait for a department or a person at T, and what waits for them but is no cell of a row.

    Args:
        problems: As in `todo_of`.
    """
    questions: list[Question] = []
    without_cell: list[tuple[str, str]] = []
    whose = whose_list(view, name)
    for item in items_on(whose, problems):
        asked = tuple(_questions(view, item, _keys(whose, item), allowed))
        questions += asked
        if not asked or _cells_to_clear(view, item):
            without_cell.append((item.number, item.next_step))
    return tuple(questions), tuple(without_cell)


def known_departments(view: RegisterView) -> tuple[str, ...]:
    """The departments that the roster or the table names, in the order of their names."""
    return tuple(sorted(named_departments(view)))


def departments_with_slips(view: RegisterView) -> tuple[str, ...]:
    """Those of them that get a slip when all do: one that is called otherwise is 质量部, and has its slip."""
    known = known_departments(view)
    is_named_otherwise = any(whose_list(view, one).is_quality for one in known if one != words.QUALITY_DEPARTMENT)
    return tuple(one for one in known if one != words.QUALITY_DEPARTMENT or not is_named_otherwise)


def mark_of(record: Any, table: str) -> str:
    """What tells a row of a child sheet from others of the same number, whatever row it stands in."""
    told: tuple[str, ...]
    if table == "steps":
        told = (record.step or "", record.content or "")
    elif table == "progress":
        told = (str(record.on or ""), record.content or "")
    elif table == "extensions":
        told = (str(record.asked_on or ""), str(record.new_due_on or ""))
    elif table == "revisions":
        told = (record.document_number or "", record.document_name or "", record.proposal or "")
    else:
        return ""
    return hashlib.sha256("\x1f".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _questions(view: RegisterView, item: TodoItem, keys: Sequence[str], allowed: AllowedWords) -> Iterator[Question]:
    """One for each cell of the item's row that it asks for and the sheet has."""
    table: Table[Any] | None = getattr(view.register, TABLES[item.kind])
    record = _record(table, item) if table is not None else None
    if table is None or record is None:
        return
    columns = {column.key: column for column in columns_of(type(record))}
    for key in keys:
        if key in table.columns:
            column = replace(columns[key], header=table.headings.get(key, columns[key].header))
            absent = [columns[one].header for one in _BESIDE.get((item.kind, key), ()) if one not in table.columns]
            prompt = _without(absent, without_absent_sheets(column.prompt, view.register))
            kept = _REPLACES if key in _OFFERED and value_in_cell(record, key) is not None else ""
            yield _question(item, column, record, _names(view, column) or allowed(column), prompt + kept)


def _without(absent: Sequence[str], prompt: str) -> str:
    """The prompt less its clauses between ； that send people to a column which the sheet lacks."""
    return without_clauses(prompt, lambda clause: any(header in clause for header in absent))


def _names(view: RegisterView, column: Column) -> tuple[str, ...]:
    """The people still employed, or the departments, where the column wants one."""
    if column.kind in (Kind.PERSON, Kind.PEOPLE):
        people = view.register.people
        names = (person.name for person in (people.records if people else ()) if person.name)
        return tuple(name for name in dict.fromkeys(names) if view.roster.active(name))
    return view.roster.departments if column.kind in (Kind.DEPARTMENT, Kind.DEPARTMENTS) else ()


def _record(table: Table[Any], item: TodoItem) -> Record | None:
    """The row that the item's cell stands in."""
    row = int(item.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)
    return next(
        (record for record in table.records if line_of(record.row) == row and record.number == item.number), None
    )


def _keys(whose: Whose, item: TodoItem) -> tuple[str, ...]:
    """Of an action the cells that are theirs to fill; of the other sheets all that the item asks for."""
    keys = item.keys if item.kind != ACTION else _own_keys(whose, item)
    return tuple(dict.fromkeys(one for key in keys for one in (key, *_BESIDE.get((item.kind, key), ()))))


def _own_keys(whose: Whose, item: TodoItem) -> tuple[str, ...]:
    derived = whose.view.derived.get(item.number)
    if derived is None:
        return ()
    own = own_keys(whose, action_state_of(whose.view.inputs, whose.view.by_number[item.number]), derived)
    to_clear = _cells_to_clear(whose.view, item)
    return tuple(key for key in own if key not in to_clear)


def _cells_to_clear(view: RegisterView, item: TodoItem) -> tuple[str, ...]:
    """The cells of an action that its next step asks to be emptied: no answer on a slip can do that."""
    action = view.by_number.get(item.number) if item.kind == ACTION else None
    return keys_to_clear(action_state_of(view.inputs, action), item.status) if action is not None else ()


def _question(item: TodoItem, column: Column, record: Any, choices: tuple[str, ...], prompt: str) -> Question:
    return Question(
        table=TABLES[item.kind],
        number=item.number,
        mark=mark_of(record, TABLES[item.kind]),
        key=column.key,
        header=column.header,
        about=item.description,
        what=without_groups(item.next_step),
        due_on=item.due_on,
        overdue=item.overdue,
        before=cell_text(value_in_cell(record, column.key)),
        choices=choices,
        is_open=column.kind not in (Kind.CHOICE, Kind.YES_NO),
        is_date=column.kind is Kind.DATE,
        prompt=prompt,
        due_name=item.due_name,
        bounds=column.bounds,
    )
