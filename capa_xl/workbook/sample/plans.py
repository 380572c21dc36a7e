"""计划: three versions of the improvement plan of one year."""

from __future__ import annotations

from capa_xl.workbook.sample.rows import Row, Sheets

_GOAL = "P2 响应超时率 ≤3%，变更失败率 ≤1%，关键备份失败 1 天内发现，重大服务中断不超过 2 次。"
_REQUIREMENT = "按 PDCA 推进：每项措施有目标、期限、责任人和分步方案；完成后检查，观察期满由归口部门负责人确认效果。"


def _version(version: str, written_on: str, approved_on: str, goal: str, requirement: str) -> Row:
    return {
        "number": "JH-2026",
        "version": version,
        "period_from": "2026-01",
        "period_to": "2026-12",
        "goal": goal,
        "requirement": requirement,
        "author": "样例检",
        "written_on": written_on,
        "approver": "样例总",
        "approved_on": approved_on,
        "approval": "同意",
    }


PLANS: Sheets = {
    "plans": (
        _version("V1.0", "2025-12-22", "2026-01-05", _GOAL, _REQUIREMENT),
        _version(
            "V1.1",
            "2026-04-22",
            "2026-05-06",
            _GOAL + "备份管理列为年度重点。",
            _REQUIREMENT + "按评审 GLPS-2026-01 每季报告备份改进进展。",
        ),
        _version(
            "V1.2",
            "2026-07-28",
            "2026-08-03",
            _GOAL + "备份管理列为年度重点；12 家客户服务月报统一口径。",
            _REQUIREMENT + "列入评审 GLPS-2026-02 的改进项。",
        ),
    )
}
