"""A Dask scheduler and its workers as processes of their own, talking over TCP."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

DAEMONS_MAY_HAVE_CHILDREN = {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
"""A worker keeps a child process, in which its tasks run and can be killed."""
_WAIT_S = 30


@contextmanager
def dask_cluster(workers: int = 2) -> Iterator[str]:
    """Gives the scheduler's address once every worker has reported to it."""
    with dask_machines(workers) as (address, _):
        yield address


def lose(machine: subprocess.Popen[str]) -> None:
    """End a worker and all its children at once, as a power cut does."""
    os.killpg(machine.pid, signal.SIGKILL)


@contextmanager
def dask_machines(workers: int = 2) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """Gives the scheduler's address and the workers, each with its children a group of processes of its own."""
    started: list[subprocess.Popen[str]] = []
    try:
        started.append(_started("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"))
        address = _said(started[0], r"Scheduler at:\s+(tcp://\S+)")
        for _ in range(workers):
            started.append(_started("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"))
            _said(started[-1], r"Registered to:\s+(tcp://\S+)")
        yield address, started[1:]
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


def _started(module: str, *words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, **DAEMONS_MAY_HAVE_CHILDREN, "PYTHONPATH": os.pathsep.join(sys.path)}
    call = [sys.executable, "-m", module, *words, "--no-dashboard"]
    return subprocess.Popen(
        call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    )


def _said(process: subprocess.Popen[str], pattern: str) -> str:
    """Wait until the process says so; what it says afterwards is read and dropped, lest its pipe fill."""
    import threading
    import time

    assert process.stderr is not None
    until = time.monotonic() + _WAIT_S
    for line in process.stderr:
        found = re.search(pattern, line)
        if found:
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return found[1]
        if time.monotonic() > until:
            break
    raise TimeoutError(f"no {pattern} from {process.args}")
