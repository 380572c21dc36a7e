"""Opening a session with the mail server: connection, TLS with a checked certificate, login."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import overload

from capa_xl.effects.mail_trouble import (
    NO_AUTH,
    NO_STARTTLS,
    PASSWORD_NOT_ASCII,
    RunStopped,
    TryAgain,
    bad_certificate,
    broken_off,
    clean,
    fell_silent,
    login_refused,
    not_there,
)
from capa_xl.effects.mail_veil import Veil
from capa_xl.errors import SettingsError

_OUR_NAME = "[127.0.0.1]"
"""EHLO name: an address literal needs no DNS, which may hang for seconds on an office PC."""


@dataclass(frozen=True, slots=True)
class Server:
    """The mail server and how to log in.

    Attributes:
        security: starttls, ssl, or none for a relay on this machine.
        user: "" for no login.
        password: Gives the password or, for XOAUTH2, a fresh access token; asked for at each login and kept nowhere.
        oauth: Log in by XOAUTH2.
        ca_file: PEM of an internal CA; None for the system's.
    """

    host: str
    port: int
    security: str = "starttls"
    user: str = ""
    password: Callable[[], str] = field(default=str, repr=False)
    oauth: bool = False
    ca_file: Path | None = None
    timeout_s: float = 30.0


def open_session(server: Server) -> tuple[smtplib.SMTP, Veil]:
    """A session ready for MAIL FROM, and the veil over what this server says from now on.

    Raises:
        RunStopped: Certificate, encryption or login refused.
        TryAgain: Server not reachable or not ready.
    """
    doing = ""
    with ExitStack() as closing:
        try:
            session = _connected(server)
            closing.callback(session.close)
            if server.security == "starttls":
                doing = "协商加密"
                _encrypt(session, server)
            doing = "登录" if server.user else "问候"
            veil = _log_in(session, server)
        except ssl.SSLError as trouble:
            raise RunStopped(bad_certificate(server.host, trouble)) from None
        except (OSError, smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPHeloError) as trouble:
            if doing:
                how = fell_silent(trouble, server.timeout_s)
                raise TryAgain(broken_off(server.host, server.port, "连上了", doing, how)) from None
            words = clean(str(trouble))
            raise TryAgain(not_there(server.host, server.port, words, is_plain=server.security == "starttls")) from None
        closing.pop_all()
    return session, veil


def _context(server: Server) -> ssl.SSLContext:
    if fault := ca_fault(server.ca_file):
        raise RunStopped(fault)
    return ssl.create_default_context(cafile=server.ca_file)


def ca_fault(ca_file: Path | None) -> str:
    """Why the certificates of an internal CA can't be taken from a file; "" where they can, or none is named."""
    if ca_file is None:
        return ""
    if not ca_file.is_file():
        return f"找不到 ca_file「{ca_file}」 → 请核对路径"
    try:
        ssl.create_default_context(cafile=ca_file)
    except ssl.SSLError:
        return f"ca_file「{ca_file}」里没有证书 → 请换成内部 CA 的证书，PEM 格式（以 -----BEGIN CERTIFICATE----- 开头）"
    except OSError as trouble:
        return f"ca_file「{ca_file}」读不出来（原文：{trouble.strerror or trouble}） → 请检查权限"
    return ""


def _connected(server: Server) -> smtplib.SMTP:
    if server.security == "ssl":
        return smtplib.SMTP_SSL(server.host, server.port, _OUR_NAME, timeout=server.timeout_s, context=_context(server))
    return smtplib.SMTP(server.host, server.port, _OUR_NAME, timeout=server.timeout_s)


def _encrypt(session: smtplib.SMTP, server: Server) -> None:
    session.ehlo_or_helo_if_needed()
    if not session.has_extn("starttls"):
        raise RunStopped(NO_STARTTLS)
    try:
        code, words = session.starttls(context=_context(server))
    except smtplib.SMTPResponseException as refused:
        raise RunStopped(f"{NO_STARTTLS}（{refused.smtp_code} {clean(refused.smtp_error)}）") from None
    if code != 220:
        raise RunStopped(f"{NO_STARTTLS}（原文：{code} {clean(words)}）")


def _log_in(session: smtplib.SMTP, server: Server) -> Veil:
    session.ehlo_or_helo_if_needed()
    if not server.user:
        return Veil()
    secret = _secret(server)
    veil = Veil(secret)
    try:
        if server.oauth:
            session.auth("XOAUTH2", _XOAuth2(server.user, secret))
        else:
            session.login(server.user, secret)
    except smtplib.SMTPNotSupportedError:
        raise RunStopped(NO_AUTH) from None
    except UnicodeEncodeError:
        raise RunStopped(PASSWORD_NOT_ASCII) from None
    except smtplib.SMTPAuthenticationError as refused:
        words = clean(refused.smtp_error, veil)
        if 400 <= refused.smtp_code < 500:
            raise TryAgain(not_there(server.host, server.port, f"{refused.smtp_code} {words}")) from None
        raise RunStopped(login_refused(refused.smtp_code, words, is_token=server.oauth)) from None
    return veil


def _secret(server: Server) -> str:
    try:
        return server.password()
    except SettingsError as absent:  # a letter is in hand: the run stops, and the letter's fate is known
        raise RunStopped(str(absent)) from None


@dataclass(frozen=True, slots=True)
class _XOAuth2:
    """Answers of the XOAUTH2 dialogue: the token first; after a 334 an empty line, so the server says its error."""

    user: str
    token: str = field(repr=False)

    @overload
    def __call__(self, challenge: None = None, /) -> str | None: ...
    @overload
    def __call__(self, challenge: bytes, /) -> str: ...
    def __call__(self, challenge: bytes | None = None, /) -> str | None:
        return f"user={self.user}\x01auth=Bearer {self.token}\x01\x01" if challenge is None else ""
