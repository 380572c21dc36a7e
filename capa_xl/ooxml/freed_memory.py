"""Gives freed memory back to the system before more is asked for.

What reading, recording, splicing and proving free lies in small pieces that glibc keeps, and each next step would
come on top of them: 170 MB for 100,000 rows × 88 columns. See docs/performance.md.
"""

from __future__ import annotations

import ctypes
import sys


def return_freed_memory() -> None:
    """Ask glibc to return what is free; does nothing elsewhere."""
    if not sys.platform.startswith("linux"):
        return
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except AttributeError:  # musl has none and needs none
        return
    trim(0)
