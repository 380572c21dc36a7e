"""制度执行自查表: populations, breaches, five verdicts; no requirement is skipped silently."""

from types import SimpleNamespace

import pytest

from capa_xl.model.conformity import VERDICTS
from capa_xl.model.figures import RuleFigures, UnansweredSignal
from capa_xl.model.register import Quarantined
from capa_xl.policy.conformity.requirements import REQUIREMENTS
from capa_xl.policy.rules.rule import need_words
from tests.policy.conformity.cases import BREACHES, KEEPS, MAIL, PLAN, SIGN, SOUND_PLAN, A, row
from tests.policy.conformity.judged import journal_of, letter, outbox, self_check
from tests.policy.rules.struck import table

OF_THE_TOOL = {"R02", "R11", "R12", "R15", "R22", "R24", "R50", "R53", "R69", "R72"}
"""The statements that the tool itself meets."""
NO_BREACH = ("hit", "rows", "of")


def judged(id_, case):
    return self_check(**{key: value for key, value in case.items() if key not in NO_BREACH})[id_]


def test_every_requirement_has_its_breach_and_its_keep_or_is_the_tools_own():
    ids = {requirement.id for requirement in REQUIREMENTS}
    assert ids == {f"R{n:02d}" for n in range(1, 74)}
    assert set(BREACHES) == set(KEEPS) == ids - OF_THE_TOOL
    assert {r.id for r in REQUIREMENTS if r.is_of_the_tool} == OF_THE_TOOL


@pytest.mark.parametrize("id_", sorted(BREACHES))
def test_the_smallest_breach_is_found_with_its_row(id_):
    case = BREACHES[id_]
    line = judged(id_, case)
    of = case.get("of", 1)
    assert (line.words, line.rows) == (f"待整改 1/{of}", (case.get("rows", "GJ-01"),))
    assert len(line.reasons) == 1 and line.reasons[0], "nobody learns why"


@pytest.mark.parametrize("id_", sorted(KEEPS))
def test_the_smallest_keep_satisfies(id_):
    case = KEEPS[id_]
    of = case.get("of", 1)
    line = judged(id_, case)
    assert (line.words, line.rows, line.hit) == (f"满足 {of}/{of}", (), 0)
    assert line.base


def test_a_blank_workbook_satisfies_nothing():
    lines = self_check("编号 | 措施内容 | 来源 | 完成期限 | 责任人").values()
    assert not [line.id for line in lines if line.verdict in ("满足", "待整改")]
    assert {line.verdict for line in lines} <= set(VERDICTS)


def test_nobody_it_could_apply_to_is_not_applicable_and_what_is_missing_is_named():
    lines = self_check(row("措施内容 | 措施类型", "改路由 | 纠正"))
    assert lines["R42"].words == "不适用"
    assert lines["R03"].words == "未判定：缺少《计划》"
    assert lines["R20"].words == "未判定：缺少来源"
    assert lines["R58"].verdict == "未判定"
    assert "邮件" in lines["R58"].missing


def test_a_sheet_that_stands_there_blank_lacks_its_rows_and_is_not_missing():
    lines = self_check(
        row("措施内容 | 措施类型", "改路由 | 纠正"), needs="登记编号 | 登记日期 | 接收部门", plans="计划编号 | 版本"
    )
    assert lines["R06"].words == "未判定：缺少《问题需求登记》的登记内容"
    assert lines["R03"].words == "未判定：缺少《计划》的登记内容"


def test_a_sheet_read_as_nothing_because_it_is_empty_is_not_missing_either():
    def lacking(*sheets):
        register = SimpleNamespace(measurements=None, namesakes=frozenset(), sheet_names=sheets)
        return need_words(
            "measurements:", SimpleNamespace(view=SimpleNamespace(register=register), table=lambda _: None)
        )

    assert (lacking("过程指标"), lacking()) == ("《过程指标》的登记内容", "《过程指标》")


def test_an_outbox_proves_nothing_and_a_reminder_by_hand_does():
    case = KEEPS["R58"]["tracker"]
    filed = journal_of(outbox("GJ-01", "M1", "2026-05-15", "2026-04-15"))
    assert self_check(case, journal=filed)["R58"].verdict == "未判定"
    filed_and_mail = journal_of(*filed.postings, *MAIL.postings)
    assert self_check(case, journal=filed_and_mail)["R58"].words == "待整改 1/1"
    by_hand = "编号 | 日期 | 记录人 | 类型 | 内容 | 反馈对象\nGJ-01 | {} | {} | 提醒 | 电话，通话记录 3 号 | 样例工"
    for day, who, words in (
        ("2026-04-15", "样例检", "满足 1/1"),
        ("2026-04-16", "样例检", "待整改 1/1"),  # a day after the planned one
        ("2026-04-15", "样例工", "待整改 1/1"),  # not of 质量部
    ):
        line = self_check(case, journal=MAIL, progress=by_hand.format(day, who))["R58"]
        assert line.words == words
    assert line.note == "邮件 0 次、人工 0 次"


OF_ONE_KIND = {
    "R52": "（每项最近一次完成以来的待检查提醒；",
    "R58": "",
    "R60": "（每项逾期以来的逾期提醒和升级；",
    "R65": "（每项最早确认日以来的待确认提醒；",
}
"""Requirement → how its note begins to say what it counts."""


@pytest.mark.parametrize(("id_", "of"), OF_ONE_KIND.items())
def test_the_note_of_a_duty_counts_the_letters_that_count_for_it_and_no_other_and_says_which(id_, of):
    """MAIL is a letter of another action; an M2 of the same action on any day is another kind."""
    kept, broken = KEEPS[id_], BREACHES[id_]
    others = journal_of(*MAIL.postings, letter("GJ-01", "M2", "2026-05-15", "2026-05-08"))
    assert self_check(broken["tracker"], journal=others)[id_].note.startswith(f"邮件 0 次、人工 0 次{of}")
    both = journal_of(*kept["journal"].postings, *others.postings)
    found = self_check(kept["tracker"], journal=both)
    assert found[id_].words == "满足 1/1"
    assert found[id_].note.startswith(f"邮件 1 次、人工 0 次{of}")
    assert bool(of) == ("不是对象" in found[id_].note)
    assert found["R59"].note == "邮件 2 次、人工 0 次（各种提醒）"  # 送达 is asked of every letter


def _late(completed: str, *letters, **sheets: str) -> str:
    """R60 of an action that was due on Friday 2026-05-15, whose ladder begins on Monday the 18th."""
    tracker = KEEPS["R60"]["tracker"] + completed
    return self_check(tracker, journal=journal_of(*MAIL.postings, *letters), **sheets)["R60"].words


def test_an_action_that_was_completed_late_was_to_be_urged_too():
    urged = letter("GJ-01", "O1", "2026-05-15", "2026-05-18")
    assert _late("2026-05-18") == "不适用"  # by the day of the first letter nobody had to be urged
    assert _late("2026-05-19") == "待整改 1/1"
    assert _late("2026-05-19", urged) == "满足 1/1"


def test_an_action_that_was_begun_anew_is_to_be_urged_from_then_on():
    """Reopened on Wednesday 2026-05-20: the ladder begins on the 21st; what was sent before urged the first work."""
    anew = {
        "people": "姓名 | 部门 | 角色 | 在职\n样例质 | 质量部 | 质量部负责人 | 是\n样例工 | 甲部 | 员工 | 是",
        "corrections": "编号 | 日期 | 类型 | 原因 | 批准人\nGJ-01 | 2026-05-20 | 重开 | 没有做完 | 样例质",
    }
    before, after = (letter("GJ-01", "O1", "2026-05-15", day) for day in ("2026-05-18", "2026-05-21"))
    assert _late("2026-05-21", before, **anew) == "不适用"
    assert _late("2026-05-25", before, **anew) == "待整改 1/1"
    assert _late("2026-05-25", before, after, **anew) == "满足 1/1"


def test_a_letter_after_the_planned_day_is_none_that_counts():
    """Due 2026-05-15: planned on 2026-04-15."""
    late = journal_of(letter("GJ-01", "M1", "2026-05-15", "2026-04-16"))
    line = self_check(KEEPS["R58"]["tracker"], journal=late)["R58"]
    assert (line.words, line.note) == ("待整改 1/1", "邮件 0 次、人工 0 次；晚于应发日的邮件 1 次，不算")


@pytest.mark.parametrize(
    ("first", "note"),
    [
        ("2026-04-15", "邮件 1 次、人工 0 次"),
        ("2026-04-16", "邮件 0 次、人工 0 次；晚于应发日的邮件 1 次，不算"),
    ],
)
def test_a_letter_that_a_successor_gets_later_is_no_other_reminder(first, note):
    """Once five late ones beside four in the ledger: after a handover the new owner got his copy."""
    letters = (letter("GJ-01", "M1", "2026-05-15", day) for day in (first, "2026-04-21"))
    lines = self_check(KEEPS["R58"]["tracker"], journal=journal_of(*letters))
    assert (lines["R58"].note, lines["R59"].note) == (note, "邮件 1 次、人工 0 次（各种提醒）")


def test_a_breach_with_an_exception_is_still_a_breach_and_said_to_be_explained():
    case = BREACHES["R23"]["tracker"]
    excuse = "编号 | 规则 | 说明 | 确认人 | 日期\nGJ-01 | AP06 | 停电抢修 | 样例质 | 2026-05-20"
    line = self_check(case, excuses=excuse)["R23"]
    assert (line.words, line.excused) == ("待整改 1/1（其中 1 项有情况说明）", 1)


def test_what_is_still_in_its_grace_is_no_breach():
    """Confirmed 部分有效 on Tuesday 2026-05-12: ten working days end on 2026-05-26."""
    rows = row("登记日期 | 前次编号 | 确认日期 | 效果结论 | 后续编号", "2026-01-05 | | 2026-05-12 | 部分有效 | ")
    found = [self_check(rows, on=f"2026-05-{d}")["R64"].words for d in (25, 26, 27)]
    assert found == ["满足 1/1", "满足 1/1", "待整改 1/1"]


def test_a_quarantined_row_breaks_what_asks_for_the_cell_that_cannot_be_read(tmp_path):
    from datetime import date

    from capa_xl.model.as_of import AsOf
    from capa_xl.policy.check import check
    from capa_xl.policy.conformity.matrix import conformity_of
    from capa_xl.policy.rules.rule_inputs import RuleInputs
    from capa_xl.policy.viewing import view_register
    from capa_xl.workbook.reading.reader import read_register
    from tests.tables import workbook_bytes

    rows = [["编号", "措施内容", "责任人", "完成期限"], ["GJ-01", "改路由", "李四", "月底"]]
    on = date(2026, 6, 1)
    view = view_register(read_register(workbook_bytes({"改进计划跟踪表": rows})), AsOf(on, on), {})
    lines = {line.id: line for line in conformity_of(RuleInputs(view), check(view))}
    assert (lines["R54"].words, lines["R54"].rows) == ("待整改 1/1", ("GJ-01",))


def test_what_check_only_hints_at_is_kept_and_said_beside_the_verdict():
    """Once: check said that an approver had no such role, and the self-check 满足 without a word."""
    heads = "措施内容 | 责任人 | 责任部门 | 批准人 | 批准日期 | 批准结论 | 确认日期 | 效果结论 | 归档日期"
    cells = "改路由 | 样例网 | 网络部 | 样例工 | 2026-01-12 | 同意 | 2026-04-07 | 有效 | 2026-04-10"
    line = self_check(row(heads, cells))["R36"]
    assert (line.words, line.note) == ("满足 1/1", "AP05 只作提示、没有算违反的 1 项：GJ-01")


def test_rows_closed_before_the_takeover_stand_outside():
    heads, cells = "措施内容 | 来源 | 确认日期 | 效果结论 | 归档日期", "改路由 |  | 2026-04-07 | 有效 | 2026-04-10"
    from datetime import date

    from capa_xl.model.procedure import Procedure

    for since, words in (("2026-04-10", "待整改 1/1"), ("2026-04-11", "不适用")):
        procedure = Procedure(taken_over_on=date.fromisoformat(since))
        assert self_check(row(heads, cells), procedure=procedure)["R20"].words == words


def test_a_plain_action_is_no_breach_of_what_its_table_has_no_column_for():
    lines = self_check(A)
    assert {line.verdict for line in lines.values()} <= {"满足", "不适用", "未判定", "系统功能", "待整改"}
    assert [line.id for line in lines.values() if line.verdict == "待整改"] == []


SIGNAL = "分析编号 | 日期 | 信号 | 处置 | 理由 | 跟踪表编号\nFX-01 | 2026-05-25 | 超出 3σ | {} | {} | {}"
COMPLETED = "编号 | 完成期限 | 措施类型 | 严重度 | 责任部门 | 归口部门 | 实际完成日期 | 检查人 | 检查日期 | 检查结论\n"
INSPECTED = (
    "编号 | 严重度 | 实际完成日期 | 检查人 | 检查日期 | 检查结论 | 确认人 | 确认日期 | 执行情况结论 | 效果结论\n"
)
MOVED = "编号 | 登记日期 | 完成期限 | 原完成期限\nGJ-01 | 2026-01-05 | 2026-08-31 | 2026-05-29"
EXTENSION = "编号 | 申请日期 | 原期限 | 新期限 | 批准人 | 批准日期 | 结论\n"
EXTENSION += "GJ-01 | 2026-05-11 | 2026-05-29 | 2026-08-31 | {} | {} | 同意"
REQUEST = "登记编号 | 接收部门 | 接收人 | 要求回复日期 | 回复日期\nXQ-01 | 服务台 | {} | 2026-07-31 | "
OLD_PLAN = "JH-01 | V1.0 | 2025-01-01 | 2025-12-31 | 减半 | 样例检 | 2024-12-20 | 样例总 | 2024-12-28 | 同意\n"
REFUSED_PLAN = "JH-01 | V2.0 | 2025-01-01 | 2026-12-31 | 减半 | 样例检 | 2025-12-20 | 样例总 | 2025-12-28 | 不同意"


def words_of(id_, tracker, **others):
    return self_check(tracker, **others)[id_].words


def test_a_signal_is_answered_by_its_action_or_by_a_reason():
    def answered(*cells):
        return words_of("R41", A, analyses=SIGNAL.format(*cells))

    assert answered("不采取", "", "") == answered("预防措施", "", "") == "待整改 1/1"
    assert (
        answered("不采取", "一次性", "") == answered("预防措施", "", "GJ-01") == answered("观察", "", "") == "满足 1/1"
    )


@pytest.mark.parametrize(("on", "words", "rows"), [
    ("2026-05-18", "满足 2/2", ()), ("2026-05-19", "待整改 1/2", ("网络部 中断 2026-04",)),
])  # fmt: skip
def test_a_signal_that_no_analysis_speaks_of_is_a_breach_once_ten_working_days_are_over(on, words, rows):
    """The working days after 2026-04-30, with 1 to 5 May off and 9 May worked: the tenth is Monday the 18th."""
    charts = RuleFigures(unanswered=(UnansweredSignal("网络部 中断", "2026-04"),))
    answered = "分析编号 | 日期 | 信号 | 处置\nFX-01 | 2026-05-04 | 5月超限 | 观察"
    line = self_check(A, on=on, figures=charts, analyses=answered)["R41"]
    assert (line.words, line.rows) == (words, rows)
    assert line.base[-1] == "网络部 中断 2026-04"


def test_what_nobody_inspected_or_confirmed_within_its_limit_is_no_satisfied_requirement():
    """Completed on 05-11: until 05-25; completed on 04-13: 最早确认日 05-13, until 05-27."""
    blank = " | | | "
    assert (
        words_of("R51", COMPLETED + f"GJ-01 | 2026-06-15 | 纠正 | 一般 | 服务台 | 服务台 | 2026-05-11{blank}")
        == "待整改 1/1"
    )
    assert (
        words_of("R51", COMPLETED + f"GJ-01 | 2026-06-15 | 纠正 | 一般 | 服务台 | 服务台 | 2026-05-18{blank}")
        == "不适用"
    )
    done = "样例甲 | 2026-04-21 | 合格 | | | | "
    assert words_of("R63", INSPECTED + f"GJ-01 | 一般 | 2026-04-13 | {done}") == "待整改 1/1"
    assert words_of("R63", INSPECTED + f"GJ-01 | 一般 | 2026-04-20 | {done}") == "不适用"


def test_an_extension_that_nobody_signed_moves_no_deadline():
    assert words_of("R61", MOVED, extensions=EXTENSION.format("", "")) == "待整改 1/1"
    assert words_of("R61", MOVED, extensions=EXTENSION.format("样例甲", "")) == "待整改 1/1"
    assert words_of("R61", MOVED, extensions=EXTENSION.format("样例甲", "2026-05-12")) == "满足 1/1"


def test_a_deadline_moved_without_approval_is_a_deadline_all_the_same():
    """It breaks R61, which asks for the approval, or R61 isn't judged; R54 asks whether there is a deadline."""
    rows = row(
        "措施内容 | 责任人 | 批准结论 | 完成期限 | 原完成期限", "改路由 | 样例工 | 同意 | 2026-08-31 | 2026-05-29"
    )
    for sheets, words in (
        ({"extensions": EXTENSION.format("", "")}, "待整改 1/1"),
        ({}, "未判定：缺少《延期记录》"),
    ):
        lines = self_check(rows, **sheets)
        assert (lines["R61"].words, lines["R54"].words) == (words, "满足 1/1")


def test_what_is_approved_or_answered_before_it_was_there_is_not_kept():
    """The extension was asked for on 05-11, the plan written on 2025-12-20, the rest was there on 05-04."""
    early = EXTENSION.replace("{} | {} | 同意", "样例甲 | 2026-05-10 | 同意")
    assert words_of("R61", MOVED, extensions=early) == "待整改 1/1"
    assert words_of("R03", A, plans=SOUND_PLAN.replace("2025-12-28", "2025-12-19")) == "待整改 1/1"
    evaluated = KEEPS["R07"]["needs"].replace("2026-05-06", "2026-05-03")
    assert words_of("R07", A, needs=evaluated) == "待整改 1/1"
    answered = "登记编号 | 登记日期 | 接收部门 | 接收人 | 要求回复日期 | 回复日期\n"
    answered += "XQ-01 | 2026-05-04 | 服务台 | 样例工 | 2026-06-01 | {}"
    assert words_of("R17", A, needs=answered.format("2026-05-03")) == "待整改 1/1"
    assert words_of("R17", A, needs=answered.format("2026-05-04")) == "满足 1/1"
    proposed = "编号 | 文件名称 | 文件类别 | 修改意见 | 提出日期 | 批准人 | 批准日期 | 结论\n"
    proposed += "GJ-01 | 规程 | 管理 | 改 5.3 | 2026-05-04 | 样例质 | {} | 同意"
    assert words_of("R67", A, revisions=proposed.format("2026-05-03")) == "待整改 1/1"
    trouble = "编号 | 日期 | 类型 | 处理意见 | 处理人 | 处理日期\nGJ-01 | 2026-05-04 | 问题 | 已协调 | 样例甲 | {}"
    assert words_of("R49", A, progress=trouble.format("2026-05-03")) == "待整改 1/1"
    assert words_of("R49", A, progress=trouble.format("2026-05-04")) == "满足 1/1"
    review = "评审编号 | 日期 | 结论 | 相关编号\nPS-01 | {} | 同意 | GJ-01"
    reviewed = row("登记日期 | 管理评审编号", "2026-05-04 | PS-01")
    assert words_of("R37", reviewed, decisions=review.format("2026-05-03")) == "待整改 1/2"
    assert words_of("R37", reviewed, decisions=review.format("2026-05-04")) == "满足 2/2"


def test_what_the_words_of_a_statement_say_is_what_is_looked_at():
    """Each said 满足 of a row that plainly broke its words."""
    assert words_of("R06", A, needs=KEEPS["R06"]["needs"].replace("样例工", "")) == "待整改 1/1"
    assert words_of("R16", A, needs=KEEPS["R16"]["needs"].replace("样例工", "")) == "待整改 1/1"
    repeated = "措施内容 | 措施类型 | 严重度 | 是否重复 | 前次编号"
    for earlier, words in (("GJ-09", "待整改 1/1"), ("GJ-01", "待整改 1/1"), ("GJ-09（旧）", "满足 1/1")):
        assert words_of("R33", row(repeated, f"改路由 | 纠正 | 一般 | 是 | {earlier}")) == words
    prevention = "措施内容 | 措施类型 | 主要原因 | 原因分析 | 分析编号 | 来源单号"
    for cells, words in (
        ("电池老化 | | FX-01 |", "满足 1/1"), (" | 电池老化 | | 单 3", "满足 1/1"),
        ("电池老化 | | |", "待整改 1/1"), (" | | FX-01 |", "待整改 1/1"),
    ):  # fmt: skip
        assert words_of("R42", row(prevention, f"换电池 | 预防 | {cells}")) == words
    step = "编号 | 步骤责任人 | 计划完成 | 实际完成\nGJ-01 | {} | {} | 2026-05-20"
    for owner, due, words in (
        ("样例工", "2026-05-20", "满足 1/1"), ("", "2026-05-20", "待整改 1/1"), ("样例工", "", "待整改 1/1"),
    ):  # fmt: skip
        assert words_of("R48", row("开始日期 | 实际完成日期", "2026-05-04 | "), steps=step.format(owner, due)) == words
    request = "编号 | 日期 | 类型 | 处理日期 | 结论\nGJ-01 | 2026-05-28 | 资源申请 | {} | {}"
    for day, verdict, words in (
        ("2026-05-29", "同意", "满足 1/1"), ("", "同意", "待整改 1/1"),
        ("2026-05-29", "", "待整改 1/1"), ("", "", "满足 1/1"),
    ):  # fmt: skip
        assert words_of("R05", A, progress=request.format(day, verdict)) == words


TARGETED = "措施内容 | 效果指标 | 现值 | 目标值 | 实际值 | 确认日期 | 效果结论"
ROUND = "编号 | 指标 | 改进后n | 改进后不合格 | 改进后值 | 结论 | 确认日期\nGJ-01 | {} | 有效 | 2026-05-04"


def test_a_target_that_no_figure_was_held_against_was_not_judged():
    def judged_by(actual, round_=""):
        others = {"confirmations": ROUND.format(round_)} if round_ else {}
        return words_of("R27", row(TARGETED, f"改路由 | 超时率 | 12 | 3 | {actual} | 2026-05-04 | 有效"), **others)

    assert (judged_by("2"), judged_by("")) == ("满足 1/1", "待整改 1/1")
    assert judged_by("", "超时率 | | | 2") == judged_by("", "超时率 | 100 | 2 | ") == "满足 1/1"
    assert judged_by("", "投诉数 | | | 2") == judged_by("", "超时率 | | | ") == "待整改 1/1"


def test_a_plan_approved_by_somebody_the_roster_does_not_know_was_not_approved_by_its_general_manager():
    strange = SOUND_PLAN.replace("样例总", "样例某")
    assert words_of("R04", A, plans=strange) == "待整改 1/1"
    assert words_of("R04", A, plans=strange, people="姓名 | 部门\n样例工 | 服务台") == "满足 1/1"
    assert words_of("R03", A, plans=SOUND_PLAN.replace("样例检", "样例某")) == "待整改 1/1"


def test_reminders_by_hand_are_judged_where_no_run_ever_kept_a_journal():
    """Planned on 2026-04-15; once 不适用, and LG01 silent, because there was no journal."""
    case = KEEPS["R58"]["tracker"]
    by_hand = "编号 | 日期 | 记录人 | 类型\nGJ-01 | {} | 样例检 | 提醒"
    assert words_of("R58", case, progress=by_hand.format("2026-04-15")) == "满足 1/1"
    assert words_of("R58", case, progress=by_hand.format("2026-04-16")) == "待整改 1/1"


def test_an_archive_with_a_date_and_nothing_else_is_not_in_time():
    """Confirmed on 2026-04-07: 报告应交日 04-21. Once 满足, beside 归档及时率 0/1."""
    heads = "确认日期 | 效果结论 | 是否涉及文件修订 | 归档日期 | 报告编号 | 归档位置"
    for cells, words in (
        ("2026-04-21 | GJBG-1 | 柜 1", "满足 1/1"), ("2026-04-22 | GJBG-1 | 柜 1", "待整改 1/1"),
        ("2026-04-21 | | ", "待整改 1/1"), ("2026-04-21 | GJBG-1 | ", "待整改 1/1"),
    ):  # fmt: skip
        assert words_of("R70", row(heads, f"2026-04-07 | 有效 | 否 | {cells}")) == words


def test_registered_needs_are_kept_as_actions_are():
    known = journal_of(numbers=frozenset({"GJ-01"}), needs=frozenset({"XQ-01", "XQ-02"}))
    line = self_check(A, journal=known, needs="登记编号 | 描述\nXQ-01 | 报表慢")["R08"]
    assert (line.words, line.rows) == ("待整改 1/3", ("XQ-02",))
    assert words_of("R08", A, journal=known, needs="登记编号 | 描述\nXQ-01 | 慢\nXQ-02 | 坏") == "满足 3/3"


def test_a_name_that_the_roster_does_not_know_breaks_what_asks_for_it_on_any_sheet():
    assert words_of("R17", A, needs=REQUEST.format("样例某")) == "待整改 1/1"
    assert words_of("R17", A, needs=REQUEST.format("样例工")) == "满足 1/1"


def test_a_refused_newer_plan_does_not_change_the_period_that_is_looked_at():
    analyses = "分析编号 | 日期 | 数据来源 | 结论\nFX-01 | 2025-06-01 | 体系运行过程 | 无"
    tracker = "编号 | 来源 | 登记日期\nGJ-01 | 其他 | 2026-03-03"
    assert words_of("R21", tracker, plans=PLAN + OLD_PLAN + REFUSED_PLAN, analyses=analyses) == "待整改 3/5"


def aside(text, number=""):
    """A quarantined row of the tracker: no rule has judged it."""
    (record,) = table("tracker", text).records
    return Quarantined(record.row, number, ("A2",), record)


def test_a_row_nobody_could_check_is_not_kept():
    """Once: 满足 1/1 for R54 of a row without 责任人, because it had no 编号 and no rule ever saw it."""
    tracker = "编号 | 措施内容 | 责任人 | 完成期限\n"
    unread = aside(f"{tracker} | 改路由 | | 2026-06-30")
    alone = self_check(tracker.strip(), quarantined=(unread,))["R54"]
    assert (alone.verdict, alone.of) == ("未判定", 0)
    assert alone.words == "未判定：缺少待更正行的内容（改进计划跟踪表!A2）"
    beside = self_check(f"{tracker}GJ-01 | 改路由 | 样例工 | 2026-06-30", quarantined=(unread,))["R54"]
    assert (beside.words, beside.base) == ("满足 1/1", ("GJ-01",))
    assert beside.note == "另有 1 行待更正，未判定：改进计划跟踪表!A2"
    twins = (aside(f"{tracker}GJ-02 | 改路由 | | 2026-06-30", "GJ-02"),) * 2
    twice = self_check(f"{tracker}GJ-01 | 改路由 | 样例工 | 2026-06-30", quarantined=twins)["R54"]
    assert twice.note == "另有 2 行待更正，未判定：GJ-02（2 行）"


def test_a_deadline_moved_by_somebody_without_the_right_is_not_approved():
    """What the extension's approver lacks breaks R61, what the action's own approver lacks does not."""
    for approver, words in (("样例甲", "满足 1/1"), ("样例网", "待整改 1/1"), ("样例工", "待整改 1/1")):
        assert words_of("R61", OWNED, extensions=EXTENSION.format(approver, "2026-05-12")) == words
    unfit = OWNED.replace("样例总", "样例网")
    assert words_of("R61", unfit, extensions=EXTENSION.format("样例甲", "2026-05-12")) == "满足 1/1"
    assert words_of("R36", unfit) == "待整改 1/1"


OWNED = """
    编号  | 登记日期   | 完成期限   | 原完成期限 | 责任部门 | 责任人 | 批准人 | 批准日期   | 批准结论
    GJ-01 | 2026-01-05 | 2026-08-31 | 2026-05-29 | 服务台   | 样例工 | 样例总 | 2026-01-12 | 同意
"""


def test_what_was_confirmed_without_any_inspection_was_not_inspected():
    never = COMPLETED.replace("检查结论", "检查结论 | 确认人 | 确认日期 | 效果结论")
    confirmed = "GJ-01 | 2026-06-15 | 纠正 | 一般 | 服务台 | 服务台 | 2026-04-13 | {} | 样例甲 | 2026-05-18 | 有效"
    assert words_of("R51", never + confirmed.format(" | | ")) == "待整改 1/1"
    assert words_of("R51", never + confirmed.format("样例工 | 2026-04-14 | 合格")) == "满足 1/1"


TWO_DEADLINES = (
    "编号 | 登记日期 | 批准日期 | 完成期限 | 原完成期限\nGJ-01 | 2026-01-05 | 2026-01-12 | 2026-06-30 | 2026-04-30"
)
MET_AND_MISSED = journal_of(letter("GJ-01", "M1", "2026-04-30", "2026-03-30"))


def test_each_deadline_of_a_row_is_judged_by_its_own_letter():
    """Once: 待整改 3/3 where two of three deadlines had been reminded of in time."""
    moved = EXTENSION.replace("2026-05-29 | 2026-08-31", "2026-04-30 | 2026-06-30").format("样例甲", "2026-04-20")
    moved = moved.replace("2026-05-11", "2026-04-17")
    line = self_check(TWO_DEADLINES, journal=MET_AND_MISSED, extensions=moved)["R58"]
    assert (line.words, line.rows) == ("待整改 1/2", ("GJ-01",))
    excuse = "编号 | 规则 | 说明 | 确认人 | 日期\nGJ-01 | LG01 | 服务器迁移 | 样例总 | 2026-05-31"
    line = self_check(TWO_DEADLINES, journal=MET_AND_MISSED, extensions=moved, excuses=excuse)["R58"]
    assert line.words == "待整改 1/2（其中 1 项有情况说明）"


def test_work_begun_off_its_route_is_explained_once_all_that_speaks_of_it_is():
    rows = row(f"{SIGN}", "改路由 | 纠正 | 重大 | 否 | 样例甲 | 2026-05-04 | 同意 | 2026-05-06")
    excuse = "编号 | 规则 | 说明 | 确认人 | 日期\nGJ-01 | {} | 抢修 | 样例质 | 2026-05-20"
    explained = {
        rules: self_check(rows, excuses=excuse.format(rules))["R34"].excused for rules in ("AP01", "AP06", "AP01、AP06")
    }
    assert explained == {"AP01": 0, "AP06": 0, "AP01、AP06": 1}


def test_a_complaint_that_waits_past_its_time_breaks_what_is_owed_to_it():
    """Not yet judged 成立 or not, but its answer was promised for 2026-05-31."""
    need = "登记编号 | 来源 | 是否成立 | 要求书面回复 | 回复时间\nXQ-01 | 顾客投诉 |  | {} | "
    for promised, words in (("2026-05-31 17:00", "待整改 1/1"), ("2026-06-02 17:00", "满足 1/1")):
        assert words_of("R29", A, needs=need.format(promised)) == words
