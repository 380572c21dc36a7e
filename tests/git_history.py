"""What the repository around these files says of them; it is not there in an unpacked sdist."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


def files_of_the_repository() -> frozenset[str]:
    """The files under version control that are here, from the top; none without a repository."""
    names = _git("ls-files", "-z").split("\0")
    return frozenset(name for name in names if name and (ROOT / name).is_file())


def is_history_here() -> bool:
    """True with every commit up to the first one; False without a repository, or where a clone has the newest only."""
    return _git("rev-parse", "--is-shallow-repository").strip() == "false"


@cache
def commits() -> str:
    """The full names of HEAD and of every commit before it, one a line."""
    return _git("rev-list", "HEAD")


def is_in_history(commit: str) -> bool:
    """True for a commit that HEAD is or came from, named by its first digits."""
    return f"\n{commit}" in f"\n{commits()}"


def _git(*words: str) -> str:
    """ "" without git, or where these files are no repository of their own."""
    if not (ROOT / ".git").exists():
        return ""
    try:
        done = subprocess.run(("git", *words), cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    except FileNotFoundError:
        return ""
    return done.stdout if done.returncode == 0 else ""
