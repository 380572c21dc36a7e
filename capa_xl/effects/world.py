"""The outside world as the command line gives it: nothing below asks the clock, sleeps, or listens for signals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


def _nobody_asks_to_stop() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class World:
    """Clock, sleep and the wish to stop; goes to another process when its three functions do.

    Attributes:
        now: The instant, with +08:00.
        sleep: Waits that many seconds.
        go_on: False ends the run after the letter in hand.
    """

    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    go_on: Callable[[], bool] = _nobody_asks_to_stop
