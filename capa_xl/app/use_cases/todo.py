"""todo: what waits for a person or a department. Reads only."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import open_tracker
from capa_xl.model.as_of import AsOf
from capa_xl.model.todo import Todo
from capa_xl.policy.register_view import view_register
from capa_xl.policy.todo import todo_of


@dataclass(frozen=True, slots=True)
class TodoList:
    """What was found."""

    workbook: Path
    as_of: AsOf
    todo: Todo

    def as_json(self) -> dict[str, Any]:
        """The document of `--json`."""
        return {
            "workbook": str(self.workbook),
            "as_of": self.as_of.on,
            "name": self.todo.name,
            "kind": self.todo.kind,
            "items": [asdict(item) for item in self.todo.items],
        }


def todo(desk: Desk, name: str) -> TodoList:
    """What waits for that name at T; an unknown name has nothing, and the nearest known one is told.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
    """
    view = view_register(open_tracker(desk).register, desk.as_of)
    return TodoList(desk.workbook, desk.as_of, todo_of(view, name.strip()))
