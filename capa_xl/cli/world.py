"""The outside world for every command: the real clock, and a stop that lets the mail in hand finish."""

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
    from capa_xl.effects.world import World


def now() -> datetime:
    """The real instant in Asia/Shanghai."""
    return datetime.now(SHANGHAI)


class Stop:
    """The wish to stop, that ends pauses early. Sent to another process it is a new one: nobody has asked there yet."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def __reduce__(self) -> tuple[type[Stop], tuple[()]]:
        return Stop, ()

    def ask(self) -> None:
        """Ask to stop."""
        self._asked.set()

    def go_on(self) -> bool:
        """True while nobody has asked."""
        return not self._asked.is_set()

    def sleep(self, seconds: float) -> None:
        """Wait that long, or until somebody asks."""
        self._asked.wait(seconds)


@contextmanager
def stopping_on_signals() -> Iterator[Stop]:
    """A stop that SIGTERM and SIGINT ask for instead of killing the program."""
    stop = Stop()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.ask()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def world_until(stop: Stop) -> World:
    """The world for one run: pauses end early, and no further letter is begun, once somebody asked to stop."""
    from capa_xl.effects.world import World

    return World(now=now, sleep=stop.sleep, go_on=stop.go_on)


def unstopped_world() -> World:
    """The world of a command that a signal simply ends."""
    import time

    from capa_xl.effects.world import World

    return World(now=now, sleep=time.sleep)
