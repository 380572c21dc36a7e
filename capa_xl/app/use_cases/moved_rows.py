"""year-end --moved: rows that people moved away themselves stand in another workbook, which 参数 names from now on."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import Opened, naming_file, open_tracker
from capa_xl.app.shared.past_workbooks import names_of_past_years, naming
from capa_xl.app.shared.run_record import NOT_SEEN_AGAIN, see_again
from capa_xl.app.shared.unrecorded import once_written
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.app.shared.writer import Draft, Proven, patch_of, prove, write
from capa_xl.effects.files import read_file
from capa_xl.errors import UsageError
from capa_xl.model.intent import YEAR_END
from capa_xl.model.register import PastYear, Register
from capa_xl.model.schema import CHILDREN_OF_ACTIONS
from capa_xl.policy.past_years import archives_of_rows
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.reading.reader import read_register


class MovedRows(Struct, frozen=True):
    """What of the rows that are gone stands in the workbook they were moved to.

    Attributes:
        there: 编号 that the last run saw, that are gone, and that stand there as ended.
        missing: 编号 that are gone and stand in no archive either, nor were seen to go to one.
        backup: The workbook as it was; None when nothing was written.
        staying: Key of a sheet around the tracker → how many rows of `there` it still holds; they reach nothing there.
    """

    workbook: Path
    archive: Path
    there: tuple[str, ...]
    missing: tuple[str, ...]
    written: bool = False
    backup: Path | None = None
    notes: tuple[str, ...] = ()
    staying: Mapping[str, int] = {}


def name_moved_rows(desk: Desk, archive: Path, *, apply: bool = False) -> MovedRows:
    """Preview which of the rows that are gone stand in an archive of somebody's own, or name it in 参数.

    Raises:
        UsageError: The archive lies elsewhere, is named already, holds none of the rows, or there is no sheet 参数.
        UnreadableWorkbook: No workbook, or no tracker in it.
        WorkbookLocked: Somebody has it open.
        WorkbookChanged: Somebody saved it meanwhile.
        UnsafeWrite: A cell can't be written without risk; nothing is.
    """
    opened = open_tracker(desk)
    _refuse(desk, opened.register, archive)
    found = _found(opened, archive)
    if not found.there:
        raise UsageError(f"「{archive.name}」里没有本工作簿缺少的、已结束的编号 → 请核对文件，或用 check 看缺了哪些")
    if not apply:
        return found
    done = write(desk, open_tracker, lambda now, _: _plan(now, archive), first=opened)
    notes = (*done.notes, *once_written(lambda: see_again(desk), *NOT_SEEN_AGAIN))
    return replace(done.proven.draft.answer, written=True, backup=done.backup, notes=notes)


def _refuse(desk: Desk, register: Register, archive: Path) -> None:
    folder = desk.workbook.resolve().parent
    if archive.resolve().parent != folder:
        raise UsageError(f"「{archive}」不在工作簿所在的文件夹，以后读不到 → 请先移到「{folder}」")
    if archive.name in names_of_past_years(register.procedure):
        raise UsageError(f"《参数》“上年工作簿”已经写着「{archive.name}」 → 不必再登记")
    if not naming(register, archive.name):
        raise UsageError("没有《参数》，记不下归档的文件名 → 先补一张《参数》（列 参数、值、说明）")


def _found(opened: Opened, archive: Path) -> MovedRows:
    register = opened.register
    with naming_file(archive):
        past = PastYear(archive.name, read_register(read_file(archive)[0]))
    away = {number: name for number, name in register.away.items() if number not in past.register.numbers}
    known = replace(register, past=(*register.past, past), away=away)
    view = view_register(known, opened.desk.as_of)
    with journal_of(opened, writing=False) as journal:
        gone = journal.view().numbers - {action.number for action in view.actions}
    holders = archives_of_rows(view)
    there = frozenset(number for number, name in holders.items() if name == archive.name)
    gone -= register.set_aside_numbers | (holders.keys() - there) | away.keys()
    found = MovedRows(opened.path, archive, tuple(sorted(gone & there)), tuple(sorted(gone - there)))
    return replace(found, staying=_staying(register, gone & there))


def _staying(register: Register, moved: Set[str]) -> Mapping[str, int]:
    tables = {key: getattr(register, key) for key in CHILDREN_OF_ACTIONS}
    counts = {key: sum(row.number in moved for row in table.records) for key, table in tables.items() if table}
    return {key: count for key, count in counts.items() if count}


def _plan(opened: Opened, archive: Path) -> Proven[MovedRows]:
    edits = naming(opened.register, archive.name)
    return prove(opened, Draft(YEAR_END, patch_of(edits), _found(opened, archive), edits))
