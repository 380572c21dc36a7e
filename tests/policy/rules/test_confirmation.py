from capa_xl.model.figures import RuleFigures
from tests.policy.rules.struck import PEOPLE, problem, struck


def test_the_head_of_the_owning_department_confirms():
    rows = """
        编号  | 归口部门 | 确认人 | 确认日期   | 效果结论
        GJ-01 | 服务台   | 样例工 | 2026-05-20 | 有效
        GJ-02 | 服务台   | 样例甲 | 2026-05-20 | 有效
        GJ-03 | 网络部   | 样例甲 | 2026-05-20 |
    """
    assert struck("EF01", rows) == ["W C2", "E C4"]
    assert "「服务台」是「样例甲」，确认人是「样例工」" in problem("EF01", rows).message
    assert struck("EF01", rows, people=PEOPLE.replace("部门经理", "员工    ")) == []


def test_confirming_before_the_observation_period_is_over():
    assert struck("EF02", """
        编号  | 严重度 | 实际完成日期 | 确认日期   | 效果结论
        GJ-01 | 一般   | 2026-04-01   | 2026-04-30 | 有效
        GJ-02 | 一般   | 2026-04-01   | 2026-05-01 | 有效
    """) == ["W D2"]  # fmt: skip


def test_confirming_without_inspection_is_reported_where_the_inspection_is_blank():
    assert struck("EF03", """
        编号  | 实际完成日期 | 检查日期   | 确认人
        GJ-01 | 2026-03-02   |            | 李四
        GJ-02 | 2026-03-02   | 2026-03-05 | 李四
    """) == ["E C2"]  # fmt: skip


def test_a_failed_inspection_is_no_ground_to_confirm():
    rows = """
        编号  | 实际完成日期 | 检查日期   | 检查结论 | 确认人 | 是否涉及文件修订
        GJ-01 | 2026-03-02   | 2026-03-05 | 不合格   | 李四   |
        GJ-02 | 2026-03-02   | 2026-03-05 | 合格     | 李四   |
    """
    assert struck("EF03", rows) == ["E E2"]
    assert problem("EF03", rows).message == "未检查合格即确认：检查结论为「不合格」，确认人 李四"


def test_both_conclusions_are_written():
    assert struck("EF04", """
        编号  | 确认人 | 确认日期   | 执行情况结论 | 效果结论 | 归档日期
        GJ-01 | 样例甲 | 2026-05-20 | 已落实       |          |
        GJ-02 | 样例甲 | 2026-05-20 |              | 有效     | 2026-05-25
        GJ-03 | 样例甲 | 2026-05-20 | 已落实       | 有效     | 2026-05-25
    """) == ["W E2", "E D3"]  # fmt: skip


def test_a_conclusion_without_its_day_is_told_in_a_table_without_the_execution_too():
    assert struck("EF04", """
        编号  | 确认人 | 确认日期   | 效果结论
        GJ-01 | 样例甲 |            | 无效
        GJ-02 | 样例甲 | 2026-05-20 | 有效
    """) == ["W C2"]  # fmt: skip


def test_an_ineffective_measure_needs_a_follow_up():
    assert struck("EF05", """
        编号  | 确认日期   | 效果结论 | 后续编号
        GJ-01 | 2026-05-20 | 无效     |
        GJ-02 | 2026-05-20 | 无效     | GJ-01
        GJ-03 | 2026-05-20 | 部分有效 |
        GJ-04 | 2026-05-12 | 部分有效 |
        GJ-05 | 2026-05-12 | 有效     |
    """) == ["E D2", "W D4", "E D5"]  # fmt: skip


def test_a_later_round_settles_a_partly_effective_measure():
    rows = "编号 | 确认日期 | 效果结论 | 后续编号\nGJ-01 | 2026-04-12 | 部分有效 |"
    rounds = "编号 | 轮次 | 结论 | 确认日期\nGJ-01 | 2 | {} | 2026-05-28"
    assert struck("EF05", rows, confirmations=rounds.format("有效")) == []
    assert struck("EF05", rows, confirmations=rounds.format("无效")) == ["E D2"]


def test_effective_though_the_target_is_missed_in_either_direction():
    assert struck("EF06", """
        编号  | 现值 | 目标值 | 实际值 | 效果结论
        GJ-01 | 12   | 3      | 4      | 有效
        GJ-02 | 12   | 3      | 3      | 有效
        GJ-03 | 80   | 95     | 94     | 有效
        GJ-04 | 80   | 95     | 96     | 有效
        GJ-05 | 12   | 3      | 9      | 部分有效
    """) == ["W D2", "W D4"]  # fmt: skip


def test_an_effective_measure_whose_problem_came_back():
    rows = """
        编号  | 登记日期   | 前次编号 | 所属过程 | 问题类别 | 原因类别 | 实际完成日期 | 效果结论
        GJ-01 | 2026-01-05 |          | 事件     | 响应超时 | 法       | 2026-02-02   | 有效
        GJ-02 | 2026-01-05 |          | 变更     | 服务中断 | 人       | 2026-02-02   | 有效
        GJ-03 | 2026-05-04 | GJ-01    | 事件     | 响应超时 | 机       |              |
        GJ-04 | 2026-05-05 |          | 变更     | 服务中断 | 人       |              |
        GJ-05 | 2026-01-05 |          | 网络     | 服务中断 | 人       | 2026-02-02   | 有效
    """
    assert struck("EF07", rows) == ["W H2", "I H3"]
    assert problem("EF07", rows).message == "确认有效后又发生同类问题：GJ-03"
    assert problem("EF07", rows).fix == "重新评价效果"


def test_what_the_figures_cannot_prove_is_a_note():
    rows = "编号 | 效果结论\nGJ-01 | 有效\nGJ-02 | 有效"
    figures = RuleFigures(insufficient={"GJ-01": "4 次/12 月 → 0 次/3 月，p=0.41"})
    assert struck("EF08", rows, figures=figures) == ["I B2"]
    assert struck("EF08", rows) == "未启用"


def test_nobody_confirms_his_own_measure():
    assert struck("EF09", """
        编号  | 责任人 | 确认人
        GJ-01 | 样例甲 | 样例甲
        GJ-02 | 样例工 | 样例甲
    """) == ["W C2"]  # fmt: skip


def test_the_confirmation_follows_inspection_and_completion():
    rows = """
        编号  | 实际完成日期 | 检查日期   | 确认日期
        GJ-01 | 2026-05-04   | 2026-05-20 | 2026-05-19
        GJ-02 | 2026-05-20   |            | 2026-05-19
        GJ-03 | 2026-05-04   | 2026-05-20 | 2026-05-20
    """
    assert struck("EF10", rows) == ["E D2", "E D3"]
    assert problem("EF10", rows).message == "确认早于检查日期 2026-05-20：确认日期 2026-05-19"


def test_a_round_of_its_own_sheet_is_judged_there():
    rows = "编号 | 实际完成日期 | 检查日期\nGJ-01 | 2026-05-04 | 2026-05-20"
    rounds = "编号 | 轮次 | 结论 | 确认日期\nGJ-01 | 1 | 有效 | 2026-05-19"
    assert struck("EF10", rows, confirmations=rounds) == ["E 效果确认!D2"]


def test_what_was_not_done_cannot_work():
    assert struck("EF11", """
        编号  | 执行情况结论 | 效果结论
        GJ-01 | 未落实       | 有效
        GJ-02 | 未落实       | 无效
        GJ-03 | 部分         | 有效
    """) == ["E C2"]  # fmt: skip


def test_a_major_measure_shows_what_its_effect_rests_on():
    rounds = "编号 | 结论 | 确认日期 | 依据\nGJ-03 | 有效 | 2026-05-19 | 抽查 10 单"
    assert struck("EF12", """
        编号  | 严重度 | 实际值 | 确认日期   | 效果结论
        GJ-01 | 重大   |        | 2026-05-19 | 有效
        GJ-02 | 重大   | 0.8    | 2026-05-19 | 有效
        GJ-03 | 重大   |        |            |
        GJ-04 | 一般   |        | 2026-05-19 | 有效
    """, confirmations=rounds) == ["W C2"]  # fmt: skip


def contradicted(row, rounds):
    rows = "编号 | 确认日期 | 效果结论\nGJ-01 | " + row
    sheet = "编号 | 轮次 | 确认日期 | 结论\n" + "\n".join(f"GJ-01 | {line}" for line in rounds)
    return struck("EF13", rows, confirmations=sheet)


def test_two_places_that_contradict_on_one_day_are_said_and_a_later_one_supersedes_in_silence():
    assert contradicted("2026-05-19 | 有效", ["1 | 2026-05-18 | 无效"]) == []
    assert contradicted("2026-05-19 | 有效", ["1 | 2026-05-19 | 无效"]) == ["W C2"]
    assert contradicted("2026-05-19 | 有效", ["1 | 2026-05-20 | 无效"]) == []
    assert contradicted("2026-05-19 | 有效", ["1 | 2026-05-19 | 有效"]) == []
    assert contradicted(" | ", ["1 | 2026-05-19 | 无效", "2 | 2026-05-19 | 有效"]) == ["W 效果确认!D2"]


def test_a_place_without_a_day_contradicts_whatever_counts():
    assert contradicted("2026-05-19 | 有效", ["1 |  | 无效"]) == ["W 效果确认!D2"]
    assert contradicted(" | 有效", ["1 | 2026-05-19 | 无效"]) == ["W C2"]
    assert contradicted(" | 有效", ["1 |  | 无效"]) == ["W C2"]
    assert contradicted(" | 有效", ["1 |  | 有效"]) == []
    assert contradicted("2026-05-19 | 有效", ["1 | 2026-05-18 | 无效", "2 | 2026-05-20 | "]) == []


def test_a_contradiction_names_both_places():
    rows = "编号 | 确认日期 | 效果结论\nGJ-01 | 2026-05-19 | 有效"
    rounds = "编号 | 轮次 | 确认日期 | 结论\nGJ-01 | 1 | 2026-05-19 | 无效"
    assert problem("EF13", rows, confirmations=rounds).message == (
        "结论不一致：跟踪表结论「有效」（2026-05-19）与《效果确认》第 1 轮结论「无效」（2026-05-19），以后者为准"
    )


def test_a_follow_up_names_another_living_row():
    assert struck("EF05", """
        编号  | 确认日期   | 效果结论 | 后续编号    | 取消日期   | 取消原因 | 取消批准人
        GJ-01 | 2026-05-20 | 无效     | GJ-01       |            |          |
        GJ-02 | 2026-05-20 | 无效     | GJ-09       |            |          |
        GJ-03 | 2026-05-20 | 无效     | GJ-05       |            |          |
        GJ-04 | 2026-05-20 | 无效     | GJ-09、GJ-03 |            |          |
        GJ-05 |            |          |             | 2026-05-21 | 合并     | 样例甲
    """) == ["E D2", "E D3", "E D4"]  # fmt: skip


def test_effective_on_another_indicator_leaves_the_target_unjudged():
    rows = "编号 | 效果指标\nGJ-01 | 超时率\nGJ-02 | 超时率\nGJ-03 | 超时率\nGJ-04 |"
    assert struck("EF14", rows, confirmations="""
        编号  | 轮次 | 指标   | 结论 | 确认日期
        GJ-01 | 1    | 投诉数 | 有效 | 2026-05-04
        GJ-02 | 1    | 超时率 | 有效 | 2026-05-04
        GJ-03 | 1    | 投诉数 | 无效 | 2026-05-04
        GJ-04 | 1    | 投诉数 | 有效 | 2026-05-04
    """) == ["W 效果确认!C2"]  # fmt: skip
