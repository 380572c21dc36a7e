"""The two workbooks kept in workbooks/: `python -m tests.made_workbooks` writes them, a test compares them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from capa_xl.app.shared.sample_workbook import sample_workbook
from capa_xl.model.as_of import AsOf
from capa_xl.model.problem import naming
from capa_xl.ooxml.splice import splice
from capa_xl.policy.check import check
from capa_xl.policy.errors_first import corrections_of
from capa_xl.policy.overview import overview_of
from capa_xl.policy.timeline import timeline_of
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.blank.content import blank_content
from capa_xl.workbook.reading.reader import read_register
from capa_xl.workbook.writing.refresh_patch import DayOutcome, refresh_patch

FOLDER = Path(__file__).parent.parent / "workbooks"
MADE_ON = date(2026, 11, 22)
BLANK, SAMPLE = "改进计划跟踪表.xlsx", "改进计划跟踪表_样例.xlsx"


def blank() -> bytes:
    """The blank workbook; its 工作簿标识 is left empty, for many will copy it."""
    return build_workbook(blank_content(""), as_of=MADE_ON)


def sample() -> bytes:
    """The sample, refreshed on the day it was made."""
    return refreshed(sample_workbook(MADE_ON), MADE_ON)


def refreshed(blob: bytes, on: date, name: str = SAMPLE) -> bytes:
    """The workbook of that name as `refresh` leaves it on that day, without a journal."""
    register = read_register(blob)
    view = view_register(register, AsOf(on, on))
    checked = check(view)
    overview = overview_of(view, checked.problems)
    aside = corrections_of(view, checked.problems)
    counts, timeline = checked.count_by_row, timeline_of(view)
    found = DayOutcome(on, view.derived, naming(checked.problems, name), counts, overview, timeline, None, aside)
    return splice(blob, refresh_patch(register, found)).blob


def write() -> None:
    """Write both into workbooks/."""
    (FOLDER / BLANK).write_bytes(blank())
    (FOLDER / SAMPLE).write_bytes(sample())


if __name__ == "__main__":
    write()
