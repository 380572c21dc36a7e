"""Letter → the bytes of one message (behaviour: docs/behaviour/mail.md). Same letter, same instant, same bytes."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from typing import Final

from capa_xl.model.letter import Letter

CALENDAR_NAME: Final = "due-dates.ics"
"""Short and ASCII: longer Chinese names show as tcmime.*.bin in QQ mail."""


def header_fault(letter: Letter) -> str:
    """What makes the letter unfit to be sent (a line break in a header), as a Chinese sentence; "" otherwise."""
    for value in (letter.subject, letter.recipient, letter.address, letter.message_id, letter.in_reply_to):
        if any(ord(char) < 32 or char in "\x7f\x85\u2028\u2029" for char in value):
            return f"「{' '.join(value.split())}」含换行或控制字符，不能放进邮件头 → 请在表格里去掉"
    return ""


def mime_of(letter: Letter, sender: str, at: datetime) -> bytes:
    """The message with CRLF line ends: text and HTML in base64, the .ics attached, no Cc and no Bcc.

    Args:
        sender: `质量部 <capa@corp.example>` or a bare address.
        at: The instant of the Date header, with its offset (+08:00).

    Raises:
        ValueError: A header would hold a line break; `header_fault` tells before.
    """
    message = EmailMessage(SMTP)
    message["From"] = _address(*parseaddr(sender))
    message["To"] = _address(letter.recipient, letter.address)
    message["Subject"] = letter.subject
    message["Date"] = at
    message["Message-ID"] = letter.message_id
    if letter.in_reply_to:
        message["In-Reply-To"] = letter.in_reply_to
        message["References"] = letter.in_reply_to
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    _fill(message, letter)
    _fix_boundaries(message, letter.message_id)
    return message.as_bytes()


def _address(name: str, address: str) -> Address:
    return Address(display_name=name, addr_spec=address)


def _fill(message: EmailMessage, letter: Letter) -> None:
    message.set_content(letter.text, cte="base64")
    message.add_alternative(letter.html, subtype="html", cte="base64")
    if letter.calendar is not None:
        message.add_attachment(
            letter.calendar.decode(),
            subtype="calendar",
            cte="base64",
            filename=CALENDAR_NAME,
            params={"method": "PUBLISH"},
        )


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    """The library draws boundaries at random; base64 bodies can't hold these."""
    mark = hashlib.sha256(message_id.encode()).hexdigest()[:24]
    for place, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{mark}_{place}")
