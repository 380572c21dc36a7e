import pytest

from capa_xl.model.problem import Severity
from capa_xl.policy.rules.catalogue import CATALOGUE
from tests.policy.conformity.judged import journal_of, letter
from tests.policy.rules.struck import PEOPLE, checked, met, problem, struck

STARTED = "编号 | 措施类型 | 严重度 | 批准人 | 批准日期 | 批准结论 | 开始日期 | 归口部门\n"
STARTED += "GJ-01 | 纠正 | 一般 | 样例甲 | 2026-05-06 | 同意 | 2026-05-05 | 服务台\n"
EXCUSE = "编号 | 规则 | 说明 | 确认人 | 日期\nGJ-01 | {} | 抢修，事后补批 | {} | {}"


def test_an_exception_signed_by_the_quality_head_lowers_the_problem_to_a_note():
    excuses = EXCUSE.format("AP06", "样例质", "2026-05-20")
    assert struck("AP06", STARTED) == ["E G2"]
    assert struck("AP06", STARTED, excuses=excuses) == ["I G2"]
    found = problem("AP06", STARTED, excuses=excuses)
    assert found.excused
    assert found.message.endswith("（情况说明：抢修，事后补批，样例质 2026-05-20 确认）")


@pytest.mark.parametrize(
    ("signer", "severity"),
    [("样例甲", "I"), ("样例总", "I"), ("样例检", "E"), ("样例质", "I"), ("样例乙", "E"), ("", "E")],
)
def test_the_quality_head_the_general_manager_or_the_authority_of_the_route_may_sign(signer, severity):
    assert struck("AP06", STARTED, excuses=EXCUSE.format("AP06", signer, "2026-05-20")) == [f"{severity} G2"]


def test_the_signer_must_hold_the_role_on_the_day_he_signs():
    dated = (
        PEOPLE.replace("归口过程\n", "归口过程 | 生效日期\n")
        .replace("|\n", "| |\n")
        .replace("| 内部审核\n", "| | 2026-05-21\n")
    )
    dated = dated.replace("| 事件\n", "| | \n").replace("| 网络\n", "| | \n").replace("| 变更\n", "| | \n")
    dated = "\n".join(line if line.count("|") == 6 else line + " |" for line in dated.splitlines() if line.strip())
    assert struck("AP06", STARTED, excuses=EXCUSE.format("AP06", "样例质", "2026-05-20"), people=dated) == ["E G2"]
    assert struck("AP06", STARTED, excuses=EXCUSE.format("AP06", "样例质", "2026-05-21"), people=dated) == ["I G2"]


def test_an_exception_dated_later_does_not_count_yet():
    assert struck("AP06", STARTED, excuses=EXCUSE.format("AP06", "样例质", "2026-06-02")) == ["E G2"]


def test_an_exception_signed_today_counts_and_one_signed_tomorrow_does_not_yet():
    found = [struck("AP06", STARTED, excuses=EXCUSE.format("AP06", "样例质", f"2026-06-0{n}")) for n in (1, 2)]
    assert found == [["I G2"], ["E G2"]]
    assert struck("AP06", STARTED, excuses=EXCUSE.format("AP06", "样例质", "2026-05-31")) == ["I G2"]


def test_an_entry_may_name_several_numbers_and_rules():
    excuses = "编号 | 规则 | 说明 | 确认人 | 日期\nGJ-09、GJ-01 | AP06，AP05 | 抢修 | 样例质 | 2026-05-20"
    assert struck("AP06", STARTED, excuses=excuses) == ["I G2"]


def signed(rule, signer, **row):
    cells = {"责任人": "样例工", "批准人": "样例甲", "检查人": "样例乙", "确认人": "样例丙", **row}
    tracker = "编号 | " + " | ".join(cells) + "\nGJ-01 | " + " | ".join(cells.values())
    return struck("FD19", tracker, excuses=EXCUSE.format(rule, signer, "2026-05-20"))


def test_nobody_signs_for_himself():
    assert signed("PL16", "样例质") == []
    assert signed("PL16", "样例质", 责任人="样例质") == ["W 例外说明!D2"]
    assert signed("AP05", "样例总", 批准人="样例总") == ["W 例外说明!D2"]
    assert signed("AP06", "样例总", 批准人="样例总") == []  # the act is the owner's
    assert signed("CK01", "样例质", 检查人="样例质") == ["W 例外说明!D2"]
    assert signed("EF01", "样例质", 确认人="样例质") == ["W 例外说明!D2"]
    assert signed("LG01", "样例质") == ["W 例外说明!D2"]
    assert signed("LG01", "样例总") == []
    assert signed("PL16", "样例检") == ["W 例外说明!D2"]


def test_while_the_roster_names_nobody_who_could_sign_the_entry_counts_with_a_note():
    people = "姓名 | 部门 | 角色\n样例工 | 服务台 | 员工"
    excuses = EXCUSE.format("AP06", "样例工", "2026-05-20")
    assert struck("AP06", STARTED, excuses=excuses, people=people) == ["I G2"]
    assert struck("FD19", STARTED, excuses=excuses, people=people) == ["I 例外说明!D2"]


def test_a_missing_owner_or_date_is_excused_only_once_the_row_has_ended():
    heads = "编号 | 措施内容 | 责任人 | 确认日期 | 效果结论\n"
    excuses = EXCUSE.format("PL02", "样例质", "2026-05-20")
    assert struck("PL02", heads + "GJ-01 | 换电池 | | 2026-04-07 | 有效", excuses=excuses) == ["I C2"]
    assert struck("PL02", heads + "GJ-01 | 换电池 | | | ", excuses=excuses) == ["E C2"]


def test_some_rules_know_no_exception():
    rows = "编号 | 措施内容 | 完成期限\nGJ-01 | 换电池 |"
    assert struck("PL01", rows, excuses=EXCUSE.format("PL01", "样例质", "2026-05-20")) == ["E C2"]


MIXED = """
    编号  | 措施类型 | 严重度 | 原因分析 | 责任人 | 措施内容 | 完成期限
    GJ-01 | 纠正     | 一般   |          | 样例工 | 换电池   | 2026-07-04
    GJ-02 | 纠正     | 一般   |          |        | 换电池   |
"""


def test_problems_come_by_row_then_severity_then_rule_and_loose_ones_last():
    loose = met("WB06", "H1", h="金额")
    result = checked(MIXED, remarks=[loose], people="")
    assert [(p.row, p.rule) for p in result.problems] == [
        (2, "PL07"), (2, "PL20"),
        (3, "PL01"), (3, "PL02"), (3, "PL07"),
        (None, "WB06"),
    ]  # fmt: skip


def test_counts_and_the_count_of_each_row():
    result = checked(MIXED, people="")
    assert result.counts == {"error": 4, "warning": 0, "info": 1}
    assert result.count_by_row == {2: 1, 3: 3}


def test_a_problem_on_a_child_sheet_counts_for_its_row():
    steps = "编号 | 步骤号 | 计划完成 | 步骤责任人\nGJ-01 | 1 | 2026-08-01 | 样例工"
    result = checked(MIXED, people="", steps=steps)
    assert result.count_by_row[2] == 2


def test_a_plain_old_table_is_judged_by_what_it_has_and_says_what_is_off():
    result = checked("""
        编号 | 问题描述         | 原因分析     | 措施内容 | 责任人 | 责任部门 | 完成期限   | 备注
        1    | 夜间告警无人响应 | 无人值守     | 改路由   | 样例工 | 服务台   | 2026-07-31 |
        2    | 白天告警无人响应 | 无人值守二线 | 改路由   | 样例工 | 服务台   |            |
    """, people="")  # fmt: skip
    assert [(p.rule, p.cell) for p in result.problems] == [("PL01", "G3")]
    assert {"AP02", "AP06", "CK03", "EF03", "AR04", "CX01", "FD08", "PL03", "PL07"} <= set(result.disabled)
    assert (
        result.stages
        == "已启用的环节：无；未启用：审批、检查、效果确认、归档、文件修订（表中没有这些列；不判断，不等于通过）"
    )


def test_disabled_rules_stand_in_catalogue_order_and_never_strike():
    result = checked(MIXED, people="")
    order = [rule.id for rule in CATALOGUE]
    assert list(result.disabled) == sorted(result.disabled, key=order.index)
    assert not set(result.disabled) & {p.rule for p in result.problems}


def test_a_row_registered_after_the_day_is_not_there_and_one_registered_ahead_is_judged_like_any():
    rows = "编号 | 登记日期 | 措施内容 | 完成期限\nGJ-01 | 2026-06-10 | 换电池 |"
    assert [(p.rule, p.cell) for p in checked(rows, today="2026-06-30").problems] == []
    found = {(p.rule, p.cell) for p in checked(rows).problems}
    assert {("FD14", "B2"), ("PL01", "D2")} <= found
    assert not {rule for rule, _ in found} & {"FD20"}


def test_a_group_dated_later_than_the_day_reads_as_blank():
    rows = "编号 | 批准人 | 批准日期 | 批准结论\nGJ-01 | 样例甲 | 2026-06-10 |"
    assert struck("AP08", rows, today="2026-06-30") == []
    assert struck("AP08", rows, on="2026-06-10") == ["W D2"]


def test_a_table_without_tracker_has_only_the_remarks_of_reading():
    result = checked("编号 | 备注", remarks=[met("WB02", "A1", c="完成期限", a="期限")])
    assert [(p.rule, p.severity, p.cell) for p in result.problems] == [("WB02", Severity.ERROR, "A1")]


def test_the_same_table_gives_the_same_problems():
    assert checked(MIXED) == checked(MIXED)


def test_a_row_closed_by_its_own_status_word_is_silent():
    result = checked("""
        编号 | 问题描述         | 措施内容 | 责任人 | 完成期限   | 状态
        1    | 夜间告警无人响应 | 改路由   |        |            | 已关闭
        2    | 白天告警无人响应 | 改路由   |        | 2026-07-31 | 进行中
    """, people="")  # fmt: skip
    assert [(p.rule, p.cell) for p in result.problems] == [("PL02", "D3")]


def test_a_cell_that_cannot_be_read_is_not_called_blank_as_well():
    row = "编号 | 来源 | 优先级\nGJ-01 | |"
    strange = met("FD04", "B2", "GJ-01", 2, c="来源", v="内审", list="内部审核", s="内部审核")
    found = checked(row, remarks=[strange])
    assert [(p.rule, p.cell) for p in found.problems] == [("FD04", "B2"), ("PL15", "C2")]


PERIOD = "编号 | 规则 | 期间 | 说明 | 确认人 | 日期\n{} | {} | {} | 服务器迁移 | {} | 2026-06-01"
DUE = """
    编号  | 登记日期   | 完成期限   | 开始日期
    GJ-01 | 2026-03-02 | 2026-06-15 | 2026-03-03
    GJ-02 | 2026-03-02 | 2026-06-29 | 2026-03-03
"""


def missed(*entry):
    journal = journal_of(letter("GJ-09", "M1", "2026-01-31", "2025-12-31"))
    problems = checked(DUE, journal=journal, excuses=PERIOD.format(*entry)).problems
    return [(p.number, p.severity.value) for p in problems if p.rule == "LG01"]


def test_an_entry_for_a_rule_and_a_period_covers_what_fell_into_it():
    """The planned days are 05-15 and 05-29; what 质量部 itself missed is 总经理's to accept."""
    both_missed = [("GJ-01", "warning"), ("GJ-02", "warning")]
    assert missed("", "LG01", "2026-05-15", "样例总") == [("GJ-01", "info"), ("GJ-02", "warning")]
    assert missed("", "LG01", "2026-05", "样例总") == [("GJ-01", "info"), ("GJ-02", "info")]
    assert missed("", "LG01", "2026-04", "样例总") == both_missed
    assert missed("", "LG01", "2026-05", "样例质") == both_missed
    assert missed("", "LG02", "2026-05", "样例总") == both_missed
    assert missed("", "LG01", "", "样例总") == both_missed


def told_of(rule, signer, route="纠正", people=PEOPLE):
    """FD19 and its advice for an entry about a row of that kind."""
    rows = f"编号 | 措施类型 | 严重度 | 责任部门 | 责任人\nGJ-01 | {route} | 一般 | 服务台 | 样例工"
    found = checked(rows, excuses=EXCUSE.format(rule, signer, "2026-05-20"), people=people).problems
    return next((problem.fix for problem in found if problem.rule == "FD19"), None)


def test_what_quality_missed_itself_the_general_manager_signs_and_no_head_of_the_row():
    """The sheet of signatures says so too: 质量部自身的事项由总经理确认."""
    assert told_of("LG01", "样例总") is None
    for unfit in ("样例甲", "样例质"):
        assert told_of("LG01", unfit).endswith("确认：样例总")
    assert told_of("LG01", "样例质").startswith("LG01 是质量部自身的事项，质量部负责人不能确认，由总经理")
    assert told_of("PL16", "样例工").startswith("由质量部负责人、总经理或应批准人确认")
    assert told_of("PL16", "样例甲") is None
    assert "质量部自身" not in told_of("PL16", "样例工")


def test_a_general_manager_who_heads_quality_himself_leaves_it_to_the_rows_authority_or_to_the_review():
    both = PEOPLE.replace("样例质 | 质量部 | 质量部负责人", "样例总 | 质量部 | 质量部负责人")
    assert told_of("LG01", "样例甲", people=both) is None
    assert told_of("LG01", "样例总", people=both).endswith("确认：样例甲")
    for nobody in ("样例总", "样例甲", "样例工"):
        advice = told_of("LG01", nobody, route="预防", people=both)
        assert "制度没有规定由谁确认" in advice and "提交管理评审" in advice


def test_numbers_beside_a_period_are_narrowed_by_it():
    assert missed("GJ-02", "LG01", "2026-05", "样例总") == [("GJ-01", "warning"), ("GJ-02", "info")]
    assert missed("GJ-01、GJ-02", "LG01", "2026-05-29", "样例总") == [("GJ-01", "warning"), ("GJ-02", "info")]


def test_a_period_goes_by_the_day_of_the_fact_at_fault():
    rows = "编号 | 措施类型 | 严重度 | 批准人 | 批准日期 | 批准结论 | 开始日期\n" + "\n".join(
        f"GJ-0{n} | 纠正 | 一般 | 样例甲 | 2026-05-{n + 10} | 同意 | 2026-0{n}-20" for n in (4, 5)
    )
    problems = checked(rows, excuses=PERIOD.format("", "AP06", "2026-04", "样例质")).problems
    assert [(p.number, p.severity.value) for p in problems if p.rule == "AP06"] == [("GJ-04", "info")]


BEGUN = """
    编号  | 登记日期   | 措施类型 | 严重度 | 完成期限   | 批准结论 | 开始日期
    GJ-01 | 2026-03-02 | 纠正     | 一般   | 2026-07-31 |          | 2026-04-20
"""


def excused_on(day, rule="AP06"):
    """The weight of AP06 and what stands behind its message, with an exception signed on that day."""
    found = checked(BEGUN, excuses=EXCUSE.format(rule, "样例质", day)).problems
    return next((p.severity.value, p.message.partition("（情况说明")[2]) for p in found if p.rule == rule)


def test_nobody_accepts_a_deed_before_it_was_done():
    assert excused_on("2026-04-19") == ("error", " 2026-04-19 早于 2026-04-20，不作数）")
    assert excused_on("2026-04-20")[0] == "info"
    assert excused_on("2026-04-21")[0] == "info"


def test_nobody_accepts_anything_of_an_action_that_is_not_registered_yet():
    """PL05 stands in no day of its own, and a deadline of the future is no deed (PL20)."""
    rows = BEGUN.replace("开始日期", "改进目标 | 措施内容").replace("2026-04-20", " | 改路由")

    def weight(day):
        problems = checked(rows, excuses=EXCUSE.format("PL05", "样例质", day)).problems
        return next(p.severity.value for p in problems if p.rule == "PL05")

    assert [weight(f"2026-03-0{day}") for day in (1, 2, 3)] == ["warning", "info", "info"]
    far = BEGUN.replace("2026-07-31", "2027-07-30")
    problems = checked(far, excuses=EXCUSE.format("PL21", "样例质", "2026-05-04")).problems
    assert [p.severity.value for p in problems if p.rule == "PL21"] == ["info"]


def test_an_entry_for_a_period_is_no_use_to_the_owner_of_the_row_it_would_cover():
    rows = "编号 | 责任人 | 措施类型 | 严重度 | 开始日期\nGJ-01 | 样例质 | 纠正 | 一般 | 2026-04-20"
    columns = rows.replace("开始日期", "批准结论 | 开始日期").replace("2026-04-20", " | 2026-04-20")
    problems = checked(columns, excuses=PERIOD.format("", "AP06", "2026-04", "样例质")).problems
    assert [p.severity.value for p in problems if p.rule == "AP06"] == ["error"]
