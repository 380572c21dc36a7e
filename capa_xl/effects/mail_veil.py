"""A mail server's words without our credentials: servers and relays echo what they were told, in whatever coding."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

_TOKEN = re.compile(r"[^\s,;<>\"'()\[\]{}]+")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{4,}={0,2}")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}[:-]?){3,}")
_CODINGS = ("utf-8", "utf-16-le", "utf-16-be")


@dataclass(frozen=True, slots=True)
class Veil:
    """Hides one secret; the empty one hides nothing."""

    secret: str = field(default="", repr=False)

    def over(self, words: str) -> str:
        """The words with *** for every token that is the secret, or holds it in base64, hex, percent or UTF-16."""
        if not self.secret:
            return words
        return _TOKEN.sub(self._hidden, words.replace(self.secret, "***"))

    def _hidden(self, token: re.Match[str]) -> str:
        needles = [self.secret.encode(coding) for coding in _CODINGS]
        readings = _readings(token[0])
        return "***" if any(needle in reading for reading in readings for needle in needles) else token[0]


def _readings(token: str) -> Iterator[bytes]:
    """What a token may say, once or twice decoded (AUTH LOGIN inside a percent-coded log line)."""
    once = list(_decoded(token))
    yield from once
    for reading in once:
        yield from _decoded(reading.decode("latin-1"))


def _decoded(token: str) -> Iterator[bytes]:
    yield unquote_to_bytes(token)
    yield unquote_to_bytes(token.replace("=", "%"))  # quoted-printable
    for run in _HEX.findall(token):
        yield from _tried(bytes.fromhex, re.sub(r"[:-]", "", run))
    for run in _BASE64.findall(token):
        for start in range(4):  # a piece of a longer message needn't begin at a group of four
            yield from _tried(_from_base64, run[start:])


def _from_base64(run: str) -> bytes:
    plain = run.rstrip("=").replace("-", "+").replace("_", "/")
    whole = plain[: len(plain) - (len(plain) % 4 == 1)]
    return base64.b64decode(whole + "=" * (-len(whole) % 4))


def _tried(decode: Callable[[str], bytes], run: str) -> Iterator[bytes]:
    try:
        yield decode(run)
    except (ValueError, binascii.Error):
        return
