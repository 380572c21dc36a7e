"""过程指标: the indicators of the processes over the last 14 months, every miss with its disposition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from capa_xl.workbook.sample import figures
from capa_xl.workbook.sample.figures import MONTHS
from capa_xl.workbook.sample.rows import Row, Sheets

_SINCE = MONTHS.index("2025-09")
_LESS, _MORE = "越小越好", "越大越好"


@dataclass(frozen=True, slots=True)
class _Indicator:
    """One indicator: how it is computed, which way is good, who answers for it, and what answered its misses."""

    process: str
    name: str
    formula: str
    unit: str
    direction: str
    target: float
    department: str
    misses: Mapping[str, str]
    """Month of a miss → 未达标处置编号."""

    def row(self, month: str, value: float, numerator: float | None = None, denominator: float | None = None) -> Row:
        """The indicator in one month."""
        return {
            "process": self.process,
            "indicator": self.name,
            "formula": self.formula,
            "unit": self.unit,
            "direction": self.direction,
            "target": self.target,
            "frequency": "月",
            "department": self.department,
            "period": month,
            "numerator": numerator,
            "denominator": denominator,
            "value": value,
            "disposition_number": self.misses.get(month),
        }

    def shares(self, counts: Sequence[int], totals: Sequence[int]) -> Iterator[Row]:
        """A percentage, month by month."""
        for month, count, total in list(zip(MONTHS, counts, totals, strict=True))[_SINCE:]:
            yield self.row(month, round(100 * count / total, 2), count, total)

    def values(self, values: Sequence[float]) -> Iterator[Row]:
        """A measured value, month by month."""
        for month, value in list(zip(MONTHS, values, strict=True))[_SINCE:]:
            yield self.row(month, value)


def _all_answered_by(number: str, *months: str) -> dict[str, str]:
    return dict.fromkeys(months, number)


def _rest(totals: Sequence[int], counts: Sequence[int]) -> tuple[int, ...]:
    return tuple(total - count for total, count in zip(totals, counts, strict=True))


_RESPONSE = _Indicator(
    "事件",
    "P2 首次响应超时率",
    "超时件数 ÷ P2 事件数",
    "%",
    _LESS,
    3,
    "服务台",
    _all_answered_by("GJ-2026-031", "2026-05", "2026-06", "2026-07"),
)
_SOLVED = _Indicator(
    "服务级别",
    "P3 按时解决率",
    "按时解决件数 ÷ P3 事件数",
    "%",
    _MORE,
    95,
    "服务台",
    _all_answered_by("GJ-2026-050", "2026-09", "2026-10"),
)
_REPORTS = _Indicator("服务报告", "服务月报按时交付率", "按时交付份数 ÷ 应交份数", "%", _MORE, 100, "服务台", {})
_BACKUPS = _Indicator("备份", "备份作业成功率", "成功次数 ÷ 作业次数", "%", _MORE, 99, "系统部", {})
_CHANGES = _Indicator(
    "变更",
    "变更失败率",
    "失败单数 ÷ 实施单数",
    "%",
    _LESS,
    1,
    "系统部",
    {"2025-12": "GJ-2025-076", "2026-05": "GJ-2026-024"},
)
_BANDWIDTH = _Indicator(
    "网络", "出口带宽峰值利用率", "峰值流量 ÷ 出口带宽", "%", _LESS, 80, "网络部", {"2026-10": "GJ-2026-047"}
)
_POWER = _Indicator("机房", "机房动力可用率", "可用时间 ÷ 总时间", "%", _MORE, 99.99, "数据中心部", {})
_PATCHES = _Indicator(
    "信息安全",
    "高危漏洞平均修补时间",
    "修补天数合计 ÷ 漏洞数",
    "天",
    _LESS,
    15,
    "信息安全部",
    _all_answered_by("GJ-2026-002", *MONTHS[_SINCE:14]),
)
_REPAIRS = _Indicator(
    "供方",
    "供方甲 专线平均修复时间",
    "修复小时合计 ÷ 故障次数",
    "小时",
    _LESS,
    4,
    "商务部",
    _all_answered_by("GJ-2026-036", *MONTHS[15:]),
)
_SPARES = _Indicator(
    "备件",
    "关键备件安全库存满足率",
    "不低于安全库存种数 ÷ 关键备件种数",
    "%",
    _MORE,
    95,
    "备件物流部",
    _all_answered_by("GJ-2026-034", "2026-06", "2026-07", "2026-08"),
)
_TICKETS = _Indicator("内部审核", "工单记录不合格率", "不合格张数 ÷ 抽查张数", "%", _LESS, 10, "质量部", {})

_MONTHLY_REPORTS = (12,) * len(MONTHS)

MEASUREMENTS: Sheets = {
    "measurements": (
        *_RESPONSE.shares(figures.P2_LATE, figures.P2_INCIDENTS),
        *_SOLVED.shares(_rest(figures.P3_INCIDENTS, figures.P3_LATE), figures.P3_INCIDENTS),
        *_REPORTS.shares(_MONTHLY_REPORTS, _MONTHLY_REPORTS),
        *_BACKUPS.shares(_rest(figures.BACKUP_JOBS, figures.BACKUP_FAILURES), figures.BACKUP_JOBS),
        *_CHANGES.shares(figures.CHANGES_FAILED, figures.CHANGES),
        *_BANDWIDTH.values(figures.BANDWIDTH_PEAK),
        *_POWER.values((100,) * len(MONTHS)),
        *_PATCHES.values(figures.PATCH_DAYS),
        *_REPAIRS.values(figures.REPAIR_HOURS["供方甲"]),
        *_SPARES.shares(figures.SPARES_IN_STOCK, (figures.SPARES,) * len(MONTHS)),
        *_TICKETS.shares(figures.TICKETS_FLAWED, (figures.TICKETS_AUDITED,) * len(MONTHS)),
    )
}
