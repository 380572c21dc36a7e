"""Changes one sign after another in the program and asks the tests whether they notice: `make mutants`.

    python -m tests.mutants capa_xl/policy/overdue.py capa_xl/ooxml/proof
    python -m tests.mutants --sample 400 --seed 8 capa_xl/policy

mutmut works on a copy of the checkout; `tests_of` says which tests meet a file's mutants, and of these mutmut runs the
ones that call the changed function. Printed: the share killed of each file, and every mutant that survived, as the line
it changed. All mutants of a floor take hours; `--sample` draws some by chance, for the same seed the same ones.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import ndiff
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.imports import imported_names

ROOT = Path(__file__).parent.parent
NEEDED = ("capa_xl", "tests", "report_templates", "workbooks", "docs", "README.md", "pyproject.toml")
SURVIVED, UNTESTED, SKIPPED = 0, (5, 33), 34
"""Exit codes of mutmut: no test failed; no test calls the function; left out by a pragma or not
drawn. All others are kills."""
TOO_SLOW = (
    *("tests.policy.reminders.test_two_years", "tests.policy.reminders.test_storylines", "tests.policy.test_any_row"),
    *("tests.ooxml.test_other_writers", "tests.ooxml.test_splice_fuzz"),
    *("tests.year", "tests.fuzz", "tests.faults", "tests.cli"),
)
"""Tests of many seconds, drawn by chance, or of other processes: what they alone would notice counts as not noticed."""
GENERATED = "from mutmut.__main__ import copy_src_dir, create_mutants; copy_src_dir(); create_mutants(2)"
"""Writes the mutants that `mutmut run` then finds there: a sample is drawn between the two."""


@dataclass(frozen=True)
class Tried:
    """One file and the fate of its mutants.

    Attributes:
        killed: How many a test noticed.
        survivors: Names of those that no test noticed, or whose function no test calls.
    """

    path: str
    killed: int
    survivors: tuple[str, ...]

    @property
    def all(self) -> int:
        """How many there were."""
        return self.killed + len(self.survivors)


def files_of(place: str) -> list[str]:
    """A file, or the files in a folder that tests of their own floor reach; others are tried where they are named."""
    if place.endswith(".py"):
        return [place]
    files = (str(path.relative_to(ROOT)) for path in sorted((ROOT / place).rglob("*.py")))
    return [file for file in files if _tests_of_floor(_module(ROOT / file))]


def tests_of(file: str) -> set[str]:
    """The tests that meet the mutants of a file.

    They are those of its own floor that import it, or a file of the floor that stands on it. Where there is none, they
    are the nearest ones of other floors: that import it, or else a file that does, and so on.
    """
    module = _module(ROOT / file)
    return {f"{test.replace('.', '/')}.py" for test in _tests_of_floor(module) or _nearest(module)}


def _tests_of_floor(module: str) -> set[str]:
    floor = ".".join(module.split(".")[:2])
    own = floor.replace("capa_xl", "tests") + "."
    within = {module}
    while more := _importing("capa_xl", within, floor) - within:
        within |= more
    users = {user for user in _importing("tests", within) if user.startswith(own)}
    return _tests(users | _importing("tests", users, own))


def _nearest(module: str) -> set[str]:
    reached = {module}
    while not (found := _tests(_importing("tests", reached))) and (more := _importing("capa_xl", reached) - reached):
        reached |= more
    return found


def _tests(files: set[str]) -> set[str]:
    return {file for file in files if file.rpartition(".")[2].startswith("test_") and not file.startswith(TOO_SLOW)}


def _importing(folder: str, modules: set[str], begin: str = "") -> set[str]:
    return {user for user, used in _imports(folder).items() if user.startswith(begin) and used & modules}


@cache
def _imports(folder: str) -> Mapping[str, set[str]]:
    return {_module(path): set(_imported(path)) for path in sorted((ROOT / folder).rglob("*.py"))}


def _imported(path: Path) -> Iterator[str]:
    for module, name in imported_names(ast.parse(path.read_text("utf-8"))):
        yield from (module, f"{module}.{name}")


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def settings(files: Iterable[str]) -> str:
    """What mutmut reads."""
    files = sorted(files)
    lists = {
        "source_paths": ["capa_xl"],
        "only_mutate": files,
        "pytest_add_cli_args_test_selection": sorted({test for file in files for test in tests_of(file)}),
        "also_copy": NEEDED[2:],
    }
    return "\n".join(["[mutmut]", *(f"{key}=\n    " + "\n    ".join(values) for key, values in lists.items())])


def copied(target: Path) -> None:
    """What tests need of the checkout."""
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
        else:
            shutil.copy(ROOT / name, target / name)


def draw(place: Path, sample: int, seed: int) -> None:
    """Mark all mutants but some drawn by chance as left out."""
    metas = {path: json.loads(path.read_text("utf-8")) for path in sorted((place / "mutants").rglob("*.meta"))}
    names = [name for meta in metas.values() for name in meta["exit_code_by_key"]]
    drawn = set(random.Random(seed).sample(names, min(sample, len(names))))
    for path, meta in metas.items():
        codes = {name: None if name in drawn else SKIPPED for name in meta["exit_code_by_key"]}
        path.write_text(json.dumps({**meta, "exit_code_by_key": codes}), "utf-8")


def tried(place: Path) -> Iterator[Tried]:
    """The fate of the mutants of every file."""
    for meta in sorted((place / "mutants").rglob("*.meta")):
        codes: Mapping[str, int] = json.loads(meta.read_text("utf-8"))["exit_code_by_key"]
        counted = {name: code for name, code in codes.items() if code not in (SKIPPED, None)}
        alive = tuple(name for name, code in counted.items() if code == SURVIVED or code in UNTESTED)
        yield Tried(meta.relative_to(place / "mutants").with_suffix("").as_posix(), len(counted) - len(alive), alive)


def changed_lines(place: Path, one: Tried) -> Iterator[str]:
    """What each survivor took away and put in its place; mutmut keeps both functions side by side."""
    tree = ast.parse((place / "mutants" / one.path).read_text("utf-8"))
    bodies = {
        node.name: ast.unparse(node).splitlines()[1:] for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
    }
    for name in one.survivors:
        short = name.rpartition(".")[2]
        before = bodies.get(f"{short.rpartition('_')[0]}_orig", [])
        changes = (line for line in ndiff(before, bodies.get(short, [])) if line[0] in "-+")
        yield f"{short}: {'  '.join(' '.join(line.split()) for line in changes)}"


def run(place: Path, folders: list[str], sample: int | None, seed: int) -> subprocess.CompletedProcess[str]:
    """Let mutmut work on a copy of the checkout."""
    copied(place)
    (place / "setup.cfg").write_text(settings({file for folder in folders for file in files_of(folder)}), "utf-8")
    if sample is not None:
        subprocess.run([sys.executable, "-c", GENERATED], cwd=place, capture_output=True, check=True)
        draw(place, sample, seed)
    return subprocess.run(
        [sys.executable, "-m", "mutmut", "run"], cwd=place, capture_output=True, text=True, check=False
    )


def asked() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="Which changed signs the tests notice.")
    parser.add_argument("folders", nargs="*", default=["capa_xl/ooxml", "capa_xl/policy"])
    parser.add_argument("--sample", type=int, help="so many mutants, drawn by chance (all without it)")
    parser.add_argument("--seed", type=int, default=8, help="another seed draws others")
    return parser.parse_args()


def main() -> int:
    """Print the share killed; 1 when mutmut could not run."""
    wish = asked()
    with TemporaryDirectory() as scratch:
        place = Path(scratch)
        ended = run(place, wish.folders, wish.sample, wish.seed)
        found = [one for one in tried(place) if one.all]
        if ended.returncode or not found:
            print(f"mutmut did not run:\n{ended.stdout[-2000:]}{ended.stderr[-2000:]}", file=sys.stderr)
            return 1
        for one in found:
            print(f"{one.killed / one.all:4.0%}  {one.killed} of {one.all}  {one.path}")
            for line in changed_lines(place, one):
                print(f"      {line}")
        killed, every = sum(one.killed for one in found), sum(one.all for one in found)
        print(f"{killed / every:4.0%}  {killed} of {every} mutants killed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
