"""Who is who on which day: roles, heads, deputies and addresses of sheet 人员部门 (R73)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.addresses import sound_address
from capa_xl.model.lineage import UNCHANGED, Lineage
from capa_xl.model.records import Person
from capa_xl.model.register import Table
from capa_xl.policy.posts_around_names import meant_people

K = TypeVar("K")

_HEADS_OF_OWN = (words.QUALITY_HEAD, words.GENERAL_MANAGER)
"""Roles that lead the department they stand in, where it has no 部门经理 row."""
HEADING_POSTS = (words.PROCESS_HEAD, words.DEPARTMENT_MANAGER, *_HEADS_OF_OWN)
"""Roles that sign for the department they stand in, the first choice first (R63)."""


class _Standing(Struct, frozen=True):
    """What a person is on a day: the roles of their own rows, those they act in besides, and their departments."""

    roles: frozenset[str]
    acting: frozenset[str]
    departments: frozenset[str]
    acting_departments: frozenset[str]


@dataclass(frozen=True, slots=True)
class Roster:
    """The roster with its lookups built once; every question about a role names the day it is asked for.

    Between two of the roster's dates nobody's standing changes, so it is worked out once for all those days.

    Attributes:
        departments: Departments in sheet order, then the former names of 部门沿革.
        lineage: Which names are one department; who is asked for under one name is found under the others too.
        places: All names of departments that 人员部门 or 字典 has, under whatever name; empty where 人员部门 has none.
    """

    departments: tuple[str, ...]
    lineage: Lineage
    places: frozenset[str]
    _by_name: dict[str, tuple[Person, ...]]
    _by_post: dict[tuple[str, str], tuple[Person, ...]]
    _by_role: dict[str, tuple[Person, ...]]
    _by_process: dict[str, str]
    _by_department: dict[str, tuple[Person, ...]]
    _deputised: dict[str, tuple[Person, ...]]
    _employed: frozenset[str]
    _meant: Mapping[str, str]
    _dates: tuple[date, ...]
    _heads: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    _managers: dict[tuple[str, int], str | None] = field(default_factory=dict, compare=False, repr=False)
    _standings: dict[tuple[str, int], _Standing] = field(default_factory=dict, compare=False, repr=False)
    _periods: dict[date, int] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        people: Table[Person] | None,
        lineage: Lineage = UNCHANGED,
        writings: Iterable[str] = (),
        listed: Iterable[str] = (),
    ) -> Roster:
        """The roster of the sheet; an absent sheet gives an empty one that knows nobody.

        Args:
            writings: Names as the tracker has them, some with a post around them.
            listed: The departments of 字典.
        """
        rows = tuple(p for p in people.records if p.name) if people else ()
        by_name = _grouped((p.name or "", p) for p in rows)
        departments = _departments(rows, lineage)
        return cls(
            departments=departments,
            lineage=lineage,
            places=_places([*departments, *listed], lineage) if departments else frozenset(),
            _by_name=by_name,
            _by_post=_grouped(((p.department or "", role), p) for p in rows for role in p.roles),
            _by_role=_grouped((role, p) for p in rows for role in p.roles),
            _by_process={c: p.department for p in reversed(rows) if p.department for c in p.owned_processes},
            _by_department=_grouped((p.department or "", p) for p in rows),
            _deputised=_grouped((name, p) for p in rows for name in deputies_of(p)),
            _employed=frozenset(name for name, own in by_name.items() if _is_employed(own)),
            _meant=meant_people(writings, by_name, {p.department for p in rows if p.department}) if rows else {},
            _dates=tuple(sorted({day for p in rows for day in _dates_of(p) if day is not None})),
        )

    def asked(self, *departments: str | None) -> tuple[str, ...]:
        """Those that anybody can be asked under; one that no list has (FD13) is nobody's, as if the cell were blank.

        All of them while 人员部门 has no department: then the table's own are the only ones known.
        """
        return tuple([one for one in departments if one and (one in self.places or not self.places)])

    def exists(self, name: str) -> bool:
        """True when the name stands in the roster, in whatever period."""
        return name in self._by_name

    def meant_by(self, writing: str) -> str:
        """The person of the roster whom a writing with a post around the name means, else the writing itself."""
        return self._meant.get(writing, writing)

    def rows(self, name: str) -> tuple[Person, ...]:
        """The person's rows in sheet order."""
        return self._by_name.get(name, ())

    def active(self, name: str) -> bool:
        """False when the newest row (by 生效日期) of a known person says 在职=否, or when nobody knows the name."""
        return name in self._employed

    def roles(self, name: str, on: date) -> frozenset[str]:
        """Roles of the person's own rows in force on that day."""
        return self._standing(name, on).roles

    def acting_roles(self, name: str, on: date) -> frozenset[str]:
        """`roles`, with those of everybody the person deputises for on that day."""
        return self._standing(name, on).acting

    def lent_roles(self, name: str, on: date, departments: Collection[str] = ()) -> frozenset[str]:
        """The roles of everybody the person deputises for on that day, in these departments; in all without any.

        Those that hold for the whole company are lent whatever the department.
        """
        lent: set[str] = set()
        for person in self._away(name, on):
            is_here = not departments or self.stands_in(person, departments)
            lent.update(role for role in person.roles if is_here or role in words.ROLES_OF_COMPANY)
        return frozenset(lent)

    def has_role(self, name: str, role: str, on: date) -> bool:
        """True when the person held the role on that day, in person or as the deputy in force."""
        return role in self.acting_roles(name, on)

    def lacks(self, name: str, role: str, on: date) -> bool:
        """True when the person can't have acted in that role: the roster knows them, or names others for it then."""
        return not self.has_role(name, role, on) and (self.exists(name) or bool(self.holders(role, on)))

    def holders(self, role: str, on: date) -> tuple[str, ...]:
        """Names that hold a role on that day, people still employed first."""
        return self._names(self._by_role.get(role, ()), on)

    def general_manager(self, on: date) -> str | None:
        """The 总经理 of that day."""
        return _first(self.holders(words.GENERAL_MANAGER, on))

    def quality_head(self, on: date) -> str | None:
        """The 质量部负责人 of that day."""
        return _first(self.holders(words.QUALITY_HEAD, on))

    def quality_posts(self, on: date) -> tuple[str, ...]:
        """Who holds a role of 质量部 on that day, heads before staff."""
        return tuple(dict.fromkeys(name for role in words.QUALITY_ROLES for name in self.holders(role, on)))

    def manager_of(self, department: str | None, on: date) -> str | None:
        """The 部门经理; 质量部负责人 and 总经理 lead the department they stand in."""
        key = (department or "", self._period(on))
        if key not in self._managers:
            self._managers[key] = self._post(department, (words.DEPARTMENT_MANAGER, *_HEADS_OF_OWN), on)
        return self._managers[key]

    def head_of(self, department: str | None, on: date) -> str | None:
        """归口部门负责人 of the department, else its 部门经理, else the deputy in force."""
        return _first(self.heads_of(department, on))

    def heads_of(self, department: str | None, on: date) -> tuple[str, ...]:
        """Everybody who may sign as 归口部门负责人 of the department on that day, the first choice first (R63)."""
        key = (department or "", self._period(on))
        if key not in self._heads:
            self._heads[key] = self._found_heads(department or "", on)
        return self._heads[key]

    def _found_heads(self, department: str, on: date) -> tuple[str, ...]:
        names = (department, *self.lineage.kin(department))
        return next((heads for name in names if (heads := self._heads_under(name, on))), ())

    def _heads_under(self, department: str, on: date) -> tuple[str, ...]:
        rows = [p for role in HEADING_POSTS for p in self._by_post.get((department, role), ())]
        names = [n for role in HEADING_POSTS for n in self._names(self._by_post.get((department, role), ()), on)]
        deputies = [name for p in rows if _deputises(p, on) for name in deputies_of(p)]
        return tuple(dict.fromkeys([*names, *deputies]))

    def department_of(self, name: str, on: date) -> str | None:
        """The person's department on that day, else the one of the first row; None for a stranger."""
        rows = self.rows(name)
        held = [p.department for p in rows if p.department and _holds(p, on)]
        return held[0] if held else next((p.department for p in rows if p.department), None)

    def departments_of(self, name: str, on: date) -> frozenset[str]:
        """All departments the person stands in on that day."""
        return self._standing(name, on).departments

    def departments_acted_in(self, name: str, on: date) -> frozenset[str]:
        """`departments_of`, with those of everybody the person deputises for on that day."""
        return self._standing(name, on).acting_departments

    def is_elsewhere(self, name: str, departments: Collection[str], on: date) -> bool:
        """True for somebody of the roster who stands in none of these departments on that day, if it knows any."""
        if not self.exists(name) or not any(one in self.departments for one in departments):
            return False
        return (self.departments_of(name, on) | {self.department_of(name, on)}).isdisjoint(departments)

    def members(self, department: str, on: date) -> tuple[str, ...]:
        """Everybody who stands in the department on that day, in sheet order."""
        names = (department, *self.lineage.kin(department))
        return next((found for name in names if (found := self._names(self._by_department.get(name, ()), on))), ())

    def owner_of_process(self, process: str | None) -> str | None:
        """The department whose 归口过程 names the process."""
        return self._by_process.get(process or "")

    def in_quality(self, name: str, on: date) -> bool:
        """True for members of 质量部 on that day, by department or by role."""
        standing = self._standing(name, on)
        return words.QUALITY_DEPARTMENT in standing.departments or not standing.acting.isdisjoint(words.QUALITY_ROLES)

    def quality_members(self, on: date) -> tuple[str, ...]:
        """All of those, whatever 质量部 is called in the company, in sheet order."""
        return tuple(name for name in self._by_name if self.in_quality(name, on))

    def address(self, name: str, on: date | None = None) -> str:
        """The person's mail address: the first sound one of the rows in force on that day, else of any; "" without."""
        held = () if on is None else self.in_force(name, on)
        return next(iter(addresses_of((*held, *self.rows(name)))), "")

    def addresses(self, name: str, on: date) -> tuple[str, ...]:
        """The different sound addresses of a name in force on that day; of several nobody knows whose each is."""
        return addresses_of(self.in_force(name, on))

    def in_force(self, name: str, on: date) -> tuple[Person, ...]:
        """The rows of a name in force on that day, without those that say 在职=否."""
        return tuple(p for p in self.rows(name) if p.active is not False and _holds(p, on))

    def stands_in(self, person: Person, departments: Collection[str]) -> bool:
        """Whether a row's department is one of these, under whatever name it counts for who stands in it."""
        return not set(self._departments_in((person,))).isdisjoint(departments)

    def deputy(self, name: str, on: date, rows: Iterable[Person] | None = None) -> str | None:
        """Who stands in for the person on that day: of several `deputies` the first who is at work and not away too.

        Where all are away that day, the first who is still employed, else the first.

        Args:
            rows: Those of the person's rows that count; None for all.
        """
        named = self.deputies(name, on, rows)
        employed = tuple(filter(self.active, named))
        return next((n for n in employed if not self.is_away(n, on)), _first(employed or named))

    def deputies(self, name: str, on: date, rows: Iterable[Person] | None = None) -> tuple[str, ...]:
        """Whom the person names for that day: 代理起–止 covers it, or the person has left and names deputies.

        Args:
            rows: Those of the person's rows that count; None for all.
        """
        gone, own = not self.active(name), self.rows(name) if rows is None else rows
        return tuple(n for p in own if _deputises(p, on) or _left(p, gone) for n in deputies_of(p))

    def stood_in_for(self, name: str, on: date) -> tuple[str, ...]:
        """Whom `deputies` names the person for on that day, in sheet order."""
        people = dict.fromkeys(p.name or "" for p in self._deputised.get(name, ()))
        return tuple(one for one in people if name in self.deputies(one, on))

    def is_away(self, name: str, on: date) -> bool:
        """True when 代理起–止 of one of the person's rows covers that day."""
        return any(_deputises(person, on) for person in self.rows(name))

    def stand_in(self, name: str, on: date, rows: Iterable[Person] | None = None) -> str | None:
        """`deputy`, where that one is at work and can be asked."""
        deputy = self.deputy(name, on, rows)
        return deputy if deputy and self.active(deputy) else None

    def _standing(self, name: str, on: date) -> _Standing:
        key = (name, self._period(on))
        if key not in self._standings:
            self._standings[key] = self._found_standing(name, on)
        return self._standings[key]

    def _found_standing(self, name: str, on: date) -> _Standing:
        held = [p for p in self.rows(name) if _holds(p, on)]
        roles = frozenset(role for p in held for role in p.roles)
        away = self._away(name, on)
        lent = (role for p in away for role in p.roles)
        own = frozenset(self._departments_in(held))
        return _Standing(roles, roles.union(lent), own, own.union(self._departments_in(away)))

    def _away(self, name: str, on: date) -> tuple[Person, ...]:
        """The rows of those whom the person deputises for on that day."""
        return tuple(p for p in self._deputised.get(name, ()) if _holds(p, on) and _deputises(p, on))

    def _departments_in(self, rows: Iterable[Person]) -> Iterator[str]:
        """The departments of these rows, under every name that counts for who stands in them."""
        for person in rows:
            if person.department:
                yield from self.lineage.names_of_member(person.department, person.valid_from)

    def _period(self, on: date) -> int:
        """Which of the roster's dates the day is, or which two it lies between."""
        if on not in self._periods:
            self._periods[on] = bisect_left(self._dates, on) + bisect_right(self._dates, on)
        return self._periods[on]

    def _post(self, department: str | None, roles: Iterable[str], on: date) -> str | None:
        posts = ((name, role) for name in (department or "", *self.lineage.kin(department or "")) for role in roles)
        return next((n for post in posts for n in self._names(self._by_post.get(post, ()), on)), None)

    def _names(self, rows: tuple[Person, ...], on: date) -> tuple[str, ...]:
        """Distinct names of the rows in force; who has left comes last, because past facts may still name them."""
        names = dict.fromkeys(p.name for p in rows if p.name and _holds(p, on))
        return tuple(sorted(names, key=lambda name: not self.active(name)))


def _departments(rows: Iterable[Person], lineage: Lineage) -> tuple[str, ...]:
    """Those of the roster, in sheet order; the former names where there is a roster at all."""
    own = tuple(dict.fromkeys(p.department for p in rows if p.department))
    return tuple(dict.fromkeys((*own, *lineage.former))) if own else ()


def _places(names: Collection[str], lineage: Lineage) -> frozenset[str]:
    """These under every name they go by; 字典 may have a blank inside one. 质量部 is the policy's, however called."""
    whole = {words.QUALITY_DEPARTMENT, *names} | {"".join(name.split()) for name in names}
    return frozenset(whole.union(*(lineage.kin(name) for name in whole)))


def _dates_of(person: Person) -> tuple[date | None, ...]:
    return person.valid_from, person.valid_to, person.deputy_from, person.deputy_to


def _holds(person: Person, on: date) -> bool:
    if person.valid_from is not None and on < person.valid_from:
        return False
    return person.valid_to is None or on <= person.valid_to


def _is_employed(rows: tuple[Person, ...]) -> bool:
    newest = max(p.valid_from or date.min for p in rows)
    return any(p.active is not False for p in rows if (p.valid_from or date.min) == newest)


def addresses_of(rows: Iterable[Person]) -> tuple[str, ...]:
    """The different sound addresses of these rows, as written first: no mail server in use tells their cases apart."""
    sound = filter(None, (sound_address(person.email or "") for person in rows))
    found: dict[str, str] = {}
    for address in sound:
        found.setdefault(address.casefold(), address)
    return tuple(found.values())


def deputies_of(person: Person) -> tuple[str, ...]:
    """Who may stand in for the person, in order."""
    return tuple(filter(None, (person.deputy or "").split("、")))


def _deputises(person: Person, on: date) -> bool:
    if person.deputy_from is None and person.deputy_to is None:
        return False
    return (person.deputy_from or on) <= on <= (person.deputy_to or on)


def _left(person: Person, gone: bool) -> bool:
    return gone and person.deputy_from is None and person.deputy_to is None


def _first(names: tuple[str, ...]) -> str | None:
    return names[0] if names else None


def _grouped(pairs: Iterable[tuple[K, Person]]) -> dict[K, tuple[Person, ...]]:
    groups: dict[K, list[Person]] = {}
    for key, person in pairs:
        groups.setdefault(key, []).append(person)
    return {key: tuple(people) for key, people in groups.items()}
