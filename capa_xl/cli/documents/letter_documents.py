"""The letters due, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from capa_xl.cli.documents import Document
from capa_xl.model.journal import FAILURES, UNKNOWN
from capa_xl.model.milestones import milestone_name

if TYPE_CHECKING:
    from capa_xl.app.shared.due_letters import Reminded
    from capa_xl.model.letter import Letter


def remind_document(done: Reminded) -> Document:
    """The letters due, and what became of them."""
    delivery = done.delivery
    return {
        "as_of": done.as_of,
        "sent": delivery.sent,
        "already_sent": done.already_sent,
        "already_filed": done.already_filed,
        "unreachable": list(done.plan.unreachable),
        "refused": [*done.plan.refused, *(f"{letter.recipient} <{letter.address}>" for letter, _ in done.refused)],
        "letters": [_letter(letter) for letter in done.letters],
        "transport": done.transport,
        "rehearsal": done.rehearsal,
        "failed": [_fate(letter, outcome.error) for letter, outcome in delivery.letters(*FAILURES)],
        "unknown": [_fate(letter, outcome.error) for letter, outcome in delivery.letters(UNKNOWN)],
        "held_back": len(delivery.held_back),
        "stopped": delivery.stopped,
        "warnings": list(done.warnings),
    }


def received_document(as_of: date, reminders: int) -> Document:
    """How many reminders of unknown fate came, as their recipients said."""
    return {"as_of": as_of, "received": reminders}


def forecast_document(as_of: date, until: date, days: Iterable[tuple[date, Iterable[Letter]]]) -> Document:
    """The letters of every day up to one."""
    return {
        "as_of": as_of,
        "until": until,
        "days": [{"on": day, "letters": [_letter(letter) for letter in letters]} for day, letters in days],
    }


def _letter(letter: Letter) -> Document:
    return {
        "to": [letter.address],
        "cc": list(letter.informed_also),
        "subject": letter.subject,
        "message_id": letter.message_id,
        "items": [
            {
                "number": duty.key.number,
                "milestone": duty.key.milestone,
                "milestone_name": milestone_name(duty.key.milestone),
                "due_on": duty.due_on,
                "planned_on": duty.planned_on,
                "late": duty.late,
            }
            for duty in letter.duties
        ],
    }


def _fate(letter: Letter, error: str) -> Document:
    return {"to": [letter.address], "message_id": letter.message_id, "error": error}
