"""What the policy derives for one action at one day, and the 〔自动〕 columns it is printed in."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.approval_in_force import Approval
from capa_xl.model.auto_texts import NEW_ROOM, Room, actors_shown, department_shown, step_shown
from capa_xl.model.columns import Column, Kind
from capa_xl.model.conclusion import Conclusion

AUTO_PREFIX = "〔自动〕"


class Derived(Struct, frozen=True):
    """Status, deadlines and the next step of one action at T. Derived, never written into people's cells.

    Attributes:
        status: One of `words.STATUSES`.
        stage: PDCA stage P, D, C or A; "" for 已取消.
        route: 应批准方式 as printed (may be `words.BY_EITHER`); "" while type or severity is unknown.
        route_satisfied: True when the approval the route demands is in force at T, or no column could tell of one.
        inspector_department: 应检查部门, a department's name; "" when cancelled or unknown.
        overdue: Y-codes, worst first (`words.OVERDUE_ORDER`).
        days_overdue: Calendar days past the shown code's deadline; Y2: the days late; Y0 or none: 0.
        days_left: 完成期限 − T, negative when past; None once completed or cancelled, or without a due date.
        remind_on: Planned day of M1 (moved back to a working day); None without a due date.
        earliest_confirmation_on: 实际完成日期 (the inspected one) + 观察期.
        report_due_on: 确认日期 (of an accepted 部分有效 the day of 例外说明) + 限期工作日_归档; None where nothing is
            concluded, or without the effect wanted: only what worked goes on to its report.
        next_step: What is to be done next, a Chinese phrase; "" when nothing waits.
        next_keys: Keys of the tracker's cells that the next step asks for, in order; those to put right first.
        first_keys: Keys of those of them that are to be put right first.
        unlisted: Names stand in cells to put right first that 人员部门 lacks: 质量部 corrects them or adds them there.
        first_cells: Cells of other sheets to put right before, 延期记录!G3.
        first_actors: Who puts each of those right; "" for the owners.
        next_actor: Name of the person (or department) it waits for; "" when nobody.
        level: 问题层面, given or derived from 来源.
        owning_department: 归口部门, given or derived from 所属过程.
        priority: 优先级, given or derived.
        original_due_on: 原完成期限, given or derived.
        closed_on: max(确认, 修订完成, 归档) of a closed action whose dates are known.
        conclusion: What counts of its confirmations; None while none does.
        approval: The approval in force, whosever it is; None while none is, or no column tells of one.
        taken_back: Day and kind of the entry of 更正记录 that undid what the shown code waits for, when its deadline
            was over; the days count from that deadline all the same. "" otherwise.
    """

    number: str
    row: int
    status: str
    stage: str
    route: str
    route_satisfied: bool
    inspector_department: str
    overdue: tuple[str, ...]
    days_overdue: int
    days_left: int | None
    remind_on: date | None
    earliest_confirmation_on: date | None
    report_due_on: date | None
    next_step: str
    next_actor: str
    level: str
    owning_department: str | None
    priority: str
    original_due_on: date | None
    closed_on: date | None
    conclusion: Conclusion | None = None
    approval: Approval | None = None
    taken_back: str = ""
    next_keys: tuple[str, ...] = ()
    first_keys: tuple[str, ...] = ()
    first_cells: tuple[str, ...] = ()
    first_actors: tuple[str, ...] = ()
    unlisted: bool = False

    @property
    def is_ended(self) -> bool:
        """True for 已取消, 已转后续, 已关闭: nothing waits for anybody."""
        return self.status in words.ENDED

    @property
    def approved_on(self) -> date | None:
        """The day of the approval in force; None without one, or where nobody dated it."""
        return self.approval.on if self.approval is not None else None

    @property
    def is_late(self) -> bool:
        """Late in what is still to be done: 即将到期 isn't yet, and a completion that came late is over."""
        return is_late(self.overdue)

    @property
    def stuck_at(self) -> str:
        """Y-code of the step whose own limit is past besides 完成期限 (实施逾期); "" for none."""
        if self.overdue[:1] != ("Y1",):
            return ""
        return next((code for code in self.overdue if code in words.WAITING_LATE), "")

    @property
    def overdue_phrase(self) -> str:
        """What people read: 实施逾期 10 天, 确认超时 3 天, 即将到期，剩余 26 天, 逾期完成 3 天, or "".

        Of what was taken back the days count from a deadline that was over by then, and that is said behind them:
        实施逾期 450 天（按旧期限，2026-11-20 重开）.
        """
        if not self.overdue:
            return ""
        code = self.overdue[0]
        word = words.OVERDUE_WORDS[code]
        if code == "Y0":
            return f"{word}，剩余 {self.days_left} 天" if self.days_left else DUE_TODAY
        if code in ("Y1", "Y2"):
            return f"{word} {self.days_overdue} 天{self._anew}"
        return f"{waiting_late_word(code)} {self.days_overdue} 天{self._anew}"

    @property
    def overdue_briefly(self) -> str:
        """`overdue_phrase` for a narrow cell: of what was taken back only that it was, 实施逾期 450 天（重开）."""
        kind = self.taken_back.rpartition(" ")[2]
        return self.overdue_phrase.replace(self._anew, f"（{kind}）") if kind else self.overdue_phrase

    @property
    def status_and_lateness(self) -> str:
        """实施中，实施逾期 45 天: its status, and how late it is."""
        return f"{self.status}，{self.overdue_briefly}" if self.is_late else self.status

    @property
    def _anew(self) -> str:
        return f"（按旧期限，{self.taken_back}）" if self.taken_back else ""


def is_late(overdue: tuple[str, ...]) -> bool:
    """Y-codes, the worst first, say that something still to be done is late: not Y0, 即将到期, nor Y2, 逾期完成."""
    return bool(overdue) and overdue[0] not in ("Y0", "Y2")


DUE_TODAY = "今天到期"


def waiting_late_word(code: str) -> str:
    """How 逾期类别 begins for a code of `words.WAITING_LATE`; 总览's formulas look for it."""
    return f"{words.OVERDUE_WORDS[code]}超时"


def _auto(key: str, name: str, kind: Kind, *, visible: bool = False) -> Column:
    return Column(
        key=key,
        header=AUTO_PREFIX + name,
        kind=kind,
        band="自动",
        filled_by="工具",
        visible=visible,
        ours=True,
    )


AUTO_COLUMNS: tuple[Column, ...] = (
    _auto("status", "状态", Kind.TEXT, visible=True),
    _auto("days_overdue", "逾期天数", Kind.COUNT, visible=True),
    _auto("next_step", "下一步", Kind.TEXT, visible=True),
    _auto("next_actor", "下一步责任人", Kind.TEXT, visible=True),
    _auto("stage", "PDCA阶段", Kind.TEXT),
    _auto("route", "应批准方式", Kind.TEXT),
    _auto("inspector_department", "应检查部门", Kind.TEXT),
    _auto("overdue", "逾期类别", Kind.TEXT),
    _auto("days_left", "距期限天数", Kind.COUNT),
    _auto("remind_on", "提醒日", Kind.DATE),
    _auto("earliest_confirmation_on", "最早确认日", Kind.DATE),
    _auto("report_due_on", "报告应交日", Kind.DATE),
    _auto("problem_count", "校验问题数", Kind.COUNT),
    _auto("updated_on", "更新时间", Kind.DATE),
)
"""The columns of the tracker that we write, in the order of workbook.md."""


def auto_values(derived: Derived, problem_count: int, room: Room = NEW_ROOM) -> dict[str, str | int | date | None]:
    """The 〔自动〕 cells of one action by key, without 更新时间, which depends on whether any of these changed.

    逾期类别 holds the phrase people read, worst code first (`Derived.overdue_briefly`).

    Args:
        room: Of the row's cells.
    """
    return {
        "status": derived.status,
        "days_overdue": derived.days_overdue,
        "next_step": step_shown(derived.next_step, room) or None,
        "next_actor": actors_shown(derived.next_actor, room) or None,
        "stage": derived.stage or None,
        "route": derived.route or None,
        "inspector_department": department_shown(derived.inspector_department, room) or None,
        "overdue": derived.overdue_briefly or None,
        "days_left": derived.days_left,
        "remind_on": derived.remind_on,
        "earliest_confirmation_on": derived.earliest_confirmation_on,
        "report_due_on": derived.report_due_on,
        "problem_count": problem_count,
    }


def quarantined_values(
    problem_count: int, correction: str = "", corrector: str = "", room: Room = NEW_ROOM
) -> dict[str, str | int | date | None]:
    """The 〔自动〕 cells of a quarantined row: 待更正, what to put right and who, its Problems counted; else blank."""
    values: dict[str, str | int | date | None] = {col.key: None for col in AUTO_COLUMNS}
    said = {
        "next_step": step_shown(correction, room) or None,
        "next_actor": actors_shown(corrector, room) or None,
        "problem_count": problem_count,
    }
    return values | {"status": words.TO_CORRECT} | said
