"""Words in a pipe on Windows: in the code page of the console, in which PowerShell, `findstr` and `more` read them.

Python writes a pipe in the code page of the machine, or in UTF-8 from 3.15 on; a console set to another one (`chcp`,
PowerShell's `[Console]::OutputEncoding`) would garble that. What goes to the console itself is never garbled.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TextIO

_CHOICES = ("PYTHONIOENCODING", "PYTHONUTF8")


def code_page() -> int:
    """The number of the code page that pipes are read in; 0 without a console, or where somebody chose otherwise."""
    if os.name != "nt" or any(os.environ.get(choice) for choice in _CHOICES) or "utf8" in sys._xoptions:
        return 0
    from capa_xl.effects.windows import console_code_page

    return console_code_page()


def make_readable(stream: TextIO, page: int) -> None:
    """Let a pipe or a file be written in a code page; a sign that a code page lacks is no reason to stop.

    Args:
        stream: stdout or stderr.
        page: As `code_page` gives it.
    """
    if not isinstance(stream, io.TextIOWrapper):
        return
    try:
        known = codecs.lookup(f"cp{page}").name
    except LookupError:
        known = None
    stream.reconfigure(encoding=None if stream.isatty() else known, errors="replace")
