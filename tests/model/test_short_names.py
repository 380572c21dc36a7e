import pytest

from capa_xl.model.short_names import people_apart, told_apart
from tests.sizes import LONG_NAME

HOUSE = [LONG_NAME.format(at) for at in range(30)]


@pytest.mark.parametrize("most", [8, 12, 14, 24])
def test_thirty_names_that_differ_in_the_middle_stay_apart(most):
    found = told_apart(HOUSE, most)
    assert len(set(found.values())) == 30
    assert max(map(len, found.values())) <= most


def test_a_name_shows_where_it_differs_with_its_number_whole():
    found = told_apart(HOUSE, 12)
    assert (found[HOUSE[1]], found[HOUSE[11]]) == ("样例运维…第1分…值班组", "样例运…第11分…值班组")


def test_names_that_fit_or_differ_at_their_ends_are_cut_as_before():
    assert told_apart(["服务台", "网络部"], 8) == {"服务台": "服务台", "网络部": "网络部"}
    ends = {"华东地区网络运维一部": "华东…络运维一部", "华东地区网络运维二部": "华东…络运维二部"}
    assert told_apart(ends, 8) == ends


def test_where_the_differing_places_are_too_far_apart_a_number_tells():
    found = told_apart([f"甲乙丙丁{one}戊己庚辛壬癸子丑寅{other}卯" for one in "一二" for other in "一二"], 6)
    assert len(set(found.values())) == 4
    assert max(map(len, found.values())) <= 6


def test_a_name_that_fits_keeps_its_form():
    names = ["甲乙…卯辰巳午", "甲乙丙丁戊己庚卯辰巳午"]
    assert told_apart(names, 7) == {names[0]: names[0], names[1]: "甲…巳午（2）"}


def test_equal_names_are_one():
    assert told_apart(["服务台", "服务台"], 8) == {"服务台": "服务台"}


def test_a_list_of_people_is_its_first_one_and_how_many_and_one_alone_stays_apart():
    crowd = "、".join(f"样例员工{at:02}" for at in range(25))
    alone = ["样例运维服务公司第1值班长甲", "样例运维服务公司第11值班长甲"]
    found = people_apart(["样例甲", "样例甲、样例乙", crowd, *alone], 11)
    assert found["样例甲"] == "样例甲" and found["样例甲、样例乙"] == "样例甲、样例乙"
    assert found[crowd] == "样例员工00等25人"
    assert found[alone[0]] != found[alone[1]]
    assert people_apart([crowd], 7)[crowd].endswith("00等25人")
