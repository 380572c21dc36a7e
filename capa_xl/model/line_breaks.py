"""Where a line of text may break, and how many lines a text takes then."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_PIECE: Final = re.compile(r"(?:[A-Za-z0-9.,:/%_?=&#@~+-]+|.)[，。；：！？、）」》”…]*", re.DOTALL)
"""What no line breaks inside: a word, number or address, or a character, with the marks that begin no line."""


def broken_lines(text: str, room: float, width: Callable[[str], float]) -> int:
    """How many lines a text takes, its own line breaks left out of account.

    Args:
        room: Of a line.
        width: Of a piece of the text, in the unit of `room`.
    """
    lines, used = 1, 0.0
    for piece in _PIECE.findall(text):
        taken = width(piece)
        if used and used + taken > room:
            lines, used = lines + 1, 0.0
        used += taken
        while used > room:
            lines, used = lines + 1, used - room
    return lines
