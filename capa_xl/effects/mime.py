"""Letter → the bytes of one message (behaviour: docs/behaviour/mail.md). Same letter, same instant, same bytes."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr, quote
from typing import Final

from capa_xl.model.letter import Letter

CALENDAR_NAME: Final = "due-dates.ics"
"""Short and ASCII: longer Chinese names show as tcmime.*.bin in QQ mail."""


_BYTES_PER_WORD: Final = 45
_XLSX: Final = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def header_fault(letter: Letter) -> str:
    """What makes the letter unfit to be sent (a line break in a header), as a Chinese sentence; "" otherwise."""
    for value in (letter.subject, letter.recipient, letter.address, letter.message_id, letter.in_reply_to):
        if any(ord(char) < 32 or char in "\x7f\x85\u2028\u2029" for char in value):
            return f"「{' '.join(value.split())}」含换行或控制字符，不能放进邮件头 → 请在表格里去掉"
    return ""


def mime_of(letter: Letter, sender: str, at: datetime) -> bytes:
    """The message with CRLF line ends: text and HTML in base64, the .ics and the slips attached, no Cc and no Bcc.

    Args:
        sender: `质量部 <capa@corp.example>` or a bare address.
        at: The instant of the Date header, with its offset (+08:00).

    Raises:
        ValueError: A header would hold a line break; `header_fault` tells before.
    """
    if header_fault(letter):
        raise ValueError(header_fault(letter))
    lines = (
        f"From: {_mailbox(*parseaddr(sender))}",
        f"To: {_mailbox(letter.recipient, letter.address)}",
        f"Subject: {_encoded(letter.subject)}",
    )
    message = EmailMessage(SMTP)
    message["Date"] = at
    message["Message-ID"] = letter.message_id
    if letter.in_reply_to:
        message["In-Reply-To"] = letter.in_reply_to
        message["References"] = letter.in_reply_to
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    _fill(message, letter)
    _fix_boundaries(message, letter.message_id)
    return "".join(f"{line}\r\n" for line in lines).encode("ascii") + message.as_bytes()


def _mailbox(name: str, address: str) -> str:
    if not name:
        return address
    words = f'"{quote(name)}"' if name.isascii() else _encoded(name)
    return f"{words} <{address}>"


def _encoded(text: str) -> str:
    """The text as RFC 2047 encoded words of at most 75 characters, one a line.

    The library's own folding drops blanks between Chinese words of a long header (met in Python 3.11).
    """
    if text.isascii() and len(text) < 60 and "=?" not in text:
        return text
    words, chunk = [], ""
    for char in text:
        if len((chunk + char).encode()) > _BYTES_PER_WORD:
            words.append(chunk)
            chunk = ""
        chunk += char
    return "\r\n ".join(f"=?utf-8?B?{b64encode(word.encode()).decode()}?=" for word in [*words, chunk])


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
    for slip in letter.slips:
        message.add_attachment(slip.blob, *_XLSX, cte="base64", filename=slip.file_name)


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    """The library draws boundaries at random; base64 bodies can't hold these."""
    mark = hashlib.sha256(message_id.encode()).hexdigest()[:24]
    for place, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{mark}_{place}")
