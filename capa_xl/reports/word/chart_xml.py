"""Chart values → chart XML and the workbook behind it, both made by xlsxwriter and dressed for Word."""

from __future__ import annotations

import io
import math
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import Any

from capa_xl.model import palette
from capa_xl.model.charts import COLUMNS, LINE, STEP, Chart, Series
from capa_xl.reports.xml_text import one_line

_SHEET = "数据"
_FONT = "宋体"
_CREATED = datetime(2000, 1, 1)
_NO_FORMULA = "\ufdd0"
"""Stands behind each ! of a title while xlsxwriter reads it, which takes words such as 甲!A1 for a reference."""
_ORDER = (palette.ACCENT, palette.NAVY, palette.SILENT, palette.DUE_SOON, palette.DONE)
_LABEL_ZEROS = (
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_TEXT = (
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900">'
    f'<a:latin typeface="{_FONT}"/><a:ea typeface="{_FONT}"/></a:defRPr></a:pPr>'
    '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
)


def chart_xml(chart: Chart) -> str:
    """The chart part, for Word: linked to its workbook, square corners, labels that show the value and nothing else."""
    with zipfile.ZipFile(io.BytesIO(_workbook(chart, drawn=True))) as archive:
        xml = archive.read("xl/charts/chart1.xml").decode()
    xml = xml.replace(_NO_FORMULA, "").replace("<c:chart>", '<c:roundedCorners val="0"/><c:chart>', 1)
    xml = re.sub(r'<a:latin typeface="([^"]*)"[^>]*/>', r'<a:latin typeface="\1"/><a:ea typeface="\1"/>', xml)
    xml = xml.replace('<c:showVal val="1"/>', _LABEL_ZEROS).replace('lang="en-US"', 'lang="zh-CN"')
    xml = re.sub(r"<c:lineChart>.*?</c:lineChart>", _unsmoothed, xml, flags=re.DOTALL)
    xml = xml.replace('<c:plotVisOnly val="1"/>', '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>')
    tail = _TEXT + '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    return re.sub(r"(<c:printSettings>.*</c:printSettings>)?</c:chartSpace>", lambda _: tail, xml, flags=re.DOTALL)


def _unsmoothed(lines: re.Match[str]) -> str:
    """Readers take a series that doesn't say so for a smooth curve."""
    return re.sub(r'(<c:smooth val="\d"/>)?</c:ser>', '<c:smooth val="0"/></c:ser>', lines[0])


def data_workbook(chart: Chart) -> bytes:
    """The workbook that Word opens under *edit data*."""
    return _workbook(chart, drawn=False)


def _workbook(chart: Chart, *, drawn: bool) -> bytes:
    import xlsxwriter

    chart = _complete(chart)
    blob = io.BytesIO()
    workbook = xlsxwriter.Workbook(blob, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"created": _CREATED})
    sheet = workbook.add_worksheet(_SHEET)
    sheet.write_column(1, 0, chart.categories)
    for index, series in enumerate(chart.series, start=1):
        sheet.write_string(0, index, series.name)
        for row, value in enumerate(series.values, start=1):
            if value is not None:
                sheet.write_number(row, index, value)
    if drawn:
        sheet.insert_chart("A20", _native(workbook, chart))
    workbook.close()
    return blob.getvalue()


def _complete(chart: Chart) -> Chart:
    """The chart with clean text, and with the series that show its mark and the marked points."""
    series = [replace(one, name=one_line(one.name)) for one in chart.series]
    for one in chart.series:
        if one.marked:
            points = tuple(value if at in one.marked else None for at, value in enumerate(one.values))
            series.append(Series("信号点", points, LINE, palette.OVERDUE, labels=False))
    if chart.mark in chart.categories:
        top = _axis_top(chart)
        bars = tuple(top if category == chart.mark else None for category in chart.categories)
        series.insert(0, Series(one_line(chart.mark_name or chart.mark), bars, COLUMNS, palette.BORDER))
    return replace(
        chart,
        title=one_line(chart.title),
        categories=tuple(map(one_line, chart.categories)),
        series=tuple(series),
    )


def _axis_top(chart: Chart) -> float:
    """A round number a little over the largest value."""
    largest = max((value for one in chart.series for value in one.values if value is not None), default=1.0)
    if largest <= 0:
        return 1.0
    unit = 10.0 ** (len(str(int(largest))) - 1) if largest >= 1 else 10.0**-2
    steps = int(largest * 1.1 / unit * 2) + 1
    return round(steps * unit / 2, 6)


def _native(workbook: Any, chart: Chart) -> Any:
    columns = [at for at, one in enumerate(chart.series) if one.kind == COLUMNS]
    lines = [at for at, one in enumerate(chart.series) if one.kind != COLUMNS]
    base = workbook.add_chart({"type": "column" if columns else "line"})
    for at in columns or lines:
        base.add_series(_series(chart, at))
    if columns and lines:
        second = workbook.add_chart({"type": "line"})
        for at in lines:
            second.add_series(_series(chart, at))
        if any(chart.series[at].second_axis for at in lines):
            second.set_y2_axis(_share_axis(chart))
        base.combine(second)
    _dress(base, chart)
    return base


def _series(chart: Chart, at: int) -> dict[str, Any]:
    one, rows = chart.series[at], len(chart.categories)
    colour = "#" + (one.colour or _ORDER[at % len(_ORDER)])
    spec: dict[str, Any] = {
        "name": [_SHEET, 0, at + 1],
        "categories": [_SHEET, 1, 0, rows, 0],
        "values": [_SHEET, 1, at + 1, rows, at + 1],
        "y2_axis": one.second_axis,
    }
    if one.labels:
        spec["data_labels"] = {"value": True, "font": _font(9), "num_format": chart.number_format}
    if one.kind == COLUMNS:
        is_mark = bool(chart.mark) and at == 0
        return spec | {"fill": {"color": colour}, "border": {"none": True}, "gap": 500 if is_mark else 80}
    if one.kind == STEP:
        return spec | {"line": {"color": colour, "width": 1, "dash_type": "dash"}, "marker": {"type": "none"}}
    if one.name == "信号点":
        red = {"color": colour}
        return spec | {"line": {"none": True}, "marker": {"type": "diamond", "size": 9, "fill": red, "border": red}}
    marker = {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
    return spec | {"line": {"color": colour, "width": 1.75}, "marker": marker}


def _dress(base: Any, chart: Chart) -> None:
    looks = _font(10.5, bold=True, colour=palette.NAVY)
    base.set_title({"name": _unlike_a_reference(chart.title), "name_font": looks, "overlay": False})
    base.set_x_axis(_axis(chart.x_title))
    y_axis = _axis(chart.y_title) | {"num_format": chart.number_format}
    y_axis["major_gridlines"] = {"visible": True, "line": {"color": "#E3E8F0", "width": 0.5}}
    if _begins_at_zero(chart):
        y_axis["min"] = 0
    elif not any(one.kind == COLUMNS for one in chart.series):
        y_axis |= _close_range(chart)
    if chart.mark:
        y_axis["max"] = _axis_top(chart)
    if any(one.second_axis for one in chart.series):
        y_axis["max"] = sum(value or 0 for value in chart.series[0].values)  # 100 % stands at the height of n
    base.set_y_axis(y_axis)
    base.set_legend({"none": True} if len(chart.series) == 1 else {"position": "bottom", "font": _font(9)})
    base.set_chartarea({"border": {"none": True}, "fill": {"color": "#FFFFFF"}})


def _axis(title: str) -> dict[str, Any]:
    axis: dict[str, Any] = {"num_font": _font(9), "line": {"color": "#" + palette.BORDER}, "minor_tick_mark": "none"}
    if title:
        axis |= {"name": _unlike_a_reference(one_line(title)), "name_font": _font(9)}
    return axis


def _unlike_a_reference(title: str) -> str:
    return title.replace("!", "!" + _NO_FORMULA)


def _begins_at_zero(chart: Chart) -> bool:
    """Columns are measured from zero; a line alone shows its scatter better without it."""
    if not any(one.kind == COLUMNS for one in chart.series):
        return False
    return all(value >= 0 for one in chart.series for value in one.values if value is not None)


def _close_range(chart: Chart) -> dict[str, float]:
    """Round ends of the axis a little outside the values, never below zero for values that aren't."""
    values = [value for one in chart.series for value in one.values if value is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    step = 10.0 ** math.floor(math.log10((high - low) or abs(high) or 1.0)) / 2
    bottom, top = math.floor(low / step - 0.5) * step, math.ceil(high / step + 0.5) * step
    return {"min": round(max(bottom, 0.0) if low >= 0 else bottom, 6), "max": round(top, 6)}


def _share_axis(chart: Chart) -> dict[str, Any]:
    """The right-hand axis of a Pareto chart: 0 to 100 %, whether the shares come as 0.8 or as 80."""
    shares = [value or 0 for one in chart.series if one.second_axis for value in one.values]
    top, looks = (1, "0%") if max(shares, default=0) <= 1.001 else (100, "0")
    axis = _axis(chart.second_title) | {"major_gridlines": {"visible": False}}
    return axis | {"min": 0, "max": top, "num_format": looks}


def _font(size: float, *, bold: bool = False, colour: str = "000000") -> dict[str, Any]:
    return {"name": _FONT, "size": size, "bold": bold, "color": "#" + colour}
