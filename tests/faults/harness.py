"""Kills and injected errors over every step of every command that writes, dealt from outside (LD_PRELOAD).

`python -m tests.faults` deals as many as asked for; `test_faults.py` a few of each. Needs Linux and a C compiler.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from errno import EINTR
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHIM = "shim.so"
ARMED = "CAPA_XL_FAULT_SHIM"


@dataclass
class Tally:
    """What was dealt, by command, and everything that did not hold."""

    kills: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    calls: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def compiler() -> str | None:
    """The C compiler of this machine; None without one, or where nothing can be preloaded."""
    return shutil.which("cc") if sys.platform == "linux" else None


def build_shim(folder: Path) -> Path:
    """Compile the shim into a folder."""
    place, source = folder / SHIM, Path(__file__).with_name("shim.c")
    cc = compiler() or "cc"
    subprocess.run([cc, "-O1", "-shared", "-fPIC", "-o", str(place), str(source), "-ldl"], check=True)
    return place


def under_the_shim(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run this package in a process that has the shim loaded."""
    shim = str(build_shim(folder))
    environment = {**os.environ, "LD_PRELOAD": shim, ARMED: shim, "PYTHONPATH": str(ROOT)}
    call = [sys.executable, "-m", "tests.faults", "--folder", str(folder), *words]
    return subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def deal(folder: Path, kills: int, errors: int, seed: int, only: tuple[str, ...] = ()) -> Tally:
    """Deal faults: every call of every command in turn first, then by lot, until the numbers are reached.

    Args:
        kills: How many kills in all; as many as there are calls cover every step once.
        errors: How many injected errors in all.
        only: Commands; () for all.
    """
    from tests.faults.scenarios import SCENARIOS
    from tests.faults.trial import ERRORS, KILL, Fault, trial, undisturbed

    draw, tally = random.Random(seed), Tally()
    cases = [undisturbed(one, folder) for one in SCENARIOS if not only or one.name in only]
    tally.calls = {case.scenario.name: case.calls for case in cases}
    steps = [(case, at) for case in cases for at in range(1, case.calls + 1)]
    for case, at in _some(steps, kills, draw):
        tally.wrong += trial(case, Fault(at, KILL), folder)
        tally.kills[case.scenario.name] += 1
    for case, at in _some(steps, errors, draw):
        number = draw.choice(ERRORS)
        fault = Fault(at, number, lasting=number != EINTR and draw.random() < 0.3)  # a lasting EINTR is no system's
        tally.wrong += trial(case, fault, folder)
        tally.errors[case.scenario.name] += 1
    return tally


def _some(steps: list, number: int, draw: random.Random) -> Iterator[tuple]:
    """All in a mixed order, as often as it takes."""
    while number > 0:
        mixed = draw.sample(steps, len(steps))[:number]
        yield from mixed
        number -= len(mixed)
