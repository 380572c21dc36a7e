"""What every derivation of one run stands on: the day, the settings, the roster, and the child rows by 编号."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.as_of import AsOf
from capa_xl.model.columns import column_by_key
from capa_xl.model.lineage import Lineage
from capa_xl.model.lists import DEPARTMENTS_LIST
from capa_xl.model.pages import Page, page_of
from capa_xl.model.procedure import Procedure
from capa_xl.model.records import (
    Confirmation,
    Correction,
    Decision,
    Extension,
    PlanVersion,
    Progress,
    Revision,
    Step,
)
from capa_xl.model.register import Register, Table
from capa_xl.model.stated_status import STATED_CLOSED, STATED_DONE, family_of
from capa_xl.policy.calendar import WorkCalendar
from capa_xl.policy.day import as_seen, last_date, registered_by
from capa_xl.policy.entry_fault import EntryFault
from capa_xl.policy.idle_corrections import idle_entries
from capa_xl.policy.roster import Roster
from capa_xl.policy.signed_verdict import PartSigned, as_decided, signed_in_part, unsigned
from capa_xl.policy.untrue_corrections import untrue_entries

R = TypeVar("R")
_LONGEST_WORD = 30
"""A longer text is a report on the work: nobody is told to write it, so it isn't looked at."""


class StagesInForce(Struct, frozen=True):
    """The stages whose columns the table has; the others ask for nothing (semantics.md, *Tables that lack columns*)."""

    approval: bool
    inspection: bool
    confirmation: bool
    archiving: bool
    revision: bool


class StatusInputs(Struct, frozen=True):
    """The inputs of status, routes and overdue besides the action itself; child rows are as seen at T.

    Attributes:
        on: T.
        columns: Keys of the columns the tracker has.
        outlined: Those in an outline group, which may be folded away.
        has_excuses: The workbook has the sheet 例外说明.
        has_feedback: It has the sheet 进展反馈.
        has_extensions: It has the sheet 延期记录.
        part_signed: Undecided row of it, of 文件修订 or of 计划 → what stands of its signature, where a part does.
        signs_rounds: 效果确认 has the column 确认人: a round that nobody signed concludes nothing.
        accepted_effects: 编号 of the rows whose 部分有效 a signed exception accepts → the first day one did.
        headings: (key, heading) of the columns that the table calls otherwise than we do.
        archive_columns: Those of `ARCHIVE_COLUMNS` among them.
        decisions: By 评审编号; None where the sheet isn't in use.
        corrections: 更正记录 by 编号, those in force and those that nobody may have signed.
        untrue: Row of 更正记录 → what it says of the row and isn't so, or what it undoes and never was.
        doubtful: Row of 更正记录 that counts → why its day may be wrong (`idle_entries`).
        revisions: By 编号; None where the sheet isn't in use.
        unkept: Row of 更正记录 → what it undid and nothing but the row still holds.
        torn: Row of 更正记录 that counts → what rests on the completion that it undoes, and is dated later.
        living: 编号 of the rows that are not cancelled at T, quarantined and archived ones among them.
        first_due: 编号 → first due date the journal saw.
        status_meanings: What words of the table's own status column were declared to mean.
        report_meanings: The same of 实施情况, where it tells the status.
        closing_words: Column → the word by which the table itself closes rows there, where it has one.
        done_words: The same for work that is done, closed or not.
        of_then: 编号 → the same by the columns of then, of actions that were over before others came (`grown_columns`).
        pages: Of a register over several sheets the same by the columns of each; () for one sheet.
    """

    on: date
    procedure: Procedure
    calendar: WorkCalendar
    roster: Roster
    stages: StagesInForce
    columns: frozenset[str]
    outlined: frozenset[str]
    archive_columns: tuple[str, ...]
    steps: Mapping[str, tuple[Step, ...]]
    progress: Mapping[str, tuple[Progress, ...]]
    extensions: Mapping[str, tuple[Extension, ...]]
    rounds: Mapping[str, tuple[Confirmation, ...]]
    revisions: Mapping[str, tuple[Revision, ...]] | None
    decisions: Mapping[str, tuple[Decision, ...]] | None
    plans: Mapping[str, tuple[PlanVersion, ...]]
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    untrue: Mapping[int, EntryFault] = field(default_factory=dict)
    doubtful: Mapping[int, str] = field(default_factory=dict)
    torn: Mapping[int, str] = field(default_factory=dict)
    unkept: Mapping[int, str] = field(default_factory=dict)
    living: frozenset[str] = frozenset()
    first_due: Mapping[str, date] = field(default_factory=dict)
    status_meanings: Mapping[str, str] = field(default_factory=dict)
    report_meanings: Mapping[str, str] = field(default_factory=dict)
    headings: tuple[tuple[str, str], ...] = ()
    has_excuses: bool = False
    has_feedback: bool = False
    has_extensions: bool = False
    part_signed: Mapping[Extension | Revision | PlanVersion, PartSigned] = field(default_factory=dict)
    signs_rounds: bool = False
    accepted_effects: Mapping[str, date] = field(default_factory=dict)
    closing_words: Mapping[str, str] = field(default_factory=dict)
    done_words: Mapping[str, str] = field(default_factory=dict)
    of_then: Mapping[str, StatusInputs] = field(default_factory=dict)
    pages: tuple[StatusInputs, ...] = ()

    def on_its_page(self, action: Action) -> StatusInputs:
        """The inputs with the columns of the sheet that the action stands on, and of the time that it was over at."""
        if self.of_then and action.number in self.of_then:
            return self.of_then[action.number]
        return self.pages[page_of(action.row)] if self.pages else self

    def has(self, key: str) -> bool:
        """True when the tracker has this column."""
        return key in self.columns


def status_inputs_of(
    register: Register, as_of: AsOf, first_due: Mapping[str, date], gone: Set[str] = frozenset()
) -> StatusInputs:
    """The inputs of a register at T.

    Args:
        gone: 编号 of the rows that went to archives and were not cancelled.
    """
    on = as_of.on
    idle = idle_entries(register, as_of.latest)
    inputs = StatusInputs(
        on=on,
        procedure=register.procedure,
        calendar=WorkCalendar.of(register.procedure.working_days, _years(register, on)),
        roster=_roster(register),
        stages=stages_in_force(register),
        columns=frozenset(register.tracker.columns),
        outlined=register.tracker.outlined,
        archive_columns=tuple(key for key in ARCHIVE_COLUMNS if key in register.tracker.columns),
        steps=by_key(register.steps, "number", as_of),
        progress=by_key(register.progress, "number", as_of),
        extensions=_decided(register.extensions, as_of),
        rounds=by_key(register.confirmations, "number", as_of),
        revisions=_decided(register.revisions, as_of) if register.revisions else None,
        decisions=by_key(register.decisions, "number", as_of) if register.decisions else None,
        plans=_decided(register.plans, as_of),
        corrections=by_key(register.corrections, "number", as_of),
        untrue={**untrue_entries(register, on), **idle.void},
        doubtful=idle.doubtful,
        torn=idle.torn,
        unkept=idle.unkept,
        living=_living(register, on) | (gone - register.numbers if gone else gone),
        first_due=first_due,
        status_meanings=register.procedure.meanings.get(column_by_key(Action)["stated_status"].header, {}),
        report_meanings=register.procedure.meanings.get(column_by_key(Action)["progress_note"].header, {}),
        headings=_own_headings(register.tracker.headings),
        has_excuses=register.excuses is not None,
        has_feedback=register.progress is not None,
        has_extensions=register.extensions is not None,
        signs_rounds=register.confirmations is not None and register.confirmations.has("confirmer"),
        part_signed={
            **dict(signed_in_part(register.extensions, as_of)),
            **dict(signed_in_part(register.revisions, as_of)),
            **dict(signed_in_part(register.plans, as_of)),
        },
    )
    is_end = not (inputs.stages.inspection or inputs.stages.confirmation)
    said = dict(_words_said(register, inputs))
    inputs = replace(
        inputs,
        closing_words=_most_said(said, (STATED_CLOSED, STATED_DONE) if is_end else (STATED_CLOSED,)),
        done_words=_most_said(said, (STATED_CLOSED, STATED_DONE)),
    )
    return replace(inputs, pages=tuple(_of_page(inputs, register, page) for page in register.tracker.pages))


def _decided(table: Table[Any] | None, as_of: AsOf) -> dict[str, tuple[Any, ...]]:
    """The rows as seen at T by their 编号, those with a verdict that nobody signed as undecided."""
    groups = by_key(table, "number", as_of)
    if table is None or not any(unsigned(table, row) for row in table.records):
        return groups
    return {number: tuple(as_decided(table, row) for row in rows) for number, rows in groups.items()}


def _roster(register: Register) -> Roster:
    listed = register.procedure.lists.get(DEPARTMENTS_LIST, ())
    return Roster.of(register.people, Lineage.of(register.successions), _writings(register), listed)


def _writings(register: Register) -> Iterator[str]:
    """The names of the tracker, as it has them."""
    for action in (*register.tracker.records, *(row.record for row in register.quarantined)):
        yield from action.owners
        yield from filter(None, (action.inspector, action.confirmer))


def _of_page(inputs: StatusInputs, register: Register, page: Page) -> StatusInputs:
    return replace(
        inputs,
        stages=stages_of(page.columns.keys(), has_revisions=register.revisions is not None),
        columns=frozenset(page.columns),
        archive_columns=tuple(key for key in ARCHIVE_COLUMNS if key in page.columns),
        headings=_own_headings(page.headings),
    )


def _words_said(register: Register, inputs: StatusInputs) -> Iterator[tuple[str, Mapping[str, str | None]]]:
    """Column of status words → each short text there, the most frequent first, and its family.

    Beside a column of 状态 or 实际完成日期 what stands in 实施情况 is a report, as everywhere.
    """
    meanings = {"stated_status": inputs.status_meanings, "progress_note": inputs.report_meanings}
    tells_by_report = not (inputs.has("stated_status") or inputs.has("completed_on"))
    for key, declared in meanings.items():
        if key == "progress_note" and not tells_by_report:
            continue
        texts = (getattr(action, key) or "" for action in register.tracker.records)
        counts = Counter(text for text in texts if 0 < len(text) <= _LONGEST_WORD)
        yield key, {text: family_of(text, declared) for text, _ in counts.most_common()}


def _most_said(said: Mapping[str, Mapping[str, str | None]], families: Collection[str]) -> dict[str, str]:
    """What people mostly write where a row is over; 已完成 closes only where nothing is left to check or to confirm."""
    own = (
        (key, next((text for text, family in texts.items() if family in families), "")) for key, texts in said.items()
    )
    return {key: text for key, text in own if text}


def _own_headings(headings: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    ours = column_by_key(Action)
    return tuple((key, text) for key, text in headings.items() if key in ours and text != ours[key].header)


def stages_in_force(register: Register) -> StagesInForce:
    """The stages that the table's columns make possible."""
    return stages_of(register.tracker.columns.keys(), has_revisions=register.revisions is not None)


def stages_of(columns: Set[str], *, has_revisions: bool) -> StagesInForce:
    """The stages of a tracker with these columns, beside a sheet 文件修订 or none."""
    return StagesInForce(
        approval=bool(set(APPROVAL_COLUMNS) & columns),
        inspection=bool(set(INSPECTION_COLUMNS) & columns),
        confirmation=bool(set(CONFIRMATION_COLUMNS) & columns),
        archiving=bool(set(ARCHIVE_COLUMNS) & columns),
        revision="needs_revision" in columns or has_revisions,
    )


APPROVAL_COLUMNS = ("approval", "approved_on")
INSPECTION_COLUMNS = ("inspection", "inspected_on")
CONFIRMATION_COLUMNS = ("effect", "confirmed_on")
"""One of those of a stage that the table has is enough for the stage to be in force."""
ARCHIVE_COLUMNS = ("archived_on", "report_number", "archive_location")
"""All of those that exist must be filled before an action closes."""


def seen(table: Table[Any] | None, as_of: AsOf) -> tuple[Any, ...]:
    """The rows of a sheet as seen at T, in sheet order; () for an absent sheet."""
    records = table.records if table else ()
    if last_date(records) <= as_of.on:
        return records
    there = (registered_by(record, as_of.latest) for record in records)
    return tuple(record for record in (as_seen(r, as_of.on) for r in there) if record is not None)


def by_key(table: Table[Any] | None, key: str, as_of: AsOf) -> dict[str, tuple[Any, ...]]:
    """The rows as seen at T by one of their fields, in sheet order; rows where it is blank are left out."""
    groups: dict[str, list[Any]] = {}
    for record in seen(table, as_of):
        value = getattr(record, key)
        if value:
            groups.setdefault(value, []).append(record)
    return {value: tuple(records) for value, records in groups.items()}


def _living(register: Register, on: date) -> frozenset[str]:
    rows = register.tracker.records
    there = {a.number for a in rows if a.cancelled_on is None or a.cancelled_on > on}
    return frozenset(there | register.set_aside_numbers)


def _years(register: Register, on: date) -> Iterable[int]:
    """Years in which a limit or a due date of an uncompleted action falls, and T's own."""
    open_rows = (a for a in register.tracker.records if a.completed_on is None and a.cancelled_on is None)
    return {on.year} | {a.due_on.year for a in open_rows if a.due_on is not None and a.due_on.year >= on.year}
