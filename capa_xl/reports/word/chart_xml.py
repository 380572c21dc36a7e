"""Chart values → chart XML and the workbook behind it, both made by xlsxwriter and dressed for Word."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from capa_xl.model.charts import Chart, title_lines
from capa_xl.model.zip_system import as_made_on_unix
from capa_xl.reports.chart_look import ChartLook
from capa_xl.reports.native_charts import MOST_UPRIGHT, complete, is_control, native_chart

_SHEET = "数据"
_FONT = "宋体"
_LOOK = ChartLook(_FONT, "黑体", 9, 10.5, is_low=True)
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


def chart_xml(chart: Chart) -> str:
    """The chart part, for Word: linked to its workbook, square corners, labels that show the value and nothing else."""
    with zipfile.ZipFile(io.BytesIO(_workbook(chart, drawn=True))) as archive:
        xml = archive.read("xl/charts/chart1.xml").decode()
    xml = xml.replace(_NO_FORMULA, "").replace("<c:chart>", '<c:roundedCorners val="0"/><c:chart>', 1)
    xml = re.sub(r'<a:latin typeface="([^"]*)"[^>]*/>', r'<a:latin typeface="\1"/><a:ea typeface="\1"/>', xml)
    xml = re.sub(r"<a:p>(?:(?!</a:p>).)*</a:p>", _in_paragraphs, xml, count=1, flags=re.DOTALL)
    xml = xml.replace('<c:showVal val="1"/>', _SHOWN).replace('lang="en-US"', 'lang="zh-CN"')
    xml = re.sub(r"<c:lineChart>.*?</c:lineChart>", _unsmoothed, xml, flags=re.DOTALL)
    xml = xml.replace('<c:plotVisOnly val="1"/>', '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>')
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
        sheet.insert_chart("A20", native_chart(workbook, chart, lambda at: _place(chart, at), _LOOK))
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
