"""Counting the actions of a day, once for every surface."""

from __future__ import annotations

from collections import Counter

from capa_xl.model import words
from capa_xl.model.tally import LATE_CODES, Tally
from capa_xl.policy.register_view import RegisterView


def tally_of(view: RegisterView) -> Tally:
    """The numbers of T."""
    derived = view.derived.values()
    statuses = Counter(one.status for one in derived)
    worst = Counter(one.overdue[0] for one in derived if one.overdue)
    stuck = Counter(one.stuck_at for one in derived)
    late = Counter(one.status for one in derived if one.overdue and one.overdue[0] in LATE_CODES)
    return Tally(
        total=len(derived),
        to_correct=len(view.register.quarantined),
        statuses=tuple((status, statuses[status]) for status in words.OPEN if statuses[status]),
        late=tuple((code, worst[code]) for code in LATE_CODES if worst[code]),
        due_soon=sum("Y0" in one.overdue for one in derived),
        late_by_status=tuple((status, late[status]) for status in words.OPEN if late[status]),
        stuck=tuple((code, stuck[code]) for code in words.WAITING_LATE if stuck[code]),
    )
