"""The README's installation, line by line, in empty environments: `python -m tests.installed`; needs PyPI or a mirror.

A clean copy (the last commit; without git or a repository the files here), the lines of the page as they stand (those
for Windows by their names on this system), each with what became of it. Then `pip install .`, the wheel and the sdist,
each in an environment of its own, and the program from there in an empty folder.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
ELSEWHERE = {
    "make test": "this is what calls",
    "ruff check": "make test runs these",
    "requirements-dev.txt": "make test installs them",
}
"""What a line holds → why it isn't run here."""
INSTALLERS = ("pipx ", "uv ")
CALLS = (
    ("--version",),
    ("doctor",),
    ("new", "改进计划跟踪表.xlsx"),
    ("check", "改进计划跟踪表.xlsx"),
    ("demo", "demo"),
)


def main() -> int:
    """Run all; 1 when a line failed."""
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        clone = _clean_copy(Path(name) / "capa")
        dist = Path(name) / "dist"  # the page makes a wheel of its own, in front of the lines that install it
        ours = (".", str(build("wheel", clone, dist)), str(build("sdist", clone, dist)))
        lines = commands_of((ROOT / "README.md").read_text("utf-8"))
        with ThreadPoolExecutor(1) as beside:
            installed = [beside.submit(_installed, what, clone, Path(name)) for what in ours]
            # without an index it takes what a line further down makes
            for line in sorted(lines, key=lambda line: "--no-index" in line):
                failed += not _told(line, _run_line(line, clone))
            for what, fault in zip(ours, installed, strict=True):
                failed += not _told(f"pip install {Path(what).name or '.'}", fault.result())
    return 1 if failed else 0


def commands_of(page: str) -> Iterator[str]:
    """The lines of the page that are typed at a prompt and are no call of capa-xl: those are run by tests/cli."""
    for line in re.findall(r"^ {4}(\S.*)$", page, re.MULTILINE):
        command = re.split(r"\s{2,}#", line)[0].strip()
        if re.match(r"(make|python|py|pip|pipx|uv|\.venv|C:\\capa)\b", command):
            yield command
    yield from re.findall(r"`(make wheelhouse)`", page)


def _told(line: str, fault: str) -> bool:
    print(f"{'ok  ' if not fault else 'not run' if fault.startswith('(') else 'FAIL'}  {line}  {fault}", flush=True)
    return not fault or fault.startswith("(")


def _run_line(line: str, clone: Path) -> str:
    """ "" when it went well; the reason in brackets when it is run elsewhere."""
    reason = next((why for words, why in ELSEWHERE.items() if words in line), "")
    if reason:
        return f"({reason})"
    if line.startswith(INSTALLERS):
        return _by_an_installer(line, clone)
    if "--no-index" in line:
        line = f"{sys.executable} -m venv offline && offline/bin/{line.replace(' wheelhouse ', ' dist/wheelhouse ')}"
    if made := re.search(r"-m venv (\S+)$", line):  # `make demo` has made one of that name
        shutil.rmtree(clone / made[1], ignore_errors=True)
    done = _shell(here(line, clone), clone, PATH=f"{clone / 'installers' / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return "" if done.returncode == 0 else done.stdout[-300:] + done.stderr[-600:]


def _by_an_installer(line: str, clone: Path) -> str:
    """pipx and uv from PyPI in an environment of their own; what they install lies beside it and says its version."""
    place, programs = clone / "installers", clone / "installers" / "programs"
    if not place.exists():
        made = _shell(f'{sys.executable} -m venv "{place}" && "{place}/bin/pip" install --quiet pipx uv', clone)
        if made.returncode:
            return made.stderr[-600:]
    homes = {name: str(place / name) for name in ("PIPX_HOME", "UV_TOOL_DIR")}
    bins = {name: str(programs / line.split()[0]) for name in ("PIPX_BIN_DIR", "UV_TOOL_BIN_DIR")}
    program = bins["PIPX_BIN_DIR"] + "/capa-xl"
    call = f'"{place}/bin/"{here(line, clone)} && "{program}" --version'
    done = _shell(call, clone, **homes, **bins)
    return "" if done.returncode == 0 else done.stdout[-300:] + done.stderr[-600:]


def here(line: str, clone: Path) -> str:
    """A line for Windows as it is typed on this system."""
    place = clone / "capa_env"
    if line == "make wheelhouse":  # of one Python: of three it takes minutes
        return f"{sys.executable} -m tests.wheelhouse dist/wheelhouse --python 3.{sys.version_info.minor}"
    line = (
        line.replace("py -3", sys.executable)
        .replace("C:\\capa\\Scripts\\", f"{place}/bin/")
        .replace("C:\\capa", str(place))
    )
    line = line.replace(".venv\\Scripts\\", ".venv/bin/")
    return re.sub(r"^python ", f"{sys.executable} ", line)


def _installed(what: str, clone: Path, folder: Path) -> str:
    """Install into an empty environment and use the program in an empty folder."""
    place, empty = Path(tempfile.mkdtemp(dir=folder)), Path(tempfile.mkdtemp(dir=folder))
    made = _shell(f'{sys.executable} -m venv "{place}" && "{place}/bin/pip" install --quiet --compile "{what}"', clone)
    if made.returncode:
        return made.stderr[-600:]
    for words in CALLS:
        call = (place / "bin" / "capa-xl", *words)
        done = subprocess.run(call, cwd=empty, capture_output=True, text=True, env=_bare())
        if done.returncode:
            return f"capa-xl {' '.join(words)}: {done.stdout[-300:]}{done.stderr[-300:]}"
    print(f"      {what}: {_size_of(place)}", flush=True)
    return ""


def _size_of(environment: Path) -> str:
    """What the pages say of it: the packages besides our own and pip's, and the room it takes on disk."""
    own = {"capa_xl", "pip", "setuptools"}
    found = environment.glob("lib/python*/site-packages/*.dist-info")
    packages = {path.name.partition("-")[0] for path in found} - own
    blocks = sum(path.lstat().st_blocks for path in environment.rglob("*"))
    return f"{len(packages)} packages, {blocks * 512 / 2**20:.0f} MB"


def _clean_copy(place: Path) -> Path:
    """The files as a newcomer has them."""
    call = ("git", "clone", "--quiet", str(ROOT), str(place))
    if not shutil.which("git") or subprocess.run(call, capture_output=True).returncode:
        print("of the files here: git gives no copy of the last commit", flush=True)
        left_out = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__", "dist", "demo")
        shutil.copytree(ROOT, place, ignore=left_out)
    return place


def build(what: str, source: Path, target: Path) -> Path:
    """Build from a checkout or an unpacked sdist with the backend alone: no network, no isolation."""
    code = f"import hatchling.build as b; print(b.build_{what}({str(target)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=source, capture_output=True, text=True, check=True)
    return target / done.stdout.split()[-1]


def _shell(line: str, folder: Path, **also: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(line, shell=True, cwd=folder, capture_output=True, text=True, env=_bare() | also)


def _bare() -> dict[str, str]:
    """The environment without this checkout on the path; byte code is left to who starts a program first.

    Compiling 29 packages takes as long as all else of an installation, and there are nine.
    """
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return kept | {"PIP_COMPILE": "0"}


if __name__ == "__main__":
    sys.exit(main())
