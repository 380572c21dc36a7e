"""One name that makes way for another, cell by cell: a leaver's for the successor's, a department's for its new one."""

from __future__ import annotations

from msgspec import Struct

from capa_xl.model.register import AutoValue


class NamedCell(Struct, frozen=True):
    """A cell in which `old` stands and `new` is to stand, wherever its row is now.

    Attributes:
        table: Attribute of `Register` that holds the row.
        row: 1-based row, as the register has it.
        key: English key of the column.
        number: 编号 or 登记编号 it belongs to; "" where there is none.
        about: What the row is about.
    """

    table: str
    row: int
    key: str
    number: str
    about: str
    old: str
    new: str


class NameChange(Struct, frozen=True):
    """One cell as it stands and as it would stand.

    Attributes:
        sheet: The sheet's actual name.
        cell: A1 address.
        header: Heading of its column.
    """

    sheet: str
    cell: str
    number: str
    header: str
    about: str
    before: AutoValue
    after: str


class LeftToPeople(Struct, frozen=True):
    """What nobody can decide but a person: `reason` says why, and what to do, as a Chinese sentence."""

    number: str
    header: str
    reason: str


class Replacements(Struct, frozen=True):
    """Everything that would change, and what is left to people."""

    changes: tuple[NameChange, ...]
    left: tuple[LeftToPeople, ...] = ()


class WantedNames(Struct, frozen=True):
    """What the policy would have changed, before anybody looked at the cells."""

    cells: tuple[NamedCell, ...]
    left: tuple[LeftToPeople, ...] = ()
