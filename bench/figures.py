"""The figures between the marks of docs/ and CHANGELOG.md, of one commit: `python -m bench.figures [name ...]`.

Runs the measurements one after another and puts what they print between the marks of the pages, with commit, day,
machine and load. Without a name all of them, about an hour on an idle machine with two cores; `--list` names them.
A page keeps the words around its marks: they say what is measured and why, and are written by hand.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LAST_VERSION = "7da3f0c"
"""The state before 1.0.0, which nobody released."""
GROUP = 160
"""Workbooks of the group whose engines are compared."""


@dataclass(frozen=True)
class Figure:
    """One block of a page.

    Attributes:
        name: As the mark says it.
        page: Where it stands.
        commands: What is run, as words after the interpreter; {folder} is an empty folder, gone afterwards.
    """

    name: str
    page: str
    commands: tuple[str, ...]


FIGURES = (
    Figure("start_up", "docs/performance.md", ("bench/start_up.py 7",)),
    Figure("refresh", "docs/performance.md", ("bench/refresh.py 5",)),
    Figure("splice", "docs/performance.md", ("bench/splice.py 5",)),
    Figure("plan_reminders", "docs/performance.md", ("bench/plan_reminders.py",)),
    Figure("mail", "docs/performance.md", ("bench/mail.py 1000",)),
    Figure("reports", "docs/performance.md", ("bench/reports.py 1000",)),
    Figure("pack", "docs/performance.md", ("-m bench.pack",)),
    Figure("warm_pass", "docs/scale.md", ("-m bench.warm_pass 5",)),
    Figure(
        "group",
        "docs/scale.md",
        (
            f"-m bench.group make {{folder}}/group --workbooks {GROUP}",
            "-m bench.group run {folder}/group one",
            f"-m bench.group make {{folder}}/two --workbooks {GROUP}",
            "-m bench.group run {folder}/two two",
            f"-m bench.group make {{folder}}/dask --workbooks {GROUP}",
            "-m bench.group run {folder}/dask dask",
        ),
    ),
    Figure(
        "faults",
        "docs/reliability.md",
        ("-m tests.faults --kills 300 --errors 100", "-m tests.faults --saves 300"),
    ),
    Figure("hostile", "docs/reliability.md", ("-m tests.hostile",)),
    Figure("two_years", "docs/reminders.md", ("bench/simulate_two_years.py 7",)),
    Figure("house", "docs/architecture.md", ("-m tests.house",)),
    Figure("against", "CHANGELOG.md", (f"-m bench.against {LAST_VERSION} 5",)),
)


def main(names: tuple[str, ...]) -> int:
    """Measure and write; 1 when a measurement failed, whose block stays as it was.

    Raises:
        SystemExit: No figure has that name.
    """
    if unknown := set(names) - set(_names()):
        raise SystemExit(f"no such figure: {', '.join(sorted(unknown))}; there are {', '.join(_names())}")
    failed = [figure.name for figure in FIGURES if figure.name in (names or _names()) and not _measured(figure)]
    print(f"failed: {', '.join(failed)}" if failed else "all written")
    return 1 if failed else 0


def _names() -> tuple[str, ...]:
    return tuple(figure.name for figure in FIGURES)


def _measured(figure: Figure) -> bool:
    print(f"== {figure.name}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        head, texts = _circumstances(), []
        for command in figure.commands:
            words = command.format(folder=folder).split()
            done = subprocess.run((sys.executable, *words), cwd=ROOT, capture_output=True, text=True)
            print(done.stdout, done.stderr if done.returncode else "", flush=True)
            if _broke(done):
                return False
            texts.append(_shown(command.replace("{folder}/", ""), done.stdout))
    page = ROOT / figure.page
    page.write_text(with_block(page.read_text("utf-8"), figure.name, "\n\n".join((head, *texts))), "utf-8")
    return True


def _broke(done: subprocess.CompletedProcess[str]) -> bool:
    """Whether it ended early; one that missed its mark ends with 1 too, but has said all it has to say."""
    return done.returncode < 0 or (done.returncode > 0 and bool(done.stderr.strip()))


def with_block(page: str, name: str, text: str) -> str:
    """The page with a new text between the marks of that name.

    Raises:
        ValueError: The page has no such marks.
    """
    marks = re.compile(rf"(<!-- bench {name}:[^\n]*-->\n).*?(\n<!-- bench end -->)", re.DOTALL)
    if not marks.search(page):
        raise ValueError(f"no marks of {name}")
    return marks.sub(lambda found: f"{found[1]}\n{text}\n{found[2]}", page)


def _circumstances() -> str:
    """Commit, day, interpreter, cores and load, as the first line of a block."""
    told = ("git", "-C", str(ROOT))
    commit = subprocess.run((*told, "rev-parse", "--short", "HEAD"), capture_output=True, text=True).stdout.strip()
    changed = subprocess.run((*told, "diff", "--quiet", "HEAD", "--", "capa_xl")).returncode
    fast = "with" if importlib.util.find_spec("isal") else "without"
    return (
        f"`{commit}`{' and changes' if changed else ''}, {time.strftime('%Y-%m-%d %H:%M')} UTC, "
        f"Python {platform.python_version()} {fast} isal, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before."
    )


def _shown(command: str, printed: str) -> str:
    """What a measurement printed: tables as they are, all else as code."""
    parts = [f"    python {command}", *_parts(printed)]
    return "\n\n".join(parts)


def _parts(printed: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", printed.strip("\n")):
        lines = block.splitlines()
        table = [line for line in lines if line.startswith("|")]
        others = [line for line in lines if not line.startswith("|")]
        if others:
            yield "\n".join(f"    {line.removeprefix('## ')}" for line in others)
        if table:
            yield "\n".join(table)


if __name__ == "__main__":
    if "--list" in sys.argv:
        print(*_names(), sep="\n")
    else:
        sys.exit(main(tuple(sys.argv[1:])))
