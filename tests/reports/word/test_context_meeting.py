"""The page for the meeting holds so many items; what is late comes before what is not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from capa_xl.model.paper_facts import MeetingDepartment, MeetingItem
from capa_xl.reports.word.context_meeting import example_meeting, meeting_context
from tests.sizes import LONG_NAME


def items(count: int) -> tuple[MeetingItem, ...]:
    return tuple(MeetingItem(f"GJ-{at}", "事项", "逾期") for at in range(count))


def lines(*departments: MeetingDepartment) -> list[tuple[int, int]]:
    """How many lines each department's cells 逾期 and 近期到期 have, 另有 … counted."""
    told = meeting_context(replace(example_meeting(), departments=departments))["departments"]
    return [(len(one["late"].splitlines()), len(one["coming"].splitlines())) for one in told]


def test_the_room_that_is_left_goes_to_what_is_late():
    full = [MeetingDepartment(f"部{at}", (), items(1), ()) for at in range(6)]
    assert lines(MeetingDepartment("甲部", (), items(3), ()), *full) == [(3, 0), *[(1, 0)] * 6]
    assert lines(MeetingDepartment("甲部", (), (), items(9)), MeetingDepartment("乙部", (), items(4), ()), *full)[
        :2
    ] == [
        (0, 2),
        (4, 0),
    ]


def test_one_more_than_there_is_room_for_is_named_in_the_line_that_would_count_it():
    told = meeting_context(replace(example_meeting(), departments=(MeetingDepartment("甲部", (), items(14), ()),)))[
        "departments"
    ]
    assert told[0]["late"].splitlines()[-2:] == ["GJ-12 逾期 事项", "GJ-13 逾期 事项"]


def test_an_item_of_one_line_says_what_it_is_about_as_far_as_the_line_goes():
    """编号, mark and blanks leave five characters of the line; behind 实施逾期 45 天 three would be left."""
    coming = tuple(MeetingItem(f"GJ-2026-04{at}", "备件台账盘点与核对", "2026-12-04") for at in (1, 2))
    late = tuple(MeetingItem(f"GJ-2026-03{at}", "专线割接到双路由", "实施逾期 45 天") for at in (1, 2))
    full = [MeetingDepartment(f"部{at}", (), items(9), ()) for at in range(7)]
    first = MeetingDepartment("甲部", (), late, coming)
    told = meeting_context(replace(example_meeting(), departments=(first, *full)))
    assert told["departments"][0]["coming"] == "GJ-2026-041 2026-12-04 备件台账…\nGJ-2026-042 2026-12-04 备件台账…"
    assert told["departments"][0]["late"] == "GJ-2026-031 实施逾期 45 天\nGJ-2026-032 实施逾期 45 天"
    assert told["summary"].endswith("只有编号的，问题见《改进计划跟踪表》。")
    said = meeting_context(replace(example_meeting(), departments=(replace(first, late=()), *full)))["summary"]
    assert "只有编号的" not in said


def test_a_reopened_item_says_what_it_is_about_too():
    """The bracket behind its days is no end of a clause that the line is cut at."""
    item = MeetingItem("GJ-2026-058", "CMDB与实物不符：内部审核抽查60台服务器，9台不一致。", "实施逾期 223 天（重开）")
    told = meeting_context(replace(example_meeting(), departments=(MeetingDepartment("甲部", (), (item,), ()),)))
    assert told["departments"][0]["late"].startswith("GJ-2026-058 实施逾期 223 天（重开） CMDB与实物不符：内部审")


def test_an_item_alone_says_so_much_as_two_lines_hold():
    """A line of 近期到期 is 18 characters wide, one of them left free: 34 in all, of which number and day take 12."""
    about = "备件台账盘点与核对" * 4
    for length, shown in ((20, about[:20]), (30, about[:20])):
        item = MeetingItem("GJ-2026-041", about[:length], "2026-12-04")
        context = meeting_context(replace(example_meeting(), departments=(MeetingDepartment("甲部", (), (), (item,)),)))
        told = context["departments"][0]["coming"].removeprefix("GJ-2026-041 2026-12-04 ")
        assert told.rstrip("…").startswith(shown) and told.endswith("…") == (length == 30) and len(told) <= 24


def test_few_departments_fill_the_page_before_the_rest_is_counted():
    """Thirteen items on the page of one or two; the line that counts the others is one more."""
    assert lines(MeetingDepartment("甲部", (), items(9), items(2))) == [(9, 2)]
    assert lines(MeetingDepartment("甲部", (), items(211), items(2))) == [(14, 2)]
    assert lines(*(MeetingDepartment(name, (), items(100), ()) for name in "甲乙")) == [(8, 0), (7, 0)]


@pytest.mark.parametrize(("left", "named"), [
    (5, "9部、10部、11部、12部、13部"), (6, "9部、10部、11部、12部、13部 等"),
])  # fmt: skip
def test_of_the_departments_without_a_line_of_their_own_five_are_named(left, named):
    departments = tuple(MeetingDepartment(f"{at}部", (), items(1), ()) for at in range(9 + left))
    more = meeting_context(replace(example_meeting(), departments=departments))["more"]
    assert more.startswith(f"另有 {left} 个部门（{named}）：")


def test_the_ninth_department_gives_its_line_to_a_cell_that_holds_more_than_one():
    """Two actions in one of ten: eight with a line, the numbers of the others below; nine of nine have theirs."""
    ones = [MeetingDepartment(f"{at}部", (), (), (MeetingItem(f"GJ-{at}", "事项", ""),)) for at in range(10)]
    two = MeetingDepartment("甲部", (), items(2), ())
    for departments, shown, numbers in (
        (ones, 9, "近期到期 GJ-9"), ((two, *ones[1:]), 8, "近期到期 GJ-8、GJ-9"), ((two, *ones[2:]), 9, ""),
    ):  # fmt: skip
        told = meeting_context(replace(example_meeting(), departments=tuple(departments)))
        assert len(told["departments"]) == shown and told["more"].partition("。")[2].rstrip("。") == numbers


def test_what_falls_due_in_departments_without_a_line_is_named_however_much_is_late_there():
    """Of six late ones the first four, of three to come all."""
    late = [MeetingDepartment(f"{at}部", (), (MeetingItem(f"GJ-{at}", "事项", ""),), ()) for at in range(15)]
    coming = tuple(MeetingItem(f"GJ-9{at}", "事项", "") for at in range(3))
    told = meeting_context(replace(example_meeting(), departments=(*late, MeetingDepartment("末部", (), (), coming))))
    assert told["more"].endswith("。逾期 GJ-9、GJ-10、GJ-11、GJ-12 等；近期到期 GJ-90、GJ-91、GJ-92。")


def test_departments_that_differ_in_the_middle_of_a_long_name_are_told_apart():
    """3, 13 and 23 have the same beginning and the same end."""
    departments = tuple(MeetingDepartment(LONG_NAME.format(at), (), items(1), ()) for at in (3, 13, 23))
    told = meeting_context(replace(example_meeting(), departments=departments))["departments"]
    assert len({one["name"] for one in told}) == 3 and all(len(one["name"]) <= 15 for one in told)
