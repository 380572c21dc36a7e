"""A 编号 asked for where a name belongs: what it is, where it stands and whom it waits for."""

from __future__ import annotations

from capa_xl.model.meant_number import KnownNumbers
from capa_xl.model.names_apart import listed_names
from capa_xl.model.todo import AskedNumber
from capa_xl.policy.correctors import correctors_of
from capa_xl.policy.past_years import archives_of_rows
from capa_xl.policy.register_view import RegisterView


def asked_number(view: RegisterView, written: str) -> AskedNumber | None:
    """The action or need of the number, also of one that is typed otherwise; None where there is none.

    What is in the table goes before what was archived, an action before a need.
    """
    found = _in_archives(view) | _needs(view) | _set_aside(view) | _actions(view)
    return found.get(written) or found.get(KnownNumbers.of(found).meant_by(written))


def _actions(view: RegisterView) -> dict[str, AskedNumber]:
    return {
        action.number: AskedNumber(
            action.number,
            f"措施的编号（{view.at(action, 'number')}）",
            next(iter(listed_names(derived.next_actor or "")), "") if not derived.is_ended else "",
            has_history=True,
        )
        for action, derived in view.pairs
    }


def _set_aside(view: RegisterView) -> dict[str, AskedNumber]:
    return {
        row.number: AskedNumber(
            row.number,
            f"措施的编号（{view.at(row.record, 'number')}，待更正）",
            next(iter(correctors_of(view.roster, row.record)), ""),
            has_history=True,
        )
        for row in view.register.quarantined
        if row.number
    }


def _in_archives(view: RegisterView) -> dict[str, AskedNumber]:
    where = {number: f"读不到的「{name}」" for number, name in view.register.away.items()}
    where |= {number: f"「{name}」" for number, name in archives_of_rows(view).items()}
    return {
        number: AskedNumber(number, f"措施的编号（已归档在{place}）", has_history=True)
        for number, place in where.items()
    }


def _needs(view: RegisterView) -> dict[str, AskedNumber]:
    table = view.register.needs
    if table is None:
        return {}
    cells = {need.number: f"{table.sheet_of(need.row)}!{table.cell(need.row, 'number')}" for need in view.needs}
    return {number: AskedNumber(number, f"需求的登记编号（{cell}）") for number, cell in cells.items() if number}
