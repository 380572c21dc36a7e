"""The charts of 01 集团看板: who has how much open and late, and the months of all together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from capa_xl.model import palette
from capa_xl.model.charts import BARS, Chart, Series
from capa_xl.model.group_figures import CompanyFigures
from capa_xl.model.row_heights import LINE
from capa_xl.reports.chart_sheets import place_chart, write_numbers
from capa_xl.reports.native_charts import complete
from capa_xl.reports.sheets import Book
from capa_xl.reports.table_cells import ColumnHead, pixels_of

DATA_SHEET = "图表数据"
MOST_BARS = 10
"""Companies of the chart; the heat map above has all."""
_FEWEST = 2
"""One bar would say no more than the heat map."""
_ROWS_HIGH, _LEAST_HIGH, _GAP = 28, 20, 12
"""Rows of `LINE` that a chart is high, at most and at least; pixels between two."""
_ROWS_AROUND = 2
"""Rows of `LINE` above and below the charts."""


def company_chart(companies: Sequence[CompanyFigures]) -> Chart | None:
    """Open and late actions of those who have the most late, then the most open; None where under two have any."""
    ordered = sorted(companies, key=lambda one: (-one.tally.late_doing, -one.tally.open))
    busy = [one for one in ordered if one.tally.open]
    shown = busy[:MOST_BARS]
    if len(shown) < _FEWEST:
        return None
    late = sum(one.tally.late_doing for one in companies)
    worst = _worst(busy) if late else ""
    rest = f"（图中 {MOST_BARS} 家）" if len(busy) > MOST_BARS else ""
    return Chart(
        title=f"在办 {sum(one.tally.open for one in companies)} 项，实施逾期 {late} 项{worst}{rest}",
        categories=tuple(one.name for one in shown),
        series=(
            Series("在办", tuple(float(one.tally.open) for one in shown), BARS, palette.CHART_LIGHT, labels=True),
            Series("实施逾期", tuple(float(one.tally.late_doing) for one in shown), BARS, palette.OVERDUE, labels=True),
        ),
        number_format="0",
    )


def _worst(ordered: Sequence[CompanyFigures]) -> str:
    """Who is first of those in order, or how many are."""
    most = ordered[0].tally.late_doing
    alike = sum(1 for one in ordered if one.tally.late_doing == most)
    return f"，最多的 {alike} 家各 {most} 项" if alike > 1 else f"，最多的是{ordered[0].name}（{most} 项）"


def rows_of_charts(room: float) -> int:
    """Rows of `LINE` that charts take of so many points of a page; 0 where they would be too low to be read."""
    rows = min(_ROWS_HIGH, int(room / LINE) - _ROWS_AROUND)
    return rows if rows >= _LEAST_HIGH else 0


def charts_below(
    book: Book, sheet: Any, top: int, headings: Sequence[ColumnHead], charts: Sequence[Chart], rows: int
) -> None:
    """Draw the charts side by side over the printed columns, from a 0-based row on; their numbers on a hidden sheet.

    Args:
        rows: Of `LINE`, that they are high.
    """
    if not charts:
        return
    across = sum(map(pixels_of, headings))
    size = across // len(charts) - _GAP, int(rows * LINE * 4 / 3)
    for row in range(top, top + rows + 1):
        sheet.set_row(row, LINE)
    for at, (chart, numbers) in enumerate(zip(map(complete, charts), _tops(charts), strict=True)):
        place_chart(book, sheet, (top, 0), chart, (DATA_SHEET, numbers, 0), size, across // len(charts) * at)
    sheet.print_area(0, 0, top + rows, len(headings) - 1)
    _write_numbers(book, charts)


def _write_numbers(book: Book, charts: Sequence[Chart]) -> None:
    data = book.workbook.add_worksheet(DATA_SHEET)
    data.hide()
    for chart, top in zip(map(complete, charts), _tops(charts), strict=True):
        write_numbers(book, data, top, chart)


def _tops(charts: Sequence[Chart]) -> list[int]:
    return list(accumulate((len(chart.categories) + 3 for chart in charts), initial=0))[:-1]
