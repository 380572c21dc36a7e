"""A Dask scheduler and its workers as processes of their own, talking over TCP."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

PATIENCE_S = 120.0
"""What nothing takes that lives, also on a machine with ten times the work it can do; nobody waits so long for less."""


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
    with dask_scheduler() as (address, _), ExitStack() as machines:
        yield address, [machines.enter_context(dask_worker(address)) for _ in range(workers)]


@contextmanager
def dask_scheduler() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A scheduler without any worker; gives its address and its process."""
    with _started("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0") as process:
        yield _said(process, r"Scheduler at:\s+(tcp://\S+)"), process


@contextmanager
def dask_worker(address: str, *, nanny: bool = False) -> Iterator[subprocess.Popen[str]]:
    """A worker that has reported to the scheduler."""
    option = "--nanny" if nanny else "--no-nanny"
    with _started("distributed.cli.dask_worker", address, "--nthreads", "1", option) as process:
        _said(process, r"Registered to:\s+(tcp://\S+)")
        yield process


@contextmanager
def _started(module: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    call = [sys.executable, "-m", module, *words, "--no-dashboard"]
    process = subprocess.Popen(
        call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    )
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """End it and its children at once: no test asks how they take leave, which takes a second each."""
    if os.name == "nt":
        process.terminate()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait(PATIENCE_S)


def until_alone(address: str) -> None:
    """Wait until every worker has left the scheduler."""
    import time

    from distributed import Client

    until = time.monotonic() + PATIENCE_S
    with Client(address, set_as_default=False) as client:
        while client.scheduler_info()["workers"]:
            assert time.monotonic() < until, "a worker stays"
            time.sleep(0.05)


def _said(process: subprocess.Popen[str], pattern: str) -> str:
    """Wait until the process says so; what it says afterwards is read and dropped, lest its pipe fill."""
    import threading
    import time

    assert process.stderr is not None
    until = time.monotonic() + PATIENCE_S
    for line in process.stderr:
        found = re.search(pattern, line)
        if found:
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return found[1]
        if time.monotonic() > until:
            break
    raise TimeoutError(f"no {pattern} from {process.args}")
