"""统计分析.xlsx: every series with its chart, Pareto charts, repeats, and what is proposed (4.3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from capa_xl.model.analysed import ALIKE, Proposal, Recurrence
from capa_xl.model.charts import Chart
from capa_xl.model.cut_text import MOST_OF_A_QUOTE, with_unit
from capa_xl.model.half_up import half_up, hundredths, per_cent
from capa_xl.model.pareto_words import vital_few
from capa_xl.model.shares import has_few, share_words
from capa_xl.model.short_names import told_apart
from capa_xl.model.statistics import ControlSeries, Pareto
from capa_xl.reports.analysis_text import span_words
from capa_xl.reports.chart_sheets import chart_sheet
from capa_xl.reports.printed_rows import TITLE_HEIGHT
from capa_xl.reports.sheets import TABLE_ROW, Book
from capa_xl.reports.table_cells import Cell, ColumnHead, pixels_of

CHART_WORDS = {"p": "p 图", "u": "u 图", "c": "c 图", "imr": "I-MR 图", "run": "趋势图", "none": "无"}
_SERIES = (
    ColumnHead("序列", 36, "quote"),
    ColumnHead("图", 10, "mark"),
    ColumnHead("点数", 8, "count"),
    ColumnHead("中心线", 16, "wrap"),
    ColumnHead("信号", 46, "wrap"),
    ColumnHead("趋势 p（双侧）", 14, "mark"),
    ColumnHead("斜率/期", 16, "wrap"),
    ColumnHead("说明", 37, "wrap"),
)
_RULES = (
    "判异规则：WE1 一点超出 3σ，WE2 三点中两点在同侧 2σ 以外，WE3 五点中四点在同侧 1σ 以外，"
    "WE4 连续八点在中心线同侧，N3 连续六点上升或下降"
)
"""In words: the codes of the list of proposals are read here."""
_OF_ACTIONS = "措施不计已取消的"
_PARETO = (
    ColumnHead("分类", 18),
    ColumnHead("类别", 44),
    ColumnHead("数量", 8, "count"),
    ColumnHead("占比", 9, "share"),
    ColumnHead("累计", 9, "share"),
    ColumnHead("关键少数", 10, "mark"),
)
_REPEATS = (
    ColumnHead("编号", 14),
    ColumnHead("前次", 14),
    ColumnHead("依据", 30),
    ColumnHead("相隔天数", 10, "count"),
    ColumnHead("描述相似度", 11, "share"),
)
_PROPOSALS = (
    ColumnHead("部门", 14),
    ColumnHead("过程", 12),
    ColumnHead("规则", 8, "mark"),
    ColumnHead("问题描述（可直接登记）", 60, "quote"),
    ColumnHead("方法", 22),
    ColumnHead("数据范围", 38, "quote"),
    ColumnHead("期间", 30, "wrap"),
)
_REPEATS_BELOW = (
    ColumnHead("编号", 14),
    ColumnHead("前次", 12),
    ColumnHead("相隔天数", 8, "count"),
    ColumnHead("依据", 60),
    ColumnHead("描述相似度", 22, "share"),
)
"""In the columns of what is proposed above them."""
_PROPOSED, _REPEATED = "建议", "重复发生"
_FEW_REPEATS = 8
_ONLY_ALIKE = f"“{ALIKE}”仅供参考，由质量部判定"
_SURE = 2
"""More than any likeness: those come first, as they stand."""
_LEAST_P = 0.001
PRINTED_ALIKE = 30
"""Pairs that are only alike in words and are printed, the most alike; a large workbook has thousands."""


class AnalysisSheets(Struct, frozen=True):
    """What goes into the workbook; `charts` and `pareto_charts` are drawn in that order.

    Attributes:
        not_counted: Which archived years it lacks; "" where it lacks none.
        company: Above every page.
    """

    series: tuple[ControlSeries, ...]
    charts: tuple[Chart, ...]
    paretos: tuple[Pareto, ...]
    pareto_charts: tuple[Chart, ...]
    recurrences: tuple[Recurrence, ...]
    proposals: tuple[Proposal, ...]
    not_counted: str = ""
    company: str = ""


def analysis_workbook(sheets: AnalysisSheets, on: date) -> bytes:
    """The workbook's bytes; the same values give the same bytes."""
    book = Book("统计分析", on, sheets.company)
    span = f"数据截至 {on}　{sheets.not_counted}".strip()
    if sheets.series:
        _series(book, sheets.series, span)
    if sheets.charts:
        note = "红色菱形属于某个信号；实线为中心线，长虚线为控制限，取数范围见“序列”的说明"
        chart_sheet(book, "控制图", "控制图与趋势图", note, sheets.charts)
    kinds = told_apart((row.category for table in sheets.paretos for row in table.rows), MOST_OF_A_QUOTE)
    few = f"{_OF_ACTIONS}；关键少数：累计达到 80% 的最少几类；不足 5 件、只有一类、各类分散的没有"
    few += _cut_words(kinds, "《改进计划跟踪表》《质量数据》")
    page = book.sheet("排列图", "排列图：数量、占比与累计", f"{span}　{few}")
    page.set_portrait()
    book.table(page, _PARETO, list(_pareto_rows(sheets.paretos, kinds)))
    if sheets.pareto_charts:
        chart_sheet(book, "排列图_图", "排列图", f"{span}　{_OF_ACTIONS}", sheets.pareto_charts)
    _proposals(book, sheets.proposals, sheets.recurrences)
    if not sheets.series:  # hidden there; the first sheet is always shown
        _series(book, (), span)
    return book.close()


def _series(book: Book, series: tuple[ControlSeries, ...], span: str) -> None:
    names = told_apart((one.name for one in series), MOST_OF_A_QUOTE)
    rules = _RULES + _cut_words(names, "《质量数据》")
    page = book.sheet("序列", "质量数据的统计分析（4.3.1）", f"{span}　{rules}")
    book.table(page, _SERIES, [_series_row(one, names[one.name]) for one in series])


def _cut_words(names: Mapping[str, str], sheets: str) -> str:
    """Where the whole names stand; "" where none was cut."""
    is_cut = any(name != short for name, short in names.items())
    return f"　名称超过 {MOST_OF_A_QUOTE} 字的中间以…略去，全文见跟踪表工作簿的{sheets}" if is_cut else ""


def _proposals(book: Book, proposals: tuple[Proposal, ...], repeats: tuple[Recurrence, ...]) -> None:
    """What is proposed, and what was repeated on a sheet of its own; on the same one where that is a few lines."""
    rows = [_proposal_row(one) for one in proposals]
    are_joined = bool(rows) and 0 < len(repeats) <= _FEW_REPEATS
    if not are_joined:
        _repeats(book, repeats)
    name = f"{_PROPOSED}、{_REPEATED}" if are_joined else _PROPOSED
    page = book.sheet(
        name,
        "尚无分析记录的信号：建议采取预防措施",
        "不采取的，在《分析记录》写明理由（4.3.2）：部门与这里相同，数据范围写上项目或指标的名称",
    )
    below = book.table(page, _PROPOSALS, rows)
    if are_joined:
        page.write_string(below + 1, 0, f"{_REPEATED}的措施", book.format("title"))
        page.set_row(below + 1, TITLE_HEIGHT)
        book.table(page, _REPEATS_BELOW, [_row_below(one) for one in _ordered(repeats)], top=below + 2)
        page.write_string(below + 3 + len(repeats), 0, _ONLY_ALIKE, book.format("note"))


def _repeats(book: Book, repeats: tuple[Recurrence, ...]) -> None:
    """What people or keys tie first, then what is alike in words, the most alike first and few of them printed."""
    printed = sum(one.basis != ALIKE for one in repeats) + PRINTED_ALIKE
    note = _ONLY_ALIKE
    if len(repeats) > printed:
        note += f"　共 {len(repeats)} 对，打印前 {printed} 对（{ALIKE}的取最相近的 {PRINTED_ALIKE} 对），其余在本表下方"
    page = book.sheet(_REPEATED, f"{_REPEATED}的措施", note)
    book.write_folded(page, 1, len(_REPEATS) - 1, sum(map(pixels_of, _REPEATS)), note)
    page.set_portrait()
    book.table(page, _REPEATS, [_repeat_row(one) for one in _ordered(repeats)])
    if len(repeats) > printed:
        page.print_area(0, 0, TABLE_ROW + printed, len(_REPEATS) - 1)


def _ordered(repeats: tuple[Recurrence, ...]) -> list[Recurrence]:
    return sorted(repeats, key=lambda one: -one.similarity if one.basis == ALIKE else -_SURE)


def _series_row(series: ControlSeries, name: str) -> tuple[Cell, ...]:
    signals = "；".join(f"{signal.name}：{span_words(signal.periods)}" for signal in series.signals)
    trend = (_p_words(series.trend.p), _measured(series, series.trend.slope, "+")) if series.trend else (None, None)
    centre = None if series.centre is None else _measured(series, series.centre)
    return (name, CHART_WORDS[series.chart], series.n, centre, signals or "无", *trend, series.note)


def _measured(series: ControlSeries, value: float, sign: str = "") -> str:
    """A figure as the series' chart says it: shares in percent, others with their unit."""
    if series.is_in_percent:
        return f"{hundredths(value, 2, sign)} 个百分点" if sign else per_cent(value)
    places = 2 if abs(value) >= 1 else 4
    return with_unit(half_up(value, places, sign), series.own_unit)


def _p_words(p: float) -> str:
    return half_up(p, 3) if p >= _LEAST_P else f"＜{_LEAST_P}"


def _pareto_rows(tables: tuple[Pareto, ...], names: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    for table in tables:
        vital = vital_few(table)
        for row in table.rows:
            shares = (_share(part, table.n) for part in (row.share, row.cumulative))
            yield table.by, names[row.category], int(row.count), *shares, "是" if row in vital else ""


def _share(part: float, n: float) -> Cell:
    """A number that is shown in per cent, or of few cases the fraction in words."""
    return share_words(float(half_up(part * n, 0)), n) if has_few(n) else part


def _repeat_row(one: Recurrence) -> tuple[Cell, ...]:
    return one.number, one.earlier, one.basis, one.days_between, one.similarity


def _row_below(one: Recurrence) -> tuple[Cell, ...]:
    return one.number, one.earlier, one.days_between, one.basis, one.similarity


def _proposal_row(one: Proposal) -> tuple[Cell, ...]:
    return (
        one.department, one.process, one.rule, one.description, one.method, one.data_range, "、".join(one.periods),
    )  # fmt: skip
