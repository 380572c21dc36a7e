"""Which cells are to be renamed after a department went on under another name."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from capa_xl.model.procedure import Procedure
from capa_xl.model.register import Quarantined
from capa_xl.model.replacements import LeftToPeople, NamedCell, WantedNames
from capa_xl.policy.check import check
from capa_xl.policy.reorganisation import renamed_departments, reorganised
from tests.policy.registers import PEOPLE, closed, planned, register, view

T = "2026-08-20"
RENAMED = ({"old": "服务台", "new": "客户服务部", "on": "2026-03-31"},)


NEW_HAND = {"name": "样例戊", "department": "客户服务部", "roles": ("员工",)}


def wanted(*actions, on=T, successions=RENAMED, people=(*PEOPLE[:2], NEW_HAND), **others):
    return reorganised(view(*actions, on=on, successions=list(successions), people=people, **others))


def cell(
    key, table="tracker", row=2, number="GJ-2026-001", about="客户系统夜间告警无人响应", old="服务台", new="客户服务部"
):
    return NamedCell(table, row, key, number, about, old, new)


def test_every_cell_of_an_open_row_that_names_the_old_department_is_to_be_renamed():
    found = wanted(planned(), planned(number="GJ-2", owning_department="网络部", responsible_department="网络部"))
    assert set(found.cells) == {cell("owning_department"), cell("responsible_department")}
    assert found.left == ()


def test_who_raised_a_row_and_who_held_an_evaluation_keep_the_name_of_that_day():
    found = wanted(planned(raised_department="服务台", evaluating_department="服务台"))
    assert {one.key for one in found.cells} == {"owning_department", "responsible_department"}


def test_rows_that_are_set_aside_are_named_and_left():
    """They kept the old name, and a second run said that nothing was left."""
    people = (*PEOPLE[:2], NEW_HAND)
    seen = view(on=T, successions=list(RENAMED), people=people)
    (aside,), (over,) = (register(row).tracker.records for row in (planned(), closed(number="GJ-2")))
    rows = (Quarantined(5, "", ("A5",), aside), Quarantined(6, "GJ-2", ("L6",), over))
    found = reorganised(replace(seen, register=replace(seen.register, quarantined=rows)))
    why = "这一行待更正，「服务台」没有改 → 请先按校验结果更正，再运行本命令"
    assert [(one.number, one.header) for one in found.left] == [("第 5 行", "归口部门"), ("第 5 行", "责任部门")]
    assert found.cells == () and {one.reason for one in found.left} == {why}


def test_what_has_ended_keeps_the_name_of_its_time():
    assert wanted(closed(), revisions=()).cells == ()


@pytest.mark.parametrize(
    ("new", "staff", "near"),
    [
        ("运行步", ("运行部",), "运行部"),  # the roster was put right already
        ("运行步", ("运行部", "服务台"), "运行部"),  # in part
        ("客服中心", ("网络部",), ""),  # nobody would stand in it
        ("客服中心", ("服务台",), None),  # its staff get the name with everything else
        ("运行二部", ("运行一部", "服务台"), None),  # another department, no slip
    ],
)
def test_a_new_name_that_the_roster_has_not_is_told_and_nothing_is_renamed_to_it(new, staff, near):
    people = [*PEOPLE[:2], *({"name": f"样例{at}", "department": name} for at, name in enumerate(staff))]
    seen = view(planned(), on=T, people=people, successions=[{"old": "服务台", "new": new, "on": "2026-03-31"}])
    found = reorganised(seen)
    told = [(p.cell, p.message, p.fix) for p in check(seen).problems if (p.rule, p.sheet) == ("FD13", "部门沿革")]
    if near is None:
        assert (found.left, told) == ((), []) and {one.new for one in found.cells} == {new}
        return
    like = f"（是不是「{near}」？）" if near else ""
    cure = "请改《部门沿革》的新部门，或先在《人员部门》登记，再运行本命令"
    assert found == WantedNames(
        (), (LeftToPeople("", "《部门沿革》新部门", f"「{new}」不在《人员部门》中{like}，没有改成它 → {cure}"),)
    )
    assert told == [("B2", f"部门「{new}」不存在（新部门）", f"在《人员部门》中登记或改名{like}")]


def test_a_change_that_is_not_in_force_renames_nothing():
    assert wanted(planned(), on="2026-03-30").cells == ()
    assert len(wanted(planned(), on="2026-03-31").cells) == 2


def test_a_department_that_was_split_is_left_to_people():
    parts = [{"old": "服务台", "new": new, "on": "2026-03-31"} for new in ("一线", "二线")]
    found = wanted(planned(), successions=parts)
    assert found.cells == ()
    sentence = "「服务台」已拆为一线、二线 → 请按实际承担的部门填写"
    assert set(found.left) == {
        LeftToPeople("GJ-2026-001", "归口部门", sentence),
        LeftToPeople("GJ-2026-001", "责任部门", sentence),
    }


def test_a_need_without_an_answer_is_renamed_where_somebody_is_to_act_but_not_who_raised_it():
    need = {
        "number": "XQ-1", "description": "告警", "registered_on": "2026-02-02", "source": "数据分析",
        "department": "服务台", "receiving_department": "服务台",
    }  # fmt: skip
    found = wanted(needs=[need, {**need, "number": "XQ-2", "replied_on": "2026-03-01"}])
    assert found.cells == (cell("receiving_department", "needs", 2, "XQ-1", "告警"),)


def test_staff_who_stand_in_the_old_department_are_renamed_unless_their_row_has_a_term():
    staff = (
        *PEOPLE[:2],
        {"name": "样例甲", "department": "服务台", "roles": ("部门经理",)},
        {"name": "样例工", "department": "服务台", "roles": ("员工",), "valid_from": "2026-01-01"},
        {"name": "样例丙", "department": "服务台", "roles": ("员工",), "valid_to": "2026-03-30"},
        {"name": "样例丁", "department": "服务台", "roles": ("员工",), "active": False},
        {"name": "样例戊", "department": "客户服务部", "roles": ("员工",)},
    )
    found = wanted(people=staff)
    assert found.cells == (cell("department", "people", 4, "", "样例甲"),)


def test_an_action_tells_the_former_names_it_still_goes_by():
    seen = view(planned(), on=T, successions=list(RENAMED))
    (action,) = seen.actions
    assert renamed_departments(seen, action) == ("服务台",)
    (action,) = view(planned(), on=T).actions
    assert renamed_departments(view(planned(), on=T), action) == ()


def test_a_step_that_is_not_done_and_a_decision_nobody_registered_go_by_the_new_name():
    steps = [{"number": "GJ-2026-001", "step": str(n), "content": "改脚本", "department": "服务台", "done_on": on}
             for n, on in ((1, "2026-03-01"), (2, None))]  # fmt: skip
    decisions = [{"number": "PS-1", "decision": "增配班次", "responsible_department": "服务台", "tracker_numbers": own}
                 for own in ((), ("GJ-2026-001",))]  # fmt: skip
    found = wanted(
        planned(owning_department="网络部", responsible_department="网络部"), steps=steps, decisions=decisions
    )
    assert found.cells == (
        cell("department", "steps", 3, about="改脚本"),
        cell("responsible_department", "decisions", 2, "PS-1", "增配班次"),
    )
    ended = wanted(closed(owning_department="网络部", responsible_department="网络部"), steps=steps, revisions=())
    assert ended.cells == ()


def test_staff_of_a_department_that_was_split_and_is_no_more_are_left_to_people():
    staff = ({"name": "样例甲", "department": "服务台", "roles": ("部门经理",)},)
    parts = [{"old": "服务台", "new": new, "on": "2026-03-31"} for new in ("一线", "二线")]
    sentence = "「服务台」已拆为一线、二线 → 请按实际承担的部门填写"
    assert wanted(people=staff, successions=parts).left == (LeftToPeople("", "《人员部门》样例甲 部门", sentence),)
    kept = [{"old": "服务台", "new": new, "on": "2026-03-31"} for new in ("服务台", "二线")]
    assert wanted(people=staff, successions=kept).left == ()


@pytest.mark.parametrize(
    ("listed", "new", "cure"),
    [
        (
            ("服务台", "网络部"),
            ("客户服务部",),
            "下拉列表里没有「客户服务部」 → 请在这一列把「服务台」改成「客户服务部」",
        ),
        (("服务台", "网络部"), ("网络部", "二线"), "下拉列表里没有「二线」 → 请在这一列加上「二线」"),
        (("服务台", "网络部"), ("服务台", "二线"), "下拉列表里没有「二线」 → 请在这一列加上「二线」"),
        (("服务台", "客户服务部"), ("客户服务部",), ""),  # the former one may stay
        (("网络部",), ("客户服务部",), ""),
        ((), ("客户服务部",), ""),
    ],
)
def test_a_drop_down_that_lacks_the_new_name_is_left_to_people(listed, new, cure):
    """Nobody could choose the new department, and the old one went on being chosen (FD22)."""
    parts = [{"old": "服务台", "new": one, "on": "2026-03-31"} for one in new]
    staff = [{"name": f"样例{at}", "department": name} for at, name in enumerate((*new, "网络部"))]
    found = wanted(successions=parts, people=staff, procedure=Procedure(lists={"部门": listed} if listed else {}))
    assert found.left == ((LeftToPeople("", "《字典》部门", cure),) if cure else ())
    assert (
        wanted(on="2026-03-30", successions=parts, people=staff, procedure=Procedure(lists={"部门": listed})).left == ()
    )


def test_a_department_that_several_went_into_is_wanted_once_in_the_drop_down():
    parts = [{"old": old, "new": "客户服务部", "on": "2026-03-31"} for old in ("服务台", "网络部")]
    found = wanted(successions=parts, procedure=Procedure(lists={"部门": ("服务台", "网络部")}))
    assert [one.header for one in found.left] == ["《字典》部门"]
