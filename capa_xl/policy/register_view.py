"""The register as somebody saw it at T, with everything derived from it: what rules, reminders and papers read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from capa_xl.model.action import Action
from capa_xl.model.as_of import AsOf
from capa_xl.model.derived import Derived
from capa_xl.model.procedure import Procedure
from capa_xl.model.records import (
    Confirmation,
    Correction,
    Decision,
    Extension,
    Need,
    PlanVersion,
    Progress,
    Revision,
    Step,
)
from capa_xl.model.register import Register
from capa_xl.policy.calendar import WorkCalendar
from capa_xl.policy.roster import Roster
from capa_xl.policy.status_inputs import StagesInForce, StatusInputs


class RegisterView(Struct, frozen=True):
    """The register at T.

    Attributes:
        register: Everything as written, the future included.
        as_of: T and today.
        inputs: Calendar, roster, stages and child rows at T.
        actions: The actions as seen at T, in sheet order; those registered later are left out.
        by_number: The same by 编号.
        derived: What follows for each of them, by 编号.
        pairs: Each action with what follows for it, in sheet order.
        needs: Rows of 问题需求登记 as seen at T.
        past: The archived years as seen at T.
        ended: Of each of them the 编号 that have ended by today, T or later, and stand in no later one: their rows left
            the workbook.
    """

    register: Register
    as_of: AsOf
    inputs: StatusInputs
    actions: tuple[Action, ...]
    by_number: Mapping[str, Action]
    derived: Mapping[str, Derived]
    pairs: tuple[tuple[Action, Derived], ...]
    needs: tuple[Need, ...]
    past: tuple[RegisterView, ...] = ()
    ended: tuple[frozenset[str], ...] = ()

    @property
    def on(self) -> date:
        """T."""
        return self.as_of.on

    @property
    def procedure(self) -> Procedure:
        """The quality department's settings."""
        return self.register.procedure

    @property
    def calendar(self) -> WorkCalendar:
        """Working days."""
        return self.inputs.calendar

    @property
    def roster(self) -> Roster:
        """Who is who."""
        return self.inputs.roster

    @property
    def stages(self) -> StagesInForce:
        """Which stages the table's columns make possible."""
        return self.inputs.stages

    @property
    def steps(self) -> Mapping[str, tuple[Step, ...]]:
        """措施分解 by 编号."""
        return self.inputs.steps

    @property
    def progress(self) -> Mapping[str, tuple[Progress, ...]]:
        """进展反馈 by 编号."""
        return self.inputs.progress

    @property
    def extensions(self) -> Mapping[str, tuple[Extension, ...]]:
        """延期记录 by 编号."""
        return self.inputs.extensions

    @property
    def rounds(self) -> Mapping[str, tuple[Confirmation, ...]]:
        """效果确认 by 编号."""
        return self.inputs.rounds

    @property
    def revisions(self) -> Mapping[str, tuple[Revision, ...]]:
        """文件修订 by 编号."""
        return self.inputs.revisions or {}

    @property
    def corrections(self) -> Mapping[str, tuple[Correction, ...]]:
        """更正记录 by 编号."""
        return self.inputs.corrections

    @property
    def decisions(self) -> Mapping[str, tuple[Decision, ...]]:
        """管理评审 by 评审编号."""
        return self.inputs.decisions or {}

    @property
    def plans(self) -> Mapping[str, tuple[PlanVersion, ...]]:
        """计划 by 计划编号."""
        return self.inputs.plans

    def cells_to_fill(self, action: Action) -> tuple[str, ...]:
        """A1 of the tracker's cells that 下一步 asks for, in order; () where it asks for another sheet's."""
        derived = self.derived.get(action.number)
        return tuple(self.at(action, key) for key in derived.next_keys) if derived else ()

    def at(self, row: int | Action, key: str) -> str:
        """A1 of a tracker value; "" when the table lacks the column."""
        return self.register.tracker.cell(row if isinstance(row, int) else row.row, key)
