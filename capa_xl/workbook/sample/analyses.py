"""分析记录: what the departments concluded from their data (4.3.1), and sources that had nothing."""

from __future__ import annotations

from capa_xl.workbook.sample.rows import Row, Sheets


def _analysis(
    number: str, on: str, period: str, department: str, data: tuple[str, str], method: str, signal: str,
    conclusion: str, disposition: str, *, tracker: str | None = None, reason: str | None = None,
) -> Row:  # fmt: skip
    """One record; data is 数据来源 and 数据范围."""
    return {
        "number": number,
        "on": on,
        "period": period,
        "department": department,
        "source": data[0],
        "data_range": data[1],
        "method": method,
        "signal": signal,
        "conclusion": conclusion,
        "disposition": disposition,
        "tracker_numbers": tracker,
        "reason": reason,
    }


ANALYSES: Sheets = {
    "analyses": (
        _analysis(
            "FX-2026-001",
            "2026-01-09",
            "2026-01",
            "信息安全部",
            ("测试数据", "<2026-01 期间> 钓鱼演练 186 人"),
            "排列图",
            "点击 22 人（11.8%），其中首次参加演练 15 人。",
            "点击率高于目标 5%，应采取预防措施。",
            "预防措施",
            tracker="GJ-2026-003",
        ),
        _analysis(
            "FX-2026-006",
            "2026-07-03",
            "2026-06",
            "数据中心部",
            ("质量统计数据", "UPS 蓄电池内阻月均值，<2025-12 期间> 至 <2026-06 期间>"),
            "单值-移动极差图（I-MR）",
            "2#UPS 组 6 点连升（Nelson 3），由 3.1 升至 4.4 mΩ。",
            "蓄电池老化加快，按趋势年底前达到更换限 5.0 mΩ。",
            "预防措施",
            tracker="GJ-2026-038",
        ),
        _analysis(
            "FX-2026-007",
            "2026-07-30",
            "2026-07",
            "信息安全部",
            ("测试数据", "<2026-07 期间> 钓鱼演练 190 人"),
            "Fisher 精确检验",
            "点击 20 人（10.5%），与改进前 11.8% 没有差别（p=0.41）。",
            "GJ-2026-003 无效，应换措施。",
            "预防措施",
            tracker="GJ-2026-042",
        ),
        _analysis(
            "FX-2026-009",
            "2026-10-27",
            "2026-10",
            "网络部",
            ("质量统计数据", "出口带宽峰值利用率，<2025-01 期间> 至 <2026-10 期间>"),
            "单值-移动极差图（I-MR）",
            "<2026-10 月> 85% 超出上控制限，此前连续两个月上升。",
            "带宽将在<2027-01 月>前后拥塞，应扩容。",
            "预防措施",
            tracker="GJ-2026-047",
        ),
    )
}
