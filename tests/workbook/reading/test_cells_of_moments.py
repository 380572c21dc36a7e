from datetime import date, datetime

import pytest

from capa_xl.model.columns import Column, Kind
from capa_xl.workbook.reading.convert import convert
from capa_xl.workbook.reading.notes import ColumnContext

MOMENT = Column("respond_by", "要求响应时间", Kind.MOMENT)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (datetime(2026, 3, 2, 14, 30), "2026-03-02 14:30"),
        (datetime(2026, 3, 2, 14, 29, 59, 999), "2026-03-02 14:30"),
        (datetime(2026, 3, 2), "2026-03-02"),
        (date(2026, 3, 2), "2026-03-02"),
        ("2026-03-02 14:30", "2026-03-02 14:30"),
        ("2026/3/2 9:05", "2026-03-02 09:05"),
        ("2026年3月2日 14时30分", "2026-03-02 14:30"),
        ("2026-03-02 14点", "2026-03-02 14:00"),
        ("2026-03-02", "2026-03-02"),
        ("", None),
    ],
)
def test_a_moment_is_read_to_the_minute_where_it_is_given(cell, read):
    values, _ = convert(MOMENT, [cell], ColumnContext(False, ()))
    assert values == [read]


@pytest.mark.parametrize("cell", ["2026-03-02 25:00", "下午三点", "2026-03-02 14:75"])
def test_what_is_no_moment_is_told(cell):
    values, notes = convert(MOMENT, [cell], ColumnContext(False, ()))
    assert values == [None]
    assert [note.rule for note in notes[0]] == ["FD05"]
