"""What a requirement speaks of: one row of one sheet, with the name it is listed by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.schema import CHILDREN_OF_ACTIONS
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.status_inputs import seen

_DIGITS = re.compile(r"([0-9]+)")


class Subject(Struct, frozen=True):
    """One member of a population.

    Attributes:
        name: 编号, else 登记编号 or 评审编号, else sheet!cell.
        record: The row as seen at T.
        derived: What follows for an action; None for a quarantined one and for rows of other sheets.
        on: The day it speaks of, where one row has several members; None: the whole row.
    """

    sheet: str
    row: int
    name: str
    record: Any
    derived: Derived | None = None
    on: date | None = None

    @property
    def is_quarantined(self) -> bool:
        """A row of the tracker that no rule has judged, for it can't be read."""
        return self.derived is None and isinstance(self.record, Action)


class Shortcoming(Struct, frozen=True):
    """What breaks a requirement on one subject, besides what its rules found.

    Attributes:
        said: In Chinese; "" of a cell that is blank.
        blank: Heading of the blank cell; "" for another one.
        at: Sheet and A1 address of the blank cell.
    """

    said: str = ""
    blank: str = ""
    at: tuple[str, str] = ("", "")


Population = Callable[[RuleInputs], Iterator[Subject]]
Breach = Callable[[RuleInputs, Subject], Iterator[Shortcoming]]
"""Why a subject breaks a requirement; nothing where it keeps it."""


def in_order(name: str) -> tuple[list[str | int], str]:
    """Key that puts XQ-9 before XQ-10: objects stand by their numbers, whichever workbook has them, however sorted."""
    return [int(text) if at % 2 else text for at, text in enumerate(_DIGITS.split(name))], name


def actions(given: RuleInputs, keep: Callable[[Action, Derived], bool]) -> Iterator[Subject]:
    """The live actions that a requirement keeps; cancelled ones and those ended before 接管基线日 are out."""
    for action, derived in given.live:
        if action.row not in given.history and keep(action, derived):
            yield Subject(given.tracker.sheet, action.row, action.number, action, derived)


def written_rows(given: RuleInputs, keep: Callable[[Action, Derived | None], bool]) -> Iterator[Subject]:
    """Likewise, with the quarantined rows: what can't be read there breaks what asks for it."""
    yield from actions(given, keep)
    for aside in given.view.register.quarantined:
        if keep(aside.record, None):
            sheet = given.tracker.sheet
            name = aside.number or f"{given.tracker.sheet_of(aside.row)}!{given.tracker.cell(aside.row, 'number')}"
            yield Subject(sheet, aside.row, name, aside.record)


def rows_of(given: RuleInputs, sheet_key: str, keep: Callable[[Any], bool] = lambda _: True) -> Iterator[Subject]:
    """The rows of another sheet at T; of a sheet of actions only those whose action is live."""
    table = given.table(sheet_key)
    if table is None:
        return
    first = next(iter(table.columns))
    live = _live_numbers(given) if sheet_key in CHILDREN_OF_ACTIONS else None
    for record in seen(table, given.view.as_of):
        number = getattr(record, "number", None)
        if keep(record) and (live is None or number in live):
            yield Subject(table.sheet, record.row, number or f"{table.sheet}!{table.cell(record.row, first)}", record)


def _live_numbers(given: RuleInputs) -> frozenset[str]:
    return frozenset(action.number for action, _ in given.live if action.row not in given.history)
