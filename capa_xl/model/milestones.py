"""The milestones as data: every kind of reminder with its name, its audience and its place in a letter.

Ladder, letters, calendar files, ledger, review, SQL and docs/reminders.md read this table; nothing takes a code apart.
The days of M2 and of the ladder are the quality department's (`Procedure.early_days_general`, `.escalation_days`).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import Final

from msgspec import Struct


class Section(StrEnum):
    """The sections of a letter, in the order people read them."""

    OVERDUE = "实施逾期"
    LATE_STEPS = "步骤逾期"
    WAITING = "等您处理"
    COMING = "即将到期"
    INFORMED = "知会"
    DIGEST = "每周汇总"


class Post(StrEnum):
    """Who hears of a milestone."""

    OWNERS = "责任人"
    STEP_DOERS = "未完成步骤的责任人"
    MANAGER = "责任部门经理"
    STEP_MANAGERS = "有未完成步骤的部门的经理"
    PROCESS_HEAD = "归口部门负责人"
    APPROVER = "应批准的人"
    INSPECTOR = "检查人"
    INSPECTING_HEAD = "检查部门负责人"
    CONFIRMER = "确认人"
    REVISER = "修订人"
    ANSWERER = "应答复的人"
    RECEIVER = "接收人"
    GENERAL_MANAGER = "总经理"
    QUALITY_HEAD = "质量部负责人"
    QUALITY_STAFF = "质量部专员"


class Milestone(Struct, frozen=True):
    """One kind of reminder.

    Attributes:
        code: As journal, 提醒台账 and JSON hold it.
        name: What staff read.
        section: Where it stands in a letter of somebody who must act.
        acting: Who must act.
        informed: Who is told besides.
        when: The rule of its days, for docs/reminders.md.
        is_capped: False for what 每周每人上限 neither counts nor holds back.
        is_step: It speaks of a step with a limit of its own, not of 完成期限.
        is_urgent: It goes at the next pass, beside a letter of the same day, and holds nothing else back.
        urges: Counts as 催办 of the owner: the due date has passed.
        escalates: Reaches beyond the responsible department: 已升级.
        limit_name: What the date it speaks of is called.
    """

    code: str
    name: str
    section: Section
    acting: tuple[Post, ...]
    when: str
    informed: tuple[Post, ...] = ()
    is_capped: bool = True
    is_step: bool = False
    is_urgent: bool = False
    urges: bool = False
    escalates: bool = False
    limit_name: str = "完成期限"

    @property
    def late_word(self) -> str:
        """How people say that its date has passed: only 完成期限 makes an action 逾期 (semantics.md)."""
        return f"{self.limit_name[:2]}超时" if self.is_step else "实施逾期"


M1: Final = Milestone(
    "M1", "提前一个月提醒", Section.COMING,
    (Post.MANAGER, Post.OWNERS, Post.STEP_DOERS, Post.STEP_MANAGERS),
    "完成期限前一个月（《参数》到期前首次提醒），遇月末取当月最后一天，遇休息日提前到工作日",
    informed=(Post.PROCESS_HEAD,), is_capped=False,
)  # fmt: skip
O1: Final = Milestone(
    "O1", "逾期提醒", Section.OVERDUE, (Post.OWNERS, Post.MANAGER, Post.STEP_DOERS, Post.STEP_MANAGERS),
    "逾期后第一个工作日，以后每周一，至多 4 次", urges=True,
)  # fmt: skip
O2: Final = Milestone(
    "O2", "逾期升级至归口部门", Section.OVERDUE, (*O1.acting, Post.PROCESS_HEAD),
    "逾期超过 7 天（《参数》逾期升级天数），以后每月", urges=True, escalates=True,
)  # fmt: skip
O3: Final = Milestone(
    "O3", "逾期升级至总经理", Section.OVERDUE, (*O2.acting, Post.GENERAL_MANAGER, Post.QUALITY_HEAD),
    "逾期超过 30 天（《参数》逾期升级天数）一次；发出满两周以后，每月第一个工作日合为一份清单",
    urges=True, escalates=True,
)  # fmt: skip
LADDER: Final = (O1, O2, O3)
"""The steps of an overdue action, lowest first; only the highest reached speaks."""


def _step(code: str, name: str, limit: str, acting: tuple[Post, ...], when: str) -> Milestone:
    return Milestone(code, name, Section.WAITING, acting, when, is_step=True, limit_name=limit)


S1: Final = _step(
    "S1", "待审批提醒", "审批限期", (Post.APPROVER,),
    "登记后第 3 个工作日，以后每周一；延期申请同样；批准前要先补几格的，同时给补的部门",
)  # fmt: skip
S2: Final = _step(
    "S2", "待检查提醒", "检查限期", (Post.INSPECTOR, Post.INSPECTING_HEAD),
    "完成当天，以后每周一；表里没有写检查人的给检查部门负责人",
)  # fmt: skip
S3: Final = _step(
    "S3", "待确认提醒", "确认限期", (Post.CONFIRMER, Post.PROCESS_HEAD),
    "观察期满当天，以后每周一；表里没有写确认人的给归口部门负责人",
)  # fmt: skip
S4: Final = _step(
    "S4", "文件修订提醒", "修订限期", (Post.REVISER, Post.PROCESS_HEAD), "到限当天一次；没有修订人的给归口部门负责人"
)  # fmt: skip
S5: Final = _step("S5", "归档提醒", "归档限期", (Post.MANAGER,), "到限当天一次")
S6: Final = _step(
    "S6", "待答复提醒", "答复限期", (Post.ANSWERER,), "到限当天一次：需求评估、要求单回复、问题反馈、资源申请"
)  # fmt: skip
S7: Final = Milestone(
    "S7", "顾客投诉提醒", Section.WAITING, (Post.RECEIVER, Post.MANAGER),
    "问题需求登记写了要求响应时间或要求书面回复，下一次运行就发（读不出是何时的按当天到期）；过了时限（写到分钟的按分钟，只写日期的过了当天）再发一次；不受每周上限和休息日限制",
    informed=(Post.QUALITY_HEAD,), is_capped=False, is_step=True, is_urgent=True, limit_name="投诉时限",
)  # fmt: skip
Q1: Final = Milestone(
    "Q1",
    "每周汇总",
    Section.DIGEST,
    (Post.QUALITY_HEAD, Post.QUALITY_STAFF),
    "每周一次：第一个工作日；那天没有运行或没有可说的，这一周里有了再发",
)
ALARM: Final = Milestone("告警", "告警", Section.DIGEST, (Post.QUALITY_HEAD, Post.QUALITY_STAFF),
                         "表格缺列缺行、当天不发提醒时，同一缺失每周一次", is_capped=False)  # fmt: skip

_EARLY_PREFIX: Final = "M2-"


@cache
def early(days: int) -> Milestone:
    """M2-n: the owner's reminder n calendar days before 完成期限, moved back to a working day."""
    name = f"提前 {days} 天提醒" if days else "到期当天提醒"
    when = "期限前若干天（《参数》提前提醒天数，重大的另有设置），遇休息日提前到工作日"
    return Milestone(f"{_EARLY_PREFIX}{days}", name, Section.COMING, (Post.OWNERS, Post.STEP_DOERS), when)


MILESTONES: Final = (M1, *LADDER, S1, S2, S3, S4, S5, S6, S7, Q1, ALARM)
"""All but M2, of which there is one for every number of days (`early`)."""
_BY_CODE: Final = {milestone.code: milestone for milestone in MILESTONES}
UNCAPPED: Final = tuple(milestone.code for milestone in MILESTONES if not milestone.is_capped)
"""Codes that 每周每人上限 neither counts nor holds back."""


@cache
def milestone_of(code: str) -> Milestone | None:
    """The milestone of a code; None for a code of a foreign ledger."""
    days = code.removeprefix(_EARLY_PREFIX)
    return early(int(days)) if days != code and days.isdecimal() else _BY_CODE.get(code)


def milestone_name(code: str) -> str:
    """What staff read for a code; a code that nobody knows is shown as it stands."""
    milestone = milestone_of(code)
    return milestone.name if milestone else code


def milestone_label(code: str) -> str:
    """Name and code as 提醒台账 shows them: 提前一个月提醒（M1）; the code alone where nobody knows it."""
    milestone = milestone_of(code)
    return f"{milestone.name}（{code}）" if milestone and milestone.name != code else code


def labelled_code(label: str) -> str:
    """The code in such a label, or the text itself, which is what older ledgers hold."""
    found = _LABEL.fullmatch(label.strip())
    return found[1] if found else label.strip()


_LABEL: Final = re.compile(r".*（([^（）]+)）")


def is_early(code: str) -> bool:
    """True for a reminder shortly before a due date, after that of a month before."""
    return code.startswith(_EARLY_PREFIX) and milestone_of(code) is not None


def is_urging(code: str) -> bool:
    """True for what counts as 催办 after a due date."""
    milestone = milestone_of(code)
    return milestone is not None and milestone.urges
