"""The workers of a Dask cluster as an engine of a group; each keeps a child process that can be killed. Shared ground.

A cluster can be lost as a whole: no worker lives, or the scheduler is gone. That is said at once and borne for a while,
then every workbook that wasn't reached is named; a run over a lost cluster can be stopped at any time.
"""

from __future__ import annotations

import logging
import time
import warnings
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from multiprocessing import current_process
from pathlib import Path
from socket import gethostname
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.desk import Desk, desk_for
from capa_xl.app.shared.executors import TRIES, Done, Lost, ended, new_pool, over
from capa_xl.app.shared.opening import HALF_SAVED_S
from capa_xl.effects.world import World
from capa_xl.errors import MissingWorkbook, SettingsError, UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.model.install_hint import to_install

if TYPE_CHECKING:
    from pebble import ProcessPool

A = TypeVar("A")
B = TypeVar("B")

WAIT_S = 120.0
"""How long a run waits for a worker where none lives: a worker starts again within it, no morning is lost by it."""
WORKER = "dask worker --nthreads 1 --no-nanny"
"""What to start on each machine, before the scheduler's address: a worker under a nanny may have no children."""
_TRIES_S = (2.0, 18.0)
"""How long a scheduler may take to answer: the first time until that is said, and then."""
_LOOK_S = 0.5
_ANSWER_S = 5.0
"""How long the scheduler, or the worker that holds a result, may take to answer before it is asked again."""
_CLOSE_S = 2.0
_LOOKS = 5
_QUEUED = 2
"""Tasks in hand for each thread of a worker: the next is there when one ends."""
GRACE_S = 30.0
"""A worker ends what takes too long; one that hasn't said so this long afterwards hangs itself."""
_THEIRS = ("distributed", "distributed.client", "distributed.gc", "tornado.application", "asyncio")
"""Loggers of Dask and what it stands on."""


class Cluster:
    """The workers of a Dask cluster; each keeps one child process, in which its tasks run.

    Args:
        address: Of the scheduler: tcp://10.0.0.5:8786.
        timeout_s: Seconds a task may take.
        tell: Told at once, in Chinese, that no worker lives or the scheduler is gone, and when there is one again.
        wait_s: Seconds without any worker after which the run gives up.
        grace_s: Seconds beyond the time of a task, and of one before it, after which its worker counts as hanging; and
            how long a run that was asked to stop waits for what is in hand.

    Raises:
        UsageError: That is no address, or distributed is not installed.
    """

    def __init__(
        self,
        address: str,
        timeout_s: float,
        tell: Callable[[str], None] = lambda words: None,
        wait_s: float = WAIT_S,
        grace_s: float = GRACE_S,
    ) -> None:
        _refuse_no_address(address)
        self._client, self._given_up = _connected(address, tell)
        self._address, self._timeout_s, self._tell, self._wait_s = address, timeout_s, tell, wait_s
        self._patience_s, self._grace_s = _QUEUED * timeout_s + grace_s, grace_s
        self._without_since: float | None = None

    def run(
        self, function: Callable[[A], B], tasks: Sequence[A], go_on: Callable[[], bool], at_once: int = 0
    ) -> Iterator[Done[B] | Lost]:
        """See `Executor.run`. Asked to stop while no worker lives, it ends at once."""
        waiting = deque(_Try(place) for place in range(len(tasks)))
        running: dict[Any, _Try] = {}
        stopped_since: float | None = None
        while (waiting and go_on()) or running:
            threads = self._threads()
            if not threads and (self._given_up or not go_on()):
                break
            while threads and waiting and go_on() and len(running) < (at_once or _QUEUED * threads):
                one = waiting.popleft()
                running[self._begun(function, tasks[one.place])] = replace(one, since=time.monotonic())
            yield from self._ends(running, waiting)
            yield from self._hanging(running)
            if not go_on():
                stopped_since = stopped_since or time.monotonic()
                if time.monotonic() - stopped_since > self._grace_s:  # workers end what is in hand by themselves
                    break
        if self._given_up:
            yield from (Lost(one.place, timed_out=False, why=self._given_up) for one in (*running.values(), *waiting))

    def close(self) -> None:
        """Leave the cluster as it is; it isn't ours to stop."""
        if self._client:
            self._client.close(timeout=_CLOSE_S)

    def _ends(self, running: dict[Any, _Try], waiting: deque[_Try]) -> Iterator[Done[Any] | Lost]:
        """The tasks in hand that came to an end; those whose worker was lost wait to be given again."""
        for future in self._over(running):
            one = running[future]
            try:
                end = _end(future, one.place)
            except _UnfitWorker as unfit:
                self._given_up = str(unfit)
                return
            except TimeoutError:  # what came of it is on its way, or was lost with its worker and is made anew
                continue
            del running[future]
            if end is None and one.number < TRIES:
                waiting.append(_Try(one.place, one.number + (self._client.status == "running")))
            else:
                yield end or Lost(one.place, timed_out=False)

    def _hanging(self, running: dict[Any, _Try]) -> Iterator[Lost]:
        """The tasks whose worker neither ends them nor dies: no other gets them, for it may yet go on with them."""
        latest = time.monotonic() - self._patience_s
        for future in [future for future, one in running.items() if one.since < latest]:
            future.cancel()
            yield Lost(running.pop(future).place, timed_out=True)

    def _begun(self, function: Callable[[A], B], task: A) -> Any:
        return self._client.submit(in_child, function, task, self._timeout_s, pure=False)

    def _over(self, running: Collection[Any]) -> list[Any]:
        """The tasks that are over, after a moment at most; all of them are where the scheduler is gone."""
        from distributed import CancelledError, wait

        if not running:
            time.sleep(_LOOK_S)
            return []
        with self._client.as_current(), suppress(OSError, CancelledError):  # OSError: none in that time
            wait(list(running), timeout=_LOOK_S, return_when="FIRST_COMPLETED")
        return [future for future in running if future.done()]

    def _threads(self) -> int:
        """Threads of the living workers; where there are none it is said, and after a while the cluster is given up."""
        if self._given_up:
            return 0
        found = self._answered()
        if found and self._without_since is not None:
            self._without_since = None
            self._tell("Dask 集群又有 worker 了，继续处理。")
        if not found:
            self._missed(self._without_worker if found == 0 else self._without_scheduler)
        return found or 0

    def _answered(self) -> int | None:
        """What the scheduler says of its workers' threads; None where it says nothing."""
        if self._client.status != "running":
            return None
        try:
            found: dict[str, int] = self._client.sync(self._client.scheduler.ncores, callback_timeout=_ANSWER_S)
        except OSError:  # a timeout, too
            return None
        return sum(found.values())

    def _missed(self, trouble: str) -> None:
        """Note that nothing can be worked at now: said once, then borne for a while."""
        now = time.monotonic()
        if self._without_since is None:
            self._without_since = now
            self._tell(f"{trouble}；等 {self._wait_s:.0f} 秒，仍没有就结束（按 Ctrl+C 停止）")
        if self._client.status == "closed" or now - self._without_since >= self._wait_s:
            self._given_up = f"没有处理完：{trouble}；然后再运行一次，从停下的地方继续"

    @property
    def _without_worker(self) -> str:
        return f"Dask 集群 {self._address} 没有在运行的 worker → 请在各台电脑上启动：{WORKER} {self._address}"

    @property
    def _without_scheduler(self) -> str:
        return f"Dask 调度器 {self._address} 断开了 → 请在那台电脑上启动 dask scheduler，再在各台电脑上启动 dask worker"


class _UnfitWorker(Exception):
    """A worker was started in a way in which no task can be done there; a Chinese sentence that says how it must be."""


class _Try(Struct, frozen=True):
    """A task, how many workers it was given to, and when the last of them got it."""

    place: int
    number: int = 1
    since: float = 0.0


def _refuse_no_address(address: str) -> None:
    """Return for what may be a scheduler's address: what Dask does with another is no sentence, or hangs.

    tls:// is none either: there is no option for its certificates.
    """
    try:
        parts = urlsplit(address)
        is_one = parts.scheme == "tcp" and bool(parts.hostname) and bool(parts.port)
    except ValueError:  # no number, or beyond 65535
        is_one = False
    if not is_one:
        raise UsageError(
            f"--cluster「{address}」不是调度器的地址 → 请写成 tcp:// 开头、带端口的，例如 tcp://10.0.0.5:8786"
        )


def _connected(address: str, tell: Callable[[str], None]) -> tuple[Any, str]:
    """A client of the scheduler and ""; where none answers None, and why nothing can be done.

    What Dask logs of itself is for its own machines: here the run says it in Chinese.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(f"--cluster 需要 Dask，但没有安装 → {to_install('distributed')}") from None
    for name in _THEIRS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    why = ""
    for seconds in _TRIES_S:
        if why:
            tell(f"{why}；再等 {seconds:.0f} 秒，仍连不上就结束（按 Ctrl+C 停止）")
        try:
            with warnings.catch_warnings(action="ignore"):  # of other versions there
                return Client(address, timeout=seconds, set_as_default=False), ""
        except (OSError, ValueError) as trouble:
            why = f"连不上 Dask 调度器 {address}（原文：{trouble}）"
    return None, f"没有处理：{why} → 请核对地址，启动 dask scheduler，再运行一次"


def _end(future: Any, place: int) -> Done[Any] | Lost | None:
    """How a task ended; None when its worker was lost.

    Raises:
        TimeoutError: What came of it didn't arrive in time; the task is in hand as before.
        _UnfitWorker: It can't be done there.
    """
    from distributed import CancelledError, KilledWorker

    try:
        state, result = future.result(timeout=_ANSWER_S)
    except TimeoutError:
        raise
    except (KilledWorker, CancelledError, OSError):
        return None
    except ImportError as trouble:
        raise _UnfitWorker(
            f"没有处理：Dask worker 上的程序不全（原文：{trouble}） → 请在各台电脑上安装同一版本的 capa-xl[cluster]"
        ) from None
    if state == "childless":
        raise _UnfitWorker(f"没有处理：Dask worker 不能另开进程 → 请这样启动：{WORKER} 调度器地址")
    if state == "expired":
        return None
    return Lost(place, timed_out=True) if state == "timeout" else Done(place, result)


def desk_on_worker(workbook: Path, as_of: AsOf, world: World, config: Path | None = None, *, insists: bool) -> Desk:
    """The desk of a workbook on a worker's machine, which must see workbook and settings under the same path.

    Raises:
        MissingWorkbook: It doesn't see the workbook.
        SettingsError: It doesn't see the settings, or they hold something unknown or unusable.
    """
    if not _is_in_sight(workbook, world):
        raise MissingWorkbook(_unseen(f"找不到文件「{workbook}」"))
    if config is not None and not config.is_file():
        raise SettingsError(_unseen(f"找不到设置文件「{config}」"))
    return desk_for(workbook, as_of, world, config, insists=insists)


def _is_in_sight(path: Path, world: World) -> bool:
    """Whether a file is there, or is there again in a moment: some programs save by deleting and creating."""
    for _ in range(_LOOKS):
        if path.exists():
            return True
        world.sleep(HALF_SAVED_S / _LOOKS)
    return False


def _unseen(fault: str) -> str:
    where = f"worker 所在的电脑（{gethostname()}）上{fault}"
    return f"{where} → 请核对路径；文件要放在共享文件夹里，各台电脑以同一路径打开"


_CHILDREN: dict[int, ProcessPool] = {}
"""The kept child of each thread of a Dask worker."""


def in_child(function: Callable[[A], B], task: A, timeout_s: float) -> tuple[str, B | None]:
    """Run a task in this thread's child process.

    Returns:
        ("done", result), ("timeout", None), ("expired", None), or ("childless", None) under a nanny, whose workers may
        have no children.
    """
    from threading import get_ident

    pool = _CHILDREN.get(get_ident())
    if pool is None or not pool.active:
        if current_process().daemon:
            return "childless", None
        pool = _CHILDREN[get_ident()] = new_pool(1)
    future = pool.schedule(function, (task,), timeout=timeout_s)
    while not over((future,), pool):
        pass
    end = ended(future, 0)
    if isinstance(end, Done):
        return "done", end.result
    return ("timeout" if end else "expired"), None
