"""A run that is refused leaves no journal behind that it was the first to open. Shared ground of the use cases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from capa_xl.effects.journal import is_there, withdraw_journal
from capa_xl.effects.run_lock import alone_with
from capa_xl.errors import CapaError, UnsafeWrite, WorkbookLocked


@contextmanager
def no_trace_of_a_refusal(state: Path) -> Iterator[None]:
    """A run that is refused takes the journal back that it was the first to open."""
    first = not is_there(state)
    try:
        yield
    except CapaError:
        if first and state.is_dir():
            with suppress(WorkbookLocked, UnsafeWrite), alone_with(state) as locks:  # else another run has taken it up
                withdraw_journal(state, locks)
        raise
