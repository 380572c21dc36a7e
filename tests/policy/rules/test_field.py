from capa_xl.model.problem import Severity
from tests.policy.rules.struck import checked, met, problem, struck


def test_a_cause_that_repeats_the_problem_says_nothing():
    assert struck("FD12", """
        编号  | 问题描述         | 原因分析
        GJ-01 | 夜间告警无人响应 | 夜间告警，无人响应。
        GJ-02 | 夜间告警无人响应 | 告警只发公共邮箱
    """) == ["W C2"]  # fmt: skip


FUTURE = """
    编号  | 登记日期   | 批准日期   | 检查日期
    GJ-01 | 2026-05-01 | 2026-06-02 | 2026-05-20
    GJ-02 | 2026-05-01 | 2026-06-01 | 2026-07-01
"""


def test_facts_dated_after_today_are_reported_though_they_read_as_blank():
    assert struck("FD14", FUTURE) == ["E C2", "E D3"]
    assert "「2026-06-02」还没有到（按 2026-06-01 计算）" in problem("FD14", FUTURE).message


def test_a_rehearsal_of_a_past_day_calls_nothing_future_that_today_has_seen():
    assert struck("FD14", FUTURE, on="2026-06-01", today="2026-06-30") == ["E D3"]


def test_a_view_of_a_past_day_says_the_same_whichever_day_it_is_made():
    said = {problem("FD14", FUTURE, on="2026-06-01", today=day).message for day in ("2026-06-02", "2026-06-30")}
    assert said == {"检查日期「2026-07-01」还没有到（按 2026-06-01 计算）"}


def test_a_future_fact_on_a_child_sheet_is_reported_there():
    assert struck("FD14", FUTURE, today="2026-07-01", revisions="""
        编号  | 文件编号 | 提出日期   | 修订完成日期
        GJ-01 | SYS-01   | 2026-05-01 | 2026-07-02
    """) == ["E 文件修订!D2"]  # fmt: skip


COPIED = "告警只发公共邮箱，夜间没有人看到"


def test_three_rows_with_the_same_cause_are_alike_and_two_are_not():
    rows = f"""
        编号  | 原因分析
        GJ-01 | {COPIED}
        GJ-02 | {COPIED}。
    """
    assert struck("FD15", rows) == []
    assert struck("FD15", rows + f"        GJ-03 | {COPIED}\n") == ["W B2", "W B3", "W B4"]


def test_correction_without_containment_weighs_more_when_major():
    assert struck("FD18", """
        编号  | 措施类型 | 严重度 | 临时处置
        GJ-01 | 纠正     | 重大   |
        GJ-02 | 纠正     | 一般   |
        GJ-03 | 纠正     | 重大   | 6/8 起夜间人工轮询
        GJ-04 | 预防     | 重大   |
    """) == ["W D2", "I D3"]  # fmt: skip


def test_of_ten_rows_with_the_same_cause_five_are_named_and_all_counted():
    rows = "编号 | 原因分析\n" + "".join(f"GJ-{n:02d} | {COPIED}\n" for n in range(1, 11))
    assert "GJ-02、GJ-03、GJ-04、GJ-05、GJ-06 等 9 项" in problem("FD15", rows).message


def test_a_text_longer_than_any_row_shows_is_mentioned_wherever_it_stands():
    long, shorter = "长" * 2000, "长" * 1999
    rows = f"编号 | 问题描述 | 实施情况\nGJ-01 | {shorter} | {long}"
    steps = f"编号 | 步骤号 | 步骤内容\nGJ-01 | 1 | {long}"
    assert struck("FD24", rows, steps=steps) == ["I 措施分解!C2", "I C2"]
    assert problem("FD24", rows).message.startswith("实施情况有 1 格写得很长（最长 2,000 字），")
    twice = f"{rows}\nGJ-02 | 短 | {long}长"
    assert struck("FD24", twice) == ["I C2"], "one line a column"
    assert problem("FD24", twice).message.startswith("实施情况有 2 格写得很长（最长 2,001 字），")


def test_a_value_that_an_open_list_lacks_may_be_added_to_it():
    def fixes(severity):
        strange = met("FD04", "B2", "GJ-01", 2, severity=severity, c="问题类别", v="流程执行")
        found = checked("编号 | 问题类别\nGJ-01 | 流程执行", remarks=[strange]).problems
        return [one.fix for one in found if one.rule == "FD04"]

    assert fixes(Severity.INFO) == ["改成允许的值；或在《字典》加上这个值"]
    assert fixes(None) == ["改成允许的值"]
