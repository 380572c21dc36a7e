"""The page for the meeting, worked out by hand from six rows."""

from __future__ import annotations

import pytest

from capa_xl.model.period import parse_period
from capa_xl.model.procedure import Procedure
from capa_xl.policy.papers.meeting_facts import meeting_facts
from capa_xl.reports.meeting_text import chat_line, meeting_lines
from capa_xl.reports.word.context_meeting import meeting_context
from tests.policy.papers.given import given
from tests.policy.registers import completed, day, planned, running

MAY = parse_period("2026-05")


def facts(*actions, on="2026-06-03", **others):
    return meeting_facts(given(*actions, on=on, **others), MAY)


def numbers(items):
    return [(item.number, item.mark) for item in items]


def test_done_late_and_coming_stand_by_department_the_latest_first():
    found = facts(
        completed(number="A", responsible_department="服务台", due_on="2026-05-20", completed_on="2026-05-23"),
        completed(number="B", responsible_department="服务台", due_on="2026-05-31", completed_on="2026-05-31"),
        completed(number="C", responsible_department="服务台", due_on="2026-05-20", completed_on="2026-04-30"),
        running(number="D", responsible_department="网络部", due_on="2026-06-02"),
        running(number="E", responsible_department="网络部", due_on="2026-06-30"),
        running(number="F", responsible_department="网络部", due_on="2026-07-01"),
    )
    network, desk = found.departments
    assert (network.name, desk.name) == ("网络部", "服务台")
    assert numbers(network.late) == [("D", "实施逾期 1 天")]
    assert numbers(network.coming) == [("E", "2026-06-30")]
    assert numbers(desk.done) == [("A", "逾期 3 天完成"), ("B", "按期完成")]
    assert found.coming_until == day("2026-06-30")


def test_the_figures_say_which_kind_is_late():
    """D is not done by its deadline; P, registered on 2026-01-05, waits for its approval since then."""
    found = facts(
        running(number="D", responsible_department="网络部", due_on="2026-06-02"),
        planned(number="P", responsible_department="网络部", registered_on="2026-01-05", due_on="2026-06-20"),
    )
    words = "本期完成 0 项，逾期 2 项（实施逾期 1、环节超时 1），近期到期 1 项"
    assert next(meeting_lines(found)) == f"网络部：{words}"
    assert meeting_context(found)["summary"] == f"{words}（至2026年6月30日）。"


def test_what_is_due_on_the_last_day_of_the_period_isnt_said_to_be_of_the_next_one():
    found = facts(running(number="D", responsible_department="网络部", due_on="2026-05-31"), on="2026-05-31")
    assert numbers(found.departments[0].coming) == [("D", "2026-05-31")]
    assert next(meeting_lines(found)).endswith("，近期到期 1 项")


def test_due_today_comes_and_is_not_late():
    (network,) = facts(running(number="D", responsible_department="网络部", due_on="2026-06-03")).departments
    assert (numbers(network.late), numbers(network.coming)) == ([], [("D", "2026-06-03")])


def test_a_completion_that_was_sent_back_is_not_done():
    back = {"inspector": "样例检", "inspected_on": "2026-05-20", "inspection": "不合格"}
    (desk,) = facts(completed(number="A", completed_on="2026-05-18", due_on="2026-05-31", **back)).departments
    assert (desk.done, numbers(desk.late)) == ((), [("A", "实施逾期 3 天")])


def test_the_chat_line_names_who_is_late_or_due_within_seven_days():
    found = facts(
        running(number="D", owners=("样例工",), due_on="2026-06-02"),
        running(number="E", owners=("样例工",), due_on="2026-06-10"),
        running(number="F", owners=("样例工",), due_on="2026-06-11"),
        running(number="G", owners=("样例网",), due_on="2026-06-03"),
    )
    assert chat_line(found) == "本周请处理：样例工 2 项（D、E）；样例网 1 项（G）。"
    assert chat_line(facts(running(due_on="2026-09-01"))) == "本周没有要催的事项。"


@pytest.mark.parametrize(("done", "told"), [("2026-05-25", True), ("2026-06-02", False)])
def test_the_chat_line_names_who_has_a_step_to_do_within_seven_days_too(done, told):
    """Nothing is late: the inspection is due ten working days after the completion, on 06-08 and on 06-16."""
    line = chat_line(facts(completed(number="A", completed_on=done, due_on="2026-12-31")))
    assert (line.startswith("本周请处理：") and "（A）" in line) is told, line


@pytest.mark.parametrize(("due", "told"), [("2026-05-29", True), ("2026-06-10", True), ("2026-06-11", False)])
def test_the_chat_line_names_who_has_a_step_of_the_row_to_finish_too(due, told):
    """The whole is due in December; its step was forgotten, though the letters ask for it."""
    step = {"number": "A", "step": "1", "content": "换线", "owners": ("样例网",), "due_on": due}
    line = chat_line(facts(running(number="A", due_on="2026-12-31"), steps=[step]))
    assert line == ("本周请处理：样例网 1 项（A）。" if told else "本周没有要催的事项。")


def test_more_than_a_cell_holds_is_counted_and_more_departments_than_a_page_holds_are_named():
    rows = [running(number=f"N{n}", responsible_department="网络部", due_on="2026-05-01") for n in range(9)]
    rows += [running(number=f"M{n}", responsible_department=f"第{n}部", due_on="2026-06-20") for n in range(11)]
    listed = Procedure(lists={"部门": tuple(f"第{n}部" for n in range(11))})
    words = meeting_context(facts(*rows, procedure=listed))
    assert len(words["departments"]) == 8
    about = "客户系统夜间告警无人响应"
    late = [f"N0 实施逾期 33 天 {about}", f"N1 实施逾期 33 天 {about}", "N2 实施逾期 33 天 客户系统夜间…", "另有 6 项"]
    assert words["departments"][0]["late"].splitlines() == late
    counted = "本期完成 0 项，逾期 0 项，近期到期 4 项。近期到期 M6、M7、M8、M9。"
    assert words["more"] == f"另有 4 个部门（第6部、第7部、第8部、第9部）：{counted}"
    assert words["summary"] == "本期完成 0 项，逾期 9 项（实施逾期 9），近期到期 11 项（至2026年6月30日）。"


def test_an_open_row_whose_department_is_blank_or_in_no_list_is_the_quality_departments_to_give_one():
    late = {"due_on": "2026-06-02", "owning_department": None, "process": None}
    rows = [running(number=f"L{n}", responsible_department=one, **late) for n, one in enumerate((None, "网络"))]
    (group,) = facts(*rows).departments
    assert (group.name, [item.number for item in group.late]) == ("质量部（未定部门）", ["L0", "L1"])
    assert [one.name for one in facts(*rows, people=()).departments] == ["网络", "（未定部门）"]


def test_of_as_many_late_items_the_longest_late_comes_first():
    """One each: 网络部 1 day and something near to come, 服务台 93 days."""
    found = facts(
        running(number="A", responsible_department="网络部", due_on="2026-06-02"),
        running(number="B", responsible_department="网络部", due_on="2026-06-04"),
        running(number="C", responsible_department="服务台", due_on="2026-03-02"),
    )
    assert [one.name for one in found.departments] == ["服务台", "网络部"]


def test_departments_with_nothing_late_stand_by_their_nearest_deadline():
    """One action due on 06-04 comes before two due on 06-05 and later; what was done alone comes last."""
    found = facts(
        running(number="A", responsible_department="网络部", due_on="2026-06-05"),
        running(number="B", responsible_department="网络部", due_on="2026-06-20"),
        running(number="C", responsible_department="服务台", due_on="2026-06-04"),
        completed(number="D", responsible_department="质量部", due_on="2026-05-31", completed_on="2026-05-31"),
    )
    assert [one.name for one in found.departments] == ["服务台", "网络部", "质量部"]
