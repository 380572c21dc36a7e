"""Whose hands open work is in, and which cells say so: what a leaver hands over (R73).

Only what has still to be done changes hands. A deed that is dated keeps the name of whoever did it, and so does every
row that has come to its end; roles are the roster's and left to people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.cut_text import cut_line
from capa_xl.model.records import Person, Step
from capa_xl.model.register import Table
from capa_xl.model.replacements import LeftToPeople, NamedCell, WantedNames
from capa_xl.model.schema import CHILDREN_OF_ACTIONS
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.role_words import roles_on
from capa_xl.policy.signing_role import demanded_way, lacking_role

_POSTS: Mapping[str, Mapping[str, str]] = {
    "tracker": {
        "owners": "",
        "investigators": "investigated_on",
        "approver": "approved_on",
        "inspector": "inspected_on",
        "confirmer": "confirmed_on",
        "cancel_approver": "cancelled_on",
    },
    "steps": {"owners": "done_on"},
    "extensions": {"approver": "approved_on"},
    "corrections": {"approver": "on"},
    "excuses": {"signed_by": "on"},
    "plans": {"approver": "approved_on"},
    "confirmations": {"confirmer": "confirmed_on"},
    "revisions": {"approver": "approved_on", "reviser": "revised_on"},
    "progress": {"addressee": "answered_on", "answered_by": "answered_on"},
    "needs": {"evaluator": "evaluated_on", "receiver": "replied_on"},
}
"""Table → key of a person's cell → key of the date on which it was done; "" where only the end of the row ends it."""
_VERDICTS: Mapping[tuple[str, str], str] = {
    ("tracker", "approver"): "approval",
    ("tracker", "inspector"): "inspection",
    ("tracker", "confirmer"): "effect",
    ("extensions", "approver"): "approval",
    ("plans", "approver"): "approval",
    ("confirmations", "confirmer"): "effect",
    ("revisions", "approver"): "approval",
    ("revisions", "reviser"): "new_version",
    ("progress", "answered_by"): "answer",
    ("needs", "evaluator"): "evaluation",
    ("needs", "receiver"): "reply",
}
"""Table and person's cell → what that person wrote when it was done: where that stands it was, dated or not."""
_JUDGES = frozenset({"inspector", "confirmer"})
_APPROVALS = frozenset({("tracker", "approver"), ("tracker", "cancel_approver"), ("extensions", "approver")})
_MOST_OF_A_VERDICT = 12
_ACTS = {"inspector": "检查", "confirmer": "确认"}


class Handover(Struct, frozen=True):
    """Who hands over to whom.

    Attributes:
        since: First day on which `taker` answers for it.
    """

    giver: str
    taker: str
    since: date


def handed_over(view: RegisterView, handover: Handover) -> WantedNames:
    """The cells that name the giver for something that has still to be done, sheet by sheet in row order."""
    cells, left = [], list(_roles(view, handover))
    for table, posts in _POSTS.items():
        for record, key in _held(view, table, posts, handover.giver):
            if why := _why_not(view, table, key, record, handover):
                left.append(_left_to_people(record.number, key, type(record), why))
            else:
                cells.append(_cell(table, key, record, handover))
                left += _of_another_department(view, key, record, handover)
    left += [_aside(row.number) for row in view.register.quarantined if handover.giver in row.record.owners]
    return WantedNames((*cells, *_deputies(view, handover)), tuple(dict.fromkeys(left)))


def _held(view: RegisterView, key: str, posts: Mapping[str, str], name: str) -> Iterator[tuple[Any, str]]:
    """The open rows of a table with the keys of the cells in which the name stands."""
    table: Table[Any] | None = getattr(view.register, key)
    for record in table.records if table else ():
        if not _is_open(view, key, record):
            continue
        for post, done in posts.items():
            is_done = bool(done) and getattr(record, done) is not None
            if not is_done and name in _names(getattr(record, post)):
                yield record, post


def _names(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _is_open(view: RegisterView, table: str, record: Any) -> bool:
    """True while the action that the row is, or belongs to, has not come to its end."""
    if table != "tracker" and table not in CHILDREN_OF_ACTIONS:
        return True
    derived = view.derived.get(record.number)
    return derived is not None and not derived.is_ended


def _why_not(view: RegisterView, table: str, key: str, record: Any, handover: Handover) -> str:
    """Why the taker can't take that over; "" where they can.

    What has its verdict was done already. Nobody judges or approves what is, or becomes, their own work (CK04, EF09,
    AP07), and who approves needs the role of the row's route (AP05).
    """
    if said := getattr(record, _VERDICTS.get((table, key), ""), None):
        told = f"已写有“{cut_line(said, _MOST_OF_A_VERDICT)}”而没有日期，没有改"
        return f"{told} → 是 {handover.giver} 做的就不改，还没做的请另定{{header}}"
    action, taker = view.by_number.get(record.number or ""), handover.taker
    is_approval = (table, key) in _APPROVALS
    if action is None or not (key in _JUDGES or is_approval):
        return ""
    steps = () if is_approval else view.steps.get(action.number, ())
    owners = {*action.owners, *(name for step in steps for name in step.owners)}
    if owners & {taker, handover.giver}:
        return f"{taker} 是（或将是）这一项的责任人，不能自己{_ACTS.get(key, '批准')}自己 → 请另定{{header}}"
    if getattr(record, "asked_by", None) == taker:
        return f"{taker} 是这一项延期的申请人，不能自己批准自己 → 请另定{{header}}"
    way = demanded_way(view.derived[action.number].route)
    role = lacking_role(view.roster, action, taker, handover.since, way) if is_approval else ""
    cure = "请另定{header}，或先在《人员部门》登记这个角色，再运行本命令"
    return f"{taker} 在 {handover.since} 没有“{role}”的角色 → {cure}" if role else ""


def _of_another_department(view: RegisterView, key: str, record: Any, handover: Handover) -> Iterator[LeftToPeople]:
    """Who becomes the first owner of an action of another department: its manager gets the letters (FD16)."""
    if not isinstance(record, Action) or key != "owners" or record.owners[0] != handover.giver:
        return
    taker, since = handover.taker, handover.since
    if view.roster.is_elsewhere(taker, record.departments, since):
        own, owing = view.roster.department_of(taker, since) or "", "、".join(record.departments)
        why = f"{taker} 属于「{own}」，不属于「{owing}」，提醒会发给别的经理 → 请核对{{header}}，或另定接交人"
        yield _left_to_people(record.number, "responsible_department", Action, why)


def _cell(table: str, key: str, record: Any, handover: Handover) -> NamedCell:
    about = next((text for name in ("description", "content", "reason", "document_name", "indicator")
                  if (text := getattr(record, name, None))), "")  # fmt: skip
    if isinstance(record, Step) and record.step:
        about = f"步骤 {record.step}：{about}"
    return NamedCell(table, record.row, key, record.number or "", about, handover.giver, handover.taker)


def _deputies(view: RegisterView, handover: Handover) -> Iterator[NamedCell]:
    """The rows of 人员部门 in which the giver stands in for somebody on or after that day."""
    for person in _people(view):
        if person.deputy == handover.giver and person.name != handover.taker and _runs_on(person, handover.since):
            about = f"{person.name or ''}的代理人"
            yield NamedCell("people", person.row, "deputy", "", about, handover.giver, handover.taker)


def _people(view: RegisterView) -> Iterable[Person]:
    return view.register.people.records if view.register.people else ()


def _runs_on(person: Person, since: date) -> bool:
    return (person.deputy_to is None or person.deputy_to >= since) and person.active is not False


def _roles(view: RegisterView, handover: Handover) -> Iterator[LeftToPeople]:
    if roles := roles_on(view.roster, handover.giver, handover.since):
        held = f"{handover.giver} 在 {handover.since} 仍担任{roles}"
        yield LeftToPeople("", "角色", f"{held} → 请在《人员部门》填失效日期（或在职填“否”），接任者另起一行")
    for person in _people(view):
        if person.deputy == handover.giver and person.name == handover.taker and _runs_on(person, handover.since):
            yield LeftToPeople("", "代理人", f"{handover.taker} 的代理人正是 {handover.giver} → 请另定代理人")


def _left_to_people(number: str, key: str, record_class: type, why: str) -> LeftToPeople:
    header = column_by_key(record_class)[key].header
    return LeftToPeople(number, header, why.format(header=header))


def _aside(number: str) -> LeftToPeople:
    return LeftToPeople(number, "责任人", "这一行待更正，没有列入交接 → 请先按校验结果更正，再运行本命令")
