"""What decides a list and isn't there is named: no list of a paper takes unknown for none."""

from capa_xl.model.period import parse_period
from capa_xl.model.review import Undecided
from capa_xl.policy.review.undecided import undecided
from tests.policy.registers import planned, view, without

T, PERIOD = "2026-08-20", parse_period("2026")


def found(*actions, **others):
    return undecided(view(*actions, on=T, **others), PERIOD)


def test_a_list_whose_column_is_absent_is_undecided_and_one_that_has_all_is_not():
    whole = planned(severity="重大", source="内部审核")
    assert found(whole) == {}
    lists = found(whole, columns=without("action_type", "source", "due_on", "severity"))
    assert lists["major"] == Undecided(("措施类型", "严重度"), "措施类型")
    assert lists["audits"] == Undecided(("来源",), "来源")
    assert lists["overdue"].absent == lists["coming"].absent == ("完成期限",)


def test_a_blank_cell_leaves_its_row_undecided_where_it_could_belong_to_the_list():
    rows = (
        planned(number="GJ-1", action_type=None, severity="重大", source="内部审核"),
        planned(number="GJ-2", action_type=None, severity="一般", source="内部审核"),
        planned(number="GJ-3", severity="重大", source=None),
    )
    assert found(*rows) == {
        "major": Undecided((), "措施类型", ("GJ-1",)),
        "audits": Undecided((), "来源", ("GJ-3",)),
    }
