"""refresh and check of a tracker with every column filled, against openpyxl and against the floor.

    python bench/refresh.py [runs] [rows]

refresh does everything a run does: read, judge, plan, splice, prove, back up, replace, journal. openpyxl loads the
file, sets the same cells and saves it. The floor inflates the tracker's sheet as refresh leaves it, scans it once for
rows and deflates it (zlib 6).
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress
from datetime import date
from io import StringIO
from pathlib import Path

from made_tracker import DAY
from peers import Measured, Peer, measure, table, timed

FIRST, AGAIN, CHECK = "capa-xl refresh", "capa-xl refresh, nothing changed", "capa-xl check"
SAVED, LOADED, FLOOR = "openpyxl load + set + save", "openpyxl load", "floor"


def refreshed(path: Path) -> None:
    command("refresh", path)


def checked(path: Path) -> None:
    command("check", path)


def command(name: str, path: Path) -> None:
    """The whole command, its lazy imports and its output included."""
    from capa_xl.cli.main import main as capa_xl

    def work() -> None:
        with redirect_stdout(StringIO()), suppress(SystemExit):
            capa_xl([name, str(path), "--as-of", str(DAY), "--quiet"])

    timed(work)


def saved(path: Path) -> None:
    import openpyxl

    edits = json.loads(path.with_suffix(".json").read_text())

    def work() -> None:
        book = openpyxl.load_workbook(path)
        for edit in edits:
            value = edit["value"]
            book[edit["sheet"]][edit["at"]] = date.fromisoformat(value) if edit["dated"] else value
        book.save(path.with_suffix(".saved.xlsx"))

    timed(work)


def loaded(path: Path) -> None:
    import openpyxl

    timed(lambda: openpyxl.load_workbook(path))


def floor(path: Path) -> None:
    def work() -> None:
        with zipfile.ZipFile(path) as book:
            name = max(book.infolist(), key=lambda member: member.file_size).filename
            sheet = book.read(name)
        sum(1 for _ in re.finditer(rb'<row r="(\d+)"', sheet))
        stream = zlib.compressobj(6, zlib.DEFLATED, -15)
        stream.compress(sheet)
        stream.flush()

    timed(work)


def note_edits(path: Path) -> None:
    """The cells that the first refresh changes, for openpyxl to set."""
    from capa_xl.app.use_cases.refresh import refresh
    from tests.app.desks import desk_at

    changes = refresh(desk_at(path, DAY), check_only=True).changes
    edits = [
        {"sheet": c.sheet, "at": c.at, "value": str(c.after) if isinstance(c.after, date) else c.after,
         "dated": isinstance(c.after, date)}
        for c in changes
    ]  # fmt: skip
    path.with_suffix(".json").write_text(json.dumps(edits))


PEERS = {FIRST: refreshed, AGAIN: refreshed, CHECK: checked, SAVED: saved, LOADED: loaded, FLOOR: floor}


def peer(name: str, path: Path) -> None:
    """One run: a first refresh on a copy without journal; the next one, and the floor, on a file refreshed before."""
    if name == FIRST:
        with tempfile.TemporaryDirectory() as folder:
            refreshed(Path(shutil.copy(path, folder)))
        return
    PEERS[name](path.parent / "again" / path.name if name in (AGAIN, FLOOR) else path)


def contest(folder: Path, rows: int, names: tuple[str, ...], runs: int, *, faulty: bool = False) -> list[Measured]:
    path = folder / f"{rows}{'f' if faulty else ''}.xlsx"
    here = Path(__file__).parent  # in processes of their own: a peer's peak memory counts what its parent holds
    _run(here / "made_tracker.py", path, rows, *(["--faulty"] if faulty else []))
    if SAVED in names:
        _run(__file__, "--note-edits", path)
    if AGAIN in names:
        (folder / "again").mkdir(exist_ok=True)
        shutil.copy(path, folder / "again")
        measure([Peer(AGAIN, (__file__, "--peer", AGAIN, str(path)))], 1)
    return measure([Peer(name, (__file__, "--peer", name, str(path))) for name in names], runs)


def _run(*command: object) -> None:
    subprocess.run((sys.executable, *map(str, command)), check=True)


def main(runs: int, rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = contest(folder, rows, (FIRST, AGAIN, CHECK, SAVED, LOADED, FLOOR), runs)
        print(f"\n{rows:,} rows, every column filled, no Problems\n")
        print(table(found, FLOOR))
        faulty = contest(folder, rows, (FIRST, AGAIN, CHECK, FLOOR), runs, faulty=True)
        print(f"\n{rows:,} rows, Problems in every one\n")
        print(table(faulty, FLOOR))
        large = contest(folder, rows * 10, (FIRST, AGAIN, CHECK, FLOOR), 1)
        print(f"\n{rows * 10:,} rows, no Problems, one run\n")
        print(table(large, FLOOR))
        print()
        print("\n".join(targets(found, large)))


def targets(found: list[Measured], large: list[Measured]) -> Iterator[str]:
    """What was wanted beside what was measured, by CPU of whole processes."""
    at, then = {one.name: one for one in found}, {one.name: one for one in large}
    floor, saved = at[FLOOR], at[SAVED]
    yield "| target | measured | wanted | |"
    yield "|---|---|---|---|"
    yield verdict("refresh to the floor, CPU", at[FIRST].cpu / floor.cpu, 4.5)
    yield verdict(f"refresh to {SAVED}, CPU", at[FIRST].cpu / saved.cpu, 0.125)
    yield verdict("refresh with nothing changed to the floor, CPU", at[AGAIN].cpu / floor.cpu, 2.5)
    yield verdict("check to the floor, CPU", at[CHECK].cpu / floor.cpu, 1.8)
    yield verdict("peak memory of refresh to openpyxl's", at[FIRST].peak_mb / saved.peak_mb, 0.35)
    yield verdict("peak MB of a refresh of ten times the rows", then[FIRST].peak_mb, 700)
    yield verdict("CPU of a refresh of ten times the rows to the rows", then[FIRST].cpu / at[FIRST].cpu, 10)


def verdict(what: str, measured: float, limit: float) -> str:
    """One line of the table of targets."""
    return f"| {what} | {measured:.3g} | {limit:g} | {'met' if measured <= limit else '**not met**'} |"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        peer(sys.argv[2], Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--note-edits"]:
        note_edits(Path(sys.argv[2]))
    else:
        numbers = [int(argument) for argument in sys.argv[1:]]
        main(numbers[0] if numbers else 5, numbers[1] if len(numbers) > 1 else 10_000)
