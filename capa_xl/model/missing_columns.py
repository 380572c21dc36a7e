"""What is said of a table without a needed column, or a workbook without a tracker: in check and every refusal."""

from __future__ import annotations

from typing import Final

from capa_xl.model.action import TRACKER_SHEET

NO_TRACKER: Final = f"未找到《{TRACKER_SHEET}》工作表"
SEVERAL_TRACKERS: Final = "{v}都像，不能确定是哪一个"
NO_TRACKER_FIX: Final = f"把跟踪表的工作表改名为“{TRACKER_SHEET}”"
NO_COLUMN: Final = "缺少必需列「{c}」"
ALIASES: Final = "（可识别别名：{a}）"
NO_COLUMN_FIX: Final = "补上「{c}」列，或把意思相同的列改成这个名称"
