"""The cells that wait for a department or a person, row by row in the order of the todo (4.4.2: 责任部门 fill)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.cell_text import cell_text, value_in_cell
from capa_xl.model.columns import Column, Kind, columns_of
from capa_xl.model.derived import Derived
from capa_xl.model.pages import line_of
from capa_xl.model.register import Record, Table
from capa_xl.model.slip import Question
from capa_xl.model.todo import ACTION, FEEDBACK, NEED, STEP, Todo, TodoItem
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.next_actor import fillers_of
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.todo import is_meant, known_names, todo_of

AllowedWords = Callable[[Column], tuple[str, ...]]
"""The words of a column's list as they stand in this workbook."""
TABLES: Final = {ACTION: "tracker", STEP: "steps", FEEDBACK: "progress", NEED: "needs"}
_UNFOLD: Final = re.compile(r"（在“[^”]*”组中展开）")
"""How to find a folded column of the tracker; a slip has none."""
_STEP_KEYS = ("done_on", "output")
_FEEDBACK_KEYS = ("answer", "answered_by", "answered_on", "conclusion")
_EVALUATION_KEYS = ("evaluation", "evaluation_note", "evaluator", "evaluated_on")
_REPLY_KEYS = ("replied_on", "reply")


def questions_for(
    view: RegisterView, name: str, allowed: AllowedWords
) -> tuple[tuple[Question, ...], tuple[tuple[str, str], ...]]:
    """The cells that wait for a department or a person at T, and what waits for them but is no cell of a row."""
    questions: list[Question] = []
    without_cell: list[tuple[str, str]] = []
    todo = todo_of(view, name)
    for item in todo.items:
        asked = tuple(_questions(view, item, _keys(view, todo, item), allowed))
        questions += asked
        if not asked:
            without_cell.append((item.number, item.next_step))
    return tuple(questions), tuple(without_cell)


def known_departments(view: RegisterView) -> tuple[str, ...]:
    """The departments that the roster or the table names, in the order of their names."""
    return tuple(sorted(known_names(view)[1]))


def mark_of(record: Any, table: str) -> str:
    """What tells a row of a child sheet from others of the same number, whatever row it stands in."""
    if table == "steps":
        told = (record.step or "", record.content or "")
    elif table == "progress":
        told = (str(record.on or ""), record.content or "")
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
            yield _question(item, column, record, _names(view, column) or allowed(column))


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


def _keys(view: RegisterView, todo: Todo, item: TodoItem) -> Sequence[str]:
    if item.kind == ACTION:
        derived = view.derived.get(item.number)
        return _own_keys(view, todo, derived) if derived else ()
    if item.kind == STEP:
        return _STEP_KEYS
    if item.kind == FEEDBACK:
        return _FEEDBACK_KEYS
    return _EVALUATION_KEYS if item.next_step.startswith("评估") else _REPLY_KEYS


def _own_keys(view: RegisterView, todo: Todo, derived: Derived) -> tuple[str, ...]:
    """The cells of an action that are theirs to fill; a refused measure is rewritten, its verdict is the approver's."""
    keys = ("measure",) if derived.status == words.SENT_BACK else derived.next_keys
    state = action_state_of(view.inputs, view.by_number[derived.number])
    return tuple(
        key for key in keys if any(is_meant(view, todo, one) for one in fillers_of(state, derived.status, key) if one)
    )


def _question(item: TodoItem, column: Column, record: Any, choices: tuple[str, ...]) -> Question:
    return Question(
        table=TABLES[item.kind],
        number=item.number,
        mark=mark_of(record, TABLES[item.kind]),
        key=column.key,
        header=column.header,
        about=item.description,
        what=_UNFOLD.sub("", item.next_step),
        due_on=item.due_on,
        overdue=item.overdue,
        before=cell_text(value_in_cell(record, column.key)),
        choices=choices,
        is_open=column.kind not in (Kind.CHOICE, Kind.YES_NO),
        is_date=column.kind is Kind.DATE,
        prompt=column.prompt,
    )
