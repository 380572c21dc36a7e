from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.model.intent import HANDOVER
from capa_xl.model.journal import JournalView
from capa_xl.model.problem import Severity
from capa_xl.model.snapshot import Applied, AppliedEdit, FieldChange
from tests.policy.rules.struck import PEOPLE, checked, met, problem, struck

HEAD = (
    "编号 | 措施类型 | 严重度 | 是否重复 | 归口部门 | 责任部门 | 批准人 | 批准日期 | 批准结论 | 开始日期 | 实际完成日期"
)


def rows(*lines):
    return "\n".join((HEAD, *lines))


MAJOR = "纠正 | 重大 | 否 | 服务台 | 服务台"
GENERAL = "纠正 | 一般 | 否 | 服务台 | 服务台"
PREVENTION = "预防 | 一般 | 否 | 服务台 | 服务台"
BY_JIA = "样例甲 | 2026-05-06 | 同意"
BY_ZONG = "样例总 | 2026-05-06 | 同意"
BY_NOBODY = " | | "


def test_a_major_correction_is_not_the_managers_to_approve():
    table = rows(
        f"GJ-01 | {MAJOR} | {BY_JIA} | |",
        f"GJ-02 | {MAJOR} | {BY_ZONG} | |",
        f"GJ-03 | {GENERAL} | {BY_JIA} | |",
        f"GJ-04 | 纠正 | 一般 | 是 | 服务台 | 服务台 | {BY_JIA} | |",
    )
    assert struck("AP01", table) == ["E G2", "E G5"]
    assert "样例甲" in problem("AP01", table).message


def test_a_review_that_agreed_outranks_the_managers_signature():
    table = "编号 | 措施类型 | 严重度 | 批准人 | 批准日期 | 批准结论 | 管理评审编号\n"
    table += f"GJ-01 | 纠正 | 重大 | {BY_JIA} | GLPS-01\n"
    review = "评审编号 | 日期 | 结论\nGLPS-01 | 2026-05-10 | "
    assert struck("AP01", table, decisions=review + "同意") == []
    assert struck("AP01", table, decisions=review + "不同意") == ["E D2"]


def test_a_general_correction_that_runs_unapproved():
    assert struck("AP02", rows(
        f"GJ-01 | {GENERAL} | {BY_NOBODY} | 2026-05-07 |",
        f"GJ-02 | {GENERAL} | {BY_NOBODY} | |",
        f"GJ-03 | {GENERAL} | {BY_JIA} | 2026-05-07 |",
        f"GJ-04 | {GENERAL} | 样例甲 | 2026-05-06 | 不同意 | 2026-05-07 |",
    )) == ["E G2", "E G5"]  # fmt: skip


def test_where_only_the_approver_is_lacking_nothing_but_his_cell_is_told():
    """Once 批准方式为「部门经理」 → 补批准人、批准日期、批准结论, beside AP08 on the one blank cell."""
    table = """
        编号  | 措施类型 | 严重度 | 批准方式 | 批准人 | 批准日期   | 批准结论 | 开始日期
        GJ-01 | 纠正     | 一般   | 部门经理 |        | 2026-05-06 | 同意     | 2026-05-07
    """
    assert (struck("AP02", table), struck("AP08", table)) == ([], ["E E2"])


def test_prevention_is_the_general_managers_to_approve():
    assert struck("AP03", rows(
        f"GJ-01 | {PREVENTION} | {BY_JIA} | |",
        f"GJ-02 | {PREVENTION} | {BY_ZONG} | 2026-05-07 |",
        f"GJ-03 | {PREVENTION} | {BY_NOBODY} | |",
        f"GJ-04 | {PREVENTION} | {BY_NOBODY} | 2026-05-07 |",
    )) == ["E G2", "E G5"]  # fmt: skip


def test_major_prevention_goes_to_the_review_before_it_is_confirmed():
    assert struck("AP04", """
        编号  | 措施类型 | 严重度 | 管理评审编号 | 确认日期   | 效果结论
        GJ-01 | 预防     | 重大   |              |            |
        GJ-02 | 预防     | 重大   |              | 2026-05-06 | 有效
        GJ-03 | 预防     | 重大   | GLPS-01      | 2026-05-06 | 有效
        GJ-04 | 预防     | 一般   |              |            |
    """) == ["W D2", "E D3"]  # fmt: skip


def test_the_approver_held_the_role_on_the_day_he_signed():
    dated = """
        姓名   | 部门   | 角色     | 在职 | 生效日期   | 失效日期
        样例总 | 总经办 | 总经理   | 是   |            |
        样例甲 | 服务台 | 员工     | 是   |            | 2026-05-06
        样例甲 | 服务台 | 部门经理 | 是   | 2026-05-07 |
    """
    table = rows(f"GJ-01 | {GENERAL} | {BY_JIA} | |", f"GJ-02 | {GENERAL} | 样例甲 | 2026-05-07 | 同意 | |")
    assert struck("AP05", table, people=dated) == ["E G2"]
    assert struck("AP05", table) == []


def test_the_manager_of_a_third_department_lacks_the_role():
    table = rows(f"GJ-01 | {GENERAL} | 样例乙 | 2026-05-06 | 同意 | |")
    assert problem("AP05", table).message == "批准人「样例乙」在 2026-05-06 不具备「服务台部门经理」角色"


@pytest.mark.parametrize("kind", [PREVENTION, PREVENTION.replace("预防", "改进"), MAJOR])
def test_of_what_the_general_manager_approves_a_manager_of_a_third_department_lacks_that_role(kind):
    """It named the department's manager, whose approval the route takes as little."""
    table = rows(f"GJ-01 | {kind} | 样例乙 | 2026-05-06 | 同意 | |")
    assert problem("AP05", table).message == "批准人「样例乙」在 2026-05-06 不具备「总经理」角色"


def test_his_deputy_of_that_day_may_sign():
    deputed = PEOPLE.replace("归口过程\n", "归口过程 | 代理人 | 代理起 | 代理止\n").replace("是   |\n", "是 | | | |\n")
    deputed = deputed.replace("| 内部审核\n", "| 内部审核 | | |\n").replace("| 变更\n", "| 变更 | | |\n")
    deputed = deputed.replace("| 事件\n", "| 事件 | 样例工 | 2026-05-01 | 2026-05-10\n").replace(
        "| 网络\n", "| 网络 | | |\n"
    )
    table = rows(
        f"GJ-01 | {GENERAL} | 样例工 | 2026-05-06 | 同意 | |", f"GJ-02 | {GENERAL} | 样例工 | 2026-05-11 | 同意 | |"
    )
    assert struck("AP05", table, people=deputed) == ["E G3"]


def test_an_extension_is_approved_by_the_role_of_the_rows_route():
    assert struck("AP05", rows(f"GJ-01 | {MAJOR} | {BY_ZONG} | |"), extensions="""
        编号  | 原期限     | 新期限     | 批准人 | 批准日期   | 结论
        GJ-01 | 2026-06-30 | 2026-07-31 | 样例甲 | 2026-05-20 | 同意
        GJ-01 | 2026-07-31 | 2026-08-31 | 样例总 | 2026-05-20 | 同意
    """) == ["E 延期记录!D2"]  # fmt: skip


def test_nobody_is_told_to_carry_over_a_deadline_whose_approver_lacks_the_role():
    head = rows().splitlines()[0]
    table = f"{head} | 完成期限\n" + f"GJ-01 | {MAJOR} | {BY_ZONG} | | | 2026-06-30"
    asked = """
        编号  | 原期限     | 新期限     | 批准人 | 批准日期   | 结论
        GJ-01 | 2026-06-30 | 2026-07-31 | {} | 2026-05-20 | 同意
    """
    assert struck("DO11", table, extensions=asked.format("样例甲")) == []
    assert len(struck("DO11", table, extensions=asked.format("样例总"))) == 1


def test_work_waits_for_the_approval_and_once_done_it_is_a_warning():
    table = rows(
        f"GJ-01 | {GENERAL} | {BY_JIA} | 2026-05-05 |",
        f"GJ-02 | {GENERAL} | {BY_JIA} | 2026-05-06 |",
        f"GJ-03 | {GENERAL} | {BY_JIA} | 2026-05-05 | 2026-05-20",
        f"GJ-04 | {GENERAL} | {BY_NOBODY} | | 2026-05-20",
        f"GJ-05 | {GENERAL} | {BY_NOBODY} | |",
    )
    assert struck("AP06", table) == ["E J2", "W J4", "W K5"]
    assert "批准日期 2026-05-06" in problem("AP06", table).message


def test_a_plan_version_approves_the_start_of_what_it_covers():
    table = "编号 | 登记日期 | 措施类型 | 严重度 | 计划编号 | 批准结论 | 开始日期\n"
    table += "GJ-01 | 2026-01-05 | 改进 | 一般 | JH-2026 | | 2026-01-20\n"
    plan = "计划编号 | 版本 | 批准人 | 批准日期 | 批准结论\nJH-2026 | V1 | 样例总 | {} | 同意"
    assert struck("AP06", table, plans=plan.format("2026-01-15")) == []
    assert struck("AP06", table, plans=plan.format("2026-01-25")) == ["E G2"]


TWO_PLANS = """
    计划编号 | 版本 | 批准人 | 批准日期 | 批准结论
    JH-2026 | V1 | 样例总 | 2026-01-15 | 同意
    JH-2027 | V1 | 样例总 | 2027-02-01 | {}
"""


@pytest.mark.parametrize(
    ("rule", "now", "verdict", "cure"),
    [
        ("AP06", "JH-2027", "同意", "计划编号写成「JH-2026、JH-2027」，原来的计划批准过的仍算"),
        ("AP06", "", "同意", "计划编号写成「JH-2026」，原来的计划批准过的仍算"),
        ("AP09", "JH-2027", "", "计划编号写成「JH-2026、JH-2027」，原来的计划批准过的仍算；或者在《计划》"),
        ("AP12", "JH-2027", "", "计划编号写成「JH-2026、JH-2027」，原来的计划批准过的仍算；或者补总经理批准"),
    ],
)
@pytest.mark.parametrize("is_on_record", [True, False])
def test_a_plan_number_written_over_is_the_cause_told_and_writing_both_the_cure(rule, now, verdict, cure, is_on_record):
    """Before a run puts the change on record the last snapshot tells of it."""
    head = "编号 | 登记日期 | 措施类型 | 严重度 | 计划编号 | 批准结论 | 开始日期"
    row = f"{head}\nGJ-01 | 2026-01-05 | 改进 | 一般 | {{}} | | 2026-01-20"
    change = FieldChange("GJ-01", "计划编号", "JH-2026", now, date(2027, 2, 1))
    seen = {"plan_changes": {"GJ-01": (change,)}} if is_on_record else {"plans_seen": {"GJ-01": "JH-2026"}}
    given = {"plans": TWO_PLANS.format(verdict), "on": "2027-02-01", "journal": JournalView(**seen)}
    found = problem(rule, row.format(now), **given)
    assert found.message.endswith("（计划编号改过，原来的 JH-2026 在 2026-01-15 批准了本项）")
    assert found.fix.startswith(cure)
    assert struck(rule, row.format(f"JH-2026、{now}".strip("、")), **given) == []
    untold = problem(rule, row.format(now), **{**given, "journal": JournalView()})
    assert "计划编号改过" not in untold.message and "写成" not in untold.fix


def test_nobody_approves_his_own_measure():
    assert struck("AP07", """
        编号  | 责任人         | 批准人
        GJ-01 | 样例工、样例甲 | 样例甲
        GJ-02 | 样例工         | 样例甲
    """) == ["W C2"]  # fmt: skip


def test_an_approval_has_three_parts():
    assert struck("AP08", rows(
        f"GJ-01 | {GENERAL} | 样例甲 | | 同意 | |",
        f"GJ-02 | {GENERAL} | 样例甲 | 2026-05-06 | | 2026-05-07 |",
        f"GJ-03 | {GENERAL} | {BY_NOBODY} | |",
        f"GJ-04 | {GENERAL} | {BY_JIA} | |",
    )) == ["W H2", "E I3"]  # fmt: skip


PLANNED = "编号 | 登记日期 | 措施类型 | 严重度 | 计划编号 | 批准结论\n"


def test_an_item_whose_only_approval_is_an_unapproved_plan():
    table = (
        PLANNED + "GJ-01 | 2026-01-05 | 改进 | 一般 | JH-2026 |\nGJ-02 | 2026-01-05 | 改进 | 一般 | JH-2026 | 同意\n"
    )
    plan = "计划编号 | 版本 | 批准人 | 批准日期 | 批准结论\nJH-2026 | V1 | {}"
    assert struck("AP09", table, plans=plan.format(" | | ")) == ["E E2"]
    assert struck("AP09", table, plans=plan.format("样例甲 | 2026-01-15 | 同意")) == ["E E2"]
    assert struck("AP09", table, plans=plan.format("样例总 | 2026-01-15 | 同意")) == []


def test_a_review_number_stands_in_the_review_sheet():
    assert struck("AP10", """
        编号  | 管理评审编号
        GJ-01 | GLPS-09
        GJ-02 | GLPS-01
    """, decisions="评审编号 | 日期\nGLPS-01 | 2026-04-16") == ["E B2"]  # fmt: skip


def test_what_was_approved_is_not_changed_afterwards():
    table = """
        编号  | 措施内容 | 完成期限   | 批准结论
        GJ-01 | 换 20 节 | 2026-07-31 | 同意
        GJ-02 | 换 40 节 | 2026-08-31 | 同意
        GJ-03 | 换 40 节 | 2026-07-31 | 同意
    """
    journal = JournalView(approved={f"GJ-0{n}": ("换 40 节", "2026-07-31") for n in (1, 2, 3)})
    assert struck("AP11", table, journal=journal) == ["W B2", "W C3"]
    assert struck("AP11", table) == "未启用"


def handed(field, before, after, seen_on):
    return FieldChange("GJ-01", field, before, after, date.fromisoformat(seen_on))


@pytest.mark.parametrize(
    ("changes", "struck_at"),
    [
        ([], []),
        ([handed("责任人", "样例网", "样例工", "2026-01-12")], ["W B2"]),
        ([handed("责任人", "样例网", "样例工", "2026-01-11")], []),  # on the day of the approval
        ([handed("责任人", "样例网", "样例工", "2026-01-10")], []),
        ([handed("责任人", "样例工", "样例网", "2026-02-01"), handed("责任人", "样例网", "样例工", "2026-02-02")], []),
        ([handed("责任部门", "网络部", "服务台", "2026-02-01"), handed("责任人", "样例网", "样例工", "2026-02-01")],
         ["W B2", "W C2"]),
        ([handed("责任人", "", "样例工", "2026-02-01")], []),
        ([handed("备注", "a", "b", "2026-02-01")], []),
    ],
)  # fmt: skip
def test_hands_that_changed_after_the_approval_are_said(changes, struck_at):
    table = """
        编号  | 责任人 | 责任部门 | 批准人 | 批准日期   | 批准结论
        GJ-01 | 样例工 | 服务台   | 样例甲 | 2026-01-11 | 同意
    """
    journal = JournalView(approved={"GJ-01": ("", "")}, handed_over={"GJ-01": tuple(changes)} if changes else {})
    assert struck("AP11", table, journal=journal) == struck_at


def test_what_a_handover_changed_is_no_change_of_what_was_approved():
    table = "编号 | 责任人 | 批准人 | 批准日期 | 批准结论\nGJ-01 | 样例工 | 样例甲 | 2026-01-11 | 同意"
    edits = (AppliedEdit("改进计划跟踪表", "B2", "样例网", "样例工"),)
    seen = handed("责任人", "样例网", "样例工", "2026-02-02")
    journal = JournalView(approved={"GJ-01": ("", "")}, handed_over={"GJ-01": (seen,)})
    by_command = replace(journal, handovers=(Applied(1, "2026-02-01T09:00:00+08:00", HANDOVER, "", edits),))
    assert struck("AP11", table, journal=journal) == ["W B2"]
    assert struck("AP11", table, journal=by_command) == []


@pytest.mark.parametrize(
    ("now", "said"),
    [("样例乙", ["批准后内容被修改：责任人（批准时为样例网，现为样例乙）"]), ("样例工", []), ("样例网", [])],
)
def test_what_was_changed_by_hand_after_a_handover_is_held_against_the_approval(now, said):
    """Once: 批准时为样例工, whom the handover of 样例网 had named. Changed back to either, nothing is left to say."""
    table = f"编号 | 责任人 | 批准人 | 批准日期 | 批准结论\nGJ-01 | {now} | 样例甲 | 2026-01-11 | 同意"
    by_hand = handed("责任人", "样例工", "样例乙", "2026-03-02")
    changes = (handed("责任人", "样例网", "样例工", "2026-02-02"), by_hand)
    edits = (AppliedEdit("改进计划跟踪表", "B2", "样例网", "样例工"),)
    command = Applied(1, "2026-02-01T09:00:00+08:00", HANDOVER, "", edits)
    journal = JournalView(approved={"GJ-01": ("", "")}, handed_over={"GJ-01": changes}, handovers=(command,))
    assert struck("AP11", table, journal=journal) == ["W B2"] * len(said)
    assert not said or problem("AP11", table, journal=journal).message == said[0]


def test_the_sentence_names_who_had_it_and_who_has_it():
    table = "编号 | 责任人 | 批准人 | 批准日期 | 批准结论\nGJ-01 | 样例工、样例网 | 样例甲 | 2026-01-11 | 同意"
    changes = (handed("责任人", "样例网", "样例工、样例网", "2026-02-01"),)
    journal = JournalView(approved={"GJ-01": ("", "")}, handed_over={"GJ-01": changes})
    found = problem("AP11", table, journal=journal)
    assert found.message == "批准后内容被修改：责任人（批准时为样例网，现为样例工、样例网）"


def test_an_improvement_runs_with_an_approval():
    assert struck("AP12", rows(
        f"GJ-01 | 改进 | 一般 | 否 | 服务台 | 服务台 | {BY_NOBODY} | 2026-05-07 |",
        f"GJ-02 | 改进 | 一般 | 否 | 服务台 | 服务台 | {BY_ZONG} | 2026-05-07 |",
        f"GJ-03 | 改进 | 一般 | 否 | 服务台 | 服务台 | {BY_NOBODY} | |",
    )) == ["W G2"]  # fmt: skip


def test_the_approval_lies_between_registration_and_due_date():
    assert struck("AP13", """
        编号  | 登记日期   | 完成期限   | 批准日期   | 实际完成日期
        GJ-01 | 2026-05-04 | 2026-05-20 | 2026-05-21 |
        GJ-02 | 2026-05-04 | 2026-05-20 | 2026-05-03 |
        GJ-03 | 2026-05-04 | 2026-05-20 | 2026-05-21 | 2026-05-19
        GJ-04 | 2026-05-04 | 2026-05-20 | 2026-05-04 |
    """) == ["E D2", "W D3", "W D4"]  # fmt: skip


def test_work_stops_when_the_review_refuses():
    table = "编号 | 措施类型 | 严重度 | 批准人 | 批准日期 | 批准结论 | 管理评审编号 | 开始日期\n"
    for number, review in (("GJ-01", "GLPS-01"), ("GJ-02", "GLPS-02")):
        table += f"{number} | 纠正 | 重大 | {BY_ZONG} | {review} | 2026-05-07\n"
    review = "评审编号 | 日期 | 结论\nGLPS-01 | 2026-05-10 | 不同意\nGLPS-02 | 2026-05-10 | 同意"
    assert struck("AP14", table, decisions=review) == ["E G2"]


def test_a_review_that_names_others_does_not_mention_this_one():
    rows = "编号 | 管理评审编号\nGJ-01 | PS-01\nGJ-02 | PS-02\nGJ-03 | PS-03"
    assert struck("AP15", rows, decisions="""
        评审编号 | 结论   | 相关编号 | 跟踪表编号
        PS-01    | 同意   | GJ-09    |
        PS-01    | 同意   |          | GJ-01
        PS-02    | 同意   | GJ-01    |
        PS-02    | 同意   |          |
        PS-03    | 同意   |          |
    """) == ["W B3"]  # fmt: skip


def test_a_plan_refused_in_a_newer_version_stays_in_force():
    rows = "编号 | 措施类型 | 严重度 | 计划编号\nGJ-01 | 预防 | 一般 | JH-01"
    head = "计划编号 | 版本 | 批准人 | 批准日期 | 批准结论\n"
    first, second = "JH-01 | V1.0 | 样例总 | 2026-01-05 | 同意", "JH-01 | V1.1 | 样例总 | 2026-02-05 | 不同意"
    assert struck("AP09", rows, plans=f"{head}{first}\n{second}") == []
    assert struck("AP09", rows, plans=f"{head}{second}") == ["E D2"]


_PLANNED = "编号 | 措施类型 | 严重度 | 归口部门 | 责任部门"
REFUSABLE = f"{_PLANNED} | 批准方式 | 批准人 | 批准日期 | 批准结论 | 管理评审编号 | 开始日期 | 进度%"
REFUSED_BY_REVIEW = "评审编号 | 日期 | 结论 | 跟踪表编号\nGLPS-01 | 2026-05-11 | 不同意 | GJ-01"


def said(rule, row, **others):
    return problem(rule, f"{REFUSABLE}\n{row}", **others).message


def test_a_missing_approval_is_explained_by_what_is_missing_not_by_who_signed():
    """Once: 预防措施须总经理批准，批准人为「样例总」 of a row that the management review had refused."""
    row = (
        "GJ-01 | 预防 | 重大 | 服务台 | 服务台 | 总经理+管理评审 | 样例总 | 2026-05-06 | 同意 | GLPS-01 | 2026-05-12 | "
    )
    refused = said("AP03", row, decisions=REFUSED_BY_REVIEW)
    assert refused == "预防措施须总经理批准，管理评审「GLPS-01」不同意（2026-05-11）"
    general = "GJ-01 | 预防 | 一般 | 服务台 | 服务台 | {} | {} | {} | {} | | 2026-05-12 | "
    assert said("AP03", general.format("", "样例甲", "2026-05-06", "同意")).endswith(
        "批准方式为「部门经理」（批准人「样例甲」）"
    )
    assert said("AP08", general.format("", "样例总", "", "同意")) == "批准信息不完整：批准日期空白"
    assert said("AP03", general.format("", "样例总", "2026-05-06", "不同意")).endswith("批准结论为「不同意」")
    assert said("AP03", general.format("", "", "", "")).endswith("批准结论空白")


def test_progress_is_printed_as_it_stands_in_the_cell():
    row = "GJ-01 | 纠正 | 一般 | 服务台 | 服务台 | | | | | | | 60"
    assert said("AP06", row).startswith("未经批准已实施：进度%「60%」")


def test_progress_without_a_date_proves_nothing_for_a_day_that_is_past():
    """Once: 未经批准已实施 on a day before the approval, of a row whose 进度 was typed months later."""
    signed = f"{REFUSABLE}\nGJ-01 | 纠正 | 一般 | 服务台 | 服务台 | | {{}} | | {{}} | 60"
    row, unsigned = signed.replace("| {} | |", "| 样例甲 | 2026-05-06 | 同意 | |", 1), signed.replace("{}", " | | ", 1)
    past = {"on": "2026-05-01", "today": "2026-08-20"}
    assert struck("AP06", row.format(""), **past) == struck("AP02", row.format(""), **past) == []
    assert struck("AP06", row.format("2026-04-30"), **past) == ["E K2"]
    assert struck("AP06", unsigned.format(""), on="2026-05-01") == ["E L2"]


def test_a_word_nobody_can_read_is_told_once_and_not_as_a_blank():
    rows = """
        编号  | 措施类型 | 严重度 | 责任部门 | 批准人 | 批准日期   | 批准结论 | 开始日期
        GJ-01 | 纠正     | 一般   | 服务台   |        |            |          | 2026-05-07
    """
    assert struck("AP02", rows) == ["E E2"]
    unread = [met("FD04", "G2", "GJ-01", 2, c="批准结论", v="OK")]
    assert struck("FD04", rows, remarks=unread) == ["E G2"]
    assert struck("AP02", rows, remarks=unread) == struck("AP06", rows, remarks=unread) == []
    hint = [met("FD04", "G2", "GJ-01", 2, severity=Severity.INFO, c="批准结论", v="OK")]
    assert struck("AP02", rows, remarks=hint) == ["E E2"]
    another = [met("FD04", "G9", "GJ-09", 9, c="批准结论", v="OK")]
    assert struck("AP02", rows, remarks=another) == ["E E2"]


def told(row, head=HEAD, **others):
    """Rule and cell of every error and warning about the approval, the inspection or the completion."""
    problems = checked(f"{head}\n{row}", **others).problems
    return [f"{p.rule} {p.cell}" for p in problems if p.rule[:2] in ("AP", "CK", "DO", "EF", "AR")]


@pytest.mark.parametrize("kind", [GENERAL, PREVENTION, "改进 | 一般 | 否 | 服务台 | 服务台"])
def test_one_blank_cell_beside_filled_ones_is_told_once_where_it_is(kind):
    row = f"GJ-01 | {kind} | 样例总 | {{}} | {{}} | 2026-05-07 |"
    assert told(row.format("", "同意")) == ["AP08 H2"]
    assert told(row.format("2026-05-06", "")) == ["AP08 I2"]
    assert told(row.format("2026-05-06", "同意")) == []
    assert problem("AP08", f"{HEAD}\n{row.format('', '同意')}").fix == "补填空着的批准日期"


def test_a_refusal_without_a_day_is_two_faults():
    assert told(f"GJ-01 | {GENERAL} | 样例甲 | | 不同意 | 2026-05-07 |") == ["AP02 G2", "AP06 J2", "AP08 H2"]


def test_nothing_signed_at_all_is_told_as_unapproved():
    assert told(f"GJ-01 | {GENERAL} | {BY_NOBODY} | 2026-05-07 |") == ["AP02 G2", "AP06 J2"]


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("AP01", f"GJ-01 | {MAJOR} | 部门经理 | {BY_ZONG} | |"),
        ("AP03", f"GJ-01 | {PREVENTION} | 部门经理 | {BY_ZONG} | |"),
        ("AP12", "GJ-01 | 改进 | 一般 | 否 | 服务台 | 服务台 | 部门经理 | 样例总 | 2026-05-06 | 同意 | 2026-05-07 |"),
    ],
)
def test_a_filled_way_that_does_not_serve_is_what_must_be_changed(rule, row):
    """No approver cures it while the cell 批准方式 says otherwise; where it is blank the fix doesn't speak of it."""
    head = HEAD.replace("批准人", "批准方式 | 批准人")
    assert "批准方式「部门经理」改为「总经理」" in problem(rule, f"{head}\n{row}").fix
    assert struck(rule, f"{head}\n{row.replace('部门经理', '总经理')}") == []


def test_a_blank_way_is_not_spoken_of():
    assert "批准方式" not in problem("AP01", rows(f"GJ-01 | {MAJOR} | {BY_JIA} | |")).fix


SIGNED = "编号 | 规则 | 说明 | 确认人 | 日期\nGJ-01 | AP06 | 抢修 | 样例质 | 2026-05-20"


@pytest.mark.parametrize(
    ("approval", "open_fix", "signed_fix"),
    [
        (
            "样例甲 | 2026-05-06 | 同意",
            "在 2026-05-06 才批准，先后已成事实：在《例外说明》写明经过，由应批准人签字",
            "例外说明已签字，不用再处理",
        ),
        (
            " | | ",
            "先由部门经理批准；批准以后在《例外说明》写明经过，由应批准人签字",
            "例外说明已签字，还没有批准：请由部门经理批准",
        ),
    ],
    ids=["late", "never"],
)
def test_what_is_to_do_about_a_start_too_early_is_what_is_not_done_yet(approval, open_fix, signed_fix):
    head = "编号 | 登记日期 | 措施类型 | 严重度 | 责任部门 | 批准人 | 批准日期 | 批准结论 | 开始日期"
    row = f"{head}\nGJ-01 | 2026-04-20 | 纠正 | 一般 | 服务台 | {approval} | 2026-05-04"
    assert problem("AP06", row, excuses=SIGNED.replace("GJ-01", "GJ-02")).fix == open_fix
    signed = problem("AP06", row, excuses=SIGNED)
    assert (signed.severity.word, signed.fix) == ("提示", signed_fix)


def test_the_evidence_of_a_refusal_is_not_that_of_the_agreement():
    rows = """
        编号  | 批准人 | 批准日期   | 批准结论 | 批准凭证
        GJ-01 | 样例总 | 2026-05-20 | 同意     | OA-1
        GJ-02 | 样例总 | 2026-05-20 | 同意     | OA-2
    """
    seen = [("批准日期", "2026-05-11", "2026-05-20"), ("批准结论", "不同意", "同意")]
    changes = {"GJ-01": tuple(FieldChange("GJ-01", *one, date(2026, 5, 21)) for one in seen)}
    journal = JournalView(approval_changes=changes)
    assert struck("AP18", rows, journal=journal) == ["W E2"]
    told = "批准凭证「OA-1」是 2026-05-11 不同意那次的，批准结论已改为「同意」"
    assert problem("AP18", rows, journal=journal).message == told
