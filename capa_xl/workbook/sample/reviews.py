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
        _decision(
            "GLPS-2025-03",
            "1",
            "2025-10-22",
            "内部审核与外部审核不符合项的整改情况",
            "同意整改安排；作废文件问题由质量部按期完成，年底前复查一次。",
            input_numbers="GJ-2025-067、GJ-2025-072",
            responsible_department="质量部",
            due_on="2025-12-12",
            tracker_numbers="GJ-2025-072",
        ),
        _decision(
            "GLPS-2026-01",
            "2",
            "2026-04-16",
            "客户A 交易系统发布失败的纠正措施",
            "同意，灰度发布推广到全部交易类系统。",
            input_numbers="GJ-2025-076",
            responsible_department="系统部",
            due_on="2026-06-30",
            tracker_numbers="GJ-2025-076",
        ),
        _decision(
            "GLPS-2026-01",
            "3",
            "2026-04-16",
            "下一期的目标与重点过程",
            "重点过程为备份、变更、供方；P2 响应超时率目标维持 3%。",
        ),
        _decision(
            "GLPS-2026-02",
            "2",
            "2026-07-22",
            "客户D 测试主机挖矿事件的纠正措施",
            "同意完成情况；观察期满后由信息安全部报告效果。",
            input_numbers="GJ-2026-025",
            responsible_department="信息安全部",
            due_on="2026-10-30",
            tracker_numbers="GJ-2026-025",
        ),
        _decision(
            "GLPS-2026-02",
            "3",
            "2026-07-22",
            "供方甲 专线故障",
            "同意按重大纠正处理，必要时更换供方。",
            input_numbers="GJ-2026-036",
            responsible_department="商务部",
            due_on="2026-10-08",
            tracker_numbers="GJ-2026-036",
        ),
    )
}
