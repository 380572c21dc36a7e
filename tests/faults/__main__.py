"""`python -m tests.faults [--kills N] [--errors N] [--seed N] [--only COMMAND ...]` deals faults, prints what held.

With `--results FILE` each trial is a line there as soon as it is done: a run that was stopped goes on where it stopped,
and `--sum FILE ...` adds up what several runs, of several commands or seeds, came to.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.harness import ARMED, compiler, deal, under_the_shim
from tests.faults.results import Result, Results, read, summary
from tests.faults.savers import collide


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--kills", type=int, default=1000)
    words.add_argument("--errors", type=int, default=300)
    words.add_argument("--saves", type=int, default=0, help="colliding saves, instead of faults")
    words.add_argument("--pause", type=float, default=0.25, help="seconds between two saves at most")
    words.add_argument("--seed", type=int, default=2026)
    words.add_argument("--only", nargs="*", default=[])
    words.add_argument(
        "--results", type=Path, help="a file of what each trial came to; what stands there isn't done again"
    )
    words.add_argument("--sum", type=Path, nargs="*", help="add up such files, and deal nothing")
    words.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.sum:
        return _told([one for path in given.sum for one in read(path)])
    if given.saves:
        return _collide(given.saves, given.seed, given.pause)
    if compiler() is None:
        print("skipped: faults are injected by LD_PRELOAD, which needs Linux and a C compiler")
        return 0
    if ARMED not in os.environ:
        with tempfile.TemporaryDirectory() as folder:
            done = under_the_shim(Path(folder), *sys.argv[1:])
        return done.returncode
    path = given.results or given.folder / "results.jsonl"
    deal(given.folder, given.kills, given.errors, given.seed, tuple(given.only), Results(path))
    return _told(list(read(path)))


def _told(results: list[Result]) -> int:
    print("\n".join(summary(results)))
    return 1 if any(one.wrong for one in results) else 0


def _collide(saves: int, seed: int, pause: float) -> int:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = collide(Path(folder), saves, seed, pause)
    refreshes = ", ".join(f"{number} ended with {code}" for code, number in sorted(tally.refreshes.items()))
    print(f"{saves} saves ({dict(tally.saves)}) against {tally.refreshes.total()} refreshes ({refreshes}); "
          f"{tally.found_in_backups} found beside the workbook, {len(tally.lost)} lost, "
          f"{time.monotonic() - began:.0f} s, seed {seed}")  # fmt: skip
    return 1 if tally.lost else 0


if __name__ == "__main__":
    sys.exit(main())
