"""Handing a slip out: on record first, and what somebody filled is never written over. Shared ground."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import read_workbook
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.effects.durable import make_folder
from capa_xl.effects.files import write_new
from capa_xl.effects.journal_slips import record_slip
from capa_xl.errors import CapaError, UsageError
from capa_xl.model.slip import Slip
from capa_xl.reports.slip_workbook import address_lines, slip_workbook
from capa_xl.workbook.reading.slip_answers import read_slip


class SlipMade(Struct, frozen=True):
    """One slip: where it lies, how many cells it asks for, how many things wait that it can't ask for.

    Attributes:
        is_kept: A file of that name lay there with answers in it, or isn't ours: it was left alone.
    """

    department: str
    path: Path
    cells: int
    without_cell: int
    is_kept: bool = False


def hand_out(slip: Slip, journal: WorkbookJournal, desk: Desk, path: Path) -> SlipMade:
    """The slip in its place, on record before; what somebody filled there is never written over.

    Raises:
        UnsafeWrite: It can't be written.
    """
    made = SlipMade(slip.department, path, len(slip.questions), len(slip.without_cell))
    if path.exists() and _is_filled_or_foreign(path):
        return replace(made, is_kept=True)
    lines = address_lines(slip)
    record_slip(journal.conn, journal.workbook_id, slip.token, slip.department, desk.as_of.today, lines)
    make_folder(path.parent)
    write_new(path, slip_workbook(slip))
    return made


def refuse_foreign(path: Path) -> None:
    """Return unless a file lies there that is none of our slips.

    Raises:
        UsageError: It is somebody's other file.
    """
    if not path.exists():
        return
    try:
        read_slip(read_workbook(path)[0])
    except CapaError:
        raise UsageError(
            f"「{path}」是别的工作簿，或改动过的会议记录表，没有改动它 → 请换一个文件名，或先把它移走"
        ) from None


def _is_filled_or_foreign(path: Path) -> bool:
    try:
        return bool(read_slip(read_workbook(path)[0]).filled)
    except CapaError:
        return True
