"""200 kills at random moments of a 100-letter run against a real SMTP server: `python bench/kills.py [KILLS]`."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.kills.harness import run_kills


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 2026
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = run_kills(kills, Path(folder), seed=seed)
    print(f"kills {tally.kills} in {tally.rounds} rounds, {tally.letters} letters, {time.monotonic() - began:.0f} s")
    print(f"listed as unknown {tally.unknown}, of which never arrived {tally.never_arrived}; all came when asked again")
    print(f"accepted twice without being asked for: {len(tally.twice)} {tally.twice}")
    print(f"lost: {len(tally.lost)} {tally.lost}")
    return 1 if tally.twice or tally.lost else 0


if __name__ == "__main__":
    sys.exit(main())
