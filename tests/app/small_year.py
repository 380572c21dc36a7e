"""A tracker of two rows, the first of which ended in the year before: what year-end needs, and no more."""

from __future__ import annotations

from datetime import date

from tests.tables import workbook_bytes

DAY, BEFORE = date(2026, 3, 1), date(2026, 1, 1)
SHEET, ARCHIVE = "改进计划跟踪表", "归档.xlsx"
_TRACKER = [
    ["编号", "问题描述", "措施内容", "责任人", "登记日期", "完成期限", "完成日期", "验证结果", "验证日期", "字数"],
    ["GJ-01", "磁盘故障三次", "换硬盘", "样例甲", date(2025, 1, 5), date(2025, 4, 30), date(2025, 4, 2), "有效",
     date(2025, 6, 1), "=LEN(B2)"],
    ["GJ-02", "电源告警两次", "换电源", "样例甲", date(2025, 9, 5), date(2026, 4, 30)],
]  # fmt: skip


def small_year(workbook_id: str = "") -> bytes:
    """The workbook; J2 is somebody's own formula, without a result yet."""
    return workbook_bytes({SHEET: _TRACKER, "参数": [["参数", "值"], ["逾期提醒", "是"], ["工作簿标识", workbook_id]]})
