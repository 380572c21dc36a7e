"""Kills and injected errors over every step of every command that writes, dealt from outside (LD_PRELOAD).

`python -m tests.faults` deals as many as asked for; `test_faults.py` a few of each. Needs Linux and a C compiler.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from errno import EINTR
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.fault import ERRORS, KILL, Fault
from tests.faults.results import Result, Results

if TYPE_CHECKING:
    from tests.faults.trial import Undisturbed

    Dealt = tuple[Undisturbed, Fault]

ROOT = Path(__file__).parents[2]
SHIM = "shim.so"
ARMED = "CAPA_XL_FAULT_SHIM"


def compiler() -> str | None:
    """The C compiler of this machine; None without one, or where nothing can be preloaded."""
    return shutil.which("cc") if sys.platform == "linux" else None


def build_shim(folder: Path) -> Path:
    """Compile the shim into a folder."""
    place, source = folder / SHIM, Path(__file__).with_name("shim.c")
    cc = compiler() or "cc"
    subprocess.run([cc, "-O1", "-shared", "-fPIC", "-o", str(place), str(source), "-ldl"], check=True)
    return place


def under_the_shim(folder: Path, *words: str, quiet: bool = False) -> subprocess.CompletedProcess[str]:
    """Run this package in a process that has the shim loaded.

    Args:
        quiet: What it says is kept for the caller, instead of shown as it comes.
    """
    shim = str(build_shim(folder))
    environment = {**os.environ, "LD_PRELOAD": shim, ARMED: shim, "PYTHONPATH": str(ROOT)}
    call = [sys.executable, "-m", "tests.faults", "--folder", str(folder), *words]
    return subprocess.run(call, cwd=ROOT, env=environment, capture_output=quiet, text=True, check=False)


def deal(folder: Path, kills: int, errors: int, seed: int, only: tuple[str, ...], results: Results) -> None:
    """Deal faults: every call of every command in turn first, then by lot, until the numbers are reached.

    Args:
        kills: How many kills in all; as many as there are calls cover every step once.
        errors: How many injected errors in all.
        only: Commands; () for all.
        results: What stands there is not done again; each trial is added to it.
    """
    from tests.faults.scenarios import SCENARIOS
    from tests.faults.trial import trial, undisturbed

    cases = [undisturbed(one, folder) for one in SCENARIOS if not only or one.name in only]
    began, numbers = time.monotonic(), count(1)
    for case, fault in _dealt(cases, kills, errors, random.Random(seed)):
        if results.is_known(case.scenario.name, fault):
            continue
        result = Result(case.scenario.name, case.calls, fault, tuple(trial(case, fault, folder)))
        results.add(result)
        _tell(next(numbers), time.monotonic() - began, result)


def _tell(number: int, seconds: float, result: Result) -> None:
    if number % 25 == 0 or result.wrong:
        words = "".join(f"\n  {words}" for words in result.wrong)
        print(f"{number} trials, {seconds:.0f} s: {result.command}{words}", file=sys.stderr, flush=True)


def _dealt(cases: list[Undisturbed], kills: int, errors: int, draw: random.Random) -> Iterator[Dealt]:
    steps = [(case, at) for case in cases for at in range(1, case.calls + 1)]
    for case, at in _some(steps, kills, draw):
        yield case, Fault(at, KILL)
    for case, at in _some(steps, errors, draw):
        number = draw.choice(ERRORS)
        yield case, Fault(at, number, lasting=number != EINTR and draw.random() < 0.3)  # a lasting EINTR is no system's


def _some(steps: list, number: int, draw: random.Random) -> Iterator[tuple]:
    """All in a mixed order, as often as it takes."""
    while number > 0:
        mixed = draw.sample(steps, len(steps))[:number]
        yield from mixed
        number -= len(mixed)
