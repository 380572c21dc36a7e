"""What every native chart holds to, in a Word paper and in a workbook alike."""

from __future__ import annotations

import pytest
from lxml import etree

from capa_xl.model import palette
from capa_xl.model.charts import BARS, CENTRE, COLUMNS, LIMIT, LINE, STEP, Chart, Series, at_its_end
from capa_xl.reports.chart_look import ChartLook, plot_layout
from capa_xl.reports.native_charts import complete
from capa_xl.reports.word.chart_xml import chart_xml, height_cm
from tests.contrast import contrast

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def drawn(*series: Series, number_format: str = "0") -> etree._Element:
    categories = tuple("甲乙丙丁戊己"[: len(series[0].values)])
    return etree.fromstring(chart_xml(Chart("标题", categories, series, number_format=number_format)).encode())


def value_axes(root) -> list[dict[str, float]]:
    """Lowest, highest and step of each vertical axis."""
    found = []
    for axis in root.iter(f"{C}valAx"):
        names = {"min": f".//{C}min", "max": f".//{C}max", "step": f"{C}majorUnit"}
        found.append({name: float(axis.find(path).get("val")) for name, path in names.items()})
    return found


@pytest.mark.parametrize(
    ("largest", "top", "step"), [(0, 1, 1), (1, 2, 1), (6, 7, 1), (7, 8, 2), (13, 15, 5), (61, 80, 20), (500, 600, 100)]
)
def test_counts_have_whole_steps_on_their_axis(largest, top, step):
    (axis,) = value_axes(drawn(Series("新增", (0.0, float(largest)))))
    assert axis == {"min": 0, "max": top, "step": step}


@pytest.mark.parametrize(("largest", "top", "step"), [(0.97, 1, 0.2), (1.5, 1.5, 0.5), (14.0, 15, 5)])
def test_shares_have_round_steps_on_their_axis(largest, top, step):
    (axis,) = value_axes(drawn(Series("实测", (largest, 0.0)), number_format="General"))
    assert axis == pytest.approx({"min": 0, "max": top, "step": step})


def test_a_half_is_half_as_long_as_the_whole_whatever_the_largest_is():
    """The longest of 0/1 and 1/2 once filled its chart as a 1/1 would."""
    bars = Series("按期完成率", (0.0, 0.5), BARS, texts=("0/1", "1/2"))
    root = etree.fromstring(chart_xml(Chart("标题", ("网络部", "服务台"), (bars,), whole=1.0)).encode())
    assert value_axes(root) == [pytest.approx({"min": 0, "max": 1, "step": 0.2})]


def test_columns_beside_each_other_differ_in_lightness_so_that_a_photocopy_tells_them_apart():
    root = drawn(Series("新增", (1.0,)), Series("关闭", (2.0,)))
    one, two = (ser.find(f"{C}spPr/{A}solidFill/{A}srgbClr").get("val") for ser in root.iter(f"{C}ser"))
    assert contrast(one, two) >= 2 and contrast(one, palette.WHITE) >= 1.5 and contrast(two, palette.WHITE) >= 1.5


def test_limits_carry_their_name_at_their_end_and_there_is_no_legend():
    limit = Series("UCL", (5.3, 5.3, None), LIMIT, texts=at_its_end((5.3, 5.3, None), "UCL 5.3%"))
    root = drawn(Series("实测", (1.0, 2.0, 6.0), LINE), Series("CL", (3.0,) * 3, CENTRE), limit, number_format="0.0")
    written = ["".join(label.itertext()) for label in root.iter(f"{C}dLbl") if label.find(f"{C}tx") is not None]
    assert written == ["UCL 5.3%"]
    assert [
        label.find(f"{C}idx").get("val") for label in root.iter(f"{C}dLbl") if label.find(f"{C}tx") is not None
    ] == ["1"]
    assert root.find(f".//{C}legend") is None


def test_the_centre_is_solid_and_limits_are_in_long_dashes():
    root = drawn(Series("实测", (1.0,), LINE), Series("CL", (3.0,), CENTRE), Series("UCL", (5.0,), LIMIT))
    dashes = [ser.find(f"{C}spPr/{A}ln/{A}prstDash") for ser in root.iter(f"{C}ser")]
    assert [None if dash is None else dash.get("val") for dash in dashes] == [None, None, "lgDash"]


def test_where_a_signal_began_is_written_at_its_point():
    one = Series("实测", (1.0, 9.0, 8.0), LINE, marked=(1, 2), mark_words="2026-05", mark_words_at=1)
    points = complete(Chart("标题", ("甲", "乙", "丙"), (one,))).series[-1]
    assert (points.values, points.texts) == ((None, 9.0, 8.0), ("", "2026-05", ""))


def test_a_pareto_chart_has_its_total_at_the_height_of_100_per_cent_and_a_line_at_80():
    shares = Series("累计占比", (0.6, 1.0), LINE, second_axis=True)
    line = Series("80% 线", (0.8, 0.8), STEP, second_axis=True)
    left, right = value_axes(drawn(Series("件数", (8.0, 5.0), labels=True), shares, line))
    assert left == {"min": 0, "max": 13, "step": 5}
    assert right == {"min": 0, "max": 1, "step": 0.2}


def test_counts_of_a_pareto_stand_above_their_columns_and_the_first_above_the_line():
    """The line begins where the first column ends: there the count would be struck through. Above is where they stand
    by default."""
    shares = Series("累计占比", (0.6, 1.0), LINE, second_axis=True)
    line = Series("80% 线", (0.8, 0.8), STEP, second_axis=True)
    labelled = {}
    for ser in drawn(Series("件数", (8.0, 5.0), labels=True), shares, line).iter(f"{C}ser"):
        labels = [label for label in ser.iter(f"{C}dLbl") if label.find(f"{C}tx") is not None]
        where = {one.get("val") for one in ser.iter(f"{C}dLblPos")}
        name = ser.find(f"{C}tx//{C}v").text
        labelled[name] = ([(label.find(f"{C}idx").get("val"), "".join(label.itertext())) for label in labels], where)
    assert labelled == {"件数": ([("1", "5")], set()), "累计占比": ([("0", "8")], {"t"}), "80% 线": ([], set())}


def test_bars_lie_in_the_order_they_are_given_with_words_beside_them():
    root = drawn(Series("按期", (0.5, 1.0), BARS, texts=("1/2", "100.0%")), number_format="0%")
    assert root.find(f".//{C}barDir").get("val") == "bar"
    assert root.find(f".//{C}catAx/{C}scaling/{C}orientation").get("val") == "maxMin"
    assert [text.text for text in root.iter(f"{A}t")][1:] == ["1/2", "100.0%"]


def test_long_words_are_cut_and_categories_stay_apart():
    name = "样例运维服务与数据中心基础设施保障部第{}分部北京机房值班组"
    chart = complete(
        Chart(
            "长" * 200,
            (name.format(1), name.format(2), "服务台"),
            (Series("长" * 200, (1.0, 2.0, 3.0)),),
            y_title="长" * 90,
        )
    )
    assert len(chart.title) == 64 and "…" in chart.title
    assert len(set(chart.categories)) == 3 and chart.categories[2] == "服务台"
    assert all(len(word) <= 25 for word in (*chart.categories, chart.series[0].name, chart.y_title))


@pytest.mark.parametrize(("count", "kind", "longest"), [(6, COLUMNS, 24), (7, COLUMNS, 12), (7, BARS, 24)])
def test_names_under_many_upright_columns_are_short_and_stay_apart(count, kind, longest):
    names = tuple(f"样例运维服务与数据中心基础设施保障部第{at}分部北京机房值班组" for at in range(1, count + 1))
    found = complete(Chart("标题", names, (Series("件数", (1.0,) * count, kind),))).categories
    assert {len(name) for name in found} == {longest}
    assert len(set(found)) == count and all("…" in name and f"第{at}分" in name for at, name in enumerate(found, 1))


def test_what_stands_beside_the_plot_takes_a_line_and_leaves_it_half_the_height():
    long = "现场检查发现的情况与要求不一致，已按规程处理并留下记录"
    line = Series(long, (1.0, 2.0), STEP, texts=("", long * 9))
    chart = complete(
        Chart("标题", ("甲", "乙"), (line,), y_title=f"{long}（小时）", second_title=long, mark="乙", mark_name=long)
    )
    assert [one.name for one in chart.series] == ["现场检查发现的情况与要求不…"] * 2
    assert (chart.y_title, chart.second_title) == ("现场检查发…理并留下记录（小时）", "现场检查发…按规程处理并留下记录")
    words = [text.text for text in drawn(line).iter(f"{A}t")]
    assert "现场检查发现的情况与要求不一致…" in words


@pytest.mark.parametrize(
    ("values", "number_format", "axis", "figures"),
    [
        ((56.3, 85.0), "General", {"min": 55, "max": 90, "step": 5}, "0"),
        ((2.69, 4.45), "General", {"min": 2.5, "max": 5, "step": 0.5}, "0.0"),
        ((0.0, 0.126), "0.0%", {"min": 0, "max": 0.15, "step": 0.05}, "0%"),
        ((0.001, 0.012), "0.0%", {"min": 0, "max": 0.014, "step": 0.002}, "0.0%"),
    ],
)
def test_a_lines_axis_has_round_steps_and_no_more_digits_than_they_have(values, number_format, axis, figures):
    root = drawn(Series("实测", values, LINE), number_format=number_format)
    assert value_axes(root) == [pytest.approx(axis)]
    assert root.find(f".//{C}valAx/{C}numFmt").get("formatCode") == figures


@pytest.mark.parametrize(
    ("below", "title", "has_legend", "least"),
    [
        ("观察：2026-08-02 至 2026-10-31；虚线：目标 ≤3%", "暴露的端口：\n改进前 1.0%，改进后 0.0%", False, 0.6),
        ("", "由 12% 降至 2%", True, 0.6),
        ("", "近 12 个月新增 57 项，\n关闭 31 项", True, 0.5),
    ],
)
def test_the_plot_of_a_low_picture_takes_what_title_and_words_below_leave(below, title, has_legend, least):
    """In LibreOffice a fifth of the picture was left of an effect chart, whose axis title was taller."""
    lines = Series("实测", (0.12, 0.02)), Series("目标", (0.03, 0.03), LINE)
    chart = Chart(title, ("改进前", "改进后"), lines, below, "%", has_legend=has_legend)
    look = ChartLook(heading_size=10.5, height=height_cm(chart) / 2.54 * 72)
    found = plot_layout(chart, look, has_legend=has_legend, figures=3)
    assert plot_layout(chart, look, has_legend=has_legend, figures=9)["x"] > found["x"] > 0
    assert found["height"] >= least and found["y"] + found["height"] < 0.95


def test_two_control_charts_stand_on_a_page_and_no_third():
    """24.7 cm between the margins of an A4."""
    chart = Chart("标题", ("甲",), (Series("CL", (1.0,), CENTRE),))
    assert 24.7 / 3 < height_cm(chart) < 24.7 / 2


@pytest.mark.parametrize(
    ("values", "axis"),
    [
        ((-5.0, -4.0), {"min": -5.4, "max": -3.8, "step": 0.2}),
        ((3e-7, 6e-7), {"min": 2.5e-7, "max": 6.5e-7, "step": 5e-8}),
        ((1e9, 1.06e9), {"min": 9.9e8, "max": 1.07e9, "step": 1e7}),
        ((4.5, 4.5), {"min": 4, "max": 5, "step": 1}),
        ((0.3, 0.1 + 0.2), {"min": 0.25, "max": 0.35, "step": 0.05}),
        ((0.0, 0.0), {"min": 0, "max": 0.2, "step": 0.2}),
    ],
)
def test_an_axis_has_ends_and_steps_for_figures_of_any_size(values, axis):
    """3e-7 once ended the command, for a step of it was rounded to nothing."""
    (found,) = value_axes(drawn(Series("实测", values, LINE), number_format="General"))
    assert found["min"] <= min(values) <= max(values) <= found["max"] and found["step"] > 0
    assert found["max"] - found["min"] <= 12 * found["step"]


def test_names_stand_below_the_plot_where_figures_lie_below_zero():
    low = drawn(Series("实测", (-5.0, 4.0), LINE)).find(f".//{C}catAx/{C}tickLblPos").get("val")
    assert (low, drawn(Series("实测", (5.0, 4.0), LINE)).find(f".//{C}catAx/{C}tickLblPos").get("val")) == (
        "low",
        "nextTo",
    )


def test_the_month_of_completion_stands_over_the_whole_plot_and_leaves_the_axis_close_to_the_line():
    """99.91 to 99.99 % once lay flat on an axis from 0 to 110."""
    chart = Chart(
        "可用率", ("甲", "乙", "丙"), (Series("可用率", (99.91, 99.95, 99.99), LINE),), mark="乙", mark_name="完成"
    )
    root = etree.fromstring(chart_xml(chart).encode())
    (axis,) = value_axes(root)
    mark = root.find(f".//{C}barChart//{C}val//{C}v").text
    assert axis["min"] >= 99.8 and float(mark) == axis["max"]


def test_names_on_two_lines_keep_them_and_lie():
    root = etree.fromstring(
        chart_xml(Chart("标题", ("待效果\n确认", "观察期"), (Series("在办", (1.0, 2.0)),))).encode()
    )
    assert [point.text for point in root.findall(f".//{C}cat//{C}v")] == ["待效果\n确认", "观察期"]
    assert root.find(f".//{C}catAx//{A}bodyPr").get("rot") == "0"


@pytest.mark.parametrize(("count", "turned"), [(12, None), (23, "-2700000")])
def test_many_months_slant(count, turned):
    """Left to itself LibreOffice breaks them between their digits."""
    names = tuple(f"{2024 + at // 12}-{at % 12 + 1:02}"[-5 if count == 12 else 0 :] for at in range(count))
    xml = chart_xml(Chart("标题", names, (Series("实测", (1.0,) * count, LINE),)))
    body = etree.fromstring(xml.encode()).find(f".//{C}catAx//{A}bodyPr")
    assert (None if body is None else body.get("rot")) == turned


def test_words_beside_a_line_stand_on_white_and_a_control_chart_has_no_ticks_that_strike_them():
    values = (3.0, 3.0)
    root = drawn(Series("实测", values, LINE), Series("CL", values, CENTRE, texts=at_its_end(values, "CL 3.00")))
    (label,) = (one for one in root.iter(f"{C}dLbl") if one.find(f"{C}tx") is not None)
    assert label.find(f"{C}spPr/{A}solidFill/{A}srgbClr").get("val") == palette.WHITE
    assert root.find(f".//{C}catAx/{C}majorTickMark").get("val") == "none"


def test_a_line_goes_on_straight_over_months_without_data():
    xml = chart_xml(Chart("标题", ("甲", "乙", "丙"), (Series("实测", (1.0, None, 2.0), LINE),)))
    assert xml.count('<c:dispBlanksAs val="span"/>') == xml.count("dispBlanksAs") == 1
