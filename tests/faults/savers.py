"""People's programs that save a workbook while capa-xl writes it: in place, by rename, by delete and create.

The saver is a process of its own. Before each save it looks whether its last save is still in the workbook, or among
what capa-xl kept; its save says its number in a cell that people fill.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import random
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path

from capa_xl.app.use_cases.patch import patch_file
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.effects.temporary import PREFIX
from capa_xl.effects.world import World
from capa_xl.errors import CapaError
from capa_xl.model.as_of import SHANGHAI
from tests.app.desks import desk_at
from tests.app.office import DAY, QUALITY, workbook
from tests.faults.scenarios import BOOK, TRACKER

WAYS = ("in place", "by rename", "by delete and create")
_MARK = re.compile(rb"MARK-(\d+)-")


@dataclass
class Collisions:
    """What was saved and written, and the saves that nobody can find any more: must stay empty."""

    saves: Counter[str] = field(default_factory=Counter)
    refreshes: Counter[str] = field(default_factory=Counter)
    found_in_backups: int = 0
    lost: list[int] = field(default_factory=list)


def collide(folder: Path, saves: int, seed: int, pause: float = 0.25) -> Collisions:
    """Let one saver and one refresher work on the same workbook until so many saves were made.

    Args:
        pause: Seconds the saver waits at most after a save; 0.25 are about 6 saves a second, 0.02 about 20.
    """
    book = _marked(folder, 0)
    context = multiprocessing.get_context("spawn")
    results, begun, over = context.Queue(), context.Event(), context.Event()
    refresher = context.Process(target=_refresh_on, args=(book, begun, over, results))
    refresher.start()
    begun.wait(60)
    tally = Collisions()
    try:
        _save_on(book, saves, random.Random(seed), pause, tally)
    finally:
        over.set()
    tally.refreshes = results.get(timeout=120)
    refresher.join(60)
    _run(lambda: refresh(desk_at(book, DAY)))  # the next run: what came late into the old file goes back
    if not _is_kept(book, saves, tally):
        tally.lost.append(saves)
    return tally


def _marked(folder: Path, number: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return workbook(folder / BOOK, TRACKER.replace("磁盘故障三次", f"MARK-{number:06}-"), 人员部门=QUALITY)


def _save_on(book: Path, saves: int, draw: random.Random, pause: float, tally: Collisions) -> None:
    first = book.read_bytes()
    for number in range(1, saves + 1):
        blob = _numbered(first, number)
        if number > 1 and not _is_kept(book, number - 1, tally):
            tally.lost.append(number - 1)
        way = draw.choice(WAYS)
        SAVERS[way](book, blob, draw)
        tally.saves[way] += 1
        time.sleep(draw.random() * pause)
        if number % 100 == 0:
            print(f"{number} saves, {len(tally.lost)} lost", file=sys.stderr, flush=True)


def _numbered(blob: bytes, number: int) -> bytes:
    """The workbook with another number in the cell that people fill: a hundredth of the time it takes to make one."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blob)) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as other:
        for name in archive.namelist():
            other.writestr(name, _MARK.sub(b"MARK-%06d-" % number, archive.read(name)))
    return made.getvalue()


def _is_kept(book: Path, number: int, tally: Collisions) -> bool:
    """Whether a save stands in the workbook, or lies where capa-xl keeps what it displaced."""
    for _ in range(200):
        if _mark_of(book) == number:
            return True
        kept = [*book.parent.glob(f"{PREFIX}*"), *(book.parent / ".capa_xl" / "backups").glob("*")]
        kept += (book.parent / ".capa_xl" / "backups").glob(f"{PREFIX}*")
        if any(_mark_of(path) == number for path in kept):
            tally.found_in_backups += 1
            return True
        time.sleep(0.01)
    return False


def _mark_of(path: Path) -> int | None:
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            found = (_MARK.search(archive.read(name)) for name in archive.namelist() if name.endswith(".xml"))
            return next((int(mark[1]) for mark in found if mark), None)
    except (OSError, zipfile.BadZipFile, KeyError):
        return None


def _in_place(book: Path, blob: bytes, draw: random.Random) -> None:
    with book.open("r+b") as stream:
        time.sleep(draw.random() * 0.05)  # the program opened it before the swap, and writes after
        half = len(blob) // 2
        stream.write(blob[:half])
        stream.flush()
        time.sleep(draw.random() * 0.01)
        stream.write(blob[half:])
        stream.truncate()


def _by_rename(book: Path, blob: bytes, draw: random.Random) -> None:
    other = book.with_name("saving.tmp")
    other.write_bytes(blob)
    other.replace(book)


def _by_delete_and_create(book: Path, blob: bytes, draw: random.Random) -> None:
    book.unlink()
    time.sleep(draw.random() * 0.005)
    book.write_bytes(blob)


SAVERS: dict[str, Callable[[Path, bytes, random.Random], None]] = dict(
    zip(WAYS, (_in_place, _by_rename, _by_delete_and_create), strict=True)
)


def _refresh_on(book: Path, begun, over, results) -> None:
    begun.set()
    ended: Counter[str] = Counter()
    world = World(lambda: datetime.now(SHANGHAI), time.sleep)
    desk = desk_at(book, DAY, world=world)
    for turn in count(1):
        if over.is_set():
            break
        if turn % 20:
            edits = json.dumps([{"sheet": "改进计划跟踪表", "cell": "H2", "value": f"n{turn}"}])
            ended[f"patch {_run(lambda: patch_file(desk, edits.encode(), book))}"] += 1  # noqa: B023 - done at once
        else:
            ended[f"refresh {_run(lambda: refresh(desk))}"] += 1
    results.put(ended)


def _run(work: Callable[[], object]) -> str:
    try:
        work()
    except CapaError as refusal:
        return f"{refusal.exit_code} {str(refusal)[:40]}"
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is what this looks for
        return f"traceback: {fault!r}"
    return "0"
