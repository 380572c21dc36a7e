"""SMTP: one message per recipient over one reused connection, and a definite fate for each (ecosystem.md, *Mail*)."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from email.utils import parseaddr
from typing import Final

from capa_xl.effects.mail_session import Server, open_session
from capa_xl.effects.mail_trouble import (
    RunStopped,
    TryAgain,
    address_refused,
    broken_off,
    clean,
    fate_unknown,
    fell_silent,
    is_of_the_address,
    refusal,
    sender_refused,
)
from capa_xl.effects.mail_veil import Veil
from capa_xl.effects.mime import mime_of
from capa_xl.effects.transport import STOPPED, NotHandedOver, Outcome
from capa_xl.effects.world import StopAsked
from capa_xl.model.journal import FAILED, REFUSED, SENT, SMTP, UNKNOWN
from capa_xl.model.letter import Letter

LETTERS_PER_SESSION: Final = 50
_DROPPED = (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException, OSError)


class SmtpTransport:
    """Letters to one server; nothing is connected before the first."""

    def __init__(
        self, server: Server, sender: str, breakable: Callable[[], AbstractContextManager[None]] = nullcontext
    ) -> None:
        """Nothing is connected yet.

        Args:
            breakable: Stands around everything before a message is handed over, so that a stop needn't wait for it.
        """
        self._server = server
        self._breakable = breakable
        self._sender = sender
        self._envelope_sender = parseaddr(sender)[1]
        self._session: smtplib.SMTP | None = None
        self._veil = Veil()
        self._letters_in_session = 0

    @property
    def name(self) -> str:
        """SMTP."""
        return SMTP

    def deliver(self, letter: Letter, at: datetime) -> Outcome:
        """Try one letter: 4xx and a drop before DATA may be tried again, 5xx not, a drop after DATA is unknown.

        Raises:
            NotHandedOver: A fault of our own before DATA.
        """
        try:
            blob = re.sub(rb"(?m)^\.", b"..", mime_of(letter, self._sender, at))
            with self._breakable():
                session = self._ready_session()
                refused = self._offer(session, letter.address)
        except RunStopped as stopped:
            return Outcome(FAILED, str(stopped), stops=True)
        except TryAgain as trouble:
            return Outcome(FAILED, str(trouble), stops=True, again=True)
        except StopAsked:
            self._drop()
            return Outcome(FAILED, STOPPED, stops=True)
        except _DROPPED as trouble:
            self._drop()
            return Outcome(FAILED, f"发信途中服务器{self._fell_silent(trouble)} → 下次运行会再发", again=True)
        except Exception as bug:
            self._drop()
            raise NotHandedOver from bug
        return refused or self._hand_over(session, blob)

    def close(self) -> None:
        """QUIT, if there is anybody to say it to."""
        session, self._session = self._session, None
        if session is None:
            return
        try:
            session.quit()
        except _DROPPED:
            session.close()

    def check(self) -> None:
        """Connect, encrypt, log in, name the sender, take it back and leave, sending nothing.

        Raises:
            RunStopped: Certificate, encryption, login or sender refused.
            TryAgain: Server not reachable or not ready.
        """
        self._session, self._veil = open_session(self._server)
        try:
            code, words = self._session.mail(self._envelope_sender)
            self._reset(self._session, code)
        except _DROPPED as trouble:
            self._drop()
            server, how = self._server, self._fell_silent(trouble)
            came = "已登录" if server.user else "连上了"
            raise TryAgain(
                broken_off(server.host, server.port, came, "询问发件人", f"{how}，没有发送任何邮件")
            ) from None
        self.close()
        if code >= 500:
            raise RunStopped(sender_refused(code, clean(words, self._veil)))
        if code != 250:
            raise TryAgain(refusal(code, clean(words, self._veil)))

    def _ready_session(self) -> smtplib.SMTP:
        """The session in use if it still answers, else a fresh one."""
        if self._session is not None and self._letters_in_session >= LETTERS_PER_SESSION:
            self.close()
        if self._session is not None and not self._answers(self._session):
            self._drop()
        if self._session is None:
            self._session, self._veil = open_session(self._server)
            self._letters_in_session = 0
        self._letters_in_session += 1
        return self._session

    @staticmethod
    def _answers(session: smtplib.SMTP) -> bool:
        try:
            return session.noop()[0] == 250
        except _DROPPED:
            return False

    def _offer(self, session: smtplib.SMTP, address: str) -> Outcome | None:
        """MAIL FROM, RCPT TO, DATA; None when the server waits for the message."""
        code, words = session.mail(self._envelope_sender)
        if code != 250:
            return self._refused(session, code, words, by_sender=True)
        code, words = session.rcpt(address)
        if code not in (250, 251):
            return self._refused(session, code, words, address=address)
        code, words = session.docmd("DATA")
        if code != 354:
            return self._refused(session, code, words)
        return None

    def _hand_over(self, session: smtplib.SMTP, blob: bytes) -> Outcome:
        """The message itself. From its first byte on, silence means that nobody knows."""
        try:
            session.send(blob + b".\r\n" if blob.endswith(b"\r\n") else blob + b"\r\n.\r\n")
            code, words = session.getreply()
        except _DROPPED as trouble:
            self._drop()
            return Outcome(UNKNOWN, fate_unknown(clean(str(trouble), self._veil)))
        if code == 250:
            return Outcome(SENT)
        if 400 <= code < 600:
            return self._refused(session, code, words)
        self._drop()
        return Outcome(UNKNOWN, fate_unknown(f"{code} {clean(words, self._veil)}"))

    def _refused(
        self, session: smtplib.SMTP, code: int, words: bytes, *, by_sender: bool = False, address: str = ""
    ) -> Outcome:
        """The fate after a refusal.

        Args:
            address: The recipient that was refused; "" where it was something else.
        """
        self._reset(session, code)
        text = clean(words, self._veil)
        if by_sender and code >= 500:
            return Outcome(FAILED, sender_refused(code, text), stops=True)
        if address and code >= 500 and is_of_the_address(text):
            return Outcome(REFUSED, address_refused(address, code, text))
        return Outcome(FAILED, refusal(code, text), again=400 <= code < 500)

    def _reset(self, session: smtplib.SMTP, code: int) -> None:
        """Clear the server's mind after a refusal; 421 announces that it hangs up."""
        try:
            if code == 421 or session.rset()[0] != 250:
                self._drop()
        except _DROPPED:
            self._drop()

    def _fell_silent(self, trouble: Exception) -> str:
        return fell_silent(trouble, self._server.timeout_s, self._veil)

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()
