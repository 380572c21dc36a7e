"""Two people of one name: 样例工 of 服务台 (gong@) and another one (two@), whose letters are never each other's."""

import pytest

from tests.policy.registers import PEOPLE, running
from tests.policy.reminders.plans import plan

LATE = {"due_on": "2026-06-01", "responsible_department": "服务台"}
DAY = "2026-06-08"
GONG, TWO = "gong@yangli-ops.example", "two@corp.example"


def roster(**second):
    return (*PEOPLE, {"name": "样例工", "department": "质量部", "roles": ("质量部专员",), "email": TWO, **second})


def sent_to(found, name="样例工"):
    return {(duty.key.number, duty.key.milestone, duty.address) for duty in found.duties if duty.key.recipient == name}


def test_of_two_owners_of_one_name_the_one_in_the_responsible_department_gets_the_letter():
    other = running(number="GJ-02", owners=("样例工",), **LATE | {"responsible_department": "质量部"})
    found = plan(running(number="GJ-01", owners=("样例工",), **LATE), other, on=DAY, people=roster())
    items = {(number, address) for number, milestone, address in sent_to(found) if milestone != "Q1"}
    assert items == {("GJ-01", GONG), ("GJ-02", TWO)}
    assert found.unreachable == ()


@pytest.mark.parametrize("department", ["网络部", None])
def test_where_the_department_does_not_tell_nobody_gets_it_and_the_week_says_why(department):
    row = running(number="GJ-01", owners=("样例工",), **LATE | {"responsible_department": department})
    found = plan(row, on=DAY, people=roster())
    assert {address for number, _, address in sent_to(found) if number} <= {TWO}
    assert found.unreachable == ("样例工",)
    (silent,) = [part for part in found.weekly.lists if part.heading == "无法送达"]
    assert "样例工：有几个邮箱，分不清有的信是谁的" in str(silent.lines)


def test_letters_of_a_post_go_to_who_holds_it_whatever_department_the_row_is_of():
    found = plan(running(number="GJ-01", owners=("样例网",), **LATE), on=DAY, people=roster())
    assert {address for _, _, address in sent_to(found)} == {TWO}
