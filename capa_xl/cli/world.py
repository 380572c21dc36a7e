"""The outside world for every command: the real clock, and a stop that lets the mail in hand finish."""

from __future__ import annotations

import signal
import sys
import time
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


FINISHING = "正在停止：先做完手中的一步；已交给邮件服务器的信要等它答复，最长到 [mail] timeout_s"
"""What is said when somebody asks to stop and something must be finished first."""
GLANCE_S = 0.1
"""How often a pause looks whether somebody asked to stop; a wait for an event would not end by Ctrl-C on Windows."""


class Stop:
    """The wish to stop, that ends pauses early. Sent to another process it is a new one: nobody has asked there yet."""

    def __init__(self) -> None:
        self._asked = False
        self._is_breakable = False
        self._is_asleep = False

    def __reduce__(self) -> tuple[type[Stop], tuple[()]]:
        return Stop, ()

    def ask(self) -> None:
        """Ask to stop.

        Raises:
            StopAsked: Nothing is in hand that must be finished.
        """
        self._asked = True
        if self._is_breakable:
            from capa_xl.effects.world import StopAsked

            self._is_breakable = False
            raise StopAsked

    @property
    def is_busy(self) -> bool:
        """True while something is in hand that must be finished first."""
        return not (self._is_breakable or self._is_asleep)

    def go_on(self) -> bool:
        """True while nobody has asked."""
        return not self._asked

    def sleep(self, seconds: float) -> None:
        """Wait that long, or until somebody asks."""
        until = time.monotonic() + seconds
        self._is_asleep = True
        while not self._asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, GLANCE_S))
        self._is_asleep = False

    @contextmanager
    def breakable(self) -> Iterator[None]:
        """While in it, asking raises `StopAsked`: a server that hangs is left at once."""
        self._is_breakable = True
        try:
            yield
        finally:
            self._is_breakable = False


@contextmanager
def stopping_on_signals() -> Iterator[Stop]:
    """A stop that SIGTERM and SIGINT ask for instead of killing the program."""
    stop = Stop()

    def ask(number: int, frame: FrameType | None) -> None:
        if stop.is_busy:
            tell_on_stderr(FINISHING)
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

    return World(now, stop.sleep, stop.go_on, tell_on_stderr, stop.breakable)


def unstopped_world() -> World:
    """The world of a command that a signal simply ends."""
    from capa_xl.effects.world import World

    return World(now=now, sleep=time.sleep, tell=tell_on_stderr)


def tell_on_stderr(words: str) -> None:
    """Say something now, beside whatever the command prints in the end."""
    print(words, file=sys.stderr, flush=True)  # noqa: T201 - click isn't loaded where a worker says it
