"""What rules look at: the view at T and what other floors supplied, with the few views many rules share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key, done_day, fact_day
from capa_xl.model.derived import Derived
from capa_xl.model.figures import ArchivedPapers, RuleFigures
from capa_xl.model.journal import JournalView
from capa_xl.model.kept_sheets import lost_sheets
from capa_xl.model.lost_columns import lost_columns
from capa_xl.model.meant_number import KnownNumbers
from capa_xl.model.problem import Hit, Severity
from capa_xl.model.register import Record, Table
from capa_xl.model.schema import IN_USE_WHEN_EMPTY
from capa_xl.model.snapshot import FieldChange
from capa_xl.policy.future_facts import FutureFact, future_facts
from capa_xl.policy.joined_years import joined_view
from capa_xl.policy.past_years import archives_of_rows, unread_holders
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.made_reminders import MadeReminder, made_reminders
from capa_xl.policy.row_history import handed_by_command
from capa_xl.policy.rules.confirmed_action import ConfirmedAction, confirmed_action
from capa_xl.policy.rules.message_words import header
from capa_xl.policy.taken_over import is_history
from capa_xl.policy.unread_cells import unread_cells

ActionPair = tuple[Action, Derived]
DatedNumber = tuple[date, str]
"""登记日期 and 编号."""


class RuleInputs(Struct, frozen=True, dict=True):
    """The view, and the inputs of the run that may be missing (None: rules that need them are 未启用).

    Attributes:
        filled_view: The view as though the days of all facts had come; None where none lies after today.
        lowered: Id of every rule → whether 例外说明 may lower it; empty where no rule asks.
        whole: Of an archived year the workbook in use with all that was archived (`joined_view`), where what came of
            its rows stands; None: the view is of the workbook in use.
    """

    view: RegisterView
    journal: JournalView | None = None
    figures: RuleFigures | None = None
    papers: ArchivedPapers | None = None
    filled_view: RegisterView | None = None
    lowered: Mapping[str, bool] = field(default_factory=dict)
    whole: RegisterView | None = None

    @cached_property
    def future_facts(self) -> tuple[FutureFact, ...]:
        """Dates of deeds that lie after today: their groups read as blank, in the view and for every rule."""
        return future_facts(self.view.register, self.view.as_of.latest)

    @cached_property
    def filled(self) -> RuleInputs:
        """The same with every filled cell read as filled, of a day that hasn't come too: for rules about blanks."""
        return replace(self, view=self.filled_view, filled_view=None) if self.filled_view is not None else self

    @cached_property
    def lost_sheets(self) -> tuple[str, ...]:
        """Sheets that earlier runs saw rows in, or renamed ones, and that are gone: what they held can't be judged."""
        return lost_sheets(self.view.register, self._known_before)

    @cached_property
    def lost_columns(self) -> tuple[str, ...]:
        """Headers of the tracker's columns that earlier runs saw, that something is judged by, and that are gone."""
        return tuple(lost_columns(self.view.register, self._known_before).judged)

    @property
    def _known_before(self) -> frozenset[str]:
        """Keys of columns and of sheets with rows."""
        return self.journal.columns if self.journal is not None else frozenset()

    @cached_property
    def on(self) -> date:
        """T."""
        return self.view.as_of.on

    @cached_property
    def tracker(self) -> Table[Action]:
        """The tracker's table: addresses and raw rows."""
        return self.view.register.tracker

    @cached_property
    def pairs(self) -> tuple[ActionPair, ...]:
        """Every action as seen at T with what is derived for it, in sheet order."""
        return self.view.pairs

    @cached_property
    def live(self) -> tuple[ActionPair, ...]:
        """The actions whose course rules judge: not cancelled, not closed by a table's own status word alone."""
        return tuple(
            (action, derived)
            for action, derived in self.pairs
            if derived.status != words.CANCELLED and not _is_silent(action, derived)
        )

    @cached_property
    def known(self) -> RegisterView:
        """Every action of the workbook in use and its archived years once: what a row names may stand in another."""
        return self.whole or joined_view(self.view)

    @cached_property
    def live_anywhere(self) -> tuple[ActionPair, ...]:
        """The live ones of them."""
        return self.live if self.known is self.view else replace(self, view=self.known, whole=self.known).live

    @cached_property
    def issues_naming(self) -> Mapping[str, tuple[DatedNumber, ...]]:
        """编号 → the live issues anywhere that name it as 前次编号, by registration; those without a day left out."""
        found: dict[str, list[DatedNumber]] = {}
        for action, _ in self.live_anywhere:
            if action.registered_on is not None:
                for number in action.previous_numbers:
                    found.setdefault(number, []).append((action.registered_on, action.number))
        return {number: tuple(sorted(issues)) for number, issues in found.items()}

    @cached_property
    def open(self) -> tuple[ActionPair, ...]:
        """The actions that still wait for somebody."""
        return tuple(pair for pair in self.pairs if not pair[1].is_ended)

    @cached_property
    def running(self) -> tuple[ActionPair, ...]:
        """The live actions whose work has begun: a start, some progress, or a completion."""
        return tuple(pair for pair in self.live if has_begun(self, pair[0]))

    @cached_property
    def completed(self) -> tuple[ActionPair, ...]:
        """The live actions with an 实际完成日期."""
        return tuple(pair for pair in self.live if pair[0].completed_on is not None)

    @cached_property
    def concluded(self) -> tuple[ConfirmedAction, ...]:
        """Every live action whose confirmation has begun, in sheet order."""
        found = (confirmed_action(action, derived) for action, derived in self.live)
        return tuple(one for one in found if one is not None)

    @cached_property
    def reminders_made(self) -> tuple[MadeReminder, ...]:
        """Reminders that a mail server accepted and those that 质量部 recorded as made by hand, up to T."""
        return made_reminders(self.view, self.journal)

    @cached_property
    def reminders_of(self) -> Mapping[str, tuple[MadeReminder, ...]]:
        """The same by 编号."""
        found: dict[str, list[MadeReminder]] = {}
        for one in self.reminders_made:
            found.setdefault(one.number, []).append(one)
        return {number: tuple(made) for number, made in found.items()}

    @cached_property
    def history(self) -> frozenset[int]:
        """Rows of the actions that can't be put right any more.

        Those that ended before 接管基线日, or nobody knows when, and those that were over before columns came.
        """
        procedure, of_then = self.view.procedure, self.view.inputs.of_then
        if procedure.taken_over_on is None and not of_then:
            return frozenset()
        return frozenset(
            action.row
            for action, derived in self.pairs
            if action.number in of_then or is_history(procedure, action, derived)
        )

    @cached_property
    def ended(self) -> frozenset[int]:
        """Rows of the actions that nothing waits for any more."""
        return frozenset(action.row for action, derived in self.pairs if derived.is_ended)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """编号 → row, quarantined rows and rows registered after T included; of a repeated number the first row."""
        rows: dict[str, int] = {}
        register = self.view.register
        for record in (*register.tracker.records, *(q.record for q in register.quarantined)):
            if record.number:
                rows.setdefault(record.number, record.row)
        for set_aside in register.quarantined:
            if set_aside.number:
                rows.setdefault(set_aside.number, set_aside.row)
        return rows

    @cached_property
    def unread(self) -> frozenset[tuple[str, str | None]]:
        """(sheet, cell) of what reading could make nothing of: not blank, so no other rule may call it missing."""
        return frozenset(unread_cells(self.view.register))

    @cached_property
    def vanished(self) -> frozenset[str]:
        """编号 that the last run saw on the sheet and that aren't there now, nor archived; none without a journal.

        What went into an archive that can't be read is archived all the same: WB15 speaks of it.
        """
        if self.journal is None:
            return frozenset()
        return frozenset(self.journal.numbers - self.row_of.keys() - self.archived.keys())

    @cached_property
    def numbers_typed(self) -> KnownNumbers:
        """Every 编号, in use or archived, to find what one that was typed otherwise is meant for."""
        return KnownNumbers.of((*self.row_of, *self.archived, *self.elsewhere))

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """Of an archived year every 编号 of the workbook in use and of all its archives: its rows may name them."""
        if self.whole is None:
            return frozenset()
        register = self.whole.register
        return register.numbers.union(register.away, *(year.register.numbers for year in register.past))

    @cached_property
    def handed_by_command(self) -> frozenset[FieldChange]:
        """The changes of hands that `handover` made."""
        return handed_by_command(self.journal) if self.journal is not None else frozenset()

    @cached_property
    def archived(self) -> Mapping[str, str]:
        """编号 → name of the year's workbook it went to; as with `row_of` also of rows registered after T."""
        return {**self.view.register.away, **archives_of_rows(self.view)}

    def may_hold(self, number: str | None, day: date | None = None) -> str:
        """The archives that can't be read and that may hold the row of a number, as `unread_holders`; "" for none."""
        return "、".join(unread_holders(self.known.register, self.view.on, number, day))

    def has(self, need: str) -> bool:
        """Whether one thing a rule needs is there; see `Rule.needs`."""
        if need.startswith("+"):
            return self._has_input(need)
        sheet_key, colon, key = need.rpartition(":")
        if not colon:
            return need in self.tracker.columns
        table = self.table(sheet_key)
        if table is None or not (table.records or sheet_key in IN_USE_WHEN_EMPTY):
            return False
        return not key or key in table.columns

    def table(self, key: str) -> Table[Any] | None:
        """The table of a sheet around the tracker; None when absent."""
        table: Table[Any] | None = getattr(self.view.register, key)
        return table

    def hit(self, action: Action, key: str, severity: Severity | None = None, **facts: str) -> Hit:
        """A hit at a cell of the action's row, at its 编号 where the column is absent; `c` is the column's header."""
        facts.setdefault("c", header(key))
        at = self.tracker.cell(action.row, key) or self.tracker.cell(action.row, "number")
        sheet, day = self.tracker.sheet_of(action.row), fact_day(action, key)
        return Hit(sheet, at, action.number, action.row, facts, severity, on=day, done_on=done_day(action, key))

    def hit_on(
        self,
        sheet_key: str,
        record: Record,
        key: str,
        number: str | None = None,
        severity: Severity | None = None,
        **facts: str,
    ) -> Hit:
        """A hit at a cell of another sheet; it counts for the tracker row of that number."""
        table = self.table(sheet_key)
        if table is None:
            raise KeyError(sheet_key)
        facts.setdefault("c", column_by_key(type(record))[key].header)
        at = table.cell(record.row, key) or table.cell(record.row, next(iter(table.columns)))
        row, day = self.row_of.get(number or ""), fact_day(record, key)
        return Hit(table.sheet, at, number or "", row, facts, severity, on=day, done_on=done_day(record, key))

    def hit_conclusion(self, it: ConfirmedAction, key: str, severity: Severity | None = None, **facts: str) -> Hit:
        """A hit at the cell of 确认人, 确认日期 or 效果结论 where the conclusion stands."""
        if it.round is not None:
            return self.hit_on("confirmations", it.round, key, it.action.number, severity, **facts)
        return self.hit(it.action, key, severity, **facts)

    def first_column(self, *keys: str) -> str:
        """The first of these columns the tracker has; the last one when it has none."""
        return next((key for key in keys if key in self.tracker.columns), keys[-1])

    def blanks(self, action: Action, *keys: str) -> tuple[str, ...]:
        """Those of the columns that exist whose cell is blank in this row."""
        blank = [key for key in keys if getattr(action, key) in (None, ())]
        if not blank:  # as in most rows, which need not be asked for their columns
            return ()
        columns = self.tracker.columns_of(action.row)
        return tuple([key for key in blank if key in columns])

    def half_filled(self, rows: Iterable[ActionPair], *keys: str) -> Iterator[tuple[Action, tuple[str, ...]]]:
        """The rows that have a part of what belongs together, with the blank ones of these columns (no lists)."""
        values = attrgetter(*keys)
        for action, _ in rows:
            if 0 < values(action).count(None) < len(keys):
                yield action, self.blanks(action, *keys)

    def _has_input(self, need: str) -> bool:
        if need == "+snapshot":
            return self.journal is not None and bool(self.journal.numbers)
        if need == "+mail":
            return bool(self.reminders_made)
        if need == "+steps":
            return bool(self.view.steps)
        if need == "+kept":
            return bool(self.view.register.auto_kept)
        if need == "+cancelled":
            return any(remark.rule == "WB10" for remark in self.view.register.remarks)
        if need == "+postings":
            return self.journal is not None and self.journal.reminding
        return getattr(self, need[1:]) is not None


def distinct(records: Iterable[Any], key: str) -> frozenset[Any]:
    """The values of a field, blanks left out: what holds for all of them need not be asked row by row."""
    return frozenset(map(attrgetter(key), records)) - {None, ()}


def has_begun(given: RuleInputs, action: Action) -> bool:
    """Work has begun: a start, some progress, or a completion.

    进度 carries no date: what it says today proves nothing for a day that is past.
    """
    if action.started_on is not None or action.completed_on is not None:
        return True
    return bool(action.progress) and given.on >= given.view.as_of.today


def is_weighty(action: Action) -> bool:
    """重大 or 重复: what 4.2.3 sends to 总经理 or the management review."""
    return action.severity == words.MAJOR or action.is_repeat is True


def _is_silent(action: Action, derived: Derived) -> bool:
    """Closed, and nothing but the table's own status word says so."""
    said = derived.status == words.CLOSED and derived.conclusion is None
    return said and action.completed_on is None and action.confirmed_on is None and action.effect is None
