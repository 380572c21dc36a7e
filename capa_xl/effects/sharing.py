"""Files that another Windows program keeps to itself: tried again for a moment, then said as people know it.

Excel, Word, WPS, the preview pane, virus scanners and synchronising clients hold a file for a blink or for hours.
Windows answers ERROR_SHARING_VIOLATION (32), ERROR_LOCK_VIOLATION (33), or ERROR_ACCESS_DENIED (5) while a file is
being deleted or renamed. Elsewhere nobody keeps a file from being renamed, and nothing here waits.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PAUSES_S = (0.05, 0.1, 0.2, 0.35, 0.5, 0.6, 0.7)
"""2.5 s in all; none over a second, so that Ctrl-C is obeyed at once."""

HELD = "正被 Word、WPS、预览或同步软件打开，请关闭后再试"
MAYBE_HELD = "可能正被 Word、WPS、预览或同步软件打开，请关闭后再试；也可能没有权限"

_DENIED = 5
_VIOLATIONS = (32, 33)


def is_held(trouble: OSError) -> bool:
    """True when Windows says for sure that another program has the file open."""
    return getattr(trouble, "winerror", None) in _VIOLATIONS


def may_be_held(trouble: OSError) -> bool:
    """True when another program may have the file open: a violation, or Windows' access denied."""
    return is_held(trouble) or getattr(trouble, "winerror", None) == _DENIED


def held_sentence(trouble: OSError) -> str:
    """What Windows refused, its likely cause first; "" for every other trouble."""
    if is_held(trouble):
        return HELD
    return MAYBE_HELD if may_be_held(trouble) else ""


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
