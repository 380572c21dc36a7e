"""01 集团看板 on paper: a long name takes one line, no path is printed beside it, page one has its charts."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from msgspec.structs import replace

from capa_xl.model.group_figures import GroupFigures, LateItem
from capa_xl.model.kpi import Reopened
from capa_xl.model.row_heights import LINE
from capa_xl.model.tally import Tally
from capa_xl.reports.group_charts import company_chart
from capa_xl.reports.group_dashboard import HEAT_MAP, group_dashboard
from capa_xl.reports.word.examples_group import example_group
from tests.printed_scales import printed_small

LONG = "样例集团股份有限公司第{}省分公司运维中心及其数据机房"


def group_of(count: int) -> GroupFigures:
    figures = example_group().figures
    kpis = tuple(replace(figures.kpis[0], key=key) for key in HEAT_MAP)
    first = replace(figures.companies[0], kpis=kpis, tally=Tally(total=3, statuses=(("实施中", 3),), late=(("Y1", 2),)))
    names = [LONG.format(at) for at in range(1, count + 1)]
    return replace(
        figures, kpis=kpis, companies=tuple(replace(first, company=n, workbook=f"{n}/跟踪表.xlsx") for n in names)
    )


def test_a_list_has_the_company_on_one_line_and_its_workbook_beside_the_page():
    blob = group_dashboard(group_of(3))
    assert [*printed_small(blob)] == []
    book = openpyxl.load_workbook(BytesIO(blob))
    for name, end in (("各公司指标", "I"), ("行清单", "D")):
        sheet = book[name]
        assert sheet.print_area.startswith(f"'{name}'!$A$1:${end}$")
        assert sheet.max_column == ord(end) - ord("A") + 2 and sheet.cell(4, sheet.max_column).value == "工作簿"
        assert sheet.cell(5, sheet.max_column).value.endswith("/跟踪表.xlsx")
        assert {sheet.row_dimensions[row].height for row in range(5, sheet.max_row)} == {None}  # one line each
    assert book["数据质量"].page_setup.paperSize == 9  # three rows on an A3, once
    assert len({book["数据质量"].row_dimensions[row].height for row in range(5, 8)}) == 1  # 15 and 32 points, once
    workbooks = [row[-1].value.replace("\n", "") for row in book["数据质量"].iter_rows(min_row=5)]
    assert workbooks == [f"{LONG.format(at)}/跟踪表.xlsx" for at in (1, 2, 3)]  # printed once


@pytest.mark.parametrize(("count", "drawn_on"), [(3, "热力图"), (12, "热力图"), (40, "图表")])
def test_the_charts_stand_below_the_heat_map_or_on_a_page_of_their_own_with_its_heading(count, drawn_on):
    """Once a table of twelve left more than half of its A3 blank, and the charts took another page."""
    blob = group_dashboard(group_of(count), company_chart(group_of(2).companies))
    assert sum("charts/chart" in name for name in ZipFile(BytesIO(blob)).namelist()) == 2
    book = openpyxl.load_workbook(BytesIO(blob))
    assert [sheet.title for sheet in book if sheet._charts] == [drawn_on]
    assert book["图表"]["A1"].value.startswith("各公司在办、逾期和月度流量") if drawn_on == "图表" else True
    assert [sheet.title for sheet in book if sheet.sheet_state == "hidden"] == ["图表数据"] * (count < 40)


@pytest.mark.parametrize(("count", "heights"), [(3, {33.0}), (40, {17.25}), (50, {21})])
def test_rows_of_the_heat_map_are_of_one_height_and_end_with_a_page(count, heights):
    """Once a name of two lines made one row of three twice as high, and the last two of forty stood on a page alone."""
    blob = group_dashboard(group_of(count))
    sheet = openpyxl.load_workbook(BytesIO(blob))["热力图"]
    assert {sheet.row_dimensions[row].height for row in range(5, 6 + count)} == heights
    assert sheet.page_setup.paperSize == 8 and [*printed_small(blob)] == []


def test_the_name_of_the_group_stands_above_every_page():
    blob = group_dashboard(replace(group_of(1), group="样例集团"))
    shown = [one for one in openpyxl.load_workbook(BytesIO(blob)) if one.sheet_state == "visible"]
    assert {one.oddHeader.left.text for one in shown} == {"样例集团"}


def test_what_is_late_takes_a_few_lines_however_much_the_workbooks_say():
    """Three names of many, and as much of a text as the company's own board shows; its workbook has all."""
    people = "、".join(f"样例人员{at:02}" for at in range(1, 26))
    item = LateItem(
        "GJ-1", "现场检查发现值守人员" * 40, "服务台", people, None, 9, "实施中", "完成措施，填写：" * 40, people
    )
    figures = group_of(1)
    late = replace(figures, companies=(replace(figures.companies[0], late=(item,), waiting=()),))
    book = openpyxl.load_workbook(BytesIO(group_dashboard(late)))
    row = next(row for row in book["逾期清单"].iter_rows(min_row=5) if row[1].value == "GJ-1")
    assert [cell.value.replace("\n", "") for cell in (row[4], row[10])] == [
        "样例人员01、样例人员02、样例人员03 等 25 人"
    ] * 2
    assert book["逾期清单"].row_dimensions[row[0].row].height <= 5 * LINE


def test_the_sums_are_bold_and_as_high_as_the_companies():
    """A name of two lines gives its row 30 points or more; that of 合计 is one line."""
    sheet = openpyxl.load_workbook(BytesIO(group_dashboard(group_of(3))))["热力图"]
    sums, first = sheet.row_dimensions[5].height, sheet.row_dimensions[6].height
    assert sheet["A5"].value == "合计" and sums == first > LINE
    assert {cell.font.b for cell in sheet[5][:-1]} == {True}
    assert {cell.font.b for cell in sheet[6]} == {False}


def test_the_chart_names_who_has_most_and_how_many_it_leaves_out():
    companies = list(group_of(12).companies)
    companies[7] = replace(companies[7], tally=Tally(total=5, statuses=(("实施中", 5),), late=(("Y1", 4),)))
    chart = company_chart(companies)
    assert chart is not None and len(chart.categories) == 10 and chart.categories[0] == LONG.format(8)
    assert (
        chart.title == f"在办 38 项，实施逾期 26 项，最多的是{LONG.format(8)}（4 项）（图中 10 家）"
    )  # 11×3+5, 11×2+4
    alike = company_chart(group_of(12).companies)
    assert alike is not None and alike.title == "在办 36 项，实施逾期 24 项，最多的 12 家各 2 项（图中 10 家）"
    quiet = [replace(one, tally=Tally(total=3)) for one in companies]
    assert company_chart(quiet) is None
    assert company_chart(group_of(1).companies) is None  # a bar that stands beside no other


def test_the_heat_map_counts_both_kinds_of_lateness_and_has_the_latest_company_first():
    figures = group_of(3)
    late = Tally(total=5, statuses=(("实施中", 5),), late=(("Y1", 4), ("Y3", 1)))
    figures = replace(figures, companies=(*figures.companies[:2], replace(figures.companies[2], tally=late)))
    rows = list(
        openpyxl.load_workbook(BytesIO(group_dashboard(figures)))["热力图"].iter_rows(min_row=4, values_only=True)
    )
    assert rows[0][1:5] == ("在办", "实施逾期", "环节超时", "错误")
    assert rows[1][:4] == ("合计", 11, 8, 1)  # 3 + 3 + 5; 2 + 2 + 4; 0 + 0 + 1
    assert [row[1:4] for row in rows[2:5]] == [(5, 4, 1), (3, 2, 0), (3, 2, 0)]


def test_what_companies_reopened_stands_below_the_heat_map_above_its_charts_and_below_the_sums():
    figures = group_of(3)
    first, *others = figures.companies
    back = replace(figures, companies=(replace(first, reopened=Reopened(("GJ-2026-003",))), *others))
    book = openpyxl.load_workbook(BytesIO(group_dashboard(back, company_chart(figures.companies))))
    told = f"{LONG.format(1)} GJ-2026-003 后来按《更正记录》重开或撤销确认："
    for name in ("热力图", "指标合计"):
        (row,) = [row[0].row for row in book[name].iter_rows() if str(row[0].value).startswith(told)]
        assert row == max(at for at in range(1, row + 1) if book[name].cell(at, 1).value)
        assert all(chart.anchor._from.row > row - 1 for chart in book[name]._charts)
    assert len(book["热力图"]._charts) == 2


def test_the_row_list_has_a_number_as_often_in_the_numerator_as_it_was_counted():
    group = group_of(1)
    twice = replace(group.kpis[0], rows=("GJ-6",), base=("GJ-6", "GJ-6"))
    given = replace(group, companies=(replace(group.companies[0], kpis=(twice, *group.kpis[1:])),))
    book = openpyxl.load_workbook(BytesIO(group_dashboard(given)))
    assert [row[2:4] for row in book["行清单"].iter_rows(min_row=5, max_row=6, values_only=True)] == [
        ("GJ-6", "是"),
        ("GJ-6", "否"),
    ]
