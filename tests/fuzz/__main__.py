"""`python -m tests.fuzz [--seconds 60] [--seed N] [--finds DIR]`: hunts for a workbook that breaks something."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from tests.fuzz.hunt import bases, hunt


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--seconds", type=float, default=60)
    words.add_argument("--seed", type=int, default=int(time.time()))
    words.add_argument("--finds", type=Path, default=Path("fuzz_finds"))
    given = words.parse_args()
    corpus = os.environ.get("CAPA_XL_CORPUS")
    starts = bases(Path(corpus) if corpus else None)
    done = hunt(given.seconds, given.seed, given.finds, starts)
    print(f"{done.tries} workbooks tried in {given.seconds:.0f} s from {len(starts)} bases, "
          f"{len(done.broken)} kinds of trouble, seed {given.seed}")  # fmt: skip
    for kind, place in done.broken.items():
        print(f"  {place}: {kind}")
    return 1 if done.broken else 0


if __name__ == "__main__":
    sys.exit(main())
