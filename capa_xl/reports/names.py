"""Names of the files we make."""

from __future__ import annotations

import re


def file_name(stem: str, suffix: str, *, draft: bool = False) -> str:
    """A name every system takes: letters, digits, CJK, `-_.` and blanks stay, all else becomes `_`; drafts say so."""
    safe = re.sub(r"[^\w\-. ]", "_", stem).strip(" .") or "_"
    return f"{safe}{'_草稿' if draft else ''}{suffix}"
