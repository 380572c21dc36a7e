"""`python -m tests.faults.places`: a full disk, a read-only disk, a share that vanishes. Needs Linux and root.

Each place is a tmpfs mounted for it. A run must end in a sentence, and the workbook must be what it was.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from capa_xl.app.use_cases.refresh import refresh
from capa_xl.errors import CapaError
from tests.app.desks import desk_at, still_world
from tests.app.office import DAY, QUALITY, workbook
from tests.faults.scenarios import BOOK, TRACKER


def main() -> int:
    if sys.platform != "linux" or os.geteuid() != 0:
        print("skipped: mounting needs Linux and root")
        return 0
    held = [_full_disk(), _read_only_disk(), _vanished_share()]
    return 0 if all(held) else 1


def _full_disk() -> bool:
    """Every size of what is left, from nothing to enough, in steps of one page."""
    refused = written = 0
    with _mounted() as place:
        book = workbook(place / BOOK, TRACKER, 人员部门=QUALITY)
        before = book.read_bytes()
        ballast = place / "ballast"
        for pages in range(200):
            ballast.unlink(missing_ok=True)
            _fill(ballast, place, pages)
            ended = _run(book)
            if ended == "written":
                written = pages
                break
            if book.read_bytes() != before:
                return _said("full disk", f"{pages} pages free: {ended}, but the workbook changed", held=False)
            refused += 1
        ballast.unlink(missing_ok=True)
    return _said("full disk", f"{refused} refusals, then written with {written} pages free", held=refused > 0 < written)


def _read_only_disk() -> bool:
    with _mounted() as place:
        book = workbook(place / BOOK, TRACKER, 人员部门=QUALITY)
        before = book.read_bytes()
        _call("mount", "-o", "remount,ro", str(place))
        ended = _run(book)
        return _said("read-only disk", ended, held=ended.startswith("refused") and book.read_bytes() == before)


def _vanished_share() -> bool:
    """The share goes at each moment in turn at which the run asks for the time; what was said to be written is."""
    with _mounted() as lower, tempfile.TemporaryDirectory() as upper:
        place = Path(upper)
        book = workbook(lower / BOOK, TRACKER, 人员部门=QUALITY)
        before, asked = book.read_bytes(), []
        for call in range(1, 80):
            _call("mount", "--bind", str(lower), upper)

            def vanish(call: int = call) -> object:
                asked.append(call)
                if asked.count(call) == call:
                    _call("umount", "-l", upper)
                return still_world(DAY).now()

            ended = _run(place / BOOK, vanish)
            gone = not os.path.ismount(upper)
            if not gone:
                _call("umount", "-l", upper)
                return _said("vanished share", f"at each of {call - 1} moments the answer was true", held=True)
            said = "written" if book.read_bytes() != before else "refused"
            if not ended.startswith(said):
                return _said("vanished share", f"at moment {call}: {ended}", held=False)
            book.write_bytes(before)
        return _said("vanished share", "never came to its end", held=False)


def _run(book: Path, now=None) -> str:
    desk = desk_at(book, DAY)
    try:
        done = refresh(desk if now is None else replace(desk, world=replace(desk.world, now=now)))
    except CapaError as refusal:
        return f"refused: {refusal}"
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is what this looks for
        return f"traceback: {fault!r}"
    return "written" if done.changes else "nothing to write"


def _fill(ballast: Path, place: Path, pages: int) -> None:
    """Leave so many pages of 4 KiB free."""
    known = os.statvfs(place)
    with ballast.open("wb") as stream:
        stream.write(b"\0" * max(0, (known.f_bavail - pages) * known.f_frsize))


@contextmanager
def _mounted() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        _call("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder)
        try:
            yield Path(folder)
        finally:
            _call("umount", "-l", folder)


def _call(*words: str) -> None:
    subprocess.run(words, check=True)


def _said(what: str, found: str, *, held: bool) -> bool:
    print(f"{what}: {found}; {'held' if held else 'DID NOT HOLD'}")
    return held


if __name__ == "__main__":
    sys.exit(main())
