"""daily: one idempotent pass over workbooks: check → refresh → remind → journal → 提醒台账.

Data and journal decide what is due. One that can't be served doesn't stop the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from capa_xl.app.shared.copies import identity_task, told_apart
from capa_xl.app.shared.copies_beside import copies_beside
from capa_xl.app.shared.daily_pass import prepare
from capa_xl.app.shared.desk import DeskOf
from capa_xl.app.shared.pass_letters import send_prepared
from capa_xl.app.shared.send_budget import SendBudget
from capa_xl.app.shared.served import Served
from capa_xl.app.shared.workbook_list import GroupTask, Listed
from capa_xl.effects.world import World


def daily(workbooks: Iterable[Path], world: World, desk_of: DeskOf) -> tuple[Served, ...]:
    """Serve workbooks one by one, copies of others left out; what a stop leaves is for the next pass."""
    served: list[Served] = []
    budget = SendBudget()
    tasks = [GroupTask(Listed(path, is_named=True), desk_of) for path in workbooks]
    copies = _copies(tasks)
    beside = partial(copies_beside, but_not=[task.listed.path for task in tasks])
    for place, task in enumerate(tasks):
        if not world.go_on():
            break
        served.append(copies.get(place) or send_prepared(budget.limited(prepare(task.listed.path, desk_of, beside))))
    return tuple(served)


def _copies(tasks: Sequence[GroupTask]) -> Mapping[int, Served]:
    return told_apart(tasks, [identity_task(task) for task in tasks]).copies if len(tasks) > 1 else {}
