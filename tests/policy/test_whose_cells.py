"""Whose a cell is that a next step asks for, is the same on every list."""

import pytest

from capa_xl.model.todo import ACTION
from capa_xl.policy.check import check
from capa_xl.policy.errors_first import with_errors_first
from capa_xl.policy.todo import todo_of
from tests.policy.registers import PEOPLE, planned, running, view

STEPS = (
    {"number": "GJ-2026-001", "step": "1", "content": "改脚本", "owners": ("样例工",)},
    {"number": "GJ-2026-001", "step": "2", "content": "割接", "owners": ("样例网",)},
    {"number": "GJ-2026-001", "step": "3", "content": "培训", "owners": ("样例工",)},
)
OWNERS, OTHERS = "BB2、BC2、BD2", "措施分解!F3 由样例网填写"


@pytest.fixture(scope="module")
def seen():
    asked = {"impact": "两个客户", "goal": "十五分钟内响应", "is_repeat": False}
    given = view(running(approver="样例无", **asked), on="2026-06-01", steps=STEPS)  # FD08: the manager's, or listed
    return with_errors_first(given, check(given).problems)


@pytest.mark.parametrize(
    ("names", "place"),
    [
        (("样例工",), f"{OWNERS}、措施分解!F2、F4；AV2 由样例甲填写；{OTHERS}"),
        (("样例甲",), f"AV2；{OWNERS}、措施分解!F2、F4 由样例工填写；{OTHERS}"),
        (("服务台",), f"AV2、{OWNERS}、措施分解!F2、F4；{OTHERS}"),
        (
            ("质量部", "样例质", "样例检"),
            f"{OWNERS}、措施分解!F2、F4 由样例工填写；AV2 由样例甲填写；{OTHERS}",
        ),
    ],
)
def test_a_list_has_the_readers_own_cells_and_under_their_names_those_of_others(seen, names, place):
    """Once steps of others and, for the head of a department, cells of its people read as the reader's own."""
    for name in names:
        (item,) = [one for one in todo_of(seen, name).items if one.kind == ACTION]
        assert item.place("", "第 2 行") == place, name


def test_a_cell_to_put_right_of_a_refused_measure_is_on_the_list_of_whose_it_is():
    """Once on every list but that of 质量部."""
    refused = view(running(approval="不同意", raised_by="样例无"), on="2026-06-01")
    amended = with_errors_first(refused, check(refused).problems)
    (item,) = todo_of(amended, "质量部").items
    assert item.place("", "第 2 行") == "D2；AV2、AW2、AX2 由样例甲填写"
    (item,) = todo_of(amended, "服务台").items
    assert item.place("", "第 2 行") == "AE2、AV2、AW2、AX2；D2 由质量部填写"


def test_who_gets_the_letters_of_a_department_without_a_head_does_not_fill_its_cells():
    """Once 质量部 and its head had the same row with different cells."""
    unplanned = planned(cause=None, approver=None, approved_on=None, approval=None)
    seen = view(unplanned, on="2026-06-01", people=[one for one in PEOPLE if one["name"] != "样例甲"])
    items = [one for name in ("质量部", "样例质", "样例检") for one in todo_of(seen, name).items]
    assert [one.place("", "") for one in items] == ["L2、S2；O2、P2、AD2、AB2、AC2 由服务台填写"] * 3
