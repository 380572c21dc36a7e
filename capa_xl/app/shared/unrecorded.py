"""What stands although it could not be put on record, as after the disk filled up: said among a run's notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from capa_xl.effects.durable import reason
from capa_xl.errors import CapaError, UnsafeWrite


class Unrecorded(str):
    """A note of that kind: the work is done and told, and the run ends with the exit code of a write that failed."""

    __slots__ = ()


def unrecorded_code(notes: Iterable[str]) -> int:
    """The exit code of a run whose own work was done: 0, or 23 where something is not on record."""
    return UnsafeWrite.exit_code if any(isinstance(note, Unrecorded) for note in notes) else 0


def once_written(step: Callable[[], Iterable[str] | None], failed: str, cure: str) -> tuple[str, ...]:
    """What a step after the swap has to say; a fault in it refuses nothing any more, it is said.

    Args:
        step: Gives sentences; None where there is nothing to say of it.
        failed: What stands, and what could not be done, as a Chinese sentence.
        cure: What comes of it and what a person does about it; begins with its own mark.
    """
    try:
        return tuple(step() or ())
    except (CapaError, OSError) as trouble:
        why = reason(trouble) if isinstance(trouble, OSError) else str(trouble)
        return (Unrecorded(f"{failed}（{why}）{cure}"),)
