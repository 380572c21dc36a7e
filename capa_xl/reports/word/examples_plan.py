"""A fully filled improvement plan: what `templates check` renders for paper B. People are samples."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from capa_xl.model.paper_facts import GoalRow, PlanFacts, PlanItem, SourceRow, VersionChange
from capa_xl.model.records import PlanVersion
from capa_xl.reports.word.examples import (
    example_action,
    example_derived,
    example_head,
    example_need,
    example_problem,
    example_steps,
)


def example_plan() -> PlanFacts:
    """JH-2026 V1.2 with two items."""
    plan = PlanVersion(
        2, "JH-2026", "V1.2", date(2026, 1, 1), date(2026, 12, 31), "客户满意度 ≥92%；重大事件不超过 2 起。",
        "每项措施有责任人、期限和可量化的效果指标。", "样例检", date(2026, 7, 28), "样例总", date(2026, 8, 3), "同意", "OA-2026-0588",
    )  # fmt: skip
    corrective = PlanItem(
        example_action(),
        example_derived(),
        example_steps(),
        "服务台",
        date(2026, 8, 30),
        True,
        True,
    )
    action = replace(
        example_action(), number="GJ-2026-038", action_type="预防", severity="重大", process="机房",
        description="2#UPS 组蓄电池内阻由 3.1 升至 4.4 mΩ（更换限 5.0）。", current_state=None,
        measure="更换 40 节蓄电池；加装单体监测；内阻 4.5 预警。", due_on=date(2026, 12, 18), resources="18.6 万元",
    )  # fmt: skip
    preventive = PlanItem(
        action,
        replace(example_derived(), number="GJ-2026-038", route="总经理+管理评审"),
        example_steps(),
        "样例数据中心与网络运维部",
        date(2027, 3, 18),
    )
    return PlanFacts(
        head=example_head("JH-2026 V1.2", "JL02"),
        plan=plan,
        versions=(replace(plan, version="V1.1", approved_on=date(2026, 5, 8)), plan),
        changes=(
            VersionChange("V1.1", date(2026, 5, 8), (), (), (), "样例总 同意"),
            VersionChange(
                "V1.2", date(2026, 8, 3), ("GJ-2026-041",), ("GJ-2026-034",), ("GJ-2026-027",), "样例总 同意"
            ),
        ),
        goals=(GoalRow("P2 响应超时率", "1.8%", "≤3%", "月", "服务台"),),
        sources=(
            SourceRow("体系运行过程", 14, 11, 1, 1, 1, ""),
            SourceRow("顾客投诉", 3, 3, 0, 0, 0, "", of_which=True),
            SourceRow("审核结果", 4, 4, 0, 0, 0, "内部审核 NC-2026-05"),
            SourceRow("数据分析", 2, 2, 0, 0, 0, ""),
            SourceRow("纠正和预防措施的实施", 1, 1, 0, 0, 0, ""),
            SourceRow("管理评审的结果", 0, 0, 0, 0, 0, ""),
        ),
        declined=(replace(example_need(), evaluation="暂缓", evaluation_note="等待集团统一平台"),),
        corrective=(corrective,),
        preventive=(preventive,),
        unclassified=(
            replace(preventive, action=replace(action, number="GJ-2026-042", severity="一般", action_type=None)),
        ),
        problems=(example_problem(),),
    )
