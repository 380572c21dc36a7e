"""管理评审: the decisions of the reviews that the storylines and further rows go back to."""

from __future__ import annotations

from capa_xl.workbook.sample.rows import Row, Sheets


def _decision(number: str, item: str, on: str, topic: str, decision: str, **more: str) -> Row:
    return {
        "number": number,
        "item": item,
        "on": on,
        "chair": "样例总",
        "topic": topic,
        "decision": decision,
        "conclusion": "同意",
        **more,
    }


REVIEWS: Sheets = {
    "decisions": (
        _decision(
            "GLPS-2026-01",
            "1",
            "2026-04-16",
            "备份失败重复发生的纠正措施",
            "同意，列为年度重点，每季报告。",
            input_numbers="GJ-2025-019、GJ-2026-012",
            responsible_department="系统部",
            due_on="2026-07-31",
            tracker_numbers="GJ-2026-012",
        ),
        _decision(
            "GLPS-2026-02",
            "1",
            "2026-07-22",
            "服务月报 SLA 口径不一",
            "统一 12 家客户服务月报的 SLA 口径。",
            responsible_department="服务台",
            due_on="2026-10-30",
            tracker_numbers="GJ-2026-041",
        ),
    )
}
