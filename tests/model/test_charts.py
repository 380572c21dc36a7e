from __future__ import annotations

import pytest

from capa_xl.model.charts import lines_drawn, title_lines
from capa_xl.model.row_heights import text_width


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("驻场无替补缺勤由 18.2% 降至 2.0%", ("驻场无替补缺勤由 18.2% 降至 2.0%",)),
        (
            "暴露的远程端口与弱口令：改进前 1.0%，改进后 0.0%，数据尚不足以判断",
            ("暴露的远程端口与弱口令：", "改进前 1.0%，改进后 0.0%，数据尚不足以判断"),
        ),
        (
            "近 12 个月新增 57 项、关闭 31 项，月末实施逾期 2 项（至 2026-11）",
            ("近 12 个月新增 57 项、关闭 31 项，", "月末实施逾期 2 项（至 2026-11）"),
        ),
        (
            "服务台 P2 事件 首次响应超时率：2026-05 起 3 点超出 3σ，另有 1 个信号点（p 图，2025-01 至 2026-10，n=22）",
            (
                "服务台 P2 事件 首次响应超时率：2026-05 起 3 点超出 3σ，",
                "另有 1 个信号点（p 图，2025-01 至 2026-10，n=22）",
            ),
        ),
        (
            "网络部 数据中心出口带宽峰值利用率：2026-09 起 2 点超出 3σ，另有 2 个信号点（I 图，2025-01 起，n=22）",
            (
                "网络部 数据中心出口带宽峰值利用率：2026-09 起 2 点超出 3σ，",
                "另有 2 个信号点（I 图，2025-01 起，n=22）",
            ),
        ),
        (
            "数据中心部 2#UPS 组 同期 蓄电池内阻均值：2026-04 起 7 点超出 3σ，另有 4 个信号点（I 图，2025-01 起，n=2）",
            (
                "数据中心部 2#UPS 组 同期 蓄电池内阻均值：2026-04 起 ",
                "7 点超出 3σ，另有 4 个信号点（I 图，2025-01 起，n=2）",
            ),
        ),
        ("长" * 50, ("长" * 50,)),
    ],
    ids=[
        "one line",
        "behind the name",
        "at the clause in the middle",
        "what is said takes more than a line",
        "a full first line",
        "at the blank in the middle",
        "no end",
    ],
)
def test_a_long_title_goes_on_behind_its_name_or_at_a_clause_or_blank(title, lines):
    assert title_lines(title) == lines
    assert lines_drawn(lines) == 1 + (text_width(title) > 61)


@pytest.mark.parametrize(("pixels", "lines"), [(560, 2), (700, 2), (800, 1)])
def test_a_wider_chart_takes_a_longer_line(pixels, lines):
    """77 wide: 61 of 560 pixels, 76 of 700, 87 of 800."""
    title = "各部门按期完成率：" + "长" * 15 + "，共 12 项" + "n" * 18
    assert 76.25 < text_width(title) < 87
    assert len(title_lines(title, pixels)) == lines
