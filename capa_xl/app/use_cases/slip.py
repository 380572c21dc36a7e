"""slip: what waits for a department, as a small workbook to fill; `collect` brings the answers back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from capa_xl.app.shared.archived_year import refuse_archive
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.judging import judge_now
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.said_so_far import saying_what_stands
from capa_xl.app.shared.slip_handing import SlipMade, hand_out
from capa_xl.app.shared.slip_making import slip_of
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.errors import UsageError
from capa_xl.model.meant_word import meant_department
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.slips import departments_with_slips, known_departments
from capa_xl.reports.file_names import file_name
from capa_xl.workbook.reading.written_names import one_name


class SlipsMade(Struct, frozen=True):
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
        UnreadableWorkbook: No workbook, or no tracker in it; or it is a backup of ours or an archived year.
        UnsafeWrite: The folder can't be written.
        JournalUnusable: The journal is damaged, foreign or newer than this program.
    """
    opened = open_tracker(desk)
    refuse_archive(desk, opened.sha256)
    judged = judge_now(opened)
    view = judged.view
    wanted = tuple(dict.fromkeys(map(one_name, departments))) or departments_with_slips(view)
    _refuse_unknown(view, wanted)
    made, idle, written = [], [], list[Path]()
    with journal_of(opened, writing=True) as journal, saying_what_stands(written):
        for department in wanted:
            slip = slip_of(view, department, journal.workbook_id, judged.checked.problems)
            if not slip.questions and not slip.without_cell:
                idle.append(department)
                continue
            path = folder / file_name(f"填报表 {department} {slip.as_of}", ".xlsx")
            made.append(hand_out(slip, journal, desk, path))
            written.append(path)
    return SlipsMade(desk.workbook, tuple(made), tuple(idle))


def _refuse_unknown(view: RegisterView, departments: tuple[str, ...]) -> None:
    known = known_departments(view)
    for name in departments:
        if name not in known:
            raise UsageError(
                f"不认识部门「{name}」{_meant(view, name, known)} → 可用的部门：{'、'.join(known)}；全部部门用 --all"
            )


def _meant(view: RegisterView, name: str, known: Iterable[str]) -> str:
    """In brackets what the department goes by today, or which one may be meant; "" for neither."""
    lineage = view.roster.lineage
    if not lineage.lives_on(name, view.on):
        return f"（按《部门沿革》现在是「{'、'.join(lineage.successors(name, view.on))}」）"
    nearest = meant_department(name, known)
    return f"（是不是「{nearest}」？）" if nearest else ""
