"""Filled rows that are no actions: every one is counted by what it is, and an action is never taken for one."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.schema import TRACKER_SHEET
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

DAY = date(2026, 12, 1)
HEAD = ["编号", "问题描述", "措施内容", "责任人", "完成期限", "备注"]
ROW = ["Z1", "灯不亮", "换灯", "样例甲", DAY]


def read(*rows):
    return read_register(workbook_bytes({"改进计划跟踪表": [HEAD, *rows]}))


def uncounted(*rows):
    return [(one.row, one.kind) for one in read(*rows).uncounted]


def test_a_table_of_nothing_but_actions_leaves_nothing_out():
    assert uncounted(ROW, ["Z2", *ROW[1:]]) == []


def test_every_kind_is_told_with_its_row():
    rows = [
        ["一、安全部分"],
        ROW,
        HEAD,
        ["小计", "1 个问题", "1 条措施"],
        [None, None, None, None, None, "交接时口头说的"],
        ["编制：样例甲", None, "审核：样例乙"],
    ]
    assert uncounted(*rows) == [
        (2, "分节"), (4, "重复的表头"), (5, "合计"), (6, "分节"), (7, "表尾"),
    ]  # fmt: skip


def test_a_row_of_several_cells_that_tells_of_no_action_is_named():
    assert uncounted(ROW, [None, None, None, "样例乙", None, "待补"]) == [(3, "没有写问题和措施")]


def test_a_word_alone_under_the_number_is_a_section_and_a_number_alone_is_silent():
    register = read(["冷荤间"], ROW, ["Z9"])
    assert [(one.row, one.kind) for one in register.uncounted] == [(2, "分节")]
    assert register.numbered_only == (4,)


def test_a_section_of_a_sheet_whose_numbers_have_a_year_before_them_is_a_section_and_nothing_else():
    """2026-一、温控 has figures in it, but those are of the prefix that 参数 gives the sheet."""
    sheet = [HEAD, ["一、温控"], ["1", *ROW[1:]], ["2"]]
    prefix = [["参数", "值"], [f"编号前缀_{TRACKER_SHEET}", "2026-"]]
    register = read_register(workbook_bytes({TRACKER_SHEET: sheet, "参数": prefix}))
    assert [one.number for one in register.tracker.records] == ["2026-1"]
    assert [(one.row, one.kind) for one in register.uncounted] == [(2, "分节")]
    assert register.numbered_only == (4,)


def test_a_note_with_a_figure_under_the_number_is_named_too():
    assert uncounted(ROW, ["注：1.小班号以2025年图为准"]) == [(3, "表尾")]
    assert uncounted(ROW, ["Z-0002"]) == []


def test_a_row_that_somebody_declared_to_be_none_is_named_as_such():
    book = workbook_bytes(
        {"改进计划跟踪表": [HEAD, ROW, ["Z2", *ROW[1:]]], "参数": [["参数", "值"], ["取值_编号_Z2", "不计入"]]}
    )
    register = read_register(book)
    assert [action.number for action in register.tracker.records] == ["Z1"]
    assert [(one.row, one.kind) for one in register.uncounted] == [(3, "声明不计入")]


def test_a_formula_filled_down_below_the_table_is_no_row():
    assert uncounted(ROW, [None] * 5 + ["=A3"]) == []


def test_the_rows_that_a_merged_number_continues_belong_to_their_action():
    rows = [HEAD, ROW, [None] * 5 + ["续"], ["Z2", *ROW[1:]]]
    register = read_register(workbook_bytes({"改进计划跟踪表": rows}, merged={"改进计划跟踪表": ["A2:A3"]}))
    assert (len(register.tracker.records), register.uncounted) == (2, ())


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        ([None, "月度数据汇总", None, "样例甲", DAY], True),
        ([None, "月度数据汇总", None, "样例甲", None], False),
        ([None, "月度数据汇总", None, "样例甲", "12月1日"], True),
        (["合计", "5 个问题", "8 条措施", None, None], False),
        (["合计", "5 个问题", "8 条措施", "3 人", "5 项"], False),
        (["一、", "灯不亮", "换灯", None, None], True),
        (["（一）", "安全管理类", None, None, None], False),
        (["编制：样例甲", None, "审核：样例乙", "批准：样例丙", DAY], False),
    ],
)
def test_what_a_row_is_called_does_not_make_it_a_total_where_it_is_somebodys_by_a_day(row, counts):
    register = read(ROW, row)
    assert register.rows == 1 + counts
    assert len(register.uncounted) == 1 - counts


def test_every_filled_row_is_an_action_set_aside_or_named():
    rows = [
        ROW,
        ["合计", 3],
        [None, "无编号的问题"],
        ["三、其他"],
        ["Z1", "重号"],
        ["制表", None, "样例甲"],
        [None, None, None, "样例乙"],
    ]
    register = read(*rows)
    told = {a.row for a in register.tracker.records} | {q.row for q in register.quarantined}
    assert sorted(told | {one.row for one in register.uncounted}) == list(range(2, 2 + len(rows)))
