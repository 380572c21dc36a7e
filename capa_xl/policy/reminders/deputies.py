"""Names → recipients: the deputy in force gets the letter and the person is told; who has no address is named."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.model.records import Person
from capa_xl.policy.reminders.shared_names import FOR_A_POST, NamedFor, rows_meant
from capa_xl.policy.roster import Roster, addresses_of


class Addressee(Struct, frozen=True):
    """One recipient of one reminder.

    Attributes:
        department: Of a name that several people have, the one whose letter it is; "" where nobody shares it.
    """

    name: str
    address: str
    informed: bool = False
    deputy_for: str = ""
    department: str = ""


class AddressBook(Struct, frozen=True):
    """The roster on one day as letters need it; every name is looked up once.

    Attributes:
        unreachable: Names that some reminder was for, in the order met: without a usable address, or with several of
            which nothing tells whose the reminder is.
        refused: `姓名 <地址>` of those whose address has a defect.
    """

    roster: Roster
    on: date
    unreachable: dict[str, None] = field(default_factory=dict)
    refused: dict[str, None] = field(default_factory=dict)
    _known: dict[str, tuple[Addressee, ...]] = field(default_factory=dict)

    def addressees(
        self, acting: tuple[str, ...], informed: tuple[str, ...], place: NamedFor = FOR_A_POST
    ) -> tuple[Addressee, ...]:
        """Everybody a reminder goes to, each once; who acts isn't told besides.

        Args:
            place: Tells of several people of one name which is meant.
        """
        found: dict[str, Addressee] = {}
        for name in acting:
            for one in self._of(name, place):
                if one.name not in found or (found[one.name].informed and not one.informed):
                    found[one.name] = one
        for name in informed:
            for one in self._of(name, place):
                found.setdefault(one.name, replace(one, informed=True))
        return tuple(found.values())

    def _of(self, writing: str, place: NamedFor) -> tuple[Addressee, ...]:
        name = self.roster.meant_by(writing)
        if name in self._known:
            return self._known[name]
        rows = self.roster.in_force(name, self.on)
        if len(addresses_of(rows)) > 1:
            return self._of_namesakes(name, rows_meant(self.roster, name, place, rows))
        self._known[name] = self._resolved(name)
        return self._known[name]

    def _of_namesakes(self, name: str, meant: tuple[Person, ...]) -> tuple[Addressee, ...]:
        if not meant:
            self._note(name)
            return ()
        own = Addressee(name, addresses_of(meant)[0], department=meant[0].department or "")
        stand_in = self._stand_in(name, meant)
        return (stand_in, replace(own, informed=True)) if stand_in else (own,)

    def _resolved(self, name: str) -> tuple[Addressee, ...]:
        own = self._one(name) if self.roster.active(name) else None
        if stand_in := self._stand_in(name):
            return (stand_in, replace(own, informed=True)) if own else (stand_in,)
        if own:
            return (own,)
        self._note(name)
        return ()

    def _stand_in(self, name: str, rows: tuple[Person, ...] | None = None) -> Addressee | None:
        deputy = self.roster.stand_in(name, self.on, rows)
        instead = self._one(deputy) if deputy else None
        return replace(instead, deputy_for=name) if instead else None

    def _one(self, name: str) -> Addressee | None:
        address = self.roster.address(name, self.on)
        is_shared = len(self.roster.addresses(name, self.on)) > 1
        return Addressee(name, address) if address and not is_shared else None

    def _note(self, name: str) -> None:
        self.unreachable[name] = None
        if len(self.roster.addresses(name, self.on)) > 1:
            return
        written = next((p.email for p in self.roster.rows(name) if p.email), None)
        if written and self.roster.active(name):
            self.refused[f"{name} <{' '.join(written.split())}>"] = None
