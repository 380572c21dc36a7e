"""The history of a tracker as people ask for it: what changed, in which row, seen on which day, and of what kind."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct


class ChangeKind(StrEnum):
    """What kind of change it was; the value is the word people read."""

    EDITED = "修改"
    MOVED_WITH_APPROVAL = "改期（有批准的延期）"
    MOVED_WITHOUT = "改期（没有批准）"
    AFTER_APPROVAL = "批准后改动"
    HANDED_OVER = "交接"
    REORGANISED = "部门更名"
    ADDED = "新增"
    VANISHED = "删除"
    ARCHIVED = "归档"
    RENUMBERED = "改编号"
    REOPENED = "关闭后重开"
    REOPENED_WITH_ENTRY = "关闭后重开（有更正记录）"
    AUTO_EDITED = "自动列被手改"
    OLDER_FILE = "从前的一版"
    OLDER_JOURNAL = "台账缺一段"
    FROZEN = "定稿"
    SIGNED = "签字件"


TO_ANSWER = frozenset(
    {
        ChangeKind.MOVED_WITHOUT,
        ChangeKind.AFTER_APPROVAL,
        ChangeKind.VANISHED,
        ChangeKind.RENUMBERED,
        ChangeKind.REOPENED,
        ChangeKind.AUTO_EDITED,
        ChangeKind.OLDER_FILE,
        ChangeKind.OLDER_JOURNAL,
    }
)
"""Kinds that somebody should be able to explain; an auditor asks for these first."""


class HistoryLine(Struct, frozen=True):
    """One change. `field` is "" where the whole row is meant; blank before or after is "".

    Attributes:
        seen_on: Day of the run that saw it; it was made between that run and the one before.
    """

    kind: ChangeKind
    number: str
    field: str
    before: str
    after: str
    seen_on: date
