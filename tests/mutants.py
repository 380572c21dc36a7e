"""Changes one sign after another in the program and asks the tests whether they notice: `make mutants`.

    python -m tests.mutants capa_xl/policy capa_xl/ooxml/splice.py

mutmut works on a copy of the checkout; a folder's mutants meet the tests of the folder of that name. Printed: the share
killed of each file, and every mutant that survived, as the line it changed.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import ndiff
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
NEEDED = ("capa_xl", "tests", "report_templates", "workbooks", "docs", "README.md", "pyproject.toml")
SURVIVED, UNTESTED, SKIPPED = 0, (5, 33), 34
"""Exit codes of mutmut: no test failed; no test calls the function; left out by a pragma. All others are kills."""


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


def tests_of(folder: str) -> list[str]:
    """The tests that mirror a folder or a file; of a file without a test of its own, those of its folder."""
    place = Path("tests") / Path(folder).relative_to("capa_xl")
    if place.suffix:
        own = place.with_name(f"test_{place.name}")
        edges = sorted(str(path.relative_to(ROOT)) for path in (ROOT / place.parent).glob("test_edges_*.py"))
        return [str(own), *edges] if (ROOT / own).is_file() else [str(place.parent)]
    return [str(place)]


def settings(folders: Iterable[str], tests: Iterable[str]) -> str:
    """What mutmut reads."""
    files = (folder if folder.endswith(".py") else f"{folder}/*" for folder in folders)
    lists = {
        "source_paths": ["capa_xl"],
        "only_mutate": files,
        "pytest_add_cli_args_test_selection": tests,
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


def main() -> int:
    """Print the share killed; 1 when mutmut could not run."""
    folders = sys.argv[1:] or ["capa_xl/ooxml", "capa_xl/policy"]
    tests = list(dict.fromkeys(test for folder in folders for test in tests_of(folder)))
    with TemporaryDirectory() as scratch:
        place = Path(scratch)
        copied(place)
        (place / "setup.cfg").write_text(settings(folders, tests), "utf-8")
        run = subprocess.run(
            [sys.executable, "-m", "mutmut", "run"], cwd=place, capture_output=True, text=True, check=False
        )
        found = [one for one in tried(place) if one.all]
        if run.returncode or not found:
            print(f"mutmut did not run:\n{run.stdout[-2000:]}{run.stderr[-2000:]}", file=sys.stderr)
            return 1
        for one in found:
            print(f"{one.killed / one.all:4.0%}  {one.killed} of {one.all}  {one.path}")
            for line in changed_lines(place, one):
                print(f"      {line}")
        killed, every = sum(one.killed for one in found), sum(one.all for one in found)
        print(f"{killed / every:4.0%}  {killed} of {every} mutants killed by {' '.join(tests)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
