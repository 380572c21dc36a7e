from __future__ import annotations

import io
import re

import openpyxl
import pytest
from lxml import etree
from msgspec.structs import replace

from capa_xl.model.charts import LINE, STEP, Chart, Series
from capa_xl.reports.word.chart_xml import chart_xml, data_workbook
from capa_xl.reports.word.examples_review import example_review
from capa_xl.reports.word.paper_catalogue import CONTENTS
from tests.reports.word.papers import PROPERTIES, engine, members

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
TREND = Chart(
    "超时率（2026-05 至 2026-08）",
    ("2026-05", "2026-06", "2026-07", "2026-08"),
    (Series("超时率", (12.6, 11.0, None, 1.8), LINE), Series("目标", (3.0,) * 4, STEP)),
    y_title="超时率（%）",
    mark="2026-07",
    mark_name="完成 2026-07-28",
)


def test_a_paper_carries_each_chart_with_its_own_workbook_and_relation():
    blob = engine("review").render("review", CONTENTS["review"].example_context(), PROPERTIES)
    found = members(blob)
    charts = sorted(name for name in found if re.fullmatch(r"word/charts/chart\d+\.xml", name))
    shown = re.findall(rb'r:id="(rIdChart\d+)"', found["word/document.xml"])
    assert len(charts) == len(shown) == len(set(shown)) == 3
    for name in charts:
        number = re.findall(r"\d+", name)[0]
        assert f"/{name}".encode() in found["[Content_Types].xml"]
        assert f'Target="charts/chart{number}.xml"'.encode() in found["word/_rels/document.xml.rels"]
        assert f"Microsoft_Excel_Sheet{number}.xlsx".encode() in found[f"word/charts/_rels/chart{number}.xml.rels"]
        openpyxl.load_workbook(io.BytesIO(found[f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"]))


def test_a_paper_whose_chart_is_not_printed_carries_no_chart():
    context = CONTENTS["report"].example_context()
    context["reports"][0]["effect"]["chart"] = None
    assert not [name for name in members(engine("report").render("report", context, PROPERTIES)) if "chart" in name]


def test_labels_show_the_value_and_nothing_else():
    pareto = example_review().paretos[0]
    xml = chart_xml(pareto)
    for name in ("LegendKey", "CatName", "SerName", "Percent", "BubbleSize"):
        assert f'<c:show{name} val="0"/>' in xml
    assert '<c:roundedCorners val="0"/>' in xml


def test_titles_state_subject_and_period_and_axes_their_unit():
    root = etree.fromstring(chart_xml(TREND).encode())
    titles = ["".join(title.itertext()) for title in root.iter(f"{C}title")]
    assert titles == ["超时率（2026\u201105 至 2026\u201108）", "超时率（%）"]


def test_a_title_over_one_line_goes_on_in_a_second_paragraph_and_an_axis_beside_it_keeps_to_one_line():
    name = "暴露的远程端口与弱口令"
    chart = replace(TREND, title=f"{name}：改进前 1.0%，改进后 0.0%，数据尚不足以判断", y_title=f"{name}（%）", mark="")
    root = etree.fromstring(chart_xml(chart).encode())
    heading, axis = (["".join(line.itertext()) for line in title.iter(f"{A}p")] for title in root.iter(f"{C}title"))
    assert heading == ["暴露的远程端口与弱口令：", "改进前 1.0%，改进后 0.0%，数据尚不足以判断"]
    assert axis == ["暴露的远…口与弱口令（%）"]


def test_the_completion_date_is_marked_at_its_month():
    root = etree.fromstring(chart_xml(TREND).encode())
    bars = root.find(f".//{C}barChart/{C}ser")
    assert "完成 2026-07-28" in "".join(bars.find(f"{C}tx").itertext())
    assert [point.get("idx") for point in bars.findall(f"{C}val//{C}pt")] == ["2"]


def test_the_workbook_behind_a_chart_holds_its_numbers_and_no_formula():
    sheet = openpyxl.load_workbook(
        io.BytesIO(data_workbook(Chart("=1+1", ("=cmd", "乙"), (Series("-a", (1.0, None)),))))
    ).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [[None, "-a"], ["=cmd", 1], ["乙", None]]
    assert sheet["A2"].data_type == "s"


@pytest.mark.parametrize("text", ["a\ud800b", "<&>]]>", "\x07甲", "😀"])
def test_no_text_breaks_a_chart(text):
    etree.fromstring(chart_xml(Chart(text, (text,), (Series(text, (1.0,)),), x_title=text, y_title=text)).encode())


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A1", "=1+1", "=Sheet1!$A$1"])
def test_a_title_that_looks_like_a_formula_stays_text(text):
    root = etree.fromstring(chart_xml(Chart(text, ("a",), (Series("b", (1.0,)),), x_title=text, y_title=text)).encode())
    assert ["".join(title.itertext()) for title in root.iter(f"{C}title")] == [text] * 3
    assert not [one.text for title in root.iter(f"{C}title") for one in title.iter(f"{C}f")]


def test_a_long_text_is_cut_in_a_chart_and_line_breaks_become_blanks():
    text = "甲\n" + "长" * 5000
    root = etree.fromstring(chart_xml(Chart(text, ("a",), (Series("b", (1.0,)),))).encode())
    title = "".join(next(root.iter(f"{C}title")).itertext())
    assert title.startswith("甲 长") and "长…长" in title and len(title) == 65


def test_a_title_of_several_lines_doesnt_break_the_paper():
    context = CONTENTS["report"].example_context()
    context["reports"][0]["effect"]["chart"] = replace(TREND, title="甲\n乙 <&>")
    document = members(engine("report").render("report", context, PROPERTIES))["word/document.xml"]
    drawings = [one for one in etree.fromstring(document).iter() if one.get("name", "").startswith("图表")]
    assert [one.get("descr") for one in drawings] == ["甲 乙 <&>"]


def test_the_same_chart_gives_the_same_bytes():
    assert chart_xml(TREND) == chart_xml(TREND)
    assert data_workbook(TREND) == data_workbook(TREND)


def test_one_series_has_no_legend():
    assert f"{C}legend" not in {
        element.tag
        for element in etree.fromstring(chart_xml(Chart("甲", ("a",), (Series("b", (1.0,)),))).encode()).iter()
    }


ORDER = {
    "chartSpace": "date1904 lang roundedCorners style chart spPr txPr externalData",
    "chart": "title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs",
    "ser": "idx order tx spPr invertIfNegative marker dPt dLbls cat val smooth",
    "dLbl": "idx delete layout tx numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize",
    "dLbls": "dLbl numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize",
    "catAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr "
    "crossAx crosses auto lblAlgn lblOffset noMultiLvlLbl",
    "valAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr "
    "crossAx crosses crossBetween majorUnit",
}


@pytest.mark.parametrize("chart", [TREND, *example_review().paretos, *example_review().control_charts])
def test_the_parts_of_a_chart_stand_in_the_order_of_the_schema(chart):
    for element in etree.fromstring(chart_xml(chart).encode()).iter(*(C + name for name in ORDER)):
        order = ORDER[element.tag.removeprefix(C)].split()
        places = [order.index(child.tag.removeprefix(C)) for child in element]
        assert places == sorted(places), [child.tag.removeprefix(C) for child in element]


def test_lines_are_straight():
    root = etree.fromstring(chart_xml(TREND).encode())
    lines = root.findall(f".//{C}lineChart/{C}ser")
    assert lines and all(line.find(f"{C}smooth").get("val") == "0" for line in lines)
