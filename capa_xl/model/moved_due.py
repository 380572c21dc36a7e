"""When 完成期限 was moved by an approved extension, and which date stood on an earlier day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class MovedDue(NamedTuple):
    """A move of 完成期限.

    Attributes:
        on: Day of its approval; the new date stands from that day on.
        before: The date that stood before.
    """

    on: date
    before: date


def due_then(due_on: date | None, moves: Iterable[MovedDue], day: date) -> date | None:
    """The 完成期限 that stood at the end of a day.

    Args:
        due_on: As it stands now.
        moves: Those that led to it, the newest first.
    """
    for move in moves:
        if move.on <= day:
            break
        due_on = move.before
    return due_on
