"""The command that adds a package to the environment this program runs in."""

from __future__ import annotations

import sys
from pathlib import Path

from capa_xl.model.command_line import in_quotes, program_in_quotes

_DISTRIBUTIONS = {
    "docx": "python-docx",
    "python_calamine": "python-calamine",
    "chinese_calendar": "chinesecalendar",
    "PIL": "pillow",
}
"""Packages that are installed under another name than they are imported under."""


def to_install(*modules: str, home: Path | None = None, python: str = sys.executable) -> str:
    """By pipx or uv where one of them made the environment: what uv makes has no pip, and capa-xl may be on no index.

    Args:
        modules: As they are imported.
        home: The environment, if not this one; its maker leaves a file of its own there.
        python: Its interpreter.
    """
    home = home or Path(sys.prefix)
    wanted = " ".join(_DISTRIBUTIONS.get(name, name) for name in modules)
    if (home / "pipx_metadata.json").is_file():
        return f"pipx inject {home.name} {wanted}"
    if (home / "uv-receipt.toml").is_file():
        return f"uv pip install --python {in_quotes(python)} {wanted}"
    return f"{program_in_quotes(python)} -m pip install {wanted}"
