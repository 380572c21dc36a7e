"""What the facts of every paper stand on, and what all papers share: the head, open errors, derived numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model.absent_sheets import own_sheets
from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.content_hash import content_cells, content_hash
from capa_xl.model.derived import Derived
from capa_xl.model.journal import JournalView
from capa_xl.model.kept_sheets import lost_sheets
from capa_xl.model.paper_facts import NO_NUMBER, PaperHead, PastRefusal
from capa_xl.model.paper_kinds import PaperKind
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.records import Confirmation
from capa_xl.model.register import Register, Table
from capa_xl.model.snapshot import FieldChange
from capa_xl.model.statistics import EffectTest
from capa_xl.policy.corrections import in_force
from capa_xl.policy.doubled_rows import doubled_need
from capa_xl.policy.papers.paper_numbers import PaperNumbers
from capa_xl.policy.past_refusals import past_refusals, refused_of_the_evidence
from capa_xl.policy.past_years import not_counted
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.routes import way_of
from capa_xl.policy.unread_cells import with_what_stands


class PaperInputs(Struct, frozen=True, dict=True):
    """A judged table, and what other floors know of it.

    Attributes:
        problems: What the check found.
        journal: None without one.
        fingerprint: SHA-256 of the workbook's bytes, hex.
        effect_test: The exact test of one round; None where it has no counts on both sides.
    """

    view: RegisterView
    problems: tuple[Problem, ...]
    journal: JournalView | None
    fingerprint: str
    effect_test: Callable[[Confirmation], EffectTest | None]

    @cached_property
    def numbers(self) -> PaperNumbers:
        """The numbers that papers bear."""
        return PaperNumbers(self.view.register)

    @property
    def lost_sheets(self) -> tuple[str, ...]:
        """Sheets that held rows and are gone."""
        return lost_sheets(self.view.register, self.journal.columns if self.journal is not None else frozenset())

    def head(
        self,
        number: str | None,
        kind: PaperKind,
        *,
        draft: bool = False,
        missing: tuple[str, ...] = (),
        no_final: str = "",
    ) -> PaperHead:
        """The head of a paper.

        Args:
            number: The paper's own number.
            kind: Whose form-control number it carries, where 参数 has one.
            draft: A draft was asked for.
            missing: What makes it a draft anyhow, by column name.
            no_final: Why no final can follow the draft; "" where one can.
        """
        procedure = self.view.procedure
        return PaperHead(
            company=procedure.company,
            number=number or NO_NUMBER,
            as_of=self.view.on,
            fingerprint=self.fingerprint,
            journal_head=self.journal.chain_head if self.journal else "",
            form_number=kind.form_number_in(procedure.form_numbers),
            is_draft=draft or bool(missing or no_final),
            missing=missing,
            no_final=no_final,
            with_cover=procedure.cover,
            policy=procedure.policy,
            not_counted=not_counted(self.view),
            sheets=own_sheets(self.view.register),
        )

    def inspection_changes(self, number: str) -> tuple[FieldChange, ...]:
        """The journal's changes of an action's inspection cells, oldest first; () without a journal."""
        return self.journal.inspection_changes.get(number, ()) if self.journal is not None else ()

    def past_refusals(self, action: Action) -> tuple[PastRefusal, ...]:
        """The refusals that a later verdict was written over, oldest first; () without a journal."""
        return past_refusals(action, self._approval_changes(action), self.view.on)

    def evidence_refused_on(self, action: Action) -> date | None:
        """Day of the refusal whose 批准凭证 still stands beside a later verdict; None else, and without a journal."""
        return refused_of_the_evidence(action, self._approval_changes(action), self.view.on)

    def _approval_changes(self, action: Action) -> tuple[FieldChange, ...]:
        return self.journal.approval_changes.get(action.number, ()) if self.journal is not None else ()

    def problems_of(self, numbers: frozenset[str]) -> tuple[Problem, ...]:
        """Open errors and accepted exceptions of these 编号, on whatever sheet."""
        return tuple(
            problem
            for problem in self.problems
            if problem.number in numbers and (problem.severity is Severity.ERROR or problem.excused)
        )

    def errors_of(self, number: str) -> tuple[Problem, ...]:
        """Open errors of a 编号, 登记编号 or 计划编号: while there are any, no final is made of it."""
        return errors_among(self.problems_of(frozenset({number})))


def _nothing_else(given: PaperInputs, facts: Any) -> tuple[Problem, ...]:
    return ()


class NumberedPaper(Struct, frozen=True):
    """A kind of paper asked for by number; `policy/papers/<key>_facts.py` holds it as `PAPER`.

    Attributes:
        numbers: The numbers that `--all` stands for.
        facts: Number → what is to be printed, each with the stem of its file.
            Raises UsageError where the workbook has nothing of that number at T.
        rows_of: Sheet whose rows the numbers are of; "" for the tracker.
        quoted_errors: Facts → open errors of other rows in the very cells that the paper quotes.
        unclear: Number → why nobody can tell what row it is of, in Chinese; "" where it is of one.
        archived: Number → archive of those of the workbook that `--all` leaves out because they are printed there.
    """

    kind: PaperKind
    numbers: Callable[[PaperInputs], Sequence[str]]
    facts: Callable[[PaperInputs, str], Sequence[tuple[str, Any]]]
    quoted_errors: Callable[[PaperInputs, Any], tuple[Problem, ...]] = _nothing_else
    rows_of: str = ""
    unclear: Callable[[PaperInputs, str], str] = lambda _given, _number: ""
    archived: Callable[[PaperInputs], Mapping[str, str]] = lambda _given: {}


def of_doubled_need(given: PaperInputs, number: str) -> str:
    """Why no paper of a need is made: several rows have its 登记编号; "" where one has."""
    lines = doubled_need(given.view.register, number)
    return f"《问题需求登记》{lines}都是「{number}」，不知道是哪一行" if lines else ""


def with_way(view: RegisterView, action: Action) -> Action:
    """The action with 批准方式 filled in from the approver's role of that day where people left it blank."""
    way = way_of(view.inputs, action) if action.approver and action.approval_route is None else ""
    return replace(action, approval_route=way) if way else action


def approving_acts(action: Action, derived: Derived) -> Iterator[tuple[str | None, date | None]]:
    """Who signed the row, who signed the plan that approves it, and who cancelled it, each with the day."""
    yield action.approver, action.approved_on
    yield action.cancel_approver, action.cancelled_on
    if derived.approval is not None and derived.approval.plan is not None:
        yield derived.approval.plan.approver, derived.approval.on


def errors_among(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The errors."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def missing_cells(record: Any, keys: Iterable[str], register: Register, table: Table[Any] | None) -> tuple[str, ...]:
    """The column names of those among these cells of a record that hold nothing, or no known value.

    Args:
        table: The sheet it stands on.
    """
    record_class: type = type(record)
    headers = {column.key: column.header for column in columns_of(record_class)}
    return tuple(
        with_what_stands(register, table, record.row, key, headers[key]) for key in keys if not getattr(record, key)
    )


def row_hash(view: RegisterView, action: Action) -> str:
    """The content hash of an action and its child rows as seen at T: a report prints it, AR06 checks it."""
    return content_hash(action, (rows for _, rows in _children(view, action)))


def row_cells(view: RegisterView, action: Action) -> dict[str, str]:
    """What `row_hash` is made of, by name: what changed between two editions of a report."""
    return content_cells(action, _children(view, action))


def _children(view: RegisterView, action: Action) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Name of the sheet, the rows of the action; an entry of 更正记录 without effect changes no paper."""
    number = action.number
    yield "措施分解", view.steps.get(number, ())
    yield "进展反馈", view.progress.get(number, ())
    yield "延期记录", view.extensions.get(number, ())
    yield "效果确认", view.rounds.get(number, ())
    yield "文件修订", view.revisions.get(number, ())
    if entries := tuple(in_force(view.inputs, number, action.owners)):  # newer than reports that lie in archives
        yield "更正记录", entries
