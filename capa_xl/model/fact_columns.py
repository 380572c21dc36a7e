"""The columns of `facts`: one row an action, for other tools. Names and meanings stay; new ones are added last."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Final

from msgspec import Struct

FactValue = str | int | bool | date | None
FactRow = tuple[FactValue, ...]


class FactKind(Enum):
    """What a column holds; blank is null everywhere."""

    TEXT = "文字"
    DATE = "日期"
    COUNT = "整数"
    FLAG = "真/假"


class FactColumn(Struct, frozen=True):
    """One column.

    Attributes:
        name: Its stable name.
        meaning: In Chinese, with the heading it comes from.
    """

    name: str
    kind: FactKind
    meaning: str


_TEXT, _DATE, _COUNT, _FLAG = FactKind.TEXT, FactKind.DATE, FactKind.COUNT, FactKind.FLAG

FACT_COLUMNS: Final = (
    FactColumn("workbook", _TEXT, "工作簿的路径"),
    FactColumn("workbook_id", _TEXT, "《参数》“工作簿标识”；没有填的为空"),
    FactColumn("company", _TEXT, "《参数》“公司名称”"),
    FactColumn("as_of", _DATE, "数据截至日"),
    FactColumn("row", _COUNT, "工作表中的行号"),
    FactColumn("number", _TEXT, "编号"),
    FactColumn("action_type", _TEXT, "措施类型"),
    FactColumn("severity", _TEXT, "严重度"),
    FactColumn("category", _TEXT, "问题类别"),
    FactColumn("process", _TEXT, "所属过程"),
    FactColumn("description", _TEXT, "问题描述"),
    FactColumn("responsible_department", _TEXT, "责任部门（第一个）"),
    FactColumn("owners", _TEXT, "责任人，几个人以“、”相连"),
    FactColumn("registered_on", _DATE, "登记日期"),
    FactColumn("due_on", _DATE, "完成期限"),
    FactColumn("original_due_on", _DATE, "原完成期限（填的或推算的）"),
    FactColumn(
        "approved_on",
        _DATE,
        "生效的批准的日期：应批准方式认可的签字、管理评审、计划中最早的；不同意、不合应批准方式的为空",
    ),
    FactColumn("completed_on", _DATE, "实际完成日期；检查不合格、还要返工的为空"),
    FactColumn("inspected_on", _DATE, "检查日期"),
    FactColumn("cancelled_on", _DATE, "取消日期"),
    FactColumn("confirmed_on", _DATE, "生效的效果结论的确认日期"),
    FactColumn("conclusion", _TEXT, "生效的效果结论：有效、部分有效、无效"),
    FactColumn("closed_on", _DATE, "关闭日期；日期不全的为空"),
    FactColumn("status", _TEXT, "推算的状态"),
    FactColumn("is_ended", _FLAG, "已关闭、已取消或已转后续"),
    FactColumn("stage", _TEXT, "PDCA 阶段"),
    FactColumn("route", _TEXT, "应批准方式"),
    FactColumn("inspector_department", _TEXT, "应检查部门"),
    FactColumn("overdue", _TEXT, "逾期代码，最要紧的在前，以空格相连"),
    FactColumn("is_overdue", _FLAG, "超过完成期限还没有完成（Y1）"),
    FactColumn(
        "days_overdue", _COUNT, "overdue 第一个代码的逾期日历日数（完成得晚、等待别人的也有，见 is_overdue）；没有为 0"
    ),
    FactColumn("days_left", _COUNT, "距完成期限的日历日数，逾期为负；已完成的为空"),
    FactColumn("remind_on", _DATE, "提前一个月提醒的计划日"),
    FactColumn("next_step", _TEXT, "下一步"),
    FactColumn("next_actor", _TEXT, "待办责任人"),
    FactColumn("level", _TEXT, "问题层面"),
    FactColumn("owning_department", _TEXT, "归口部门"),
    FactColumn("priority", _TEXT, "优先级"),
    FactColumn("errors", _COUNT, "这一行的错误数"),
    FactColumn("warnings", _COUNT, "这一行的警告数"),
)
