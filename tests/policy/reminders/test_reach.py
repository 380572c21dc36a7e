"""People are those of `tests.policy.registers`: 样例总 总经理, 样例质 质量部负责人, 样例甲 manager of 服务台."""

import pytest
from msgspec import structs

from capa_xl.model.action import Action
from capa_xl.model.problem import Hit, Remark
from capa_xl.model.register import Quarantined
from capa_xl.policy.reminders.reach import EMPTY_ROSTER, LOST_ROSTER, NO_ROSTER, NO_ROSTER_YET, Reach, cure_of, reach_of
from tests.policy.registers import PEOPLE, closed, day, running, view

DAY = "2026-07-10"
BARRED = "「a@b.example」不在 allowed_domains 之内"
ALLOW = "请 IT 在 capa_xl.toml（或环境变量 CAPA_XL_MAIL_ALLOWED_DOMAINS）里放行，或在《人员部门》换邮箱"


def people(**change):
    """The roster, everybody with an address, with one person's cells changed."""
    return tuple({**row, **change.get(row["name"], {})} for row in PEOPLE)


def silent(*actions, **given):
    return reach_of(view(*actions, on=DAY, **given)).people


def with_sheets(seen, *names):
    return structs.replace(seen, register=structs.replace(seen.register, people=None, sheet_names=names))


def test_everybody_with_an_address_leaves_nothing_to_say():
    assert reach_of(view(running(), on=DAY, people=people())) == Reach()
    assert Reach().sentences == ()


def test_an_empty_roster_is_named_and_an_absent_one_too_even_without_any_row():
    assert reach_of(with_sheets(view(on=DAY), "改进计划跟踪表", "人员部门")) == Reach(EMPTY_ROSTER)
    assert reach_of(with_sheets(view(on=DAY), "改进计划跟踪表")) == Reach(NO_ROSTER)
    unread = with_sheets(view(on=DAY), "改进台账")
    remarks = (Remark("WB02", Hit("改进台账", "A1", facts={"c": "责任人/责任部门"})),)
    unread = structs.replace(unread, register=structs.replace(unread.register, remarks=remarks))
    assert reach_of(unread) == Reach(NO_ROSTER_YET)
    assert "capa-xl" not in NO_ROSTER_YET  # what the table lacks has its own command
    assert reach_of(with_sheets(view(on=DAY), "改进计划跟踪表", "校验结果")) == Reach(LOST_ROSTER)
    assert reach_of(with_sheets(view(running(), on=DAY), "人员部门")).sentences == (EMPTY_ROSTER,)


@pytest.mark.parametrize(
    ("name", "cells", "why"),
    [
        ("样例工", {"email": None}, "没有邮箱"),
        ("样例工", {"email": "张三 at corp"}, "邮箱「张三 at corp」不能用"),
        ("样例工", {"active": False}, "已离职，没有代理人"),
        ("样例甲", {"email": None}, "没有邮箱"),
        ("样例总", {"roles": ("员工",)}, "没有人担任"),
        ("样例质", {"email": None}, "没有邮箱"),
    ],
)
def test_who_cannot_be_reached_is_named_with_the_reason(name, cells, why):
    who = "总经理" if name == "样例总" else name
    assert silent(running(), people=people(**{name: cells})) == ((who, why),)


def _twice(first=None, **second):
    """样例工 on a second row, with another address; with further cells on the first or the second."""
    return (
        *people(样例工=first or {}),
        {"name": "样例工", "department": "网络部", "roles": ("员工",), "email": "w2@corp.example", **second},
    )


def test_one_name_with_two_addresses_is_told_with_both():
    first = "gong@yangli-ops.example"
    reach = reach_of(view(running(), on=DAY, people=_twice()))
    assert reach.several == (("样例工", (first, "w2@corp.example")),)
    assert f"1 个姓名有几个邮箱：样例工（{first}、w2@corp.example）。责任人的信只发给责任部门的" in reach.of_several
    assert reach.people == ()
    assert reach.of("样例工").several and not reach.of("样例甲").several


@pytest.mark.parametrize(
    "second",
    [{"email": None}, {"valid_to": day("2026-07-09")}, {"valid_from": day("2026-07-11")}, {"active": False}],
)
def test_another_row_without_an_address_or_not_in_force_leaves_one(second):
    assert reach_of(view(running(), on=DAY, people=_twice(**second))).several == ()


def test_a_row_of_another_department_that_lends_its_address_is_told():
    reach = reach_of(view(running(), on=DAY, people=_twice(email=None)))
    said = "样例工（网络部的信都发给服务台的 gong@yangli-ops.example）"
    assert reach.of_lone.startswith(
        f"《人员部门》里 1 个姓名有的行没有可用的邮箱：{said} → 同一个人的，填同一个邮箱；两个人重名的"
    )
    assert reach.of_lone in reach.sentences and reach.of("样例工").lone and not reach.of("样例甲").lone


def test_a_post_whose_holder_and_deputy_have_left_is_not_held():
    """Once the letters of the manager stayed with him: that he has a deputy was enough."""
    gone = people(样例甲={"active": False, "deputy": "样例网"}, 样例网={"active": False})
    assert silent(running(), people=gone) == ()
    told = silent(running(), people=people(样例工={"active": False, "deputy": "样例网"}, 样例网={"active": False}))
    assert told == (("样例工", "已离职，没有代理人"),)
    mute = people(样例工={"active": False, "deputy": "样例网"}, 样例网={"email": None})
    assert silent(running(), people=mute) == (("样例工", "已离职，代理人「样例网」没有可用的邮箱"),)


@pytest.mark.parametrize(
    ("name", "cells", "why"),
    [
        ("样例工", {"deputy_from": "2026-07-10"}, "代理人「样例网」自己也不在，由「样例甲」代理：要另写代理人"),
        ("样例工", {"active": False}, "代理人「样例网」自己也不在，由「样例甲」代理：要另写代理人"),
        ("样例工", {"deputy_from": "2026-07-10", "deputy": "样例网、样例检"}, ""),
        ("样例工", {"deputy_from": "2026-07-11"}, ""),
        ("样例质", {"deputy_from": "2026-07-10"}, "代理人「样例网」自己也不在，由「样例甲」代理：要另写代理人"),
    ],
)
def test_whose_letters_go_to_a_deputy_who_is_away_too_is_named(name, cells, why):
    """They lay in a mailbox that nobody read, and the weekly digest said nothing."""
    away = {"deputy": "样例甲", "deputy_from": "2026-07-06", "deputy_to": "2026-07-10"}
    found = silent(running(), people=people(**{name: {"deputy": "样例网", **cells}, "样例网": away}))
    assert found == (((name, why),) if why else ())


def test_a_letter_goes_to_the_address_in_force():
    seen = view(running(), on=DAY, people=_twice({"valid_to": day("2026-07-09")}))
    assert seen.roster.address("样例工", seen.on) == "w2@corp.example"
    assert reach_of(seen).several == ()


def test_several_owners_are_looked_at_one_by_one_and_strangers_are_named():
    found = silent(running(owners=("样例工", "样例路", "样例网")), people=people(样例网={"email": None}))
    assert found == (("样例路", "不在名单"), ("样例网", "没有邮箱"))


def test_a_name_with_a_post_around_it_is_the_person_whom_letters_go_by():
    """Once: not on the roster, of somebody who is and has no address."""
    found = silent(running(owners=("样例工（班长）",)), people=people(样例工={"email": None}))
    assert found == (("样例工", "没有邮箱"),)


def test_a_department_without_any_manager_and_without_a_quality_head_is_named_itself():
    nobody = {"roles": ("员工",)}
    found = silent(running(), people=people(样例甲=nobody, 样例质=nobody))
    assert found == (("服务台", "部门没有经理"), ("质量部负责人", "没有人担任"))


def test_a_deputy_in_force_is_reach_enough_on_his_last_day_and_not_after():
    def away(until):
        cells = {"email": None, "deputy": "样例网", "deputy_from": "2026-07-01", "deputy_to": until}
        return silent(running(), people=people(样例工=cells))

    assert away("2026-07-10") == ()
    assert away("2026-07-09") == (("样例工", "没有邮箱"),)


def test_people_of_ended_rows_are_nobodys_business():
    assert silent(closed(), people=people(样例工={"email": None}, 样例总={"email": None})) == ()


def test_many_people_of_one_reason_are_five_and_how_many():
    silent_ones = tuple((f"样例员工{at:02}", "没有邮箱") for at in range(40))
    told = Reach(people=(silent_ones[0], ("样例甲", "不在名单"), *silent_ones[1:])).of_people
    first = "、".join(f"样例员工{at:02}" for at in range(5))
    assert told == f"41 人收不到提醒：{first} 等 40 人（没有邮箱）、样例甲（不在名单） → 请在《人员部门》填写"
    of_one_reason = Reach(people=silent_ones).of_people
    assert of_one_reason == f"40 人收不到提醒：{first} 等（没有邮箱） → 请在《人员部门》填写"


@pytest.mark.parametrize(
    ("whys", "cure"),
    [
        (("没有邮箱",), "请在《人员部门》填写"),
        ((BARRED,), ALLOW),
        ((BARRED, "没有邮箱"), f"请在《人员部门》填写；域没有放行的，{ALLOW}"),
    ],
)
def test_whose_address_the_settings_bar_is_not_asked_to_fill_one_in(whys, cure):
    assert cure_of(whys) == cure


def test_the_sentence_names_them_all_and_the_sheet_to_fill():
    found = reach_of(view(running(), on=DAY, people=people(样例工={"email": None}, 样例甲={"email": None})))
    assert found.sentences == ("2 人收不到提醒：样例工（没有邮箱）、样例甲（没有邮箱） → 请在《人员部门》填写",)
    assert found.of("样例甲").people == (("样例甲", "没有邮箱"),)
    assert found.of("样例总").sentences == ()


def test_of_eleven_rows_set_aside_ten_are_named_and_all_counted():
    seen = view(running(), on=DAY, people=people())
    aside = tuple(Quarantined(n, f"GJ-{n:02d}", (f"D{n}",), Action(row=n)) for n in range(2, 13))
    told = reach_of(structs.replace(seen, register=structs.replace(seen.register, quarantined=aside))).set_aside
    assert told.startswith("11 行待更正，未参与提醒：GJ-02（D2）、GJ-03（D3）、")
    assert told.endswith("、GJ-11（D11） 等 11 行")
