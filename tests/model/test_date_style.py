"""How a column's dates are written, as 参数 keeps it."""

from __future__ import annotations

from capa_xl.model.date_style import DAY_FIRST, MONTH_FIRST, DateStyle


def test_the_order_and_the_year_are_read_from_the_words_of_the_column():
    assert DateStyle.of({"日期写法": "月/日/年"}) == DateStyle(MONTH_FIRST)
    assert DateStyle.of({"日期写法": "日/月/年", "没有年份的日期": "2026"}) == DateStyle(DAY_FIRST, 2026)


def test_anything_else_decides_nothing():
    assert DateStyle.of({"日期写法": "年月日", "没有年份的日期": "26", "√": "已完成"}) == DateStyle()
