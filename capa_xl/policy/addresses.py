"""Mail addresses as people type them: lists, full-width signs, defects."""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = re.compile(r"[;,、\s]+")
_SOUND = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_{|}~.-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z0-9-]*[A-Za-z0-9]")


def split_addresses(text: str) -> tuple[str, ...]:
    """The parts of a cell between ; ； , ， 、 and blanks, full-width signs made plain (NFKC)."""
    return tuple(part for part in _BETWEEN.split(unicodedata.normalize("NFKC", text)) if part)


def is_sound(address: str) -> bool:
    """True for one plain address: ASCII, one @, a domain with a dot, no two dots in a row."""
    return (
        bool(_SOUND.fullmatch(address)) and ".." not in address and not address.startswith(".") and ".@" not in address
    )


def sound_address(text: str) -> str:
    """The one address of a cell; "" for none, a defect or several: nobody guesses which was meant (FD10)."""
    parts = split_addresses(text)
    return parts[0] if len(parts) == 1 and is_sound(parts[0]) else ""
