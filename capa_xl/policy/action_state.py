"""One action at T with everything its status hangs on, looked up once."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from capa_xl.model import stated_status, words
from capa_xl.model.action import Action
from capa_xl.model.approval_in_force import Approval
from capa_xl.model.conclusion import Conclusion
from capa_xl.model.meanings import word_key
from capa_xl.model.records import SIGNATURE, Revision
from capa_xl.policy import routes
from capa_xl.policy.concluding import conclusion_of
from capa_xl.policy.day import precedes
from capa_xl.policy.own_word import is_begun_again, is_denied_after_a_check, stated_family
from capa_xl.policy.status_inputs import StatusInputs

_SIGNED = (*SIGNATURE, "inspector", "inspected_on", "inspection")
"""Cells in which somebody approves or inspects: a ledger that knows who confirmed mostly lacks these."""


class ActionState(Struct, frozen=True):
    """An action, its child rows' verdicts and its approval at T.

    Attributes:
        route: 应批准方式.
        approval: The approval in force; None where there is none, or no column for one.
        refused: The latest verdict is 不同意.
        conclusion: What counts of its confirmations; None while not confirmed.
        failed: The last inspection says 不合格 and no later completion follows, or its own word says that it begins
            again (返工).
        open_revisions: Documents still to be revised.
        owning_department: 归口部门, given or by 所属过程.
        stated: The family that the table's own status word belongs to; None without a word or for an unknown one.
    """

    inputs: StatusInputs
    action: Action
    route: str
    approval: Approval | None
    refused: bool
    conclusion: Conclusion | None
    failed: bool
    open_revisions: tuple[Revision, ...]
    owning_department: str | None
    stated: str | None

    @property
    def satisfied(self) -> bool:
        """The route waits for no approval; always so, where the table has no columns for one."""
        return self.approval is not None or not self.inputs.stages.approval

    @property
    def departments(self) -> tuple[str, ...]:
        """Those of 责任部门 that anybody can be asked under, the main one first."""
        return self.inputs.roster.asked(*self.action.departments)

    @property
    def department(self) -> str | None:
        """The main one of `departments`; None where the cell is blank, or names none that a list has."""
        return next(iter(self.departments), None)

    @property
    def keeper(self) -> str | None:
        """The department that organises: 归口部门, else 责任部门 (A1)."""
        owning = self.inputs.roster.asked(self.owning_department)
        return owning[0] if owning else self.department

    @property
    def unarchived(self) -> tuple[str, ...]:
        """Archive columns that exist and are empty."""
        return tuple([key for key in self.inputs.archive_columns if not getattr(self.action, key)])

    @property
    def is_word_contradicted(self) -> bool:
        """A fact that was filled speaks against the table's own status word: then the fact counts (WB10)."""
        if self.stated is None:
            return False
        if self.stated == stated_status.STATED_TO_VERIFY:
            return self.failed or self.is_settled_effect
        completed = self.action.completed_on is not None and not self.failed
        if self.stated == stated_status.STATED_OPEN:
            return completed or self.is_settled_effect
        if self.stated == stated_status.STATED_CANCELLED:
            return self.is_confirmed
        return self.failed or self.effect not in (None, words.EFFECTIVE) or self.action.cancelled_on is not None

    def is_word_denied_by(self, status: str) -> bool:
        """`is_word_contradicted`, unless the word is its status, or says that a row is over that is 已转后续 (WB10)."""
        is_own = word_key(self.action.stated_status or "") == status
        is_over = self.stated in (stated_status.STATED_CLOSED, stated_status.STATED_DONE)
        return self.is_word_contradicted and not is_own and not (is_over and status == words.SUPERSEDED)

    @property
    def is_begun_again(self) -> bool:
        """Its own word says 复发, Reopened: what day and conclusions it has are those of an earlier round."""
        return is_begun_again(self.action, self.stated)

    @property
    def is_kept_open_by_word(self) -> bool:
        """整改中 beside a day of completion, and nothing more to come: a day closes no row that says it isn't over."""
        if self.stated != stated_status.STATED_OPEN or not self.is_word_contradicted or self.is_confirmed:
            return False
        return not stated_status.tells_time_alone(self.action.stated_status or "")

    @property
    def is_left_to_look_at(self) -> bool:
        """Kept open so, in a table without an inspection that would settle it: its owner is asked which is true."""
        return self.is_kept_open_by_word and not self.inputs.stages.inspection

    @property
    def is_cancelled_beside_a_day(self) -> bool:
        """The status word says cancelled and a day of completion stands: the word counts, and that is told (WB10)."""
        return self.heeded_word == stated_status.STATED_CANCELLED and self.action.completed_on is not None

    @property
    def heeded_word(self) -> str | None:
        """The family of the status word where no filled fact speaks against it."""
        return None if self.stated is None or self.is_word_contradicted else self.stated

    @property
    def is_cancelled(self) -> bool:
        """取消日期 stands, or the table's own status word says so."""
        return self.action.cancelled_on is not None or self.heeded_word == stated_status.STATED_CANCELLED

    @property
    def is_closed_by_word(self) -> bool:
        """The table's own status word says closed: 已完成 does so only where nothing is left to check or to confirm."""
        if self.heeded_word == stated_status.STATED_DONE:
            stages = self.inputs.stages
            return self.action.completed_on is None and not (stages.inspection or stages.confirmation)
        return self.heeded_word == stated_status.STATED_CLOSED

    @property
    def is_closed_by_ledger(self) -> bool:
        """Done and 有效 before 接管基线日, neither approved nor inspected: a ledger has neither, and history stays."""
        action, since = self.action, self.inputs.procedure.taken_over_on
        if since is None or action.completed_on is None or self.is_begun_again:
            return False
        if max(action.completed_on, self.confirmed_on or action.completed_on) >= since:
            return False
        return action.effect == words.EFFECTIVE and not any(getattr(action, key) for key in _SIGNED)

    @property
    def is_done_by_word(self) -> bool:
        """Nothing but the table's own status word says that the work is done: a completion of unknown date."""
        done = (stated_status.STATED_CLOSED, stated_status.STATED_DONE, stated_status.STATED_TO_VERIFY)
        return self.action.completed_on is None and self.heeded_word in done

    @property
    def is_confirmed(self) -> bool:
        """确认日期 and 效果结论 stand; such a row is judged from 措施无效 down."""
        return self.conclusion is not None

    @property
    def effect(self) -> str | None:
        """效果结论 that counts; None while not confirmed."""
        return self.conclusion.effect if self.conclusion else None

    @property
    def is_settled_effect(self) -> bool:
        """有效, or a 部分有效 that the quality department accepts: nothing more is to be done for the effect."""
        accepted = self.effect == words.PARTLY_EFFECTIVE and self.action.number in self.inputs.accepted_effects
        return accepted or self.effect == words.EFFECTIVE

    @property
    def confirmed_on(self) -> date | None:
        """Day of the conclusion that counts."""
        return self.conclusion.confirmed_on if self.conclusion else None

    @property
    def settled_on(self) -> date | None:
        """The same; of a 部分有效 that is accepted the day since when it is."""
        is_part = self.effect == words.PARTLY_EFFECTIVE
        return (self.inputs.accepted_effects.get(self.action.number) if is_part else None) or self.confirmed_on

    @property
    def is_followed_up(self) -> bool:
        """后续编号 names another row that is not cancelled (4.5.1)."""
        return bool(living_follow_ups(self.inputs, self.action))

    @property
    def is_completed(self) -> bool:
        """Done as far as deadlines go: completed and not sent back, or confirmed as effective, or done by word.

        A conclusion 无效 or 部分有效 without a day of completion tells of nothing that was done by the deadline.
        """
        done = self.action.completed_on is not None and not self.failed
        return done or self.is_settled_effect or self.is_closed_by_word or self.is_done_by_word

    @property
    def is_started(self) -> bool:
        """开始日期 or a progress above 0; always in a table with neither column, where nobody can tell."""
        if not self.inputs.has("started_on") and not self.inputs.has("progress"):
            return True
        return self.action.started_on is not None or bool(self.action.progress)

    @property
    def earliest_confirmation_on(self) -> date | None:
        """实际完成日期 + 观察期; None while not completed or in rework."""
        if self.action.completed_on is None or self.failed:
            return None
        return self.action.completed_on + timedelta(days=self.observation_days)

    @property
    def named_inspector(self) -> str | None:
        """Whom the row names for the inspection that is still to come; None where the cells are those of one before."""
        return None if self.is_inspected_before else self.action.inspector

    @property
    def named_confirmer(self) -> str | None:
        """Whom the row names for the confirmation that is still to come; None where the cells are of one before."""
        return None if self.is_confirmed_before else self.action.confirmer

    @property
    def is_inspected_before(self) -> bool:
        """The cells are those of an inspection made: a day with its verdict, or one before the completion."""
        return self._is_of_before(self.action.inspected_on, self.action.inspection)

    @property
    def is_confirmed_before(self) -> bool:
        """Likewise of a confirmation."""
        return self._is_of_before(self.action.confirmed_on, self.action.effect)

    def _is_of_before(self, day: date | None, verdict: str | None) -> bool:
        """A day without a verdict is half of the step that is asked for, and the rest of it is blank."""
        return day is not None and (verdict is not None or precedes(day, self.action.completed_on))

    @property
    def observation_days(self) -> int:
        """观察期(天) of the row, else the setting by 严重度 (A10)."""
        return self.inputs.procedure.observation_days_of(self.action)


def action_state_of(inputs: StatusInputs, action: Action) -> ActionState:
    """The case of an action as seen at T."""
    inputs = inputs.on_its_page(action)
    refused = inputs.stages.approval and routes.is_refused(inputs, action)
    stated = stated_family(inputs, action)
    is_again = is_begun_again(action, stated)
    return ActionState(
        inputs=inputs,
        action=action,
        route=routes.route_of(action),
        approval=None if refused else routes.approval_of(inputs, action),
        refused=refused,
        conclusion=None if is_again else conclusion_of(inputs, action),
        failed=is_again or _failed(inputs, action),
        open_revisions=open_revisions(inputs, action),
        owning_department=action.owning_department or inputs.roster.owner_of_process(action.process),
        stated=stated,
    )


def living_follow_ups(inputs: StatusInputs, action: Action) -> tuple[str, ...]:
    """The numbers of 后续编号 that stand for another living row."""
    named = action.follow_ups
    return tuple(n for n in named if n != action.number and n in inputs.living) if named else ()


def open_revisions(inputs: StatusInputs, action: Action) -> tuple[Revision, ...]:
    """Revision rows that are neither done nor refused with a reason (R68)."""
    rows = inputs.revisions.get(action.number) if inputs.revisions else None
    if not rows:
        return ()
    return tuple(r for r in rows if not r.revised_on and not is_refused(r))


def is_refused(row: Revision) -> bool:
    """True for a revision refused with its reason: nothing is left to do (R68)."""
    return row.approval == words.REFUSED and bool(row.refusal_reason)


def _failed(inputs: StatusInputs, action: Action) -> bool:
    if action.inspection != words.FAILED:
        return is_denied_after_a_check(inputs, action)
    if action.completed_on is None or action.inspected_on is None:
        return True
    return action.completed_on <= action.inspected_on
