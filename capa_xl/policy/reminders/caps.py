"""Quietness: one letter per person and day, and so many a week besides M1."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from capa_xl.model.journal import JournalView
from capa_xl.model.letter import Duty, iso_week
from capa_xl.model.milestones import M1, milestone_of
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.posted import Posted


def by_recipient(duties: Iterable[Duty]) -> dict[str, tuple[Duty, ...]]:
    """Duties by the person who gets them, persons in the order met."""
    groups: dict[str, list[Duty]] = {}
    for duty in duties:
        groups.setdefault(duty.key.recipient, []).append(duty)
    return {name: tuple(group) for name, group in groups.items()}


def apply_caps(
    view: RegisterView, journal: JournalView, posted: Posted, duties: Iterable[Duty]
) -> tuple[tuple[Duty, ...], tuple[Duty, ...]]:
    """(what goes today, what waits for the next digest).

    A complaint whose clock runs goes whatever went before. A letter with an M1 in it isn't counted and isn't held back;
    everything else of that person rides along with it.
    """
    week, most = iso_week(view.on), view.procedure.letters_per_week
    today: list[Duty] = []
    waiting: list[Duty] = []
    for name, group in by_recipient(duties).items():
        urgent, group = _parted(group)
        today.extend(urgent)
        full = journal.letters_in_week.get((name, week), 0) >= most
        held = name in posted.written_today or (full and not any(d.key.milestone == M1.code for d in group))
        (waiting if held else today).extend(group)
    return tuple(today), tuple(replace(duty, capped=True) for duty in waiting)


def _parted(group: tuple[Duty, ...]) -> tuple[tuple[Duty, ...], tuple[Duty, ...]]:
    """(what can't wait, the rest)."""
    urgent = tuple(duty for duty in group if is_urgent(duty))
    return urgent, tuple(duty for duty in group if duty not in urgent)


def is_urgent(duty: Duty) -> bool:
    """Whether it goes whatever went before: a complaint whose clock runs."""
    milestone = milestone_of(duty.key.milestone)
    return milestone is not None and milestone.is_urgent
