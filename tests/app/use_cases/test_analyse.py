from datetime import date

import openpyxl
import pytest

from capa_xl.app.shared.judging import judge
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.self_check import self_check
from capa_xl.app.use_cases.analyse import analyse, write_analysis
from capa_xl.cli.documents.paper_documents import analyse_document
from capa_xl.model.as_of import AsOf
from capa_xl.reports.analysis_text import analysis_lines
from tests.app.desks import desk_at
from tests.tables import workbook_bytes

DAY = AsOf(date(2026, 11, 22), date(2026, 11, 22))
TRACKER = """
    编号         问题描述            责任人  责任部门  完成期限    实际完成日期  问题类别  所属过程
    GJ-2026-001  蓄电池内阻逐月上升  样例甲  数据中心  2026-09-30                设备老化  机房
    GJ-2026-002  巡检记录缺页较多    样例乙  服务台    2026-10-31  2025-12-20    记录不全  值班
"""
DATA = ["期间", "部门", "项目", "指标", "样本量", "不合格数", "数值", "单位"]
ANALYSES = ["分析编号", "日期", "部门", "数据范围", "信号", "处置", "跟踪表编号"]


def months(n):
    return [f"{2025 + at // 12}-{at % 12 + 1:02d}" for at in range(n)]


def rows(values):
    """A measured value a month, from 2025-01 on."""
    named = zip(months(len(values)), values, strict=True)
    return [[month, "数据中心", "2#UPS", "内阻月均值", None, None, value, "mΩ"] for month, value in named]


@pytest.fixture
def book(tmp_path):
    def made(data, analyses=()):
        path = tmp_path / "跟踪表.xlsx"
        sheets = {"改进计划跟踪表": TRACKER, "质量数据": [DATA, *data]}
        path.write_bytes(workbook_bytes(sheets | ({"分析记录": [ANALYSES, *analyses]} if analyses else {})))
        return path

    return made


RISING = [*[3.3, 3.1] * 6, 3.35, 3.4, 3.6, 3.8, 4.0, 4.2, 4.4, 4.4]


def test_the_document_is_exactly_the_contract(book):
    document = analyse_document(analyse(desk_at(book(rows(RISING)), DAY)))
    assert list(document) == ["as_of", "series", "pareto", "recurrences", "proposals"]
    (series,) = document["series"]
    assert list(series) == ["name", "chart", "n", "centre", "points", "signals", "trend", "note"]
    assert (series["name"], series["chart"], series["n"]) == ("数据中心 2#UPS 内阻月均值", "imr", 20)
    assert list(series["points"][0]) == ["period", "value", "lcl", "ucl", "z"]
    assert {"rule": "N3", "periods": ["2025-12", *months(20)[12:19]]} in series["signals"]
    assert set(series["trend"]) == {"p", "slope"}
    assert document["pareto"][0] == {
        "by": "问题类别",
        "rows": [
            {"category": "记录不全", "count": 1, "share": 0.5, "cumulative": 0.5},
            {"category": "设备老化", "count": 1, "share": 0.5, "cumulative": 1.0},
        ],
    }


def test_every_signal_nobody_answered_asks_for_prevention(book):
    found = analyse(desk_at(book(rows(RISING)), DAY))
    assert [p.rule for p in found.proposals] == [signal.rule for signal in found.series[0].signals]
    n3 = next(p for p in found.proposals if p.rule == "N3")
    assert (n3.department, n3.periods[0], n3.method) == ("数据中心", "2025-12", "单值-移动极差图（I-MR）")
    assert "连续 8 点上升（N3）：2025-12 至 2026-07，3.1 mΩ → 4.4 mΩ，中心线 3.2 mΩ" in n3.description


def test_a_signal_over_few_cases_is_told_as_a_fraction(book):
    """Thirteen months of 100, and one of four cases: 4/4 and not 100.0%."""
    counts = [(100, 2)] * 13 + [(4, 4)]
    data = [
        [month, "服务台", "电话", "超时率", size, bad, None, None]
        for month, (size, bad) in zip(months(14), counts, strict=True)
    ]
    found = analyse(desk_at(book(data), DAY))
    first = next(p for p in found.proposals if p.rule == "WE1")
    assert "（WE1）：2026-02，4/4，中心线 2.0%" in first.description


def test_an_analysis_made_since_the_signal_began_answers_it(book):
    answer = [
        "FX-1",
        date(2026, 7, 3),
        "数据中心",
        "2#UPS 内阻月均值，2025-12 至 2026-06",
        "6 点连升",
        "预防措施",
        "GJ-2026-001",
    ]
    assert analyse(desk_at(book(rows(RISING), [answer]), DAY)).proposals == ()


@pytest.mark.parametrize(
    ("on", "department", "about"),
    [
        (date(2025, 6, 3), "数据中心", "2#UPS 内阻月均值"),
        (date(2026, 7, 3), "服务台", "2#UPS 内阻月均值"),
        (date(2026, 7, 3), "数据中心", "空调启停次数"),
        (date(2026, 12, 3), "数据中心", "2#UPS 内阻月均值"),
    ],
)
def test_an_analysis_of_something_else_or_of_another_time_answers_nothing(book, on, department, about):
    other = ["FX-1", on, department, about, "没有变化", "观察", None]
    found = analyse(desk_at(book(rows(RISING), [other]), DAY))
    assert len(found.proposals) == len(found.series[0].signals)


def test_limits_begin_anew_after_the_month_in_which_the_linked_action_was_completed(book):
    values = [*[10.0, 12.0] * 6, *[4.0, 6.0] * 6]
    answer = ["FX-1", date(2025, 10, 3), "数据中心", "2#UPS 内阻月均值", "偏高", "预防措施", "GJ-2026-002"]
    data = rows(values)[:23]
    (series,) = analyse(desk_at(book(data, [answer]), DAY)).series
    assert {point.centre for point in series.points[:12]} == {11.0}
    assert (len(series.points), series.centre) == (23, 11.0)
    answered = analyse(desk_at(book(rows(values), [answer]), AsOf(date(2027, 1, 5), date(2027, 1, 5)))).series[0]
    assert [point.centre for point in answered.points] == [11.0] * 12 + [5.0] * 12


def test_months_after_the_day_are_left_out(book):
    (series,) = analyse(desk_at(book(rows(RISING)), AsOf(date(2026, 3, 15), DAY.today))).series
    assert (series.n, series.points[-1].period) == (15, "2026-03")


def test_few_points_give_a_run_chart_and_no_data_none(book):
    (series,) = analyse_document(analyse(desk_at(book(rows([3.1, 3.3, 3.2])), DAY)))["series"]
    assert (series["chart"], series["trend"], series["points"][0]["ucl"]) == ("run", None, None)


def test_bad_counts_of_the_quality_data_are_weighed_by_category_and_supplier(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    data = """
        期间     部门    供方   类别  指标    样本量  不合格数
        2026-01  商务部  甲厂   破损  退货率  100     7
        2026-02  商务部  乙厂   错发  退货率  100     2
        2027-01  商务部  乙厂   错发  退货率  100     90
    """
    path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER, "质量数据": data}))
    found = analyse(desk_at(path, DAY))
    tables = {table.by: table for table in found.paretos}
    assert [(row.category, row.count) for row in tables["供方（质量数据）"].rows] == [("甲厂", 7), ("乙厂", 2)]
    assert [row.category for row in tables["类别（质量数据）"].rows] == ["破损", "错发"]
    made = openpyxl.load_workbook(write_analysis(found, tmp_path))
    shown = {tuple(row[:2]): tuple(row[3:5]) for row in made["排列图"].iter_rows(min_row=5, values_only=True)}
    assert shown["供方（质量数据）", "乙厂"] == (2 / 9, 1.0)
    assert shown["问题类别", "记录不全"] == ("1/2", "1/2")  # two actions: neither a percentage nor a chart
    assert shown["问题类别", "设备老化"] == ("1/2", "2/2")
    assert len(made["排列图_图"]._charts) == 2


def test_the_workbook_has_native_charts_and_the_same_bytes_twice(book, tmp_path):
    found = analyse(desk_at(book(rows(RISING)), DAY))
    target = write_analysis(found, tmp_path / "分析" / "十一月")
    first = target.read_bytes()
    assert target.name == "统计分析_2026-11-22.xlsx"
    assert write_analysis(found, target.parent).read_bytes() == first
    made = openpyxl.load_workbook(target)
    assert made.sheetnames == ["序列", "控制图", "排列图", "重复发生", "建议"]
    assert len(made["控制图"]._charts) == 1
    assert made["控制图"]["I6"].value == "2025-01"


@pytest.mark.parametrize(("department", "speaks_of"), [("数据中心", "内阻月均值"), ("别的部门", "别的")])
def test_the_self_check_counts_every_signal_that_analyse_lists_as_unanswered(book, department, speaks_of):
    desk = desk_at(book(rows(RISING), [["FX-1", "2026-10-05", department, speaks_of, "逐月上升", "观察", ""]]), DAY)
    proposals = analyse(desk).proposals
    line = next(line for line in self_check(judge(open_tracker(desk), DAY, None)) if line.id == "R41")
    assert (line.hit, line.of) == (len(proposals), len(proposals) + 1)
    assert bool(proposals) == (department == "别的部门")


@pytest.mark.parametrize(("n", "unlimited"), [(11, 1), (12, 0), (13, 0)])
def test_a_series_of_too_few_points_is_not_counted_as_one_without_a_signal(book, n, unlimited):
    found = analyse(desk_at(book(rows([3.3, 3.1, 3.2] * 4 + [3.3])[:n]), DAY))
    said = next(analysis_lines(found.series, found.paretos, found.recurrences, found.proposals))
    few = f"；{unlimited} 个画不出控制限（不足 12 点，或数据没有变化），只看连续和趋势，有没有超出没有判"
    assert said == f"质量数据 1 个序列，0 个有信号{few if unlimited else ''}。"


def test_the_lines_name_signals_and_proposals(book):
    found = analyse(desk_at(book(rows(RISING)), DAY))
    lines = list(analysis_lines(found.series, found.paretos, found.recurrences, found.proposals))
    assert lines[0] == "质量数据 1 个序列，1 个有信号。"
    assert "（N3）" in lines[1] and "点上升（N3）" in lines[1]
    assert f"尚无分析记录的信号 {len(found.proposals)} 个，建议：" in lines
