"""What waits for somebody on the sheets beside the tracker, as an item of a list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from capa_xl.model.todo import ACTION, EXTENSION, FEEDBACK, NEED, REVISION, STEP, STEP_LATE, WAITED_TOO_LONG, TodoItem
from capa_xl.policy.beside_the_row import SideTask
from capa_xl.policy.register_view import RegisterView

TABLES = {
    ACTION: "tracker",
    STEP: "steps",
    FEEDBACK: "progress",
    NEED: "needs",
    EXTENSION: "extensions",
    REVISION: "revisions",
}
"""Kind of an item → attribute of `Register` that holds its row."""
_ABOUT = {STEP: "content", FEEDBACK: "content", EXTENSION: "reason", REVISION: "document_name"}


def side_item(view: RegisterView, number: str, task: SideTask) -> Iterator[TodoItem]:
    """The item of a row beside an action; none where the sheet is missing."""
    table = getattr(view.register, TABLES[task.kind])
    if table is None:
        return
    keys = tuple(key for key in task.keys if key in table.columns)
    place = table.sheet_of(task.record.row), tuple(table.cell(task.record.row, key) for key in keys)
    about = getattr(task.record, _ABOUT[task.kind]) or ""
    day = (task.due_on, task.limit_name, task.late_word)
    actors = "、".join(task.actors) if task.kind == STEP else task.actors[0]
    yield item_beside(view, number, task.kind, place, keys, about, task.phrase, actors, day)


def item_beside(
    view: RegisterView,
    number: str,
    kind: str,
    place: tuple[str, tuple[str, ...]],
    keys: tuple[str, ...],
    description: str,
    what: str,
    actor: str,
    day: tuple[date | None, str, str],
) -> TodoItem:
    """An item that stands on another sheet than the tracker.

    Args:
        place: The sheet, and the cells to fill there.
        day: (by when, what that day is called, how its lateness is called).
    """
    due_on, due_name, late_word = day
    left = (due_on - view.on).days if due_on else None
    days = -left if left is not None and left < 0 else 0
    late = (STEP_LATE if kind == STEP else WAITED_TOO_LONG) if days else ""
    return TodoItem(
        number=number,
        kind=kind,
        sheet=place[0],
        cell=place[1][0] if place[1] else "",
        description=description,
        status="",
        next_step=what,
        next_actor=actor,
        due_on=due_on,
        overdue=f"{late_word} {days} 天" if days else "",
        days_overdue=days,
        days_left=left,
        cells=place[1],
        due_name=due_name,
        late=late,
        keys=keys,
    )
