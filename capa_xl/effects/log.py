"""The rotating log `.capa_xl/capa_xl.log`: UTF-8, one line an event, no secrets, no cell contents.

Several processes may write it. So it is opened for each line, turned over when a run begins, and left as long as it is
where another process holds it (Windows). A log that can't be written stops nothing, and is said: what a run did, it
says itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from capa_xl.effects.access import create_like_folder, make_like
from capa_xl.effects.durable import reason
from capa_xl.errors import CapaError

FILE_NAME = "capa_xl.log"
BYTES_PER_FILE = 1_000_000
FILES_KEPT = 5


class _Lines(logging.Formatter):
    """Time with its offset, level, text; line breaks in the text become blanks, tracebacks keep theirs."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")
        self._now = now

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """The instant, from the clock that was given in."""
        return self._now().isoformat(timespec="seconds")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """One line."""
        return " ".join(super().formatMessage(record).split())


class _Appending(logging.Handler):
    """Appends each line to the file that has the name now."""

    def __init__(self, place: Path, log: RunLog) -> None:
        super().__init__()
        self._place, self._log = place, log

    def emit(self, record: logging.LogRecord) -> None:
        """Write one event."""
        try:
            with self._place.open("a", encoding="utf-8", errors="replace") as stream:
                stream.write(f"{self.format(record)}\n")
        except OSError as trouble:
            self._log.fault = f"日志「{self._place}」写不了：{reason(trouble)} → 请检查文件权限和磁盘"


class RunLog(logging.Logger):
    """A logger of its own, not of the process.

    Attributes:
        fault: Why a line couldn't be written, as a Chinese sentence; "" while every line was.
    """

    fault = ""


@contextmanager
def open_log(state: Path, workbook: Path, now: Callable[[], datetime]) -> Iterator[RunLog]:
    """A logger that writes to the state folder of a workbook.

    Raises:
        UnsafeWrite: The folder can't be made.
    """
    make_like(state, workbook)
    place = state / FILE_NAME
    with suppress(OSError):
        _turn_over(place)
        create_like_folder(place)
    log = RunLog("capa_xl", logging.INFO)
    keeper = _Appending(place, log)
    keeper.setFormatter(_Lines(now))
    log.addHandler(keeper)
    yield log


def log_line(
    state: Path,
    workbook: Path,
    now: Callable[[], datetime],
    words: str,
    *,
    is_bad: bool = False,
    bug: Exception | None = None,
) -> str:
    """One event in the log of a state folder that is there: a run that left none behind needs no log of it.

    Returns why it couldn't be written, as a Chinese sentence; "" where it was.

    Args:
        is_bad: It is an error.
        bug: A fault of our own, whose traceback goes with it.
    """
    if state.is_dir():
        with suppress(CapaError), open_log(state, workbook, now) as log:
            log.log(logging.ERROR if is_bad else logging.INFO, "%s", words, exc_info=bug)
            return log.fault
    return ""


def _turn_over(place: Path) -> None:
    """Number the old files up when the log is full: capa_xl.log.1 is the newest of them."""
    if not place.exists() or place.stat().st_size < BYTES_PER_FILE:
        return
    names = [place, *(place.with_name(f"{place.name}.{number}") for number in range(1, FILES_KEPT + 1))]
    for older, newer in zip(reversed(names), reversed(names[:-1]), strict=False):
        if newer.exists():
            newer.replace(older)
