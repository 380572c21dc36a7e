"""`make wheelhouse`: every wheel that capa-xl needs on Windows and Linux, for machines without a network.

The versions are those of requirements.txt, hashes checked. What was collected is then installed from, with no index,
into a fresh environment of this machine, and the program started; what Windows would take is resolved likewise.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLATFORMS = {
    "x86_64-pc-windows-msvc": ("win_amd64",),
    "x86_64-unknown-linux-gnu": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
}
"""What uv calls a platform → the tags pip takes wheels of."""


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folder", type=Path)
    words.add_argument("--python", nargs="+", default=["3.11", "3.12", "3.13"])
    given = words.parse_args()
    house: Path = given.folder.absolute()
    house.mkdir(parents=True, exist_ok=True)
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(house), str(ROOT))
    for version in given.python:
        for platform, tags in PLATFORMS.items():
            _collect(house, version, platform, tags)
    _check_here(house)
    for version in given.python:
        _check_windows(house, version)
    wheels = sorted(house.glob("*.whl"))
    size = sum(path.stat().st_size for path in wheels) / 2**20
    print(f"{len(wheels)} wheels, {size:.0f} MiB, in {house}; installed from it with --no-index here: it starts")


def _collect(house: Path, version: str, platform: str, tags: tuple[str, ...]) -> None:
    """Download what the lock names for one platform and version; its markers are judged for there, not for here."""
    with tempfile.TemporaryDirectory() as scratch:
        locked = Path(scratch) / "requirements.txt"
        uv = [_uv(), "pip", "compile", "--quiet", "--no-header", "--generate-hashes"]
        place = ["--python-platform", platform, "--python-version", version, "-o", str(locked)]
        _run([*uv, *place, str(ROOT / "requirements.txt")])
        where = [word for tag in tags for word in ("--platform", tag)]
        only = ["--no-deps", "--only-binary=:all:", "--require-hashes", "--python-version", version, "-d", str(house)]
        _pip("download", *only, *where, "-r", str(locked))


def _uv() -> str:
    """The uv beside this Python, or one on the PATH.

    Raises:
        SystemExit: There is none.
    """
    beside = str(Path(sys.executable).parent)
    found = shutil.which("uv", path=os.pathsep.join((beside, os.environ.get("PATH", ""))))
    return found or sys.exit("uv is missing: run `make wheelhouse`, which installs it, or pip install uv")


def _check_here(house: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        _run([sys.executable, "-m", "venv", scratch])
        python = next(Path(scratch).glob("bin/python*"), Path(scratch) / "Scripts" / "python.exe")
        _run([str(python), "-m", "pip", "install", "--quiet", "--no-index", "--find-links", str(house), "capa-xl"])
        _run([str(python), "-m", "capa_xl", "--version"])


def _check_windows(house: Path, version: str) -> None:
    target = ["--platform", "win_amd64", "--python-version", version, "--only-binary=:all:"]
    with tempfile.TemporaryDirectory() as scratch:
        source = ["--no-index", "--find-links", str(house), "--target", scratch]
        _pip("install", *target, *source, "capa-xl", "tzdata")  # which pip asks for on Windows only


def _pip(command: str, *words: str) -> None:
    _run([sys.executable, "-m", "pip", command, "--quiet", "--disable-pip-version-check", *words])


def _run(words: list[str]) -> None:
    subprocess.run(words, check=True)


if __name__ == "__main__":
    main()
