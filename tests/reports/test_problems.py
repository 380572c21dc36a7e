from datetime import date
from io import BytesIO

import openpyxl
import pytest

from capa_xl.model.as_of import AsOf
from capa_xl.policy.check import check
from capa_xl.policy.rules.catalogue import CATALOGUE
from capa_xl.policy.viewing import view_register
from capa_xl.reports.problem_groups import problem_groups, summarised
from capa_xl.reports.problems_text import problem_lines
from capa_xl.reports.problems_workbook import problems_workbook
from capa_xl.workbook.reading.reader import read_register
from tests.policy.rules.struck import met, register_of
from tests.tables import workbook_bytes

ON = date(2026, 6, 1)
ROWS = """
    编号  | 措施类型 | 严重度 | 原因分析 | 责任部门 | 责任人 | 措施内容 | 完成期限
    GJ-01 | 纠正     | 一般   |          | 服务台   | 样例工 | 换电池   | 2026-07-31
    GJ-02 | 纠正     | 一般   | 老化     |          |        | =1+1     |
"""


def judged(text, **given):
    register = register_of(text, **given)
    view = view_register(register, AsOf(ON, ON))
    return check(view), register, view.derived


def test_twenty_five_owners_are_three_and_their_count():
    owners = "、".join(f"样例员工{at:02}" for at in range(25))
    rows = ROWS.replace("样例工", owners)
    sheet = openpyxl.load_workbook(BytesIO(problems_workbook(*judged(rows), ON)))["问题清单"]
    assert {row[3] for row in sheet.iter_rows(min_row=5, values_only=True) if row[0] == "GJ-01"} == {
        "样例员工00、样例员工01、样例员工02 等 25 人"
    }


def test_lines_are_grouped_by_action_with_cell_fix_and_clause():
    lines = problem_lines(*judged(ROWS))
    assert lines[:2] == (
        "GJ-01 待策划（第 2 行）",
        "  错误 D2：纠正措施缺少原因分析 → 补原因分析：为什么会发生、为什么没有及早发现（PL07 条款 4.2.2）",
    )
    assert lines[3] == "GJ-02 待策划（第 3 行）"
    assert "  错误 H3：已制订措施但未规定完成期限 → 填写完成期限，例如“2026-03-31”（PL01 条款 4.4.4）" in lines


def test_the_last_lines_count_say_what_was_not_judged_and_what_is_next():
    *_, counts, stages, disabled, last = problem_lines(*judged(ROWS))
    assert counts == "共 2 行措施：4 个错误，0 个警告，0 个提示"
    assert stages.startswith("已启用的环节：无；未启用：审批")
    unjudged = len(judged(ROWS)[0].disabled)
    assert unjudged > 90
    assert (
        disabled
        == f"{unjudged} 条规则未启用（缺少所需的工作表、列或数据，不等于通过） → 明细：capa-xl check 本工作簿 --verbose"
    )
    assert last == "下一步：先改正错误，再运行 capa-xl check 本工作簿"


def test_what_else_is_to_know_stands_behind_the_errors_and_before_the_counts():
    lines = problem_lines(*judged(ROWS), notes=("1 人收不到提醒：样例甲（没有邮箱）",))
    first_error = next(at for at, line in enumerate(lines) if line.startswith("  错误"))
    at = lines.index("1 人收不到提醒：样例甲（没有邮箱）")
    counts = next(at for at, line in enumerate(lines) if line.startswith("共 2 行措施"))
    assert first_error < at == counts - 2


def test_with_the_catalogue_every_rule_that_was_not_judged_is_told_with_what_it_needs():
    lines = problem_lines(*judged(ROWS), "", CATALOGUE)
    first = next(n for n, line in enumerate(lines) if "条规则未启用" in line)
    told = [rule for line in lines[first + 1 : -1] for rule in line.split("　")[0].strip().split("、")]
    assert sorted(told) == sorted(judged(ROWS)[0].disabled)
    assert "  WB04、AP11　需要 提醒台账和运行记录" in lines


def test_the_last_line_is_the_command_for_this_workbook():
    assert (
        problem_lines(*judged(ROWS), "capa-xl check 一.xlsx")[-1] == "下一步：先改正错误，再运行 capa-xl check 一.xlsx"
    )


def test_a_rule_with_over_twenty_notes_is_told_once_and_errors_never_are():
    many = "编号 | 优先级 | 措施内容 | 完成期限\n" + "".join(f"GJ-{n:02} | | 换电池 |\n" for n in range(21))
    checked, register, derived = judged(many)
    singly, often = summarised(checked.problems, derived)
    assert [(s.first.rule, s.first.cell, s.count) for s in often] == [("PL15", "B2", 21)]
    assert {p.rule for p in singly} == {"PL01"}
    told = [line for line in problem_lines(checked, register, derived) if "PL15" in line]
    assert told[0].startswith("  提示 21 处，例如 B2（GJ-00）：未排定优先顺序")


def test_many_people_with_two_rows_and_one_mailbox_are_one_line_with_every_cell():
    """A line for each of twenty that hold two posts stood before the first error of an action."""
    head = "姓名 | 部门 | 邮箱\n"
    posts = [f"样例员工{n} | 服务台 | y{n}@yangli-ops.example\n样例员工{n} | 网络部 |\n" for n in range(1, 6)]
    told = [line for line in problem_lines(*judged(ROWS, people=head + "".join(posts))) if "FD32" in line]
    cells = "5 处（人员部门!C3、C5、C7、C9、C11）"
    assert len(told) == 1 and told[0].startswith(f"  警告 {cells}：「样例员工1」在「网络部」")
    assert "等 5 种 → 同一个人的，填同一个邮箱" in told[0]
    boxes = [post.replace("网络部 |", f"网络部 | z{n}@yangli-ops.example") for n, post in enumerate(posts)]
    told = [line for line in problem_lines(*judged(ROWS, people=head + "".join(boxes))) if "FD27" in line]
    assert len(told) == 1 and cells in told[0]
    few = problem_lines(*judged(ROWS, people=head + "".join(posts[:2])))
    assert sum("FD32" in line for line in few) == 2


def test_what_strikes_in_rows_that_ended_is_one_line_a_rule_with_the_cells_and_what_was_said():
    rows = "编号 | 责任人 | 取消日期\nGJ-1 | 样例工 |\n" + "".join(
        f"GJ-{n} | {who} | 2026-05-01\n" for n, who in enumerate(("张三", "李四", "张三"), 2)
    )
    checked, register, derived = judged(rows)
    told = [line for line in problem_lines(checked, register, derived) if "FD08" in line]
    assert told == [
        "  提示 已结束的行 3 处（B3、B4、B5）：责任人「张三」不在人员名单；责任人「李四」不在人员名单"
        " → 在《人员部门》中登记，或改成名单中的姓名；已结束的可以不改（FD08）"
    ]
    two = judged(rows.rpartition("GJ-4")[0])
    assert sum("FD08" in line for line in problem_lines(*two)) == 2


def test_of_cures_that_differ_by_a_value_in_every_row_one_is_told():
    rows = "编号 | 完成期限 | 取消日期\n" + "".join(f"GJ-{n} | 2026-03-0{n} | 2026-05-01\n" for n in range(1, 5))
    days = [met("FD06", f"B{row}", f"GJ-{row - 1}", row, c="完成期限", v=f"「2026.3.{row}」", k="为文本日期",
                d=f"2026-03-0{row}", fix="capa-xl check 本工作簿 --fix") for row in range(2, 6)]  # fmt: skip
    (told,) = [line for line in problem_lines(*judged(rows, remarks=days)) if "FD06" in line]
    assert "等 4 种 → 例如改成真正的日期 2026-03-02，或看看" in told and told.count("--fix") == 1


def test_of_a_few_that_each_want_something_else_each_is_told_with_its_own_cure():
    rows = "编号 | 取消日期\n" + "".join(f"GJ-{n} | 2026-05-01\n" for n in range(1, 4))
    corrections = "编号 | 类型 | 项目 | 更正后 | 原因 | 批准人 | 日期\n" + "".join(
        f"GJ-{n} | 更正 | {what} | {now} | 抄错 | 样例质 | 2026-05-02\n"
        for n, (what, now) in enumerate((("", "新"), ("备注", ""), ("逾期天数", "0")), 1)
    )
    (told,) = [line for line in problem_lines(*judged(rows, corrections=corrections)) if "EF15" in line]
    assert "项目空白 → 补填项目；更正记录不生效：原内容、更正后空白 → 补填原内容、更正后；" in told


@pytest.mark.parametrize(
    ("rules", "told"),
    [(("EF11",), "1 个错误有情况说明，列为提示；自查表和数据质量指标仍计入"),
     (("EF06",), "1 个警告有情况说明，列为提示；自查表仍计入"),
     (("EF11", "EF06"), "1 个错误、1 个警告有情况说明，列为提示；自查表仍计入，错误还计入数据质量指标")],
)  # fmt: skip
def test_how_many_an_exception_lowered_is_told_at_the_end_warnings_too(rules, told):
    rows = "编号 | 现值 | 目标值 | 实际值 | 执行情况结论 | 效果结论 | 确认人 | 确认日期\n"
    rows += "GJ-1 | 12 | 3 | 4 | 未落实 | 有效 | 样例甲 | 2026-05-20"
    heads = "编号 | 规则 | 说明 | 确认人 | 日期\n"
    excuses = heads + "".join(f"GJ-1 | {rule} | 事出有因 | 样例总 | 2026-05-25\n" for rule in rules)
    lines = problem_lines(*judged(rows, excuses=excuses))
    assert [line for line in lines if line.startswith("另有") and "有情况说明" in line] == [f"另有 {told}"]


def test_what_belongs_to_no_action_stands_in_a_group_of_its_sheet():
    loose = [met("WB06", "I1", h="金额")]
    checked, register, derived = judged(ROWS, remarks=loose)
    group = problem_groups(checked.problems, register, derived)[-1]
    assert (group.title, group.row, len(group.problems)) == ("改进计划跟踪表", None, 1)


def test_the_report_workbook_lists_every_problem_and_keeps_signs_as_text():
    checked, register, derived = judged(ROWS, remarks=[met("FD11", "G3", "GJ-02", 3, c="措施内容", v="=1+1")])
    book = openpyxl.load_workbook(BytesIO(problems_workbook(checked, register, derived, ON)))
    assert book.sheetnames == ["问题清单", "按规则", "按部门"]
    sheet = book["问题清单"]
    assert [cell.value for cell in sheet[4]][:6] == ["编号", "状态", "责任部门", "责任人", "程度", "规则"]
    assert sheet.max_row == 4 + len(checked.problems)
    weights = [row[4].value for row in sheet.iter_rows(min_row=5)]
    assert weights == sorted(weights, key=["错误", "警告", "提示"].index) and len(set(weights)) > 1
    assert sheet.auto_filter.ref == f"A4:K{sheet.max_row}"
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    assert [cell.value for cell in book["按部门"][5]] == ["（未填责任部门）", 3, 1, 0, 1]


def test_the_report_workbook_says_how_to_list_what_was_not_judged_by_a_command_to_paste():
    book = openpyxl.load_workbook(BytesIO(problems_workbook(*judged(ROWS), ON, "跟踪表 新.xlsx")))
    notes = [cell.value for row in book["按规则"].iter_rows(max_row=3) for cell in row if cell.value]
    assert any(note.endswith('→ 明细：capa-xl check "跟踪表 新.xlsx" --verbose') for note in notes), notes


def test_the_same_problems_give_the_same_bytes():
    checked, register, derived = judged(ROWS)
    assert problems_workbook(checked, register, derived, ON) == problems_workbook(checked, register, derived, ON)


def test_a_clean_table_says_so():
    clean = "编号 | 责任人 | 措施内容 | 完成期限\nGJ-01 | 样例工 | 换电池 | 2026-07-31"
    assert problem_lines(*judged(clean))[-1] == "没有需要改正的问题"


def test_nothing_is_called_well_where_a_column_of_departments_is_read_by_nobody():
    rows = [
        ["编号", "责任人", "措施内容", "完成期限", "发生科室"],
        ["GJ-2026-001", "样例工", "换电池", date(2026, 7, 31), "手术室"],
    ]
    register = read_register(workbook_bytes({"改进计划跟踪表": rows}))
    view = view_register(register, AsOf(ON, ON))
    assert problem_lines(check(view), register, view.derived)[-1] == (
        "没有错误和警告；但每一行都没有责任部门，不能按部门提醒，「发生科室」没有识别："
        "运行 capa-xl adopt 本工作簿 -o 新表.xlsx --map 列名=责任部门"
    )
