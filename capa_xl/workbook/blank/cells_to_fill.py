"""The cells to fill now: for each stage the condition, in Excel's words, under which its empty cells ask to be filled.

A hint while people type, from people's columns alone; the true status is `policy`'s. A column the table lacks makes no
demand: its test falls away. A fact that an entry of 更正记录 took back counts as empty and is asked for anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key, columns_of
from capa_xl.model.records import SIGNATURE
from capa_xl.workbook.blank.names import CORRECTION_NAMES, GENERAL_DAYS_NAME, MAJOR_DAYS_NAME, REVISION_NAMES
from capa_xl.workbook.blank.place import Place


class CellsToFill(NamedTuple):
    """Columns, and the condition under which they are to be filled.

    Attributes:
        needs: Columns without which the condition means nothing.
        refill: Filled cells are meant too.
    """

    keys: tuple[str, ...]
    when: str
    needs: tuple[str, ...] = ()
    refill: bool = False


PLANNING = ("action_type", "severity", "measure", "responsible_department", "owners", "due_on")
"""What must stand before an approval can be asked for."""


def cells_to_fill(place: Place) -> Iterator[CellsToFill]:
    """Those of all stages that a tracker laid out as `place` says can show."""
    return (one for one in (*_until_approved(place), *_after_approval(place)) if place.has(*one.needs))


def _until_approved(place: Place) -> Iterator[CellsToFill]:
    approved, refused = is_approved(place), equals(place, "approval", words.REFUSED)
    not_done = lacks(place, "completed_on")
    planning = all_of(filled(place, "description"), negated(approved), not_done)
    planned = all_of(*(filled(place, key) for key in PLANNING))
    waits = all_of(planned, negated(approved), negated(refused), not_done)
    yield CellsToFill(("description", "registered_on", "raised_by", "source"), _begun(place))
    yield CellsToFill(_ANALYSIS, planning, ("approval", "description"))
    not_improvement = differs(place, "action_type", words.IMPROVEMENT)
    yield CellsToFill(("cause",), all_of(planning, not_improvement), ("approval", "description"))
    yield CellsToFill(("measure", "scheme", "due_on"), all_of(refused, not_done), ("approval",), refill=True)
    yield CellsToFill(SIGNATURE, waits, ("approval", *PLANNING))


def _after_approval(place: Place) -> Iterator[CellsToFill]:
    inspected, completed = _inspected(place), stands(place, "completed_on")
    failed = all_of(equals(place, "inspection", words.FAILED), inspected)
    inspection = ("inspector", "inspected_on", "inspection")
    confirmation = ("confirmer", "confirmed_on", "execution", "effect", "needs_revision")
    effective, confirmed = equals(place, "effect", words.EFFECTIVE), stands(place, "confirmed_on")
    other = all_of(filled(place, "effect"), negated(effective))
    yield CellsToFill(_COMPLETION, all_of(_begun(place), is_approved(place)))
    yield CellsToFill(("completed_on", "evidence"), failed, ("completed_on", "inspected_on", "inspection"), refill=True)
    to_inspect, major = all_of(completed, negated(inspected)), equals(place, "severity", words.MAJOR)
    measured = any_of(major, filled(place, "target"))
    yield CellsToFill(inspection, to_inspect, ("completed_on", "inspected_on"), refill=True)
    yield CellsToFill(("inspection_note",), all_of(major, to_inspect), ("severity", *_INSPECTED), refill=True)
    of_before = all_of(to_inspect, *(filled(place, key) for key in ("inspected_on", "inspection", "inspection_note")))
    yield CellsToFill(("inspection_note",), of_before, ("inspection", "inspection_note", *_INSPECTED), refill=True)
    yield CellsToFill(confirmation, _observed(place), ("completed_on", "inspected_on", "inspection"))
    yield CellsToFill(("actual",), all_of(measured, _observed(place)), ("severity", "inspection", *_INSPECTED))
    yield CellsToFill(_ARCHIVE, all_of(confirmed, effective), ("confirmed_on",))
    yield CellsToFill(("follow_ups",), all_of(confirmed, other), ("confirmed_on", "effect"))
    if place.has_corrections:
        taken = {key: taken_back(place, key) for key in ("completed_on", "confirmed_on", "archived_on")}
        yield CellsToFill(_COMPLETION, taken["completed_on"], ("completed_on",), refill=True)
        again = all_of(taken["confirmed_on"], _observed(place))
        yield CellsToFill(confirmation, again, ("confirmed_on", "completed_on"), refill=True)
        yield CellsToFill(
            ("actual",), all_of(measured, again), ("confirmed_on", "completed_on", "severity"), refill=True
        )
        yield CellsToFill(_ARCHIVE, all_of(taken["archived_on"], confirmed), ("archived_on",), refill=True)


def _begun(place: Place) -> str:
    return any_of(filled(place, "number"), filled(place, "description"))


_ANALYSIS = (
    "action_type", "severity", "is_repeat", "process", "impact", "goal", "measure", "scheme", "owning_department",
    "responsible_department", "owners", "due_on",
)  # fmt: skip


_COMPLETION = ("progress_note", "completed_on", "evidence")
_INSPECTED = ("completed_on", "inspected_on")
_ARCHIVE = ("archived_on", "report_number", "archive_location")
"""With the day of a fact the cells beside it are taken back (`policy.day.without_facts`)."""


def is_approved(place: Place) -> str:
    """同意, or a review, or a plan that lists it (never a 纠正); always in a table without 批准结论."""
    if not place.has("approval"):
        return "TRUE"
    agreed = equals(place, "approval", words.AGREED)
    refused = equals(place, "approval", words.REFUSED)
    planned = all_of(filled(place, "plan_number"), differs(place, "action_type", words.CORRECTIVE))
    elsewhere = any_of(filled(place, "review_number"), planned if place.has("plan_number") else "")
    return any_of(agreed, all_of(elsewhere, negated(refused)) if elsewhere else "")


def is_open(place: Place) -> str:
    """Neither completed (or completed and failed) nor cancelled."""
    failed = all_of(equals(place, "inspection", words.FAILED), _inspected(place))
    return all_of(any_of(lacks(place, "completed_on"), failed), lacks(place, "cancelled_on"))


def is_ended(place: Place) -> str:
    """Cancelled, followed up, or effective and archived in full (4.5.2) with every revision settled."""
    effective = equals(place, "effect", words.EFFECTIVE)
    report = () if place.was_ended_by_day else (filled(place, "report_number"), filled(place, "archive_location"))
    kept = stands(place, "archived_on"), stands(place, "confirmed_on"), effective, *report
    archived = all_of(*kept, _revised(place))
    told = all_of(filled(place, "effect"), negated(taken_back(place, "confirmed_on")))
    superseded = all_of(told, negated(effective), filled(place, "follow_ups"))
    parts = [stands(place, "cancelled_on")]
    parts += [archived] if place.has("archived_on", "effect") else []
    parts += [superseded] if place.has("follow_ups", "effect") else []
    return any_of(*parts)


def _revised(place: Place) -> str:
    """是否涉及文件修订 is 否, or 是 and no row of 文件修订 is open."""
    if not place.has("needs_revision", "number"):
        return ""
    mine = f"{REVISION_NAMES['number']},{place.cell('number')}"
    refused = f'{REVISION_NAMES["approval"]},"<>{words.REFUSED}"'
    open_rows = f'COUNTIFS({mine},{REVISION_NAMES["revised_on"]},"=",{refused})'
    settled = f"COUNTIF({mine})>0,{open_rows}=0"
    return any_of(equals(place, "needs_revision", "否"), f"AND({equals(place, 'needs_revision', '是')},{settled})")


def _inspected(place: Place) -> str:
    """An inspection on or after the completion."""
    if not place.has("inspected_on", "completed_on"):
        return ""
    return all_of(filled(place, "inspected_on"), f"{place.cell('inspected_on')}>={place.cell('completed_on')}")


def _observed(place: Place) -> str:
    """Inspected 合格 and the observation period over."""
    passed = all_of(equals(place, "inspection", words.PASSED), _inspected(place))
    if not place.has("completed_on"):
        return passed
    days = GENERAL_DAYS_NAME
    if place.has("severity"):
        days = f'IF({place.cell("severity")}="{words.MAJOR}",{MAJOR_DAYS_NAME},{GENERAL_DAYS_NAME})'
    if place.has("observation_days"):
        own = place.cell("observation_days")
        days = f'IF({own}="",{days},{own})'
    completed_on = place.cell("completed_on")
    return all_of(stands(place, "completed_on"), passed, f"TODAY()>={completed_on}+{days}")


def stands(place: Place, key: str) -> str:
    """The day of a fact is there and nobody took the fact back."""
    return all_of(filled(place, key), negated(_undoing(place, key)))


def lacks(place: Place, key: str) -> str:
    """The day of a fact isn't there, or the fact was taken back."""
    return any_of(empty(place, key), _undoing(place, key))


def cells_taken_back(place: Place) -> Iterator[tuple[tuple[str, ...], str]]:
    """(columns, condition) of the cells of each fact that an entry of 更正记录 took back: what stands there is history.

    They count no more until the day of the fact is a later one, whether they are asked for anew by now or not.
    """
    for dating in columns_of(Action):
        if dating.dates_fact and dating.fact in _UNDONE and (undone := taken_back(place, dating.key)):
            yield tuple(col.key for col in columns_of(Action) if col.fact == dating.fact), undone


_UNDONE = frozenset[str]().union(*words.UNDONE_BY.values())


def taken_back(place: Place, key: str) -> str:
    """The day of a fact is there, and the fact was taken back."""
    undoing = _undoing(place, key)
    return all_of(filled(place, key), undoing) if undoing else ""


def _undoing(place: Place, key: str) -> str:
    """Complete entries of 更正记录, dated on that day of a fact or later and not in the future, undo the fact.

    With the completion it undoes what rests on it, too. Means nothing of an empty cell; whether 批准人 may sign isn't
    asked.
    """
    if not (place.has_corrections and place.has(key, "number")):
        return ""
    day, fact, names = place.cell(key), column_by_key(Action)[key].fact, CORRECTION_NAMES
    tests = (
        f"{names['number']},{place.cell('number')}", f'{names["on"]},">="&{day}', f'{names["on"]},"<="&TODAY()',
        f'{names["reason"]},"<>"', f'{names["approver"]},"<>"',
    )  # fmt: skip
    kinds = (kind for kind, facts in words.UNDONE_BY.items() if fact in facts)
    entries = "+".join(f'COUNTIFS({",".join(tests)},{names["kind"]},"{kind}")' for kind in kinds)
    rests_on = taken_back(place, "completed_on") if fact in words.RESTS_ON_COMPLETION else ""
    return f"OR({entries}>0,{rests_on})" if rests_on else f"{entries}>0"


def filled(place: Place, key: str) -> str:
    """The cell holds something."""
    return f'{place.cell(key)}<>""' if place.has(key) else ""


def empty(place: Place, key: str) -> str:
    """The cell holds nothing."""
    return f'{place.cell(key)}=""' if place.has(key) else ""


def equals(place: Place, key: str, word: str) -> str:
    """The cell holds this word."""
    return f'{place.cell(key)}="{word}"' if place.has(key) else ""


def differs(place: Place, key: str, word: str) -> str:
    """The cell holds another word or none."""
    return f'{place.cell(key)}<>"{word}"' if place.has(key) else ""


def negated(test: str) -> str:
    """The opposite; nothing of nothing."""
    return f"NOT({test})" if test else ""


def all_of(*tests: str) -> str:
    """Every test that there is."""
    return _joined("AND", tests)


def any_of(*tests: str) -> str:
    """At least one of the tests that there are."""
    return _joined("OR", tests)


def _joined(word: str, tests: tuple[str, ...]) -> str:
    there = [test for test in tests if test]
    return there[0] if len(there) == 1 else f"{word}({','.join(there)})" if there else ""
