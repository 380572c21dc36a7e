from datetime import date
from io import BytesIO

import openpyxl
import pytest
from msgspec.structs import replace

from capa_xl.errors import UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.model.problem import Hit, Remark
from capa_xl.model.procedure import Procedure
from capa_xl.model.schema import CHILDREN_OF_ACTIONS
from capa_xl.policy.check import check
from capa_xl.policy.rules.rule import E, W
from capa_xl.policy.unknown_numbers import refuse_unknown, what_it_is
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.reading.reader import read_register
from tests.policy.conformity.judged import journal_of
from tests.policy.rules.struck import checked, problem, register_of, struck

ROWS = """
    编号  | 措施类型 | 问题需求编号 | 来源单号 | 前次编号 | 后续编号 | 管理评审编号
    GJ-01 | 纠正     | TS-01        |          |          |          |
    GJ-02 | 预防     | TS-02        |          | GJ-01    | GJ-99    | GLPS-01
    GJ-03 | 纠正     |              | TS-03    | GJ-98    |          |
"""


def test_an_accepted_nonconformity_gets_a_correction_in_ten_working_days():
    assert struck("XR01", ROWS, needs="""
        登记编号 | 登记日期   | 类别   | 是否成立 | 跟踪表编号
        TS-01    | 2026-04-01 | 不合格 | 是       |
        TS-02    | 2026-04-01 | 不合格 | 是       |
        TS-03    | 2026-04-01 | 不合格 | 是       |
        TS-04    | 2026-04-01 | 不合格 | 是       | GJ-03
        TS-05    | 2026-04-01 | 不合格 | 否       |
        TS-06    | 2026-05-25 | 不合格 | 是       |
    """) == ["E 问题需求登记!E3", "I 问题需求登记!E7"]  # fmt: skip


def test_a_complaint_counts_as_a_nonconformity():
    complaint = (
        "登记编号 | 登记日期 | 类别 | 来源 | 是否成立 | 跟踪表编号\nTS-09 | 2026-04-01 | 改进需求 | 顾客投诉 | 是 |"
    )
    assert struck("XR01", ROWS, needs=complaint) == ["E 问题需求登记!F2"]


NEEDS = """
    登记编号 | 登记日期   | 类别     | 评估结论 | 评估人 | 评估日期   | 要求回复日期 | 回复日期   | 跟踪表编号
    TS-01    | 2026-04-01 | 改进需求 | 采纳     | 样例检 | 2026-04-03 | 2026-05-20   | 2026-05-19 |
    XQ-02    | 2026-04-01 | 改进需求 | 采纳     | 样例甲 | 2026-04-03 | 2026-05-20   |            |
    XQ-03    | 2026-05-15 | 改进需求 |          |        |            | 2026-06-01   |            |
    XQ-04    | 2026-05-20 | 改进需求 |          |        |            |              |            |
    XQ-05    | 2025-11-03 | 改进需求 | 暂缓     | 样例检 | 2025-11-28 |              |            |
    XQ-06    | 2025-12-01 | 改进需求 | 暂缓     | 样例检 | 2025-12-01 |              |            |
    XQ-07    | 2026-04-01 | 改进需求 | 采纳     | 样例检 | 2026-04-03 |              |            | GJ-03
"""


def test_an_adopted_need_has_its_row():
    assert struck("XR02", ROWS, needs=NEEDS) == ["E 问题需求登记!I3"]


def test_needs_are_evaluated_in_time_and_by_the_quality_department():
    assert struck("XR03", ROWS, needs=NEEDS) == ["W 问题需求登记!D4", "W 问题需求登记!F6"]
    assert problem("XR03", ROWS, needs=NEEDS).message == "需求 XQ-03 超过 10 个工作日未评估"
    half = "登记编号 | 登记日期 | 评估结论 | 评估人 | 评估日期\nXQ-03 | 2026-05-15 | | 样例检 | "
    assert problem("XR03", ROWS, needs=half).fix.startswith("未评估的请质量部评估，填评估结论、评估日期；")
    assert problem("XR03", ROWS, needs=half + "2026-06-01").fix.startswith("未评估的请质量部评估，填评估结论；")
    late = [p.message for p in checked(ROWS, needs=NEEDS).problems if (p.rule, p.number) == ("XR03", "XQ-05")]
    assert late == ["需求 XQ-05 超过 10 个工作日才评估（2025-11-28）"]
    begins = Procedure(reminders_from=date(2025, 11, 4))
    assert struck("XR03", ROWS, needs=NEEDS, procedure=begins) == ["W 问题需求登记!D4", "I 问题需求登记!F6"]
    assert struck("XR04", ROWS, needs=NEEDS) == ["W 问题需求登记!E3"]


def test_requests_are_answered_and_deferred_needs_looked_at_again():
    assert struck("XR08", ROWS, needs=NEEDS) == ["W 问题需求登记!H3"]
    assert struck("XR08", ROWS, needs=NEEDS, on="2026-06-02") == ["W 问题需求登记!H3", "W 问题需求登记!H4"]
    assert struck("XR09", ROWS, needs=NEEDS) == ["I 问题需求登记!D6"]


def test_references_that_lead_nowhere_are_reported_where_they_stand():
    steps = "编号 | 步骤号\nGJ-01 | 1\nGJ-77 | 1"
    needs = "登记编号 | 跟踪表编号\nTS-01 | GJ-01、GJ-88\nTS-02 | 无"
    found = struck("XR05", ROWS, steps=steps, needs=needs)
    assert found == ["E F3", "E E4", "E 措施分解!A3", "E 问题需求登记!B2"]
    assert problem("XR05", ROWS).message == "改进计划跟踪表引用的编号 GJ-99 不存在（后续编号）"


@pytest.mark.parametrize("between", ["、", "；", "，", "/", " "])
def test_several_numbers_in_a_cell_are_several(between):
    needs = "登记编号 | 评估结论 | 评估人\nXQ-01 | 采纳 | 样例检\nXQ-02 | 采纳 | 样例检"
    rows = f"编号 | 问题需求编号 | 前次编号\nGJ-01 | XQ-01{between}XQ-02 | GJ-02{between}GJ-03\nGJ-02 | |\nGJ-03 | |"
    assert struck("XR05", rows, needs=needs) == []
    assert struck("XR02", rows, needs=needs) == []


@pytest.mark.parametrize("key", CHILDREN_OF_ACTIONS)
@pytest.mark.parametrize(
    "written", ["GJ-01、GJ-02", "GJ-01 GJ-02", "GJ-01/GJ-02", "GJ-01和GJ-02", "gj-1，GJ-2", "GJ-01、02"]
)
def test_a_row_of_one_measure_that_names_two_is_told_so(key, written):
    """Once: 编号 GJ-01、GJ-02 不存在 → 在跟踪表补这一行, of two that are both there."""
    found = problem("XR05", "编号\nGJ-01\nGJ-02", **{key: f"编号\n{written}"})
    assert found.message.endswith("写了 2 个，这一格只写一个（编号）")
    assert found.fix == "分成 2 行，每行只写一个编号，其他各格照抄"


@pytest.mark.parametrize("written", ["GJ-08、GJ-09", "GJ-01/1", "GJ-01（旧）", "GJ-01 补"])
def test_what_names_no_two_known_measures_is_an_unknown_number(written):
    assert "不存在（编号）" in problem("XR05", "编号\nGJ-01\nGJ-02", steps=f"编号\n{written}").message


def test_two_analyses_in_a_cell_that_takes_one_are_none():
    analyses = "分析编号\nFX-1\nFX-2"
    found = problem("XR05", "编号 | 分析编号\nGJ-01 | FX-1、FX-2", analyses=analyses)
    assert (found.cell, found.message) == (
        "B2",
        "改进计划跟踪表引用的编号 FX-1、FX-2 写了 2 个，这一格只写一个（分析编号）",
    )
    assert found.fix == "只留一个"


@pytest.mark.parametrize("written", ["JH-1、JH-2", "JH-1，JH-2", "JH-1 JH-2", "JH-1和JH-2"])
def test_what_is_carried_over_names_the_plan_of_each_year(written):
    plans = "计划编号 | 版本\nJH-1 | 1\n{} | 1"
    rows = f"编号 | 计划编号\nGJ-01 | {written}"
    assert struck("XR05", rows, plans=plans.format("JH-2")) == []
    assert problem("XR05", rows, plans=plans.format("JH-9")).message.endswith("引用的编号 JH-2 不存在（计划编号）")


def test_a_number_with_a_slash_is_one_number():
    needs = "登记编号 | 评估结论 | 评估人 | 评估日期\nXQ/01 | 采纳 | 样例检 | 2026-04-03"
    rows = "编号 | 问题需求编号\nGJ-01 | XQ/01\nGJ-02 | XQ/09"
    assert struck("XR05", rows, needs=needs) == ["E B3"]
    assert problem("XR05", rows, needs=needs).message == "改进计划跟踪表引用的编号 XQ/09 不存在（问题需求编号）"
    assert struck("XR02", rows, needs=needs) == []


def test_a_decision_that_asks_for_action_has_its_row():
    assert struck("XR06", ROWS, decisions="""
        评审编号 | 决议序号 | 日期       | 结论   | 责任部门 | 相关编号 | 跟踪表编号
        GLPS-01  | 1        | 2026-04-16 | 同意   | 服务台   |          |
        GLPS-02  | 1        | 2026-04-16 | 同意   | 服务台   |          |
        GLPS-02  | 2        | 2026-04-16 | 同意   | 服务台   |          | GJ-01
        GLPS-02  | 3        | 2026-04-16 | 同意   | 服务台   | GJ-02    |
        GLPS-02  | 4        | 2026-04-16 | 不同意 | 服务台   |          |
        GLPS-02  | 5        | 2026-04-16 | 同意   |          |          |
    """) == ["E 管理评审!G3"]  # fmt: skip


SOURCES = """
    编号  | 登记日期   | 来源
    GJ-01 | 2026-01-05 | 顾客投诉
    GJ-02 | 2026-02-05 | 内部审核
    GJ-03 | 2026-04-05 | 管理评审
"""
PLAN = "计划编号 | 版本 | 周期起 | 周期止\nJH-2026Q1 | V1 | 2026-01-01 | 2026-03-31"


def test_a_period_that_is_over_looked_at_all_five_sources():
    analyses = "分析编号 | 日期 | 数据来源 | 结论\nFX-01 | 2026-02-01 | 管理评审 | 无"
    assert struck("XR07", SOURCES, plans=PLAN, analyses=analyses) == ["I 计划!D2"]
    assert problem("XR07", SOURCES, plans=PLAN, analyses=analyses).message.endswith("未收集来源：纠正和预防措施的实施")
    assert struck("XR07", SOURCES, plans=PLAN, analyses=analyses, on="2026-03-31") == []
    answered = analyses + "\nFX-02 | 2026-03-01 | 纠正和预防措施的实施 | 无"
    assert struck("XR07", SOURCES, plans=PLAN, analyses=answered) == []
    assert struck("XR07", SOURCES, plans=PLAN) == "未启用"


def test_an_earlier_number_is_another_row():
    rows = "编号 | 前次编号\nGJ-01 | GJ-01\nGJ-02 | GJ-01"
    assert struck("XR05", rows) == ["E B2"]
    assert problem("XR05", rows).message == "改进计划跟踪表引用的编号 GJ-01 就是本项自己（前次编号）"


@pytest.mark.parametrize("mark", ["（旧）", "(旧)", " （旧）"])
def test_an_earlier_number_may_be_older_than_the_workbook(mark):
    rows = f"编号 | 前次编号\nGJ-01 | NC-2019-04{mark}\nGJ-02 | GJ-01、NC-2019-05{mark}\nGJ-03 | NC-2019-06"
    assert struck("XR05", rows) == ["E B4"]
    found = problem("XR05", rows)
    assert found.message == "改进计划跟踪表引用的编号 NC-2019-06 不存在（前次编号）"
    assert found.fix == (
        "改编号，或在跟踪表补这一行；本表以前的，请在编号后注明“（旧）”，已归档的登记《参数》“上年工作簿”"
        "；没有工作表《参数》，先加上：capa-xl grow 本工作簿 --sheet 参数 --apply"
    )  # fmt: skip


def test_no_other_reference_may_be_older():
    assert struck("XR05", "编号 | 后续编号\nGJ-01 | GJ-09（旧）") == ["E B2"]
    assert problem("XR05", "编号 | 后续编号\nGJ-01 | GJ-09").fix == "改编号，或在跟踪表补这一行"


def test_a_missed_clock_is_an_error_and_a_late_one_a_warning():
    assert struck("XR10", "编号 | 责任人\nGJ-01 | 样例工", on="2026-06-02", needs="""
        登记编号 | 要求响应时间     | 响应时间         | 要求书面回复 | 回复时间
        XQ-1     | 2026-06-01 14:30 |                  |              |
        XQ-2     | 2026-06-02 14:30 |                  |              |
        XQ-3     | 2026-06-01 14:30 | 2026-06-01 14:31 |              |
        XQ-4     | 2026-06-01 14:30 | 2026-06-01 14:30 | 2026-06-01   |
        XQ-5     |                  |                  | 2026-06-01   | 2026-06-01 20:00
    """) == ["E 问题需求登记!C2", "E 问题需求登记!E5", "W 问题需求登记!C4"]  # fmt: skip


def test_who_has_answered_is_not_told_to_answer():
    needs = "登记编号 | 要求响应时间 | 响应时间\nXQ-1 | 2026-06-01 14:30 | {}"
    fixes = [
        problem("XR10", "编号 | 责任人\nGJ-01 | 样例工", on="2026-06-02", needs=needs.format(at), excuses="编号").fix
        for at in ("", "2026-06-01 14:31")
    ]
    assert fixes == ["立即响应并填时间；超时的原因写进《例外说明》", "超时的原因写进《例外说明》"]


def test_a_registered_need_that_is_gone_is_missed_though_it_was_rejected():
    known = journal_of(numbers=frozenset({"GJ-01"}), needs=frozenset({"XQ-01", "XQ-02"}))
    both = "登记编号 | 评估结论\nXQ-01 | 采纳\nXQ-02 | 不采纳"
    one = "登记编号 | 评估结论\nXQ-01 | 采纳"
    assert struck("XR11", "编号\nGJ-01", needs=both, journal=known) == []
    assert struck("XR11", "编号\nGJ-01", needs=one, journal=known) == ["E 问题需求登记!A1"]
    assert problem("XR11", "编号\nGJ-01", needs=one, journal=known).number == "XQ-02"
    assert struck("XR11", "编号\nGJ-01", journal=known) == ["E 问题需求登记!", "E 问题需求登记!"]
    assert struck("XR11", "编号\nGJ-01", needs=one) == "未启用"
    twice = replace(known, needs=frozenset({"XQ-01", "xq-01", "XQ-02", "xq-02"}))  # each was typed otherwise once
    told = problem("XR11", "编号\nGJ-01", needs=one, journal=twice).message
    assert told == "登记编号 XQ-02 在上次检查后被删除（也写过 xq-02）"
    typed = problem(
        "XR11", "编号\nGJ-01", needs=one.replace("XQ-01", "xq-01"), journal=replace(known, needs=frozenset({"XQ-01"}))
    )
    assert typed.message == "登记编号 XQ-01 在上次检查后写成了「xq-01」"
    gone = problem("XR11", "编号\nGJ-01", needs=one, journal=known)
    assert (gone.message, gone.fix[:5]) == ("登记编号 XQ-02 在上次检查后被删除", "恢复这一行")
    merged = problem("XR11", "编号\nGJ-01", needs=f"{one}\n↑ | 不采纳", journal=known)
    assert merged.message == "登记编号 XQ-02 在上次检查后不见了：A2 合并了几行，或被删除"
    assert merged.fix.startswith("取消单元格 A2 的合并，各行写回自己的登记编号；恢复这一行")


def test_an_action_that_is_linked_and_no_correction_is_named_with_its_type():
    rows = "编号 | 措施类型 | 问题需求编号\nGJ-01 | {} | XQ-01"
    need = "登记编号 | 登记日期 | 类别 | 是否成立 | 跟踪表编号\nXQ-01 | 2026-03-02 | 不合格 | 是 | {}"
    linked = problem("XR01", rows.format("改进"), needs=need.format("GJ-01"))
    assert linked.message == "不合格 XQ-01 未制定纠正措施：关联的 GJ-01（改进）不是纠正"
    assert linked.fix.startswith("GJ-01（改进）实为纠正的，把措施类型改为纠正；否则在跟踪表新增纠正措施")
    alone = problem("XR01", "编号 | 措施类型\nGJ-01 | 改进", needs=need.format(""))
    assert alone.message == "不合格 XQ-01 未制定纠正措施"


def test_a_number_that_was_only_typed_otherwise_is_told_with_the_one_that_is_meant():
    found = problem("XR05", "编号\nGJ-2026-050", progress="编号 | 日期\nGJ-2026-50 | 2026-05-04")
    assert found.fix.startswith("改编号（是不是 GJ-2026-050？），或在")


def test_a_number_that_its_format_only_shows_so_is_said_to_be_the_other():
    book, stream = openpyxl.Workbook(), BytesIO()
    sheet, steps = book.active, book.create_sheet("措施分解")
    sheet.title = "改进计划跟踪表"
    sheet.append(["编号", "问题描述", "措施内容", "责任人", "完成期限", "前次编号"])
    for number, earlier in ((5, None), (6, "ZJ-005")):
        sheet.append([number, "漏接", "改排班", "样例甲", date(2026, 7, 1), earlier])
    for row in (["编号", "步骤号", "步骤内容"], ["ZJ-006", 1, "盘点"], [5, 1, "盘点"], ["ZJ-009", 1, "盘点"]):
        steps.append(row)
    for cell in (*sheet["A"][1:], steps["A3"]):
        cell.number_format = '"ZJ-"000'
    book.save(stream)
    view = view_register(read_register(stream.getvalue()), AsOf(date(2026, 6, 1), date(2026, 6, 1)))
    told = {(p.sheet, p.cell): (p.message, p.fix) for p in check(view).problems if p.rule == "XR05"}
    assert told.keys() == {("改进计划跟踪表", "F3"), ("措施分解", "A2"), ("措施分解", "A4")}
    assert told["措施分解", "A2"] == (
        "措施分解引用的编号 ZJ-006 跟踪表里没有：单元格里是 6，显示成 ZJ-006（数字格式）（编号）",
        "改编号，或在跟踪表补这一行；指这一项的请写 6；要写 ZJ-006 的，把跟踪表的编号列设成文本格式，再逐个键入 ZJ-006",
    )
    assert told["措施分解", "A4"][0] == "措施分解引用的编号 ZJ-009 不存在（编号）"
    with pytest.raises(
        UsageError, match="找不到编号「ZJ-005」：单元格里是 5，显示成 ZJ-005（数字格式） → 指这一项的请写 5"
    ):
        refuse_unknown(view, "ZJ-005")


def test_of_an_unknown_number_it_is_said_what_it_is_or_which_was_meant():
    register = register_of("编号\nGJ-2026-012", needs="登记编号 | 描述\nXQ-2026-005 | 迟到")
    view = view_register(register, AsOf(date(2026, 6, 1), date(2026, 6, 1)))
    assert what_it_is(view, "gj-2026-12") == "（是不是 GJ-2026-012？）"
    assert what_it_is(view, "XQ-2026-005") == "，它是需求的登记编号（问题需求登记!A2）"
    assert what_it_is(view, "XQ-2026-77") == ""
    with pytest.raises(UsageError, match="，它是需求的登记编号（问题需求登记!A2） → 要求单：capa-xl request"):
        refuse_unknown(view, "XQ-2026-005")


UNREAD = (Remark("WB15", Hit("参数", "B9", facts={"v": "归档_2025.xlsx", "why": "没有这个文件"})),)
"""参数 names an archive of 2025 and before, which lies elsewhere."""
OLD_ROWS = """
    编号       | 前次编号               | 后续编号
    GJ-2026-01 | GJ-2025-19             |
    GJ-2026-02 |                        | GJ-2026-99
    GJ-2026-03 | GJ-2025-19、GJ-2027-01 |
"""


def test_what_an_archive_may_hold_that_nobody_can_read_is_not_said_to_be_nowhere():
    """Once: four errors asked to renumber what stood in the archive all the same."""
    steps = "编号 | 步骤号\nGJ-2025-70 | 1"
    assert struck("XR05", OLD_ROWS, steps=steps) == ["E B2", "E C3", "E B4", "E 措施分解!A2"]
    assert struck("XR05", OLD_ROWS, remarks=UNREAD, steps=steps) == ["W B2", "E C3", "E B4", "W B4", "W 措施分解!A2"]
    found = problem("XR05", "编号 | 后续编号\nGJ-2026-01 | GJ-2025-19", remarks=UNREAD)
    assert found.message == "改进计划跟踪表引用的编号 GJ-2025-19 没有找到（后续编号）"
    assert found.fix.startswith(
        "也可能在读不到的上年工作簿「归档_2025.xlsx」里：先把它放回本工作簿所在的文件夹，或改《参数》“上年工作簿”；"
        "读得到以后仍没有的，改编号，或在跟踪表补这一行"
    )


def test_an_archive_that_names_no_year_may_hold_rows_of_this_year():
    unread = (Remark("WB15", Hit("参数", "B9", facts={"v": "归档.xlsx", "why": "没有这个文件"})),)
    rows = "编号 | 后续编号\nGJ-2026-01 | GJ-2026-99\nGJ-2026-02 | GJ-2027-01\nGJ-2026-03 | NC9"
    assert struck("XR05", rows, remarks=unread) == ["W B2", "E B3", "W B4"]


def test_what_went_to_an_unread_archive_before_our_eyes_is_no_fault():
    rows, away = "编号 | 前次编号\nGJ-2026-01 | GJ-2025-19", {"GJ-2025-19": "归档_2025.xlsx"}
    assert struck("XR05", rows, remarks=UNREAD, away=away) == []
    found = checked(rows, remarks=UNREAD, away=away, progress="编号 | 内容\nGJ-2025-19 | 补").problems
    (late,) = (one for one in found if one.rule == "XR05")
    why = "已归档在「归档_2025.xlsx」，写在这里不起作用（编号）"
    assert (late.severity, late.message) == (W, f"进展反馈引用的编号 GJ-2025-19 {why}")


def test_what_was_seen_to_go_there_tells_of_which_years_an_archive_is():
    unread = (Remark("WB15", Hit("参数", "B9", facts={"v": "归档.xlsx", "why": "没有这个文件"})),)
    needs = """
        登记编号   | 登记日期   | 类别   | 是否成立 | 跟踪表编号
        XQ-2025-01 | 2025-04-01 | 不合格 | 是       | GJ-2025-19
        XQ-2025-02 | 2025-04-01 | 不合格 | 是       |
        XQ-2026-03 | 2026-04-01 | 不合格 | 是       | GJ-2026-99
    """
    rows = "编号 | 后续编号\nGJ-2026-01 | GJ-2025-20\nGJ-2026-02 | GJ-2026-98"
    given = {"needs": needs, "remarks": unread, "away": {"GJ-2025-19": "归档.xlsx"}}
    assert struck("XR01", rows, **given) == ["E 问题需求登记!E4", "W 问题需求登记!E3"]
    assert struck("XR05", rows, **given) == ["W B2", "E B3", "E 问题需求登记!E4"]


@pytest.mark.parametrize(
    ("rule", "sheets", "told"),
    [
        ("XR01", {"needs": "登记编号 | 登记日期 | 类别 | 是否成立\nTS-01 | {}-04-01 | 不合格 | 是"},
         "不合格 TS-01 没有找到纠正措施"),
        ("XR02", {"needs": "登记编号 | 登记日期 | 类别 | 评估结论\nXQ-07 | {}-04-01 | 改进需求 | 采纳"},
         "已采纳需求 XQ-07 没有找到对应的行"),
        ("XR06", {"decisions": "评审编号 | 决议序号 | 日期 | 结论 | 责任部门\nGLPS-01 | 1 | {}-04-16 | 同意 | 服务台"},
         "评审决议 GLPS-01 第 1 项 没有找到跟踪表的行"),
    ],
)  # fmt: skip
def test_what_an_archived_row_may_answer_is_a_warning(rule, sheets, told):
    def asked(year, **change):
        return {name: text.format(year) for name, text in sheets.items()} | change

    rows = "编号 | 管理评审编号\nGJ-2026-01 | "
    for change in (asked(2026, remarks=UNREAD), asked(2025)):
        assert problem(rule, rows, **change).severity is E
    found = problem(rule, rows, **asked(2025, remarks=UNREAD))
    assert (found.severity, found.message) == (W, told)
    assert found.fix.startswith("也可能在读不到的上年工作簿「归档_2025.xlsx」里")
