"""Page one of 01 改进看板: eight cards over at most four native charts on one A3 landscape, and their data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from capa_xl.model import palette
from capa_xl.model.charts import Chart
from capa_xl.model.dashboard_facts import ChartOrReason, KpiCard
from capa_xl.model.kpi import Kpi
from capa_xl.reports.chart_sheets import place_chart, write_numbers
from capa_xl.reports.kpi_words import change_words, figure_words, previous_words, verdict_tone
from capa_xl.reports.native_charts import complete
from capa_xl.reports.printed_rows import A3
from capa_xl.reports.sheets import Book
from capa_xl.reports.xml_text import clean

PAGE_SHEET, DATA_SHEET = "看板", "图表数据"
_CARDS_A_ROW, _CARDS_A_ROW_ALONE = 4, 2
"""Over charts on an A3 landscape, and on an upright A4 that they fill by themselves."""
_WIDTHS, _GUTTER = (174, 58, 116), 18
"""Pixels of the columns of a card, the last of which holds its curve whole, and of the gap between two cards."""
_COLUMNS_A_CARD = len(_WIDTHS)
_TOP = 3
_CARD_ROWS = (26, 54, 22, 26, 12)
"""Pixels: name, value with its curve, target and past, change and verdict, gap."""
_ROW, _CHART_ROWS, _REASON = 20, 22, 28
_CARD: dict[str, Any] = {"font_name": palette.FONT, "valign": "vcenter", "font_color": palette.INK}


def first_page(
    book: Book,
    title: str,
    note: str,
    cards: tuple[KpiCard, ...],
    charts: tuple[ChartOrReason, ...],
    reopened: str = "",
) -> None:
    """The page; its charts and curves read the sheet that `data_sheet` writes, and `reopened` ends it.

    Charts that there are stand two in a row, a last one alone over all of it, and below them why others aren't there;
    without any the page is an upright A4.
    """
    sheet = book.sheet(PAGE_SHEET, title, note)
    drawn = [at for at, one in enumerate(charts) if one.chart]
    across = _CARDS_A_ROW if drawn else _CARDS_A_ROW_ALONE
    if drawn:
        sheet.set_paper(A3)
    else:
        sheet.set_portrait()
        book.fold_first_note(_last_column(across), _width(across))
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    for column in range(across * (_COLUMNS_A_CARD + 1)):
        sheet.set_column_pixels(column, column, (*_WIDTHS, _GUTTER)[column % (_COLUMNS_A_CARD + 1)])
    for at, card in enumerate(cards):
        _card(book, sheet, *_place(at, across), at, card)
    below = _TOP + -(-len(cards) // across) * len(_CARD_ROWS)
    reasons = below + -(-len(drawn) // 2) * _CHART_ROWS
    for row in range(below, reasons):
        sheet.set_row_pixels(row, _ROW)
    for place, at in enumerate(drawn):
        is_alone = place % 2 == 0 and place + 1 == len(drawn)
        width = _width(_CARDS_A_ROW if is_alone else _CARDS_A_ROW // 2)
        _chart(book, sheet, (below, place), charts[at], _first_row(charts, at, cards), width)
    _without_charts(book, sheet, reasons, _last_column(across), [one.reason for one in charts if one.chart is None])
    if reopened:
        below = reasons + len(charts) - len(drawn)
        book.write_folded(sheet, below, _last_column(across), _width(across), f"{reopened}。")


def data_sheet(book: Book, cards: tuple[KpiCard, ...], charts: tuple[ChartOrReason, ...]) -> None:
    """What the curves and charts of the first page draw, on a hidden sheet."""
    data = book.workbook.add_worksheet(DATA_SHEET)
    data.hide()
    for row, card in enumerate(cards):
        data.write_string(row, 0, clean(card.kpi.name))
        for column, value in enumerate(card.history, start=1):
            if value is not None:
                data.write_number(row, column, value)
    for at, one in enumerate(charts):
        if one.chart:
            write_numbers(book, data, _first_row(charts, at, cards), complete(one.chart))


def _first_row(charts: tuple[ChartOrReason, ...], at: int, cards: tuple[KpiCard, ...]) -> int:
    """0-based row of a chart's numbers on the data sheet."""
    return len(cards) + 1 + sum(len(one.chart.categories) + 3 if one.chart else 0 for one in charts[:at])


def _place(at: int, across: int) -> tuple[int, int]:
    """0-based upper left corner of a card."""
    return _TOP + at // across * len(_CARD_ROWS), at % across * (_COLUMNS_A_CARD + 1)


def _last_column(across: int) -> int:
    """0-based, of the last card in a row."""
    return across * (_COLUMNS_A_CARD + 1) - 2


def _width(across: int) -> int:
    """Pixels of the cards in a row."""
    return across * (sum(_WIDTHS) + _GUTTER) - _GUTTER


def _card(book: Book, sheet: Any, row: int, left: int, at: int, card: KpiCard) -> None:
    kpi, middle, right = card.kpi, left + 1, left + _COLUMNS_A_CARD - 1
    for offset, height in enumerate(_CARD_ROWS):
        sheet.set_row_pixels(row + offset, height)
    tone = verdict_tone(kpi)
    _put(book, sheet, row, left, right, kpi.name, "name")
    past = f"上期 {previous_words(kpi)}" if kpi.previous is not None else "上期无数据"
    _put(book, sheet, row + 1, left, middle, figure_words(kpi), "value")
    _put(book, sheet, row + 1, right, right, "", "curve")
    _put(book, sheet, row + 2, left, left, f"目标 {kpi.target or '未设'}", "target")
    _put(book, sheet, row + 2, middle, right, past, "past")
    _put(book, sheet, row + 3, left, middle, arrow_words(kpi), "change")
    _put(book, sheet, row + 3, right, right, kpi.verdict or "不判定", tone)
    if any(value is not None for value in card.history):
        _curve(sheet, row + 1, right, at, len(card.history))


def _curve(sheet: Any, row: int, column: int, at: int, months: int) -> None:
    """The last twelve months as columns, for a curve prints as dots in LibreOffice; the newest in the accent.

    Red is what a verdict says.
    """
    end = chr(ord("A") + months)
    look = {
        "type": "column",
        "series_color": f"#{palette.NAVY}",
        "last_point": True,
        "last_color": f"#{palette.ACCENT}",
    }
    points = {"range": f"'{DATA_SHEET}'!$B${at + 1}:${end}${at + 1}", "show_hidden": True, "empty_cells": "gaps"}
    sheet.add_sparkline(row, column, {**points, **look, "min": 0})


def arrow_words(kpi: Kpi) -> str:
    """▲ 2.1 个百分点（好转）; 与上期持平; nothing where the card says that there was none before."""
    if kpi.previous is None:
        return ""
    said = change_words(kpi)
    if said in ("—", "持平"):
        return "与上期持平" if said == "持平" else "与上期不可比"
    up = (kpi.change or 0) > 0
    if not kpi.target:
        return f"{'▲' if up else '▼'} {said.lstrip('+-')}"
    is_better = up != kpi.target.lstrip().startswith(("<", "≤", "＜"))
    return f"{'▲' if up else '▼'} {said.lstrip('+-')}（{'好转' if is_better else '变差'}）"


_LOOKS: dict[str, dict[str, Any]] = {
    "name": {"bold": True, "font_size": 11, "font_color": palette.NAVY, "bg_color": palette.PALE_BLUE, "indent": 1},
    "value": {"bold": True, "font_size": 24, "font_color": palette.NAVY, "indent": 1, "shrink": True},
    "curve": {},
    "target": {"font_size": 10, "indent": 1},
    "past": {"font_size": 10, "align": "right", "indent": 1},
    "change": {"font_size": 10, "indent": 1, "bottom": 1},
    "good": {"font_color": palette.DONE, "bg_color": palette.DONE_FILL, "bottom": 1},
    "bad": {"font_color": palette.OVERDUE, "bg_color": palette.OVERDUE_FILL, "bottom": 1},
    "silent": {"font_color": palette.MUTED, "bg_color": palette.SILENT_FILL, "bottom": 1},
    "reason": {"font_color": palette.MUTED, "bg_color": palette.SILENT_FILL, "font_size": 10, "indent": 1},
}
_EDGES = {"name": (1, 1), "value": (1, 0), "curve": (0, 1), "target": (1, 0), "past": (0, 1), "change": (1, 0)}
"""Which of a cell's left and right edges are edges of the card."""


def _put(book: Book, sheet: Any, row: int, left: int, right: int, text: str, look: str) -> None:
    at_left, at_right = _EDGES.get(look, (0, 1))
    edges = {"left": at_left, "right": at_right, "top": int(look == "name"), "border_color": f"#{palette.BORDER}"}
    centred = {"align": "center", "bold": True, "font_size": 10} if look in ("good", "bad", "silent") else {}
    style = book.workbook.add_format({**_CARD, **edges, **centred, **_LOOKS[look]})
    if left == right:
        sheet.write_string(row, left, clean(text), style)
    else:
        sheet.merge_range(row, left, row, right, clean(text), style)


def _chart(book: Book, sheet: Any, where: tuple[int, int], one: ChartOrReason, numbers: int, width: int) -> None:
    """The chart, so many pixels wide, in its place below a row, counted from the left and the top."""
    if one.chart is None:
        return
    chart: Chart = complete(one.chart)
    below, place = where
    at = below + place // 2 * _CHART_ROWS, place % 2 * 2 * (_COLUMNS_A_CARD + 1)
    place_chart(book, sheet, at, chart, (DATA_SHEET, numbers, 0), (width, _CHART_ROWS * _ROW - 8))


def _without_charts(book: Book, sheet: Any, row: int, last: int, reasons: Sequence[str]) -> None:
    """Why there is no chart of something, a line each over the whole width."""
    style = book.workbook.add_format({**_CARD, **_LOOKS["reason"]}) if reasons else None
    for at, reason in enumerate(reasons, row):
        sheet.set_row_pixels(at, _REASON)
        sheet.merge_range(at, 0, at, last, clean(reason), style)
