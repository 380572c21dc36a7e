"""Where many workbooks are worked at: an engine, and the one on this machine, a kept pool of processes. Shared ground.

Each task runs in a child process that can be killed: one that hangs or crashes costs only itself. A task whose worker
was lost is given to another, for the journal decides what is still to do.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait
from importlib import import_module
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from pebble import ProcessPool

T = TypeVar("T", contravariant=True)
R = TypeVar("R", covariant=True)
A = TypeVar("A")
B = TypeVar("B")

TRIES = 3
"""How many workers a task may cost before it is given up: what kills three will kill the fourth."""
_LOOK_S = 0.5
WARM = ("capa_xl.app.shared.daily_pass", "capa_xl.app.shared.group_tasks")
"""What a worker imports once, before its first task."""


class Done(Struct, Generic[R], frozen=True):
    """A task that came to its end.

    Attributes:
        place: Its number among the tasks.
    """

    place: int
    result: R


class Lost(Struct, frozen=True):
    """A task that did not.

    Attributes:
        timed_out: It took longer than it may; otherwise it killed every worker it was given to.
        why: A Chinese sentence where neither is so: the engine itself was lost.
    """

    place: int
    timed_out: bool
    why: str = ""


class Executor(Protocol):
    """Runs tasks somewhere, and gives their ends as they come."""

    def run(
        self, function: Callable[[A], B], tasks: Sequence[A], go_on: Callable[[], bool], at_once: int = 0
    ) -> Iterator[Done[B] | Lost]:
        """Run a function over tasks; both must be picklable.

        Args:
            go_on: Once it is False no further task is begun; those in hand come to their end.
            at_once: At most so many at a time; 0 for as many as there are workers.
        """

    def close(self) -> None:
        """End the workers."""


class Here:
    """This process itself, one task after another: for scripts and notebooks. Nothing is timed out or killed."""

    def run(
        self, function: Callable[[A], B], tasks: Sequence[A], go_on: Callable[[], bool], at_once: int = 0
    ) -> Iterator[Done[B] | Lost]:
        """See `Executor.run`."""
        for place, task in enumerate(tasks):
            if not go_on():
                return
            yield Done(place, function(task))

    def close(self) -> None:
        """There is nothing to end."""


def warm_up() -> None:
    """What a worker does first: leave Ctrl-C to the coordinator, and load what every task needs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in WARM:
        import_module(name)


def new_pool(workers: int) -> ProcessPool:
    """A pool of warm workers."""
    from pebble import ProcessPool

    return ProcessPool(max_workers=workers, initializer=warm_up, context=get_context("spawn"))


class Processes:
    """A kept pool of processes on this machine.

    Args:
        workers: How many; 0 for as many as this machine has cores.
        timeout_s: Seconds a task may take.
        tasks: How many there will be at most; more workers are of no use. 0 for unknown.
    """

    def __init__(self, workers: int, timeout_s: float, tasks: int = 0) -> None:
        wanted = workers or os.cpu_count() or 1
        self.workers = min(wanted, tasks) if tasks else wanted
        self._timeout_s = timeout_s
        self._pool = new_pool(self.workers)

    def run(
        self, function: Callable[[A], B], tasks: Sequence[A], go_on: Callable[[], bool], at_once: int = 0
    ) -> Iterator[Done[B] | Lost]:
        """See `Executor.run`."""
        waiting = deque((place, 1) for place in range(len(tasks)))
        running: dict[Any, tuple[int, int]] = {}
        while (waiting and go_on()) or running:
            while waiting and go_on() and len(running) < (at_once or self.workers) and self._pool.active:
                place, tries = waiting.popleft()
                running[self._pool.schedule(function, (tasks[place],), timeout=self._timeout_s)] = place, tries
            for future in over(running, self._pool):
                place, tries = running.pop(future)
                end = ended(future, place)
                if end is None and tries < TRIES:
                    waiting.append((place, tries + 1))
                else:
                    yield end or Lost(place, timed_out=False)
            if not self._pool.active and not running:
                self._renew()

    def _renew(self) -> None:
        """Another pool for a broken one: half a message of a killed worker is the end of pebble's."""
        self.close()
        self._pool = new_pool(self.workers)

    def close(self) -> None:
        """End the workers."""
        self._pool.stop()
        self._pool.join()


def over(running: Collection[Any], pool: ProcessPool) -> list[Any]:
    """The tasks that are over, after a moment; in a broken pool all are."""
    done = wait(running, _LOOK_S, FIRST_COMPLETED).done
    return list(done) if pool.active else list(running)


def ended(future: Any, place: int) -> Done[Any] | Lost | None:
    """How a task ended; None when its worker was lost, or the pool broke with the task in hand."""
    from pebble import ProcessExpired

    if not future.done():
        return None
    try:
        return Done(place, future.result())
    except TimeoutError:
        return Lost(place, timed_out=True)
    except (ProcessExpired, BrokenExecutor):
        return None
