"""What each trial came to, a line each, written at once: a run that is stopped counts, and goes on where it stopped."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.faults.fault import KILL, Fault


@dataclass(frozen=True)
class Result:
    """One trial.

    Attributes:
        command: What was disturbed.
        calls: How many calls that touch files it makes undisturbed: where faults can be put.
        wrong: Everything that did not hold, in words.
    """

    command: str
    calls: int
    fault: Fault
    wrong: tuple[str, ...]

    @property
    def step(self) -> tuple[str, Fault]:
        return self.command, self.fault


class Results:
    """A file of them; several runs may go on with the same, one after the other."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._before = Counter(one.step for one in read(path)) if path.exists() else Counter()

    def is_known(self, command: str, fault: Fault) -> bool:
        """Whether an earlier run did this trial; each of its lines answers for one."""
        known = self._before[command, fault] > 0
        self._before[command, fault] -= known
        return known

    def add(self, result: Result) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")


def read(path: Path) -> Iterator[Result]:
    """The results of a file; its last line may be cut off, by a kill of the run itself."""
    for line in path.read_text("utf-8").splitlines(keepends=True):
        if line.endswith("\n"):
            said = json.loads(line)
            yield Result(said["command"], said["calls"], Fault(**said["fault"]), tuple(said["wrong"]))


def summary(results: Iterable[Result]) -> Iterator[str]:
    """In words: by command how many of its steps were met, how often, by what; then all that did not hold."""
    found = list(results)
    for command in dict.fromkeys(one.command for one in found):
        of_it = [one for one in found if one.command == command]
        kills = [one.fault.at for one in of_it if one.fault.what == KILL]
        calls = max(one.calls for one in of_it)
        yield f"{command}: {len(kills)} kills at {len(set(kills))} of {calls} calls, {len(of_it) - len(kills)} errors"
    names = Counter(one.fault.name for one in found)
    kills_in_all, wrong = names.pop("KILL", 0), [words for one in found for words in one.wrong]
    by_name = ", ".join(f"{name} {number}" for name, number in sorted(names.items())) or "none"
    yield f"in all {kills_in_all} kills, {names.total()} errors ({by_name}), {len(wrong)} that did not hold"
    yield from wrong[:50]
