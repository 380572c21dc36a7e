"""slip: what waits for a department, as a small workbook to fill; `collect` brings the answers back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.effects.durable import make_folder
from capa_xl.effects.files import write_new
from capa_xl.effects.journal_slips import record_slip
from capa_xl.errors import UsageError
from capa_xl.model.slip import Slip
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.slips import known_departments, questions_for
from capa_xl.policy.todo import nearest_name
from capa_xl.policy.viewing import view_register
from capa_xl.reports.file_names import file_name
from capa_xl.reports.slip_workbook import address_lines, slip_workbook


@dataclass(frozen=True, slots=True)
class SlipMade:
    """One slip: where it lies, how many cells it asks for, how many things wait that it can't ask for."""

    department: str
    path: Path
    cells: int
    without_cell: int


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
            slip = _slip(view, department, journal.workbook_id)
            if not slip.questions and not slip.without_cell:
                idle.append(department)
                continue
            lines = address_lines(slip)
            record_slip(journal.conn, journal.workbook_id, slip.token, department, desk.as_of.today, lines)
            made.append(_written(slip, folder))
    return SlipsMade(desk.workbook, tuple(made), tuple(idle))


def _refuse_unknown(view: RegisterView, departments: tuple[str, ...]) -> None:
    known = known_departments(view)
    for name in departments:
        if name not in known:
            nearest = nearest_name(view, name)
            hint = f"，最接近的是「{nearest}」" if nearest else ""
            raise UsageError(f"不认识部门「{name}」{hint} → 可用的部门：{'、'.join(known)}；全部部门用 --all")


def _slip(view: RegisterView, department: str, workbook_id: str) -> Slip:
    questions, without_cell = questions_for(view, department)
    company = view.procedure.company
    slip = Slip(workbook_id, company, department, view.on, "", questions, without_cell)
    token = hashlib.sha256("\n".join(address_lines(slip)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return replace(slip, token=token)


def _written(slip: Slip, folder: Path) -> SlipMade:
    path = folder / file_name(f"填报表 {slip.department} {slip.as_of}", ".xlsx")
    make_folder(folder)
    write_new(path, slip_workbook(slip))
    return SlipMade(slip.department, path, len(slip.questions), len(slip.without_cell))
