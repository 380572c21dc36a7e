"""Numbers with a unit behind them, and numbers that Excel shows in percent: in the unit of their row, or unreadable."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from capa_xl.workbook.reading.reader import read_register

HEADINGS = ("编号", "措施内容", "责任人", "完成期限", "效果指标", "现值", "目标值", "单位", "实际值")
ROUND = ("编号", "轮次", "指标", "改进前值", "改进后值", "结论")
INDICATOR = ("过程", "指标", "单位", "目标值", "期间", "实测值")


def share(number: float) -> tuple[float]:
    """A number that its cell shows in percent."""
    return (number,)


def read(*cells, sheets=()):
    """The register of one action with these 现值, 目标值, 单位, 实际值, and other sheets."""
    book = Workbook()
    first = ("GJ-2026-001", "样例措施", "样例甲", "2026-12-31", "样例指标", *cells)
    for name, rows in (("改进计划跟踪表", (HEADINGS, first)), *sheets):
        sheet = book.create_sheet(name)
        for at, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(at, column, value[0] if isinstance(value, tuple) else value)
                cell.number_format = "0.0%" if isinstance(value, tuple) else "General"
    book.remove(book.worksheets[0])
    buffer = io.BytesIO()
    book.save(buffer)
    return read_register(buffer.getvalue())


def strange(register) -> list[tuple]:
    """(sheet, cell, value, unit of the row) of the numbers in another unit."""
    hits = (remark.hit for remark in register.remarks if "unit" in remark.hit.facts)
    return [(hit.sheet, hit.at, hit.facts["v"], hit.facts["unit"]) for hit in hits]


@pytest.mark.parametrize(
    ("cells", "want"),
    [
        ((4, 0.5, "小时", 0.2), (4, 0.5, "小时", 0.2)),
        (("4小时", "0.5 h", "小时", "1个小时"), (4, 0.5, "小时", 1)),
        (("4小时", 0.5, "小时/次", 1), (4, 0.5, "小时/次", 1)),
        ((12.6, share(0.03), "%", share(0.025)), (12.6, 3, "%", 2.5)),
        ((share(0.07), "3%", "％", "2.5％"), (7, 3, "％", 2.5)),
        ((share(1.5), share(1), "%", share(0.001)), (150, 100, "%", 0.1)),
        ((0.5, 0.3, "%", 0.2), (0.5, 0.3, "%", 0.2)),  # half a per cent is half a per cent where nothing shows more
        ((share(0.8), share(0.95), None, None), (80, 95, "%", None)),
        (("25分钟", 10, None, None), (25, 10, "分钟", None)),
        ((None, None, None, None), (None, None, None, None)),
    ],
)
def test_a_measured_number_is_in_the_unit_of_its_row(cells, want):
    register = read(*cells)
    action = register.tracker.records[0]
    got = (action.baseline, action.target, action.unit, action.actual)
    assert (got, strange(register)) == (want, [])
    assert {type(number) for number in (got[0], got[1], got[3])} <= {float, type(None)}


@pytest.mark.parametrize(
    ("cells", "at", "value", "unit"),
    [
        ((4, 0.5, "小时", "12分钟"), "I2", "12分钟", "小时"),
        ((4, "8000元", "万元", 7), "G2", "8000元", "万元"),
        (("5万元", 6, "元", 7), "F2", "5万元", "元"),
        ((share(0.8), 6, "次", 7), "F2", "80%", "次"),
        ((4, "30分钟", None, "2小时"), "I2", "2小时", "分钟"),
    ],
)
def test_a_number_in_another_unit_is_no_number(cells, at, value, unit):
    register = read(*cells)
    action = register.tracker.records[0]
    assert strange(register) == [("改进计划跟踪表", at, value, unit)]
    assert None in (action.baseline, action.target, action.actual)


def test_a_round_counts_in_the_unit_of_its_action_and_an_indicator_in_its_own():
    rounds = (
        ROUND,
        ("GJ-2026-001", 1, "样例指标", share(0.126), "30分钟", "有效"),
        ("GJ-2026-001", 2, "另一个", "5%", 3, ""),
    )
    indicators = (INDICATOR, ("事件管理", "按时率", "%", "95%", "2026-10", share(0.96)),
                  ("事件管理", "修复时间", "小时", 2, "2026-10", "90分钟"))  # fmt: skip
    register = read(12.6, 3, "%", 2, sheets=(("效果确认", rounds), ("过程指标", indicators)))
    first, other = register.confirmations.records
    assert (first.value_before, first.value_after, other.value_before) == (12.6, None, 0.05)
    assert [(row.target, row.value) for row in register.measurements.records] == [(95, 96), (2, None)]
    assert strange(register) == [("效果确认", "E2", "30分钟", "%"), ("过程指标", "F3", "90分钟", "小时")]


def test_a_target_that_excel_keeps_as_a_share_is_read_as_shown():
    register = read(4, 3, "次", 2, sheets=(("参数", (("参数", "值"), ("KPI目标_措施有效率", share(0.95)))),))
    assert register.procedure.kpi_targets == {"措施有效率": "≥95%"}
