"""A clock that jumps: the daily job by the command line under libfaketime, day after day, with jumps in between.

`python -m tests.faults.clock`. Every jump is a start of the process on another day; no reminder may be filed twice,
none of a day that was served may be missing, and the journal's chain must be whole at the end.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.app.office import QUALITY, SETTINGS
from tests.faults.scenarios import TRACKER
from tests.tables import workbook_bytes

ROOT = Path(__file__).parents[2]
STARTS = (
    *("2026-03-29 08:30:00", "2026-03-30 08:30:00", "2026-03-31 08:30:00", "2026-03-31 08:29:00"),
    *("2026-03-30 08:30:00", "2026-03-31 23:59:58", "2026-04-01 08:30:00", "2027-04-01 08:30:00"),
    *("2026-04-02 08:30:00", "1999-01-01 00:00:00", "2026-04-03 08:30:00", "2026-04-03 08:30:00"),
)
"""Forward a day at a time, back a minute, back a day, over midnight, forward a year and back, back before it all."""
UNTOUCHED = STARTS[0:3] + STARTS[6:7] + (STARTS[8], STARTS[10])


def main() -> int:
    there = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    library = os.environ.get("FAKETIME_LIB", str(there[0]) if there else "")
    if not library:
        print("skipped: needs libfaketime (FAKETIME_LIB names the library)")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        jumping, codes = _served(Path(folder) / "jumping", STARTS, library)
        steady, _ = _served(Path(folder) / "steady", UNTOUCHED, library)
    missing = len(steady.reminders - jumping.reminders)
    print(f"{len(STARTS)} starts of daily with {len(STARTS) - len(UNTOUCHED)} jumps, exit codes {dict(codes)}: "
          f"{len(jumping.reminders)} reminders in {jumping.letters} letters, {jumping.again} filed again, "
          f"{missing} missing of those of a steady clock")  # fmt: skip
    return 1 if jumping.again or missing or set(codes) - {0} else 0


@dataclass(frozen=True)
class Filed:
    """What a folder holds after its runs.

    Attributes:
        reminders: By the journal's own keys.
        letters: Files in the outbox.
        again: Files that no posting speaks of any more: the reminders in them were filed a second time.
    """

    reminders: frozenset[tuple[str, ...]]
    letters: int
    again: int


def _served(folder: Path, starts: tuple[str, ...], library: str) -> tuple[Filed, Counter[int]]:
    folder.mkdir()
    book, codes = folder / "表.xlsx", Counter[int]()
    book.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER, "人员部门": QUALITY, "参数": SETTINGS}))
    for start in starts:
        codes[_run(("daily", book), start, library)] += 1
    codes[_run(("history", book, "--verify"), starts[-1], library)] += 1
    return _filed(folder), codes


def _run(words: tuple[object, ...], start: str, library: str) -> int:
    clock = {"LD_PRELOAD": library, "FAKETIME": f"@{start}", "TZ": "Asia/Shanghai"}
    call = [sys.executable, "-m", "capa_xl", *map(str, words)]
    environment = {**os.environ, **clock, "PYTHONPATH": str(ROOT)}
    return subprocess.run(call, env=environment, capture_output=True, check=False).returncode


def _filed(folder: Path) -> Filed:
    with closing(sqlite3.connect(folder / ".capa_xl" / "journal.db")) as conn:
        found = conn.execute(
            "SELECT number, milestone, due_version, occurrence, recipient, message_id "
            "FROM posting WHERE result = 'filed'"
        ).fetchall()
    letters = len([*(folder / ".capa_xl" / "outbox").rglob("*.eml")])
    return Filed(frozenset(row[:-1] for row in found), letters, letters - len({row[-1] for row in found}))


if __name__ == "__main__":
    sys.exit(main())
