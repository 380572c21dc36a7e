"""A person is printed with the role of that day, and with none where none was held (A4)."""

from __future__ import annotations

import pytest

from capa_xl.policy.role_words import held_roles, roles_on, with_role
from tests.policy.registers import PEOPLE, day, view

ACTING = {"name": "样例代", "department": "服务台", "roles": ("员工",)}
HEAD = {
    "name": "样例丙", "department": "系统部", "roles": ("部门经理", "归口部门负责人"), "valid_from": "2026-02-01",
    "valid_to": "2026-06-30", "deputy": "样例代", "deputy_from": "2026-03-02", "deputy_to": "2026-03-06",
}  # fmt: skip
ROSTER = view(on="2026-08-20", people=(*PEOPLE, HEAD, ACTING)).roster


@pytest.mark.parametrize(
    ("name", "on", "words"),
    [
        ("样例丙", "2026-01-31", "样例丙"),
        ("样例丙", "2026-02-01", "样例丙（归口部门负责人、部门经理）"),
        ("样例丙", "2026-06-30", "样例丙（归口部门负责人、部门经理）"),
        ("样例丙", "2026-07-01", "样例丙"),
        ("样例丙", None, "样例丙"),
        ("样例代", "2026-03-01", "样例代"),
        ("样例代", "2026-03-02", "样例代（代归口部门负责人、代部门经理）"),
        ("样例代", "2026-03-07", "样例代"),
        ("样例工", "2026-03-02", "样例工"),
        ("外人", "2026-03-02", "外人"),
        (None, "2026-03-02", ""),
    ],
)
def test_the_role_of_the_day_of_the_deed(name, on, words):
    assert with_role(ROSTER, name, day(on)) == words


BOSS = {"name": "样例总", "department": "总经办", "roles": ("总经理",)}
OTHER = {"name": "样例他", "department": "网络部", "roles": ("部门经理",)}
AWAY = {"deputy": "样例他", "deputy_from": "2026-03-02", "deputy_to": "2026-03-06"}


@pytest.mark.parametrize(
    ("away", "departments", "role"),
    [
        (HEAD, (), "部门经理"),
        (HEAD, ("系统部",), "代归口部门负责人、代部门经理"),
        (HEAD, ("系统部", "网络部"), "部门经理、代归口部门负责人"),
        (HEAD, ("服务台",), "部门经理"),
        (BOSS, (), "部门经理、代总经理"),
        (BOSS, ("系统部",), "代总经理"),
        (BOSS, ("网络部",), "部门经理、代总经理"),
    ],
)
def test_who_deputises_in_the_department_of_a_deed_acted_as_the_deputy(away, departments, role):
    roster = view(on="2026-08-20", people=(OTHER, {**away, **AWAY})).roster
    assert roles_on(roster, "样例他", day("2026-03-03"), departments) == role
    assert roles_on(roster, "样例他", day("2026-03-09"), departments) == "部门经理"


def test_two_deeds_of_one_person_have_the_roles_of_their_own_days():
    acts = [("样例丙", day("2026-03-02")), ("样例丙", day("2026-07-01")), ("样例丙", day("2026-03-02")), (None, None)]
    assert held_roles(ROSTER, acts) == (("样例丙", day("2026-03-02"), "归口部门负责人、部门经理"),)
