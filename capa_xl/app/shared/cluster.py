"""The workers of a Dask cluster as an engine of a group; each keeps a child process that can be killed. Shared ground."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from capa_xl.app.shared.executors import TRIES, Done, Lost, ended, new_pool, over
from capa_xl.errors import UsageError

if TYPE_CHECKING:
    from pebble import ProcessPool

A = TypeVar("A")
B = TypeVar("B")


class Cluster:
    """The workers of a Dask cluster; each keeps one child process, in which its tasks run.

    Args:
        address: Of the scheduler: tcp://10.0.0.5:8786.
        timeout_s: Seconds a task may take.

    Raises:
        UsageError: distributed is not installed, or no scheduler answers there.
    """

    def __init__(self, address: str, timeout_s: float) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise UsageError("--cluster 需要 Dask，但未安装 → pip install capa-xl[cluster]") from None
        try:
            self._client = Client(address, timeout=20, set_as_default=False)
        except OSError as trouble:
            raise UsageError(
                f"连不上 Dask 调度器 {address}（原文：{trouble}）→ 请核对地址，先启动 dask scheduler"
            ) from None
        self._timeout_s = timeout_s

    def run(
        self, function: Callable[[A], B], tasks: Sequence[A], go_on: Callable[[], bool], at_once: int = 0
    ) -> Iterator[Done[B] | Lost]:
        """See `Executor.run`."""
        from distributed import as_completed

        waiting = deque((place, 1) for place in range(len(tasks)))
        running: dict[Any, tuple[int, int]] = {}
        ends = as_completed(loop=self._client.loop)
        while (waiting and go_on()) or running:
            while waiting and go_on() and len(running) < (at_once or 2 * self._threads()):
                place, tries = waiting.popleft()
                future = self._client.submit(in_child, function, tasks[place], self._timeout_s, pure=False)
                running[future.key] = place, tries
                ends.add(future)
            future = next(ends)
            place, tries = running.pop(future.key)
            end = _cluster_end(future, place)
            if end is None and tries < TRIES:
                waiting.append((place, tries + 1))
            else:
                yield end or Lost(place, timed_out=False)

    def close(self) -> None:
        """Leave the cluster as it is; it isn't ours to stop."""
        self._client.close()

    def _threads(self) -> int:
        return sum(self._client.nthreads().values()) or 1


def _cluster_end(future: Any, place: int) -> Done[Any] | Lost | None:
    from distributed import CancelledError, KilledWorker

    try:
        state, result = future.result()
    except (KilledWorker, CancelledError):
        return None
    if state == "expired":
        return None
    return Lost(place, timed_out=True) if state == "timeout" else Done(place, result)


_CHILDREN: dict[int, ProcessPool] = {}
"""The kept child of each thread of a Dask worker."""


def in_child(function: Callable[[A], B], task: A, timeout_s: float) -> tuple[str, B | None]:
    """Run a task in this thread's child process; gives ("done", result), ("timeout", None) or ("expired", None)."""
    from threading import get_ident

    pool = _CHILDREN.get(get_ident())
    if pool is None or not pool.active:
        pool = _CHILDREN[get_ident()] = new_pool(1)
    future = pool.schedule(function, (task,), timeout=timeout_s)
    while not over((future,), pool):
        pass
    end = ended(future, 0)
    if isinstance(end, Done):
        return "done", end.result
    return ("timeout" if end else "expired"), None
