"""The numbers of papers that follow from the number of the row they are about, each paper of a kind its own.

Two rows of one year and serial (GJ-2026-001, CAR-2026-001) would give one number twice. The first of them has it, rows
of archived years before those of the workbook; the papers of the others bear the whole number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from capa_xl.model.action import Action
from capa_xl.model.paper_facts import NO_NUMBER
from capa_xl.model.register import Register

_SERIAL = re.compile(r"\d{4}.*$")


class PaperNumbers(Struct, frozen=True, dict=True):
    """The numbers that papers about the rows of a workbook bear; rows of archived years and of the future count too.

    Attributes:
        register: As written.
    """

    register: Register

    def of_action(self, prefix: str, number: str | None) -> str:
        """WX and GJ-2026-033 give WX-2026-033; `NO_NUMBER` where the 编号 has no year."""
        serial = _serial(number)
        return _own(prefix, number or "", self._first_actions) if serial else NO_NUMBER

    def of_every_action(self, prefix: str, number: str) -> str:
        """The same where the paper needs one whatever the row is called: `GJA3-CAR-7` of an action without a year."""
        return _own(prefix, number, self._first_actions)

    def of_need(self, prefix: str, number: str) -> str:
        """The same of a need, after its 登记编号."""
        return _own(prefix, number, self._first_needs)

    def of_request(self, prefix: str, number: str | None) -> str:
        """`of_action` for the form of an action without a need: a need's form bears its 登记编号, no other may."""
        found = self.of_action(prefix, number)
        return f"{prefix}-{number}" if found in self._needs else found

    def of_report(self, prefix: str, number: str) -> str:
        """`of_every_action` for a report: none that stands as 报告编号 of another action."""
        found = self.of_every_action(prefix, number)
        return found if self._reports.get(found, number) == number else f"{prefix}-{number}"

    @cached_property
    def _first_actions(self) -> Mapping[str, str]:
        return _first_of_serials(action.number for action in _actions(self.register))

    @cached_property
    def _first_needs(self) -> Mapping[str, str]:
        return _first_of_serials(self._needs)

    @cached_property
    def _needs(self) -> Mapping[str, None]:
        table = self.register.needs
        return dict.fromkeys(row.number for row in (table.records if table else ()) if row.number)

    @cached_property
    def _reports(self) -> Mapping[str, str]:
        """报告编号 → 编号 of the first action that has it."""
        found = ((action.report_number, action.number) for action in reversed(tuple(_actions(self.register))))
        return {report: number for report, number in found if report}


def _own(prefix: str, number: str, first: Mapping[str, str]) -> str:
    serial = _serial(number)
    return f"{prefix}-{serial if serial and first.get(serial, number) == number else number}"


def _serial(number: str | None) -> str:
    found = _SERIAL.search(number or "")
    return found[0] if found else ""


def _first_of_serials(numbers: Iterable[str | None]) -> dict[str, str]:
    """Year and serial → the first number that has them."""
    first: dict[str, str] = {}
    for number in numbers:
        if serial := _serial(number):
            first.setdefault(serial, number or "")
    return first


def _actions(register: Register) -> Iterator[Action]:
    """Every row of the tracker as written, those of archived years first, those set aside too."""
    for one in (*(year.register for year in register.past), register):
        yield from one.tracker.records
        yield from (row.record for row in one.quarantined)
