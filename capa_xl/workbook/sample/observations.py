"""质量数据: 22 months of the five classes of 4.3.1, every department among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from capa_xl.workbook.sample import figures
from capa_xl.workbook.sample.figures import MONTHS
from capa_xl.workbook.sample.rows import Row, Sheets

_FEEDBACK, _ACCEPTANCE, _TESTS, _STATISTICS, _SUPPLIERS = (
    "顾客或市场反馈信息",
    "项目的验收",
    "测试数据",
    "质量统计数据",
    "供方业绩",
)


def _row(month: str, what: tuple[str, str, str, str, str, str], **more: str | float | None) -> Row:
    department, data_class, item, process, indicator, unit = what
    return {
        "period": month,
        "department": department,
        "data_class": data_class,
        "item": item,
        "process": process,
        "indicator": indicator,
        "unit": unit,
        **more,
    }


def _share(
    what: tuple[str, str, str, str, str, str], sizes: Sequence[int] | int, bad: Sequence[int], category: str
) -> Iterator[Row]:
    """Nonconforming out of a known sample, month by month."""
    per_month = (sizes,) * len(bad) if isinstance(sizes, int) else sizes
    for month, size, count in zip(MONTHS, per_month, bad, strict=True):
        yield _row(month, what, category=category, sample_size=size, nonconforming=count)


def _value(what: tuple[str, str, str, str, str, str], values: Sequence[float], **more: str) -> Iterator[Row]:
    """A measured value, month by month."""
    for month, value in zip(MONTHS, values, strict=True):
        yield _row(month, what, value=value, **more)


def _complaints() -> Iterator[Row]:
    what = ("服务台", _FEEDBACK, "全部客户", "事件", "客户抱怨件数(含口头)", "件")
    for month, count in zip(MONTHS, figures.COMPLAINTS, strict=True):
        yield _row(month, what, category="客户抱怨", nonconforming=count)


def _phishing() -> Iterator[Row]:
    what = ("信息安全部", _TESTS, "钓鱼邮件演练", "信息安全", "钓鱼演练点击率", "人")
    for month, size, bad in (("2025-07", 183, 20), ("2026-01", 186, 22), ("2026-07", 190, 20), ("2026-10", 192, 6)):
        yield _row(month, what, category="操作失误", sample_size=size, nonconforming=bad)


def _repairs() -> Iterator[Row]:
    for supplier, hours in figures.REPAIR_HOURS.items():
        what = ("商务部", _SUPPLIERS, f"{supplier} 专线", "供方", "专线平均修复时间", "小时")
        yield from _value(what, hours, supplier=supplier, category="供方违约")


OBSERVATIONS: Sheets = {
    "observations": (
        *_share(
            ("服务台", _STATISTICS, "P2 事件", "事件", "P2 首次响应超时率", "件"),
            figures.P2_INCIDENTS,
            figures.P2_LATE,
            "响应超时",
        ),
        *_complaints(),
        *_value(
            ("数据中心部", _STATISTICS, "1#UPS 组", "机房", "1#UPS 蓄电池内阻月均值", "mΩ"), figures.UPS1_RESISTANCE
        ),
        *_value(
            ("数据中心部", _STATISTICS, "2#UPS 组", "机房", "2#UPS 蓄电池内阻月均值", "mΩ"), figures.UPS2_RESISTANCE
        ),
        *_value(("网络部", _STATISTICS, "数据中心出口", "网络", "出口带宽峰值利用率", "%"), figures.BANDWIDTH_PEAK),
        *_share(
            ("网络部", _STATISTICS, "在管专线", "网络", "专线告警次数", "次/条"),
            figures.LINES,
            figures.LINE_ALARMS,
            "服务中断",
        ),
        *_share(
            ("系统部", _STATISTICS, "备份作业", "备份", "备份作业失败率", "次"),
            figures.BACKUP_JOBS,
            figures.BACKUP_FAILURES,
            "数据错误",
        ),
        *_share(
            ("系统部", _ACCEPTANCE, "交付项目验收检查", "发布", "验收遗留项比例", "项"),
            figures.ACCEPTANCE_ITEMS,
            figures.ACCEPTANCE_OPEN,
            "其他",
        ),
        *_share(
            ("信息安全部", _TESTS, "主机基线抽查", "信息安全", "基线不合规主机比例", "台"),
            figures.HOSTS_SAMPLED,
            figures.HOSTS_OFF_BASELINE,
            "文件不符",
        ),
        *_phishing(),
        *_share(
            ("备件物流部", _STATISTICS, "库存抽盘", "备件", "库存账实不符率", "格"),
            figures.BINS_COUNTED,
            figures.BINS_WRONG,
            "备件短缺",
        ),
        *_share(
            ("质量部", _STATISTICS, "工单质量抽查", "服务级别", "工单记录不合格率", "张"),
            figures.TICKETS_AUDITED,
            figures.TICKETS_FLAWED,
            "文件不符",
        ),
        *_share(
            ("总经办", _FEEDBACK, "高层回访", "服务级别", "回访不满意比例", "家"),
            figures.VISITS,
            figures.VISITS_DISSATISFIED,
            "其他",
        ),
        *_repairs(),
    )
}
