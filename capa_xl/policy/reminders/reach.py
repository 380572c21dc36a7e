"""Whom letters can reach, told before any is due: an empty roster, people without an address, rows set aside (4.4.6).

Every command that could know says it (decisions.md B2, B10), so that nobody takes silence for a reminder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.addresses import NOT_ALLOWED, WHERE_ALLOWED, fault_of
from capa_xl.model.command_line import THIS_WORKBOOK, to_adopt
from capa_xl.model.cut_text import cut_list, cut_quote
from capa_xl.model.milestones import Post
from capa_xl.model.register import Quarantined, Table
from capa_xl.model.schema import PEOPLE_SHEET, SHEETS
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.correctors import correctors_of
from capa_xl.policy.keyless_rows import keyless_of
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.deputies import AddressBook
from capa_xl.policy.reminders.recipients import (
    confirmer_names,
    general_manager_names,
    inspector_names,
    names_of,
    quality_head_names,
)
from capa_xl.policy.reminders.shared_names import lone_box
from capa_xl.policy.root_causes import UNREADABLE
from capa_xl.policy.roster import addresses_of

EMPTY_ROSTER = (
    f"工作表《{PEOPLE_SHEET}》是空的，一封提醒也发不出去 → "
    "请先填 姓名、部门、角色、邮箱：总经理、质量部负责人、各部门经理和责任人"
)
NO_ROSTER = (
    f"没有工作表《{PEOPLE_SHEET}》，一封提醒也发不出去 → "
    f"请运行 {to_adopt(THIS_WORKBOOK, is_adopted=False)}，补上工作表，再填 姓名、部门、角色、邮箱"
)
NO_ROSTER_YET = f"没有工作表《{PEOPLE_SHEET}》，一封提醒也发不出去 → 接管时会补上，接管后填 姓名、部门、角色、邮箱"
"""Of a table that can't be read as it is: what is wrong with it has its own command to take it over."""
LOST_ROSTER = (
    f"工作表《{PEOPLE_SHEET}》不见了，一封提醒也发不出去 → 被改名的请改回；误删的，从 .capa_xl/backups 里的备份复制回来"
)
"""Of a workbook with sheets of ours: it had one."""
_POSTS = (Post.OWNERS, Post.STEP_DOERS, Post.MANAGER, Post.PROCESS_HEAD)
_CHECKERS = {words.TO_INSPECT: inspector_names, words.TO_CONFIRM: confirmer_names}
NOT_LISTED, LEFT = "不在名单", "已离职，没有代理人"
_ROLES = frozenset({words.GENERAL_MANAGER, words.QUALITY_HEAD})
_NAME_APART = "姓名写得不一样，跟踪表也照着写"
TELL_APART = f"同一个人的只留一个，换过岗位、邮箱的填失效日期；两个人重名的，{_NAME_APART}"
FILL_IN = f"同一个人的，填同一个邮箱；两个人重名的，填他自己的邮箱，{_NAME_APART}"
_MOST_ROWS = 10
_MOST_NAMES = 5


class Reach(Struct, frozen=True):
    """Whom letters can't reach.

    Attributes:
        roster: What is wrong with 人员部门 as a whole; "" when it names somebody.
        barred: That the mail settings let no address of the roster through; "" when they let one.
        people: (name, why) of those open rows wait for and no letter can reach; () while the roster is empty.
        set_aside: The rows that nobody is reminded of until they are put right; "" without any.
        several: (name, their addresses) of those who have more than one; what a letter is about tells which.
        lone: (name, what goes to whom) of those with a row that another department's row has the address for.
    """

    roster: str = ""
    barred: str = ""
    people: tuple[tuple[str, str], ...] = ()
    set_aside: str = ""
    several: tuple[tuple[str, tuple[str, ...]], ...] = ()
    lone: tuple[tuple[str, str], ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it, in Chinese; () when every letter can arrive."""
        told = (self.roster, self.barred, self.of_people, self.of_several, self.of_lone, self.set_aside)
        return tuple(filter(None, told))

    @property
    def of_people(self) -> str:
        """The people, many of one reason a few and how many, with the sheet to fill; "" when all can be reached."""
        by_reason: dict[str, list[str]] = {}
        for name, why in self.people:
            by_reason.setdefault(why, []).append(name)
        unit = "人" if len(by_reason) > 1 else ""
        named = "、".join(_named(names, why, unit) for why, names in by_reason.items())
        return f"{len(self.people)} 人收不到提醒：{named} → {cure_of(by_reason)}" if named else ""

    @property
    def of_several(self) -> str:
        """Whose letters may be a namesake's, or go to an address nobody reads any more; "" where nobody's."""
        named = [f"{name}（{'、'.join(addresses)}）" for name, addresses in self.several]
        return (
            f"《{PEOPLE_SHEET}》里 {len(named)} 个姓名有几个邮箱：{cut_list(named, _MOST_NAMES, '个')}。"
            "责任人的信只发给责任部门的那一个，职务的信只发给任职的那一个，分不清的不发；"
            f"待办、填报表按姓名，几个人的在一起 → {TELL_APART}"
            if named
            else ""
        )

    @property
    def of_lone(self) -> str:
        """Whose letters go to the address of another row of the name; "" where nobody's."""
        named = [f"{name}（{goes}）" for name, goes in self.lone]
        told = cut_list(named, _MOST_NAMES, "个")
        return f"《{PEOPLE_SHEET}》里 {len(named)} 个姓名有的行没有可用的邮箱：{told} → {FILL_IN}" if named else ""

    def of(self, name: str) -> Reach:
        """What concerns one person: the roster, and their own address."""
        people = tuple(one for one in self.people if one[0] == name)
        several = tuple(one for one in self.several if one[0] == name)
        lone = tuple(one for one in self.lone if one[0] == name)
        return Reach(self.roster, self.barred, people, several=several, lone=lone)


def cure_of(whys: Iterable[str]) -> str:
    """What to do about people whom no letter reaches, by the reasons; an address that isn't let through is there."""
    barred = [why.endswith(NOT_ALLOWED) for why in whys]
    fill, allow = f"请在《{PEOPLE_SHEET}》填写", f"请 IT 在 {WHERE_ALLOWED}里放行，或在《{PEOPLE_SHEET}》换邮箱"
    if all(barred):
        return allow
    return f"{fill}；域没有放行的，{allow}" if any(barred) else fill


def _named(names: Sequence[str], why: str, unit: str) -> str:
    if len(names) > _MOST_NAMES:
        return f"{cut_list(names, _MOST_NAMES, unit)}（{why}）"
    return "、".join(f"{name}（{why}）" for name in names)


def _no_roster(view: RegisterView) -> str:
    is_unread = any(remark.rule in UNREADABLE for remark in view.register.remarks)
    return NO_ROSTER_YET if is_unread else NO_ROSTER


def reach_of(view: RegisterView, allowed_domains: tuple[str, ...] = ()) -> Reach:
    """Whom the letters of the open rows can't reach at T.

    Args:
        allowed_domains: The domains that the mail settings let letters go to; () for all.
    """
    set_aside = _set_aside(view, view.register.quarantined)
    if view.register.people is None:
        there = {name.strip() for name in view.register.sheet_names}
        lost = LOST_ROSTER if {spec.name for spec in SHEETS if spec.owned} & there else _no_roster(view)
        return Reach(EMPTY_ROSTER if PEOPLE_SHEET in there else lost, set_aside=set_aside)
    barred = _barred(view, allowed_domains) if allowed_domains else ""
    book, domains = AddressBook(view.roster, view.on), () if barred else allowed_domains
    waited_for = tuple(dict.fromkeys(map(view.roster.meant_by, _waited_for(view))))
    why = ((name, _why_silent(view, book, name, domains)) for name in waited_for)
    found = ((name, view.roster.addresses(name, view.on)) for name in waited_for)
    several = tuple((name, addresses) for name, addresses in found if len(addresses) > 1)
    shared = frozenset(name for name, _ in several)
    silent = tuple((name, words) for name, words in why if words and name not in shared)
    return Reach("", barred, silent, set_aside, several, tuple(_lone(view, waited_for)))


def _lone(view: RegisterView, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The rows of these names whose letters go to an address that stands in another department's row."""
    for name in names:
        if box := lone_box(view.roster, name, view.on):
            departments = "、".join(cut_quote(one.department or "没有部门") for one in box.lacking)
            (address,), own = addresses_of((box.has,)), cut_quote(box.has.department or "没有部门")
            yield name, f"{departments}的信都发给{own}的 {address}"


def reaches_nobody(view: RegisterView) -> bool:
    """True when rows are open and nobody of the roster has a usable address, or nobody is in it."""
    return any(not derived.is_ended for _, derived in view.pairs) and not _addresses(view)


def _addresses(view: RegisterView) -> set[str]:
    """Every usable address of the roster."""
    people = view.register.people.records if view.register.people else ()
    return {address for person in people if person.name and (address := view.roster.address(person.name))}


def _barred(view: RegisterView, allowed: tuple[str, ...]) -> str:
    """That not one address of the roster may be written to: then the setting is wrong, and no person's address."""
    addresses = _addresses(view)
    if not addresses or any(not fault_of(address, allowed) for address in addresses):
        return ""
    return (
        f"[mail] allowed_domains（{'、'.join(allowed)}）不放行《{PEOPLE_SHEET}》里的任何一个邮箱"
        f"（例如 {min(addresses)}），一封提醒也发不出去 → 请 IT 在 {WHERE_ALLOWED}里改正"
    )


def _why_silent(view: RegisterView, book: AddressBook, name: str, allowed: tuple[str, ...]) -> str:
    """Why no letter reaches whom a name stands for; "" where one does."""
    addressees = book.addressees((name,), ())
    if not addressees:
        return _why(view, name)
    acting = [one.name for one in addressees if not one.informed]
    if away := [one for one in acting if one != name and view.roster.is_away(one, view.on)]:
        return _why_unread(view, away[0])
    faults = [fault_of(one.address, allowed) for one in addressees]
    return faults[0].partition(" → ")[0] if all(faults) else ""


def _waited_for(view: RegisterView) -> Iterator[str]:
    """Owners, doers of steps, managers and heads of every open row, and those who hear of what is late."""
    waiting = [(action, derived) for action, derived in view.pairs if not derived.is_ended]
    for action, derived in waiting:
        yield from names_of(view, action, _POSTS)
        if derived.status in _CHECKERS:
            yield from _CHECKERS[derived.status](view, action_state_of(view.inputs, action))
    for row in view.register.quarantined:
        yield from row.record.owners
    if waiting:
        yield from (*general_manager_names(view), *quality_head_names(view))


def _why_unread(view: RegisterView, deputy: str) -> str:
    """Of letters that go to a deputy who is away that day as well: no other was named."""
    instead = view.roster.deputy(deputy, view.on)
    return f"代理人「{deputy}」自己也不在{f'，由「{instead}」代理' if instead else ''}：要另写代理人"


def _why(view: RegisterView, name: str) -> str:
    roster = view.roster
    if name in _ROLES:
        return "没有人担任"
    if not roster.exists(name):
        if not _is_department(view, name):
            return NOT_LISTED
        return "部门没有经理" if roster.head_of(name, view.on) is None else "是部门，不是人"
    if not roster.active(name):
        deputy = roster.stand_in(name, view.on)
        return f"已离职，代理人「{deputy}」没有可用的邮箱" if deputy else LEFT
    written = next((person.email for person in roster.rows(name) if person.email), None)
    return f"邮箱「{cut_quote(written)}」不能用" if written else "没有邮箱"


def gone(view: RegisterView, name: str) -> str:
    """Why nobody can ask a person at all, by letter or by word; "" for who is there, or has a deputy."""
    roster = view.roster
    known = roster.meant_by(name)
    if roster.stand_in(known, view.on) or not (view.register.people and view.register.people.records):
        return ""
    if not roster.exists(known):
        return NOT_LISTED
    return "" if roster.active(known) else LEFT


def _is_department(view: RegisterView, name: str) -> bool:
    def named(action: Action) -> bool:
        return name in (*action.departments, action.owning_department)

    return name in view.roster.departments or any(named(action) for action in view.actions)


def set_aside_of(view: RegisterView, name: str) -> str:
    """The rows of a person or department that nobody is reminded of until they are put right; "" without any.

    Those around the tracker that belong to no action too: a step of theirs without 编号.
    """
    rows = view.register.quarantined
    own = _set_aside(view, [row for row in rows if name in correctors_of(view.roster, row.record)])
    return "；".join(filter(None, (own, keyless_of(view, name))))


def not_among_rows(view: RegisterView) -> str:
    """The rows that a table of one row an action goes without until they are put right; "" without any."""
    return _set_aside(view, view.register.quarantined, "不在其中")


def _set_aside(view: RegisterView, rows: Sequence[Quarantined], what: str = "未参与提醒") -> str:
    tracker = view.register.tracker
    named = [f"{row.number or tracker.line(row.row)}（{_cells(tracker, row)}）" for row in rows[:_MOST_ROWS]]
    told = cut_list(named, _MOST_ROWS, "行", total=len(rows))
    return f"{len(rows)} 行待更正，{what}：{told}" if rows else ""


def _cells(tracker: Table[Action], row: Quarantined) -> str:
    """D3、K3; with the sheet where the register runs over several."""
    sheet = f"《{tracker.sheet_of(row.row)}》" if tracker.pages else ""
    return sheet + "、".join(row.cells)
