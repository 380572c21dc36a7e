"""The outside world for the commands that send: the real clock, and a stop that lets the mail in hand finish."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import FrameType
from typing import TYPE_CHECKING

from capa_xl.model.as_of import SHANGHAI

if TYPE_CHECKING:
    from capa_xl.app.shared.world import World


def now() -> datetime:
    """The real instant in Asia/Shanghai."""
    return datetime.now(SHANGHAI)


@contextmanager
def stopping_on_signals() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set instead of killing the program."""
    stop = threading.Event()

    def wish(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, wish) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def world_until(stop: threading.Event) -> World:
    """The world for one run: pauses end early, and no further letter is begun, once somebody asked to stop."""
    from capa_xl.app.shared.world import World

    return World(now=now, sleep=lambda seconds: _pause(stop, seconds), go_on=lambda: not stop.is_set())


def _pause(stop: threading.Event, seconds: float) -> None:
    stop.wait(seconds)
