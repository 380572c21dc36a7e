"""The workbooks of one run and how they are worked at. Shared ground of the use cases over many workbooks."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.copies import Identity, identity_task, told_apart
from capa_xl.app.shared.desk import DeskOf
from capa_xl.app.shared.executors import Executor, Lost
from capa_xl.app.shared.served import BROKEN, BUG, MISSING, TIMEOUT, Served
from capa_xl.app.shared.workbook_list import GroupTask, Listed
from capa_xl.effects.world import World
from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.as_of import AsOf
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste

GroupStep = Callable[[str, int, int], None]
"""Told what is being done, how many are done and how many there are."""


class Group(Struct, frozen=True):
    """The workbooks of a run and how they are worked at.

    Attributes:
        desk_of: Can be sent to another process.
        engine: Where the work is done.
        step: Told how far it is.
        left_out: Those that nothing is done with, once they are told apart: copies and archived years of others,
            places where no workbook is.
        notes: What there is to say of the workbooks as a whole.
    """

    listed: tuple[Listed, ...]
    desk_of: DeskOf
    as_of: AsOf
    world: World
    engine: Executor
    step: GroupStep = lambda what, done, of: None
    left_out: tuple[Served, ...] = ()
    notes: tuple[str, ...] = ()

    def tasks(self) -> tuple[GroupTask, ...]:
        """One task a workbook."""
        return tuple(GroupTask(listed, self.desk_of) for listed in self.listed)


def to_be_worked_at(group: Group) -> Group:
    """The same with the workbooks alone that something is done with; each of the others is named in `left_out`."""
    nowhere = tuple(_nowhere(one) for one in group.listed if one.fault)
    group = replace(group, listed=tuple(one for one in group.listed if not one.fault), left_out=nowhere)
    tasks = group.tasks()
    if len(tasks) < 2:
        return group
    identities = [Identity()] * len(tasks)
    for end in group.engine.run(identity_task, tasks, group.world.go_on):
        identities[end.place] = Identity() if isinstance(end, Lost) else end.result
    found = told_apart(tasks, identities)
    rest = tuple(listed for place, listed in enumerate(group.listed) if place not in found.copies)
    return replace(group, listed=rest, left_out=(*nowhere, *found.copies.values()), notes=found.notes)


def _nowhere(place: Listed) -> Served:
    """A place without a workbook: a share that is gone must not pass as a success."""
    return Served(place.path, MISSING, UnreadableWorkbook.exit_code if place.is_named else 0, (place.fault,))


def lost_served(listed: Listed, lost: Lost) -> Served:
    """A workbook that came to no end."""
    outcome = TIMEOUT if lost.timed_out else BROKEN
    code = UnreadableWorkbook.exit_code if lost.timed_out or lost.why else BUG
    return Served(listed.path, outcome, code, (lost_words(lost),))


def lost_words(lost: Lost) -> str:
    """Why a workbook came to no end, as a Chinese sentence."""
    if lost.why:
        return lost.why
    if lost.timed_out:
        return "超过规定的时间还没有处理完，已结束 → 请检查文件，或用 --timeout 放宽"
    return f"处理它的进程一再意外退出 → 请单独运行 {to_paste('check', THIS_WORKBOOK)}，查看原因"
