"""Mail addresses as people type them: full-width signs, lists, defects. Planning and sending share this judgement."""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = re.compile(r"[;,、\s]+")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}")


def is_sound(address: str) -> bool:
    """True for one plain address: ASCII, one @, a domain with a dot."""
    local, at, domain = address.rpartition("@")
    return bool(at and len(local) <= 64 and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain))


def sound_address(text: str) -> str:
    """The one address of a cell, full-width signs made plain (NFKC).

    Returns:
        "" for none, a defect or several (between ; ； ， , 、 and blanks): nobody guesses which was meant (FD10).
    """
    parts = [part for part in _BETWEEN.split(unicodedata.normalize("NFKC", text)) if part]
    return parts[0] if len(parts) == 1 and is_sound(parts[0]) else ""
