"""统计分析.xlsx on paper: few pages however large the workbook is, and names that differ."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl

from capa_xl.model.analysed import ALIKE, LINKED, Proposal, Recurrence
from capa_xl.model.statistics import ControlSeries, Signal, Trend
from capa_xl.reports.analysis_workbook import AnalysisSheets, analysis_workbook

DAY = date(2026, 11, 22)


def test_a_large_workbook_prints_the_sure_repeats_and_the_most_alike():
    alike = [Recurrence(f"GJ-2026-{at:03}", "GJ-2026-900", ALIKE, at, at / 100) for at in range(60, 100)]
    sure = Recurrence("GJ-2026-001", "GJ-2025-007", LINKED, 3, 0.1)
    blob = analysis_workbook(AnalysisSheets((), (), (), (), (*alike, sure), ()), DAY)
    sheet = openpyxl.load_workbook(BytesIO(blob))["重复发生"]
    assert [sheet.cell(row, 1).value for row in (5, 6, 45)] == ["GJ-2026-001", "GJ-2026-099", "GJ-2026-060"]
    assert sheet.print_area == "'重复发生'!$A$1:$E$35"
    assert "共 41 对，打印前 31 对（描述相似的取最相近的 30 对），其余在本表下方" in sheet["A2"].value


def test_few_repeats_stand_below_what_is_proposed_and_without_series_none_are_shown_first():
    repeat = Recurrence("GJ-2026-001", "GJ-2025-007", LINKED, 3, 0.1)
    proposal = Proposal("甲", "甲部", "事件", "WE1", ("2026-05",), "五月超出上限", "p 图", "质量数据", "超出 3σ", DAY)
    blob = analysis_workbook(AnalysisSheets((), (), (), (), (repeat,), (proposal,)), DAY)
    book = openpyxl.load_workbook(BytesIO(blob))
    assert [(one.title, one.sheet_state) for one in book] == [
        ("排列图", "visible"), ("建议、重复发生", "visible"), ("序列", "hidden"),
    ]  # fmt: skip
    values = [[cell.value for cell in row if cell.value] for row in book["建议、重复发生"].iter_rows(min_row=7)]
    assert values[0] == ["重复发生的措施"] and values[2] == ["GJ-2026-001", "GJ-2025-007", 3, LINKED, 0.1]
    assert values[3] == ["“描述相似”仅供参考，由质量部判定"]


def test_names_too_long_for_a_row_differ_and_the_note_says_where_they_are_whole():
    names = [f"样例部 {'很长的项目' * 400} 指标{at}" for at in (1, 2)]
    series = tuple(ControlSeries(name, "none", 0, None, (), (), None, "无数据") for name in names)
    sheet = openpyxl.load_workbook(BytesIO(analysis_workbook(AnalysisSheets(series, (), (), (), (), ()), DAY)))["序列"]
    first, second = sheet["A5"].value, sheet["A6"].value
    assert first != second
    assert max(map(len, (first, second))) <= 60
    assert "中间以…略去，全文见跟踪表工作簿的《质量数据》" in sheet["A2"].value


def test_a_figure_stands_with_its_unit_and_a_finding_in_words():
    """As the charts say them: 2.06 % of a share as 2.1 %, not 0.0206."""
    signal = Signal("WE1", "1 点超出 3σ", ("2026-05",))
    share = ControlSeries("甲 不合格率", "p", 12, 0.0206, (), (signal,), Trend(0.0004, 0.0012), "", "件")
    minutes = ControlSeries("甲 修复时间", "imr", 12, 64.372, (), (), Trend(1.0, -0.1857), "", "分钟")
    sheets = AnalysisSheets((share, minutes), (), (), (), (), (), company="样例公司")
    sheet = openpyxl.load_workbook(BytesIO(analysis_workbook(sheets, DAY)))["序列"]
    assert [cell.value for cell in sheet[5]][3:7] == ["2.1%", "1 点超出 3σ：2026-05", "＜0.001", "+0.12 个百分点"]
    assert [cell.value for cell in sheet[6]][3:7] == ["64.37 分钟", "无", "1.000", "-0.1857 分钟"]
    assert "Nelson" not in sheet["A2"].value and "WE1 一点超出 3σ" in sheet["A2"].value
    assert "样例公司" in sheet.oddHeader.left.text
