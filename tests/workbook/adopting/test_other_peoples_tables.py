"""Kinds of tables that once went wrong: what a careful person would expect of each (decisions C)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from capa_xl.errors import UnreadableWorkbook, UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.policy.check import check
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.reading.reader import read_register, require_tracker
from tests.tables import workbook_bytes

DAY = date(2026, 11, 28)
LATE, SOON = date(2026, 11, 10), date(2026, 12, 10)


def tried(rows, answers=None, meanings=None, **look):
    blob = workbook_bytes({"Sheet1": rows}, **look)
    return adopt(blob, Adopting(answers or {}, "a1b2", DAY, meanings or {}))


def lived(new):
    """The view of an adopted workbook on the day, and its problems."""
    register = read_register(new)
    require_tracker(register)
    view = view_register(register, AsOf(DAY, DAY))
    return view, check(view).problems


def statuses(view):
    return {number: derived.status for number, derived in view.derived.items()}


def asked(found):
    return [(a.header, a.candidates, a.is_needed) for a in found.ask]


OWN = ["编号", "问题描述", "整改措施", "责任人", "整改期限", "状态"]


def own(*said, more=()):
    return [
        [*OWN, *more],
        *([f"Q{n}", f"第{n}处标签缺失", "补贴标签", "人乙", LATE, word] for n, word in enumerate(said, 1)),
    ]


def test_own_status_words_end_rows_in_silence():
    new, found = tried(own("已取消", "已整改", "作废", "进行中"))
    assert [(w.word, w.count, w.meaning) for w in found.words] == [
        ("已取消", 1, "已取消"), ("已整改", 1, "已完成"), ("作废", 1, "已取消"), ("进行中", 1, "进行中"),
    ]  # fmt: skip
    view, problems = lived(new)
    assert statuses(view) == {"Q1": "已取消", "Q2": "已关闭", "Q3": "已取消", "Q4": "实施中"}
    assert [view.derived[n].overdue for n in ("Q1", "Q2", "Q3", "Q4")] == [(), (), (), ("Y1",)]
    assert not [p for p in problems if p.number in ("Q1", "Q2", "Q3") and p.severity.word == "错误"]


def test_a_cross_beside_circles_is_asked_with_them_and_beside_ticks_it_is_no():
    new, found = tried(own("●", "×", "○"))
    assert (new, [(w.word, w.meaning, w.is_needed) for w in found.words]) == (
        None, [("●", "", True), ("×", "", True), ("○", "", True)],
    )  # fmt: skip
    _, found = tried(own("√", "×"))
    assert [(w.word, w.meaning) for w in found.words] == [("√", "已关闭"), ("×", "进行中")]


def test_own_status_words_count_beside_a_completion_column_too():
    rows = own("已取消", "已闭环", "已完成", "已取消", more=["整改完成日期"])
    rows[4].append(LATE)
    view, problems = lived(tried(rows)[0])
    assert statuses(view) == {"Q1": "已取消", "Q2": "已关闭", "Q3": "已关闭", "Q4": "已取消"}
    assert [(p.rule, p.cell) for p in problems if p.rule == "WB10"] == [("WB10", "F5")]


SCALE = ("重大", "高", "较大", "低", "一般", "高")
SEVERITY = [
    ["隐患编号", "隐患描述", "隐患级别", "整改责任人", "整改期限"],
    *(
        [f"HZ-{n}", "走廊堆放纸箱", word, "人乙", SOON]
        for n, word in enumerate(("重大", "高", "较大", "低", "一般", "高"), 1)
    ),
]


def test_a_severity_scale_of_its_own_is_asked_before_anything_is_written():
    new, found = tried(SEVERITY)
    assert new is None
    assert [(w.word, w.count, w.candidates[:1], w.is_needed) for w in found.asked_words] == [
        ("高", 2, ("重大",), True), ("较大", 1, ("重大",), True), ("低", 1, ("一般",), True),
    ]  # fmt: skip


@pytest.mark.parametrize("column", ["严重度", "隐患级别"])
def test_declared_severities_lose_no_row_and_stay_declared(column):
    new, found = tried(SEVERITY, meanings={column: {"高": "重大", "较大": "重大", "低": "一般"}})
    assert found.asked_words == ()
    register = read_register(new)
    assert [action.severity for action in register.tracker.records] == ["重大", "重大", "重大", "一般", "一般", "重大"]
    assert register.procedure.meanings == {"严重度": {"高": "重大", "较大": "重大", "低": "一般"}}


def test_a_meaning_that_does_not_exist_is_refused_with_the_words_there_are():
    with pytest.raises(UsageError, match="「严重度」没有「重」。可用：重大、一般"):
        tried(SEVERITY, meanings={"严重度": {"高": "重"}})
    with pytest.raises(UsageError, match="都没有「颜色」"):
        tried(SEVERITY, meanings={"颜色": {"高": "重大"}})


def test_a_list_most_of_whose_words_fit_nothing_is_asked_about_and_not_mapped():
    rows = [["编号", "问题描述", "责任人", "完成期限", "来源"]]
    rows += [[str(n), "漏油啦", "人乙", SOON, word] for n, word in enumerate(("甲楼", "乙楼", "内审", "丙楼"), 1)]
    new, found = tried(rows)
    assert asked(found) == [("来源", ("来源",), False)]
    register = read_register(new)
    assert "source" not in register.tracker.columns
    (left_out,) = (one.hit.facts for one in register.remarks if one.rule == "WB06")
    assert (left_out["h"], left_out["n"], left_out["own"]) == ("来源", "4", "来源=来源")


def test_a_line_of_metadata_above_a_merged_heading_gives_no_column():
    rows = [
        ["整改跟踪表"], ["项目：", None, None, None, "发现日期"],
        ["序号", "问题描述", None, "整改措施", "责任人", None, "整改期限", "状态"],
        [1, "滤网积灰严重", None, "清洗滤网", "人乙", None, SOON, "整改中"],
    ]  # fmt: skip
    merged = {"Sheet1": ["A1:H1", "A2:D2", "E2:H2", "B3:C3", "E3:F3"]}
    new, found = tried(rows, merged=merged)
    assert (found.header_row, {m.field for m in found.mapped}) == (
        3, {"编号", "问题描述", "措施内容", "责任人", "完成期限", "状态"},
    )  # fmt: skip
    assert statuses(lived(new)[0]) == {"1": "实施中"}


def test_not_yet_words_in_a_date_column_are_blank_with_one_warning():
    said = ("/", "-", "—", "无", "N/A", "NA", "待定", "进行中", "未完成", "——", "\\", "　", "暂无", "'0")
    head = ["编号", "问题描述", "整改措施", "责任人", "完成期限", "实际完成日期"]
    rows = [head, *([f"P{n}", "标签缺失", "补贴标签", "人乙", LATE, word] for n, word in enumerate(said, 1))]
    view, problems = lived(tried(rows)[0])
    assert (len(view.actions), view.register.quarantined) == (14, ())
    assert [(p.rule, p.cell) for p in problems if p.rule in ("FD05", "FD21")] == [("FD21", "F2")]
    assert all(derived.overdue == ("Y1",) for derived in view.derived.values())


TWO_DUE = [
    ["督办序号", "督办事项", "状态", "责任人", "要求完成日期", "计划完成日期"],
    ["D1", "主链路扩容", "进行中", "人乙", LATE, SOON], ["D2", "备件盘点", "暂停", "人乙", LATE, SOON],
]  # fmt: skip


def test_two_due_columns_are_asked_and_the_strange_status_too():
    new, found = tried(TWO_DUE)
    assert new is None
    assert asked(found) == [
        ("要求完成日期", ("完成期限", "原完成期限"), True), ("计划完成日期", ("完成期限", "原完成期限"), True),
    ]  # fmt: skip
    assert [(w.word, w.candidates[0], w.is_needed) for w in found.asked_words] == [("暂停", "进行中", True)]


def test_an_answer_for_one_of_two_due_columns_leaves_the_other_foreign():
    new, found = tried(TWO_DUE, {"计划完成日期": "完成期限"}, {"状态": {"暂停": "进行中"}})
    assert (found.ask, "要求完成日期" in found.unmapped) == ((), True)
    view, problems = lived(new)
    assert {action.due_on for action in view.actions} == {SOON}
    assert not [p for p in problems if p.rule in ("FD04", "WB03")]


def test_a_status_word_that_nobody_told_keeps_the_file_from_being_written():
    assert tried(TWO_DUE, {"计划完成日期": "完成期限"})[0] is None


def test_a_unit_is_an_organisation_where_no_value_is_measured():
    rows = [["序号", "存在问题", "整改措施", "单位", "责任人", "整改时限", "整改情况"],
            [1, "制度未修订", "修订制度", "部门一", "人乙", SOON, "未整改"],
            [2, "记录不完整", "补齐记录", "部门二", "人丙", LATE, "已整改"]]  # fmt: skip
    new, found = tried(rows)
    assert asked(found) == [("单位", ("责任部门",), False)]
    assert {m.header: m.field for m in found.mapped}["整改情况"] == "状态"
    assert statuses(lived(new)[0]) == {"1": "实施中", "2": "已关闭"}


def test_sections_totals_and_footers_are_no_actions_and_give_no_departments():
    rows = [
        ["序号", "存在问题", "整改措施", "责任单位", "责任人", "完成时限"], ["一、制度类"],
        [1, "制度未修订", "修订制度", "部门一", "人乙", "2026年12月底"],
        [2, "记录不完整", "补齐记录", "部门一", "人乙；人丙", "2026年12月10日前"], ["二、现场类"],
        [1, "通道堆物", "清理划线", "部门二", "人丁", "立行立改"],
        [2, "灯具损坏", "更换灯具", "部门二", "人丁", LATE],
        ["部门二小计", 1], ["合计", 3], ["填表人：人甲", None, None, "审核人：人乙", "批准：人丙"],
    ]  # fmt: skip
    new, found = tried(rows)
    assert found.notes == (
        "「序号」认得，但不唯一（1 出现 2 次），不能当编号；编号另加一列",
        "没有一列说明是否完成，所有行都按没有完成跟踪",
    )
    view, problems = lived(new)
    told = [(one.row, one.kind) for one in view.register.uncounted]
    assert told == [(2, "分节"), (5, "分节"), (8, "合计"), (9, "合计"), (10, "表尾")]
    assert [action.due_on for action in view.actions] == [SOON, LATE]
    assert [(q.row, q.cells) for q in view.register.quarantined] == [(3, ("F3",)), (6, ("F6",))]
    assert [p.cell for p in problems if p.rule == "FD06"] == ["F4"]
    assert view.register.procedure.lists["部门"] == ("部门一", "部门二")


def test_a_progress_of_one_is_all_of_it():
    rows = [
        ["序号", "问题描述", "责任人", "整改期限", "进度"],
        [1, "温度超标", "吴刚", LATE, 1.0],
        [2, "备份失败", "吴刚", SOON, 0.6],
    ]
    records = read_register(tried(rows)[0]).tracker.records
    assert [action.progress for action in records] == [100, 60]


def test_dates_under_a_heading_of_people_and_texts_under_one_of_dates_are_asked():
    rows = [["编号", "问题描述", "责任人", "处理人", "完成期限"]]
    rows += [[str(n), "漏油啦", LATE + timedelta(n), "人乙", "按照合同约定的时间节点尽快完成整改"] for n in range(3)]
    new, found = tried(rows, {"处理人": ""})
    assert new is None
    assert {(a.header, a.is_needed) for a in found.ask} == {("责任人", True), ("完成期限", True)}


def test_what_came_closest_is_named_with_what_is_missing_and_a_line_to_paste():
    rows = [["项次", "何事", "经办", "责任人", "何时"], [1, "配电箱门损坏未及时修复", "人甲", "人乙", SOON]]
    with pytest.raises(UnreadableWorkbook) as trouble:
        tried(rows)
    text = str(trouble.value)
    assert "最像的是工作表《Sheet1》第 1 行：「项次」、「何事」、「经办」、「责任人」、「何时」" in text
    assert "其中认得：「项次」（编号）、「责任人」（责任人）" in text
    assert "还缺：措施内容或问题描述、完成期限" in text
    assert trouble.value.answers == ("--map 待定=问题描述", "--map 待定=完成期限")
    assert tried(rows, {"何事": "问题描述", "何时": "完成期限"})[0] is not None


@pytest.mark.parametrize(
    ("heads", "said", "lacking", "answered"),
    [
        (
            ["隐患", "谁", "何时"],
            "「隐患」、「谁」、「何时」",
            "措施内容或问题描述、责任部门或责任人、完成期限",
            {"隐患": "问题描述", "谁": "责任人", "何时": "完成期限"},
        ),
        (
            ["编号", "备注"],
            "「编号」、「备注」\n其中认得：「编号」（编号）、「备注」（备注）",
            "措施内容或问题描述、责任部门或责任人、完成期限",
            {"备注": "问题描述"},
        ),
    ],
)
def test_a_table_of_two_or_three_columns_is_told_its_headings_and_the_line_to_paste(heads, said, lacking, answered):
    """It can be taken over once they are answered, so it is no workbook without a heading."""
    values = {"隐患": "配电箱门损坏未及时修复", "谁": "人乙", "何时": SOON, "编号": "A-1", "备注": "配电箱门损坏"}
    rows = [heads, [values[head] for head in heads]]
    with pytest.raises(UnreadableWorkbook) as trouble:
        tried(rows)
    assert f"最像的是工作表《Sheet1》第 1 行：{said}\n还缺：{lacking}" in str(trouble.value)
    assert len(trouble.value.answers) == 3 and all(one.startswith("--map ") for one in trouble.value.answers)
    assert tried(rows, answered)[0] is not None


def test_one_column_is_no_table_and_nothing_is_to_be_pasted():
    with pytest.raises(UnreadableWorkbook, match="前 30 行中没有一行像表头") as trouble:
        tried([["清单"], ["配电箱门损坏未及时修复"]])
    assert trouble.value.answers == ()


def test_of_several_that_look_like_what_is_missing_all_are_named():
    rows = [["Key", "Hazard log", "Hazard title", "Lot", "Owner"], [1, "Lamp is broken", "Lamp", "B-1", "Al Fox"]]
    with pytest.raises(UnreadableWorkbook, match="像问题描述的有：「Hazard log」、「Hazard title」"):
        tried(rows)


MERGED = [
    ["编号", "问题描述", "整改措施", "责任人", "完成期限", "状态"],
    ["Z1", "巡检发现三处不符合", "更换标签并登记", "人乙", SOON, "整改中"],
    [None, None, "补签记录并抽查", "人丙", LATE, "整改中"], [None, None, "组织复训并考核", "人丁", SOON, "整改中"],
    ["Z2", "备件清单漏项", "补齐清单", "人乙", SOON, "整改中"],
]  # fmt: skip


def test_a_number_merged_over_several_measures_is_several_parts_each_reminded():
    view, problems = lived(tried(MERGED, merged={"Sheet1": ["A2:A4", "B2:B4"]})[0])
    assert [(a.number, a.description, a.owners) for a in view.actions] == [
        ("Z1-1", "巡检发现三处不符合", ("人乙",)), ("Z1-2", "巡检发现三处不符合", ("人丙",)),
        ("Z1-3", "巡检发现三处不符合", ("人丁",)), ("Z2", "备件清单漏项", ("人乙",)),
    ]  # fmt: skip
    assert [derived.overdue for derived in view.derived.values()] == [("Y0",), ("Y1",), ("Y0",), ("Y0",)]
    assert not [p for p in problems if p.rule == "FD02"]
    assert view.register.tracker.cell(3, "number") == "A2"


def test_a_real_number_beside_the_part_of_that_name_is_a_duplicate():
    rows = [*MERGED[:-1], ["Z1-2", "备件清单漏项", "补齐清单", "人乙", SOON, "整改中"]]
    _, problems = lived(tried(rows, merged={"Sheet1": ["A2:A4", "B2:B4"]})[0])
    assert [p.cell for p in problems if p.rule == "FD02"] == ["A2", "A5"]


def test_a_row_that_only_continues_a_merged_one_is_no_action():
    rows = [MERGED[0], MERGED[1], [None] * 6, MERGED[4]]
    merged = {"Sheet1": [f"{column}2:{column}3" for column in "ABCDEF"]}
    assert list(statuses(lived(tried(rows, merged=merged)[0])[0])) == ["Z1", "Z2"]


def test_a_reference_to_the_whole_number_means_all_its_parts():
    progress = [["编号", "登记日期", "类型", "内容"], ["Z1", DAY, "进展", "已开始"], ["Z2", DAY, "进展", "已开始"]]
    blob = workbook_bytes({"Sheet1": MERGED, "进展反馈": progress}, merged={"Sheet1": ["A2:A4", "B2:B4"]})
    new, _ = adopt(blob, Adopting({}, "a1b2", DAY))
    assert [(r.number, r.row) for r in read_register(new).progress.records] == [
        ("Z1-1", 2), ("Z1-2", 2), ("Z1-3", 2), ("Z2", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["完成结果", "完成状况", "执行情况", "执行结果"])
def test_a_heading_of_what_came_out_is_asked_and_its_words_say_what_is_proposed(heading):
    table = ["编号", "问题描述", "整改措施", "责任人", "整改期限", heading]
    rows = [[f"Q{n}", f"第{n}处标签缺失", "补贴标签", "人乙", LATE] for n in (1, 2)]
    words = [[*row, word] for row, word in zip(rows, ("已完成", "未完成"), strict=True)]
    notes = [[*row, note] for row, note in zip(rows, ("标签已贴好并拍照", "等待标签到货"), strict=True)]
    _, said = tried([table, *words])
    _, told = tried([table, *notes])
    assert [(a.header, a.proposal) for a in said.ask] == [(heading, "状态")]
    assert [(a.header, a.proposal) for a in told.ask] == [(heading, "实施情况")]
