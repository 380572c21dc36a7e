"""A text cut to what a line holds, never inside a word, a number or its per cent sign; a name in its middle."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[A-Za-z0-9.,:/%_-]+$")
_GOES_ON = re.compile(r"[A-Za-z0-9.,:/%_-]")
_TRAILING = "，、；。：（( "


def cut_text(text: str, most: int) -> str:
    """The text, or its beginning with … in no more than `most` characters.

    What would be cut through goes whole, unless half the room and more is one word.
    """
    if len(text) <= most:
        return text
    room = text[: most - 1]
    inside = _TOKEN.search(room) if _GOES_ON.match(text[most - 1]) else None
    if inside is not None and inside.start() > most // 2:
        room = room[: inside.start()]
    return f"{room.rstrip(_TRAILING)}…"


def cut_line(text: str, most: int) -> str:
    """`cut_text` of the text on one line, its blanks and line breaks one blank each."""
    return cut_text(" ".join(text.split()), most)


def cut_middle(text: str, most: int) -> str:
    """The text, or its beginning and twice as much of its end: names of one house begin alike."""
    head = begun(most)
    return text if len(text) <= most else f"{text[:head]}…{text[head + 1 - most :]}"


def begun(most: int) -> int:
    """Characters that `cut_middle` keeps of the beginning."""
    return (most - 1) // 3
