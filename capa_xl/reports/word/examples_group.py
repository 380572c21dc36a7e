"""A fully filled 集团管理评审输入: what `templates check` renders for it. Companies and people are samples."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from capa_xl.model.group_figures import CompanyFigures, GroupFigures, GroupReviewFacts, LateItem, LeftOut
from capa_xl.model.kpi import Kpi, MonthFlow
from capa_xl.model.period import Period
from capa_xl.model.tally import Tally
from capa_xl.reports.word.examples import example_head
from capa_xl.reports.word.examples_review import example_review


def example_group() -> GroupReviewFacts:
    """2026Q4 of two sample companies."""
    review = example_review()
    kpis = tuple(_named(review.on_time, key) for key in ("on_time", "effective", "reminded", "approved"))
    figures = GroupFigures(
        period=Period("2026Q4", date(2026, 10, 1), date(2026, 12, 31)),
        on=date(2026, 11, 22),
        companies=tuple(_company(f"样例{name}公司", kpis) for name in "甲乙"),
        left_out=(LeftOut("丙/跟踪表.xlsx", "failed", "不是有效的工作簿"),),
        kpis=kpis,
        flow=review.flow,
        months=(MonthFlow("2026-11", 2, 1, 1, 0, 0, 3, 2),),
    )
    return GroupReviewFacts(example_head("JT-2026-12", ""), figures, review.kpis, review.trend)


def _named(kpi: Kpi, key: str) -> Kpi:
    return Kpi(
        key, kpi.name, kpi.formula, kpi.unit, kpi.numerator, kpi.denominator, kpi.value, kpi.target, kpi.previous,
        kpi.verdict, kpi.rows, kpi.base, kpi.previous_counts,
    )  # fmt: skip


def _company(name: str, kpis: tuple[Kpi, ...]) -> CompanyFigures:
    review = example_review()
    late = LateItem(
        "GJ-2026-036",
        "专线修复时间超合同",
        "商务部",
        "样例商",
        date(2026, 10, 14),
        45,
        "实施中",
        "完成步骤4",
        "样例网",
        "实施逾期",
    )
    waiting = replace(
        late,
        number="GJ-2026-040",
        due_on=date(2026, 11, 19),
        days=3,
        status="待审批",
        next_step="批准",
        kind="审批超时",
    )
    return CompanyFigures(
        workbook=f"{name}/跟踪表.xlsx", company=name, sha256="0" * 64, journal_head="", tally=Tally(total=30, late=(("Y1", 1),)),
        problems={"error": 3, "warning": 2, "info": 1}, most_frequent=("FD05 2",), kpis=kpis, flow=review.flow,
        months=(MonthFlow("2026-11", 1, 1, 0, 0, 0, 2, 1),), late=(late,), agenda=review.agenda[:8], waiting=(waiting,),
    )  # fmt: skip
