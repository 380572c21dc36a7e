"""Approvals that were refused, and that a later verdict was written over (papers: a refusal is printed, too)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.journal import APPROVAL
from capa_xl.model.paper_facts import PastRefusal
from capa_xl.model.snapshot import FieldChange
from capa_xl.policy.left_beside import is_written_anew
from capa_xl.policy.written_over import written_day, written_over


def past_refusals(action: Action, changes: Iterable[FieldChange], on: date) -> tuple[PastRefusal, ...]:
    """The refusals written over by T, oldest first.

    Args:
        changes: The journal's changes of the row's approval cells, oldest first.
    """
    seen = [change for change in changes if change.seen_on <= on]
    return tuple(reversed(list(_backwards(action, seen))))


def refused_of_the_evidence(action: Action, changes: Iterable[FieldChange], on: date) -> date | None:
    """Day of the refusal whose 批准凭证 still stands beside a later verdict; None where it was written anew.

    Args:
        changes: The journal's changes of the row's approval cells, oldest first.
    """
    if not action.approval_evidence or action.approval in (None, words.REFUSED):
        return None
    seen = [change for change in changes if change.seen_on <= on]
    refused = next(reversed(past_refusals(action, seen, on)), None)
    if refused is None or refused.evidence != action.approval_evidence:
        return None
    is_anew = is_written_anew(action, "approval_evidence", "approval", words.REFUSED, seen)
    return None if is_anew else refused.on


def _backwards(action: Action, changes: Sequence[FieldChange]) -> Iterator[PastRefusal]:
    for one in written_over(action, APPROVAL, changes):
        told = [(cells["approved_on"], cells["approval"]) for cells in (one.earlier, one.later)]
        day = written_day(one.earlier["approved_on"])
        if one.earlier["approval"] == words.REFUSED and day and told[0] != told[1]:
            yield PastRefusal(one.earlier["approver"], day, one.seen_on, one.earlier["approval_evidence"])
