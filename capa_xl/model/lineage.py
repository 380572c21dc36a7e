"""Departments that go on under another name, or in another one (sheet 部门沿革): which names are one department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.model.names_apart import listed_names
from capa_xl.model.records import Succession
from capa_xl.model.register import Table


class Lineage(Struct, frozen=True):
    """Who came after whom. A row that lacks a name is left out; one without 生效日期 always holds.

    A row from a name to itself says that a department which was split goes on under its old name too.
    """

    _later: Mapping[str, tuple[Succession, ...]] = field(default_factory=dict)
    _earlier: Mapping[str, tuple[Succession, ...]] = field(default_factory=dict)
    _kept: Mapping[str, tuple[Succession, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Table[Succession] | None) -> Lineage:
        """The lineage of the sheet; an absent one knows of no change."""
        named = [part for row in table.records if row.old and row.new for part in _each_new(row)] if table else []
        rows = [row for row in named if row.old != row.new]
        kept = _grouped((row.old or "", row) for row in named if row.old == row.new)
        return cls(_grouped((row.old or "", row) for row in rows), _grouped((row.new or "", row) for row in rows), kept)

    @property
    def former(self) -> tuple[str, ...]:
        """Names that have a successor, in sheet order."""
        return tuple(self._later)

    def successors(self, name: str, on: date) -> tuple[str, ...]:
        """The names the department goes by on that day: its own while no change is in force, several after a split."""
        return tuple(dict.fromkeys(self._newest(name, on, frozenset())))

    def current(self, name: str, on: date) -> str:
        """The one name it goes by on that day; its own where it was split, for nobody knows which part is meant."""
        found = self.successors(name, on)
        return found[0] if len(found) == 1 else name

    def lives_on(self, name: str, on: date) -> bool:
        """True where a department goes by its own name on that day: it was never changed, or split and kept."""
        return name in self.successors(name, on)

    def changed_on(self, name: str) -> date | None:
        """The first day of the first change; None without one, or without its date."""
        return min((row.on for row in self._later.get(name, ()) if row.on), default=None)

    def goes_by_since(self, name: str, on: date) -> date | None:
        """The day of the last of the changes that led to its `successors` of a day; None where none is dated."""
        passed = (name, *_walked(name, lambda one: (row.new or "" for row in self._in_force(one, on))))
        return max((row.on for one in passed for row in self._in_force(one, on) if row.on), default=None)

    def kin(self, name: str) -> tuple[str, ...]:
        """Every other name of the department: the later ones first, then the earlier ones."""
        return tuple(dict.fromkeys((*_walked(name, self._next), *_walked(name, self._previous))))

    def names_of_member(self, department: str, since: date | None) -> tuple[str, ...]:
        """The names under which somebody counts who stands in the department since that day; None for always.

        An earlier name counts only for who stood there before the change: a new hand was never of the old department.
        """

        def earlier(name: str) -> Iterator[str]:
            rows = self._earlier.get(name, ())
            return (row.old or "" for row in rows if since is None or (row.on is not None and since < row.on))

        return (department, *dict.fromkeys((*_walked(department, self._next), *_walked(department, earlier))))

    def _next(self, name: str) -> Iterator[str]:
        return (row.new or "" for row in self._later.get(name, ()))

    def _previous(self, name: str) -> Iterator[str]:
        return (row.old or "" for row in self._earlier.get(name, ()))

    def _in_force(self, name: str, on: date) -> list[Succession]:
        return [row for row in self._later.get(name, ()) if row.on is None or row.on <= on]

    def _newest(self, name: str, on: date, met: frozenset[str]) -> Iterator[str]:
        rows = self._in_force(name, on)
        if not rows or name in met:
            yield name
            return
        if any(row.on is None or row.on <= on for row in self._kept.get(name, ())):
            yield name
        for row in rows:
            yield from self._newest(row.new or "", on, met | {name})


UNCHANGED = Lineage()
"""No department ever got another name."""


def _walked(start: str, step: Callable[[str], Iterable[str]]) -> list[str]:
    """Everything reached from a name, nearest first, the name itself left out."""
    found: list[str] = []
    ahead = [start]
    while ahead:
        for name in step(ahead.pop(0)):
            if name not in (*found, start):
                found.append(name)
                ahead.append(name)
    return found


def _each_new(row: Succession) -> Iterator[Succession]:
    """A row for each of the new names that one cell gives."""
    names = [name.strip() for name in listed_names(row.new or "") if name.strip()]
    return (replace(row, new=name) for name in names)


def _grouped(pairs: Iterable[tuple[str, Succession]]) -> dict[str, tuple[Succession, ...]]:
    groups: defaultdict[str, list[Succession]] = defaultdict(list)
    for name, row in pairs:
        groups[name].append(row)
    return {name: tuple(rows) for name, rows in groups.items()}
