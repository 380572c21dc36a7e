"""A chart as a value → a native chart of xlsxwriter, alike in Word papers and in workbooks.

Columns beside each other differ in lightness, reference lines in their dashes, and limits carry their name at the end
of the line: a photocopy says the same as the screen. Counts have whole numbers on their axis.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from capa_xl.model import palette
from capa_xl.model.charts import (
    BAR_KINDS,
    BARS,
    CENTRE,
    COLUMNS,
    LIMIT,
    MARK,
    POINTS,
    STEP,
    Chart,
    Series,
    fitted_title,
)
from capa_xl.model.cut_text import cut_inside
from capa_xl.model.row_heights import text_width
from capa_xl.model.short_names import told_apart
from capa_xl.reports.chart_axes import category_axis, figure_length, mark_height, share_axis, value_axis
from capa_xl.reports.chart_labels import MOST_OF_A_NAME, labels_of
from capa_xl.reports.chart_look import ChartLook, is_control, plot_layout
from capa_xl.reports.whole_tokens import with_hard_hyphens
from capa_xl.reports.xml_text import one_line

Anchors = Callable[[int], dict[str, Any]]
"""Index of a series → where its name, categories and values stand, as xlsxwriter wants them."""

_FILLS: Final = (palette.CHART_DARK, palette.CHART_LIGHT, palette.SILENT)
MOST_OF_A_TITLE, MOST_ALONG = 400, 60
"""Characters of a title that are looked at; of an axis below it."""
MANY_COLUMNS, MOST_UNDER_MANY = 6, 12
"""Over so many upright columns names stand slanted; of longer ones than this they would take half of the chart."""
MOST_IN_A_LEGEND, MOST_UPRIGHT = 14, 16
"""Characters of a series, three of which share a line; of the title of an axis that stands, one line of it."""
_LINES: Final[Mapping[str, dict[str, Any]]] = {
    STEP: {"width": 1.25, "dash_type": "dash"},
    LIMIT: {"width": 1.25, "dash_type": "long_dash"},
    CENTRE: {"width": 1.25},
}


def complete(chart: Chart, most_upright: int = MOST_UPRIGHT) -> Chart:
    """The chart with clean, short text, and with the series that show its mark and its points that stand out.

    Args:
        most_upright: Characters that the title of a standing axis has room for.
    """
    series = [replace(one, name=one_line(one.name, MOST_IN_A_LEGEND)) for one in chart.series]
    series += [_marked(one) for one in chart.series if one.marked]
    if chart.mark and chart.mark in chart.categories:
        height = mark_height(chart)
        bars = tuple(height if category == chart.mark else None for category in chart.categories)
        name = one_line(chart.mark_name or chart.mark, MOST_IN_A_LEGEND)
        series.insert(0, Series(name, bars, MARK, palette.BORDER))
    return replace(
        chart,
        title=with_hard_hyphens(fitted_title(one_line(chart.title, MOST_OF_A_TITLE))),
        x_title=one_line(chart.x_title, MOST_ALONG),
        y_title=_upright(chart.y_title, most_upright),
        second_title=_upright(chart.second_title, most_upright),
        categories=_distinct(chart.categories, _most_of_a_category(chart)),
        series=tuple(series),
    )


def _upright(title: str, most: int) -> str:
    """The title of an axis that stands, with its end, where its unit is."""
    line = one_line(title, MOST_OF_A_TITLE)
    return line if text_width(line) <= 2 * most else cut_inside(line, most)


def _most_of_a_category(chart: Chart) -> int:
    lying = any(one.kind == BARS for one in chart.series)
    return MOST_OF_A_NAME if lying or len(chart.categories) <= MANY_COLUMNS else MOST_UNDER_MANY


def _distinct(names: Sequence[str], most: int) -> tuple[str, ...]:
    """Short names of the categories; two that differ anywhere don't read the same. Ones on several lines are short."""
    if any("\n" in name for name in names):
        return tuple("\n".join(one_line(line, most) for line in name.split("\n")) for name in names)
    lines = [one_line(name, MOST_OF_A_TITLE) for name in names]
    short = told_apart(lines, most)
    return tuple(short[line] for line in lines)


def _marked(one: Series) -> Series:
    """The points that stand out as a series of their own: LibreOffice and WPS don't colour single points of a line."""
    values = tuple(value if at in one.marked else None for at, value in enumerate(one.values))
    words = tuple(one.mark_words if at == one.mark_words_at else "" for at in range(len(values)))
    return Series(
        "信号点", values, POINTS, palette.OVERDUE, second_axis=one.second_axis, texts=words if one.mark_words else ()
    )


def native_chart(workbook: Any, chart: Chart, place: Anchors, look: ChartLook) -> Any:
    """The chart of a complete value; columns first, lines laid over them.

    Args:
        chart: As `complete` gives it.
    """
    bars = [at for at, one in enumerate(chart.series) if one.kind in BAR_KINDS]
    lines = [at for at, one in enumerate(chart.series) if one.kind not in BAR_KINDS]
    kind = "bar" if any(one.kind == BARS for one in chart.series) else "column" if bars else "line"
    base = workbook.add_chart({"type": kind})
    for at in bars or lines:
        base.add_series(place(at) | _series(chart, at, look))
    if bars and lines:
        second = workbook.add_chart({"type": "line"})
        for at in lines:
            second.add_series(place(at) | _series(chart, at, look))
        if any(chart.series[at].second_axis for at in lines):
            second.set_y2_axis(share_axis(chart, look))
        base.combine(second)
    _dress(base, chart, look)
    return base


def _series(chart: Chart, at: int, look: ChartLook) -> dict[str, Any]:
    one = chart.series[at]
    spec: dict[str, Any] = {"y2_axis": True} if one.second_axis else {}
    spec |= labels_of(chart, one, look.font())
    if one.kind in BAR_KINDS:
        return spec | _fill(chart, at)
    return spec | _line(one)


def _fill(chart: Chart, at: int) -> dict[str, Any]:
    own = sum(one.kind in (COLUMNS, BARS) for one in chart.series[:at])
    colour = chart.series[at].colour or _FILLS[own % len(_FILLS)]
    is_mark = chart.series[at].kind == MARK
    edge = {"none": True} if is_mark else {"color": f"#{palette.CHART_DARK}", "width": 0.5}
    return {"fill": {"color": f"#{colour}"}, "border": edge, "gap": 500 if is_mark else 70, "overlap": 0}


def _line(one: Series) -> dict[str, Any]:
    colour = f"#{one.colour or palette.ACCENT}"
    if one.kind in _LINES:
        return {"line": {"color": colour, **_LINES[one.kind]}, "marker": {"type": "none"}}
    is_points = one.kind == POINTS
    inside = colour if is_points else "#FFFFFF"  # white is seen on a dark bar behind it, in a copy without colours too
    looks = {"fill": {"color": inside}, "border": {"color": colour}}
    marker = {"type": "diamond" if is_points else "circle", "size": 10 if is_points else 5, **looks}
    return {"line": {"none": True} if is_points else {"color": colour, "width": 1.75}, "marker": marker}


def _dress(base: Any, chart: Chart, look: ChartLook) -> None:
    name = {"name": look.heading, "size": look.heading_size, "bold": True, "color": f"#{palette.NAVY}"}
    base.set_title({"name": chart.title, "name_font": name, "overlay": False})
    along, across = category_axis(chart, look), value_axis(chart, look)
    if any(one.kind == BARS for one in chart.series):
        base.set_x_axis(across | {"visible": False, "major_gridlines": {"visible": False}})
        base.set_y_axis(along | {"reverse": True})
    else:
        base.set_x_axis(along)
        base.set_y_axis(across)
    base.set_legend(legend := _legend(chart, look))
    base.set_chartarea({"border": {"none": True}, "fill": {"color": f"#{palette.WHITE}"}})
    base.show_blanks_as("span")
    if layout := plot_layout(chart, look, has_legend="none" not in legend, figures=figure_length(across)):
        base.set_plotarea({"layout": layout})


def _legend(chart: Chart, look: ChartLook) -> dict[str, Any]:
    if is_control(chart) or len(chart.series) == 1 or not chart.has_legend:
        return {"none": True}
    unnamed = [at for at, one in enumerate(chart.series) if one.kind == STEP and one.texts]
    return {"position": "bottom", "font": look.font(), "delete_series": unnamed}
