"""Names → recipients: the deputy in force gets the letter and the person is told; who has no address is named."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, field

from capa_xl.policy.roster import Roster


class Addressee(Struct, frozen=True):
    """One recipient of one reminder."""

    name: str
    address: str
    informed: bool = False
    deputy_for: str = ""


class AddressBook(Struct, frozen=True):
    """The roster on one day as letters need it; every name is looked up once.

    Attributes:
        unreachable: Names without a usable address that some reminder was for, in the order met.
        refused: `姓名 <地址>` of those whose address has a defect.
    """

    roster: Roster
    on: date
    unreachable: dict[str, None] = field(default_factory=dict)
    refused: dict[str, None] = field(default_factory=dict)
    _known: dict[str, tuple[Addressee, ...]] = field(default_factory=dict)

    def addressees(self, acting: tuple[str, ...], informed: tuple[str, ...]) -> tuple[Addressee, ...]:
        """Everybody a reminder goes to, each once; who acts isn't told besides."""
        found: dict[str, Addressee] = {}
        for name in acting:
            for one in self._of(name):
                if one.name not in found or (found[one.name].informed and not one.informed):
                    found[one.name] = one
        for name in informed:
            for one in self._of(name):
                found.setdefault(one.name, Addressee(one.name, one.address, True, one.deputy_for))
        return tuple(found.values())

    def _of(self, writing: str) -> tuple[Addressee, ...]:
        name = self.roster.meant_by(writing)
        if name not in self._known:
            self._known[name] = self._resolved(name)
        return self._known[name]

    def _resolved(self, name: str) -> tuple[Addressee, ...]:
        deputy = self.roster.deputy(name, self.on)
        own = self._one(name) if self.roster.active(name) else None
        instead = self._one(deputy) if deputy and self.roster.active(deputy) else None
        if deputy and instead:
            stand_in = Addressee(deputy, instead.address, False, name)
            return (stand_in, Addressee(name, own.address, True)) if own else (stand_in,)
        if own:
            return (own,)
        self._note(name)
        return ()

    def _one(self, name: str) -> Addressee | None:
        address = self.roster.address(name, self.on)
        return Addressee(name, address) if address else None

    def _note(self, name: str) -> None:
        self.unreachable[name] = None
        written = next((p.email for p in self.roster.rows(name) if p.email), None)
        if written and self.roster.active(name):
            self.refused[f"{name} <{' '.join(written.split())}>"] = None
