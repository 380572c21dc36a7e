"""A department that no list has is nobody's: todo, slip, letter, 总览 and meeting go by one judgement."""

import pytest
from msgspec.structs import replace

from capa_xl.model.as_of import AsOf
from capa_xl.model.procedure import Procedure
from capa_xl.model.register import Quarantined
from capa_xl.policy.check import check
from capa_xl.policy.errors_first import corrections_of, with_errors_first
from capa_xl.policy.reminders.reminder_plan import plan_reminders
from capa_xl.policy.slips import departments_with_slips, questions_for
from capa_xl.policy.todo import known_names, todo_of
from capa_xl.policy.viewing import view_register
from capa_xl.policy.waited_for import department_waited_for
from capa_xl.reports.todo_text import todo_lines
from tests.policy.registers import completed, confirmed, day, inspected, planned, register, running, view
from tests.policy.reminders.plans import EMPTY

GJ, ON = "GJ-2026-001", "2026-06-01"
NOWHERE = {"responsible_department": "网络", "owning_department": None, "process": None, "raised_by": "样例甲"}
TOLD = {
    "impact": "两个客户",
    "goal": "十五分钟内响应",
    "is_repeat": False,
    "progress_note": "已做",
    "evidence": "照片",
    "category": "监控",
    "investigators": ("样例工",),
    "investigated_on": "2026-01-06",
}
STAGES = {
    "待策划": planned(cause=None, due_on=None),
    "实施中": running(**TOLD),
    "逾期": running(**{**TOLD, "due_on": "2026-05-25"}),
    "待检查": completed(**TOLD),
    "待效果确认": inspected(**TOLD),
    "待归档": confirmed(**TOLD),
}


def judged(action, **others):
    seen = view(action, on=ON, **others)
    problems = check(seen).problems
    return with_errors_first(seen, problems), problems


def lists(seen, problems):
    """Everybody on whose list the row stands."""
    names = sorted(name for names in known_names(seen) for name in names)
    return [name for name in names if todo_of(seen, name, problems).items]


def asked(seen, name):
    return {one.header for one in questions_for(seen, name, lambda _: ())[0]}


@pytest.mark.parametrize("owners", [("样例工",), ("外人",), ()])
@pytest.mark.parametrize("stage", STAGES)
def test_a_row_of_a_department_in_no_list_goes_where_a_blank_one_goes(stage, owners):
    """`slip --all` made a file for 网络, which is nobody's."""
    row = {**STAGES[stage], **NOWHERE, "owners": owners}
    seen, problems = judged(row)
    blank, _ = judged({**row, "responsible_department": None})
    mine = seen.derived[GJ]
    assert "质量部" in lists(seen, problems) and "网络" not in lists(seen, problems)
    assert "责任部门" in mine.next_step and "责任部门" in asked(seen, "质量部")
    assert departments_with_slips(seen) == ("总经办", "服务台", "网络部", "质量部")
    assert "网络" not in (mine.next_actor, mine.inspector_department)
    letters = [{one.key.recipient for one in plan_reminders(every, EMPTY).duties} for every in (seen, blank)]
    boards = [department_waited_for(every, every.by_number[GJ], every.derived[GJ]) for every in (seen, blank)]
    assert letters[0] == letters[1] and boards[0] == boards[1] != ""


def test_an_unlisted_department_makes_no_second_error_of_who_approved():
    _, problems = judged({**STAGES["待检查"], **NOWHERE})
    assert [one.rule for one in problems if one.severity.value == "error"] == ["FD13"]


@pytest.mark.parametrize(
    ("others", "has"),
    [
        ({"people": ()}, True),
        ({"procedure": Procedure(lists={"部门": ("网络",)})}, True),
        ({"successions": [{"old": "网络", "new": "网络部", "on": "2026-02-01"}]}, True),
        ({"successions": [{"old": "网络部", "new": "网络", "on": "2026-07-01"}]}, True),
        ({}, False),
    ],
)
def test_a_department_is_somebodys_by_either_list_by_another_of_its_names_and_where_no_roster_is(others, has):
    seen, _ = judged({**STAGES["待归档"], **NOWHERE}, **others)
    assert ("网络" in departments_with_slips(seen)) is ("网络" in seen.derived[GJ].next_actor) is has


def test_a_step_of_a_department_in_no_list_is_the_owners_of_the_whole():
    steps = [{"number": GJ, "step": "1", "content": "换电池", "department": "网络"}]
    seen, problems = judged(running(**TOLD), steps=steps)
    assert "网络" not in departments_with_slips(seen)
    (item,) = (item for item in todo_of(seen, "样例工", problems).items if item.kind == "步骤")
    assert item.next_actor == "样例工"


def set_aside(**values):
    """A register of one row whose 完成期限 can't be read."""
    made = register(planned(due_on=None, **values))
    aside = Quarantined(2, GJ, (made.tracker.cell(2, "due_on"),), made.tracker.records[0])
    return replace(made, tracker=replace(made.tracker, records=()), quarantined=(aside,))


@pytest.mark.parametrize(
    ("department", "owners", "who", "lists_of"),
    [
        ("网络", ("张三丰",), "张三丰、质量部", ["张三丰", "样例检", "样例质", "质量部"]),
        ("网络", (), "质量部", ["样例检", "样例质", "质量部"]),
        (None, (), "质量部", ["样例检", "样例质", "质量部"]),
        (None, ("样例工",), "样例工", ["服务台", "样例工"]),
        ("服务台", (), "服务台", ["服务台", "样例甲"]),
    ],
)
def test_a_row_set_aside_is_put_right_by_whom_it_names_and_by_the_quality_department(department, owners, who, lists_of):
    """网络 and 张三丰 are nobody: only a slip of 网络 had the row."""
    seen = view_register(set_aside(responsible_department=department, owners=owners), AsOf(day(ON), day(ON)))
    problems = check(seen).problems
    assert corrections_of(seen, problems)[2][1] == who
    assert lists(seen, problems) == lists_of
    if department == "网络":
        _, without_cell = questions_for(seen, "质量部", lambda _: (), problems)
        assert without_cell[0][1].startswith("先改：责任部门")


def test_who_asks_for_such_a_department_is_told_who_has_its_rows_and_what_comes_first():
    seen, problems = judged({**STAGES["实施中"], **NOWHERE})
    (line,) = todo_lines(todo_of(seen, "网络", problems), day(ON))
    assert line.startswith("《人员部门》里没有部门「网络」，写着它的 1 项（GJ-2026-001）由归口部门办理")
    assert "改成「网络部」（是不是它？）" in line and line.endswith("capa-xl todo 本工作簿 质量部")
