"""Which heading is which column: found by name and alias, in one row or two, below whatever stands above."""

from __future__ import annotations

import pytest

from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.records import Step
from capa_xl.workbook.reading.header_match import HeaderMatch
from capa_xl.workbook.reading.header_row import match_headers
from capa_xl.workbook.reading.heading_names import normalised, vocabulary_of


def match(*rows: list, merged: tuple = ()) -> HeaderMatch:
    width = max(len(row) for row in rows)
    found = match_headers([[*row, *[""] * (width - len(row))] for row in rows], merged=merged)
    assert found is not None
    return found


SEEN = {
    "管理评审改进事项跟踪表": (
        "No. / 改进项目 / 负责部门 / 负责人 / 计划完成时间 / 改进措施 / 改进证据 / 实际完成时间 / "
        "验证人 / 验证时间 / 跟踪验证结果",
        "编号 问题描述 责任部门 责任人 完成期限 措施内容 完成证据 实际完成日期 确认人 确认日期 效果结论",
    ),
    "改进措施全周期跟踪台账": (
        "序号 / 改进措施 / 责任部门 / 整改完成情况 / 佐证/验证 / 是否关闭 / 未关闭原因/后续",
        "编号 措施内容 责任部门 实施情况 完成证据 状态 -",
    ),
    "评审输出与改进项跟踪": (
        "编号 / 改进措施 / 责任部门 / 计划完成 / 状态",
        "编号 措施内容 责任部门 完成期限 状态",
    ),
    "持续改进计划表": (
        "改进项目 / 现状问题 / 目标状态 / 行动计划 / 开始日期 / 负责人 / 完成日期",
        "- 问题描述 改进目标 措施内容 开始日期 责任人 -",
    ),
    "整改跟踪表": (
        "状态 / 滞后等级 / 专业 / 楼栋 / 楼层 / 系统 / 施工项 / 问题描述 / 责任人 / 责任单位 / "
        "计划完成时间 / 是否逾期 / 复查结果 / 备注 / 整改记录摘要 / 最近更新时间 / 来源类型 / 来源 ID / "
        "创建时间 / 关闭时间",
        "状态 - - - - - - 问题描述 责任人 责任部门 完成期限 - 检查结论 备注 - - 来源 来源单号 登记日期 -",
    ),
    "NCR export": (
        "不符合项描述 / 不符合项整改 / 要求关闭时间 / 实际关闭时间 / 不符合项目前状态 / "
        "未关闭项原因说明 / 未关闭项风险管控措施 / 计划关闭时间 / 整改负责人 / "
        "风险等级(重大/较大/一般) / 检查日期 / 检查单位",
        "问题描述 措施内容 完成期限 实际完成日期 状态 - - - 责任人 严重度 检查日期 提出部门",
    ),
    "NC table": (
        "不符合项编号 / 不符合描述 / 对应条款/标准 / 严重度 / 状态 / 责任部门/人 / 整改期限 / "
        "纠正/纠正措施 / 验证结果 / 关闭时间",
        "编号 问题描述 违反的要求 严重度 状态 - 完成期限 - 效果结论 -",
    ),
    "问题与整改": (
        "问题编号 / 问题描述 / 违反条款 / 整改要求 / 整改期限 / 责任人 / 状态 / 整改措施 / 完成情况 / "
        "复核结论 / 复核意见",
        "编号 问题描述 违反的要求 改进目标 完成期限 责任人 状态 措施内容 实施情况 检查结论 -",
    ),
    "隐患整改台账": (
        "隐患编号 / 排查日期 / 排查人员 / 所在部位 / 隐患描述 / 隐患类别 / 隐患等级 / 整改措施 / "
        "整改责任人 / 整改资金(元) / 计划完成时限 / 状态 / 实际完成日期 / 复查人员 / 复查日期 / "
        "复查结果 / 闭环时间",
        "编号 登记日期 提出人 - 问题描述 问题类别 严重度 措施内容 责任人 - 完成期限 状态 实际完成日期 "
        "检查人 检查日期 检查结论 -",
    ),
    "质量巡场": (
        "NO. / 机台号 / 品种 / 问题描述 / 优先级 / 跟进措施 / 预计完成日期 / 责任人 / 当前状态",
        "编号 - - 问题描述 优先级 措施内容 完成期限 责任人 状态",
    ),
    "整改清单一": (
        "编号 / 问题 / 原因 / 整改措施 / 责任人 / 完成期限 / 当前状态",
        "编号 问题描述 原因分析 措施内容 责任人 完成期限 状态",
    ),
    "整改清单二": (
        "序号 / 存在问题 / 整改措施 / 责任人 / 完成时限 / 备注",
        "编号 问题描述 措施内容 责任人 完成期限 备注",
    ),
    "整改清单三": (
        "风险项 / 等级 / 问题描述 / 整改措施 / 责任人 / 时限",
        "- 严重度 问题描述 措施内容 责任人 完成期限",
    ),
    "整改任务": (
        "整改编号 / 设备名称 / 隐患描述 / 负责人 / 计划完成日期 / 实际完成日期 / 状态",
        "编号 - 问题描述 责任人 完成期限 实际完成日期 状态",
    ),
    "list-capa": (
        "Input Category / CAPA ID / Date Created / CAPA Description / Root Cause / "
        "Date Root Cause Analysis Completed / Action (Corrective / Preventive) / Date Actions Defined / "
        "Verification / Effectiveness Evaluation / Date Closed",
        "来源 编号 登记日期 问题描述 原因分析 - 措施内容 - - 效果结论 实际完成日期",
    ),
    "CAPA register": (
        "CAPA # / Date / Source / Description / Severity / Root Cause / Corrective Action / Owner / Due / Status",
        "编号 登记日期 来源 问题描述 严重度 原因分析 措施内容 责任人 完成期限 状态",
    ),
}


def headings_of(text: str) -> list[str]:
    return text.replace("Action (Corrective / Preventive)", "Action (Corrective\0Preventive)").split(" / ")


@pytest.mark.parametrize("name", SEEN)
def test_headings_of_a_real_table_map_to(name):
    text, expected = SEEN[name]
    headings = [heading.replace("\0", " / ") for heading in headings_of(text)]
    known = {col.key: col.header for col in columns_of(Action)}
    found = match(headings)
    got = [known[heading.key] if heading.key else "-" for heading in found.headings]
    assert dict(zip(headings, got, strict=True)) == dict(zip(headings, expected.split(), strict=True))


def test_every_canonical_header_maps_to_its_own_column():
    columns = columns_of(Action)
    found = match([col.header for col in columns])
    assert list(found.columns) == [col.key for col in columns]
    assert {heading.candidates[0].score for heading in found.headings} == {1.0}


@pytest.mark.parametrize("col", columns_of(Action), ids=lambda col: col.header)
def test_every_alias_alone_maps_to_its_column(col):
    for alias in col.aliases:
        if alias == "牵头部门":
            continue
        found = match_headers([[alias, "检查情况", "归档位置", "评价组织部门"]])
        assert found and found.columns.get(col.key) == 1, alias


def test_no_two_columns_share_a_name():
    owners: dict[str, set[str]] = {}
    for col in columns_of(Action):
        for name in (col.header, *col.aliases):
            owners.setdefault(normalised(name), set()).add(col.key)
    assert [name for name, keys in owners.items() if len(keys) > 1] == []


@pytest.mark.parametrize(
    "heading", ["*责任人", "责任人 *", "责 任 人", "责任\n人", "【责任人】", "责任人：", "责任人（签字）"]
)
def test_stars_blanks_and_line_breaks_in_a_heading_do_not_matter(heading):
    assert match(["编号", "措施内容", heading, "完成期限"]).columns["owners"] == 3


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("责 任\n人", "责任人"), ("* 责任人：", "责任人"), ("Assigned\nTo", "Assigned To"),
        ("责任人  Owner", "责任人 Owner"), ("责任人（请写姓名，不写部门和岗位）", None),
        ("Responsible Person", None),
    ],
)  # fmt: skip
def test_a_heading_is_said_on_one_line_with_the_blanks_between_its_words(heading, said):
    assert match(["编号", "措施内容", heading, "完成期限"]).own_words.get("owners") == said


def test_full_width_letters_are_half_width_ones():
    assert match(["ＮＯ．", "措施内容", "责任人", "完成期限"]).columns["number"] == 1


def test_order_and_foreign_columns_do_not_matter():
    found = match(["完成期限", "楼栋", "责任人", "编号", "措施内容"])
    assert found.columns == {"due_on": 1, "owners": 3, "number": 4, "measure": 5}
    assert [heading.text for heading in found.unmapped] == ["楼栋"]


def test_header_is_found_below_twelve_rows_of_metadata():
    rows = [[f"项目名称：{at}", "", "责任人", ""] for at in range(12)]
    found = match(*rows, ["编号", "问题描述", "责任人", "完成期限"], ["1", "漏水", "张三", ""])
    assert found.header_row == 13
    assert not found.missing


def test_no_header_behind_row_30():
    rows = [["", "", "", ""]] * 30 + [["编号", "问题描述", "责任人", "完成期限"]]
    assert match_headers(rows) is None


def test_two_hits_are_no_header():
    assert match_headers([["编号", "备注", "楼栋"]]) is None


def test_canonical_beats_alias():
    found = match(["负责人", "责任人", "编号", "措施内容", "完成期限"])
    assert found.columns["owners"] == 2
    assert found.clashes == ()
    assert [heading.text for heading in found.unmapped] == ["负责人"]


def test_two_aliases_of_one_column_clash_and_the_first_is_taken():
    found = match(["整改人", "负责人", "编号", "措施内容", "完成期限"])
    assert found.columns["owners"] == 1
    assert [(clash.key, clash.first.text, clash.second.text) for clash in found.clashes] == [
        ("owners", "整改人", "负责人")
    ]


def test_serial_number_is_the_key_when_it_is_unique():
    found = match(["序号", "措施内容", "责任人", "完成期限"], [1.0, "甲", "张三", ""], [2.0, "乙", "张三", ""])
    assert found.columns["number"] == 1


def test_serial_number_that_repeats_is_no_key():
    found = match(["序号", "措施内容", "责任人", "完成期限"], [1.0, "甲", "张三", ""], [1.0, "乙", "张三", ""])
    assert found.missing == (("number",),)


def test_serial_number_gives_way_to_a_better_number():
    found = match(["序号", "问题编号", "措施内容", "责任人", "完成期限"])
    assert found.columns["number"] == 2
    assert found.clashes == ()


def test_actual_closing_time_is_completion_only_for_want_of_better():
    assert match(["编号", "措施", "责任人", "期限", "实际关闭时间"]).columns["completed_on"] == 5
    found = match(["编号", "措施", "责任人", "期限", "实际关闭时间", "实际完成时间"])
    assert found.columns["completed_on"] == 6


@pytest.mark.parametrize("heading", ["完成时间", "完成日期", "解决时间"])
def test_completion_time_is_actual_beside_a_planned_one_and_planned_beside_an_actual_one(heading):
    assert match(["编号", "措施", "责任人", "完成期限", heading]).columns["completed_on"] == 5
    assert match(["编号", "措施", "责任人", "实际完成日期", heading]).columns["due_on"] == 5
    alone = match(["编号", "措施", "责任人", heading])
    assert {candidate.key for candidate in alone.unmapped[0].candidates[:2]} == {"due_on", "completed_on"}


def test_leading_department_is_asked_about():
    found = match(["编号", "措施", "责任人", "期限", "牵头部门"])
    assert [candidate.key for candidate in found.unmapped[0].candidates] == [
        "responsible_department",
        "owning_department",
    ]


def test_guesses_are_shown_but_never_mapped():
    found = match(["编号", "措施", "责任部门/人", "期限", "负责人"])
    guess = found.unmapped[0]
    assert guess.text == "责任部门/人"
    assert guess.candidates[0].key == "responsible_department"
    assert 0.5 <= guess.candidates[0].score <= 0.7


def test_our_columns_are_known_by_their_exact_header_only():
    found = match(["编号", "措施内容", "责任人", "完成期限", "〔自动〕状态", "自动状态", "〔自动〕别的"])
    assert found.columns["status"] == 5
    assert "stated_status" not in found.columns


def test_band_row_above_the_header_is_no_part_of_it():
    found = match(["登记", "", "策划", ""], ["编号", "措施内容", "责任人", "完成期限"])
    assert (found.header_row, found.rows_used) == (2, 1)


def test_merged_group_heading_is_read_with_the_heading_below():
    rows = (["编号", "问题描述", "责任", "", "整改", ""], ["", "", "部门", "人", "措施", "期限"])
    found = match(*rows, merged=((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 1, 6)))
    assert (found.header_row, found.rows_used) == (2, 2)
    assert found.columns == {
        "number": 1, "description": 2, "responsible_department": 3, "owners": 4, "measure": 5, "due_on": 6,
    }  # fmt: skip
    assert found.heading("owners") == "责任人"


def test_group_heading_that_is_not_merged_is_read_with_the_headings_below():
    found = match(["编号", "措施内容", "责任人", "完成", ""], ["", "", "", "期限", "情况"])
    assert found.columns["due_on"] == 4
    assert found.columns["progress_note"] == 5


def test_first_data_row_is_not_taken_for_a_second_header():
    found = match(["编号", "措施内容", "责任人", "完成期限", "状态"], ["1", "措施", "张三", "", "完成"])
    assert (found.header_row, found.rows_used) == (1, 1)


def test_child_sheet_headers_need_only_two_hits():
    found = match_headers([["编号", "步骤内容", "随便"]], Step, least=2)
    assert found and found.columns == {"number": 1, "content": 2}


def test_our_column_is_known_though_somebody_wrapped_its_heading():
    found = vocabulary_of(Action).sure("〔自动〕\n状态")
    assert found is not None
    assert found.key == "status"


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("ID Issue Corrective_Action Assigned_To Due_Date Closed_Date Status Comments",
         "编号 问题描述 措施内容 责任人 完成期限 实际完成日期 状态 备注"),
        ("Ref Finding_Description Severity Root_Cause Action Owner Target_Date Completion_Date",
         "编号 问题描述 严重度 原因分析 措施内容 责任人 完成期限 实际完成日期"),
        ("# Issue Priority Owner Due_Date", "编号 问题描述 优先级 责任人 完成期限"),
        ("问题No. 任务名称 任务内容 责任人 截止时间 整改状态", "编号 问题描述 措施内容 责任人 完成期限 状态"),
        ("序号 检查项 存在问题 整改建议 责任人 整改时限 验证日期 验证结论",
         "编号 - 问题描述 措施内容 责任人 完成期限 确认日期 效果结论"),
        ("审核日期 审核员 不符合描述 不符合性质 纠正措施 责任部门 完成期限",
         "登记日期 提出人 问题描述 严重度 措施内容 责任部门 完成期限"),
        ("序号 检查日期 检查人 存在问题 整改措施 责任人 整改期限 复查日期",
         "编号 登记日期 提出人 问题描述 措施内容 责任人 完成期限 检查日期"),
    ],
)  # fmt: skip
def test_headings_of_other_trades_and_of_english_logs_map_to(headings, expected):
    known = {col.key: col.header for col in columns_of(Action)}
    found = match([heading.replace("_", " ") for heading in headings.split()])
    assert [known[h.key] if h.key else "-" for h in found.headings] == expected.split()


def test_the_inspection_columns_of_our_own_table_keep_their_meaning_wherever_they_stand():
    found = match(["检查日期", "检查人", "检查结论", "编号", "问题描述", "责任人", "完成期限"])
    assert (found.columns["inspected_on"], found.columns["inspector"]) == (1, 2)
    assert match(["编号", "问题描述", "责任人", "完成期限", "检查日期"]).columns["inspected_on"] == 5


def test_a_unit_is_one_only_beside_a_value():
    beside = match(["编号", "问题描述", "责任人", "完成期限", "现值", "目标值", "单位"])
    assert beside.columns["unit"] == 7
    alone = match(["序号", "存在问题", "整改措施", "单位", "责任人", "整改时限"])
    assert "unit" not in alone.columns
    assert [c.key for c in alone.headings[3].candidates] == ["responsible_department"]


def test_the_day_of_closing_is_asked_and_what_lies_under_a_merged_heading_is_no_column():
    found = match(["编号", "问题描述", "", "责任人", "完成期限", "关闭时间"], merged=((1, 2, 1, 3),))
    assert [h.column for h in found.headings] == [1, 2, 4, 5, 6]
    assert [c.key for c in found.headings[-1].candidates] == ["completed_on", "archived_on"]


def test_a_share_in_percent_is_how_far_and_not_whether_it_is_done():
    found = match(["编号", "问题描述", "责任人", "完成期限", "% Complete", "Complete"])
    assert found.columns["stated_status"] == 6
    assert found.columns["progress"] == 5


def test_empty_merged_cells_right_of_all_values_are_nothing_of_the_table():
    found = match(["样例公司"], ["编号", "问题描述", "责任人", "完成期限"], merged=((1, 5, 1, 6), (1, 8, 1, 9)))
    assert [h.column for h in found.headings] == [1, 2, 3, 4]


def test_a_line_of_metadata_above_a_merged_heading_is_no_group_heading():
    found = match(
        ["整改跟踪表"],
        ["项目：", "", "", "", "发现日期"],
        ["序号", "问题描述", "", "整改措施", "责任人", "", "整改期限", "状态"],
        merged=((1, 1, 1, 8), (2, 1, 2, 4), (2, 5, 2, 8), (3, 2, 3, 3), (3, 5, 3, 6)),
    )
    assert (found.header_row, found.rows_used) == (3, 1)
    assert "registered_on" not in found.columns


def test_short_english_names_are_not_found_inside_other_words():
    assert match(["Grid", "Issue", "Action", "Owner", "Due Date"]).headings[0].candidates == ()


def test_what_somebody_answered_for_one_table_is_not_remembered_for_the_next():
    rows = [["编号", "问题描述", "责任部门", "期限"], ["1", "漏检", "质量部", ""]]
    answered = match_headers(rows, answers={"期限": ""})
    assert answered is not None and "due_on" not in answered.columns
    assert match(*rows).columns["due_on"] == 4


def test_a_heading_longer_than_is_remembered_means_what_it_says():
    long = "责任部门" + "（" + "填写全称，" * 12 + "）"
    assert normalised(long) == "责任部门" + "填写全称" * 12


GROUPS = ["ID", "Risk", "", "People", "", "State", "Notes"]
NAMES = ["", "Asset", "Threat", "Risk owner", "Action lead", "", ""]
SPANS = ((1, 2, 1, 3), (1, 4, 1, 5))


def test_names_below_groups_are_the_header_though_nobody_knows_one_of_them():
    rows = [GROUPS, NAMES, ["R-1", "Laptop", "Loss", "COO", "Al Fox", "Open", "x"]]
    found = match_headers(rows, merged=SPANS, least=2)
    assert (found.header_row, found.rows_used) == (2, 2)
    assert [h.text for h in found.headings] == ["ID", *NAMES[1:5], "State", "Notes"]


def test_values_below_a_heading_that_spans_two_columns_are_no_names():
    rows = (["序号", "照片", "", "完成期限"], [1.0, "前", "后", "2026-12-01"], [2.0, "前", "后", "2026-12-02"])
    found = match_headers([list(row) for row in rows], merged=((1, 2, 1, 3),), least=2)
    assert (found.header_row, found.rows_used) == (1, 1)
