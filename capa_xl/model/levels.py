"""How much of the procedure a workbook holds: four levels, each with everything of the one before.

台账 is a ledger of actions and says of itself that it doesn't cover the policy; 制度 is complete for the policy's
ordinary case (4.1–4.5), and as it has no register of needs its rows say who found what in which process (3.2, 3.3.2);
评审 adds the registers that a management review reads; 数据 is the whole workbook.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from capa_xl.model.action import TRACKER_SHEET, Action
from capa_xl.model.columns import Column, columns_of
from capa_xl.model.derived import AUTO_COLUMNS
from capa_xl.model.schema import (
    FINDINGS_SHEET,
    GUIDE_SHEET,
    LEDGER_SHEET,
    LISTS_SHEET,
    OVERVIEW_SHEET,
    PEOPLE_SHEET,
    SETTINGS_SHEET,
    SHEET_NAMES,
    SHEETS,
    TIMELINE_SHEET,
)


class Level(Struct, frozen=True):
    """One level.

    Attributes:
        name: 台账, 制度, 评审 or 数据.
        keys: Keys of the tracker's columns that people fill.
        auto: Keys of its 〔自动〕 columns.
        sheets: Its sheets, the tracker among them.
        about: What it is for, a Chinese sentence.
    """

    name: str
    keys: frozenset[str]
    auto: frozenset[str]
    sheets: frozenset[str]
    about: str

    @property
    def is_whole(self) -> bool:
        """True for the workbook with everything."""
        return len(self.sheets) == len(SHEETS)

    @property
    def note(self) -> str:
        """What 参数 says of it on one line: the end of `about`."""
        return self.about.rpartition("；")[2]


class Growth(Struct, frozen=True):
    """What a workbook gets.

    Attributes:
        level: The one it is taken to; None where single sheets are added and the stages stay as they are.
        columns: Columns of the tracker, in order.
        sheets: Sheets.
    """

    level: Level | None
    columns: tuple[Column, ...]
    sheets: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """It has everything of that level already."""
        return not self.columns and not self.sheets


_LEDGER = frozenset(
    {"number", "description", "registered_on", "source", "action_type", "severity", "measure", "responsible_department",
     "owners", "due_on", "completed_on", "effect"}
)  # fmt: skip
_POLICY = _LEDGER | {
    "raised_by", "is_repeat", "process", "cause", "owning_department", "approver", "approved_on", "approval",
    "evidence", "inspector", "inspected_on", "inspection", "confirmer", "confirmed_on", "execution", "needs_revision",
    "archived_on",
}  # fmt: skip
_REVIEW = _POLICY | {col.key for col in columns_of(Action) if col.offered and col.visible} | {
    "approval_route", "review_number", "previous_numbers", "follow_ups", "plan_number", "need_number",
    "original_due_on",     "report_number", "archive_location", "cancelled_on", "cancel_reason", "cancel_approver",
}  # fmt: skip
_LEDGER_SHEETS = frozenset({TRACKER_SHEET, PEOPLE_SHEET, SETTINGS_SHEET})
_POLICY_SHEETS = _LEDGER_SHEETS | {
    OVERVIEW_SHEET, "措施分解", "进展反馈", "延期记录", "文件修订", LISTS_SHEET, "节假日", FINDINGS_SHEET, LEDGER_SHEET,
    GUIDE_SHEET,
}  # fmt: skip
_REVIEW_SHEETS = _POLICY_SHEETS | {
    TIMELINE_SHEET, "效果确认", "更正记录", "问题需求登记", "管理评审", "计划", "例外说明", "部门沿革",
}  # fmt: skip
_ALL_AUTO = frozenset(col.key for col in AUTO_COLUMNS)

LEVELS: Final = (
    Level(
        "台账", _LEDGER, frozenset(col.key for col in AUTO_COLUMNS if col.visible), _LEDGER_SHEETS,
        "只作台账：登记、措施、期限、效果；没有审批、检查、确认、归档的记录，不能覆盖制度的要求。",
    ),
    Level("制度", _POLICY, _ALL_AUTO, _POLICY_SHEETS, "一般的纠正、预防按制度走完：审批、检查、确认、修订、归档。"),
    Level("评审", _REVIEW, _ALL_AUTO, _REVIEW_SHEETS, "加上需求登记、计划、管理评审等登记表，供管理评审。"),
    Level(
        "数据", frozenset(col.key for col in columns_of(Action) if col.offered), _ALL_AUTO,
        SHEET_NAMES, "完整的工作簿：加上过程指标、质量数据、分析记录。",
    ),
)  # fmt: skip
"""From the smallest to the whole."""
WHOLE: Final = LEVELS[-1]


def level_named(name: str) -> Level:
    """The level of that name.

    Raises:
        KeyError: There is none (a bug of the caller).
    """
    return {level.name: level for level in LEVELS}[name]
