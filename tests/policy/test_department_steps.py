"""Several departments complete each for itself; the whole is completed once every one of them has."""

from __future__ import annotations

from capa_xl.model.journal import JournalView
from capa_xl.model.records import Step
from capa_xl.policy.reminders.reminder_plan import plan_reminders
from capa_xl.policy.todo import todo_of
from tests.policy.registers import PEOPLE, completed, confirmed, day, planned, running, view

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
    assert [item.next_step for item in todo_of(shown, "网络部").items] == ["完成步骤 1「改配置」，填写：实际完成"]
    assert "实际完成（步骤 1 网络部）" in shown.derived[N].next_step


def test_of_many_doers_of_a_step_the_next_step_names_the_first():
    """Three of 25 names took a third line of a cell that shows two."""
    shown = view(running(), on="2026-03-10", people=PEOPLE, steps=[SAFETY | {"owners": ("甲", "乙", "丙", "丁")}])
    assert "实际完成（步骤 3 甲 等 4 人）" in shown.derived[N].next_step


def test_what_is_late_of_a_step_says_that_it_is_the_step():
    late = NETWORK | {"due_on": day("2026-03-07")}
    shown = view(running(), on="2026-03-10", steps=[late, DESK], people=PEOPLE)
    assert [item.overdue for item in todo_of(shown, "网络部").items] == ["步骤逾期 3 天"]


SAFETY = {"number": N, "step": "3", "content": "复核", "owners": ("样例网",), "department": "网络部"}
DONE = {"done_on": day("2026-03-09")}


def actor(action, *steps, **others):
    return view(action, on="2026-03-10", steps=list(steps), people=PEOPLE, **others).derived[N].next_actor


def test_who_is_waited_for_follows_the_departments_open_steps():
    office = {"number": N, "step": "4", "content": "登记", "department": "总经办"}
    assert actor(running(), NETWORK, DESK) == "网络部"
    assert actor(running(), NETWORK, DESK, office) == "网络部、总经办"
    assert actor(running(), NETWORK | DONE, DESK, office) == "总经办"
    assert actor(running(), NETWORK | DONE, DESK, office | DONE) == "样例工"
    assert actor(running()) == "样例工"


def test_one_department_does_its_steps_one_after_another():
    assert actor(running(), NETWORK, SAFETY) == "网络部"
    assert actor(running(), NETWORK | DONE, SAFETY) == "样例网"


def test_a_step_of_the_department_of_the_whole_is_its_owners():
    assert actor(running(), NETWORK, DESK | {"done_on": None}) == "网络部、样例工"


def test_steps_that_no_department_has_for_itself_are_their_owners_and_the_row_stays_with_its_own():
    plain = {"number": N, "step": "1", "content": "改配置", "owners": ("样例网",)}
    assert actor(running(), plain) == "样例工、样例网"
    assert actor(running(), plain, NETWORK) == "样例工、样例网、网络部"


def test_the_row_asks_for_no_cell_of_its_own_while_a_department_has_an_open_step():
    shown = view(running(), on="2026-03-10", steps=[NETWORK, DESK], people=PEOPLE)
    found = shown.derived[N]
    assert found.next_keys == ()
    assert found.next_step == (
        "在《措施分解》填写：实际完成（步骤 1 网络部）；都完成后完成措施，填写：实施情况、实际完成日期、完成证据"
    )
    done = view(running(), on="2026-03-10", steps=[NETWORK | DONE, DESK], people=PEOPLE).derived[N]
    assert done.next_keys == ("progress_note", "completed_on", "evidence")


def test_a_departments_head_has_its_step_and_not_the_row_of_others():
    shown = view(running(), on="2026-03-10", steps=[NETWORK, DESK], people=PEOPLE)
    assert [(item.kind, item.next_actor) for item in todo_of(shown, "样例乙").items] == [("步骤", "网络部")]
    assert [(item.kind, item.next_actor) for item in todo_of(shown, "样例工").items] == [("措施", "网络部")]


def said_to(on, *steps, action=None):
    found = plan_reminders(view(action or running(), on=on, steps=list(steps), people=PEOPLE), JournalView("W-1"), ())
    return {duty.key.recipient: duty for duty in found.duties if duty.key.milestone != "Q1"}


def test_letters_go_to_who_does_an_open_step_and_say_which():
    """Due 2026-06-30: M1 on Friday 05-29; O1 on 07-01."""
    for on in ("2026-05-29", "2026-07-01"):
        letters = said_to(on, NETWORK, SAFETY, DESK)
        assert sorted(letters) == ["样例乙", "样例工", "样例甲", "样例网"]
        assert letters["样例网"].what == "完成步骤 3「复核」，填写：实际完成"
        assert (letters["样例网"].sheet, letters["样例网"].cell) == ("措施分解", "F3")
        assert [task.next_step for task in letters["样例乙"].tasks] == [
            "完成步骤 1「改配置」，填写：实际完成",
            "完成步骤 3「复核」，填写：实际完成",
        ]
        assert letters["样例工"].what.startswith("在《措施分解》填写：实际完成（步骤 1 网络部、步骤 3 样例网）")
        assert letters["样例甲"].what.startswith("请提醒 网络部 在《措施分解》")


def test_letters_go_to_the_owner_alone_once_the_others_are_done():
    letters = said_to("2026-07-01", NETWORK | DONE, SAFETY | DONE, DESK)
    assert sorted(letters) == ["样例工", "样例甲"]
    assert letters["样例甲"].what.startswith("请提醒 样例工 完成措施")


def test_before_the_approval_nobody_is_asked_for_a_step():
    letters = said_to("2026-05-29", NETWORK, SAFETY, action=planned())
    assert letters["样例网"].what.startswith("请提醒 样例甲、质量部、服务台，由部门经理批准")


def test_a_step_is_called_by_its_number_or_by_the_beginning_of_its_words():
    assert Step(row=2, step="3", content="改配置").called == "3"
    assert Step(row=2, content="核对机房跳线并更换全部标签，拍照").called == "核对机房跳线并更换全部标签…"
    assert len(Step(row=2, step="步" * 2000).called) == 14
