"""The two workbooks kept in workbooks/: `python -m tests.made_workbooks` writes them, a test compares them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from capa_xl.app.new import new_workbook
from capa_xl.app.refresh import plan_refresh
from capa_xl.model.as_of import AsOf

FOLDER = Path(__file__).parent.parent / "workbooks"
MADE_ON = date(2026, 11, 22)
BLANK, SAMPLE = "改进计划跟踪表.xlsx", "改进计划跟踪表_样例.xlsx"


def blank() -> bytes:
    """The blank workbook; its 工作簿标识 is filled in by whoever copies it, so it stays empty here."""
    return _made(sample=False)


def sample() -> bytes:
    """The sample, refreshed once on the day it was made."""
    return _made(sample=True)


def _made(*, sample: bool) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.xlsx"
        new_workbook(path, sample=sample, as_of=MADE_ON, workbook_id="")
        return plan_refresh(path, AsOf(MADE_ON, MADE_ON))[1] if sample else path.read_bytes()


def write() -> None:
    """Write both into workbooks/."""
    (FOLDER / BLANK).write_bytes(blank())
    (FOLDER / SAMPLE).write_bytes(sample())


if __name__ == "__main__":
    write()
