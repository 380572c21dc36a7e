"""Chart values → chart XML and the workbook behind it, both made by xlsxwriter and dressed for Word."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace

from capa_xl.model.charts import Chart, title_lines
from capa_xl.model.zip_system import as_made_on_unix
from capa_xl.reports.chart_look import ChartLook, is_control
from capa_xl.reports.native_charts import MOST_UPRIGHT, complete, native_chart

_SHEET = "数据"
_FONT = "宋体"
WIDTH_CM: Final = 16.2
_HEIGHT_CM, TOLD_CM, _CONTROL_CM = 6.4, 7.2, 8.8
"""Of most charts; of one with words below instead of a legend, whose plot has three fifths of it; of a control chart,
which is read photocopied: two of them fill a page.
"""
_POINTS_OF_A_CM = 72 / 2.54
_MOST_UPRIGHT = 13
"""Characters of the title of an axis that stands, one line of it in a chart of the usual height."""
_CREATED = datetime(2000, 1, 1)
_NO_FORMULA = "\ufdd0"
"""Stands behind each ! of a title while xlsxwriter reads it, which takes words such as 甲!A1 for a reference."""
_TITLES = ("title", "x_title", "y_title", "second_title")
_LABELS = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
_SHOWN = "".join(f'<c:show{name} val="{int(name == "Val")}"/>' for name in _LABELS)
_TEXT = (
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900">'
    f'<a:latin typeface="{_FONT}"/><a:ea typeface="{_FONT}"/></a:defRPr></a:pPr>'
    '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
)


def height_cm(chart: Chart) -> float:
    """How high its picture is in a paper, in cm; `WIDTH_CM` wide."""
    if chart.height_cm:
        return chart.height_cm
    if is_control(chart):
        return _CONTROL_CM
    return _HEIGHT_CM if chart.has_legend else TOLD_CM


def chart_xml(chart: Chart) -> str:
    """The chart part, for Word: linked to its workbook, square corners, labels that show the value and nothing else."""
    with zipfile.ZipFile(io.BytesIO(_workbook(chart, drawn=True))) as archive:
        xml = archive.read("xl/charts/chart1.xml").decode()
    xml = xml.replace(_NO_FORMULA, "").replace("<c:chart>", '<c:roundedCorners val="0"/><c:chart>', 1)
    xml = re.sub(r'<a:latin typeface="([^"]*)"[^>]*/>', r'<a:latin typeface="\1"/><a:ea typeface="\1"/>', xml)
    xml = re.sub(r"<a:p>(?:(?!</a:p>).)*</a:p>", _in_paragraphs, xml, count=1, flags=re.DOTALL)
    xml = xml.replace('<c:showVal val="1"/>', _SHOWN).replace('lang="en-US"', 'lang="zh-CN"')
    xml = re.sub(r"<c:lineChart>.*?</c:lineChart>", _unsmoothed, xml, flags=re.DOTALL)
    tail = _TEXT + '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    return re.sub(r"(<c:printSettings>.*</c:printSettings>)?</c:chartSpace>", lambda _: tail, xml, flags=re.DOTALL)


def _in_paragraphs(title: re.Match[str]) -> str:
    """The lines of the title as paragraphs: Word has no line break inside a run of a chart's text."""
    begin, *more = re.split(r"(?<=<a:t>)([^<]*)", title[0], maxsplit=1)
    return "".join(f"{begin}{line}{more[1]}" for line in more[0].split("\n")) if more else begin


def _unsmoothed(lines: re.Match[str]) -> str:
    """Readers take a series that doesn't say so for a smooth curve."""
    return re.sub(r'(<c:smooth val="\d"/>)?</c:ser>', '<c:smooth val="0"/></c:ser>', lines[0])


def data_workbook(chart: Chart) -> bytes:
    """The workbook that Word opens under *edit data*."""
    return _workbook(chart, drawn=False)


def _workbook(chart: Chart, *, drawn: bool) -> bytes:
    import xlsxwriter

    chart = complete(chart, MOST_UPRIGHT if is_control(chart) else _MOST_UPRIGHT)
    chart = _unlike_references(replace(chart, title="\n".join(title_lines(chart.title))))
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
        look = ChartLook(_FONT, "黑体", 9, 10.5, height_cm(chart) * _POINTS_OF_A_CM)
        sheet.insert_chart("A20", native_chart(workbook, chart, lambda at: _place(chart, at), look))
    workbook.close()
    return as_made_on_unix(blob.getvalue())


def _place(chart: Chart, at: int) -> dict[str, Any]:
    rows = len(chart.categories)
    return {
        "name": [_SHEET, 0, at + 1],
        "categories": [_SHEET, 1, 0, rows, 0],
        "values": [_SHEET, 1, at + 1, rows, at + 1],
    }


def _unlike_references(chart: Chart) -> Chart:
    titles = {name: getattr(chart, name).replace("!", "!" + _NO_FORMULA) for name in _TITLES}
    return replace(chart, **titles)
