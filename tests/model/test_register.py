"""Where people find a row, what the journal keeps of a cell, and which sheets are ours."""

from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.pages import Page, row_on
from capa_xl.model.register import Quarantined, Register, Table, auto_text

ONE = Table("台账", 1, {"number": 1}, ())
YEARS = Table(
    "2025", 1, {"number": 1}, (), pages=(Page("2025", 1, {"number": 1}, {}), Page("2026", 2, {"number": 1}, {}))
)


@pytest.mark.parametrize(("rows", "shown"), [([5], "第 5 行"), ([5, 6], "第 5、6 行"), ([5, 6, 9], "第 5、6 行 等")])
def test_rows_are_told_by_their_numbers_and_those_beyond_the_most_are_left_out(rows, shown):
    assert ONE.lines(rows, 2) == shown


def test_rows_of_several_sheets_are_told_with_their_sheet():
    rows = [row_on(0, 5), row_on(1, 7), row_on(1, 8)]
    assert YEARS.lines(rows[:2], 2) == "《2025》第 5 行、《2026》第 7 行"
    assert YEARS.lines(rows, 2) == "《2025》第 5 行、《2026》第 7 行 等"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (3, "3"), (3.0, "3"), (2.5, "2.5"), (date(2026, 6, 1), "2026-06-01"), ("已关闭", "已关闭"), (0, "0")],
)
def test_a_cell_of_ours_is_kept_as_text(value, text):
    assert auto_text(value) == text


def test_a_sheet_is_ours_where_it_is_there_and_is_no_namesake():
    register = Register(ONE, sheet_names=("台账", "校验结果", "提醒台账"), namesakes=frozenset({"提醒台账"}))
    assert register.is_ours_to_write("校验结果")
    assert not register.is_ours_to_write("提醒台账")
    assert not register.is_ours_to_write("总览")


def test_the_numbers_of_a_register_are_those_of_its_actions_and_of_the_rows_set_aside():
    aside = tuple(Quarantined(row, number, (), Action(row, number)) for row, number in ((3, "GJ-3"), (4, "")))
    register = Register(replace(ONE, records=(Action(2, "GJ-2"),)), quarantined=aside)
    assert register.numbers == {"GJ-2", "GJ-3"}
    assert Register(ONE).numbers == frozenset()
