from datetime import date

import pytest

from capa_xl.model.journal import JournalView
from capa_xl.model.procedure import Procedure
from tests.policy.rules.struck import LETTERS, PEOPLE, problem, struck


def test_a_completion_lies_not_in_the_future_and_not_before_the_start():
    rows = """
        编号  | 开始日期   | 实际完成日期
        GJ-01 | 2026-05-04 | 2026-06-02
        GJ-02 | 2026-05-04 | 2026-05-03
        GJ-03 | 2026-05-04 | 2026-05-04
    """
    assert struck("DO01", rows) == ["E C2"]
    assert struck("DO01", rows, today="2026-06-02") == []
    assert struck("DO02", rows) == ["E C3"]


def test_a_completion_lies_not_before_the_registration():
    rows = """
        编号  | 登记日期   | 实际完成日期
        GJ-01 | 2026-05-04 | 2026-05-03
        GJ-02 | 2026-05-04 | 2026-05-04
        GJ-03 |            | 2026-05-03
    """
    assert struck("DO16", rows) == ["W C2"]


def test_a_completion_that_was_taken_back_is_held_against_its_row_too():
    """The cell of a row begun anew holds what somebody wrote since, or what stood there before."""
    given = {
        "people": PEOPLE,
        "corrections": """
            编号  | 日期       | 类型 | 批准人 | 原因
            GJ-01 | 2026-05-20 | 重开 | 样例质 | 复发
            GJ-02 | 2026-05-20 | 重开 | 样例质 | 复发
            GJ-03 | 2026-05-20 | 重开 | 样例质 | 复发
            GJ-04 | 2026-05-20 | 重开 | 样例质 | 复发
        """,
    }
    rows = """
        编号  | 登记日期   | 开始日期   | 实际完成日期
        GJ-01 | 2026-05-04 | 2026-05-06 | 2026-05-03
        GJ-02 | 2026-05-04 | 2026-05-06 | 2026-05-12
        GJ-03 | 2026-05-04 | 2026-05-20 | 2026-05-12
        GJ-04 | 2026-05-04 | 2026-05-22 | 2026-05-21
    """  # 03 begun anew that very day; 04 completed since, before it was begun
    assert struck("DO02", rows, **given) == ["E D2", "E D5"]
    assert struck("DO16", rows, **given) == ["W D2"]


def test_a_completion_is_proven_and_agrees_with_the_progress():
    rows = """
        编号  | 进度% | 实施情况 | 完成证据 | 实际完成日期
        GJ-01 | 100   | 已换     | 照片     | 2026-05-20
        GJ-02 | 90    | 已换     |          | 2026-05-20
        GJ-03 | 100   |          |          |
        GJ-04 | 60    |          |          |
    """
    assert struck("DO03", rows) == ["W D3"]
    assert struck("DO04", rows) == ["W B4"]


def test_the_progress_of_a_later_completion_is_no_contradiction():
    rows = "编号 | 进度% | 实际完成日期\nGJ-01 | 100 | 2026-06-20\nGJ-02 | 100 |"
    assert struck("DO04", rows, on="2026-06-01", today="2026-06-30") == ["W B3"]


def test_open_steps_contradict_a_completion():
    rows = "编号 | 实际完成日期\nGJ-01 | 2026-05-20\nGJ-02 | 2026-05-20"
    steps = "编号 | 步骤号 | 实际完成\nGJ-01 | 1 | 2026-05-19\nGJ-01 | 2 |\nGJ-02 | 1 | 2026-05-20"
    assert struck("DO05", rows, steps=steps) == ["W B2"]
    assert problem("DO05", rows, steps=steps).message == "仍有 1 个步骤未完成"


LONG_RUN = """
    编号  | 开始日期   | 实施情况
    GJ-01 | 2026-02-20 |
    GJ-02 | 2026-02-20 |
    GJ-03 | 2026-03-20 |
"""


def test_a_long_run_without_a_word_for_sixty_days():
    entries = "编号 | 日期 | 类型\nGJ-01 | 2026-04-01 | 进展\nGJ-02 | 2026-04-02 | 进展"
    assert struck("DO06", LONG_RUN, progress=entries) == ["I C2"]
    assert struck("DO06", LONG_RUN) == "未启用"


def test_a_change_the_journal_saw_breaks_the_silence():
    seen = JournalView(changed_on={"GJ-01": date(2026, 5, 20)})
    assert struck("DO06", LONG_RUN, journal=seen) == ["I C3"]


FEEDBACK = """
    编号  | 日期       | 类型     | 反馈对象 | 处理意见 | 处理日期   | 结论
    GJ-01 | 2026-05-20 | 问题     | 服务台   |          |            |
    GJ-01 | 2026-05-20 | 问题     | 服务台   | 换供方   | 2026-05-21 |
    GJ-01 | 2026-05-26 | 问题     | 服务台   |          |            |
    GJ-01 | 2026-05-20 | 资源申请 | 总经理   |          |            |
    GJ-01 | 2026-05-20 | 资源申请 | 总经理   |          | 2026-05-22 | 同意
    GJ-01 | 2026-05-20 | 资源申请 | 样例乙   |          |            |
"""


def test_feedback_and_requests_are_answered_within_five_working_days():
    rows = "编号 | 责任部门\nGJ-01 | 服务台"
    assert struck("DO07", rows, progress=FEEDBACK) == ["W 进展反馈!E2"]
    assert struck("DO12", rows, progress=FEEDBACK) == ["W 进展反馈!G5"]
    assert struck("DO07", rows, progress=FEEDBACK, on="2026-05-27") == []


EXTENDED = """
    编号  | 申请日期   | 原期限     | 新期限     | 批准日期   | 结论
    GJ-01 | 2026-05-06 | 2026-05-20 | 2026-06-20 | 2026-05-08 | 同意
    GJ-02 | 2026-05-06 | 2026-05-20 | 2026-06-20 | 2026-05-08 | 不同意
    GJ-03 | 2026-05-06 | 2026-05-20 | 2026-06-20 | 2026-05-08 | 同意
"""


def test_a_due_date_moves_only_with_an_approved_extension():
    rows = """
        编号  | 完成期限   | 原完成期限
        GJ-01 | 2026-06-20 | 2026-05-20
        GJ-02 | 2026-06-20 |
        GJ-03 | 2026-05-20 |
        GJ-04 | 2026-06-20 | 2026-05-20
        GJ-05 | 2026-06-20 |
    """
    assert struck("DO08", rows, extensions=EXTENDED) == ["E B3", "E B5"]
    assert struck("DO11", rows, extensions=EXTENDED) == ["E B4"]
    assert problem("DO11", rows, extensions=EXTENDED).message == "延期已批准为 2026-06-20，完成期限仍为 2026-05-20"


def test_the_journal_remembers_the_date_that_was_approved():
    rows = "编号 | 完成期限 | 批准结论\nGJ-01 | 2026-06-20 | 同意\nGJ-02 | 2026-06-20 |"
    seen = JournalView(first_due={"GJ-01": date(2026, 5, 20), "GJ-02": date(2026, 5, 20)})
    assert struck("DO08", rows, journal=seen) == ["E B2"]
    assert struck("DO08", rows) == "未启用"


def test_a_review_and_a_plan_approve_the_deadline_that_they_find():
    """批准三格 stay blank where a review or a plan agreed: what is moved after its day wants a record all the same."""
    rows = """
        编号  | 措施类型 | 严重度 | 登记日期   | 完成期限   | 管理评审编号 | 计划编号 | 批准结论
        GJ-01 | 纠正     | 重大   | 2026-03-02 | 2026-06-20 | GLPS-01      |          |
        GJ-02 | 纠正     | 重大   | 2026-03-02 | 2026-06-20 |              |          |
        GJ-03 | 纠正     | 重大   | 2026-03-02 | 2026-07-20 | GLPS-01      |          |
        GJ-04 | 改进     | 一般   | 2026-03-02 | 2026-06-20 |              | JH-01    |
        GJ-05 | 纠正     | 重大   | 2026-03-02 | 2026-06-20 | GLPS-02      |          |
    """
    decisions = "评审编号 | 日期 | 结论\nGLPS-01 | 2026-04-16 | 同意\nGLPS-02 | 2026-04-16 | 不同意"
    plans = "计划编号 | 版本 | 批准日期 | 批准结论\nJH-01 | 1 | 2026-03-10 | 同意"
    later, before = date(2026, 6, 20), date(2026, 7, 20)
    seen = {(f"GJ-0{at}", later): date(2026, 5, 4) for at in range(1, 6)} | {("GJ-03", before): date(2026, 4, 2)}
    first = {f"GJ-0{at}": date(2026, 5, 20) for at in range(1, 6)}
    given = {"decisions": decisions, "plans": plans, "journal": JournalView(first_due=first, first_seen=seen)}
    assert struck("DO08", rows, **given) == ["E E2", "E E5"]
    records = "编号 | 申请日期 | 新期限 | 批准日期 | 结论\nGJ-01 | 2026-04-20 | 2026-06-20 | 2026-04-22 | 同意"
    assert struck("DO08", rows, extensions=records, **given) == ["E E5"]


def test_deadlines_moved_before_the_table_was_taken_over_are_told_once():
    rows = """
        编号 | 登记日期   | 完成期限   | 原完成期限
        A-1  |            | 2026-06-20 | 2026-05-20
        A-2  | 2026-03-01 | 2026-06-20 | 2026-05-20
        A-3  | 2026-06-03 | 2026-06-20 | 2026-05-20
        A-4  |            | 2026-07-20 | 2026-05-20
        A-5  |            | 2026-06-20 | 2026-05-20
    """
    first, later, moved = date(2026, 6, 20), date(2026, 7, 20), date(2026, 6, 9)
    seen = {(number, first): date(2026, 6, 2) for number in ("A-1", "A-2", "A-3", "A-4")}
    journal = JournalView(first_seen=seen | {("A-4", later): moved, ("A-5", first): moved})
    taken = {"journal": journal, "procedure": Procedure(taken_over_on=date(2026, 6, 1)), "on": "2026-06-10"}
    assert struck("DO08", rows, **taken) == ["I C2", "E C4", "E C5", "E C6"]
    told = problem("DO08", rows, **{**taken, "journal": JournalView()})
    assert told.message == "接管以前改过期限、没有延期记录的 4 行：A-1、A-2、A-4、A-5"
    assert told.fix.startswith("这 4 行不用补记；以后改期先在《延期记录》申请，批准后再改期限")
    assert struck("DO08", rows, journal=journal, on="2026-06-10") == ["E C2", "E C3", "E C4", "E C5", "E C6"]


@pytest.mark.parametrize(
    ("request_since", "due", "found"),
    [
        ("2026-06-20 | 2026-08-20 |            |", "2026-06-20", ([], ["I C2"])),  # from the deadline as it stands
        ("2026-06-20 | 2026-08-20 | 2026-06-10 | 不同意", "2026-06-20", ([], ["I C2"])),
        ("2026-06-20 | 2026-08-20 | 2026-06-10 | 同意", "2026-08-20", ([], [])),
        ("2026-05-20 | 2026-08-20 |            |", "2026-06-20", ([], ["E C2"])),
    ],
)
def test_the_first_request_since_the_take_over_begins_with_the_deadline_that_was_taken_over(request_since, due, found):
    rows = f"编号 | 登记日期 | 完成期限 | 原完成期限\nA-1 | 2026-03-01 | {due} | 2026-05-20"
    asked = "编号 | 申请日期 | 原期限 | 新期限 | 批准日期 | 结论\nA-1 | 2026-06-09 | " + request_since
    journal = JournalView(first_due={"A-1": date(2026, 6, 20)})
    taken = {"journal": journal, "procedure": Procedure(taken_over_on=date(2026, 6, 1)), "on": "2026-06-10"}
    assert tuple(struck(rule, rows, extensions=asked, **taken) for rule in ("DO13", "DO08")) == found


def test_an_extension_made_before_the_take_over_stays_a_hint_before_the_first_run_and_after_any_row_that_comes():
    rows = """
        编号 | 登记日期   | 完成期限   | 原完成期限
        A-1  |            | 2026-06-20 | 2026-05-20
        A-2  | 2026-03-01 | 2026-06-25 | 2026-05-20
        A-9  | 2026-05-30 | 2026-07-10 |
    """
    taken = {"procedure": Procedure(taken_over_on=date(2026, 6, 1)), "on": "2026-06-10"}
    assert struck("DO08", rows, **taken) == ["I C2"]
    of_the_first_run = {"A-1": date(2026, 6, 20), "A-2": date(2026, 6, 25)}
    came_later = {("A-9", date(2026, 7, 10)): date(2026, 6, 5)}
    seen = JournalView(first_due={**of_the_first_run, "A-9": date(2026, 7, 10)}, first_seen=came_later)
    assert struck("DO08", rows, journal=seen, **taken) == ["I C2"]
    moved = JournalView(
        first_due={**of_the_first_run, "A-2": date(2026, 6, 15)},
        first_seen={**came_later, ("A-2", date(2026, 6, 25)): date(2026, 6, 5)},
    )
    assert struck("DO08", rows, journal=moved, **taken) == ["I C2", "E C3"]


def test_who_lost_the_sheet_of_approvals_is_not_told_to_put_the_old_date_back():
    rows = "编号 | 完成期限 | 批准结论\nGJ-01 | 2026-06-20 | 同意"
    first = {"GJ-01": date(2026, 5, 20)}
    lost = JournalView(first_due=first, columns=frozenset({"sheet:extensions"}))
    assert problem("DO08", rows, journal=lost).fix == "在《延期记录》登记并批准；先找回不见了的工作表《延期记录》"
    assert "，或恢复原期限 2026-05-20；没有工作表" in problem("DO08", rows, journal=JournalView(first_due=first)).fix


def test_extensions_follow_one_another_and_are_asked_in_time():
    rows = "编号 | 完成期限\nGJ-01 | 2026-08-20\nGJ-02 | 2026-06-20"
    chain = """
        编号  | 申请日期   | 原期限     | 新期限     | 批准日期   | 结论
        GJ-01 | 2026-05-06 | 2026-05-20 | 2026-06-20 | 2026-05-08 | 同意
        GJ-01 | 2026-06-21 | 2026-06-20 | 2026-07-20 | 2026-06-22 | 同意
        GJ-01 | 2026-07-06 | 2026-07-25 | 2026-08-20 | 2026-07-08 | 同意
        GJ-02 | 2026-05-06 | 2026-06-20 | 2026-06-20 | 2026-05-08 | 同意
    """
    assert struck("DO09", rows, extensions=chain, on="2026-08-01") == ["W B2"]
    done = "编号 | 完成期限 | 实际完成日期\nGJ-01 | 2026-08-20 | 2026-07-31"
    assert struck("DO09", done, extensions=chain, on="2026-08-01") == []  # nothing is left to be weighed
    assert struck("DO10", rows, extensions=chain, on="2026-08-01") == ["W 延期记录!B3"]
    assert struck("DO13", rows, extensions=chain, on="2026-08-01") == ["E 延期记录!C4", "E 延期记录!D5"]


@pytest.mark.parametrize(
    ("cells", "severity", "fix"),
    [
        (" |  |  | ", "W", "补 理由、批准人、批准日期、结论；理由写明为什么逾期才申请"),
        ("来料晚到 |  |  | ", "W", "补 批准人、批准日期、结论；理由写明为什么逾期才申请"),
        (" | 样例甲 | 2026-05-22 | 同意", "W", "补 理由；理由写明为什么逾期才申请"),
        ("来料晚到 | 样例甲 | 2026-05-22 | 同意", "I", "理由和 样例甲 的结论都有了，不用再处理"),
        ("来料晚到 | 样例甲 | 2026-05-22 | 不同意", "I", "理由和 样例甲 的结论都有了，不用再处理"),
    ],
)  # fmt: skip
def test_an_extension_asked_too_late_asks_only_for_what_it_lacks(cells, severity, fix):
    head = "编号 | 申请日期 | 原期限 | 新期限 | 理由 | 批准人 | 批准日期 | 结论"
    rows = f"{head}\nGJ-01 | 2026-05-21 | 2026-05-20 | 2026-08-20 | {cells}"
    found = problem("DO10", "编号 | 完成期限\nGJ-01 | 2026-08-20", extensions=rows)
    assert (LETTERS[found.severity], found.fix) == (severity, fix)


@pytest.mark.parametrize(
    ("asked", "hits"), [("2026-07-02", []), ("2026-06-30", ["W 延期记录!B2"])], ids=["since", "before"]
)
def test_the_new_date_of_an_action_begun_anew_is_asked_for_after_the_old_one(asked, hits):
    chain = f"编号 | 申请日期 | 原期限 | 新期限\nGJ-01 | {asked} | 2026-06-20 | 2026-08-20"
    anew = "编号 | 类型 | 原因 | 批准人 | 日期\nGJ-01 | 重开 | 误关闭 | 样例总 | 2026-07-01"
    rows = "编号 | 完成期限\nGJ-01 | 2026-08-20"
    assert struck("DO10", rows, extensions=chain, corrections=anew, on="2026-08-01") == hits


def test_a_rehearsed_past_day_knows_the_extension_that_led_to_todays_date():
    rows = "编号 | 完成期限 | 原完成期限\nGJ-01 | 2026-06-20 | 2026-05-20"
    assert struck("DO08", rows, extensions=EXTENDED, on="2026-05-07", today="2026-06-01") == []


def test_a_deadline_moved_forward_by_an_approved_record_is_no_fault_and_no_extension():
    rows = "编号 | 完成期限\nGJ-01 | 2026-05-10"
    forward = """
        编号  | 申请日期   | 原期限     | 新期限     | 批准日期   | 结论
        GJ-01 | 2026-04-06 | 2026-05-20 | 2026-06-20 | 2026-04-08 | 同意
        GJ-01 | 2026-04-20 | 2026-06-20 | 2026-05-10 | 2026-04-22 | 同意
    """
    for rule in ("DO08", "DO09", "DO11", "DO13"):
        assert struck(rule, rows, extensions=forward, on="2026-05-01") == []


def test_a_new_date_that_is_the_old_one_changes_nothing():
    rows = "编号 | 完成期限\nGJ-01 | 2026-05-20"
    for new, found in (("2026-05-19", []), ("2026-05-20", ["E 延期记录!D2"]), ("2026-05-21", [])):
        record = f"编号 | 申请日期 | 原期限 | 新期限 | 结论\nGJ-01 | 2026-05-06 | 2026-05-20 | {new} | 同意"
        assert struck("DO13", rows, extensions=record) == found


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ("2026-05-06 | 2026-05-20 | | 同意", ["E 延期记录!D2"]),
        ("2026-05-06 | 2026-05-20 | |", ["E 延期记录!D2"]),
        ("2026-05-06 | 2026-05-20 | | 不同意", []),
        ("| 2026-05-20 | |", []),  # nobody has asked yet
    ],
)
def test_an_extension_without_its_new_date_is_told(record, found):
    rows = "编号 | 完成期限\nGJ-01 | 2026-05-20"
    sheet = f"编号 | 申请日期 | 原期限 | 新期限 | 结论\nGJ-01 | {record}"
    assert struck("DO13", rows, extensions=sheet) == found


@pytest.mark.parametrize(
    ("signed", "due", "found", "told"),
    [
        ("样例甲 | | 同意", "2026-05-20", [["E 延期记录!F2"], []], "批准日期"),
        ("| 2026-05-07 | 同意", "2026-05-20", [["E 延期记录!E2"], []], "批准人"),
        ("| | 同意", "2026-05-20", [["E 延期记录!E2"], []], "批准人、批准日期"),
        ("样例甲 | | 同意", "2026-06-20", [[], ["E 延期记录!F2"]], "批准日期"),
        ("样例甲 | 2026-05-07 | 同意", "2026-05-20", [["E C2"], []], ""),
        ("样例甲 | | 不同意", "2026-05-20", [["E 延期记录!F2"], []], "批准日期"),
        ("| | 不同意", "2026-06-20", [["E 延期记录!E2"], ["E C2"]], "批准人、批准日期"),
        ("样例甲 | |", "2026-05-20", [[], []], ""),
    ],
)
def test_an_extension_that_nobody_signed_is_told_at_its_blank_cell_and_moves_nothing(signed, due, found, told):
    """Once DO11 asked to carry the day over and DO08 to take it back, where the signature alone was lacking."""
    rows = f"编号 | 原完成期限 | 完成期限\nGJ-01 | 2026-05-20 | {due}"
    record = "编号 | 申请日期 | 原期限 | 新期限 | 批准人 | 批准日期 | 结论\n"
    record += f"GJ-01 | 2026-05-06 | 2026-05-20 | 2026-06-20 | {signed}"
    assert [struck(rule, rows, extensions=record) for rule in ("DO11", "DO08")] == found
    if told:
        rule = "DO11" if found[0] else "DO08"
        assert problem(rule, rows, extensions=record).fix == f"补填空着的{told}"


def test_a_new_date_that_was_over_when_it_was_asked_for_is_the_slip_and_is_not_to_be_carried_over():
    rows = "编号 | 原完成期限 | 完成期限\nGJ-01 | 2026-10-08 | 2026-12-08"
    record = "编号 | 申请日期 | 原期限 | 新期限 | 批准人 | 批准日期 | 结论\n"
    record += "GJ-01 | 2026-09-23 | 2026-10-08 | 2026-01-01 | 样例甲 | 2026-09-24 | 同意"
    given = {"extensions": record, "on": "2026-09-30"}
    assert problem("DO13", rows, **given).message == "延期记录前后不接：新期限 2026-01-01 早于申请日期 2026-09-23"
    assert problem("DO08", rows, **given).fix == "先改正《延期记录》里早于申请日期的新期限"
    assert struck("DO11", rows, **given) == []


def test_a_request_of_another_day_than_the_deadline_is_the_slip_and_the_deadline_is_not():
    """The planned day of a step, 05-20, was written as 原期限; 完成期限 was and is 06-15, and asked for it before."""
    rows = "编号 | 完成期限 | 措施内容 | 批准结论\nGJ-01 | 2026-06-15 | 换电池 | 同意"
    seen = JournalView(first_due={"GJ-01": date(2026, 6, 15)}, approved={"GJ-01": ("换电池", "2026-06-15")})
    request = "编号 | 申请日期 | 原期限 | 新期限 | 结论\nGJ-01 | 2026-05-25 | 2026-05-20 | 2026-06-10 | {}"
    for journal in (seen, None):
        given = {"extensions": request.format(""), "journal": journal, "on": "2026-05-26"}
        assert struck("DO13", rows, **given) == ["E 延期记录!C2"]
        assert problem("DO13", rows, **given).message == "延期记录前后不接：原期限 2026-05-20，完成期限是 2026-06-15"
        assert struck("DO08", rows, **given) == []
        assert struck("DO10", rows, **given) == []
    assert struck("AP11", rows, extensions=request.format(""), journal=seen, on="2026-05-26") == []


def test_a_request_for_the_day_that_stands_there_already_shows_that_the_deadline_was_moved():
    rows = "编号 | 完成期限\nGJ-01 | 2026-06-10"
    request = "编号 | 申请日期 | 原期限 | 新期限 | 结论\nGJ-01 | 2026-05-15 | 2026-05-20 | 2026-06-10 |"
    assert struck("DO08", rows, extensions=request, on="2026-05-16") == ["E B2"]
    assert struck("DO13", rows, extensions=request, on="2026-05-16") == []


def test_progress_after_a_completion_is_not_judged():
    rows = "编号 | 进度% | 实际完成日期\nGJ-01 | 90 | 2026-05-20\nGJ-02 | 99 |\nGJ-03 | 100 |"
    assert struck("DO04", rows) == ["W B4"]


def test_what_was_checked_or_confirmed_has_a_completion():
    assert struck("DO14", """
        编号  | 实际完成日期 | 检查日期   | 检查结论 | 确认日期   | 效果结论
        GJ-01 |              | 2026-05-05 | 合格     |            |
        GJ-02 |              | 2026-05-05 | 不合格   |            |
        GJ-03 |              |            |          | 2026-05-20 | 有效
        GJ-04 |              |            |          |            | 有效
        GJ-05 | 2026-05-04   | 2026-05-05 | 合格     | 2026-05-20 | 有效
    """) == ["E B2", "E B4"]  # fmt: skip


def test_a_completion_that_waits_for_other_departments_is_told():
    assert struck("DO15", """
        编号  | 实际完成日期
        GJ-01 | 2026-05-01
        GJ-02 | 2026-05-01
        GJ-03 |
        GJ-04 | 2026-06-02
    """, steps="""
        编号  | 步骤号 | 步骤部门 | 实际完成
        GJ-01 | 1      | 网络部   |
        GJ-01 | 2      | 服务台   | 2026-05-01
        GJ-02 | 1      | 网络部   | 2026-05-01
        GJ-03 | 1      | 网络部   |
        GJ-04 | 1      | 网络部   |
    """) == ["W B2"]  # fmt: skip


def test_an_inspection_of_a_completion_that_waits_for_other_departments_is_told_not_to_count():
    rows = "编号 | 实际完成日期 | 检查人 | 检查日期 | 检查结论\nGJ-01 | 2026-05-01 | 样例甲 | {} | 合格"
    steps = "编号 | 步骤号 | 步骤部门 | 实际完成\nGJ-01 | 1 | 网络部 |"
    waits = "实际完成日期 2026-05-01 暂不算数：「网络部」的步骤未完成"
    assert problem("DO15", rows.format("2026-05-04"), steps=steps, on="2026-05-05").message == (
        f"{waits}；2026-05-04 的检查同样不算，都完成以后再检查"
    )
    assert problem("DO15", rows.format(""), steps=steps, on="2026-05-05").message == waits
    assert problem("DO15", rows.format("2026-05-06"), steps=steps, on="2026-05-05").message == waits


def test_a_whole_is_not_completed_before_the_last_of_its_departments():
    rows = """
        编号  | 实际完成日期
        GJ-01 | 2026-05-01
        GJ-02 | 2026-05-02
        GJ-03 | 2026-05-01
    """
    steps = """
        编号  | 步骤号 | 步骤部门 | 实际完成
        GJ-01 | 1      | 服务台   | 2026-05-01
        GJ-01 | 2      | 网络部   | 2026-05-02
        GJ-02 | 1      | 网络部   | 2026-05-02
        GJ-03 | 1      |          | 2026-05-02
    """
    assert struck("DO15", rows, steps=steps) == ["W B2"]
    assert problem("DO15", rows, steps=steps).message == "实际完成日期 2026-05-01 早于「网络部」的步骤完成的 2026-05-02"


def test_where_an_extension_was_approved_only_its_date_is_told_and_once():
    """Due 2026-12-31, originally 2026-12-04, approved until 2027-01-07."""
    rows = "编号 | 完成期限 | 原完成期限\nGJ-01 | 2026-12-31 | 2026-12-04"
    approved = "编号 | 申请日期 | 原期限 | 新期限 | 批准人 | 批准日期 | 结论\n"
    approved += "GJ-01 | 2026-05-04 | 2026-12-04 | 2027-01-07 | 样例甲 | 2026-05-06 | {}"
    told = problem("DO08", rows, extensions=approved.format("同意")).fix
    assert told == "把完成期限更新为 2027-01-07；另有新期限的在《延期记录》登记并批准"
    assert struck("DO11", rows, extensions=approved.format("同意")) == []
    refused = problem("DO08", rows, extensions=approved.format("不同意")).fix
    assert refused == "在《延期记录》登记并批准，或恢复原期限 2026-12-04"
