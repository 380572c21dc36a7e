"""Several departments complete each for itself; the whole is completed once every one of them has."""

from __future__ import annotations

from capa_xl.policy.todo import todo_of
from tests.policy.registers import PEOPLE, completed, confirmed, day, running, view

N = "GJ-2026-001"
NETWORK = {"number": N, "step": "1", "content": "改配置", "department": "网络部"}
DESK = {"number": N, "step": "2", "content": "改话术", "department": "服务台", "done_on": day("2026-03-01")}


def derived(action, *steps, on="2026-03-10"):
    return view(action, on=on, steps=list(steps), people=PEOPLE).derived[N]


def test_a_completion_waits_for_the_last_departments_step():
    assert derived(completed(), NETWORK, DESK).status == "实施中"
    assert derived(completed(), NETWORK | {"done_on": day("2026-03-10")}, DESK).status == "待检查"
    assert derived(completed(), NETWORK | {"done_on": day("2026-03-11")}, DESK).status == "实施中"


def test_steps_without_a_department_hold_nothing_up():
    assert derived(completed(), NETWORK | {"department": None}).status == "待检查"


def test_the_deadline_goes_on_to_run():
    late = derived(completed(due_on=day("2026-03-09")), NETWORK)
    assert (late.overdue[0], late.days_overdue) == ("Y1", 1)


def test_what_is_confirmed_stays_so():
    assert derived(confirmed(), NETWORK, on="2026-05-10").status not in ("实施中", "未开始")


def test_each_department_finds_its_own_step_and_the_next_step_names_who_is_missing():
    shown = view(running(), on="2026-03-10", steps=[NETWORK, DESK], people=PEOPLE)
    assert [item.next_step for item in todo_of(shown, "网络部").items] == ["完成步骤 1，填写：实际完成"]
    assert "实际完成（1 步：网络部）" in shown.derived[N].next_step
