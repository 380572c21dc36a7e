"""The text tables of our tests mean what they look like."""

from __future__ import annotations

from datetime import date

import pytest

from tests.tables import rows_of


def test_values_stand_under_their_headings():
    rows = rows_of("""
        编号    实际完成日期  检查日期    确认人
        GJ-01   2026-03-02                李四
        GJ-02                 2026-03-05
    """)
    assert rows == [
        ["编号", "实际完成日期", "检查日期", "确认人"],
        ["GJ-01", date(2026, 3, 2), None, "李四"],
        ["GJ-02", None, date(2026, 3, 5), None],
    ]


def test_value_between_two_headings_is_refused():
    with pytest.raises(ValueError, match="stands under no heading"):
        rows_of("""
            编号    实际完成日期  检查日期
            GJ-01           甲
        """)
