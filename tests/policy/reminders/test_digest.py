"""The quality department's Monday letter: every line whole, and on which day it goes to whom."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.journal import FAILED, FILED, REFUSED, UNKNOWN
from capa_xl.model.milestones import Q1, milestone_name
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.register import Quarantined
from capa_xl.model.weekly import WeeklyDigest, WeeklyLine, WeeklyList
from capa_xl.policy.reminders.digest import digest_reminders, weekly_digest
from capa_xl.policy.reminders.posted import Posted
from capa_xl.policy.reminders.rows_told_once import rows_told_once
from tests.policy.postings import journal, posting
from tests.policy.registers import PEOPLE, approved, completed, confirmed, planned, running, view

N, T = "GJ-2026-001", "2026-08-20"
TITLE = "客户系统夜间告警无人响应"


def lists(*actions, on=T, problems=(), unreachable=(), troubled=(), **others):
    digest = weekly_digest(view(*actions, on=on, **others), problems, unreachable, troubled)
    return {part.heading: part.lines for part in digest.lists}


def test_a_week_without_anything_to_say_is_silent():
    quiet = weekly_digest(view(running(due_on="2026-12-31"), on=T), (), (), ())
    assert (quiet.lists, quiet.summary) == ((), "")


def test_a_late_action_is_listed_with_its_place_its_days_and_whom_it_waits_for():
    line = WeeklyLine(N, "改进计划跟踪表!A2", "实施逾期 51 天，等 样例工", "服务台", TITLE)
    assert lists(running()) == {"实施逾期": (line,)}


def test_the_full_stop_of_a_problem_does_not_stand_before_the_colon_of_the_line():
    (line,) = lists(running(description="告警无人响应。"))["实施逾期"]
    assert line.title == "告警无人响应"


def test_the_longest_late_stands_first_and_of_two_alike_the_one_above():
    rows = (
        running(number="GJ-1"),
        running(number="GJ-2", due_on="2026-06-01"),
        running(number="GJ-3"),
        running(number="GJ-4", due_on="2026-08-20"),
    )
    found = lists(*rows)
    assert [line.number for line in found["实施逾期"]] == ["GJ-2", "GJ-1", "GJ-3"]
    assert [(line.number, line.words) for line in found["一个月内到期"]] == [("GJ-4", "今天到期，等 样例工")]


def test_what_comes_due_within_a_month_stands_nearest_first():
    rows = (
        running(number="GJ-1", due_on="2026-09-20"),
        running(number="GJ-2", due_on="2026-08-25"),
        running(number="GJ-3", due_on="2026-09-21"),
        running(number="GJ-4", due_on="2026-08-25"),
    )
    assert [line.number for line in lists(*rows)["一个月内到期"]] == ["GJ-2", "GJ-4", "GJ-1"]


def test_what_waits_too_long_has_a_list_of_its_own():
    waiting = planned(approver=None)
    found = lists(waiting, on="2026-03-20")
    assert list(found) == ["环节超时"]
    said = found["环节超时"][0].words
    assert said.startswith("审批超时 ") and said.endswith(" 天，等 样例甲、质量部、服务台")


def test_what_was_refused_or_did_not_work_is_named_from_the_first_monday():
    """No letter of their own speaks of them; a limit that is over comes only ten working days after the verdict."""
    partly = confirmed(number="GJ-1", confirmed_on="2026-08-13", effect="部分有效")
    refused = approved(number="GJ-2", approved_on="2026-08-14", approval="不同意", due_on="2026-12-31")
    followed = confirmed(number="GJ-3", effect="无效", follow_ups=("GJ-2",))
    rows = (partly, refused, followed, running(due_on="2026-12-31"))
    found = weekly_digest(view(*rows, on="2026-08-17"), (), (), ())
    assert [(part.heading, [(line.number, line.words) for line in part.lines]) for part in found.lists] == [
        ("审批退回、措施无效", [("GJ-1", "措施无效（2026-08-13 部分有效），等 服务台"),
                              ("GJ-2", "审批退回（2026-08-14 不同意），等 服务台")]),
    ]  # fmt: skip
    assert found.summary.endswith("，审批退回、措施无效 2 项")
    assert [one.planned_on for one in digest_reminders(view(*rows, on="2026-08-17"), found)] == [date(2026, 8, 17)]


def test_what_waits_too_long_and_passes_its_deadline_besides_is_told_with_both():
    """Limit of the approval 2026-01-26: 159 days."""
    (line,) = lists(planned(approver=None), on="2026-07-04")["实施逾期"]
    assert line.words.startswith("实施逾期 4 天，审批超时 159 天，等 ")


def test_errors_are_listed_with_sentence_and_cure_and_warnings_are_not():
    def problem(severity, cell="B2"):
        return Problem("PL01", "4.1", severity, "改进计划跟踪表", cell, N, 2, "缺原因", "请补填")

    calm = running(due_on="2026-12-31")
    assert lists(calm, problems=[problem(Severity.ERROR), problem(Severity.WARNING), problem(Severity.INFO)]) == {
        "数据错误": (WeeklyLine(N, "改进计划跟踪表!B2", "缺原因 → 请补填", "", TITLE),)
    }
    (line,) = lists(calm, problems=[problem(Severity.ERROR, None)])["数据错误"]
    assert line.place == "改进计划跟踪表"


def test_an_action_is_told_once_with_all_that_is_asked_of_it_and_each_list_counts_it():
    """Once in 环节超时, in 一个月内到期 and for each error: four lines of one row."""
    errors = [
        Problem("AP02", "4.2", Severity.ERROR, "改进计划跟踪表", "AW2", N, 2, "批准结论空白", "补批准结论"),
        Problem("DO11", "4.4", Severity.ERROR, "延期记录", "D2", N, 2, "新期限没有写回", "更新完成期限"),
    ]
    late = planned(approver=None, due_on="2026-04-10")
    found = weekly_digest(view(late, running(number="GJ-2", due_on="2026-04-02"), on="2026-03-20"), errors, (), ())
    waiting, soon, wrong = found.lists
    (line,) = waiting.lines
    said = "批准结论空白 → 补批准结论（AW2）；新期限没有写回 → 更新完成期限（延期记录!D2）"
    assert line.words.startswith("审批超时 ") and line.words.endswith(f"等 样例甲、质量部、服务台（服务台）；{said}")
    assert (soon.count, [one.number for one in soon.lines], soon.above, soon.unlisted) == (2, ["GJ-2"], (N,), 0)
    assert (wrong.count, wrong.lines, wrong.above, wrong.unlisted) == (2, (), (N,), 0)


def test_a_row_behind_the_cut_of_a_list_is_told_by_the_next_and_one_of_other_people_by_itself():
    late = WeeklyList("实施逾期", 2, (WeeklyLine("A", "表!A2", "逾期，等 甲"), WeeklyLine("B", "表!A3", "逾期，等 乙")))
    steps = WeeklyList("步骤逾期", 1, (WeeklyLine("A", "表!A2", "步骤 2，等 丙", is_apart=True),))
    anew = WeeklyList("退回", 2, (WeeklyLine("B", "表!A3", "退回，等 乙"), WeeklyLine("A", "表!A2", "退回，等 甲")))
    found = rows_told_once((late, steps, anew), ("A", "B"), 1)
    assert [[(line.number, line.words) for line in part.lines] for part in found] == [
        [("A", "逾期，等 甲；退回")],
        [("A", "步骤 2，等 丙")],
        [("B", "退回，等 乙")],
    ]
    assert [(part.above, part.unlisted) for part in found] == [((), 1), ((), 0), (("A",), 0)]


def test_people_and_letters_that_did_not_get_through_are_listed():
    failed = replace(posting("M1", "2026-08-17", result=FAILED, due="2026-12-31"), error="550 无此邮箱")
    found = lists(
        running(due_on="2026-12-31"),
        unreachable=[("样例工", "不在名单")],
        troubled=[failed, posting("O1", "2026-08-18", result=UNKNOWN)],
    )
    assert found["无法送达"] == (WeeklyLine("", "", "样例工：不在名单 → 请在《人员部门》填写"),)
    assert [line.number for line in found["邮件失败或结果不明"]] == [N, N]
    first, second = (line.words for line in found["邮件失败或结果不明"])
    assert first.startswith("样例甲：") and first.endswith("发送失败 550 无此邮箱")
    assert second.startswith("样例甲：") and second.endswith("结果不明")


def test_of_two_failures_to_one_person_for_one_action_the_newer_is_listed_alone():
    """As LG02 has it: what went before in the ladder is never sent again."""
    first, second = posting("O1", "2026-08-10", result=FAILED), posting("O2", "2026-08-17", result=FAILED)
    found = lists(running(due_on="2026-08-07"), troubled=[first, second])
    (line,) = found["邮件失败或结果不明"]
    assert milestone_name("O2") in line.words


def test_a_letter_that_failed_and_goes_again_with_this_run_is_said_to():
    failed = posting("M1", "2026-08-17", result=FAILED, due="2026-12-31")
    failed = replace(failed, error="服务器暂时不收（原文：450） → 下次运行会再发")
    digest = weekly_digest(view(running(due_on="2026-12-31"), on=T), (), (), [failed], again={failed.key})
    ((line,),) = (part.lines for part in digest.lists)
    assert line.words.endswith("上次发送失败 服务器暂时不收（原文：450），这次再发，结果见《提醒台账》")
    ((other,),) = (part.lines for part in weekly_digest(view(on=T), (), (), [failed]).lists)
    assert other.words.endswith("发送失败 服务器暂时不收（原文：450） → 下次运行会再发") and "上次" not in other.words


REFUSED_BOX = (
    "服务器拒收 jia@yangli-ops.example（原文：550） → 请在《人员部门》核对邮箱；改了立即再发，没改的每周试一次"
)


def test_a_letter_that_is_never_due_again_is_not_promised_and_is_asked_for_until_somebody_accepts_that():
    """A month ahead of a deadline that was met, or is over; before it is, it is tried again, as an inspection's is."""
    refused = replace(posting("M1", "2026-06-01", result=REFUSED, due="2026-12-31"), error=REFUSED_BOX)
    missed = replace(posting("M1", "2026-06-01", result=REFUSED), error=REFUSED_BOX)
    inspect = replace(posting("S2", "2026-06-01", result=REFUSED), error=REFUSED_BOX)
    (one,) = lists(completed(), troubled=[refused])["邮件失败或结果不明"]
    (other,) = lists(completed(), troubled=[inspect])["邮件失败或结果不明"]
    assert one.words.endswith("（原文：550），不再发 → 请核对邮箱或服务器，并在《例外说明》写明（LG02）")
    assert lists(running(), troubled=[missed])["邮件失败或结果不明"] == (one,)
    (still,) = lists(running(), troubled=[refused])["邮件失败或结果不明"]
    assert still.words.endswith(REFUSED_BOX) and other.words.endswith(REFUSED_BOX)
    accepted = Problem("LG02", "4.4.6", Severity.INFO, "改进计划跟踪表", "A2", N, 2, "", "", excused=True)
    assert "邮件失败或结果不明" not in lists(completed(), problems=[accepted], troubled=[refused])
    assert lists(running(), problems=[accepted], troubled=[refused])["邮件失败或结果不明"] == (still,)


@pytest.mark.parametrize(
    ("result", "on", "later", "stays"),
    [
        (FAILED, "2026-08-17", "2026-08-18", False),
        (FAILED, "2026-08-17", "2026-08-17", True),
        (FAILED, "2026-08-18", "2026-08-17", True),
        (UNKNOWN, "2026-08-17", "2026-08-18", True),
    ],
)
def test_a_failure_is_over_once_a_later_letter_of_the_same_matter_was_taken(result, on, later, stays):
    """Of another action it isn't, nor to somebody else; and filed in the outbox reached nobody."""
    failed, taken = posting("O1", on, result=result), posting("O2", later)
    troubled = Posted.of(journal(failed, taken), date(2026, 8, 20)).troubled()
    assert (failed in troubled) is stays
    others = (posting("O2", later, number="GJ-9"), posting("O2", later, "样例乙"), posting("O2", later, result=FILED))
    assert failed in Posted.of(journal(failed, *others), date(2026, 8, 20)).troubled()


@pytest.mark.parametrize(("count", "shown"), [(20, 20), (21, 20)])
def test_twenty_lines_are_shown_and_all_are_counted(count, shown):
    rows = [running(number=f"GJ-{n:02d}") for n in range(count)]
    (part,) = weekly_digest(view(*rows, on=T), (), (), ()).lists
    assert (part.count, len(part.lines)) == (count, shown)


@pytest.mark.parametrize(
    ("description", "measure", "title"),
    [
        ("一二三四五六七八九十一二三四", None, "一二三四五六七八九十一二三四"),
        ("一二三四五六七八九十，" * 3, None, "一二三四五六七八九十，一二三四五六七八九十…"),
        ("甲\n 乙", None, "甲 乙"), (None, "换备件", "换备件"), (None, None, ""),
    ],
)  # fmt: skip
def test_a_title_is_the_first_words_of_the_problem(description, measure, title):
    (line,) = lists(running(description=description, measure=measure)).get("实施逾期", (None,))
    assert line is not None
    assert line.title == title


# --- the reminder ---

SOMETHING = WeeklyDigest((WeeklyList("无法送达", 1, (WeeklyLine("", "", "样例工"),)),))


def reminders(on, digest=SOMETHING, people=PEOPLE):
    return list(digest_reminders(view(running(), on=on, people=people), digest))


def test_a_number_of_two_rows_is_titled_where_the_row_itself_is_told_and_nowhere_by_the_other():
    seen = view(running(number="GJ-9"), on=T)
    twins = [Action(row=row, number=N, description=said) for row, said in ((6, "仪表漂移"), (11, "地面湿滑"))]
    aside = tuple(Quarantined(one.row, N, (f"A{one.row}",), one) for one in twins)
    seen = replace(seen, register=replace(seen.register, quarantined=aside))
    twice = [Problem("FD02", "3.2", Severity.ERROR, "改进计划跟踪表", "A6", N, 6, "编号重复", "改编号")]
    found = {part.heading: part.lines for part in weekly_digest(seen, twice, (), ()).lists}
    assert [line.title for line in found["待更正的行"]] == ["仪表漂移", "地面湿滑"]
    assert [line.title for line in found["数据错误"]] == [""]


def test_the_letter_of_the_week_goes_to_the_quality_department_from_monday_on():
    (found,) = reminders("2026-08-20")
    assert (found.number, found.milestone, found.due_version, found.due_on) == ("", Q1, "", None)
    assert (found.occurrence, found.planned_on) == ("2026-W34", date(2026, 8, 17))
    assert found.acting == ("样例质", "样例检")
    assert found.what == "每周汇总：无法送达 1 项"


@pytest.mark.parametrize(("on", "planned_on"), [
    ("2026-08-17", "2026-08-17"), ("2026-08-23", "2026-08-17"), ("2026-10-05", None), ("2026-10-07", None),
    ("2026-10-08", "2026-10-08"),
])  # fmt: skip
def test_it_is_planned_for_the_first_working_day_of_the_week(on, planned_on):
    """2026-10-01 to 07 are holidays."""
    assert [str(one.planned_on) for one in reminders(on)] == ([planned_on] if planned_on else [])


def test_an_empty_digest_reminds_nobody():
    assert reminders("2026-08-20", WeeklyDigest(())) == []


def test_who_has_left_is_not_written_to_unless_somebody_deputises():
    left = tuple({**one, "valid_to": "2026-07-31"} if one["name"] == "样例检" else one for one in PEOPLE)
    assert [one.acting for one in reminders("2026-08-20", people=left)] == [("样例质",)]


def test_whom_no_letter_reaches_is_worth_a_letter_alone_only_where_one_was_for_them():
    quiet = view(running(due_on="2026-12-31"), on=T)
    assert weekly_digest(quiet, (), [("总经理", "没有人担任")], (), alone=False).lists == ()
    assert [part.heading for part in weekly_digest(quiet, (), [("样例工", "不在名单")], ()).lists] == ["无法送达"]
