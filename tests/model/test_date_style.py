"""What 参数 keeps of how the dates of a column are written."""

from __future__ import annotations

import pytest

from capa_xl.model.date_style import DAY_FIRST, MONTH_FIRST, DateStyle, is_year, with_its_days, year_word


def test_order_and_year_are_told_by_their_own_words():
    assert DateStyle.of({"日期写法": "月/日/年"}) == DateStyle(MONTH_FIRST)
    assert DateStyle.of({"日期写法": "日/月/年", "没有年份的日期": "2026"}) == DateStyle(DAY_FIRST, 2026)


def test_what_is_neither_is_left_alone():
    assert DateStyle.of({"日期写法": "年月日", "没有年份的日期": "26", "√": "已完成"}) == DateStyle()


def test_a_year_holds_for_the_days_it_was_given_for():
    style = DateStyle.of({"没有年份的日期": with_its_days("2026", ["11月12日", "10.31", "11月12日"])})
    assert [style.year_of(text) for text in ("11月12日", "11 月 12 日", "10.31", "3月5日")] == [2026, 2026, 2026, None]


def test_a_year_without_days_holds_for_all_of_them():
    assert DateStyle(year=2026).year_of("3月5日") == 2026


def test_a_sheet_may_have_a_year_of_its_own_and_else_has_that_of_the_column():
    said = {"没有年份的日期": "2026：1月2日", year_word("2025年"): "2025"}
    assert (DateStyle.of(said, "2025年").year, DateStyle.of(said, "2026年").year) == (2025, 2026)


@pytest.mark.parametrize(("text", "is_one"), [("2026", True), ("2026：3月5日", True), ("1999", False), ("26", False)])
def test_a_year_is_one_with_or_without_its_days(text, is_one):
    assert is_year(text) is is_one
    assert with_its_days("2026：3月5日", ["4月1日"]) == "2026：4月1日"
