"""group: many workbooks at once, each served exactly as by the single command, and alone.

A broken, locked, hostile or hanging one costs only itself. Letters go in a last phase, after all are planned, so that
one person gets one letter a day; connections to mail servers are bounded over the whole run. The next run goes on where
a stopped one was, for the journals decide what is still to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.daily_pass import Prepared, with_delivery
from capa_xl.app.shared.executors import Lost
from capa_xl.app.shared.group_run import Group, lost_served, to_be_worked_at
from capa_xl.app.shared.group_tasks import check_task, mirror_task, prepare_task, send_task
from capa_xl.app.shared.joint_letters import joined, most_parts, send_joint
from capa_xl.app.shared.served import Served, exit_code
from capa_xl.model.as_of import AsOf


class GroupRun(Struct, frozen=True):
    """What a run over a group did.

    Attributes:
        served: By path; those that a stopped run didn't come to are left out.
        left: How many those are.
        joint: Letters that spoke of several workbooks; each is counted in `sent` of every one of those.
        repeated: How many of those `sent` speak of a letter that another workbook counts too.
        notes: What there is to say of the workbooks as a whole.
    """

    as_of: AsOf
    served: tuple[Served, ...]
    left: int = 0
    joint: int = 0
    repeated: int = 0
    notes: tuple[str, ...] = ()

    @property
    def letters(self) -> int:
        """Letters that a server took or the outbox holds, a joint one once."""
        return sum(one.sent for one in self.served) - self.repeated

    @property
    def counts(self) -> dict[str, int]:
        """Outcome → how many workbooks."""
        found: dict[str, int] = {}
        for one in self.served:
            found[one.outcome] = found.get(one.outcome, 0) + 1
        return dict(sorted(found.items()))

    @property
    def exit_code(self) -> int:
        """0, else that of the first failure by path."""
        return exit_code(self.served)


def group_check(group: Group) -> GroupRun:
    """Judge every workbook. Reads only."""
    group = to_be_worked_at(group)
    served = _run(group, "校验", check_task, dict(enumerate(group.tasks())))
    return _summed(group, served)


def group_daily(group: Group) -> GroupRun:
    """One daily pass over every workbook."""
    group = to_be_worked_at(group)
    prepared = {place: one if isinstance(one, Prepared) else Prepared(one) for place, one in _prepared(group).items()}
    several, alone = joined(prepared, most_parts())
    alone, told, repeated = _with_joint(group, several, alone)
    served = {place: one.served for place, one in alone.items()}
    served |= _run(group, "发送提醒", send_task, _with_letters(alone), _connections(prepared))
    served |= _run(group, "更新台账", mirror_task, {place: alone[place] for place in told if not alone[place].letters})
    return replace(_summed(group, served), joint=len(several), repeated=repeated)


def _prepared(group: Group) -> Mapping[int, Prepared | Served]:
    return _ends(group, "校验、回写", prepare_task, dict(enumerate(group.tasks())))


def _with_letters(prepared: Mapping[int, Prepared]) -> dict[int, Prepared]:
    return {place: one for place, one in prepared.items() if one.letters}


def _with_joint(
    group: Group, several: Sequence[Sequence[Any]], alone: dict[int, Prepared]
) -> tuple[dict[int, Prepared], tuple[int, ...], int]:
    """(the workbooks with the fates of their joint letters, which had one tried, how often one is repeated)."""
    told: dict[int, None] = {}
    repeated = 0
    for number, parts in enumerate(several):
        if not group.world.go_on():
            break
        group.step("发送合并的提醒", number, len(several))
        deliveries = send_joint(parts)
        for place, delivery in deliveries.items():
            alone[place] = replace(alone[place], served=with_delivery(alone[place].served, delivery))
            told[place] = None
        repeated += sum(delivery.sent for delivery in tuple(deliveries.values())[1:])
    return alone, tuple(told), repeated


def _connections(prepared: Mapping[int, Prepared]) -> int:
    """How many may send at once: the least that any of the workbooks' settings allows."""
    allowed = [one.desk.settings.mail.max_connections for one in prepared.values() if one.desk is not None]
    return max(1, min(allowed, default=1))


def _run(
    group: Group, what: str, function: Callable[[Any], Served], tasks: Mapping[int, Any], at_once: int = 0
) -> dict[int, Served]:
    return dict(_ends(group, what, function, tasks, at_once))


def _ends(
    group: Group, what: str, function: Callable[[Any], Any], tasks: Mapping[int, Any], at_once: int = 0
) -> dict[int, Any]:
    """What became of every task that was begun, by its place."""
    places = tuple(tasks)
    found: dict[int, Any] = {}
    if not places:
        return found
    for end in group.engine.run(function, [tasks[place] for place in places], group.world.go_on, at_once):
        place = places[end.place]
        found[place] = _lost(group, place, tasks[place], end) if isinstance(end, Lost) else end.result
        group.step(what, len(found), len(places))
    return found


def _lost(group: Group, place: int, task: Any, lost: Lost) -> Served:
    """A workbook whose step came to no end; what the steps before it did stays told."""
    served = lost_served(group.listed[place], lost)
    if not isinstance(task, Prepared):
        return served
    return replace(task.served, outcome=served.outcome, exit_code=served.exit_code, words=served.words)


def _summed(group: Group, served: Mapping[int, Served]) -> GroupRun:
    ordered = sorted((*served.values(), *group.left_out), key=lambda one: one.workbook)
    return GroupRun(group.as_of, tuple(ordered), len(group.listed) - len(served), notes=group.notes)
