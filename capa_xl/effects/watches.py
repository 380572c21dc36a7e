"""What was displaced from a workbook's place, watched for a while: a program that has it open may still write into it.

The watch is a name of ours for that very file, in the folder of backups; on another device it stays beside the
workbook. It says which bytes the file held, which took its place, and when. `leftovers.settle` looks at it.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from itertools import count
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.effects.access import make_like
from capa_xl.effects.temporary import PREFIX, is_over, own_name, rest_of
from capa_xl.errors import UnsafeWrite

STAGED = ".swap"
"""Ends the name of a finished file that waits beside a workbook, or of what it displaced."""
KEPT = ".kept"
"""Ends the second name of a file that is being replaced, for the moment that takes."""
NOTHING_OF_OURS = "0" * 16
"""As `after`: a save of somebody's took the place, and gives way to none that comes late."""
WATCH_S = 60.0
"""How long a program may have a file open before it writes into it. Runs that are farther apart look once."""

_SHORT = 16
_NAME = re.compile(r"(\w{8})-(\w{16})-(\w{16})(?:-(\d+))?")


class Site(Struct, frozen=True):
    """Where a swap happens, and when.

    Attributes:
        real: The workbook itself, no link to it.
        backups: Its folder of backups.
        stamp: Names a backup: 20261122-083000.
        now: Seconds since the epoch.
    """

    real: Path
    backups: Path
    stamp: str
    now: float


class Swap(Struct, frozen=True):
    """Which bytes take the place of which; a staged file's name says it, so that a killed run can be settled.

    Attributes:
        book: Short hash of the workbook's name.
        before: First hex digits of the SHA-256 of what was read.
        after: The same of the new bytes.
        since: When the old file was displaced, in milliseconds since the epoch; None before that.
    """

    book: str
    before: str
    after: str
    since: int | None = None

    @classmethod
    def of(cls, real: Path, before: str, blob: bytes) -> Swap:
        """The swap of a workbook, by the fingerprint it was read with and its new bytes."""
        return cls(book_of(real), before[:_SHORT], fingerprint(blob)[:_SHORT])

    @classmethod
    def over(cls, real: Path, before: str) -> Swap:
        """A swap that is over: what was displaced, by its fingerprint, comes back into no place by itself."""
        return cls(book_of(real), before[:_SHORT], NOTHING_OF_OURS)

    @classmethod
    def read(cls, rest: str) -> Swap | None:
        """The swap that a staged file's name tells; None for another file."""
        parts = _NAME.fullmatch(rest)
        return cls(parts[1], parts[2], parts[3], int(parts[4]) if parts[4] else None) if parts else None

    @property
    def name(self) -> str:
        """The name of the staged file."""
        parts = (self.book, self.before, self.after, *(() if self.since is None else (str(self.since),)))
        return own_name("-".join(parts), STAGED)

    def is_watched(self, now: float) -> bool:
        """Whether somebody who had the displaced file open may still write into it; a clock that jumped ends it."""
        return self.since is not None and abs(now - self.since / 1000) < WATCH_S


def watch(staged: Path, swap: Swap, site: Site) -> None:
    """Keep a displaced file under a name that says since when, among the backups where they are on the same device."""
    with suppress(OSError, UnsafeWrite):  # what can't be done now is no reason to say that the workbook isn't written
        make_like(site.backups, site.real)
    for folder in (site.backups, site.real.parent):
        with suppress(OSError):
            staged.rename(_free(folder, swap, site.now))
            return


def staged_files(site: Site) -> list[tuple[Path, Swap]]:
    """Staged files of this workbook whose run is over, and watched ones, oldest first."""
    book = book_of(site.real)
    found = [
        (path, swap)
        for folder in dict.fromkeys((site.backups, site.real.parent))
        for path in folder.glob(f"{PREFIX}*")
        if path.suffix in (STAGED, KEPT) and (swap := Swap.read(rest_of(path.name))) is not None
        if swap.book == book and (swap.since is not None or is_over(path, site.now))
    ]
    return sorted(found, key=lambda one: (one[1].since or 0, one[0].stat().st_mtime_ns))


def watched_files(folder: Path) -> frozenset[tuple[int, int]]:
    """Device and number of every watched file in a folder, whatever other names it has."""
    return frozenset(known for path in folder.glob(f"{PREFIX}*{STAGED}") if (known := identity(path)))


def identity(path: Path) -> tuple[int, int] | None:
    """Device and number of a file; None where none is there any more."""
    with suppress(OSError):
        known = path.stat()
        return known.st_dev, known.st_ino
    return None


def book_of(real: Path) -> str:
    """Short hash of a workbook's name."""
    return hashlib.sha256(real.name.encode()).hexdigest()[:8]


def fingerprint(blob: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(blob).hexdigest()


def short_print(path: Path) -> str:
    """The first digits of a file's fingerprint, as names of staged files have them.

    Raises:
        OSError: It can't be read.
    """
    return fingerprint(path.read_bytes())[:_SHORT]


def _free(folder: Path, swap: Swap, now: float) -> Path:
    """Where a file displaced now is watched; of two in one millisecond the later has the next one's name."""
    names = (folder / replace(swap, since=since).name for since in count(int(now * 1000)))
    return next(place for place in names if not place.exists())
