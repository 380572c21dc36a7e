"""01 改进看板.xlsx: the KPI page, every figure linked to the rows behind it, cuts, months and all actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from capa_xl.model import palette, words
from capa_xl.model.conformity import NOT_IN_USE
from capa_xl.model.kpi import Cut, Kpi, KpiAction, MonthFlow
from capa_xl.model.period import Period
from capa_xl.reports.kpi_words import change_words, figure_words, previous_words, share_words
from capa_xl.reports.sheets import TABLE_ROW, Book, Cell, ColumnHead, Link, Mark

KPI_SHEET, ROWS_SHEET, CUTS_SHEET, MONTHS_SHEET, ACTIONS_SHEET = "指标", "行清单", "切分", "月度", "全部措施"

_KPI = (
    ColumnHead("指标", 26),
    ColumnHead("分子", 8, "count"),
    ColumnHead("分母", 8, "count"),
    ColumnHead("本期", 12, "mark"),
    ColumnHead("目标", 10, "mark"),
    ColumnHead("上期", 12, "mark"),
    ColumnHead("变化", 12, "mark"),
    ColumnHead("判定", 10, "mark"),
    ColumnHead("行清单", 16, "link"),
)
_ROWS = (
    ColumnHead("指标", 26),
    ColumnHead("编号", 14),
    ColumnHead("计入分子", 10, "mark"),
    ColumnHead("问题描述", 44, "wrap"),
    ColumnHead("责任部门", 14),
    ColumnHead("完成期限", 12, "date"),
    ColumnHead("实际完成日期", 13, "date"),
    ColumnHead("状态", 12),
    ColumnHead("逾期", 12),
)
_CUTS = (
    ColumnHead("维度", 10),
    ColumnHead("值", 18),
    ColumnHead("指标", 26),
    ColumnHead("分子", 8, "count"),
    ColumnHead("分母", 8, "count"),
    ColumnHead("本期", 12, "mark"),
    ColumnHead("分母编号（计入分子的在前）", 70, "wrap"),
)
_MONTHS = (
    ColumnHead("月份", 10, "mark"),
    *(ColumnHead(name, 10, "count") for name in ("新增", "完成", "关闭", "取消", "月末逾期")),
)
_ACTIONS = (
    ColumnHead("编号", 14),
    ColumnHead("问题描述", 44, "wrap"),
    *(ColumnHead(name, 10) for name in ("措施类型", "严重度", "来源", "所属过程", "归口部门", "责任部门")),
    *(ColumnHead(name, 12, "date") for name in ("登记日期", "批准日期", "完成期限", "原完成期限", "实际完成日期")),
    *(ColumnHead(name, 12, "date") for name in ("检查日期", "确认日期", "归档日期", "关闭日期")),
    ColumnHead("效果结论", 10),
    ColumnHead("状态", 12),
    ColumnHead("逾期", 10),
    ColumnHead("逾期天数", 9, "count"),
    ColumnHead("延期次数", 9, "count"),
)
_CHART_WIDTH = 420
_TONES = {"达标": "good", "未达标": "bad", "数据不足": "silent"}


def dashboard(
    company: str,
    period: Period,
    as_of: date,
    kpis: tuple[Kpi, ...],
    cuts: tuple[Cut, ...],
    months: tuple[MonthFlow, ...],
    actions: tuple[KpiAction, ...],
) -> bytes:
    """The workbook's bytes; the same values give the same bytes."""
    book = Book(f"改进看板 {period.name}", as_of)
    span = f"{company}　期间 {period.start} 至 {period.end}　数据截至 {as_of}"
    by_number = {action.number: action for action in actions}
    first_rows = _first_rows(kpis)
    page = book.sheet(
        KPI_SHEET, f"改进绩效指标　{period.name}", f"{span}　目标为公司内部目标（参数 KPI目标_*），不是制度要求"
    )
    below = book.table(page, _KPI, [_kpi_row(kpi, first_rows) for kpi in kpis])
    rows = book.sheet(
        ROWS_SHEET, "行清单：每个指标由哪些行构成", "筛选“指标”一列；“计入分子”为“是”的行在分子中。取消的行不计。"
    )
    book.table(rows, _ROWS, list(_listed(kpis, by_number)))
    cut = book.sheet(CUTS_SHEET, "切分：按部门、来源、类型、严重度、过程、月份、季度、年度", span)
    book.table(cut, _CUTS, list(_cut_rows(cuts)))
    flow = book.sheet(MONTHS_SHEET, "月度流量", "月末逾期按今天的完成期限计算")
    book.table(flow, _MONTHS, [(m.month, m.new, m.completed, m.closed, m.cancelled, m.overdue) for m in months])
    everything = book.sheet(ACTIONS_SHEET, "全部措施", span)
    book.table(everything, _ACTIONS, [_action_row(action) for action in actions])
    _charts(book, page, below, months, cuts)
    return book.close()


def _first_rows(kpis: tuple[Kpi, ...]) -> dict[str, int]:
    """KPI key → 1-based row of its first line in the row list; a KPI without rows has none."""
    found: dict[str, int] = {}
    row = TABLE_ROW + 2
    for kpi in kpis:
        if kpi.base:
            found[kpi.key] = row
        row += len(kpi.base)
    return found


def _kpi_row(kpi: Kpi, first_rows: Mapping[str, int]) -> tuple[Cell, ...]:
    at = first_rows.get(kpi.key)
    link: Cell = (
        Link(f"看 {len(kpi.base)} 行", ROWS_SHEET, f"A{at}")
        if at
        else (NOT_IN_USE if kpi.verdict == NOT_IN_USE else "本期无")
    )
    return (
        kpi.name,
        _count(kpi.numerator),
        _count(kpi.denominator),
        figure_words(kpi),
        kpi.target or "—",
        previous_words(kpi),
        change_words(kpi),
        Mark(kpi.verdict or "—", _TONES.get(kpi.verdict, "silent")),
        link,
    )


def _count(number: float | None) -> Cell:
    return None if number is None else int(number)


def _listed(kpis: tuple[Kpi, ...], by_number: Mapping[str, KpiAction]) -> Iterator[tuple[Cell, ...]]:
    for kpi in kpis:
        inside = set(kpi.rows)
        for number in kpi.base:
            yield (kpi.name, number, "是" if number in inside else "否", *_facts(by_number.get(number)))


def _facts(action: KpiAction | None) -> tuple[Cell, ...]:
    if action is None:
        return (None,) * 6
    late = words.OVERDUE_WORDS[action.overdue[0]] if action.overdue else ""
    return (action.description, action.department, action.due_on, action.completed_on, action.status, late)


def _cut_rows(cuts: tuple[Cut, ...]) -> Iterator[tuple[Cell, ...]]:
    for cut in cuts:
        for row in cut.rows:
            for name, ratio in zip(cut.kpis, row.ratios, strict=True):
                if ratio.base:
                    rest = [number for number in ratio.base if number not in set(ratio.rows)]
                    numbers = "、".join([*ratio.rows, *rest])
                    figure = share_words(ratio.value, len(ratio.rows), len(ratio.base))
                    yield (cut.name, row.value, name, len(ratio.rows), len(ratio.base), figure, numbers)


def _action_row(action: KpiAction) -> tuple[Cell, ...]:
    late = words.OVERDUE_WORDS[action.overdue[0]] if action.overdue else ""
    return (
        action.number,
        action.description,
        *(action.action_type, action.severity, action.source, action.process),
        *(action.owning_department, action.department),
        *(action.registered_on, action.approved_on, action.due_on, action.original_due_on, action.completed_on),
        *(action.inspected_on, action.confirmed_on, action.archived_on, action.closed_on),
        *(action.effect, action.status, late, action.days_overdue, action.extensions),
    )


def _charts(book: Book, page: Any, below: int, months: tuple[MonthFlow, ...], cuts: tuple[Cut, ...]) -> None:
    page.set_portrait()
    page.fit_to_pages(1, 1)
    if months:
        page.insert_chart(below + 1, 0, _flow_chart(book, len(months)), {"object_position": 2})
    on_time = _on_time_rows(cuts)
    if on_time:
        chart = _department_chart(book, on_time)
        page.insert_chart(below + 1, 0, chart, {"object_position": 2, "x_offset": _CHART_WIDTH + 15})


def _flow_chart(book: Book, n: int) -> Any:
    """新增 and 关闭 as columns, 月末逾期 as a line."""
    chart = book.workbook.add_chart({"type": "column"})
    first, last = TABLE_ROW + 1, TABLE_ROW + n
    for name, column, colour in (("新增", 1, palette.ACCENT), ("关闭", 3, palette.DONE)):
        chart.add_series(_series(MONTHS_SHEET, name, column, first, last) | {"fill": {"color": f"#{colour}"}})
    line = book.workbook.add_chart({"type": "line"})
    look = {"line": {"color": f"#{palette.OVERDUE}", "width": 2}}
    line.add_series(_series(MONTHS_SHEET, "月末逾期", 5, first, last) | look)
    chart.combine(line)
    return _dressed(chart, f"月度新增、关闭与月末逾期（近 {n} 个月）", "项")


def _series(sheet: str, name: str, column: int, first: int, last: int) -> dict[str, Any]:
    return {"name": name, "categories": [sheet, first, 0, last, 0], "values": [sheet, first, column, last, column]}


def _on_time_rows(cuts: tuple[Cut, ...]) -> tuple[tuple[str, float], ...]:
    """Departments with something due in the period, and their share on time."""
    cut = next((cut for cut in cuts if cut.name == "责任部门"), None)
    pairs = [(row.value, row.ratios[0].value) for row in cut.rows] if cut else []
    return tuple((name, value) for name, value in pairs if value is not None)


def _department_chart(book: Book, rows: tuple[tuple[str, float], ...]) -> Any:
    data = book.workbook.add_worksheet("图表数据")
    data.hide()
    for at, (name, value) in enumerate(rows):
        data.write_string(at, 0, name)
        data.write_number(at, 1, value)
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series(
        _series("图表数据", "按期完成率", 1, 0, len(rows) - 1)
        | {"fill": {"color": f"#{palette.ACCENT}"}, "data_labels": {"value": True, "num_format": "0%"}}
    )
    chart.set_legend({"none": True})
    return _dressed(
        chart,
        "按期完成率（按责任部门）",
        "",
        {"min": 0, "max": 1.1, "visible": False, "major_gridlines": {"visible": False}},
        reverse=True,
    )


def _dressed(chart: Any, title: str, unit: str, axis: dict[str, Any] | None = None, *, reverse: bool = False) -> Any:
    font = {"name": palette.FONT, "size": 9}
    chart.set_title({"name": title, "name_font": {"name": palette.FONT, "size": 11, "color": f"#{palette.NAVY}"}})
    chart.set_x_axis({"num_font": font, **(axis or {} if reverse else {})})
    lines = {"visible": not reverse, "line": {"color": f"#{palette.BORDER}", "width": 0.5}}
    name = {"name": unit, "name_font": {**font, "bold": False}} if unit else {}
    chart.set_y_axis({"num_font": font, **name, "reverse": reverse, "major_gridlines": lines})
    if not reverse:
        chart.set_legend({"position": "bottom", "font": font})
    chart.set_size({"width": _CHART_WIDTH, "height": 300})
    return chart
