"""group: many workbooks at once, each served exactly as by the single command, and alone.

A broken, locked, hostile or hanging one costs only itself. Letters go in a last phase, after all are planned, so that
one person gets one letter a day; connections to mail servers are bounded over the whole run. The next run goes on where
a stopped one was, for the journals decide what is still to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.app.shared.executors import Lost
from capa_xl.app.shared.group_run import Group, lost_served, to_be_worked_at
from capa_xl.app.shared.group_tasks import check_task, mirror_task, prepare_task, send_task
from capa_xl.app.shared.joint_letters import LetterPart, joined, most_parts, one_a_day, send_joint
from capa_xl.app.shared.pass_letters import with_delivery, with_held_back
from capa_xl.app.shared.prepared import Prepared
from capa_xl.app.shared.send_budget import SendBudget
from capa_xl.app.shared.served import Served, exit_code
from capa_xl.model.as_of import AsOf


class GroupRun(Struct, frozen=True):
    """What a run over a group did.

    Attributes:
        served: By path; those that a stopped run didn't come to are left out.
        left: How many those are, and those whose letters or 提醒台账 it didn't come to.
        held_back: Letters that wait for the next run, a joint one once.
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
    held_back: int = 0

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
    several, alone = joined(one_a_day(prepared), most_parts())
    budget = SendBudget()
    alone, joint = _with_joint(group, several, alone, budget)
    served = {place: one.served for place, one in alone.items()}
    to_send = budget.all_limited(_with_letters(alone))
    served |= (sent := _run(group, "发送提醒", send_task, to_send, _connections(prepared)))
    to_mirror = {place: alone[place] for place in joint.told if not alone[place].letters}
    served |= (mirrored := _run(group, "更新台账", mirror_task, to_mirror))
    unsent = {place: len(one.letters) for place, one in to_send.items() if place not in sent}
    served |= {place: with_held_back(served[place], letters) for place, letters in unsent.items()}
    cut = {*joint.unreached, *unsent, *(to_mirror.keys() - mirrored.keys())}
    return _summed(group, served, len(cut), joint)


def _prepared(group: Group) -> Mapping[int, Prepared | Served]:
    return _ends(group, "校验、回写", prepare_task, dict(enumerate(group.tasks())))


def _with_letters(prepared: Mapping[int, Prepared]) -> dict[int, Prepared]:
    return {place: one for place, one in prepared.items() if one.letters}


class _Joint(Struct):
    """What became of the joint letters.

    Attributes:
        told: Workbooks that had one tried.
        unreached: Workbooks that one was left of when the run was stopped.
        letters: How many there are.
        repeated: How often one that went is counted again, and how often one that waits is.
    """

    letters: int
    told: dict[int, None] = field(default_factory=dict)
    unreached: set[int] = field(default_factory=set)
    repeated: int = 0
    waits_repeated: int = 0


def _with_joint(
    group: Group, several: Sequence[Sequence[LetterPart]], alone: dict[int, Prepared], budget: SendBudget
) -> tuple[dict[int, Prepared], _Joint]:
    """The workbooks with the fates of their joint letters."""
    joint = _Joint(len(several))
    for number, parts in enumerate(several):
        goes_on = group.world.go_on()
        if not goes_on or not budget.give([part.desk for part in parts], 1):
            _hold_back(parts, alone, joint, is_cut=not goes_on)
            continue
        group.step("发送合并的提醒", number, len(several))
        deliveries = send_joint(parts)
        for place, delivery in deliveries.items():
            alone[place] = replace(alone[place], served=with_delivery(alone[place].served, delivery))
            joint.told[place] = None
        again = tuple(deliveries.values())[1:]
        joint.repeated += sum(delivery.sent for delivery in again)
        joint.waits_repeated += sum(delivery.left for delivery in again)
    return alone, joint


def _hold_back(parts: Sequence[LetterPart], alone: dict[int, Prepared], joint: _Joint, *, is_cut: bool) -> None:
    """Count a joint letter that nobody tried to each of its workbooks."""
    places = {part.place for part in parts}
    for place in places:
        alone[place] = replace(alone[place], served=with_held_back(alone[place].served, 1))
    joint.waits_repeated += len(places) - 1
    joint.unreached |= places if is_cut else set()


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
    return replace(
        task.served, outcome=served.outcome, exit_code=served.exit_code, said=(*task.served.said, *served.said)
    )


def _summed(group: Group, served: Mapping[int, Served], cut: int = 0, joint: _Joint | None = None) -> GroupRun:
    ordered = sorted((*served.values(), *group.left_out), key=lambda one: one.workbook)
    left, waiting = len(group.listed) - len(served) + cut, sum(one.held_back for one in ordered)
    joint = joint or _Joint(0)
    return GroupRun(
        group.as_of,
        tuple(ordered),
        left,
        joint.letters,
        joint.repeated,
        group.notes,
        held_back=waiting - joint.waits_repeated,
    )
