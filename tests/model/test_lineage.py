from datetime import date

from capa_xl.model.lineage import Lineage
from capa_xl.model.records import Succession
from capa_xl.model.register import Table

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def lineage(*rows: tuple[str, str, date | None]) -> Lineage:
    records = tuple(Succession(at, *row) for at, row in enumerate(rows, start=2))
    return Lineage.of(Table("部门沿革", 1, {}, records))


def test_a_department_goes_by_its_own_name_until_the_day_before():
    found = lineage(("网络部", "基础部", MAY), ("基础部", "平台部", JUNE))
    days = [date(2026, 4, 30), MAY, date(2026, 5, 31), JUNE]
    assert [found.current("网络部", day) for day in days] == ["网络部", "基础部", "基础部", "平台部"]
    assert [found.goes_by_since("网络部", day) for day in days] == [None, MAY, MAY, JUNE]
    assert found.kin("基础部") == ("平台部", "网络部")


def test_a_split_department_keeps_its_name_and_an_absent_sheet_knows_of_no_change():
    found = lineage(("网络部", "甲部", MAY), ("网络部", "乙部", MAY))
    assert (found.current("网络部", MAY), found.successors("网络部", MAY)) == ("网络部", ("甲部", "乙部"))
    assert Lineage.of(None).kin("网络部") == ()


def test_a_circle_comes_to_an_end():
    found = lineage(("甲部", "乙部", MAY), ("乙部", "甲部", JUNE))
    assert found.kin("甲部") == ("乙部",)
    assert found.goes_by_since("甲部", JUNE) == JUNE
    assert found.successors("甲部", JUNE) == ("甲部",)


def test_a_new_hand_was_never_of_the_old_department():
    found = lineage(("网络部", "基础部", MAY))
    assert found.names_of_member("基础部", None) == ("基础部", "网络部")
    assert found.names_of_member("基础部", date(2026, 4, 30)) == ("基础部", "网络部")
    assert found.names_of_member("基础部", MAY) == ("基础部",)
    assert found.names_of_member("网络部", None) == ("网络部", "基础部")


def test_two_new_names_in_one_cell_are_a_split():
    found = lineage(("网络部", "网络一部、运维部", MAY))
    assert found.successors("网络部", MAY) == ("网络一部", "运维部")
    assert found.current("网络部", MAY) == "网络部"
