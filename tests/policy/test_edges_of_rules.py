"""Every figure in a rule or a KPI: a little less, just so, a little more; dates the day before, on it, the day after.

Expected values were counted by hand from the procedure; working days as in `test_edges_of_limits`.
"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from capa_xl.analysis.kpi import kpis
from capa_xl.model.kpi import FEW
from capa_xl.model.period import parse_period, period_before
from capa_xl.model.procedure import Procedure
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.review.agenda import agenda
from capa_xl.policy.review.lateness import overdue_lines
from tests.policy.edges import around
from tests.policy.registers import completed, confirmed, running, view
from tests.policy.rules.struck import struck


def weights(rule, tracker, **given):
    """The weight of a rule's only hit by the day of the check; "" where it is silent."""

    def weight(on):
        return "".join(hit[0] for hit in struck(rule, tracker, on=on, **given))

    return weight


ROW = "编号 | 责任人\nGJ-01 | 样例工"
STARTED = "编号 | 开始日期 | 实施情况\nGJ-01 | 2026-01-13 |"
WORDED = "编号 | 日期 | 类型\nGJ-01 | {} | 进展"
ASKED = "编号 | 日期 | 类型 | 反馈对象 | 处理意见 | 处理日期 | 结论\nGJ-01 | 2026-03-02 | {} | 总经理 | | |"
NEEDED = "登记编号 | 登记日期 | 类别 | 是否成立 | 评估结论 | 评估日期 | 要求回复日期 | 回复日期 | 跟踪表编号\n"
CONFIRMED = """
    编号 | 实际完成日期 | 检查日期 | 检查结论 | 确认人 | 确认日期 | 效果结论 | 是否涉及文件修订 | 后续编号
    GJ-01 | 2026-03-02 | 2026-03-05 | 合格 | 样例甲 | 2026-04-07 | {} |
"""
PARTLY = CONFIRMED.format("部分有效 | 否")
TO_REVISE = CONFIRMED.format("有效 | 是")
MISSED = """
    过程 | 指标   | 方向     | 目标值 | 频度 | 责任部门 | 期间    | 实测值 | 未达标处置编号
    事件 | 超时率 | 越小越好 | 3      | 月   | 服务台   | 2026-01 | 4 |
"""
GAP = MISSED.replace("| 4 |", "| |")
SIGNAL = "分析编号 | 日期 | 信号 | 处置\nFX-01 | 2026-03-02 | 6 点连升 |"


@pytest.mark.parametrize(
    ("rule", "last_day", "answers", "tracker", "sheets"),
    [
        ("EF05", "2026-04-21", "WWE", PARTLY, {}),  # 7 April + 10
        ("AR02", "2026-04-21", "WWE", TO_REVISE, {"revisions": "编号 | 文件编号\nGJ-99 | QP-01"}),
        ("XR01", "2026-03-16", "IIE", ROW, {"needs": NEEDED + "XQ-01 | 2026-03-02 | 不合格 | 是 | | | | |"}),
        ("XR03", "2026-03-16", "--W", ROW, {"needs": NEEDED + "XQ-01 | 2026-03-02 | 需求 | | | | | |"}),
        ("XR08", "2026-03-16", "--W", ROW, {"needs": NEEDED + "XQ-01 | 2026-03-02 | 需求 | | | | 2026-03-16 | |"}),
        ("XR09", "2026-09-02", "--I", ROW, {"needs": NEEDED + "XQ-01 | 2026-03-01 | 需求 | | 暂缓 | 2026-03-02 | | |"}),
        ("DO06", "2026-04-13", "--I", STARTED, {"progress": WORDED.format("2026-01-14")}),  # 90 days of running
        ("DO06", "2026-05-14", "--I", STARTED, {"progress": WORDED.format("2026-03-15")}),  # 60 days of silence
        ("DO07", "2026-03-09", "--W", ROW, {"progress": ASKED.format("问题")}),  # 2 March + 5
        ("DO12", "2026-03-09", "--W", ROW, {"progress": ASKED.format("资源申请")}),
        ("ST01", "2026-02-13", "--W", ROW, {"measurements": GAP}),  # 31 January + 10
        ("ST02", "2026-02-13", "--W", ROW, {"measurements": MISSED}),
        ("ST05", "2026-03-16", "--W", ROW, {"analyses": SIGNAL}),  # 2 March + 10
    ],
)  # fmt: skip
def test_a_rule_grows_stern_the_day_after_its_last_day(rule, last_day, answers, tracker, sheets):
    assert around(last_day, weights(rule, tracker, **sheets)) == tuple(answer.strip("-") for answer in answers)


APPROVAL = "措施类型 | 严重度 | 批准人 | 批准日期 | 批准结论"
CONFIRMATION = "实际完成日期 | 检查日期 | 检查结论 | 确认日期 | 效果结论"
CANCELLATION = "取消日期 | 取消原因 | 取消批准人"


@pytest.mark.parametrize(
    ("rule", "day", "answers", "head", "row"),
    [
        ("DO16", "2026-03-02", "W--", "登记日期 | 实际完成日期", "2026-03-02 | {}"),
        ("DO02", "2026-03-02", "E--", "开始日期 | 实际完成日期", "2026-03-02 | {}"),
        ("PL19", "2026-03-02", "E--", "登记日期 | 完成期限", "2026-03-02 | {}"),
        ("PL21", "2027-03-02", "--W", "登记日期 | 完成期限", "2026-03-02 | {}"),
        ("AP06", "2026-03-02", "E--", f"{APPROVAL} | 开始日期", "纠正 | 一般 | 样例甲 | 2026-03-02 | 同意 | {}"),
        ("AP13", "2026-03-02", "W--", "登记日期 | 批准人 | 批准日期 | 批准结论", "2026-03-02 | 样例甲 | {} | 同意"),
        ("AP13", "2026-03-02", "--E", "完成期限 | 批准人 | 批准日期 | 批准结论", "2026-03-02 | 样例甲 | {} | 同意"),
        ("CK02", "2026-03-02", "W--", "实际完成日期 | 检查人 | 检查日期 | 检查结论", "2026-03-02 | 样例甲 | {} | 合格"),
        ("EF02", "2026-04-01", "W--", CONFIRMATION, "2026-03-02 | 2026-03-03 | 合格 | {} | 有效"),
        ("EF10", "2026-03-05", "E--", CONFIRMATION, "2026-03-02 | 2026-03-05 | 合格 | {} | 有效"),
        ("AR04", "2026-03-05", "E--", "确认日期 | 效果结论 | 归档日期", "2026-03-05 | 有效 | {}"),
        ("CX02", "2026-03-02", "--W", f"完成期限 | {CANCELLATION}", "2026-03-02 | {} | 不做了 | 样例甲"),
        ("FD14", "2026-06-01", "--E", "检查日期", "{}"),
        ("DO01", "2026-06-01", "--E", "实际完成日期", "{}"),
    ],
)  # fmt: skip
def test_two_dates_may_be_the_same_day(rule, day, answers, head, row):
    def weight(on):
        return "".join(hit[0] for hit in struck(rule, f"编号 | {head}\nGJ-01 | {row.format(on)}", on="2026-06-01"))

    assert around(day, weight) == tuple(answer.strip("-") for answer in answers)


def test_a_step_may_end_on_the_due_date():
    def weight(on):
        steps = f"编号 | 步骤号 | 步骤责任人 | 计划完成\nGJ-01 | 1 | 样例工 | {on}"
        return "".join(hit[0] for hit in struck("PL17", "编号 | 完成期限\nGJ-01 | 2026-06-30", steps=steps))

    assert around("2026-06-30", weight) == ("", "", "E")


def test_an_extension_may_be_asked_for_on_the_last_day():
    def weight(on):
        asked = f"编号 | 申请日期 | 原期限 | 新期限\nGJ-01 | {on} | 2026-05-20 | 2026-07-31"
        return "".join(hit[0] for hit in struck("DO10", ROW, extensions=asked))

    assert around("2026-05-20", weight) == ("", "", "W")


def test_an_exception_counts_from_the_day_it_is_signed():
    rows = """
        编号  | 措施类型 | 严重度 | 责任部门 | 责任人 | 批准日期 | 开始日期
        GJ-01 | 纠正     | 一般   | 服务台   | 样例工 |          | 2026-05-07
    """
    signed = "编号 | 规则 | 说明 | 确认人 | 日期\nGJ-01 | AP06 | 客户催 | 样例质 | 2026-05-20"
    assert around("2026-05-20", weights("AP06", rows, excuses=signed)) == ("E", "I", "I")


TARGET = """
    编号  | 实际完成日期 | 确认日期   | 效果结论 | 现值 | 目标值 | 实际值
    GJ-01 | 2026-03-02   | 2026-04-07 | 有效     | {} | {} | {}
"""


@pytest.mark.parametrize(
    ("before", "target", "actual", "hits"),
    [
        (12.6, 3, 2.9, []), (12.6, 3, 3, []), (12.6, 3, 3.1, ["W G2"]),
        (88, 95, 95.1, []), (88, 95, 95, []), (88, 95, 94.9, ["W G2"]),
        (95, 95, 94, []),  # no direction, nothing to judge
    ],
)  # fmt: skip
def test_a_value_equal_to_its_target_reaches_it(before, target, actual, hits):
    assert struck("EF06", TARGET.format(before, target, actual)) == hits


@pytest.mark.parametrize(
    ("direction", "value", "answers"),
    [("越小越好", 2.9, ""), ("越小越好", 3, ""), ("越小越好", 3.1, "W"), ("越大越好", 2.9, "W"), ("越大越好", 3, "")],
)
def test_an_indicator_equal_to_its_target_meets_it(direction, value, answers):
    measured = MISSED.replace("越小越好", direction).replace("| 4 |", f"| {value} |")
    assert weights("ST02", ROW, measurements=measured)("2026-06-01") == answers


@pytest.mark.parametrize(("length", "hits"), [(29, ["E B2"]), (30, []), (31, [])])
def test_thirty_characters_of_a_measure_stand_for_its_scheme(length, hits):
    rows = f"编号 | 实施方案 | 措施内容\nGJ-01 | | {'换' * length}"
    assert struck("PL03", rows) == hits


@pytest.mark.parametrize(("length", "copies", "hits"), [(14, 3, 0), (15, 3, 1), (16, 3, 1), (15, 2, 0), (15, 4, 1)])
def test_a_text_of_fifteen_characters_in_three_rows_is_a_copy(length, copies, hits):
    text = "值班告警漏接三次并未升级到二线处理"[:length]
    rows = "编号 | 原因分析\n" + "".join(f"GJ-0{n} | {text}\n" for n in range(copies))
    assert bool(struck("FD15", rows)) == bool(hits)


def test_an_issue_that_names_the_action_came_back_the_day_after_its_completion():
    head = "编号 | 登记日期 | 前次编号 | 实际完成日期 | 确认日期 | 效果结论\n"

    def weight(on):
        rows = head + f"GJ-01 | 2026-01-05 | | 2026-03-02 | 2026-04-07 | 有效\nGJ-02 | {on} | GJ-01 | | |"
        return "".join(hit[0] for hit in struck("EF07", rows))

    assert around("2026-03-02", weight) == ("", "", "W")


ALIKE = {"category": "处理超时", "cause_category": ("法",)}


def recurrence(on):
    """编号 that count as the return of an action confirmed on 7 April, where a like issue is registered on a day."""
    again = {**completed(number="GJ-2026-002", registered_on=on, completed_on=None, started_on=None), **ALIKE}
    found = kpi_input_of(view({**confirmed(), **ALIKE}, again, on="2026-12-31"), ())
    return found.actions[0].recurred_as


def test_an_issue_came_back_within_180_days_after_the_day_of_confirmation():
    """7 April + 180 is 4 October."""
    assert around("2026-04-07", recurrence) == ((), (), ("GJ-2026-002",))
    assert around("2026-10-04", recurrence) == (("GJ-2026-002",), ("GJ-2026-002",), ())


def test_an_effective_action_counts_once_its_180_days_are_full():
    year = parse_period("2026")

    def base(on):
        given = kpi_input_of(view(confirmed(), on=on), ())
        return next(len(k.base) for k in kpis(given, given, year, period_before(year), {}) if k.key == "recurrence")

    assert around("2026-10-04", base) == (0, 1, 1)


@pytest.mark.parametrize(
    ("rows", "verdict"), [(0, "没有数据"), (1, "数据不足"), (FEW - 1, "数据不足"), (FEW, "达标"), (FEW + 1, "达标")]
)
def test_a_share_is_judged_from_five_rows_on(rows, verdict):
    actions = tuple(confirmed(number=f"GJ-2026-{n:03}") for n in range(rows))
    given, year = kpi_input_of(view(*actions, on="2026-12-01"), ()), parse_period("2026")
    found = kpis(given, given, year, period_before(year), {})
    assert next(kpi.verdict for kpi in found if kpi.key == "effective") == verdict


@pytest.mark.parametrize(("rows", "has_figure"), [(9, False), (10, True), (11, True)])
def test_a_median_is_given_from_ten_rows_on(rows, has_figure):
    closed = tuple(confirmed(number=f"GJ-2026-{n:03}") for n in range(rows))
    given, year = kpi_input_of(view(*closed, on="2026-12-01"), ()), parse_period("2026")
    dated = replace(given, actions=tuple(replace(one, closed_on=one.confirmed_on) for one in given.actions))
    found = {kpi.key: kpi.value for kpi in kpis(dated, dated, year, period_before(year), {})}
    assert [(found[key] is not None) for key in ("median_to_close", "p90_to_close")] == [has_figure] * 2


@pytest.mark.parametrize(
    ("days", "last_day", "category"),
    [((7, 30), "2026-12-10", "长期逾期（>30 天）"), ((10, 45), "2026-12-25", "长期逾期（>45 天）")],
)
def test_what_is_late_by_more_than_the_second_of_the_days_of_escalation_goes_to_the_review(days, last_day, category):
    """Due on 10 November; the days are a setting, in the agenda as in the ladder."""

    def named(on):
        seen = view(running(due_on="2026-11-10"), on=on, procedure=Procedure(escalation_days=days))
        return [item.heading for item in agenda(seen)], overdue_lines(seen, None)[0].proposal[:4]

    assert around(last_day, named) == (([], "请责任部"), ([], "请责任部"), ([category], "提交评审"))
