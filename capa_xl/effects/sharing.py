"""Files that another Windows program keeps to itself: tried again for a moment, then said as people know it.

Excel, Word, WPS, the preview pane, virus scanners and synchronising clients hold a file for a blink or for hours.
Windows answers ERROR_SHARING_VIOLATION (32), ERROR_LOCK_VIOLATION (33), or ERROR_ACCESS_DENIED (5) while a file is
being deleted or renamed. Elsewhere nobody keeps a file from being renamed, and nothing here waits.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

PAUSES_S = (0.05, 0.1, 0.2, 0.35, 0.5, 0.6, 0.7)
"""2.5 s in all; none over a second, so that Ctrl-C is obeyed at once."""

_DENIED = 5
_VIOLATIONS = (32, 33)


def is_held(trouble: OSError) -> bool:
    """True when Windows says for sure that another program has the file open."""
    return _number(trouble) in _VIOLATIONS


def may_be_held(trouble: OSError) -> bool:
    """True when another program may have the file open: a violation, or Windows' access denied."""
    return _number(trouble) in (_DENIED, *_VIOLATIONS)


def opened_by(path: Path | None = None) -> str:
    """Who most likely has a file open and what to do, in a sentence without its subject."""
    program = "Excel" if path is not None and path.suffix.lower().startswith(".xls") else "Word"
    return f"正被 {program}、WPS、预览或同步软件打开，请关闭后再试"


def held_sentence(trouble: OSError, path: Path | None = None) -> str:
    """What Windows refused, its likely cause first; "" for every other trouble."""
    number = _number(trouble)
    if number in _VIOLATIONS:
        return opened_by(path)
    return f"可能{opened_by(path)}；也可能没有权限" if number == _DENIED else ""


def _number(trouble: OSError) -> int | None:
    """Windows' own number of an error: Python has it of renaming and deleting, but not of opening a file."""
    known: int | None = getattr(trouble, "winerror", None)
    if known is None and os.name == "nt" and isinstance(trouble, PermissionError) and trouble.filename:
        from capa_xl.effects.windows import why_refused

        return why_refused(Path(trouble.filename))
    return known


def insist(step: Callable[[], T], pause: Callable[[float], None] = time.sleep) -> T:
    """Do one step on a file, again for about 2.5 s while another program may have it open.

    Args:
        step: Does it, and leaves nothing half done when it raises.
        pause: Waits that many seconds.

    Raises:
        OSError: It is still held, or something else is wrong.
    """
    for seconds in PAUSES_S:
        try:
            return step()
        except OSError as trouble:
            if not may_be_held(trouble):
                raise
        pause(seconds)
    return step()
