"""Names of the files we make."""

from __future__ import annotations

import re

MOST_BYTES = 180
"""Of a stem in UTF-8: sixty Chinese characters."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])\s*(?:\.|$)", re.IGNORECASE)


def file_name(stem: str, suffix: str, *, draft: bool = False) -> str:
    """A name every system takes: letters, digits, CJK, `-_.` and blanks stay, all else becomes `_`; drafts say so.

    What is longer than a file name may be (255 bytes on Linux, less what is put around it) ends earlier.
    """
    safe = _short(re.sub(r"[^\w\-. ]", "_", stem)).strip(" .") or "_"
    if _DEVICE.match(safe):  # on Windows whatever is written to CON.docx or NUL.docx is gone
        safe = f"_{safe}"
    return f"{safe}{'_草稿' if draft else ''}{suffix}"


def _short(stem: str) -> str:
    return stem.encode("utf-8", "replace")[:MOST_BYTES].decode("utf-8", "ignore")


def free_name(name: str, taken: set[str]) -> str:
    """The name, or with (2), (3) … where an earlier one has it, whatever its case; what is given out is taken."""
    stem, dot, suffix = name.rpartition(".")
    found, count = name, 1
    while found.casefold() in taken:
        count += 1
        found = f"{stem} ({count}){dot}{suffix}"
    taken.add(found.casefold())
    return found
