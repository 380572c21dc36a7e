from datetime import date

from capa_xl.model.addresses import sound_address
from capa_xl.model.records import Person
from capa_xl.policy.roster import Roster
from tests.policy.registers import PEOPLE, table

T = date(2026, 11, 22)


def roster(*people):
    return Roster.of(table(Person, people))


STAFF = roster(*PEOPLE)


def test_an_absent_sheet_gives_a_roster_that_knows_nobody():
    empty = Roster.of(None)
    assert not empty.exists("样例甲") and empty.departments == ()
    assert empty.manager_of("服务台", T) is None and empty.address("样例甲") == ""


def test_departments_stand_in_sheet_order():
    assert STAFF.departments == ("总经办", "质量部", "服务台", "网络部")


def test_the_manager_and_the_heads_of_quality_and_general_office_lead_their_departments():
    assert STAFF.manager_of("服务台", T) == "样例甲"
    assert STAFF.manager_of("质量部", T) == "样例质"
    assert STAFF.manager_of("总经办", T) == "样例总"
    assert STAFF.manager_of("备件部", T) is None


def test_the_head_is_the_holder_of_the_role_then_the_manager_then_the_deputy_in_force():
    manager = {"name": "样例己", "department": "备件部", "roles": ("部门经理",)}
    head = {"name": "样例壬", "department": "备件部", "roles": ("归口部门负责人",)}
    assert roster(manager, head).head_of("备件部", T) == "样例壬"
    assert roster(manager).head_of("备件部", T) == "样例己"
    gone = {**manager, "valid_to": date(2026, 6, 30), "deputy": "样例件", "deputy_from": date(2026, 7, 1)}
    assert roster(gone).head_of("备件部", T) == "样例件"
    assert roster(gone).head_of("备件部", date(2026, 6, 30)) == "样例己"


def test_roles_are_those_of_the_asked_day():
    moved = roster(
        {"name": "样例乙", "department": "网络部", "roles": ("员工",), "valid_to": date(2026, 6, 30)},
        {"name": "样例乙", "department": "网络部", "roles": ("部门经理",), "valid_from": date(2026, 7, 1)},
    )
    assert not moved.has_role("样例乙", "部门经理", date(2026, 6, 30))
    assert moved.has_role("样例乙", "部门经理", date(2026, 7, 1))


def test_a_deputy_acts_in_the_role_while_the_period_covers_the_day():
    staff = roster({"name": "样例乙", "department": "网络部", "roles": ("部门经理",), "deputy": "样例网",
                    "deputy_from": date(2026, 11, 17), "deputy_to": date(2026, 11, 27)},
                   {"name": "样例网", "department": "网络部", "roles": ("员工",)})  # fmt: skip
    assert staff.deputy("样例乙", date(2026, 11, 27)) == "样例网"
    assert staff.deputy("样例乙", date(2026, 11, 28)) is None
    assert staff.has_role("样例网", "部门经理", T) and not staff.has_role("样例网", "部门经理", date(2026, 11, 28))


def test_of_several_deputies_the_first_who_is_there_that_day_stands_in():
    """Who is away has a deputy of his own: nobody read his letters of those days. May sign for the person: each."""
    away = {"deputy_from": date(2026, 11, 20), "deputy_to": date(2026, 11, 24)}
    absent = {"deputy_from": date(2026, 11, 17), "deputy_to": date(2026, 11, 27)}
    staff = roster(
        {"name": "样例乙", "deputy": "样例旧、样例网、样例检", **absent},
        {"name": "样例旧", "active": False},
        {"name": "样例网", "deputy": "样例乙", **away},
        {"name": "样例检"},
    )
    asked = [staff.deputy("样例乙", date(2026, 11, day)) for day in (19, 20, 24, 25)]
    assert asked == ["样例网", "样例检", "样例检", "样例网"]
    assert staff.deputy("样例网", T) == "样例乙"  # nobody else is named
    assert staff.deputies("样例乙", T) == ("样例旧", "样例网", "样例检")
    assert staff.is_away("样例乙", T) and not staff.is_away("样例检", T)


def test_a_deputy_without_dates_stands_in_only_for_somebody_who_left():
    named = {"name": "样例旧", "department": "系统部", "roles": ("员工",), "deputy": "样例系"}
    assert roster(named).deputy("样例旧", T) is None
    assert roster({**named, "active": False}).deputy("样例旧", T) == "样例系"


def test_the_newest_row_decides_whether_somebody_is_still_there():
    back = roster({"name": "样例旧", "active": False, "valid_from": date(2025, 1, 1)},
                  {"name": "样例旧", "active": True, "valid_from": date(2026, 1, 1)})  # fmt: skip
    assert back.active("样例旧")
    assert not roster({"name": "样例旧", "active": False}).active("样例旧")


def test_who_left_comes_after_who_stayed_but_is_not_forgotten():
    staff = roster({"name": "样例旧", "department": "服务台", "roles": ("部门经理",), "active": False},
                   {"name": "样例甲", "department": "服务台", "roles": ("部门经理",)})  # fmt: skip
    assert staff.manager_of("服务台", T) == "样例甲"
    assert staff.heads_of("服务台", T) == ("样例甲", "样例旧")


def test_the_process_names_its_department():
    assert STAFF.owner_of_process("事件") == "服务台"
    assert STAFF.owner_of_process("备件") is None


def test_an_address_is_made_plain_and_refused_with_a_defect_or_a_second_one():
    assert sound_address(" b＠y.example ") == "b@y.example"
    several = ("a@x.example; b@x.example", "a@x.example\nBcc: z@z.example")
    for text in ("", "a@@x.example", "样例@x.example", "a@x", *several):
        assert sound_address(text) == ""
    assert roster({"name": "样例甲", "email": "jia@x.example"}).address("样例甲") == "jia@x.example"
    assert roster({"name": "样例甲", "email": "jia@x"}).address("样例甲") == ""


def test_standing_changes_on_each_date_of_the_roster_whatever_was_asked_before():
    days = {"valid_from": date(2026, 3, 1), "valid_to": date(2026, 6, 30)}
    staff = roster({"name": "样例乙", "department": "网络部", "roles": ("部门经理",), **days})
    asked = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 5, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [staff.has_role("样例乙", "部门经理", on) for on in asked] == [False, True, True, True, False]
    assert [bool(staff.departments_of("样例乙", on)) for on in asked] == [False, True, True, True, False]
    assert [staff.head_of("网络部", on) for on in asked] == [None, "样例乙", "样例乙", "样例乙", None]


def test_several_roles_of_one_row_all_count():
    staff = roster({"name": "样例丁", "department": "系统部", "roles": ("部门经理", "归口部门负责人", "质量部专员")})
    assert staff.roles("样例丁", T) == {"部门经理", "归口部门负责人", "质量部专员"}
    assert staff.manager_of("系统部", T) == staff.head_of("系统部", T) == "样例丁"
    assert staff.holders("质量部专员", T) == ("样例丁",)
    assert staff.in_quality("样例丁", T)


def test_members_of_a_department_are_those_of_the_day():
    staff = roster({"name": "样例乙", "department": "网络部", "roles": ("部门经理",), "valid_to": date(2026, 6, 30)},
                   {"name": "样例网", "department": "网络部", "roles": ("员工",)})  # fmt: skip
    assert staff.members("网络部", date(2026, 6, 30)) == ("样例乙", "样例网")
    assert staff.members("网络部", date(2026, 7, 1)) == ("样例网",)
    assert staff.members("备件部", date(2026, 7, 1)) == ()
