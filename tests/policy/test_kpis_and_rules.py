# ruff: noqa: E501, C408 - one case a line
"""A KPI and the rule of the same matter are one judgement: for each KPI the rows on which the two could differ.

Counted by hand on 2026-06-01 for 2026Q2 (04-01 to 06-30). `rows` stand in the numerator, `base` in the denominator;
`struck` is what the rule or the lateness says, `settled` what was late and is done now, of which the rule is silent.
"""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.analysis.kpi import SPECS, kpis
from capa_xl.model import words
from capa_xl.model.as_of import AsOf
from capa_xl.model.period import parse_period, period_before
from capa_xl.policy.check import check
from capa_xl.policy.kpi_input import APPROVAL_RULES, kpi_input_of
from capa_xl.policy.reminders.month_ahead_kpi import month_ahead_figures
from capa_xl.policy.viewing import view_register
from tests.policy.conformity.judged import journal_of, letter, outbox
from tests.policy.rules.struck import register_of

T, Q2 = date(2026, 6, 1), parse_period("2026Q2")


def rule(*ids):
    """编号 of the breaches of these rules."""
    return lambda _, checked: {p.number for p in checked.problems if p.rule in ids and p.is_breach}


def code(*codes):
    """编号 of the actions that are late by these codes."""
    return lambda view, _: {n for n, derived in view.derived.items() if set(codes) & set(derived.overdue)}


def status(*stati):
    """编号 of the actions with these statuses."""
    return lambda view, _: {n for n, derived in view.derived.items() if derived.status in stati}


def test_what_the_rate_of_approvals_leaves_to_another_rule_is_said_beside_it():
    """R36 counts AP07, whose matter is who approves his own; the policy asks 审批合规率 for route, role and day (A5)."""
    (definition,) = [spec.formula for spec in SPECS if spec.key == "approved"]
    assert "AP07" not in APPROVAL_RULES and definition.endswith(
        "（批准人就是责任人的另查，check 只作提示的，都不算不合规）"
    )


DUE = """
    编号 | 完成期限   | 原完成期限 | 实际完成日期 | 检查日期   | 检查结论 | 批准结论 | 批准日期   | 批准人 | 措施类型 | 严重度 | 开始日期
    done | 2026-05-29 |            | 2026-05-29   |            |          | 同意     | 2026-01-12 | 样例甲 | 纠正     | 一般   | 2026-01-13
    late | 2026-05-29 | 2026-06-30 | 2026-06-01   |            |          | 同意     | 2026-01-12 | 样例甲 | 纠正     | 一般   | 2026-01-13
    today | 2026-06-01 | 2026-05-15 |            |            |          | 同意     | 2026-01-12 | 样例甲 | 纠正     | 一般   | 2026-01-13
    back | 2026-05-15 |            | 2026-05-11   | 2026-05-20 | 不合格   | 同意     | 2026-01-12 | 样例甲 | 纠正     | 一般   | 2026-01-13
    early | 2026-06-30 |           | 2026-05-11   |            |          | 同意     | 2026-01-12 | 样例甲 | 纠正     | 一般   | 2026-01-13
    wild | 2026-05-15 |            |              |            |          |          |            |        | 纠正     | 一般   | 2026-01-13
"""
CONFIRMED = """
    编号   | 实际完成日期 | 检查日期   | 检查结论 | 确认人 | 确认日期   | 效果结论 | 后续编号
    good   | 2026-03-02   | 2026-03-03 | 合格     | 样例甲 | 2026-04-10 | 有效     |
    undone | 2026-03-02   | 2026-03-03 | 合格     | 样例甲 | 2026-04-10 | 有效     |
    partly | 2026-03-02   | 2026-03-03 | 合格     | 样例甲 | 2026-04-10 | 部分有效 |
    mended | 2026-03-02   | 2026-03-03 | 合格     | 样例甲 | 2026-04-10 | 部分有效 |
    before | 2026-02-02   | 2026-02-03 | 合格     | 样例甲 | 2026-03-31 | 有效     |
"""
ROUNDS = """
    编号   | 轮次 | 结论 | 确认人 | 确认日期
    undone | 2    | 无效 | 样例甲 | 2026-05-11
    mended | 2    | 有效 | 样例甲 | 2026-05-11
"""
APPROVED = """
    编号    | 措施类型 | 严重度 | 登记日期   | 计划编号 | 批准人 | 批准日期   | 批准结论 | 管理评审编号 | 开始日期
    same    | 纠正     | 一般   | 2026-03-02 |          | 样例甲 | 2026-04-02 | 同意     |              | 2026-04-02
    later   | 纠正     | 一般   | 2026-03-02 |          | 样例甲 | 2026-04-03 | 同意     |              | 2026-04-02
    excused | 纠正     | 一般   | 2026-03-02 |          | 样例甲 | 2026-04-03 | 同意     |              | 2026-04-02
    nobody  | 纠正     | 一般   | 2026-03-02 |          |        |            |          |              | 2026-04-02
    weighty | 纠正     | 重大   | 2026-03-02 |          | 样例甲 | 2026-04-01 | 同意     |              | 2026-04-02
    norole  | 纠正     | 一般   | 2026-03-02 |          | 样例网 | 2026-04-01 | 同意     |              | 2026-04-02
    manager | 预防     | 一般   | 2026-03-02 |          | 样例甲 | 2026-04-01 | 同意     |              | 2026-04-02
    plan    | 预防     | 一般   | 2026-03-02 | JH-01    |        |            |          |              | 2026-04-02
    noplan  | 预防     | 一般   | 2026-03-02 | JH-02    |        |            |          |              | 2026-04-02
    awaits  | 预防     | 重大   | 2026-03-02 |          | 样例总 | 2026-04-01 | 同意     |              | 2026-04-02
    before  | 纠正     | 一般   | 2026-03-02 |          |        |            |          |              | 2026-03-31
"""
PLANS = """
    计划编号 | 版本 | 批准人 | 批准日期   | 批准结论
    JH-01    | V1   | 样例总 | 2026-03-31 | 同意
    JH-01    | V2   | 样例总 | 2026-04-20 | 不同意
    JH-02    | V1   | 样例甲 | 2026-03-31 | 同意
"""
EXCUSE = """
    编号    | 规则 | 说明         | 确认人 | 日期
    excused | AP06 | 抢修先行实施 | 样例质 | 2026-04-07
"""
INSPECTED = """
    编号    | 完成期限   | 实际完成日期 | 检查人 | 检查日期   | 检查结论
    last    | 2026-05-29 | 2026-05-11   | 样例甲 | 2026-05-25 | 合格
    after   | 2026-05-29 | 2026-05-11   | 样例甲 | 2026-05-26 | 合格
    failed  | 2026-05-29 | 2026-05-11   | 样例甲 | 2026-05-20 | 不合格
    process | 2026-05-29 | 2026-05-11   | 样例甲 | 2026-05-08 | 合格
    mute    | 2026-05-29 | 2026-05-11   | 样例甲 | 2026-05-20 |
    open    | 2026-05-29 | 2026-05-18   |        |            |
"""
TO_CONFIRM = """
    编号  | 严重度 | 实际完成日期 | 检查人 | 检查日期   | 检查结论 | 确认人 | 确认日期   | 效果结论 | 后续编号
    last  | 一般   | 2026-04-13   | 样例甲 | 2026-04-15 | 合格     | 样例甲 | 2026-05-27 | 有效     |
    after | 一般   | 2026-04-13   | 样例甲 | 2026-04-15 | 合格     | 样例甲 | 2026-05-28 | 有效     |
    none  | 一般   | 2026-04-13   | 样例甲 | 2026-04-15 | 合格     |        |            |          |
    blind | 一般   | 2026-04-13   |        |            |          |        |            |          |
    twice | 一般   | 2026-04-13   | 样例甲 | 2026-04-15 | 合格     | 样例甲 | 2026-05-20 | 部分有效 |
"""
ARCHIVED = """
    编号  | 实际完成日期 | 检查日期   | 检查结论 | 确认人 | 确认日期   | 效果结论 | 后续编号 | 归档日期   | 报告编号 | 归档位置
    last  | 2026-03-02   | 2026-03-03 | 合格     | 样例甲 | 2026-05-11 | 有效     |          | 2026-05-25 | BG-1     | 档案柜
    after | 2026-03-02   | 2026-03-03 | 合格     | 样例甲 | 2026-05-11 | 有效     |          | 2026-05-26 | BG-2     | 档案柜
    part  | 2026-03-02   | 2026-03-03 | 合格     | 样例甲 | 2026-05-11 | 有效     |          | 2026-05-20 |          | 档案柜
    none  | 2026-03-02   | 2026-03-03 | 合格     | 样例甲 | 2026-05-11 | 有效     |          |            |          |
    vain  | 2026-03-02   | 2026-03-03 | 合格     | 样例甲 | 2026-05-11 | 无效     | last     |            |          |
"""
NEEDS = """
    登记编号 | 登记日期   | 类别     | 来源     | 是否成立 | 评估结论 | 评估人 | 评估日期   | 跟踪表编号
    TS-01    | 2026-04-01 | 不合格   | 其他     | 是       |          |        |            |
    TS-02    | 2026-04-01 | 不合格   | 其他     | 是       |          |        |            |
    TS-03    | 2026-04-01 | 改进需求 | 顾客投诉 | 是       | 采纳     | 样例检 | 2026-04-02 |
    TS-04    | 2026-05-25 | 不合格   | 其他     | 是       |          |        |            |
    TS-05    | 2026-04-01 | 不合格   | 其他     | 是       |          |        |            | pre
    TS-06    | 2026-04-01 | 不合格   | 其他     | 是       |          |        |            | open
    TS-07    | 2026-04-01 | 不合格   | 其他     | 否       |          |        |            |
"""
ASKED = """
    登记编号 | 登记日期   | 类别     | 是否成立 | 评估结论 | 评估人 | 评估日期
    last     | 2026-05-11 | 改进需求 |          | 采纳     | 样例检 | 2026-05-25
    after    | 2026-05-11 | 改进需求 |          | 采纳     | 样例检 | 2026-05-26
    none     | 2026-05-11 | 改进需求 |          |          |        |
    undated  | 2026-05-11 | 改进需求 |          | 采纳     | 样例检 |
    judged   | 2026-05-11 | 不合格   | 是       |          |        |
    unjudged | 2026-05-11 | 不合格   |          |          |        |
    today    | 2026-05-18 | 改进需求 |          |          |        |
"""
REVISED = """
    编号   | 文件名称 | 结论   | 不同意理由 | 计划完成   | 修订完成日期
    done   | 规程甲   | 同意   |            | 2026-05-20 | 2026-05-22
    open   | 规程乙   | 同意   |            | 2026-05-20 |
    mute   | 规程丙   | 不同意 |            | 2026-05-20 |
    refuse | 规程丁   | 不同意 | 已有规定   | 2026-05-20 |
    later  | 规程戊   | 同意   |            | 2026-06-30 |
"""
TO_REVISE = "编号 | 实际完成日期 | 确认人 | 确认日期 | 效果结论 | 是否涉及文件修订\n" + "\n".join(
    f"{number} | 2026-03-02 | 样例甲 | 2026-04-10 | 有效 | 是" for number in ("done", "open", "mute", "refuse", "later")
)
EXTENDED = """
    编号    | 申请日期   | 原期限     | 新期限     | 批准人 | 批准日期   | 结论
    twice   | 2026-03-02 | 2026-04-30 | 2026-05-29 | 样例甲 | 2026-03-03 | 同意
    twice   | 2026-05-06 | 2026-05-29 | 2026-08-31 | 样例甲 | 2026-05-07 | 同意
    once    | 2026-03-02 | 2026-04-30 | 2026-08-31 | 样例甲 | 2026-03-03 | 同意
    nearer  | 2026-03-02 | 2026-06-30 | 2026-05-29 | 样例甲 | 2026-03-03 | 同意
    refused | 2026-03-02 | 2026-05-29 | 2026-08-31 | 样例甲 | 2026-03-03 | 不同意
"""
MOVED = """
    编号    | 完成期限
    twice   | 2026-08-31
    once    | 2026-08-31
    nearer  | 2026-05-29
    refused | 2026-05-29
"""
REGISTERED = """
    编号   | 登记日期   | 措施类型 | 取消日期   | 取消原因 | 取消批准人 | 批准结论
    works  | 2026-04-02 | 预防     |            |          |            |
    halted | 2026-04-02 | 纠正     | 2026-05-11 |          |            |
    stale  | 2026-03-31 | 预防     | 2026-05-11 |          |            |
"""
CLOSED = """
    编号 | 登记日期   | 批准人 | 批准日期   | 批准结论 | 实际完成日期 | 检查日期   | 检查结论 | 确认人 | 确认日期   | 效果结论 | 归档日期
    one  | 2026-01-05 | 样例甲 | 2026-01-12 | 同意     | 2026-03-02   | 2026-03-05 | 合格     | 样例甲 | 2026-04-07 | 有效     | 2026-04-10
    two  | 2026-01-05 | 样例甲 | 2026-01-16 | 同意     | 2026-03-16   | 2026-03-17 | 合格     | 样例甲 | 2026-04-20 | 有效     | 2026-04-30
    open | 2026-01-05 | 样例甲 | 2026-01-16 | 同意     | 2026-03-16   | 2026-03-17 | 合格     | 样例甲 | 2026-04-20 | 有效     |
"""
VALUES = """
    过程 | 指标   | 方向     | 目标值 | 频度 | 期间    | 实测值 | 未达标处置编号
    事件 | 响应率 | 越大越好 | 95     | 月   | 2026-04 | 95     |
    事件 | 超时率 | 越小越好 | 3      | 月   | 2026-04 | 9      |
    事件 | 重开率 | 越小越好 | 3      | 月   | 2026-04 | 9      | GJ-01
    事件 | 满意度 | 越大越好 | 95     | 月   | 2026-03 | 90     |
"""
CLEAN = "编号 | 措施内容 | 措施类型 | 批准人 | 批准日期 | 批准结论\n"
LEAD = "编号 | 登记日期 | 完成期限 | 开始日期\n" + "\n".join(
    f"{n} | 2026-03-02 | 2026-06-15 | 2026-03-03" for n in ("sent", "filed", "late")
)
LETTERS = journal_of(
    letter("sent", "M1", "2026-06-15", "2026-05-15"), outbox("filed", "M1", "2026-06-15", "2026-05-15"),
    letter("late", "M1", "2026-06-15", "2026-05-18"),
)  # fmt: skip
BACK = """
    编号  | 登记日期   | 所属过程 | 责任部门 | 措施类型 | 实际完成日期 | 检查日期   | 检查结论 | 确认人 | 确认日期   | 效果结论 | 前次编号
    again | 2025-08-01 | 事件     | 服务台   | 纠正     | 2025-09-01   | 2025-09-02 | 合格     | 样例甲 | 2025-11-03 | 有效     |
    calm  | 2025-08-01 | 事件     | 服务台   | 纠正     | 2025-09-01   | 2025-09-02 | 合格     | 样例甲 | 2025-11-03 | 有效     |
    young | 2025-08-01 | 事件     | 服务台   | 纠正     | 2025-09-01   | 2025-09-02 | 合格     | 样例甲 | 2025-12-31 | 有效     |
    new   | 2025-12-01 | 事件     | 服务台   | 纠正     |              |            |          |        |            |          | again
"""
CANCELLED = """
    编号    | 登记日期   | 批准人 | 批准日期   | 批准结论 | 取消日期   | 取消原因 | 取消批准人
    sound   | 2026-04-01 | 样例甲 | 2026-04-02 | 同意     |            |          |
    excused | 2026-04-01 | 样例甲 | 2026-04-02 | 同意     | 2026-05-11 |          | 样例甲
    faulty  | 2026-04-01 | 样例某 | 2026-04-02 | 同意     |            |          |
"""
CANCELLED_EXCUSE = """
    编号    | 规则 | 说明     | 确认人 | 日期
    excused | CX01 | 客户撤销 | 样例质 | 2026-05-12
"""

CASES = {
    "on_time": dict(tracker=DUE, rows="done", base="done late back wild", rule=code("Y1", "Y2"), struck="late back wild"),
    "on_time_original": dict(tracker=DUE, rows="done", base="done today back wild"),
    "overdue": dict(tracker=DUE, rows="back", base="today back", rule=code("Y1"), struck="back wild", bad_is="rows"),
    "longest_overdue": dict(tracker=DUE, rows="today back", base="today back", value=17),
    "effective": dict(tracker=CONFIRMED, confirmations=ROUNDS, rows="good mended", base="good undone partly mended",
                      rule=status(words.NOT_EFFECTIVE), struck="undone partly"),
    "partly_effective": dict(tracker=CONFIRMED, confirmations=ROUNDS, rows="partly", base="good undone partly mended",
                             rule=rule("EF05"), struck="undone partly", bad_is="rows", besides="undone"),
    "recurrence": dict(tracker=BACK, rows="again", base="again calm", rule=rule("EF07"), struck="again", bad_is="rows"),
    "reminded": dict(tracker=LEAD, journal=LETTERS, rows="sent", base="sent filed late", rule=rule("LG01"), struck="filed late"),
    "approved": dict(tracker=APPROVED, plans=PLANS, excuses=EXCUSE, rows="same plan awaits",
                     base="same later excused nobody weighty norole manager plan noplan awaits",
                     rule=rule("AP01", "AP02", "AP03", "AP05", "AP06", "AP09"),
                     struck="later excused nobody weighty norole manager noplan before"),
    "inspected": dict(tracker=INSPECTED, rows="last failed", base="last after failed process mute", rule=code("Y5"),
                      struck="process mute", settled="after"),
    "confirmed": dict(tracker=TO_CONFIRM, rows="last twice", base="last after none twice", rule=code("Y6"), struck="none", settled="after",
                      confirmations="编号 | 轮次 | 结论 | 确认人 | 确认日期\ntwice | 2 | 有效 | 样例甲 | 2026-05-29"),
    "archived": dict(tracker=ARCHIVED, rows="last", base="last after part none", rule=code("Y8"), struck="part none", settled="after"),
    "corrected": dict(tracker="编号 | 措施类型 | 来源单号\ncor | 纠正 | TS-01\npre | 预防 | \nopen |  | ", needs=NEEDS,
                      rows="TS-01 TS-06", base="TS-01 TS-02 TS-03 TS-05 TS-06", rule=rule("XR01"), struck="TS-02 TS-03 TS-05"),
    "revised": dict(tracker=TO_REVISE, revisions=REVISED, rows="done", base="done open mute", rule=code("Y7"), struck="open mute"),
    "evaluated": dict(tracker=CLEAN, needs=ASKED, rows="last", base="last after none unjudged", rule=rule("XR03"),
                      struck="after none unjudged"),
    "extended": dict(tracker=MOVED, extensions=EXTENDED, rows="twice once", base="twice once nearer refused",
                     rule=rule("DO09"), struck="twice", bad_is="rows", settled="once"),
    "extensions": dict(tracker=MOVED, extensions=EXTENDED, rows="twice once nearer refused", base="twice once nearer refused", value=0.75),
    "cancelled": dict(tracker=REGISTERED, rows="halted", base="works halted", rule=rule("CX01"), struck="halted stale", bad_is="rows"),
    "days_to_close": dict(tracker=CLOSED, rows="one two", base="one two", value=105),
    "median_to_close": dict(tracker=CLOSED, rows="one two", base="one two", value=None),
    "p90_to_close": dict(tracker=CLOSED, rows="one two", base="one two", value=None),
    "registered_to_approved": dict(tracker=CLOSED, rows="one two", base="one two", value=9),
    "approved_to_completed": dict(tracker=CLOSED, rows="one two", base="one two", value=54),
    "completed_to_inspected": dict(tracker=CLOSED, rows="one two", base="one two", value=2),
    "inspected_to_confirmed": dict(tracker=CLOSED, rows="one two", base="one two", value=33.5),
    "confirmed_to_closed": dict(tracker=CLOSED, rows="one two", base="one two", value=6.5),
    "indicators_met": dict(tracker=CLEAN, measurements=VALUES, rows="响应率", base="响应率 超时率 重开率", suffix=" 2026-04"),
    "preventive": dict(tracker=REGISTERED, rows="works", base="works"),
    "closed_loop": dict(tracker=CLOSED.replace("2026-01-05", "2026-04-01"), rows="one two", base="one two open",
                        rule=status(words.TO_ARCHIVE), struck="open"),
    "data_quality": dict(tracker=CANCELLED, excuses=CANCELLED_EXCUSE, rows="sound", base="sound excused faulty"),
}  # fmt: skip


def figures(case):
    """The KPIs, the view and the check of one case."""
    sheets = {
        k: v
        for k, v in case.items()
        if k in {"confirmations", "plans", "excuses", "needs", "revisions", "extensions", "measurements"}
    }
    view = view_register(register_of(case["tracker"], **sheets), AsOf(T, T))
    journal = case.get("journal")
    checked = check(view, journal)
    given = kpi_input_of(view, checked.problems, month_ahead_figures(view, journal) if journal else None)
    return {kpi.key: kpi for kpi in kpis(given, given, Q2, period_before(Q2), {})}, view, checked


@pytest.mark.parametrize("key", CASES)
def test_the_kpi_counts_the_rows_that_its_rule_judges(key):
    case = CASES[key]
    found, view, checked = figures(case)
    suffix = case.get("suffix", "")
    rows, base = ({f"{name}{suffix}" for name in case[part].split()} for part in ("rows", "base"))
    assert (set(found[key].rows), set(found[key].base)) == (rows, base)
    if "value" in case:
        assert found[key].value == case["value"]
    if "rule" not in case:
        return
    struck = set(case["struck"].split())
    assert case["rule"](view, checked) == struck
    missed = rows if case.get("bad_is") == "rows" else base - rows
    assert missed - set(case.get("settled", "").split()) == (struck & base) - set(case.get("besides", "").split())


def test_no_kpi_is_skipped():
    assert list(CASES) == [spec.key for spec in SPECS]
