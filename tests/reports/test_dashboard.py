"""01 改进看板: page one on one A3, figures as the review has them, and charts that show what their cells hold."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from msgspec.structs import replace

from capa_xl.app.shared.dashboard_charts import on_time_chart, stage_chart, without_on_time
from capa_xl.model.charts import Chart, Series
from capa_xl.model.dashboard_facts import ChartOrReason, DashboardFacts, KpiCard
from capa_xl.model.kpi import Cut, CutRow, Kpi, KpiAction, KpiLine, MonthFlow, Ratio, Reopened
from capa_xl.model.left_to_history import LeftToHistory
from capa_xl.model.palette import ACCENT
from capa_xl.model.period import Period
from capa_xl.model.row_heights import LINE, TALLEST
from capa_xl.model.tally import Tally
from capa_xl.reports.dashboard import dashboard
from capa_xl.reports.dashboard_page import arrow_words
from capa_xl.reports.kpi_words import change_words, figure_words, previous_words, reopened_words
from capa_xl.reports.sheets import A3, A4, LEAST_SCALE, Book, print_scale
from capa_xl.reports.table_cells import ColumnHead

ON = date(2026, 11, 22)
pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group extension")


def kpi(value: float | None = 0.5, previous: float | None = 0.75, target: str = "≥95%", n: int = 8) -> Kpi:
    rows = tuple(f"GJ-{at}" for at in range(round((value or 0) * n)))
    base = tuple(f"GJ-{at}" for at in range(n))
    counts = (round((previous or 0) * n), n)
    return Kpi(
        "on_time", "按期完成率", "", "%", len(rows), n, value, target, previous, "未达标", rows, base, counts
    )  # fmt: skip


def facts(*charts: ChartOrReason) -> DashboardFacts:
    cards = tuple(KpiCard(kpi(), (None, 0.5, 1.0, *(0.25,) * 9)) for _ in range(8))
    period = Period("2026Q4", date(2026, 10, 1), date(2026, 12, 31))
    return DashboardFacts(period, cards, charts, (kpi(),), (), (), ())


def members(blob: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(blob)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def test_page_one_is_one_a3_landscape_with_eight_curves_over_its_charts():
    chart = ChartOrReason(Chart("标题", ("甲", "乙"), (Series("项", (1.0, 2.0)),), number_format="0"))
    found = members(dashboard("样例公司", ON, facts(*(chart,) * 4)))
    page = found["xl/worksheets/sheet1.xml"]
    assert 'orientation="landscape"' in page and f'paperSize="{A3}"' in page and "fitToPage" in page
    assert sorted(re.findall(r"<xm:f>'图表数据'!(\w+:\w+)</xm:f>", page)) == [f"B{row}:M{row}" for row in range(1, 9)]
    assert sum(name.startswith("xl/charts/chart") for name in found) == 4
    assert set(re.findall(r'<x14:colorLast rgb="FF(\w+)"', page)) == {ACCENT}  # red is what a verdict says


def test_every_charts_cache_equals_its_cells():
    chart = ChartOrReason(Chart("标题", ("甲", "乙"), (Series("项", (1.0, None)),), number_format="0"))
    blob = dashboard("", ON, facts(chart, ChartOrReason(None, "没有在办的措施。"), chart))
    book = openpyxl.load_workbook(BytesIO(blob))
    checked = 0
    for name, xml in members(blob).items():
        for formula, cache in re.findall(r"<c:f>([^<]+)</c:f><c:(?:str|num)Cache>(.*?)</c:(?:str|num)Cache>", xml):
            if name.startswith("xl/charts/"):
                sheet, _, at = formula.replace("$", "").replace("'", "").partition("!")
                cells = book[sheet][at]
                values = [row[0].value for row in cells] if isinstance(cells, tuple) else [cells.value]
                cached = dict(re.findall(r'<c:pt idx="(\d+)"><c:v>([^<]*)</c:v>', cache))
                assert [str(v) for v in values if v is not None] == list(cached.values()), formula
                checked += 1
    assert checked == 6


CHART = ChartOrReason(Chart("标题", ("甲", "乙"), (Series("项", (1.0, 2.0)),), number_format="0"))
NO_CHART = ChartOrReason(None, "没有在办的措施。")


@pytest.mark.parametrize(
    ("charts", "row"), [((NO_CHART,), 24), ((CHART, NO_CHART, CHART), 36), ((CHART,) * 3 + (NO_CHART,), 58)]
)
def test_what_cannot_be_drawn_is_said_below_what_is_drawn_which_leaves_no_gap(charts, row):
    """Cards end with row 13, with row 23 two in a row; two charts beside each other take 22 rows."""
    blob = dashboard("", ON, facts(*charts))
    sheet = openpyxl.load_workbook(BytesIO(blob))["看板"]
    assert [cell.row for line in sheet.iter_rows() for cell in line if cell.value == NO_CHART.reason] == [row]
    places = re.findall(
        r"<xdr:from><xdr:col>(\d+)</xdr:col>.*?<xdr:row>(\d+)</xdr:row>", "".join(members(blob).values())
    )
    assert places == [("0", "13"), ("8", "13"), ("0", "35")][: len(charts) - 1]


@pytest.mark.parametrize(("count", "ends"), [(1, ["15"]), (2, ["7", "15"]), (3, ["7", "15", "15"])])
def test_a_chart_without_another_beside_it_is_as_wide_as_the_page(count, ends):
    """Four cards are sixteen columns wide with their gaps, 0 to 15; what ends with a card reaches the next column."""
    blob = dashboard("", ON, facts(*(CHART,) * count))
    assert re.findall(r"<xdr:to><xdr:col>(\d+)</xdr:col>", "".join(members(blob).values())) == ends


def action(number: str, **given) -> KpiAction:
    fields = KpiAction.__struct_fields__
    return KpiAction(**dict.fromkeys(fields) | {"number": number} | given)


@pytest.mark.parametrize(("count", "shape"), [(1, (24, 2)), (8, (24, 9)), (9, (13, 22))])
def test_few_actions_stand_beside_each_other_and_fill_their_page(count, shape):
    """22 facts of each, below two rows of title; a list has a row of headings and one of each action below three."""
    actions = tuple(action(f"GJ-{at}", registered_on=ON, overdue=()) for at in range(count))
    sheet = openpyxl.load_workbook(BytesIO(dashboard("", ON, replace(facts(NO_CHART), actions=actions))))["全部措施"]
    assert (sheet.max_row, sheet.max_column) == shape
    registered = next(c for row in sheet.iter_rows() for c in row if c.value == "登记日期")
    beside = sheet.cell(registered.row, 2) if count < 9 else sheet.cell(5, registered.column)
    assert (beside.value.date(), beside.number_format) == (ON, "yyyy-mm-dd")
    assert (sheet.auto_filter.ref is None) is (count < 9)


def test_a_list_of_actions_has_what_is_late_first_and_no_zeros():
    """Of a list of sixty the paper has fifty."""
    given = (
        ("甲", "已关闭", (), 0),
        ("乙", "实施中", (), 0),
        ("丙", "实施中", ("Y1",), 3),
        ("丁", "实施中", ("Y1",), 90),
    )
    closed = (action(f"GJ-{at}", status="已关闭", overdue=("Y2",), days_overdue=200) for at in range(5))
    actions = (*closed, *(action(n, status=s, overdue=o, days_overdue=d, extensions=0) for n, s, o, d in given))
    sheet = openpyxl.load_workbook(BytesIO(dashboard("", ON, replace(facts(NO_CHART), actions=actions))))["全部措施"]
    rows = [(row[0].value, row[-2].value, row[-1].value) for row in sheet.iter_rows(min_row=5)]
    assert rows[:3] == [("丁", 90, None), ("丙", 3, None), ("乙", None, None)]
    assert [number for number, *_ in rows[3:]] == [*(f"GJ-{at}" for at in range(5)), "甲"]


def test_a_long_department_takes_three_lines_of_a_list_and_the_note_says_so():
    names = [f"样例集团华东区域运维服务与数据中心基础设施保障第{at}事业部" for at in range(9)]
    actions = tuple(action(f"GJ-{at}", department=name, overdue=()) for at, name in enumerate(names))
    sheet = openpyxl.load_workbook(BytesIO(dashboard("", ON, replace(facts(NO_CHART), actions=actions))))["全部措施"]
    shown = [row[7].value for row in sheet.iter_rows(min_row=5)]
    assert len(set(shown)) == 9 and max(map(len, shown)) <= 12
    assert {sheet.row_dimensions[row].height for row in range(5, 14)} == {3 * LINE}
    assert sheet["A2"].value.endswith("部门名称超过 12 字的中间以…略去，全文见跟踪表")


def test_the_departments_are_cut_last():
    ratio = Ratio(("1",), ("1", "2"))
    names = ("责任部门", "归口部门", "来源", "年度")
    cuts = tuple(Cut(name, ("取消率",), (CutRow("甲", (ratio,)),)) for name in names)
    actions = tuple(action(str(at), overdue=()) for at in range(5))
    book = openpyxl.load_workbook(BytesIO(dashboard("", ON, replace(facts(NO_CHART), actions=actions, cuts=cuts))))
    shown = [row[0].value for row in book["切分"].iter_rows(min_row=5)]
    assert shown == ["来源", "年度", "责任部门", "归口部门"]


@pytest.mark.parametrize(("count", "has_cuts"), [(4, False), (5, True)])
def test_fewer_than_five_actions_are_not_cut_and_page_one_says_so(count, has_cuts):
    actions = tuple(action(f"GJ-{at}", overdue=()) for at in range(count))
    ratio = Ratio(("GJ-1",), ("GJ-1", "GJ-2"))
    given = replace(facts(NO_CHART), actions=actions, cuts=(Cut("年度", ("取消率",), (CutRow("2026", (ratio,)),)),))
    book = openpyxl.load_workbook(BytesIO(dashboard("", ON, given)))
    assert ("切分" in book.sheetnames) is has_cuts
    assert ("措施只有 4 项，不作切分" in book["看板"]["A2"].value) is not has_cuts


def test_a_page_without_a_chart_is_an_upright_a4_that_its_cards_fill_unshrunk():
    page = members(dashboard("样例公司", ON, facts(NO_CHART, NO_CHART, NO_CHART, NO_CHART), "待更正 3 行未计入"))
    sheet = page["xl/worksheets/sheet1.xml"]
    assert f'paperSize="{A4}"' in sheet and 'orientation="portrait"' in sheet
    points = sum(float(height) for height in re.findall(r'<row [^>]* ht="([\d.]+)"', sheet))
    inches = sum(float(width) * 7 for width in re.findall(r'<col [^>]* width="([\d.]+)"', sheet)[:7]) / 96
    assert points / 72 > 0.6 * (11.69 - 0.75 - 0.6) and inches < 8.27 - 0.8
    assert '<mergeCell ref="A2:G2"/>' in sheet


@pytest.mark.parametrize(("closed", "state"), [(0, "hidden"), (1, "visible")])
def test_months_without_anything_are_no_page_of_noughts(closed, state):
    months = tuple(MonthFlow(f"2026-{at:02}", 0, 0, closed if at == 3 else 0, 0, 0, 0, 0) for at in range(1, 13))
    book = openpyxl.load_workbook(BytesIO(dashboard("", ON, replace(facts(NO_CHART), months=months))))
    assert book["月度"].sheet_state == state
    assert ("月度" in book["看板"]["A2"].value) is (state == "hidden")


@pytest.mark.parametrize(
    ("value", "previous", "target", "words"),
    [
        (0.5, 0.75, "≥95%", "▼ 25.0 个百分点（变差）"),
        (0.75, 0.5, "100%", "▲ 25.0 个百分点（好转）"),
        (0.75, 0.5, "<5%", "▲ 25.0 个百分点（变差）"),
        (0.5, 0.75, "≤5%", "▼ 25.0 个百分点（好转）"),
        (0.5, 0.5, "≥95%", "与上期持平"),
        (0.5, None, "≥95%", ""),
        (0.75, 0.5, "", "▲ 25.0 个百分点"),
    ],
)
def test_a_change_says_its_direction_and_whether_it_is_better(value, previous, target, words):
    assert arrow_words(kpi(value, previous, target)) == words


def test_the_days_of_one_action_are_whole_and_a_mean_of_days_has_a_decimal():
    found = []
    for key in ("longest_overdue", "mean_days_to_close"):
        days = replace(kpi(45.0, 12.0), key=key, unit="天", previous_counts=None)
        found.append((figure_words(days), previous_words(days), change_words(days)))
    assert found == [("45 天", "12 天", "+33 天"), ("45.0 天", "12.0 天", "+33.0 天")]
    quarters = replace(kpi(103.25, 12.0), key="mean_days_to_close", unit="天", previous_counts=None)
    assert (figure_words(quarters), change_words(quarters)) == ("103.3 天", "+91.3 天")


def test_bars_of_few_cases_say_fractions():
    five = tuple("12345")
    ratios = {"系统部": Ratio(("1",), ("1", "2")), "网络部": Ratio((), ()), "机房部": Ratio(five, five)}
    cut = Cut("责任部门", ("按期完成率",), tuple(CutRow(name, (ratio,)) for name, ratio in ratios.items()))
    chart = on_time_chart((cut,), "2026Q4")
    assert chart.categories == ("系统部", "机房部")
    assert chart.series[0].texts == ("1/2", "100.0%")
    assert (chart.number_format, chart.whole) == ("0%", 1.0)
    assert chart.title == "按期完成 6/7 项，最低：系统部（2026Q4，按责任部门）"
    assert on_time_chart((), "2026Q4") is None
    alone = replace(cut, rows=cut.rows[:1])
    assert on_time_chart((alone,), "2026Q4") is None  # nothing to compare: a sentence takes less than a quarter page
    assert without_on_time((alone,)).startswith("本期按期完成 ") and without_on_time(()).startswith("本期没有到期")


def test_of_departments_that_tie_none_is_named_as_the_lowest():
    ratios = {"甲部": Ratio((), ("1",)), "乙部": Ratio((), ("2", "3")), "丙部": Ratio(("4",), ("4",))}
    cut = Cut("责任部门", ("按期完成率",), tuple(CutRow(name, (ratio,)) for name, ratio in ratios.items()))
    chart = on_time_chart((cut,), "2026Q4")
    assert chart.number_format == "General"  # no per cent beside bars of 0/1, 0/2 and 1/1
    assert chart.title == "按期完成 1/4 项，最低：2 个部门并列，合计 0/3 项（2026Q4，按责任部门）"


def test_without_an_open_action_no_stages_are_drawn():
    assert stage_chart(Tally(total=3)) is None


def test_stages_show_the_tally_of_the_day():
    """A long one on two lines: under half a page a dozen would run together."""
    stages = (("待审批", 2), ("待效果确认", 3))
    tally = Tally(9, 0, stages, (("Y1", 1), ("Y4", 2)), 1, (("待审批", 2), ("待效果确认", 1)))
    chart = stage_chart(tally)
    assert chart.title == "在办 5 项：实施逾期 1 项，环节超时 2 项"
    assert chart.categories == ("待审批", "待效果\n确认")
    assert [one.values for one in chart.series] == [(2.0, 3.0), (2.0, 1.0)]


def test_a_wide_table_goes_to_a3_and_nothing_prints_under_65_per_cent():
    narrow, wide = [ColumnHead("列", 20)] * 6, [ColumnHead("列", 20)] * 12
    assert print_scale(narrow, A4) >= LEAST_SCALE > print_scale(wide, A4)
    assert print_scale(wide, A3) >= LEAST_SCALE
    book = Book("测试", ON)
    book.table(book.sheet("窄", "标题"), narrow, [])
    book.table(book.sheet("宽", "标题"), wide, [])
    found = members(book.close())
    sizes = [re.search(r'paperSize="(\d+)"', found[f"xl/worksheets/sheet{at}.xml"])[1] for at in (1, 2)]
    assert sizes == [str(A4), str(A3)]


def test_a_table_too_wide_for_an_upright_page_in_a_wide_typeface_lies_on_its_side():
    """109 characters upright are 7.47 · 96 / (109.7 · 8.48) = 77 %, 140 are 60 %; lying 11.69 wide they are 87 %."""
    book = Book("测试", ON)
    for name, width in (("立", 109), ("横", 140)):
        sheet = book.sheet(name, "标题")
        sheet.set_portrait()
        book.table(sheet, [ColumnHead("列", width)], [])
    found = members(book.close())
    turned = [re.search(r'orientation="(\w+)"', found[f"xl/worksheets/sheet{at}.xml"])[1] for at in (1, 2)]
    assert turned == ["portrait", "landscape"]


def test_a_long_text_is_cut_with_an_ellipsis_where_its_row_ends_and_rows_fit_their_text():
    book = Book("测试", ON)
    book.table(book.sheet("表", "标题"), [ColumnHead("问题", 44, "wrap")], [["长" * 2000], ["短" * 50]])
    sheet = openpyxl.load_workbook(BytesIO(book.close()))["表"]
    assert sheet["A5"].value.endswith("…（全文见跟踪表）")
    assert TALLEST - 2 * LINE < sheet.row_dimensions[5].height <= TALLEST
    assert sheet["A6"].value == "短" * 50 and sheet.row_dimensions[6].height == 3 * LINE


TAKEN_BACK = (
    "GJ-1、GJ-2 后来按《更正记录》重开或撤销确认："
    "流量和期间指标（含上期）按更正后的事实计，截至某日的指标、月末实施逾期按当日的事实计"
)


def test_what_happened_after_the_period_is_told_beside_what_was_reopened():
    later = "GJ-3（2027-01-29 又确认）、GJ-4（2027-01-20 检查不合格）"
    by = "流量和期间指标（含上期）按后来的事实计，截至某日的指标、月末实施逾期按当日的事实计"
    alone = Reopened(later=("GJ-3（2027-01-29 又确认）", "GJ-4（2027-01-20 检查不合格）"))
    assert reopened_words([("", alone)]) == f"{later}发生在本期或上期结束以后：{by}"
    both = replace(alone, numbers=("GJ-1",))
    assert (
        reopened_words([("", both)]) == f"GJ-1 后来按《更正记录》重开或撤销确认；{later}发生在本期或上期结束以后：{by}"
    )


def test_what_was_reopened_stands_below_the_cards_and_below_the_figures():
    back = Reopened(("GJ-1", "GJ-2"), ("GJ-2",))
    told = f"{TAKEN_BACK}；GJ-2 重开以前的日期表中已没有，按现在的日期计（原内容写了日期的，截至某日的数按它）。"
    chart = ChartOrReason(None, "没有在办的措施。")
    book = openpyxl.load_workbook(BytesIO(dashboard("样例公司", ON, replace(facts(chart), reopened=back))))
    for name in ("看板", "指标"):
        cells = [row[0] for row in book[name].iter_rows() if row[0].value]
        assert cells[-1].value == told and cells[-1].alignment.wrap_text
        assert book[name].row_dimensions[cells[-1].row].height > LINE
    plain = openpyxl.load_workbook(BytesIO(dashboard("样例公司", ON, facts(chart))))
    assert not any("更正记录" in str(c.value) for sheet in plain for row in sheet.iter_rows() for c in row)


@pytest.mark.parametrize(("key", "but"), [("on_time", ""), ("data_quality", "（数据质量计入）")])
def test_rows_set_aside_are_counted_on_page_one_and_below_the_figures(key, but):
    """Once: a copy for outsiders left three rows of the tracker out without a word."""
    given = replace(facts(ChartOrReason(None, "没有。")), kpis=(replace(kpi(), key=key),), aside="待更正 3 行未计入")
    book = openpyxl.load_workbook(BytesIO(dashboard("样例公司", ON, given)))
    assert book["看板"]["A2"].value.split("　")[3] == "待更正 3 行未计入"
    assert [row[0] for row in book["指标"].iter_rows(values_only=True) if row[0]][-1] == f"待更正 3 行未计入{but}。"


def test_what_no_figure_counts_is_named_below_the_figures_and_listed_behind_their_rows():
    """Once: 闭环率 0/5 beside 关闭 2, and no word in the whole pack of the six rows over before 接管基线日."""
    left = LeftToHistory(date(2026, 6, 1), ("GJ-8", "GJ-9"))
    chart = ChartOrReason(None, "没有在办的措施。")
    book = openpyxl.load_workbook(BytesIO(dashboard("样例公司", ON, replace(facts(chart), uncounted=left))))
    told = [row[0] for row in book["指标"].iter_rows(values_only=True) if row[0]][-1]
    assert told.startswith("接管基线日（2026-06-01）以前已结束或不知何时结束的 2 项：GJ-8、GJ-9，不计入指标")
    listed = [row[:3] for row in book["行清单"].iter_rows(values_only=True)][-2:]
    assert listed == [("不计入指标（2026-06-01 接管以前）", number, "—") for number in left.taken_over]
    assert book["行清单"]["A2"].value.endswith("不计入指标的列在最后。")


def test_the_row_list_adds_up_to_the_two_counts_where_a_number_stands_twice():
    """Once six lines 是 beside a numerator of five: late for one deadline of a row, in time for the next."""
    two = replace(kpi(), rows=("GJ-1", "GJ-6"), base=("GJ-1", "GJ-6", "GJ-6", "GJ-2"))
    cut = Cut("来源", ("按时",), (CutRow("内审", (Ratio(two.rows, two.base),)),))
    given = replace(facts(ChartOrReason(None, "没有。")), kpis=(two,), cuts=(cut,))
    book = openpyxl.load_workbook(BytesIO(dashboard("样例公司", ON, given)))
    assert [row[1:3] for row in book["行清单"].iter_rows(min_row=5, values_only=True)] == [
        ("GJ-1", "是"), ("GJ-6", "是"), ("GJ-6", "否"), ("GJ-2", "否")
    ]  # fmt: skip
    assert book["切分"]["G5"].value == "GJ-1、GJ-6、GJ-6、GJ-2"


def test_the_row_list_says_which_line_of_a_number_is_held():
    lines = (KpiLine("GJ-6", False, "期限 2026-11-30"), KpiLine("GJ-6", True, "期限 2026-12-31"))
    two = replace(kpi(), rows=("GJ-6",), base=("GJ-6", "GJ-6"), lines=lines)
    given = replace(facts(ChartOrReason(None, "没有。")), kpis=(two,))
    book = openpyxl.load_workbook(BytesIO(dashboard("样例公司", ON, given)))
    assert [row[1:3] for row in book["行清单"].iter_rows(min_row=5, values_only=True)] == [
        ("GJ-6（期限 2026-11-30）", "否"), ("GJ-6（期限 2026-12-31）", "是")
    ]  # fmt: skip
