"""A fully filled management review: what `templates check` renders for paper E. People are samples."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from capa_xl.model import palette, review
from capa_xl.model.charts import CENTRE, LIMIT, LINE, Chart, Series
from capa_xl.model.kpi import Kpi
from capa_xl.model.tally import Tally
from capa_xl.reports.word.examples import example_head

_MONTHS = ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11")


def _kpi(name: str, verdict: str) -> Kpi:
    """7 of 9, and 8 of 9 the period before."""
    base = tuple(f"GJ-2026-03{at}" for at in range(1, 10))
    formula = "期内到期且按期完成 ÷ 期内到期（未到期未完成的不计）"
    return Kpi("on_time", name, formula, "%", 7, 9, 7 / 9, "≥95%", 8 / 9, verdict, base[:7], base, (8, 9))


def example_review() -> review.ReviewFacts:
    """2026Q4 of the sample company."""
    return review.ReviewFacts(
        head=example_head("GLPS-2026-04", "JL05"),
        period="2026Q4",
        period_from=date(2026, 10, 1),
        period_to=date(2026, 12, 31),
        review_on=date(2027, 1, 14),
        is_review_day_assumed=False,
        on_time=_kpi("按期完成率", "未达标"),
        tally=Tally(
            total=72, to_correct=3, statuses=(("待审批", 4), ("实施中", 13)), late=(("Y1", 1), ("Y4", 2)), due_soon=4
        ),
        kpis=_kpis(),
        agenda=_agenda(),
        earlier=(
            review.EarlierDecision("GLPS-2026-02", "统一 12 家客户服务月报的 SLA 口径", "GJ-2026-041", "服务台", date(2026, 10, 30),
                                   "观察期", date(2026, 10, 27), "—"),
        ),
        flow=review.Flow(14, 4, 5, 4, 0, 1, 13),
        by_source=(review.CutLine("运维服务过程", 4, 2, 2, 0, 2, 2), review.CutLine("内部审核", 2, 1, 0, 1, 0, 0)),
        by_department=(review.CutLine("服务台", 3, 2, 2, 0, 2, 2), review.CutLine("系统部", 4, 1, 0, 1, 1, 1)),
        trend=_trend(),
        major=(review.MajorLine("GJ-2026-024", "核心交换机变更后业务中断 3 小时 12 分", "变更方案无回退步骤", "模板强制回退步骤；双人复核",
                                "样例总 2026-05-18", date(2026, 8, 31), "待效果确认"),),
        complaints=(review.ComplaintLine("TS-2026-014", "是", "GJ-2026-033", "待文件修订"),),
        recurrence=_kpi("重复发生率", "数据不足"),
        recurrences=(review.RecurrenceLine("GJ-2026-012", "GJ-2025-019", "前次编号", date(2026, 3, 10)),),
        signals=(review.SignalLine("FX-2026-006", "2#UPS 蓄电池内阻", "I-MR", "6 点连升", "预防措施", "GJ-2026-038"),),
        paretos=_paretos(),
        control_charts=_control_charts(),
        more_charts=(),
        series="质量数据 12 个序列，1 个有信号",
        coverage=(review.CoverageLine("服务台", ("有", "有", "无", "有", "未报")),),
        indicator_months=("10月", "11月", "12月"),
        indicators=(review.IndicatorLine("事件", "P2 响应超时率", "≤99.99%", ("1.8%", "2.1%", ""), "2/2", "—"),),
        audits=(review.AuditLine("内部审核 NC-2026-05", date(2026, 9, 3), 3, 2, ("GJ-2026-044",)),),
        suppliers=(review.SupplierLine("供方甲", "专线修复时间（小时）", "7.4", "≤4", "GJ-2026-036"),),
        overdue=(review.OverdueLine("GJ-2026-036", "补充协议加入考核与备用链路", "商务部", "样例商", date(2026, 10, 8), 45,
                                    "供方甲不接受考核条款", "总经理 2026-11-09", "改由供方乙"),),
        coming=(review.OverdueLine("GJ-2026-042", "外部邮件横幅、一键举报", "信息安全部", "样例安", date(2026, 12, 31), 14),),
        effects=(review.EffectLine("GJ-2026-003", "钓鱼点击率", "11.8%", "10.5%", "≤5%", "无效", ("GJ-2026-042",)),),
        rounds=(review.RoundsLine("GJ-2026-003", review.ConfirmedRound(2, date(2026, 11, 20), "无效"), True,
                                  (review.ConfirmedRound(1, date(2026, 10, 12), "部分有效"),)),),
        resources=(review.ResourceLine("GJ-2026-038", date(2026, 7, 13), "数据中心部", "财", "18.6 万元", "更换 40 节蓄电池", "同意", "样例总（总经理）",
                                       date(2026, 7, 24)),),
        documents=(review.DocumentLine("GJ-2026-033", "OPS-QP-08《值班管理规范》", "未完成", date(2026, 11, 13), None),),
        duties=(("按时提醒（4.4.6）", _kpi("按时提醒率", "达标")), ("需求评估（3.2）", _kpi("需求评估及时率", "未达标"))),
        excuses=(review.ExcuseLine("GJ-2026-033", "EF02", "客户要求提前确认", "样例质", date(2026, 10, 19)),),
        changes_since="2026Q3，数据截至 2026-10-09",
        changes=(review.ChangeLine("新增", ("GJ-2026-047", "GJ-2026-048")), review.ChangeLine("关闭", ("GJ-2026-012",))),
        all_kpis=(_kpi("按期完成率", "未达标"),),
        conformity=(review.CountLine("满足", 57, "R01 R03…"), review.CountLine("待整改", 1, "R47"), review.CountLine("不适用", 5, "R21…")),
        broken=(review.BrokenRequirement("R47", "4.4.1", "人、财、物的需求落实到位并有日期。", "待整改 1/9", "GJ-2026-051"),),
        data_quality=(review.CountLine("待更正行", 1, "GJ-2026-045"), review.CountLine("PL02 责任人为空", 2, "GJ-2026-051")),
    )  # fmt: skip


def _kpis() -> tuple[Kpi, ...]:
    """The eight of the summary."""
    return tuple(
        _kpi(name, verdict)
        for name, verdict in (
            ("按期完成率", "未达标"), ("逾期率", "达标"), ("措施有效率", "数据不足"), ("重复发生率", "数据不足"),
            ("按时提醒率", "达标"), ("审批合规率", "达标"), ("检查/确认/归档及时率", "未达标"), ("纠正措施覆盖率", "达标"),
        )
    )  # fmt: skip


def _agenda() -> tuple[review.AgendaItem, ...]:
    """More actions than cards: two, and some that are asked the same."""
    found = (
        review.AgendaItem("长期逾期", "GJ-2026-036", "供方甲专线修复时间超合同，补充协议未签", "改由供方乙主用，供方甲到期不续",
                          "继续谈判至年底", ("备用链路 4.2 万元/年",), "商务部", date(2026, 12, 31)),
        review.AgendaItem("重大预防、改进", "GJ-2026-047", "出口带宽年底可能拥塞", "扩容 200M", "限速非关键业务", ("9.6 万元/年",), "网络部",
                          date(2027, 1, 29)),
    )  # fmt: skip
    return tuple(replace(found[at % 2], number=f"{found[at % 2].number[:-3]}{36 + at:03}") for at in range(26))


def _trend() -> Chart:
    """Traffic of six months."""
    return Chart(
        "改进措施月度新增、关闭与期末逾期（2026-06 至 2026-11）", _MONTHS,
        (Series("新增", (4, 7, 2, 3, 2, 2)), Series("关闭", (1, 2, 3, 4, 3, 2)),
         Series("期末逾期", (0, 1, 1, 2, 2, 2), LINE, palette.OVERDUE)),
        y_title="项数",
    )  # fmt: skip


def _paretos() -> tuple[Chart, ...]:
    """One Pareto chart."""
    return (Chart(
        "不合格按类别（2026Q4，n=41）", ("响应超时", "备件短缺", "服务中断", "其他"),
        (Series("件数", (19, 11, 7, 4), labels=True),
         Series("累计占比", (0.463, 0.732, 0.902, 1.0), LINE, palette.CHART_DARK, second_axis=True)),
        y_title="件数", second_title="累计占比",
    ),)  # fmt: skip


def _control_charts() -> tuple[Chart, ...]:
    """One control chart with a signal."""
    return (Chart(
        "2#UPS 蓄电池内阻（单值图，2025-12 至 2026-06）", ("2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"),
        (Series("内阻", (3.1, 3.3, 3.5, 3.7, 3.9, 4.2, 4.4), LINE, palette.ACCENT, marked=(5, 6)),
         Series("CL", (3.7,) * 7, CENTRE, palette.INK), Series("UCL", (4.3,) * 7, LIMIT, palette.INK, texts=("",) * 6 + ("UCL 4.30",))),
        y_title="内阻（mΩ）",
    ),)  # fmt: skip
