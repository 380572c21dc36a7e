"""Nothing is approved, answered or excused before it was there: the day before, the day itself, the day after."""

from tests.policy.rules.struck import problem, struck

ACTION = "编号 | 登记日期\nGJ-01 | 2026-05-06"


def days(table, sheet, key, *, tracker=ACTION):
    """Where AP16 strikes with the deed on 2026-05-05, -06 and -07."""
    return [struck("AP16", tracker, **{sheet: table.format(f"2026-05-{day}")}) for day in ("05", "06", "07")] == [
        [f"W {key}"], [], []
    ]  # fmt: skip


def test_an_extension_is_approved_after_it_was_asked_for():
    table = "编号 | 申请日期 | 批准日期 | 结论\nGJ-01 | 2026-05-06 | {} | 同意"
    assert days(table, "extensions", "延期记录!C2", tracker="编号\nGJ-01")
    told = problem("AP16", "编号\nGJ-01", extensions=table.format("2026-05-05"))
    assert told.message == "批准日期 2026-05-05 早于申请日期 2026-05-06：那时还没有可批准的事"


def test_an_extension_is_approved_after_its_action_was_registered():
    assert days("编号 | 批准日期 | 结论\nGJ-01 | {} | 同意", "extensions", "延期记录!B2")


def test_a_plan_is_approved_after_it_was_written():
    assert days("计划编号 | 编制日期 | 批准日期\nJH-01 | 2026-05-06 | {}", "plans", "计划!C2")


def test_a_revision_is_approved_after_it_was_proposed():
    assert days("编号 | 提出日期 | 批准日期\nGJ-01 | 2026-05-06 | {}", "revisions", "文件修订!C2")


def test_a_need_is_evaluated_and_answered_after_it_was_registered():
    assert days("登记编号 | 登记日期 | 评估日期\nXQ-01 | 2026-05-06 | {}", "needs", "问题需求登记!C2")
    assert days("登记编号 | 登记日期 | 回复日期\nXQ-01 | 2026-05-06 | {}", "needs", "问题需求登记!C2")


def test_feedback_is_answered_after_it_was_given():
    assert days("编号 | 日期 | 处理日期\nGJ-01 | 2026-05-06 | {}", "progress", "进展反馈!C2")


def test_a_mistake_is_put_right_after_the_action_was_registered():
    assert days("编号 | 类型 | 日期\nGJ-01 | 更正 | {}", "corrections", "更正记录!C2")


def test_an_exception_is_signed_after_each_action_that_it_names_was_registered():
    table = "编号 | 规则 | 确认人 | 日期\nGJ-01、GJ-02 | AP06 | 样例质 | {}"
    assert days(table, "excuses", "例外说明!D2")
    assert days(table, "excuses", "例外说明!D2", tracker="编号 | 登记日期\nGJ-01 | 2026-01-05\nGJ-02 | 2026-05-06")


def test_nothing_is_cancelled_before_it_was_registered():
    rows = "编号 | 登记日期 | 取消日期 | 取消原因 | 取消批准人\nGJ-01 | 2026-05-06 | {} | 不再需要 | 样例总"
    assert [struck("AP16", rows.format(f"2026-05-{day}")) for day in ("05", "06", "07")] == [["W C2"], [], []]


REVIEWED = "编号 | 登记日期 | 来源 | 管理评审编号\nGJ-01 | 2026-05-06 | {} | PS-01"


def test_a_review_agrees_to_no_action_that_was_not_there_yet():
    review = "评审编号 | 日期 | 相关编号 | 结论\nPS-01 | {} | GJ-01 | 同意"
    assert days(review, "decisions", "D2", tracker=REVIEWED.format("内部审核"))
    told = problem("AP16", REVIEWED.format("内部审核"), decisions=review.format("2026-05-05"))
    assert told.message.startswith("评审PS-01的日期 2026-05-05 早于本项的登记日期 2026-05-06")


def test_an_action_that_carries_out_what_a_review_decided_comes_after_it():
    born = "评审编号 | 日期 | 跟踪表编号 | 结论\nPS-01 | 2026-05-04 | GJ-01 | 同意"
    assert struck("AP16", REVIEWED.format("内部审核"), decisions=born) == []
    general = "评审编号 | 日期 | 结论\nPS-01 | 2026-05-04 | 同意"
    assert struck("AP16", REVIEWED.format("管理评审"), decisions=general) == []


def test_blank_dates_contradict_nothing():
    assert struck("AP16", ACTION, extensions="编号 | 申请日期 | 批准日期\nGJ-01 | 2026-05-06 | ") == []
    assert struck("AP16", "编号 | 登记日期\nGJ-01 | ", excuses="编号 | 规则 | 日期\nGJ-01 | AP06 | 2020-01-01") == []
