"""Live the simulated year day by day, and hold what must come of it: `python -m tests.simulated_year [FOLDER]`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.year.simulation import Year, working_days


def main(folder: Path) -> int:
    """The year with every page and pack; 1 when something was lost."""
    began = time.monotonic()
    year = Year(folder, working_days(), prints=True)
    year.live()
    before, after, _ = year.old_figures
    archived, lost = year.figures_of_archived(), year.lost_edits()
    same = before == after and archived[0] == archived[1] == archived[2]
    print(f"{len(year.days)} days in {time.monotonic() - began:.0f} s: {dict(year.met)}")
    print(f"rows {len(year.rows)}, cells written by people or on their word {len(year.book.written)}, lost {len(lost)}")
    print(f"archived {len(year.ended.year.going) if year.ended else 0}, figures the same: {same}")
    print(f"open at the end: {[row.story.name for row in year.rows if not row.ended]}")
    print(f"errors that year-end added: {dict(year.errors[1] - year.errors[0])}")
    return 0 if not lost and same else 1


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
        sys.exit(main(Path(sys.argv[1])))
    with TemporaryDirectory() as place:
        sys.exit(main(Path(place)))
