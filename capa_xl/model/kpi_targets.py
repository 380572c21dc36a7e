"""Default rows of sheet 参数 beyond the fields of `Procedure`: the KPI targets."""

from __future__ import annotations

import re
from typing import Final

KPI_TARGET_PREFIX: Final = "KPI目标_"
TARGET: Final = re.compile(r"(?P<way>≥|>=|≤|<=|<|＜)?\s*(?P<limit>\d+(?:\.\d+)?)\s*(?P<percent>[%％])?\s*天?")
"""A target as it is written: ≥95%, <5%, 30天."""

KPI_TARGETS: Final[dict[str, str]] = {
    "按期完成率": "≥95%",
    "按期完成率_原期限": "≥85%",
    "逾期率": "<5%",
    "最长逾期天数": "≤30",
    "措施有效率": "≥90%",
    "重复发生率": "≤5%",
    "按时提醒率": "100%",
    "审批合规率": "100%",
    "检查及时率": "≥95%",
    "确认及时率": "≥95%",
    "归档及时率": "≥95%",
    "纠正措施覆盖率": "100%",
    "修订完成率": "≥90%",
    "需求评估及时率": "≥95%",
    "延期率": "≤15%",
    "取消率": "≤5%",
    "数据质量": "≥98%",
}
"""The house's targets, not the policy's (semantics.md, *KPIs*)."""
