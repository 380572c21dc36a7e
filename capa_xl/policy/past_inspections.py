"""历次检查: inspections that the row held once and a later one wrote over (4.4.3), from the journal's changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.journal import INSPECTION
from capa_xl.model.paper_facts import PastInspection
from capa_xl.model.snapshot import FieldChange
from capa_xl.policy.left_beside import is_written_anew
from capa_xl.policy.written_over import written_day, written_over


def past_inspections(action: Action, changes: Iterable[FieldChange], on: date) -> tuple[PastInspection, ...]:
    """The inspections written over by T, oldest first: each with its day and its verdict, and when it was last seen.

    Args:
        changes: The journal's changes of the row's inspection cells, oldest first.
    """
    seen = [change for change in changes if change.seen_on <= on]
    return tuple(reversed(list(_backwards(action, seen))))


def failed_of_the_note(action: Action, changes: Iterable[FieldChange], on: date) -> date | None:
    """Day of the failed inspection whose 检查情况 still stands beside a later verdict; None where it was written anew.

    The work comes up again when it is completed.

    Args:
        changes: The journal's changes of the row's inspection cells, oldest first.
    """
    if not action.inspection_note or action.inspection in (None, words.FAILED):
        return None
    seen = [change for change in changes if change.seen_on <= on]
    failed = next((one for one in reversed(past_inspections(action, seen, on)) if one.result == words.FAILED), None)
    if failed is None:
        return None
    is_anew = is_written_anew(action, "inspection_note", "inspection", words.FAILED, seen, action.completed_on)
    return None if is_anew else failed.on


def _backwards(action: Action, changes: list[FieldChange]) -> Iterator[PastInspection]:
    for one in written_over(action, INSPECTION, changes):
        earlier = one.earlier
        if _is_another(earlier, one.later) and (day := written_day(earlier["inspected_on"])):
            note = earlier["inspection_note"]
            yield PastInspection(earlier["inspector"], day, earlier["inspection"], note, one.seen_on)


def _is_another(earlier: Mapping[str, str], later: Mapping[str, str]) -> bool:
    """A complete inspection whose day or verdict reads differently afterwards."""
    told = ("inspected_on", "inspection")
    return all(earlier[key] for key in told) and any(earlier[key] != later[key] for key in told)
