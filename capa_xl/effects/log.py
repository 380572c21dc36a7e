"""The rotating log `.capa_xl/capa_xl.log`: UTF-8, one line an event, no secrets, no cell contents."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from capa_xl.effects.access import create_like_folder, make_like

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


@contextmanager
def open_log(state: Path, workbook: Path, now: Callable[[], datetime]) -> Iterator[logging.Logger]:
    """A logger of its own (not of the process) that writes to the state folder of a workbook.

    Raises:
        UnsafeWrite: The folder can't be made.
    """
    make_like(state, workbook)
    create_like_folder(state / FILE_NAME)
    keeper = RotatingFileHandler(
        state / FILE_NAME, maxBytes=BYTES_PER_FILE, backupCount=FILES_KEPT, encoding="utf-8", delay=True
    )
    keeper.setFormatter(_Lines(now))
    logger = logging.Logger("capa_xl", logging.INFO)
    logger.addHandler(keeper)
    try:
        yield logger
    finally:
        keeper.close()
