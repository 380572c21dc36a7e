"""check: what is wrong with the table, judged by the policy. Reads only."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.judging import Judged, judge_now
from capa_xl.app.shared.opening import open_workbook
from capa_xl.effects.files import write_new
from capa_xl.model.problem import naming


def check_workbook(desk: Desk) -> Judged:
    """Judge a workbook; a missing or ambiguous tracker is a Problem here, not an error.

    Raises:
        UnreadableWorkbook: The file is no workbook at all.
    """
    opened = open_workbook(desk)
    judged = judge_now(opened)
    return replace(judged, checked=replace(judged.checked, problems=naming(judged.checked.problems, opened.path)))


def write_report(judged: Judged, target: Path) -> None:
    """Write the Problems as a workbook of their own.

    Raises:
        UnsafeWrite: The target can't be written.
    """
    from capa_xl.reports.problems_workbook import problems_workbook

    view, name = judged.view, judged.opened.desk.workbook.name
    write_new(target, problems_workbook(judged.checked, view.register, view.derived, view.on, name))
