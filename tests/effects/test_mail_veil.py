"""No coding of the password gets through; the server's own words do."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest

from capa_xl.effects.mail_veil import Veil

SECRET = "right-horse 9"
VEIL = Veil(SECRET)


def b64(text: str, coding: str = "utf-8") -> str:
    return base64.b64encode(text.encode(coding)).decode()


ECHOES = {
    "as it is": SECRET,
    "base64": b64(SECRET),
    "base64 without its padding": b64(SECRET).rstrip("="),
    "base64 for addresses": base64.urlsafe_b64encode(SECRET.encode()).decode(),
    "AUTH PLAIN": b64(f"\0capa@corp.example\0{SECRET}"),
    "XOAUTH2": b64(f"user=capa@corp.example\x01auth=Bearer {SECRET}\x01\x01"),
    "a line that begins in the middle of base64": "x" + b64(f"ab{SECRET}cd")[1:],
    "base64 of UTF-16": b64(SECRET, "utf-16-le"),
    "hex": SECRET.encode().hex(),
    "hex in capitals": SECRET.encode().hex().upper(),
    "hex with colons": SECRET.encode().hex(":"),
    "percent": quote(SECRET, safe=""),
    "every byte in percent": "".join(f"%{byte:02x}" for byte in SECRET.encode()),
    "quoted-printable": "".join(f"={byte:02X}" for byte in SECRET.encode()),
    "base64 in percent": quote(b64(SECRET), safe="").replace("c", "%63"),
    "base64 twice": b64(b64(SECRET)),
}


@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES)
def test_what_a_server_echoes_never_shows_the_secret(echo):
    assert VEIL.over(f"535 5.7.8 rejected <{echo}> for client") == "535 5.7.8 rejected <***> for client"


@pytest.mark.parametrize(
    "words", ["550 5.1.1 <jia@corp.example>: Recipient address rejected", "451 4XyzAbC123def queued"]
)
def test_the_servers_own_words_stay(words):
    assert VEIL.over(words) == words


def test_without_a_login_nothing_is_hidden():
    assert Veil().over("535 whatever") == "535 whatever"


def test_the_secret_is_not_in_the_veils_own_words():
    assert SECRET not in repr(VEIL)
