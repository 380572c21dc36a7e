"""Peers measured side by side: each in its own process, interleaved, wall time and peak memory, medians and ratios."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Peer:
    """A contestant; its command prints one JSON line {"seconds": ...}: the time of the work without imports."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    """Medians over the runs; `wall` and `cpu` are the whole process with start and imports, `peak_mb` its memory."""

    name: str
    seconds: float
    wall: float
    peak_mb: float
    cpu: float


def measure(peers: Sequence[Peer], runs: int = 5) -> list[Measured]:
    """Run all peers in turn, so that a slow moment of the machine hits everyone."""
    seen: dict[str, list[tuple[float, float, float, float]]] = {peer.name: [] for peer in peers}
    for _ in range(runs):
        for peer in peers:
            seen[peer.name].append(_run(peer))
    medians = {name: [statistics.median(column) for column in zip(*found, strict=True)] for name, found in seen.items()}
    return [Measured(name, *values) for name, values in medians.items()]


def table(measured: Sequence[Measured], base: str) -> str:
    """A markdown table with ratios to the peer named `base`."""
    against = next(found for found in measured if found.name == base)
    lines = [f"| | work s | × {base} | whole process s | its CPU s | peak MB |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {found.name} | {found.seconds:.2f} | {found.seconds / against.seconds:.2f} | {found.wall:.2f} "
        f"| {found.cpu:.2f} | {found.peak_mb:.0f} |"
        for found in measured
    ]
    return "\n".join(lines)


def installed() -> dict[str, str]:
    """The environment of an installed program: byte code is kept, here in a folder of its own."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "capa-xl-bench")}


def timed(work: Callable[[], object]) -> None:
    """Inside a peer's process: do the work and print its time."""
    start = time.perf_counter()
    work()
    print(json.dumps({"seconds": time.perf_counter() - start}))


def _run(peer: Peer) -> tuple[float, float, float, float]:
    start = time.perf_counter()
    with subprocess.Popen((sys.executable, *peer.command), stdout=subprocess.PIPE, env=installed()) as process:
        output = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{peer.name} failed with {process.returncode}")
    return json.loads(output.splitlines()[-1])["seconds"], wall, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime
