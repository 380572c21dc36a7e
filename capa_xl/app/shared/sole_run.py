"""The only run over a workbook: its lock held, and what earlier runs left behind settled first. Shared ground."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from capa_xl.app.shared.desk import Desk
from capa_xl.effects.leftovers import remove_dead_in_state, settle
from capa_xl.effects.moved_state import bring_state_home
from capa_xl.effects.run_lock import SENDING, WRITING, only_run
from capa_xl.errors import CapaError


@contextmanager
def sole_run(desk: Desk, what: str = SENDING, wait_s: float = 0.0) -> Iterator[tuple[str, ...]]:
    """Hold the lock of the one run that sends letters about a workbook or writes it; gives what there is to say.

    Before it goes on, state that lies beside a link is brought to the workbook, and for WRITING what a killed run left
    around the workbook is settled: a save of somebody's goes back into its place.

    Args:
        what: SENDING or WRITING.
        wait_s: How long to wait for another run, in seconds.

    Raises:
        WorkbookLocked: Another run holds it and doesn't let go in time.
        UnsafeWrite: The state folder can't be made, or a save can't be put back.
        JournalUnusable: A journal can't be used.
    """
    with only_run(desk.state, desk.workbook, what, wait_s):
        remove_dead_in_state(desk.state, desk.world.now().timestamp())
        home = bring_state_home(desk.workbook) if desk.settings.paths.state is None else ""
        now = desk.world.now().timestamp()
        settled = settle(desk.workbook, desk.backups, desk.stamp(), now) if what == WRITING else ()
        yield tuple(sentence for sentence in (home, *settled) if sentence)


def look_again(desk: Desk) -> tuple[str, ...]:
    """At the end of a run that wrote: whether a save came late into the old file; it goes back into the workbook.

    What can't be looked at now, the next run looks at: the workbook is written, and nothing is refused any more.
    """
    with suppress(CapaError, OSError):
        return settle(desk.workbook, desk.backups, desk.stamp(), desk.world.now().timestamp())
    return ()
