"""Letter, todo, slip and 〔自动〕下一步 say the same of everything that waits: whose it is, by when, in which cells."""

from __future__ import annotations

from datetime import date, time

import pytest
from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.as_of import AsOf
from capa_xl.model.columns import column_by_key
from capa_xl.model.journal import JournalView
from capa_xl.model.long_days import with_long_days
from capa_xl.model.milestones import Section
from capa_xl.model.todo import ACTION, EXTENSION, FEEDBACK, LATE, NEED, REVISION, STEP, STEP_LATE, WAITED_TOO_LONG
from capa_xl.policy.check import check
from capa_xl.policy.reminders.reminder_plan import plan_reminders
from capa_xl.policy.slips import questions_for
from capa_xl.policy.todo import known_names, todo_of
from capa_xl.policy.viewing import view_register
from capa_xl.policy.waiting_beside import TABLES
from capa_xl.reports.letter_sections import entries_of, headline_of, sections_of
from capa_xl.reports.todo_text import todo_lines
from tests.policy.registers import approved, closed, completed, confirmed, inspected, planned, register, running
from tests.policy.reminders.two_years import sample_register

ON = date(2026, 7, 8)
AS_OF = AsOf(ON, ON, time(10, 31))
GM = {"severity": "重大"}
ROWS = (
    planned(number="GJ-01", cause=None, is_repeat=None),  # 待策划: a cell of 质量部 among those of the department
    planned(number="GJ-02", approver="样例甲", approved_on="2026-01-12", approval="不同意"),  # 审批退回
    planned(number="GJ-03", owning_department="网络部"),  # 待审批 by another department's manager
    planned(number="GJ-04", **GM),  # 待审批 by 总经理
    approved(number="GJ-05", resources="服务器一台"),  # 未开始: the manager's cell among the owner's
    running(number="GJ-06", owners=("样例工", "样例网"), due_on="2026-07-10"),  # 实施中, two owners
    running(number="GJ-07"),  # with the steps of three people
    running(number="GJ-08", due_on="2026-08-05"),  # with the steps of two departments
    running(number="GJ-09", due_on="2026-07-20"),  # with a deadline to be decided on and questions
    completed(number="GJ-10", inspector="样例甲", inspected_on="2026-03-05", inspection="不合格"),  # 返工中
    completed(number="GJ-11"),  # 待检查
    completed(number="GJ-12", source="内部审核"),  # 待检查 by 质量部
    inspected(number="GJ-13", owning_department="网络部"),  # 待效果确认
    inspected(number="GJ-14", observation_days=300),  # 观察期
    confirmed(number="GJ-15", effect="无效"),  # 措施无效
    confirmed(number="GJ-16", needs_revision=True, owning_department="网络部"),  # 待文件修订, two documents, no report
    confirmed(number="GJ-17", needs_revision=None),  # the question is open
    closed(number="GJ-18", needs_revision=True),  # no document yet
    confirmed(number="GJ-19", needs_revision=False),  # 待归档
    planned(number="GJ-20", cancelled_on="2026-02-01", cancel_reason="合同终止"),  # 已取消, half
    running(number="GJ-21", due_on="2026-06-01", approval=None, approved_on=None),  # begun without its approval
    running(number="GJ-22", due_on="2026-06-25"),  # late, with steps that the manager sees to
)  # fmt: skip
SHEETS = {
    "steps": [
        {"number": "GJ-07", "step": "1", "content": "改脚本", "owners": ("样例网",), "due_on": "2026-05-05"},
        {"number": "GJ-07", "step": "2", "content": "演练", "due_on": "2026-06-20"},
        {"number": "GJ-07", "step": "3", "content": "培训", "owners": ("样例检", "样例工"), "due_on": "2026-06-30"},
        {"number": "GJ-08", "step": "1", "content": "配置", "department": "网络部", "due_on": "2026-07-01"},
        {"number": "GJ-08", "step": "2", "content": "接线", "department": "网络部", "owners": ("样例网",)},
        {"number": "GJ-08", "step": "3", "content": "话术", "department": "服务台", "due_on": "2026-07-20"},
        {"number": "GJ-22", "step": "1", "content": "换线", "department": "服务台", "owners": ("样例工",),
         "due_on": "2026-06-20"},
        {"number": "GJ-22", "step": "2", "content": "验收", "department": "服务台", "owners": ("样例工",)},
        {"number": "GJ-03", "step": "1", "content": "还没批准", "owners": ("样例网",), "due_on": "2026-05-05"},
    ],
    "extensions": [
        {"number": "GJ-09", "asked_on": "2026-06-25", "old_due_on": "2026-07-20", "new_due_on": "2026-08-20"},
        {"number": "GJ-06", "asked_on": "2026-06-25", "old_due_on": "2026-07-10", "new_due_on": "2026-08-10",
         "approver": "样例甲", "approval": "同意"},
        {"number": "GJ-08", "asked_on": "2026-06-25", "old_due_on": "2026-08-05", "new_due_on": "2026-09-05",
         "approved_on": "2026-06-29", "approval": "不同意"},
    ],
    "progress": [
        {"number": "GJ-09", "on": "2026-06-20", "kind": "问题", "content": "缺账号", "needs_general_manager": True},
        {"number": "GJ-09", "on": "2026-06-20", "kind": "资源申请", "content": "购交换机"},
        {"number": "GJ-14", "on": "2026-06-20", "kind": "问题", "content": "数据不全"},
    ],
    "revisions": [
        {"number": "GJ-16", "document_number": "OPS-01", "due_on": "2026-06-01", "reviser": "样例工"},
        {"number": "GJ-16", "document_number": "OPS-02", "due_on": "2026-06-08", "approval": "同意"},
        {"number": "GJ-16", "document_number": "OPS-03", "due_on": "2026-06-09", "reviser": "样例工",
         "document_name": "值班", "document_class": "管理", "proposal": "改", "approval": "不同意"},
    ],
    "needs": [
        {"number": "XQ-1", "registered_on": "2026-06-01", "description": "想要报表"},
        {"number": "XQ-2", "registered_on": "2026-06-01", "evaluation": "采纳", "receiver": "样例网",
         "receiving_department": "网络部", "reply_due_on": "2026-06-15"},
        {"number": "XQ-3", "registered_on": "2026-07-06", "evaluation": "采纳", "receiver": "样例工",
         "receiving_department": "服务台", "respond_by": "2026-07-08 10:30", "answer_by": "2026-07-10"},
        {"number": "XQ-4", "registered_on": "2026-07-06", "evaluation": "采纳", "answer_by": "2026-07-07"},
    ],
}  # fmt: skip
COLUMNS = column_by_key(Action)
NO_LETTER = (words.NOT_EFFECTIVE, words.CANCELLED)
"""Statuses without a reminder of their own."""


def of_a_workbook():
    return view_register(register(*ROWS, **SHEETS), AS_OF)


def of_the_sample():
    return view_register(sample_register(), AsOf(date(2026, 11, 22), date(2026, 11, 22)))


BOOKS = {"every kind": of_a_workbook, "sample": of_the_sample}


@pytest.fixture(scope="module", params=BOOKS, ids=list(BOOKS))
def view(request):
    return BOOKS[request.param]()


@pytest.fixture(scope="module")
def lists(view):
    """Every person's and every department's todo."""
    return {name: todo_of(view, name) for names in known_names(view) for name in names}


@pytest.fixture(scope="module")
def letters(view):
    """Recipient → the lines of all they are to hear that day, as if no letter had gone before."""
    plan = plan_reminders(view, JournalView("W-1"), ())
    people = {}
    for duty in (*plan.duties, *plan.capped):
        people.setdefault(duty.key.recipient, []).append(duty)
    return {name: entries_of(duties) for name, duties in people.items()}


def told_in(entry):
    """The items of the reader that a line of a letter tells: its own, or the steps of a late action."""
    return (entry.task,) if entry.task else entry.steps


def said(item):
    return item.number, item.kind, item.next_step, item.due_on, item.due_name, item.overdue, item.sheet, item.cells


def names_of(view, actor):
    """Somebody, the department they stand in, and who heads it."""
    return {actor, view.roster.department_of(actor, view.on), *view.roster.heads_of(actor, view.on)}


def test_the_workbook_has_every_kind_and_every_status_that_waits():
    view = of_a_workbook()
    kinds = {item.kind for names in known_names(view) for name in names for item in todo_of(view, name).items}
    assert kinds == set(TABLES)
    assert {derived.status for derived in view.derived.values()} == {*words.OPEN, words.CANCELLED}


def test_a_letter_asks_for_nothing_that_is_not_on_the_todo(letters, lists):
    strange = {}
    for name, entries in letters.items():
        own = {said(item) for item in lists[name].items}
        asked = [entry for entry in entries if entry.heading is not Section.INFORMED]
        for entry in asked:
            if entry.task is None and not entry.what.startswith("请提醒"):
                strange[name, entry.duty.key.number] = entry.what
            if entry.task is not None and said(entry.task) not in own:
                strange[name, entry.duty.key.number] = entry.task
    assert strange == {}


def test_what_a_letter_prints_is_what_the_todo_prints(letters, lists):
    for name, entries in letters.items():
        for entry in entries:
            if task := entry.task:
                others = task.cell in dict(entry.duty.seen_to)  # the todo says behind it who is waited for
                said = f"请提醒 {task.next_actor} " * others + with_long_days(task.next_step)
                assert (entry.what, entry.due_on, entry.due_name) == (said, task.due_on, task.due_name)
                assert place_without_sheet(entry, task) == place_in_the_todo(lists[name], task)
                assert (entry.days > 0) == (task.days_overdue > 0)
                assert entry.day_words == task.overdue or not task.late


def place_without_sheet(entry, task):
    """A letter names the sheet before its cells or its row; the todo does so of another sheet than the tracker."""
    assert f"{task.sheet}!" in entry.place or f"{task.sheet}第 " in entry.place
    return entry.place.replace(f"{task.sheet}!", "").replace(task.sheet, "")


def place_in_the_todo(todo, task):
    (line,) = [
        line for line in todo_lines(replace(todo, items=(task,), elsewhere=(), otherwise=()), ON) if "下一步" in line
    ]
    return line.rpartition("（")[2].removesuffix("）").replace(f"{task.sheet}!", "")


def test_of_what_a_letter_speaks_of_it_leaves_nothing_of_the_todo_out(view, letters, lists):
    """Of an action past its 完成期限 the row and the steps; of what waits too long for somebody, the very item."""
    missing = {}
    for name, entries in letters.items():
        told = {said(item) for entry in entries for item in told_in(entry)}
        for item in lists[name].items:
            if (
                is_reached(view, item)
                and said(item) not in told
                and not (owes_a_proof(view, name, item) or is_staff_of_quality(view, name))
            ):
                missing[name, item.number, item.kind] = item.next_step
    assert missing == {}


def is_staff_of_quality(view, name):
    """Has what waits for 质量部 on the list and hears of it once a week (Q1); the letters go to the head."""
    return words.QUALITY_STAFF in view.roster.roles(name, view.on)


def owes_a_proof(view, name, item):
    """An owner's own cells beside an inspection: the inspector's letter names them, the owner has none of his own."""
    derived = view.derived.get(item.number)
    inspects = derived is not None and name in names_of(view, derived.next_actor.split("、")[0])
    return derived is not None and derived.status == words.TO_INSPECT and not inspects


def is_reached(view, item):
    """The day of its letter has come: S1 and S6 wait some days, M and O begin a month before 完成期限."""
    if item.kind in (NEED, FEEDBACK, REVISION):
        return item.days_left is not None and item.days_left <= 0
    if item.kind == EXTENSION:
        return item.late != ""
    derived = view.derived.get(item.number)
    if derived is None or derived.status in NO_LETTER:
        return False
    if derived.status in words.OWNERS_TURN:
        return derived.days_left is not None and derived.days_left < 0
    return item.late == WAITED_TOO_LONG and derived.status not in (words.TO_PLAN, words.SENT_BACK)


def test_the_slip_asks_what_the_todo_asks(view, lists):
    for name, todo in lists.items():
        questions, _ = questions_for(view, name, lambda column: ())
        asked = {(one.table, one.number, one.key) for one in questions}
        beside = {(TABLES[item.kind], item.number, key) for item in todo.items for key in item.keys}
        assert {one for one in beside if one[0] != "tracker"} <= asked, name
        reasons = {("tracker", "remark"), ("tracker", "inspection_note")}
        own = {one for one in asked if one[0] == "tracker" and (one[0], one[2]) not in reasons}
        assert own <= beside, name


def test_every_cell_of_the_next_step_is_on_the_slip_of_somebody_it_names(view):
    nobody = {}
    for action, derived in view.pairs:
        named = set().union(*(names_of(view, actor) for actor in derived.next_actor.split("、"))) - {None, ""}
        keys = ("measure",) if derived.status == words.SENT_BACK else derived.next_keys
        asked = {
            one.key
            for name in named
            for one in questions_for(view, name, lambda column: ())[0]
            if one.number == action.number and one.table == "tracker"
        }
        if derived.status != words.OBSERVING and set(keys) - asked:
            nobody[action.number, derived.status] = set(keys) - asked
    assert nobody == {}


def test_the_row_names_everybody_who_has_something_of_it_to_fill(view, lists):
    unnamed = {}
    for todo in lists.values():
        for item in todo.items:
            derived = view.derived.get(item.number)
            if derived is None or not item.cells or item.kind == ACTION:
                continue
            row = set(derived.next_actor.split("、"))
            if any(not names_of(view, name) & row for name in item.next_actor.split("、")):
                unnamed[item.number, item.kind, item.next_actor] = derived.next_actor
            sheet = item.sheet if item.kind != STEP else "措施分解"
            assert f"《{sheet}》" in derived.next_step, (item.number, derived.next_step)
    assert unnamed == {}


def test_letter_and_todo_count_alike(letters, lists):
    """What stands under 逾期 in a letter is 逾期 in the todo, and what waits too long is 超时 in both."""
    for name, entries in letters.items():
        own = {said(item): item for item in lists[name].items}
        for entry in (one for one in entries if one.task):
            item = own[said(entry.task)]
            assert (entry.heading is Section.OVERDUE) == (item.late == LATE)
            assert (entry.heading is Section.LATE_STEPS) == (item.late == STEP_LATE)
            assert entry.is_waited_too_long == (item.late == WAITED_TOO_LONG)


def test_a_letters_numbers_are_the_todos_of_what_it_speaks_of(letters):
    """Approvals, questions and documents each by itself; of 实施逾期 besides what the reader sees to."""
    for name, entries in letters.items():
        own = [item for entry in entries for item in told_in(entry)]
        late = {word: [item for item in own if item.late == word] for word in (LATE, STEP_LATE, WAITED_TOO_LONG)}
        told, sections = headline_of(entries), {one.heading: one for one in sections_of(entries)}
        others = sections[Section.OVERDUE].others if Section.OVERDUE in sections else 0
        assert told.overdue - others == len({item.number for item in late[LATE]}), name
        assert told.late_steps == len({item.number for item in late[STEP_LATE]}), name
        assert (told.steps, told.waited_too_long) == (len(late[STEP_LATE]), len(late[WAITED_TOO_LONG])), name


ASKED_FOR = tuple(
    {"action_type": kind, "severity": severity, "is_repeat": repeated, "registered_on": None, "source": None, **cause}
    for kind in words.ACTION_TYPES
    for severity in words.SEVERITIES
    for repeated in (None, True)
    for cause in ({}, {"cause": None}, {"cause": None, "source_number": "XQ-1"}, {"cause": None, "main_cause": "告警"})
)


@pytest.mark.parametrize("values", ASKED_FOR)
def test_what_is_wanted_before_an_approval_is_what_check_names(values):
    """By its cell, or by its heading where a rule names several columns at once."""
    found = register(planned(**values))
    seen = view_register(found, AsOf(ON, ON))
    derived, problems = seen.derived["GJ-2026-001"], check(seen).problems
    unnamed = {
        key
        for key in derived.next_keys
        if key not in {"approver", "approved_on", "approval", "review_number"}
        if not any(p.cell == seen.at(2, key) or COLUMNS[key].header in p.message + p.fix for p in problems)
    }
    assert unnamed == set()
    asked = "analysis_number" in derived.next_keys
    assert any(p.rule == "XR12" and "分析编号空白" in p.message for p in problems) == asked
    assert asked or "PL12" not in {p.rule for p in problems}


def test_a_number_of_its_source_stands_for_an_analysis():
    """PL12 takes 来源单号: no surface asks for 分析编号 then."""
    action = planned(action_type="预防", cause=None, main_cause=None, source_number="XQ-1", scheme=None)
    assert "分析编号" not in view_register(register(action), AsOf(ON, ON)).derived["GJ-2026-001"].next_step


def test_the_work_of_a_stranger_is_on_nobody_elses_list():
    """An owner whom the roster doesn't know is no department without a head."""
    found = view_register(
        register(running(owners=("样例新",)), running(number="GJ-2", owners=("样例工",))), AsOf(ON, ON)
    )
    assert [item.number for item in todo_of(found, "样例新").items] == ["GJ-2026-001"]
    assert todo_of(found, "样例质").items == ()


def test_a_department_without_a_head_is_on_the_list_of_who_gets_its_letters():
    found = view_register(register(planned(owning_department="备件部")), AsOf(ON, ON))
    assert [item.number for item in todo_of(found, "样例质").items] == ["GJ-2026-001"]
