"""A quiet pass over the sample workbook: a fresh `capa-xl daily`, a warm worker, and one that has nothing new to see.

    python -m bench.warm_pass [runs]

CPU seconds, medians; a pass is quiet when everything was written and sent before. *Nothing new* is a pass whose bytes,
journal, settings and day are those of the last one.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.peers import installed
from capa_xl.app.shared.daily_pass import prepare
from capa_xl.app.shared.desk import desk_for
from capa_xl.app.shared.executors import warm_up
from capa_xl.cli.main import run
from capa_xl.cli.world import unstopped_world
from capa_xl.model.as_of import AsOf
from tests.made_workbooks import sample


def main(runs: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        book = Path(name) / "改进计划跟踪表.xlsx"
        book.write_bytes(sample())
        for _ in range(2):
            run(["daily", str(book), "--quiet"])
        day = unstopped_world().now().date()
        desk_of = partial(desk_for, as_of=AsOf(day, day), world=unstopped_world())
        warm_up()
        prepare(book, desk_of)
        forget = partial(_forget, book)
        fresh = median(runs, lambda: _fresh(book), forget)
        warm = median(runs, lambda: _own(lambda: prepare(book, desk_of)), forget)
        same = median(runs, lambda: _own(lambda: prepare(book, desk_of)), lambda: None)
    print(f"fresh daily        {fresh:.3f} s")
    print(f"warm worker        {warm:.3f} s   1/{fresh / warm:.1f} (wanted: 1/8)")
    print(f"nothing new, warm  {same:.4f} s   1/{fresh / same:.0f} (wanted: 1/40)")


def median(runs: int, measured: Callable[[], float], before: Callable[[], None]) -> float:
    """Of so many runs."""
    found = []
    for _ in range(runs):
        before()
        found.append(measured())
    return statistics.median(found)


def _forget(book: Path) -> None:
    """The note that the last pass left nothing to do."""
    for note in (book.parent / ".capa_xl").glob("pass-*.json"):
        note.unlink()


def _fresh(book: Path) -> float:
    before = os.times()
    subprocess.run([sys.executable, "-m", "capa_xl", "daily", str(book), "--quiet"], check=True, env=installed())
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _own(step: Callable[[], object]) -> float:
    began = time.process_time()
    step()
    return time.process_time() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
