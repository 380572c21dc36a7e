"""What a transport is: it takes one letter and says what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from capa_xl.errors import MailFailed
from capa_xl.model.letter import Letter

STOPPED = "已按要求停止，这封信没有交出 → 下次运行会再发"
"""The error of a letter that a stop kept from leaving."""


class NotHandedOver(Exception):
    """A fault of our own, its cause, before a letter was handed over: that nobody has it is known."""


class Outcome(Struct, frozen=True):
    """The fate of one letter.

    Attributes:
        result: SENT, FILED, FAILED, REFUSED or UNKNOWN of `model.journal`.
        error: For FAILED, REFUSED and UNKNOWN: the server's words and a Chinese explanation, never a secret.
        stops: No further letter can go now: bad password, no TLS, server not there.
        exit_code: Of a run in which that happened to a letter.
        again: Another try after a pause may better it; never after the message was handed over.
    """

    result: str
    error: str = ""
    stops: bool = False
    again: bool = False
    exit_code: int = MailFailed.exit_code


class Transport(Protocol):
    """Where letters go."""

    @property
    def name(self) -> str:
        """OUTBOX, SMTP or CHAT of `model.journal`."""

    def deliver(self, letter: Letter, at: datetime) -> Outcome:
        """Try once to deliver a letter dated `at`."""

    def close(self) -> None:
        """Say good-bye."""
