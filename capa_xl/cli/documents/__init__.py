"""Every document of `--json`, one function a command: keys may be added, never renamed (architecture.md).

What is a date here is printed as ISO; `edits` names every changed cell of every sheet.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

Document = dict[str, Any]


def path_text(path: Path | None) -> str | None:
    """A path that may be none."""
    return str(path) if path else None
