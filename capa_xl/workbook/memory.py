"""Gives freed memory back to the system after a large sheet was read.

calamine frees its cells in small pieces that glibc keeps: 73 of 176 MB after 10,000 rows × 87 columns, and what is
done next would come on top of them. See docs/behaviour/reading.md.
"""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Ask glibc to return what is free; does nothing elsewhere."""
    if not sys.platform.startswith("linux"):
        return
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except AttributeError:  # musl has none and needs none
        return
    trim(0)
