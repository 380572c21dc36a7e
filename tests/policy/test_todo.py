import re
from datetime import date

import pytest

from capa_xl.model.as_of import AsOf
from capa_xl.policy.tally import tally_of
from capa_xl.policy.todo import todo_of
from capa_xl.policy.viewing import view_register
from capa_xl.reports.todo_text import todo_lines
from tests.policy.registers import PEOPLE, closed, completed, inspected, planned, running, view
from tests.policy.rules.struck import register_of

DAY = "2026-07-10"


def items(name, *actions, **others):
    found = todo_of(view(*actions, on=DAY, **others), name)
    return [(item.number, item.kind, item.next_actor, item.days_overdue) for item in found.items]


def test_a_person_has_what_waits_for_them_and_for_the_department_they_head():
    rows = running(number="GJ-1"), completed(number="GJ-2", progress_note="已配置", evidence="YL-01")
    assert items("样例工", *rows) == [("GJ-1", "措施", "样例工", 10)]
    assert items("样例甲", *rows) == [("GJ-2", "措施", "服务台", 116)]


@pytest.mark.parametrize(
    ("department", "name", "has_it"),
    [("质量部", "样例检", True), ("品保部", "样例检", True), ("品保部", "品保部", True), ("质量部", "样例网", False)],
)
def test_who_holds_a_role_of_the_quality_department_has_what_waits_for_it(department, name, has_it):
    """Whatever the company calls it (3.2)."""
    staff = [{**one, "department": one["department"].replace("质量部", department)} for one in PEOPLE]
    found = items(name, planned(severity=None), people=staff)
    assert [actor for *_, actor, _ in found] == (["质量部、服务台"] if has_it else [])


def test_every_owner_of_an_action_under_way_has_it():
    assert items("样例网", running(owners=("样例工", "样例网"))) == [("GJ-2026-001", "措施", "样例工", 10)]
    assert items("样例网", inspected(owners=("样例工", "样例网"))) == []


def test_a_department_has_what_waits_for_it_or_its_people():
    rows = running(number="GJ-1"), completed(number="GJ-2"), running(number="GJ-3", owners=("样例网",))
    found = todo_of(view(*rows, on=DAY), "服务台")
    assert (found.kind, [item.number for item in found.items]) == ("部门", ["GJ-2", "GJ-1", "GJ-3"])
    assert [item.number for item in todo_of(view(*rows, on=DAY), "网络部").items] == ["GJ-3"]


@pytest.mark.parametrize(
    ("new", "told"),
    [("服务中心", "「服务中心」（2026-06-01 起） → 它的待办：capa-xl todo 本工作簿 服务中心"),
     ("服务中心、网络部", "「服务中心、网络部」（2026-06-01 起） → 它的待办："
      "capa-xl todo 本工作簿 服务中心；capa-xl todo 本工作簿 网络部")],
)  # fmt: skip
def test_a_department_that_goes_by_another_name_is_told_by_that_one_whatever_names_the_old_one(new, told):
    """Nothing waits for it: the proposer, a step that is done, say what it was called then."""
    people = [{**one, "department": one["department"].replace("服务台", "服务中心")} for one in PEOPLE]
    step = {"number": "GJ-2026-001", "department": "服务台", "done_on": "2026-03-01"}
    row = running(owning_department="服务中心", responsible_department="服务中心")
    changed = {"people": people, "steps": [step], "successions": [{"old": "服务台", "new": new, "on": "2026-06-01"}]}
    found = todo_of(view(row, on=DAY, **changed), "服务台")
    assert list(todo_lines(found, date.fromisoformat(DAY))) == [f"「服务台」按《部门沿革》现在是{told}"]
    before = todo_of(view(row, on="2026-05-31", **changed), "服务台")
    assert (before.successors, before.written_in) == ((), ())


def test_a_head_does_not_get_the_work_of_the_departments_owners():
    assert items("样例甲", running()) == []


def test_the_deputy_of_the_day_has_it_too():
    people = (
        {"name": "样例工", "department": "服务台", "deputy": "样例网", "deputy_from": "2026-07-01", "deputy_to": DAY},
        {"name": "样例网", "department": "网络部"},
    )
    assert items("样例网", running(), people=people) == [("GJ-2026-001", "措施", "样例工", 10)]


def test_of_a_need_only_the_columns_that_its_sheet_has_are_asked_for():
    today = date(2026, 5, 20)
    needs = "登记编号 | 登记日期 | 评估结论 | 接收部门 | 要求回复日期\nXQ-1 | 2026-05-04 | | 服务台 | 2026-05-10"
    seen = view_register(register_of("编号 | 责任人\nGJ-1 | 样例工", needs=needs), AsOf(today, today))
    asked = {name: list(todo_lines(todo_of(seen, name), today))[-1] for name in ("样例质", "样例甲")}
    assert asked["样例质"].endswith("下一步：评估需求，填写：评估结论（等待 质量部）（问题需求登记!C2）")
    assert asked["样例甲"].endswith("下一步：回复要求单（问题需求登记）")


AWAY = {"deputy_from": "2026-07-01", "deputy_to": DAY}


def with_deputies(**deputies):
    return tuple(one | AWAY | {"deputy": deputies[one["name"]]} if one["name"] in deputies else one for one in PEOPLE)


DONE = {"progress_note": "已配置", "evidence": "YL-01"}


@pytest.mark.parametrize(
    ("name", "deputies", "row", "said"),
    [
        ("样例网", {"样例工": "样例网"}, running(), ["代样例工"]),
        ("样例工", {"样例工": "样例网"}, running(), []),
        ("样例乙", {"样例甲": "样例乙"}, completed(**DONE), ["等待 服务台，代样例甲"]),
        ("样例工", {"样例甲": "样例工"}, running(), []),
        ("样例工", {"样例网": "样例工"}, running(owners=("样例工", "样例网")), []),
        ("样例乙", {"样例质": "样例乙"}, completed(source="内部审核", **DONE), ["等待 质量部，代样例质"]),
        ("样例检", {"样例质": "样例检"}, completed(source="内部审核", **DONE), ["等待 质量部"]),
        ("服务台", {"样例工": "样例网"}, running(), ["等待 样例工"]),
    ],
)
def test_a_deputy_reads_whom_they_stand_in_for_and_nobody_so_of_what_is_theirs(name, deputies, row, said):
    found = todo_of(view(row, on=DAY, people=with_deputies(**deputies)), name)
    (line,) = [line for line in todo_lines(found, date.fromisoformat(DAY)) if "下一步" in line]
    assert re.findall(r"（((?:等待 |代)[^（）]*)）", line) == said


def test_the_list_of_who_is_away_says_who_stands_in():
    seen = view(running(), on=DAY, people=with_deputies(样例工="样例网", 样例乙="样例网"))
    lines = [list(todo_lines(todo_of(seen, name), date.fromisoformat(DAY))) for name in ("样例工", "样例乙", "样例网")]
    assert lines[0][1] == "样例工 这一天由 样例网 代理，以下各项也列在 样例网 的待办里。"
    assert lines[1][1:] == ["样例乙 这一天由 样例网 代理。"]
    assert "这一天" not in "".join(lines[2])


def test_the_longest_overdue_comes_first_and_then_the_nearest_deadline():
    rows = (
        running(number="GJ-1", due_on="2026-08-30"), running(number="GJ-2", due_on="2026-07-01"),
        running(number="GJ-3", due_on="2026-07-20"), running(number="GJ-4", due_on="2026-05-01"),
        planned(number="GJ-5", due_on=None, owning_department="服务台", owners=("样例工",)),
    )  # fmt: skip
    assert [number for number, *_ in items("服务台", *rows)] == ["GJ-5", "GJ-4", "GJ-2", "GJ-3", "GJ-1"]


def test_what_is_closed_or_being_observed_waits_for_nobody():
    assert items("服务台", closed(number="GJ-1"), inspected(number="GJ-2", observation_days=300)) == []


@pytest.mark.parametrize(
    ("name", "key", "other", "filler"),
    [("服务台", "cause", "is_repeat", "质量部"), ("质量部", "is_repeat", "cause", "服务台")],
)
def test_a_step_that_is_shared_says_whose_cells_are_whose(name, key, other, filler):
    seen = view(planned(cause=None, is_repeat=None), on=DAY)
    (item,) = todo_of(seen, name).items
    (action,) = seen.actions
    ((who, theirs),) = item.others
    assert who == filler and seen.at(action, other) in theirs and seen.at(action, key) in {*item.cells} - {*theirs}
    (line,) = [line for line in todo_lines(todo_of(seen, name), date(2026, 7, 10)) if "下一步" in line]
    own = "、".join(cell for cell in item.cells if cell not in theirs)
    assert line.endswith(f"（{own}；{'、'.join(theirs)} 由{filler}填写）")


def test_an_action_whose_effect_is_observed_waits_for_a_day_and_for_nobody_else():
    """Who confirms it is one of its own 责任人, as in tables that were adopted."""
    observed = inspected(number="GJ-2", observation_days=300, owners=("样例甲",))
    todo = todo_of(view(observed, on=DAY), "样例甲")
    assert todo.elsewhere == (("GJ-2", "样例甲"),)
    assert list(todo_lines(todo, date(2026, 7, 10)))[-1] == "样例甲负责的另有 1 项现在不用填，到日子再做：GJ-2"


def test_the_row_names_the_cells_of_the_steps_that_its_next_step_names():
    steps = tuple(
        {"number": "GJ-1", "step": str(at), "content": "割接", "owners": ("样例网",), "done_on": day}
        for at, day in enumerate(("2026-06-01", None, None, None, None), 1)
    )
    seen = view(running(number="GJ-1"), on=DAY, steps=steps)
    table, rows = seen.register.steps, seen.steps["GJ-1"]
    cells = "、".join(table.cell(step.row, "done_on") for step in rows[1:4])
    (line,) = [line for line in todo_lines(todo_of(seen, "样例工"), date(2026, 7, 10)) if "下一步" in line]
    assert line.endswith(f"；{table.sheet}!{cells} 由样例网填写）") and "步骤 2、3、4 样例网 等 4 步）" in line
    inspected_now = view(completed(number="GJ-1"), on=DAY, steps=steps)
    assert {item.step_cells for item in todo_of(inspected_now, "样例甲").items} == {""}


def test_open_steps_wait_for_their_owners_else_for_those_of_the_action():
    steps = (
        {"number": "GJ-1", "step": "1", "content": "改脚本", "owners": ("样例网",), "due_on": "2026-07-05"},
        {"number": "GJ-1", "step": "2", "content": "演练", "due_on": "2026-07-30"},
        {"number": "GJ-1", "step": "3", "content": "培训", "owners": ("样例网",), "done_on": "2026-07-01"},
    )
    assert items("样例网", running(number="GJ-1"), steps=steps) == [("GJ-1", "步骤", "样例网", 5)]
    assert [kind for _, kind, *_ in items("样例工", running(number="GJ-1"), steps=steps)] == ["措施", "步骤"]
    assert items("样例网", completed(number="GJ-1"), steps=steps) == []


def test_needs_wait_for_quality_and_requests_for_their_receiver():
    needs = (
        {"number": "XQ-1", "registered_on": "2026-06-01", "description": "想要报表"},
        {"number": "XQ-2", "registered_on": "2026-06-01", "evaluation": "采纳", "evaluated_on": "2026-06-02",
         "receiving_department": "网络部", "reply_due_on": "2026-07-15"},
    )  # fmt: skip
    assert [(number, kind) for number, kind, *_ in items("样例质", needs=needs)] == [("XQ-1", "需求")]
    assert items("样例乙", needs=needs) == items("网络部", needs=needs) == [("XQ-2", "需求", "样例乙", 0)]


def test_unanswered_problems_wait_for_the_owning_departments_head():
    progress = (
        {"number": "GJ-1", "on": "2026-07-01", "kind": "问题", "content": "缺测试机"},
        {"number": "GJ-1", "on": "2026-07-01", "kind": "问题", "content": "缺账号", "answer": "已开通"},
        {"number": "GJ-1", "on": "2026-07-01", "kind": "资源申请", "content": "购交换机 2 台"},
    )
    rows = (running(number="GJ-1"),)
    assert [(n, kind) for n, kind, *_ in items("样例甲", *rows, progress=progress)] == [("GJ-1", "反馈")]
    assert [(n, kind) for n, kind, *_ in items("样例总", *rows, progress=progress)] == [("GJ-1", "反馈")]


@pytest.mark.parametrize("key", ["raised_by", "approver", "inspector", "confirmer"])
def test_who_is_named_in_any_cell_for_people_is_known_and_has_an_empty_list(key):
    todo = todo_of(view(closed(**{key: "样例某、样例另"}), on="2026-08-20", people=()), "样例另")
    assert (todo.kind, todo.items) == ("人员", ())


@pytest.mark.parametrize(("said", "hint"), [
    ("网路部", "，是否指「网络部」？"),  # one slip, one department
    ("网络", "，是否指「网络部」？"),  # a part of one
    ("样例公", " → 请核对姓名或部门；新的人先登记在《人员部门》"),  # as near to seven people
])  # fmt: skip
def test_an_unknown_name_is_said_with_the_one_that_was_evidently_meant(said, hint):
    found = todo_of(view(running(), on=DAY), said)
    assert (found.kind, found.items) == ("", ())
    assert next(todo_lines(found, date(2026, 7, 10))) == f"《人员部门》和跟踪表中都没有「{said}」{hint}"


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("GJ-2026-001", "「GJ-2026-001」是措施的编号（A2），待办按姓名或部门列 → "
         "它现在等样例工：capa-xl todo 本工作簿 样例工；它的经过：capa-xl history 本工作簿 GJ-2026-001"),
        ("gj-2026-2", "「GJ-2026-002」是措施的编号（A3），待办按姓名或部门列 → "
         "它的经过：capa-xl history 本工作簿 GJ-2026-002"),
        ("XQ-2026-005", "「XQ-2026-005」是需求的登记编号（问题需求登记!A2），待办按姓名或部门列 → 请写姓名或部门"),
    ],
)  # fmt: skip
def test_a_number_in_place_of_a_name_is_told_with_what_to_ask_instead(said, line):
    """Once: neither the roster nor the tracker had it, of a number that was in the tracker."""
    rows = (running(number="GJ-2026-001"), closed(number="GJ-2026-002"))
    found = todo_of(view(*rows, on=DAY, needs=({"number": "XQ-2026-005"},)), said)
    assert (found.kind, found.items) == ("", ())
    assert list(todo_lines(found, DAY)) == [line]


def test_a_name_of_two_characters_is_asked_for_where_one_character_of_one_person_is_another():
    found = todo_of(view(running(owners=("王建",)), on=DAY), "王健")
    assert next(todo_lines(found, DAY)) == "《人员部门》和跟踪表中都没有「王健」，是否指「王建」？"


def test_the_lines_count_and_say_what_to_do():
    lines = list(todo_lines(todo_of(view(running(), on=DAY), "样例工"), date(2026, 7, 10)))
    assert lines == [
        "样例工：截至 2026-07-10 待办措施 1 项，其中实施逾期 1 项。",
        "",
        "GJ-2026-001 客户系统夜间告警无人响应（实施中，实施逾期 10 天）",
        "  登记● 策划● 审批● 实施◐ 检查○ 确认○ 归档○",
        "  完成期限 2026-06-30；下一步：完成措施，填写：实施情况、实际完成日期、完成证据（BB2、BC2、BD2）",
    ]


def test_a_limit_that_is_no_stage_of_an_action_is_counted_apart_from_those_that_every_count_of_actions_has():
    """A request for another deadline waits past its five working days while the action itself is in time."""
    asked = {"number": "GJ-2026-001", "asked_on": "2026-06-01", "old_due_on": "2026-08-30", "new_due_on": "2026-09-30",
             "reason": "备件未到"}  # fmt: skip
    waiting = view(running(due_on="2026-08-30"), on=DAY, extensions=[asked])
    (first, *_) = todo_lines(todo_of(waiting, "样例甲"), date(2026, 7, 10))
    assert first == (
        "样例甲：截至 2026-07-10 待办延期 1 项，其中超时 1 项（延期 1）。"
        "括号里的不是措施的环节，总览、每周汇总的实施逾期、环节超时不计。"
    )
    assert tally_of(waiting).late_phrase == "实施逾期 0 项，环节超时 0 项"
    staged = view(completed(progress_note="换线", evidence="JL-1"), on=DAY)
    (first, *_) = todo_lines(todo_of(staged, "样例甲"), date(2026, 7, 10))
    assert first == "样例甲：截至 2026-07-10 待办措施 1 项，其中超时 1 项。"
    assert tally_of(staged).late_phrase == "实施逾期 0 项，环节超时 1 项（检查 1）"


def test_what_a_dated_completion_lacks_is_asked_of_its_owner_beside_the_inspection():
    half = view(completed(progress_note="换线", evidence=None), on="2026-03-03")
    assert half.derived["GJ-2026-001"].next_step.startswith("请责任人补填完成证据；检查实施情况，填写：")
    (item,) = todo_of(half, "样例工").items
    assert item.keys[0] == "evidence"
    whole = view(completed(progress_note="换线", evidence="JL-1"), on="2026-03-03")
    assert whole.derived["GJ-2026-001"].next_step.startswith("检查实施情况，填写：")
    assert todo_of(whole, "样例工").items == ()


def test_a_complaint_due_today_goes_first_with_its_hour_and_one_due_tomorrow_does_not():
    def due(by):
        need = {"number": "XQ-1", "source": "顾客投诉", "registered_on": "2026-07-01", "receiver": "样例工",
                "respond_by": by, "description": "专线中断"}  # fmt: skip
        found = todo_of(view(running(number="GJ-1"), on=DAY, needs=[need]), "样例工")
        return [item.number for item in found.items], "\n".join(todo_lines(found, date.fromisoformat(DAY)))

    numbers, text = due(f"{DAY} 09:30")
    assert numbers[0] == "XQ-1" and f"  投诉时限 {DAY} 09:30；下一步：" in text
    numbers, text = due("2026-07-11")
    assert numbers[0] == "GJ-1" and "  投诉时限 2026-07-11；下一步：" in text
