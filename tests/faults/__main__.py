"""`python -m tests.faults [--kills N] [--errors N] [--seed N] [--only COMMAND ...]` deals faults, prints what held."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.harness import ARMED, compiler, deal, under_the_shim
from tests.faults.savers import collide


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--kills", type=int, default=1000)
    words.add_argument("--errors", type=int, default=300)
    words.add_argument("--saves", type=int, default=0, help="colliding saves, instead of faults")
    words.add_argument("--seed", type=int, default=2026)
    words.add_argument("--only", nargs="*", default=[])
    words.add_argument("--folder", type=Path)
    given = words.parse_args()
    if given.saves:
        return _collide(given.saves, given.seed)
    if compiler() is None:
        print("skipped: faults are injected by LD_PRELOAD, which needs Linux and a C compiler")
        return 0
    if ARMED not in os.environ:
        with tempfile.TemporaryDirectory() as folder:
            done = under_the_shim(Path(folder), *sys.argv[1:])
        print(done.stdout, end="")
        print(done.stderr[-20000:], end="", file=sys.stderr)
        return done.returncode
    began = time.monotonic()
    tally = deal(given.folder, given.kills, given.errors, given.seed, tuple(given.only))
    for name, calls in tally.calls.items():
        print(f"{name}: {calls} calls, {tally.kills[name]} kills, {tally.errors[name]} errors")
    print(f"in all {tally.kills.total()} kills, {tally.errors.total()} errors, {len(tally.wrong)} that did not hold, "
          f"{time.monotonic() - began:.0f} s, seed {given.seed}")  # fmt: skip
    print("\n".join(tally.wrong[:50]))
    return 1 if tally.wrong else 0


def _collide(saves: int, seed: int) -> int:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = collide(Path(folder), saves, seed)
    refreshes = ", ".join(f"{number} ended with {code}" for code, number in sorted(tally.refreshes.items()))
    print(f"{saves} saves ({dict(tally.saves)}) against {tally.refreshes.total()} refreshes ({refreshes}); "
          f"{tally.found_in_backups} found beside the workbook, {len(tally.lost)} lost, "
          f"{time.monotonic() - began:.0f} s, seed {seed}")  # fmt: skip
    return 1 if tally.lost else 0


if __name__ == "__main__":
    sys.exit(main())
