"""slip: what waits for a department, as a small workbook to fill; `collect` brings the answers back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import open_tracker, read_workbook
from capa_xl.app.shared.slip_making import slip_of
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_of
from capa_xl.effects.durable import make_folder
from capa_xl.effects.files import write_new
from capa_xl.effects.journal_slips import record_slip
from capa_xl.errors import CapaError, UsageError
from capa_xl.model.slip import Slip
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.slips import known_departments
from capa_xl.policy.todo import nearest_name
from capa_xl.policy.viewing import view_register
from capa_xl.reports.file_names import file_name
from capa_xl.reports.slip_workbook import address_lines, slip_workbook
from capa_xl.workbook.reading.slip_answers import read_slip


@dataclass(frozen=True, slots=True)
class SlipMade:
    """One slip: where it lies, how many cells it asks for, how many things wait that it can't ask for.

    Attributes:
        is_kept: A file of that name lay there with answers in it, or isn't ours: it was left alone.
    """

    department: str
    path: Path
    cells: int
    without_cell: int
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class SlipsMade:
    """What was made.

    Attributes:
        nothing_waits: Departments for which nothing waits; they get no slip.
    """

    workbook: Path
    slips: tuple[SlipMade, ...]
    nothing_waits: tuple[str, ...]


def make_slips(desk: Desk, departments: tuple[str, ...], folder: Path) -> SlipsMade:
    """Make the slip of each department, or of all with an empty tuple; each is on record before it is written.

    Raises:
        UsageError: Nobody knows a department of that name.
        UnreadableWorkbook: No workbook, or no tracker in it.
        UnsafeWrite: The folder can't be written.
        JournalUnusable: The journal is damaged, foreign or newer than this program.
    """
    opened = open_tracker(desk)
    view = view_register(opened.register, desk.as_of)
    wanted = departments or known_departments(view)
    _refuse_unknown(view, wanted)
    made, idle = [], []
    with journal_of(opened, writing=True) as journal:
        for department in wanted:
            slip = slip_of(view, department, journal.workbook_id)
            if not slip.questions and not slip.without_cell:
                idle.append(department)
                continue
            made.append(_handed_out(slip, journal, desk, folder))
    return SlipsMade(desk.workbook, tuple(made), tuple(idle))


def _refuse_unknown(view: RegisterView, departments: tuple[str, ...]) -> None:
    known = known_departments(view)
    for name in departments:
        if name not in known:
            nearest = nearest_name(view, name)
            hint = f"，最接近的是「{nearest}」" if nearest else ""
            raise UsageError(f"不认识部门「{name}」{hint} → 可用的部门：{'、'.join(known)}；全部部门用 --all")


def _handed_out(slip: Slip, journal: WorkbookJournal, desk: Desk, folder: Path) -> SlipMade:
    """The slip in its place, on record before; what somebody filled there is never written over."""
    path = folder / file_name(f"填报表 {slip.department} {slip.as_of}", ".xlsx")
    made = SlipMade(slip.department, path, len(slip.questions), len(slip.without_cell))
    if path.exists() and _is_filled_or_foreign(path):
        return replace(made, is_kept=True)
    lines = address_lines(slip)
    record_slip(journal.conn, journal.workbook_id, slip.token, slip.department, desk.as_of.today, lines)
    make_folder(folder)
    write_new(path, slip_workbook(slip))
    return made


def _is_filled_or_foreign(path: Path) -> bool:
    try:
        return bool(read_slip(read_workbook(path)[0]).filled)
    except CapaError:
        return True
