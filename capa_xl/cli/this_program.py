"""How this program is called again, and by whom: for scheduled tasks and files to double-click."""

from __future__ import annotations

import getpass
import os
import shutil
import sys
from pathlib import Path


def this_program() -> tuple[str, ...]:
    """The console script that was run, by its full path, or the interpreter with `-m` where that is how it runs.

    Another environment's script may come first on PATH; it is asked only where nobody says which file was run.
    """
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return sys.executable, "-m", "capa_xl"
    script = _with_ending(called.absolute())
    return (str(script) if script.is_file() else shutil.which("capa-xl") or str(script),)


def current_account() -> str:
    r"""The account that runs this: DOMAIN\user on Windows; "" where the system won't say, or for root."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
    domain = os.environ.get("USERDOMAIN", "") if os.name == "nt" else ""
    return f"{domain}\\{name}" if domain else "" if name == "root" else name


def not_on_windows(what: str) -> tuple[str, ...]:
    """The warning that what is made for Windows names the paths of another system; () on Windows."""
    if os.name == "nt":
        return ()
    return (f"这台电脑不是 Windows：{what}里的路径只在这里有 → 请在要用它的 Windows 电脑上再运行一次",)


def _with_ending(script: Path) -> Path:
    """Pip's launcher on Windows calls itself without .exe."""
    launcher = script.with_name(f"{script.name}.exe")
    return launcher if launcher.is_file() else script
