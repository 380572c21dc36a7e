"""This commit against an earlier one: the same commands over the same files, turn by turn, CPU and peak memory.

    python -m bench.against COMMIT [runs]

The earlier commit is checked out beside and makes the files: a tracker of 10,000 rows with every column it knew, its
sample, and a plain sheet of 10,000 × 35. Whole processes are measured, start and imports among them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from io import StringIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from peers import Measured, Peer, measure, timed
from splice import COLUMNS, make, value

ROOT = Path(__file__).parents[1]
DAY = "2026-11-22"
ROWS = 10_000
COMMANDS = {
    "capa-xl --help": ("--help",),
    "capa-xl rules": ("rules",),
    "check，样例": ("check", "{folder}/sample.xlsx"),
    "daily，样例，第一次": ("daily", "{copy}/sample.xlsx"),
    "pack，样例": ("pack", "{copy}/sample.xlsx", "--period", "2026Q3", "-o", "{copy}/pack"),
    "check，10,000 行": ("check", "{folder}/tracker.xlsx"),
    "refresh，10,000 行，第一次": ("refresh", "{copy}/tracker.xlsx"),
    "refresh，10,000 行，没有变化": ("refresh", "{folder}/again/{version}/tracker.xlsx"),
    "patch，10,000 × 35 里的 50,000 格": (
        "patch", "{folder}/plain.xlsx", "--edits", "{folder}/edits.json", "-o", "{copy}/out.xlsx"
    ),
}  # fmt: skip
"""What is measured → its words; {copy} is a fresh folder with the files, for a command that writes."""
WITHOUT_DAY = frozenset({"--help", "rules", "patch"})


def main(commit: str, runs: int) -> None:
    """Measure and print the table."""
    with tempfile.TemporaryDirectory() as name, checked_out(commit, Path(name) / "before") as before:
        folder = Path(name)
        versions = {"before": before, "now": ROOT}
        _make_files(folder, before)
        for version, checkout in versions.items():
            place = folder / "again" / version
            place.mkdir(parents=True)
            shutil.copy(folder / "tracker.xlsx", place)
            measure([_peer(folder, version, checkout, "refresh，10,000 行，没有变化")], 1)
        print(f"| 与 {commit} 比 | 以前，CPU 秒 | 现在 | | 以前，内存峰值 MB | 现在 | |")
        print("|---|---|---|---|---|---|---|")
        for what in COMMANDS:
            peers = [_peer(folder, version, checkout, what) for version, checkout in versions.items()]
            print(_line(what, *measure(peers, runs)))


def _peer(folder: Path, version: str, checkout: Path, what: str) -> Peer:
    return Peer(version, (str(Path(__file__)), "--peer", str(checkout), str(folder), version, what))


def _line(what: str, before: Measured, now: Measured) -> str:
    cpu, peak = now.cpu / before.cpu, now.peak_mb / before.peak_mb
    return (
        f"| {what} | {before.cpu:.2f} | {now.cpu:.2f} | × {cpu:.2f} "
        f"| {before.peak_mb:.0f} | {now.peak_mb:.0f} | × {peak:.2f} |"
    )


@contextmanager
def checked_out(commit: str, place: Path) -> Iterator[Path]:
    """A worktree of the commit, gone afterwards."""
    git = ("git", "-C", str(ROOT), "worktree")
    subprocess.run((*git, "add", "--quiet", "--detach", str(place), commit), check=True)
    try:
        yield place
    finally:
        subprocess.run((*git, "remove", "--force", str(place)), check=True)


def _make_files(folder: Path, before: Path) -> None:
    sample = next((before / "workbooks").glob("*样例.xlsx"))
    shutil.copy(sample, folder / "sample.xlsx")
    made = [sys.executable, "bench/made_tracker.py", str(folder / "tracker.xlsx"), str(ROWS)]
    subprocess.run(made, cwd=before, env={"PYTHONPATH": str(before), "PATH": "/usr/bin:/bin"}, check=True)
    make(folder / "plain.xlsx", ROWS)
    edits = [
        {"sheet": "表", "cell": f"{letters}{row}", "value": _said(value(row, place))}
        for row in range(2, ROWS + 1)
        for place, letters in enumerate(COLUMNS)
    ]
    (folder / "edits.json").write_text(json.dumps(edits, ensure_ascii=False), encoding="utf-8")


def _said(cell: object) -> object:
    return {"date": str(cell)} if hasattr(cell, "isoformat") else cell


def peer(checkout: str, folder: Path, version: str, what: str) -> None:
    """One command of one version, in this process."""
    sys.path.insert(0, checkout)
    from capa_xl.cli.main import main as capa_xl

    assert Path(sys.modules["capa_xl"].__file__ or "").is_relative_to(checkout)
    with tempfile.TemporaryDirectory() as copy:
        shutil.copy(folder / "sample.xlsx", copy)
        if "{copy}/tracker" in " ".join(COMMANDS[what]):
            shutil.copy(folder / "tracker.xlsx", copy)
        words = [word.format(folder=folder, copy=copy, version=version) for word in COMMANDS[what]]
        day = [] if words[0] in WITHOUT_DAY else ["--as-of", DAY]

        def work() -> None:
            with redirect_stdout(StringIO()), suppress(SystemExit):
                capa_xl([*words, *day])

        timed(work)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        peer(sys.argv[2], Path(sys.argv[3]), sys.argv[4], sys.argv[5])
    else:
        main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)
