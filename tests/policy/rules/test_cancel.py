from tests.policy.rules.struck import problem, struck


def test_a_cancellation_has_three_parts():
    assert struck("CX01", """
        编号  | 取消日期   | 取消原因 | 取消批准人
        GJ-01 | 2026-05-20 | 合同到期 |
        GJ-02 | 2026-05-20 | 合同到期 | 样例总
        GJ-03 |            |          |
        GJ-04 |            | 合同到期 | 样例总
    """) == ["E D2", "E B5"]  # fmt: skip


def test_a_cancellation_is_approved_as_high_as_the_route_and_before_the_due_date():
    rows = """
        编号  | 措施类型 | 严重度 | 完成期限   | 取消日期   | 取消批准人
        GJ-01 | 预防     | 一般   | 2026-06-30 | 2026-05-20 | 样例甲
        GJ-02 | 纠正     | 一般   | 2026-06-30 | 2026-05-20 | 样例甲
        GJ-03 | 预防     | 一般   | 2026-05-19 | 2026-05-20 | 样例总
        GJ-04 | 纠正     | 一般   | 2026-06-30 | 2026-05-20 | 样例工
    """
    assert struck("CX02", rows) == ["W F2", "W E4", "W F5"]
    assert problem("CX02", rows).message == "取消的批准层级不足：「样例甲」不具备「总经理」角色"


def test_what_was_closed_cannot_be_cancelled_and_what_was_done_in_time_is_not_late():
    """The second was completed in time and is still observed; the third let its deadline pass."""
    rows = """
        编号  | 措施类型 | 严重度 | 完成期限   | 实际完成日期 | 确认日期   | 效果结论 | 取消日期   | 取消批准人
        GJ-01 | 纠正     | 一般   | 2026-02-28 | 2026-02-24   | 2026-04-28 | 有效     | 2026-05-19 | 样例甲
        GJ-02 | 纠正     | 一般   | 2026-04-30 | 2026-04-24   |            |          | 2026-05-19 | 样例甲
        GJ-03 | 纠正     | 一般   | 2026-04-30 | 2026-05-04   |            |          | 2026-05-19 | 样例甲
    """
    assert struck("CX03", rows) == ["E H2"]
    assert problem("CX03", rows).message == "已关闭（2026-04-28）的项不能取消，现在按取消算，不出定稿"
    assert struck("CX02", rows) == ["W H4"]


def test_what_was_carried_out_is_inspected_and_confirmed_rather_than_cancelled():
    """The second was inspected 不合格: its work isn't done. The third was never completed; the fourth is closed."""
    rows = """
        编号  | 实际完成日期 | 检查日期   | 检查结论 | 确认日期   | 效果结论 | 取消日期
        GJ-01 | 2026-04-24   |            |          |            |          | 2026-05-19
        GJ-02 | 2026-04-24   | 2026-04-28 | 不合格   |            |          | 2026-05-19
        GJ-03 |              |            |          |            |          | 2026-05-19
        GJ-04 | 2026-04-24   | 2026-04-28 | 合格     | 2026-05-10 | 有效     | 2026-05-19
        GJ-05 | 2026-04-24   | 2026-04-28 | 合格     | 2026-05-10 | 无效     | 2026-05-19
    """
    assert struck("CX04", rows) == ["W G2", "W G6"]
    assert problem("CX04", rows).message == "2026-04-24 已完成，取消（2026-05-19）以后就没有检查和效果确认了"
    assert struck("CX03", rows) == ["E G5"]


def test_everything_on_one_day_looks_written_up_at_once():
    assert struck("XX01", """
        编号  | 登记日期   | 批准日期   | 实际完成日期 | 检查日期   | 确认日期
        GJ-01 | 2026-05-20 | 2026-05-20 | 2026-05-20   | 2026-05-20 | 2026-05-20
        GJ-02 | 2026-05-20 | 2026-05-20 | 2026-05-20   | 2026-05-20 | 2026-05-21
    """) == ["I F2"]  # fmt: skip
