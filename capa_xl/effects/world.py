"""The outside world as the command line gives it: nothing below asks the clock, sleeps, or listens for signals."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from msgspec import Struct


class StopAsked(Exception):
    """Somebody asked to stop while nothing was in hand that must be finished."""


def _nobody_asks_to_stop() -> bool:
    return True


def _nobody_listens(words: str) -> None:
    return


class World(Struct, frozen=True):
    """Clock, sleep and the wish to stop; goes to another process when its three functions do.

    Attributes:
        now: The instant, with +08:00.
        sleep: Waits that many seconds.
        go_on: False ends the run after the letter in hand.
        tell: Says at once what a person would otherwise wait for in silence.
        breakable: While in it, the wish to stop raises `StopAsked` instead of waiting for what is in hand.
    """

    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    go_on: Callable[[], bool] = _nobody_asks_to_stop
    tell: Callable[[str], None] = _nobody_listens
    breakable: Callable[[], AbstractContextManager[None]] = nullcontext
