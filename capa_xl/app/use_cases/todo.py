"""todo: what waits for a person or a department. Reads only."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.archived_year import refuse_ended_year
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.judging import judge_now
from capa_xl.app.shared.opening import open_tracker
from capa_xl.model.as_of import AsOf
from capa_xl.model.todo import Todo
from capa_xl.policy.reminders.reach import Reach, set_aside_of
from capa_xl.policy.todo import todo_of
from capa_xl.policy.written_otherwise import written_otherwise
from capa_xl.workbook.reading.written_names import one_name


class TodoList(Struct, frozen=True):
    """What was found.

    Attributes:
        notes: What a person should know of the workbook itself.
        reach: Whether letters reach that person, and which of their rows are set aside.
    """

    workbook: Path
    as_of: AsOf
    todo: Todo
    reach: Reach
    notes: tuple[str, ...] = ()


def todo(desk: Desk, name: str) -> TodoList:
    """What waits for that name at T; an unknown name has nothing, and the nearest known one is told.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it; or it is an archived year.
    """
    opened = open_tracker(desk)
    refuse_ended_year(desk, opened.sha256)
    judged = judge_now(opened)
    found = todo_of(judged.view, one_name(name), judged.checked.problems)
    found = replace(found, otherwise=written_otherwise(judged.view, found.name))
    reach = replace(judged.reach.of(found.name), set_aside=set_aside_of(judged.view, found.name))
    notes = (judged.journal.shared,) if judged.journal and judged.journal.shared else ()
    return TodoList(desk.workbook, desk.as_of, found, reach, notes)
