"""One trial: a copy of a folder, a command over it with one fault, and what must hold then and after a second run."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from capa_xl.app.shared.sole_run import sole_run
from capa_xl.effects.run_lock import WRITING
from capa_xl.errors import CapaError
from tests.app.desks import desk_at, later_world
from tests.app.office import DAY
from tests.faults.fault import Fault
from tests.faults.scenarios import BOOK, IN_PLACE, Facts, Scenario, are_same_letters, facts_of, leftovers, versions

HUNG_S = 100
"""A command that takes longer is killed and counts as hung; SQLite alone may wait 30 s for a lock."""
DONE, REFUSED, BROKE = 0, 3, 4
"""Exit codes of a trial's process: the command came through, refused in a sentence, or broke with a traceback."""


@dataclass(frozen=True)
class Undisturbed:
    """A scenario run without a fault: the folder before, the facts after, and the calls that touched files."""

    scenario: Scenario
    template: Path
    before: Facts
    after: Facts
    books: frozenset[str]
    calls: int


def undisturbed(scenario: Scenario, folder: Path) -> Undisturbed:
    """Run it once as it should be; the number of calls says where faults can be put."""
    template = folder / f"{scenario.name}-template"
    template.mkdir(parents=True)
    scenario.prepare(template)
    work = _copy(template, folder / scenario.name)
    before = facts_of(work)
    books = versions(work)
    counter = folder / f"{scenario.name}-calls"
    if _in_a_child(lambda: _counted(scenario, work, counter)) != DONE:
        raise RuntimeError(f"{scenario.name} does not run even without a fault")
    after = facts_of(work)
    books |= versions(work)
    shutil.rmtree(work)
    return Undisturbed(scenario, template, before, after, frozenset(books), int(counter.read_text()))


def trial(case: Undisturbed, fault: Fault, folder: Path) -> list[str]:
    """Everything that did not hold, in words; [] when all did."""
    work = _copy(case.template, folder / case.scenario.name)
    ended = _in_a_child(lambda: _with_fault(case.scenario, work, fault))
    wrong = _at_once(case, work, ended)
    again = _in_a_child(lambda: case.scenario.run(work))
    if again != DONE:
        wrong.append(f"the next run ended with {again}")
    wrong += _after_the_next_run(case, work)
    shutil.rmtree(work)
    return [f"{case.scenario.name}, {fault}: {words}" for words in wrong]


def _at_once(case: Undisturbed, work: Path, ended: int) -> list[str]:
    wrong = []
    if ended not in (DONE, REFUSED, -signal.SIGKILL):
        wrong.append("broke with a traceback" if ended == BROKE else f"ended with {ended}")
    found = facts_of(work)
    if found.book not in case.books:
        wrong.append("the workbook is neither as before nor as after")
    if ended == REFUSED and case.scenario.name in IN_PLACE and found.book != case.before.book:
        wrong.append("refused, but the workbook was written")
    if ended == DONE and case.scenario.name in IN_PLACE and found.book != case.after.book:
        wrong.append("said to be done, but the workbook was not written")
    if found.target not in ("", case.after.target):
        wrong.append("the target is there in part")
    if case.before.pack and dict(found.pack) not in (dict(case.before.pack), dict(case.after.pack)):
        wrong.append(f"no whole pack stands there: {sorted(found.pack)}")
    if found.book != case.before.book and case.before.book not in versions(work):
        wrong.append("the workbook was replaced and has no backup")
    return wrong


def _after_the_next_run(case: Undisturbed, work: Path) -> list[str]:
    found = facts_of(work)
    wrong = [
        f"after the next run {name} differs: {getattr(found, name)} instead of {getattr(case.after, name)}"
        for name in ("cells", "target", "pack", "journal")
        if getattr(found, name) != getattr(case.after, name)
    ]
    if not are_same_letters(found, case.after):
        wrong.append(f"after the next run letters differ: {found.letters} instead of {case.after.letters}")
    with sole_run(desk_at(work / BOOK, DAY, world=later_world(DAY)), WRITING):  # what the next day's run finds
        pass
    left = leftovers(work)
    return [*wrong, f"left behind: {left}"] if left else wrong


def _copy(template: Path, work: Path) -> Path:
    shutil.rmtree(work, ignore_errors=True)
    return Path(shutil.copytree(template, work))


def _counted(scenario: Scenario, work: Path, counter: Path) -> None:
    shim = ctypes.CDLL(None)
    shim.fault_arm(os.fsencode(work), 0, 0, 0)
    scenario.run(work)
    calls = shim.fault_count()
    shim.fault_arm(b"", 0, 0, 0)
    counter.write_text(str(calls))


def _with_fault(scenario: Scenario, work: Path, fault: Fault) -> None:
    ctypes.CDLL(None).fault_arm(os.fsencode(work), fault.at, fault.what, int(fault.lasting))
    scenario.run(work)


def _in_a_child(work) -> int:
    """Do it in a forked process; its exit code, negative for a signal."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        signal.alarm(HUNG_S)
        os._exit(_ended(work))
    _, status = os.waitpid(child, 0)
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _ended(work) -> int:
    try:
        work()
    except CapaError:
        return REFUSED
    except BaseException:  # noqa: BLE001 - whatever it is, it is what this looks for
        ctypes.CDLL(None).fault_arm(b"", 0, 0, 0)
        traceback.print_exc()
        return BROKE
    return DONE
