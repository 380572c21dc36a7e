"""The row below a merged heading names its columns, whatever it says: none is taken in silence, all are mentioned."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from capa_xl.errors import UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.reading.header_row import match_headers
from capa_xl.workbook.reading.names_below_groups import are_names_below
from capa_xl.workbook.reading.reader import read_register

DAY = date(2026, 11, 28)
EARLY, LATE, DONE = date(2026, 10, 10), date(2026, 12, 20), date(2026, 10, 1)
TICKED = (
    ["序号", "存在问题", "整改措施", "整改责任人", "计划完成", "整改进展情况", "", "", "完成日期", "客服回访", ""],
    ["", "", "", "", "", "未开始", "进行中", "已完成", "", "回访人", "结果"],
)
FORECAST = (
    ["Ref", "Observation", "Recommendation", "Owner", "Target date", "", "Status", "Close-out", ""],
    ["", "", "", "", "Baseline", "Forecast", "", "Date", "By"],
)


def blob_of(head, merged, *rows):
    book, stream = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    for row in (*head, *rows):
        sheet.append([value if value != "" else None for value in row])
    for place in merged:
        sheet.merge_cells(place)
    book.save(stream)
    return stream.getvalue()


def ticked(answers=None):
    down = [f"{at}1:{at}2" for at in "ABCDEI"]
    return adopt(
        blob_of(
            TICKED,
            ("F1:H1", "J1:K1", *down),
            [1, "大堂门不能自动关闭", "更换门禁感应器", "样例甲", EARLY, "", "", "√", DONE, "样例丙", "满意"],
            [2, "通道堆放杂物较多", "清理并张贴告知", "样例乙", EARLY, "", "√", "", "", "样例丙", "不满意"],
            [3, "热水器漏电保护失效", "更换漏电保护器", "样例甲", LATE, "", "", "√", "", "", ""],
            [4, "水泵运行声音异常", "每周试运行水泵", "样例乙", LATE, "√", "", "", "", "", ""],
        ),
        Adopting(answers or {}, "a1", DAY),
    )


def test_ticks_below_the_names_of_states_are_three_columns_and_the_one_that_ends_a_row_is_asked():
    _, found = ticked()
    asked = {one.header: one for one in found.ask}
    done = asked["整改进展情况 已完成"]
    assert (found.header_row, done.proposal, done.is_needed) == (2, "状态", True)
    assert "客服回访 结果" in asked
    assert asked["客服回访 回访人"].candidates == ("确认人",)
    assert found.unmapped == ("整改进展情况 未开始", "整改进展情况 进行中")


def test_a_tick_below_done_ends_its_row_and_no_other():
    blob, _ = ticked(
        {"整改进展情况 已完成": "状态", "客服回访 结果": "", "客服回访 回访人": "", "整改进展情况 未开始": ""}
    )
    derived = view_register(read_register(blob), AsOf(DAY, DAY)).derived
    assert {number: one.is_ended for number, one in derived.items()} == {"1": True, "2": False, "3": True, "4": False}


def test_a_deadline_and_its_forecast_below_one_heading_are_asked_as_two_and_a_date_alone_is_its_groups():
    blob = blob_of(
        FORECAST,
        ("E1:F1", "H1:I1", *(f"{at}1:{at}2" for at in "ABCDG")),
        [
            "OT-1",
            "Valve seized",
            "Overhaul the valve",
            "Sample Ann",
            EARLY,
            None,
            "Closed",
            DONE,
            "Sample Vet",
        ],
        ["OT-2", "Drain valve found open", "Lock all valves", "Sample Bob", EARLY, LATE, "In progress", None, None],
        ["OT-3", "Barrier not interlocked", "Fit an interlock", "Sample Ann", LATE, None, "In progress", None, None],
    )
    _, found = adopt(blob, Adopting({}, "a1", DAY))
    assert {one.header: one.proposal for one in found.ask} == {
        "Target date Baseline": "原完成期限",
        "Target date Forecast": "完成期限",
        "Close-out Date": "实际完成日期",
        "Close-out By": None,
    }


@pytest.mark.parametrize(
    ("lower", "merged", "are_names"),
    [
        (["", "", "", "整改前", "整改后"], ((1, 4, 1, 5),), True),
        (["", "", "", "整改前", ""], ((1, 4, 1, 5),), False),
        (["", "", "", "整改前", "整改前"], ((1, 4, 1, 5),), False),
        (["", "", "", "√", "×"], ((1, 4, 1, 5),), False),
        (["", "", "", "图1", "图2"], ((1, 4, 1, 5),), False),
        (["", "", "", "整改前", "整改后"], (), False),
        (["Z1", "墙面渗水", "样例甲", "整改前", "整改后"], ((1, 4, 1, 5),), False),
        (["编号", "问题描述", "责任人", "整改前", "整改后"], ((1, 4, 1, 5),), True),
    ],
)
def test_names_stand_below_merged_headings_and_nowhere_else(lower, merged, are_names):
    upper = ["编号", "问题描述", "责任人", "照片", ""]
    assert are_names_below([upper, lower, ["Z2", "漏水", "样例乙", "a", "b"]], [True] * 5, 1, merged) is are_names


def test_a_row_with_a_figure_or_a_day_is_one_of_values():
    upper, lower = ["编号", "问题描述", "照片", ""], ["", "", "整改前", "整改后"]
    assert not are_names_below([upper, lower], [False, True, True, True], 1, ((1, 3, 1, 4),))


def test_names_of_a_heading_that_is_written_again_over_its_columns():
    rows = [
        ["编号", "问题描述", "措施内容", "责任人", "完成期限", "照片", "照片"],
        ["", "", "", "", "", "整改前", "整改后"],
        ["Z1", "管道漏水", "更换管道", "样例乙", EARLY, "", ""],
    ]
    found = match_headers(rows)
    assert found is not None
    assert [heading.text for heading in found.headings[-2:]] == ["照片 整改前", "照片 整改后"]
    assert found.header_row == 2


GROUPED = (
    ["序号", "问题描述", "措施内容", "责任人", "期限", "", "完成", "", "验证", "", "回访", "", "例会", ""],
    ["", "", "", "", "原定期限", "调整后期限", "日期", "情况", "验证人", "日期", "日期", "地点", "日期", "地点"],
)
OVER_TWO = ((1, 5, 1, 6), (1, 7, 1, 8), (1, 9, 1, 10), (1, 11, 1, 12), (1, 13, 1, 14))
DONE_ROW = ["1", "漏油", "换密封", "样例甲", EARLY, LATE, DONE, "已换", "样例乙", DONE, DONE, "南区", DONE, "北区"]


def grouped(answers=None):
    found = match_headers([*GROUPED, DONE_ROW], merged=OVER_TWO, answers=answers or {})
    assert found is not None
    return {heading.column: (heading.text, heading.key) for heading in found.headings}


def test_a_name_that_several_columns_share_below_their_groups_is_read_with_its_groups():
    found = grouped()
    assert [found[at] for at in (7, 10, 11, 13)] == [
        ("完成日期", None),
        ("验证日期", "confirmed_on"),
        ("回访日期", None),
        ("例会日期", None),
    ]


@pytest.mark.parametrize("header", ["实际完成日期", ""])
def test_an_answer_for_a_shared_name_takes_no_column_apart_that_is_known_by_both_names(header):
    found = grouped({"日期": header})
    assert (found[7][1], found[10]) == ("completed_on" if header else None, ("验证日期", "confirmed_on"))


def test_a_day_of_completion_beside_two_deadlines_in_question_is_proposed_as_that():
    head = [row[:10] for row in GROUPED]
    rows = (DONE_ROW[:10], ["2", "渗水", "补胶", "样例乙", EARLY, None, None, None, None, None])
    blob = blob_of(head, ("E1:F1", "G1:H1", "I1:J1"), *rows)
    _, found = adopt(blob, Adopting({}, "a1", DAY))
    proposals = {one.header: one.proposal for one in found.ask}
    assert proposals == {"原定期限": "原完成期限", "调整后期限": "完成期限", "完成日期": "实际完成日期"}


def test_a_shared_name_that_means_several_columns_is_refused_with_the_names_that_work():
    blob = blob_of(GROUPED, ("E1:F1", "G1:H1", "I1:J1", "K1:L1", "M1:N1"), DONE_ROW)
    with pytest.raises(UsageError, match="「日期」有 3 列，请写明是哪一列，用其中一个：--map 完成日期=实际完成日期、"):
        adopt(blob, Adopting({"日期": "实际完成日期"}, "a1", DAY))
