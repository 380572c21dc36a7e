"""What decides a list and isn't there is named: no list of a paper takes unknown for none."""

from capa_xl.model.period import parse_period
from capa_xl.model.review import BlankCells, Undecided
from capa_xl.policy.review.undecided import undecided
from capa_xl.policy.review.unregistered import unregistered
from tests.policy.registers import completed, planned, view, without

T, PERIOD = "2026-08-20", parse_period("2026")
BESIDE = "《问题需求登记》以外的投诉"


def found(*actions, **others):
    return undecided(view(*actions, on=T, **others), PERIOD)


def test_a_list_whose_column_is_absent_is_undecided_and_one_that_has_all_is_not():
    whole = planned(severity="重大", source="内部审核")
    assert found(whole) == {}
    lists = found(whole, columns=without("action_type", "source", "due_on", "severity"))
    assert lists["major"] == Undecided(("措施类型", "严重度"))
    assert lists["by_source"] == Undecided(("来源",))
    assert lists["audits"] == Undecided(("来源",))
    assert lists["complaints"] == Undecided(("来源",), (), BESIDE)
    assert lists["overdue"].absent == lists["coming"].absent == ("完成期限",)


def test_what_is_major_is_named_where_the_column_of_its_type_alone_is_absent():
    rows = planned(number="GJ-1", severity="重大"), planned(number="GJ-2", severity="一般")
    assert found(*rows, columns=without("action_type"))["major"] == Undecided(("措施类型",), likely=("GJ-1",))


def test_without_conclusions_of_the_effect_no_recurrence_is_known():
    lists = found(planned(source="内部审核"), columns=without("effect", "confirmer", "confirmed_on"))
    assert lists["recurrences"] == lists["effects"] == Undecided(("效果结论",))


def test_a_blank_cell_leaves_its_row_undecided_where_it_could_belong_to_the_list():
    rows = (
        planned(number="GJ-1", action_type=None, severity="重大", source="内部审核"),
        planned(number="GJ-2", action_type=None, severity="一般", source="内部审核"),
        planned(number="GJ-3", severity="重大", source=None),
    )
    assert found(*rows) == {
        "major": Undecided((), (BlankCells("措施类型", ("GJ-1",)),)),
        "complaints": Undecided((), (BlankCells("来源", ("GJ-3",)),), BESIDE),
        "audits": Undecided((), (BlankCells("来源", ("GJ-3",)),)),
    }


def test_a_blank_weight_is_unknown_where_nothing_else_lists_the_row_or_keeps_it_out():
    rows = (
        planned(number="GJ-1", severity=None), planned(number="GJ-2", severity=None, action_type="预防"),
        planned(number="GJ-3", severity=None, is_repeat=True), planned(number="GJ-4", severity=None, action_type=None),
        planned(number="GJ-5", severity=None, registered_on="2025-01-05", cancelled_on="2025-02-01"),
    )  # fmt: skip
    assert found(*rows)["major"].blanks == (BlankCells("严重度", ("GJ-1", "GJ-4")),)


def test_what_came_after_the_period_is_no_unknown_of_it():
    last_year = parse_period("2025")
    assert undecided(view(planned(source=None, severity=None), on=T), last_year) == {}
    revised = planned(source="内部审核", needs_revision=True)
    assert unregistered(view(revised, on=T), last_year) == {}


def test_an_open_row_without_a_day_is_neither_late_nor_in_time():
    lists = found(planned(number="GJ-1", due_on=None), planned(number="GJ-2"), completed(number="GJ-3", due_on=None))
    assert lists["overdue"].blanks == lists["coming"].blanks == (BlankCells("完成期限", ("GJ-1",)),)


def test_a_row_that_answers_a_need_or_is_of_another_year_is_no_unknown_complaint():
    rows = (
        planned(number="GJ-1", source=None, need_number="XQ-1"), planned(number="GJ-2", source=None),
        planned(number="GJ-3", source=None, registered_on="2025-01-05"),
    )  # fmt: skip
    needs = ({"number": "XQ-1", "source": "顾客投诉", "registered_on": "2026-01-04"},)
    assert found(*rows, needs=needs)["complaints"].blanks == (BlankCells("来源", ("GJ-2",)),)
