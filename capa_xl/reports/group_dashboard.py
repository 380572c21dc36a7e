"""01 集团看板.xlsx: KPI × workbook as a heat map, sums, the rows behind every figure, what is late, data quality."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from math import ceil
from typing import Any

from msgspec.structs import astuple, replace

from capa_xl.model.charts import Chart
from capa_xl.model.cut_text import cut_line, cut_list
from capa_xl.model.group_figures import CompanyFigures, GroupFigures, by_lateness
from capa_xl.model.kpi import NO_DATA, SUMMARY_KPIS, Kpi, counted_apart
from capa_xl.model.names_apart import listed_names, unit_of_actors
from capa_xl.model.row_heights import LINE, lines_of, text_width
from capa_xl.reports.cell_looks import SCREEN
from capa_xl.reports.chart_sheets import chart_sheet
from capa_xl.reports.dashboard import MOST_OF_A_PROBLEM
from capa_xl.reports.group_charts import charts_below, company_chart, rows_of_charts
from capa_xl.reports.kpi_words import change_words, figure_words, previous_words, reopened_words, verdict_tone
from capa_xl.reports.printed_rows import rows_height
from capa_xl.reports.sheets import TABLE_ROW, Book, print_scale
from capa_xl.reports.table_cells import INDENT, Cell, ColumnHead, Mark, pixels_of

HEAT_MAP = (*SUMMARY_KPIS, "inspected", "confirmed", "archived", "data_quality")
"""The KPIs of the heat map, by key; 各公司指标 has all."""
MOST_ROWS = 100_000
"""So many rows 行清单 has: a sheet ends at 1,048,576, and nobody reads so many."""
_COMPANY, _FILE = ColumnHead("公司", 30, "quote"), ColumnHead("工作簿", 50, SCREEN)
"""The workbook of a row is looked up on the screen; printed it stands once, in 数据质量."""
_LINES_OF_A_FEW = 10
"""Of the names of companies in the heat map; where they take more, each has one line."""
_AIRY = 21
"""Points of a row of the heat map: a line, and air around its figures."""
_MOST_NAMED = 3
"""People of an action; more are counted."""
_MOST_OF_A_COMPANY = 76
"""Column width: a company without a name is called by the path of its workbook."""
_SUMS = (
    ColumnHead("指标", 32),
    ColumnHead("分子", 9, "count"),
    ColumnHead("分母", 9, "count"),
    ColumnHead("本期", 12, "mark"),
    ColumnHead("目标", 12, "mark"),
    ColumnHead("上期", 12, "mark"),
    ColumnHead("变化", 18, "mark"),
    ColumnHead("判定", 10, "mark"),
    ColumnHead("口径", 60, "wrap"),
)
_BY_COMPANY = (_COMPANY, *_SUMS[:-1], _FILE)
_ROWS = (ColumnHead("指标", 32), _COMPANY, ColumnHead("编号", 33), ColumnHead("计入分子", 10, "mark"), _FILE)
_LATE = (
    _COMPANY,
    ColumnHead("编号", 16),
    ColumnHead("问题描述", 44, "quote"),
    ColumnHead("责任部门", 22, "quote"),
    ColumnHead("责任人", 30, "quote"),
    ColumnHead("期限", 12, "date"),
    ColumnHead("逾期天数", 10, "count"),
    ColumnHead("逾期类别", 12),
    ColumnHead("状态", 12),
    ColumnHead("下一步", 34, "wrap"),
    ColumnHead("下一步责任人", 14, "wrap"),
    _FILE,
)
_QUALITY = (
    _COMPANY,
    *(ColumnHead(name, 9, "count") for name in ("措施", "在办", "待更正", "错误", "警告", "提示")),
    ColumnHead("最多的错误（规则 个数）", 44, "wrap"),
    ColumnHead("工作簿", 30, "quote"),
)
_MONTHS = (
    ColumnHead("月份", 12, "mark"),
    *(
        ColumnHead(name, 12, "count")
        for name in ("新增", "完成", "关闭", "取消", "转后续", "月末在办", "月末实施\n逾期")
    ),
)
_LEFT_OUT = (ColumnHead("工作簿", 50, "quote"), ColumnHead("原因", 90, "wrap"))
_ON_PAPER = 3
"""Pages of a list that is there to filter; the heat map has what matters of 各公司指标."""
_ADDING = "合计由各公司的分子、分母相加，不是比率的平均；平均天数按项数加权；中位数和分位数不能相加，不列"


def group_dashboard(figures: GroupFigures, trend: Chart | None = None) -> bytes:
    """The workbook's bytes; the same values give the same bytes.

    Args:
        trend: Drawn under the heat map; None where nothing moved.
    """
    period, count = figures.period, len(figures.companies)
    book = Book(f"集团看板 {period.name}", figures.on, figures.group)
    out = f"，另有 {len(figures.left_out)} 个未计入" if figures.left_out else ""
    span = f"期间 {period.start} 至 {period.end}　数据截至 {figures.on}　共 {count} 个工作簿{out}"
    charts = [one for one in (company_chart(figures.companies), trend) if one]
    _heat_map(book, figures, span, charts)
    sums = book.sheet("指标合计", f"改进绩效指标合计　{period.name}", f"{span}　{_ADDING}")
    below = book.table(sums, _SUMS, [_sum_row(kpi) for kpi in figures.kpis])
    sums.fit_to_pages(1, 1)
    _tell_reopened(book, sums, below, _SUMS, figures)
    each = book.sheet("各公司指标", "每个指标在各公司的数字", f"{span}　目标是各公司自己的")
    book.table(each, _in_one_line(_BY_COMPANY, figures), list(_by_company(figures)), pages=_ON_PAPER)
    late = book.sheet(
        "逾期清单",
        f"逾期的措施　{figures.tally.late_phrase}",
        f"{span}　各类最长的在前；实施逾期按完成期限，环节超时按该环节的期限",
    )
    book.table(late, _LATE, list(_late_rows(figures)))
    quality = book.sheet("数据质量", "各工作簿的数据质量", f"{span}　待更正的行不参与计算")
    book.table(quality, _in_one_line(_QUALITY, figures), [_quality_row(company) for company in figures.companies])
    months = book.sheet("月度", "月度流量合计", f"{span}　月末实施逾期按当时的完成期限计算（延期从批准之日起）")
    book.table(months, _MONTHS, [astuple(m) for m in figures.months])
    rows = book.sheet(
        "行清单",
        "行清单：每个指标由哪些行构成",
        "筛选“指标”“公司”两列；“计入分子”为“是”的行在分子中。已取消的行计入取消率和数据质量。",
    )
    rows.set_portrait()
    book.table(rows, _in_one_line(_ROWS, figures), list(_rows(figures)), pages=_ON_PAPER)
    missing = book.sheet("未计入", f"没有计入的工作簿　{len(figures.left_out)} 个", "它们的措施不在任何数字里")
    book.table(missing, _LEFT_OUT, [(one.workbook, one.reason) for one in figures.left_out])
    return book.close()


def _in_one_line(headings: Sequence[ColumnHead], figures: GroupFigures) -> list[ColumnHead]:
    """The headings, the companies' as wide as the longest name: in lists of many rows a name takes one line."""
    longest = max((text_width(company.name) + 2 * INDENT for company in figures.companies), default=0.0)
    wide = replace(_COMPANY, width=max(_COMPANY.width, min(_MOST_OF_A_COMPANY, longest)))
    return [wide if heading is _COMPANY else heading for heading in headings]


def _heat_map(book: Book, figures: GroupFigures, span: str, charts: Sequence[Chart]) -> None:
    """One row a company, one column a KPI, the sums first; the charts below, or on a sheet of their own."""
    sums = {kpi.key: kpi for kpi in figures.kpis}
    headings = (
        _COMPANY,
        *(ColumnHead(name, 8, "count") for name in ("在办", "实施逾期", "环节超时", "错误")),
        *(_heat_heading(sums[key].name) for key in HEAT_MAP),
        _FILE,
    )
    note = f"{span}　颜色按各公司自己的目标：红底有 × 的未达标，绿底达标，灰底数据不足或未设目标；逾期多的在前"
    sheet = book.sheet("热力图", f"集团看板　{figures.period.name}", note)
    total: tuple[Cell, ...] = (
        "合计",
        *_totals(figures),
        *(_heat(sums[key]) for key in HEAT_MAP),
        f"{len(figures.companies)} 个工作簿",
    )
    each = [lines_of(company.name, _COMPANY.width - INDENT) for company in figures.companies]
    if is_long := sum(each) > _LINES_OF_A_FEW:
        headings = tuple(_in_one_line(headings, figures))
    below = book.table(
        sheet,
        headings,
        [total, *map(_company_row, by_lateness(figures.companies))],
        sums=True,
    )
    page = rows_height(print_scale(headings[:-1], sheet.paper_size), sheet.paper_size, 3 * LINE)
    high = _height_on_whole_pages(page, below) if is_long else max(_AIRY, LINE * max(each))
    for row in range(TABLE_ROW + 1, below):
        sheet.set_row(row, high)
    told = _tell_reopened(book, sheet, below, headings[:-1], figures)
    sheet.set_row(TABLE_ROW, 3 * LINE)
    if rows := rows_of_charts(page - high * (below - TABLE_ROW - 1) - 2 * LINE * told):
        charts_below(book, sheet, below + 1 + told, headings[:-1], charts, rows)
    else:
        chart_sheet(book, "图表", f"各公司在办、逾期和月度流量　{figures.period.name}", span, charts)


def _height_on_whole_pages(page: float, rows: int) -> float:
    """Points of each row of one line, with which as few pages as can be are full: none holds a few rows over."""
    on_each = ceil(rows / ceil(rows * LINE / page))
    return min(_AIRY, int(4 * page / on_each) / 4)


def _tell_reopened(book: Book, sheet: Any, below: int, headings: Sequence[ColumnHead], figures: GroupFigures) -> int:
    """Write below a table what was taken back and how it counts; gives the rows that takes."""
    told = reopened_words((one.name, one.reopened) for one in figures.companies)
    if told:
        book.write_folded(sheet, below, len(headings) - 1, sum(map(pixels_of, headings)), f"{told}。")
    return int(bool(told))


def _heat_heading(name: str) -> ColumnHead:
    """A KPI's name on two lines, its column as wide as a day in it."""
    lines = name.replace("（", "\n（")
    return ColumnHead(lines, max(13, *(text_width(line) + 1 for line in lines.split("\n"))), "mark")


def _totals(figures: GroupFigures) -> tuple[int, int, int, int]:
    companies = figures.companies
    return (
        sum(company.tally.open for company in companies),
        sum(company.tally.late_doing for company in companies),
        sum(company.tally.late_waiting for company in companies),
        sum(company.problems.get("error", 0) for company in companies),
    )


def _company_row(company: CompanyFigures) -> tuple[Cell, ...]:
    return (
        company.name,
        company.tally.open,
        company.tally.late_doing,
        company.tally.late_waiting,
        company.problems.get("error", 0),
        *(_heat(_of(company, key)) for key in HEAT_MAP),
        company.workbook,
    )


def _heat(kpi: Kpi) -> Mark:
    """The figure, its verdict as colour, and as a sign for a photocopy; a word where there is no figure."""
    words = NO_DATA if kpi.verdict == NO_DATA else figure_words(kpi)
    tone = verdict_tone(kpi)
    return Mark(f"× {words}" if tone == "bad" else words, tone)


def _of(company: CompanyFigures, key: str) -> Kpi:
    return next(kpi for kpi in company.kpis if kpi.key == key)


def _sum_row(kpi: Kpi) -> tuple[Cell, ...]:
    return (
        kpi.name,
        None if kpi.numerator is None else int(kpi.numerator),
        None if kpi.denominator is None else int(kpi.denominator),
        figure_words(kpi),
        kpi.target or "—",
        previous_words(kpi),
        change_words(kpi),
        Mark(kpi.verdict or "—", verdict_tone(kpi)),
        kpi.formula,
    )


def _by_company(figures: GroupFigures) -> Iterator[tuple[Cell, ...]]:
    for key in _keys(figures):
        for company in figures.companies:
            yield (company.name, *_sum_row(_of(company, key))[:-1], company.workbook)


def _keys(figures: GroupFigures) -> tuple[str, ...]:
    """Every KPI a company has, also those that can't be summed."""
    return tuple(dict.fromkeys(kpi.key for company in figures.companies for kpi in company.kpis))


def _rows(figures: GroupFigures) -> Iterator[tuple[Cell, ...]]:
    """At most `MOST_ROWS`; the rest is counted in a last row."""
    rows = _all_rows(figures)
    yield from islice(rows, MOST_ROWS)
    rest = sum(1 for _ in rows)
    if rest:
        yield (f"另有 {rest} 行未列出，见各公司自己的资料包（group pack --each）", "", "", "", "")


def _all_rows(figures: GroupFigures) -> Iterator[tuple[Cell, ...]]:
    for key in _keys(figures):
        for company in figures.companies:
            own = _of(company, key)
            for line in counted_apart(own):
                yield (own.name, company.name, line.named, "是" if line.is_held else "否", company.file_of(line.number))


def _late_rows(figures: GroupFigures) -> Iterator[tuple[Cell, ...]]:
    for company, item in (*figures.late, *figures.waiting):
        yield (
            company.name,
            item.number,
            cut_line(item.description, MOST_OF_A_PROBLEM),
            item.department,
            _people(item.owners),
            item.due_on,
            item.days,
            item.kind,
            item.status,
            cut_line(item.next_step, MOST_OF_A_PROBLEM),
            _people(item.next_actor),
            company.file_of(item.number),
        )


def _people(names: str) -> str:
    actors = listed_names(names)
    return cut_list(actors, _MOST_NAMED, unit_of_actors(actors))


def _quality_row(company: CompanyFigures) -> tuple[Cell, ...]:
    counts = (company.problems.get(severity, 0) for severity in ("error", "warning", "info"))
    tally = company.tally
    frequent = "、".join(company.most_frequent)
    return (company.name, tally.total, tally.open, tally.to_correct, *counts, frequent, company.workbook)
