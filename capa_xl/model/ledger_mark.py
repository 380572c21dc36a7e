"""校验码 of 提醒台账: each posting's own hash, over what its line says, in whatever cell format it is read back."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from capa_xl.model.as_of import SHANGHAI
from capa_xl.model.milestones import labelled_code
from capa_xl.model.occurrence_words import occurrence_code
from capa_xl.model.records import LedgerRow

_DIGITS = 16


def ledger_mark(row: LedgerRow) -> str:
    """The hash of one line, its first 16 hex digits: SHA-256 over `ledger_values`, joined by U+001F."""
    return hashlib.sha256("\x1f".join(ledger_values(row)).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def ledger_values(row: LedgerRow) -> tuple[str, ...]:
    """What a line says, in one spelling: milestones and occurrences by code, days ISO, the time of sending in
    Asia/Shanghai.

    The same for a line as the journal gives it and as it is read back from its sheet; a blank is "".
    """
    return (
        row.workbook_id or "",
        row.number or "",
        labelled_code(row.milestone or ""),
        _day(row.due_version),
        occurrence_code(row.occurrence or ""),
        row.recipient or "",
        _day(row.planned_on),
        _second(row.sent_at),
        row.result or "",
        row.transport or "",
        row.message_id or "",
    )


def day_in(text: str | None) -> date | None:
    """The day of a cell or a posting, ISO with or without a time; None where it is none."""
    try:
        return datetime.fromisoformat(text or "").date()
    except ValueError:
        return None


def _day(text: str | None) -> str:
    return str(day_in(text) or text or "")


def _second(text: str | None) -> str:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return text or ""
    local = moment.astimezone(SHANGHAI) if moment.tzinfo else moment
    return local.replace(tzinfo=None, microsecond=0).isoformat()


SAMPLE_MAIL_DOMAIN = "yangli-ops.example"
"""In the message ids of the letters that the sample's 提醒台账 tells of: they never were sent."""
