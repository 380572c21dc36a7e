"""A quiet pass over the sample workbook: a fresh `capa-xl daily`, a warm worker, and one that has nothing new to see.

    python -m bench.warm_pass [runs]

CPU seconds, medians; a pass is quiet when everything was written and sent before. *Nothing new* is a pass whose bytes,
journal, settings and day are those of the last one. The yardstick of the eighth is what a fresh run cost when the
target was set, measured as it was then: that commit, no byte code kept.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from bench.against import ROOT, checked_out
from bench.figures import LAST_VERSION
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
        fresh = median(runs, lambda: _fresh(book, installed(), ROOT), forget)
        warm = median(runs, lambda: _own(lambda: prepare(book, desk_of)), forget)
        same = median(runs, lambda: _own(lambda: prepare(book, desk_of)), lambda: None)
        with checked_out(LAST_VERSION, Path(name) / "then") as then:
            yardstick = _then(then, Path(name), runs)
    print(f"fresh daily, then  {yardstick:.3f} s")
    print(f"fresh daily, now   {fresh:.3f} s")
    print(
        f"warm worker        {warm:.3f} s   1/{yardstick / warm:.1f} of then (wanted: 1/8), 1/{fresh / warm:.1f} of now"
    )
    print(f"nothing new, warm  {same:.4f} s   1/{fresh / same:.0f} (wanted: 1/40)")


def median(runs: int, measured: Callable[[], float], before: Callable[[], None], *, unseen: int = 0) -> float:
    """Of so many runs, behind some that don't count."""
    found = []
    for _ in range(unseen + runs):
        before()
        found.append(measured())
    return statistics.median(found[unseen:])


def _forget(book: Path) -> None:
    """The note that the last pass left nothing to do."""
    for note in (book.parent / ".capa_xl").glob("pass-*.json"):
        note.unlink()


def _then(checkout: Path, folder: Path, runs: int) -> float:
    """A quiet fresh run of another commit over its own sample, every module compiled anew."""
    book = folder / "sample" / "改进计划跟踪表.xlsx"  # a state folder of its own
    book.parent.mkdir()
    shutil.copy(next((checkout / "workbooks").glob("*样例.xlsx")), book)
    compiled_anew = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": str(folder / "none")}
    env = {**os.environ, **compiled_anew, "PYTHONPATH": str(checkout)}
    return median(runs, lambda: _fresh(book, env, checkout), lambda: None, unseen=2)


def _fresh(book: Path, env: Mapping[str, str], cwd: Path) -> float:
    before = os.times()
    subprocess.run([sys.executable, "-m", "capa_xl", "daily", str(book), "--quiet"], check=True, cwd=cwd, env=env)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _own(step: Callable[[], object]) -> float:
    began = time.process_time()
    step()
    return time.process_time() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
