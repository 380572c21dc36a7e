"""The archived years that 参数 上年工作簿 names, read beside the workbook in use. Shared ground of the use cases."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from capa_xl.app.shared.desk import Desk
from capa_xl.effects.files import read_file
from capa_xl.effects.journal import is_there, look_into_journal
from capa_xl.effects.journal_events import archived_rows
from capa_xl.effects.journal_view import id_in_force
from capa_xl.errors import CapaError
from capa_xl.model.problem import Hit, Remark
from capa_xl.model.procedure import Procedure
from capa_xl.model.records import Setting
from capa_xl.model.register import PastYear, Register
from capa_xl.model.snapshot import AppliedEdit
from capa_xl.policy.rules.message_words import some
from capa_xl.workbook.reading.reader import read_register

SETTING = "上年工作簿"
_BETWEEN = re.compile(r"[、，,;；\r\n]+")


def names_of_past_years(procedure: Procedure) -> tuple[str, ...]:
    """The workbooks that 参数 names, as written."""
    return tuple(name for part in _BETWEEN.split(procedure.past_workbooks) if (name := part.strip()))


def with_past_years(register: Register, desk: Desk) -> Register:
    """The register with those of the archived years, the oldest first; one that can't be read leaves a remark (WB15).

    Args:
        desk: Where the workbook lies, from where relative names count, and its journal, which knows what went where.

    Raises:
        JournalUnusable: One can't be read, and the journal is damaged, foreign or newer than this program.
        WorkbookLocked: One can't be read, and another program holds the journal.
    """
    past, files = [], []
    lost: dict[str, str] = {}
    for name in names_of_past_years(register.procedure):
        mark = ""
        try:
            blob, mark = read_file(desk.workbook.parent / name)
            past.append(PastYear(name, read_register(blob)))
        except CapaError as trouble:
            mark, lost[name] = mark or str(trouble), str(trouble).partition(" → ")[0]
        files.append((name, mark))
    if not files:
        return register
    away = _seen_going_to(lost, register, past, desk)
    remarks = (Remark("WB15", _place(register, _facts_of(name, why, away))) for name, why in lost.items())
    return replace(
        register,
        past=tuple(sorted(past, key=_archives_before)),
        past_files=tuple(files),
        away=away,
        remarks=(*register.remarks, *remarks),
    )


def _seen_going_to(
    lost: Collection[str], register: Register, past: Iterable[PastYear], desk: Desk
) -> Mapping[str, str]:
    """What the journal saw go to these archives, but for what the workbook or an archive named behind them has.

    One that was renamed, or made anew by hand, is named behind the name that it had.
    """
    if not lost or not is_there(desk.state):
        return {}
    with look_into_journal(desk.state) as conn:
        workbook_id = id_in_force(conn, register.procedure.workbook_id, desk.workbook.resolve())
        gone = archived_rows(conn, workbook_id)
    names = names_of_past_years(register.procedure)
    behind = {
        name: register.numbers.union(*(y.register.numbers for y in past if y.name in names[names.index(name) :]))
        for name in lost
    }
    return {number: name for number, name in gone.items() if name in lost and number not in behind[name]}


def _facts_of(name: str, why: str, away: Mapping[str, str]) -> dict[str, str]:
    return {"v": name, "why": why, "rows": some([number for number, there in away.items() if there == name])}


def _archives_before(year: PastYear) -> int:
    """How many archives there were already when this one was made: it has the settings of its day."""
    return len(names_of_past_years(year.register.procedure))


def naming(register: Register, name: str) -> tuple[AppliedEdit, ...]:
    """参数 上年工作簿 with the archive among its names; () where there is no such sheet."""
    table = register.settings
    if table is None or "value" not in table.columns:
        return ()
    known = _setting(register)
    row = known.row if known else max(table.last_row, table.header_row) + 1
    after = "、".join((*names_of_past_years(register.procedure), name))
    value = AppliedEdit(table.sheet, table.cell(row, "value"), known.value if known else None, after)
    label = AppliedEdit(table.sheet, table.cell(row, "name"), None, SETTING)
    return (value,) if known else (label, value)


def _place(register: Register, facts: dict[str, str]) -> Hit:
    table = register.settings
    known = _setting(register)
    if table is None or known is None:
        return Hit(register.tracker.sheet, None, facts=facts)
    return Hit(table.sheet, table.cell(known.row, "value"), facts=facts)


def _setting(register: Register) -> Setting | None:
    """The row of 参数 that names the workbooks."""
    table = register.settings
    return next((one for one in table.records if one.name == SETTING), None) if table else None
