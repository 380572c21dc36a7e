"""`capa-xl --help` against `python -c "import click"`; and new, check, refresh and rules on 200 rows.

    python bench/start_up.py [runs]

Whole processes: start, imports and work.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from made_tracker import DAY
from peers import installed

IMPORT_CLICK = ("-c", "import click")
CAPA_XL = ("-m", "capa_xl")


def seconds(*command: str) -> float:
    """Wall time of one run; `check` answers 1 where there are Problems, which is fine here."""
    start = time.perf_counter()
    done = subprocess.run((sys.executable, *command), env=installed(), capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: {done.stderr.decode()}")
    return time.perf_counter() - start


def medians(commands: dict[str, tuple[str, ...]], runs: int) -> dict[str, float]:
    """By name, the runs interleaved."""
    seen: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            seen[name].append(seconds(*command))
    return {name: statistics.median(found) for name, found in seen.items()}


def main(runs: int) -> None:
    help_, click = "capa-xl --help", 'python -c "import click"'
    found = medians({click: IMPORT_CLICK, help_: (*CAPA_XL, "--help")}, 3 * runs)
    print("| | median s | |")
    print("|---|---|---|")
    print(f"| {click} | {found[click]:.3f} | |")
    print(f"| {help_} | {found[help_]:.3f} | × {found[help_] / found[click]:.2f}, wanted at most 1.60 |")
    with tempfile.TemporaryDirectory() as name:
        for what, took in medians(_commands(Path(name)), runs).items():
            print(f"| {what} | {took:.3f} | wanted at most 0.50 |")


def _commands(folder: Path) -> dict[str, tuple[str, ...]]:
    tracker, day = folder / "tracker.xlsx", ("--as-of", str(DAY))
    here = Path(__file__).parent
    subprocess.run((sys.executable, str(here / "made_tracker.py"), str(tracker), "200"), check=True)
    remade = (
        f"import os, sys; os.path.exists({str(folder / 'new.xlsx')!r}) and os.remove({str(folder / 'new.xlsx')!r}); "
    )
    run = "from capa_xl.cli.main import main; main(sys.argv[1:])"
    return {
        "capa-xl new": ("-c", remade + run, "new", str(folder / "new.xlsx")),
        "capa-xl check, 200 rows": (*CAPA_XL, "check", str(tracker), *day),
        "capa-xl refresh, 200 rows": (*CAPA_XL, "refresh", str(tracker), *day),
        "capa-xl rules": (*CAPA_XL, "rules"),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
