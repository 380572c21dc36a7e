"""A step past its own 计划完成 is 步骤逾期 everywhere; 实施逾期 counts past 完成期限 only, on every surface alike."""

from __future__ import annotations

import pytest

from capa_xl.model.todo import STEP_LATE
from capa_xl.policy.reminders.digest import weekly_digest
from capa_xl.policy.tally import tally_of
from capa_xl.policy.todo import todo_of
from capa_xl.reports.todo_text import todo_lines
from tests.policy.registers import PEOPLE, day, running, view
from tests.reports.stated_in_letters import Facts, told

N = "GJ-2026-001"
BACKUP = {"number": N, "step": "2", "content": "换电池", "owners": ("样例网",), "due_on": day("2026-07-01")}
DUE: Facts = {"actions": (running(due_on="2026-07-15"),), "steps": [BACKUP], "on": "2026-07-08"}
"""A week before 完成期限, a week after the step's own day."""
OVER: Facts = DUE | {"actions": (running(due_on="2026-07-07"),)}


def seen(facts):
    return view(*facts["actions"], on=facts["on"], steps=facts["steps"], people=PEOPLE)


def headline(name, facts):
    letter = told(name, facts)
    return letter.subject.partition("】")[0] + "】", letter.headline.overdue


@pytest.mark.parametrize(
    ("name", "facts", "expected"),
    [
        ("样例网", DUE, ("【步骤逾期 1 项 1 步】", 0)),
        ("样例工", DUE, ("【即将到期 1 项】", 0)),
        ("样例网", OVER, ("【步骤逾期 1 项 1 步】", 0)),
        ("样例工", OVER, ("【实施逾期 1 项】", 1)),
    ],
)
def test_the_subject_calls_a_late_step_by_its_own_name(name, facts, expected):
    assert headline(name, facts) == expected


def test_the_body_lists_it_under_that_name():
    assert "== 步骤逾期（1 项 1 步）==" in told("样例网", DUE).text
    assert "步骤逾期 7 天" in told("样例网", DUE).text


@pytest.mark.parametrize("facts", [DUE, OVER])
def test_only_who_answers_for_the_deadline_is_told_how_to_ask_for_another(facts):
    assert "《延期记录》" not in told("样例网", facts).text
    assert "《延期记录》" in told("样例工", facts).text


def test_the_todo_counts_it_apart():
    todo = todo_of(seen(DUE), "样例网")
    assert [item.late for item in todo.items] == [STEP_LATE]
    assert next(todo_lines(todo, day(DUE["on"]))) == "样例网：截至 2026-07-08 待办步骤 1 步，其中步骤逾期 1 项 1 步。"


def test_the_weeks_digest_counts_the_late_actions_of_the_day_and_lists_the_steps_by_themselves():
    register = seen(DUE)
    digest = weekly_digest(register, (), (), ())
    found = {part.heading: [line.words for line in part.lines] for part in digest.lists}
    assert tally_of(register).late_doing == 0
    assert "实施逾期" not in found
    assert found["步骤逾期"] == ["步骤 2：步骤逾期 7 天，等 样例网"]
    assert digest.summary == "在办 1 项，实施逾期 0 项，环节超时 0 项，一个月内到期 1 项，步骤逾期 1 项 1 步"


def test_a_step_due_today_or_done_or_of_no_day_is_in_no_list():
    for step in (
        BACKUP | {"due_on": day("2026-07-08")},
        BACKUP | {"done_on": day("2026-07-05")},
        BACKUP | {"due_on": None},
    ):
        digest = weekly_digest(seen(DUE | {"steps": [step]}), (), (), ())
        assert [part.heading for part in digest.lists] == ["一个月内到期"]


def test_the_todo_counts_steps_as_steps_and_tells_those_of_one_action_together():
    later = {**BACKUP, "step": "3", "content": "换风扇", "due_on": day("2026-07-03")}
    count, _, head, *rest = todo_lines(todo_of(seen(DUE | {"steps": [BACKUP, later]}), "样例网"), day(DUE["on"]))
    assert count == "样例网：截至 2026-07-08 待办步骤 2 步，其中步骤逾期 1 项 2 步。"
    assert head.endswith("（步骤 2 步，步骤逾期 7 天）")
    assert [line.split("「")[1].split("」")[0] for line in rest if "完成步骤" in line] == ["换电池", "换风扇"]
    assert not [line for line in rest if line.startswith(N)]


def test_a_departments_list_says_why_it_is_longer_than_its_row_in_the_overview():
    lists = (todo_of(seen(facts), "服务台") for facts in (DUE | {"steps": []}, DUE))
    told_so = ["总览里一项措施只计在一个部门" in next(todo_lines(one, day("2026-07-08"))) for one in lists]
    assert told_so == [False, True]


def test_a_line_of_the_week_names_three_people_and_says_which_of_several_steps_is_the_latest():
    names = tuple(f"样例员{n:02d}" for n in range(1, 26))
    steps = [{**BACKUP, "owners": names}, {**BACKUP, "step": "3", "owners": names, "due_on": day("2026-07-03")}]
    digest = weekly_digest(seen(DUE | {"steps": steps}), (), (), ())
    lines = {part.heading: part.lines[0].words for part in digest.lists}
    assert lines["步骤逾期"] == "步骤 2、3：步骤逾期最长 7 天，等 样例员01、样例员02、样例员03 等 25 人"
    assert lines["一个月内到期"].endswith("等 样例工、样例员01、样例员02 等 26 人")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"department": "网络部"}, "等 样例网（网络部）；即将到期，剩余 7 天（）"),
        ({}, "等 样例网（责任部门 服务台）"),
        ({"department": "网络部", "owners": ()}, "等 网络部；即将到期，剩余 7 天（）"),
    ],
)
def test_the_week_names_the_department_of_the_step_and_nobody_beside_anothers(step, said):
    facts = DUE | {"steps": [BACKUP | step]}
    digest = weekly_digest(seen(facts), (), (), ())
    (line,) = next(part.lines for part in digest.lists if part.heading == STEP_LATE)
    assert f"{line.words.partition('，')[2]}（{line.department}）" == said


HERE = BACKUP | {"department": "服务台", "owners": ("样例工",), "due_on": day("2026-07-05")}
"""A step in the department of the whole: it stands on the list of 样例甲, its manager, as the whole doesn't."""
NEXT_HERE = HERE | {"step": "3", "content": "换风扇", "due_on": day("2026-07-09")}


@pytest.mark.parametrize(
    ("steps", "subject", "card"),
    [
        ([HERE], "【实施逾期 1 项、步骤逾期 1 项 1 步】", "实施逾期 1 天，步骤逾期 3 天 · 步骤计划完成2026年7月5日"),
        ([NEXT_HERE], "【实施逾期 1 项】", "实施逾期 1 天 · 步骤计划完成2026年7月9日"),
        (
            [HERE, {**HERE, "step": "3", "due_on": day("2026-07-07")}],
            "【实施逾期 1 项、步骤逾期 1 项 2 步】",
            "实施逾期 1 天，步骤逾期最长 3 天 · 步骤计划完成2026年7月5日至2026年7月7日",
        ),
    ],
)
def test_the_manager_is_told_that_the_action_is_late_and_its_steps_in_the_same_card(steps, subject, card):
    letter = told("样例甲", OVER | {"steps": steps})
    assert (letter.subject.partition("】")[0] + "】", letter.headline.overdue) == (subject, 1)
    assert card in letter.text
    assert "完成期限：2026-07-07" in letter.text
    assert letter.text.count("单元格：") == 1


@pytest.mark.parametrize("name", ["样例甲", "样例质", "样例总"])
def test_whoever_the_ladder_climbs_to_is_told_of_the_action_even_of_a_step_of_their_own(name):
    facts = {"actions": (running(due_on="2026-05-20"),), "on": "2026-07-08", "steps": [HERE | {"owners": (name,)}]}
    assert told(name, facts).headline.overdue == 1


def test_the_managers_todo_and_the_departments_count_the_late_action_as_the_letter_does():
    register = seen(OVER | {"steps": [HERE, NEXT_HERE]})
    first = {name: next(todo_lines(todo_of(register, name), OVER["on"])) for name in ("样例甲", "样例工", "服务台")}
    assert first["样例甲"] == "样例甲：截至 2026-07-08 待办步骤 2 步，其中实施逾期 1 项、步骤逾期 1 项 1 步。"
    assert all("其中实施逾期 1 项、步骤逾期 1 项 1 步。" in line for line in first.values())
    shown = "\n".join(todo_lines(todo_of(register, "样例甲"), OVER["on"]))
    assert "（步骤 2 步，步骤逾期 3 天；本项实施逾期 1 天，完成期限 2026-07-07）" in shown


def test_a_step_of_a_late_action_stands_before_what_is_late_by_fewer_days():
    later = NEXT_HERE | {"number": "GJ-2026-002"}
    rows = running(due_on="2026-07-06"), running(number="GJ-2026-002", due_on="2026-05-20")
    register = view(*rows, on="2026-07-08", steps=[HERE, later], people=PEOPLE)
    assert [item.number for item in todo_of(register, "样例甲").items] == ["GJ-2026-002", N]


def test_who_only_does_a_step_keeps_its_line_and_the_head_of_the_others_is_told_of_the_whole():
    facts = OVER | {"steps": [BACKUP | {"department": "网络部"}]}
    assert headline("样例网", facts) == ("【步骤逾期 1 项 1 步】", 0)
    assert headline("样例乙", facts) == ("【实施逾期 1 项、步骤逾期 1 项 1 步】", 1)
    assert "本项" not in "\n".join(todo_lines(todo_of(seen(facts), "样例网"), OVER["on"]))
