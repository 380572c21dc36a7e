"""Which of several people of one name a reminder is for.

A name with two addresses in force may be two people. 责任部门 tells which owner is meant and the post which holder.
Whom a row names to inspect, to confirm or for a step may be either: a letter that may go to a stranger goes to nobody.
A name with one address is one person, whatever other rows lack it; that these go by it is told (decisions.md).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.records import Person
from capa_xl.policy.roster import Roster, addresses_of

_POSTS = frozenset(words.ROLES) - {words.EMPLOYEE}


class NamedFor(Struct, frozen=True):
    """Where a reminder has its names from.

    Attributes:
        departments: 责任部门 of the row, all of them.
        owners: Its 责任人.
        written: Who inspects, confirms or does a step, as the row and its steps name them.
    """

    departments: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    written: Collection[str | None] = frozenset()


FOR_A_POST = NamedFor()
"""Of a name that comes from the roster alone: it is there for a post."""


def address_of_post(roster: Roster, name: str, on: date) -> str:
    """The address of whoever of that name holds a post on that day; "" without one, or where it can't be told."""
    rows = roster.in_force(name, on)
    if len(addresses_of(rows)) > 1:
        return next(iter(addresses_of(rows_meant(roster, name, FOR_A_POST, rows))), "")
    return roster.address(name, on)


class LoneBox(Struct, frozen=True):
    """A name with one address, and rows of other departments without any: their letters go there too.

    Attributes:
        has: The row with the address.
        lacking: Those in force without a usable one.
    """

    has: Person
    lacking: tuple[Person, ...]


def lone_box(roster: Roster, name: str, on: date) -> LoneBox | None:
    """The one address that stands for rows of other departments of somebody at work; None where none lacks it."""
    rows = roster.in_force(name, on)
    if len(addresses_of(rows)) > 1 or not roster.active(name):
        return None
    having = tuple(one for one in rows if addresses_of((one,))) or tuple(
        one for one in roster.rows(name) if addresses_of((one,))
    )
    lacking = tuple(
        one
        for one in rows
        if not addresses_of((one,)) and not any(_is_one_department(roster, one, other) for other in having)
    )
    return LoneBox(having[0], lacking) if having and lacking else None


def _is_one_department(roster: Roster, one: Person, other: Person) -> bool:
    """Whether both rows stand in one department, under whatever name."""
    if one.department is None or other.department is None:
        return one.department == other.department
    return roster.stands_in(one, (other.department,)) or roster.stands_in(other, (one.department,))


def rows_meant(roster: Roster, name: str, place: NamedFor, rows: tuple[Person, ...]) -> tuple[Person, ...]:
    """Those of the rows of a name with several addresses that are meant; () where they still have several, or none."""
    if name in place.owners:
        meant = tuple(one for one in rows if roster.stands_in(one, place.departments))
    elif name in place.written:
        meant = ()
    else:
        meant = tuple(one for one in rows if not _POSTS.isdisjoint(one.roles))
    return meant if len(addresses_of(meant)) == 1 else ()
