from datetime import date, datetime

import pytest

from capa_xl.model.columns import Column, Kind
from capa_xl.policy.rules.field import FD05
from capa_xl.policy.rules.rule import fill
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
        ("2026-03-02 14时30分20秒", "2026-03-02 14:30"),
        ("2026年3月2日18:00", "2026-03-02 18:00"),
        ("2026-03-02（周一）18:00", "2026-03-02 18:00"),
        ("2026-03-02 18:00前", "2026-03-02 18:00"),
        ("2026-03-02 下午6点", "2026-03-02 18:00"),
        ("2026-03-02 6:00 PM", "2026-03-02 18:00"),
        ("2026-03-02 12:00 PM", "2026-03-02 12:00"),
        ("2026-03-02", "2026-03-02"),
        ("", None),
    ],
)
def test_a_moment_is_read_to_the_minute_where_it_is_given(cell, read):
    values, _ = convert(MOMENT, [cell], ColumnContext(False, ()))
    assert values == [read]


@pytest.mark.parametrize(
    "cell",
    ["2026-03-02 25:00", "下午三点", "2026-03-02 14:75", "17:30", "2026-03-02T10:00:00Z", "2026-03-02 上午12:00"],
)
def test_what_is_no_moment_is_told(cell):
    values, notes = convert(MOMENT, [cell], ColumnContext(False, ()))
    assert values == [None]
    assert [note.rule for note in notes[0]] == ["FD05"]
    assert fill(FD05.fix, notes[0][0].facts) == "请写成年-月-日 时刻，例如“2026-03-31 17:30”"


@pytest.mark.parametrize(
    ("cell", "date1904", "read"),
    [
        (46333.75, False, "2026-11-07 18:00"),
        ("46333.75", False, "2026-11-07 18:00"),
        (44871.75, True, "2026-11-07 18:00"),
        (46333.0, False, "2026-11-07"),
        ("20261107", False, "2026-11-07"),
    ],
)
def test_a_bare_number_keeps_its_minute_and_no_repair_is_promised(cell, date1904, read):
    values, notes = convert(MOMENT, [cell], ColumnContext(date1904, ()))
    assert values == [read]
    (note,) = notes[0]
    assert (note.rule, note.facts["d"], "fix" in note.facts) == ("FD06", read, False)


def test_a_time_without_a_day_that_a_cell_shows_is_a_day_that_cannot_be_meant():
    values, notes = convert(MOMENT, [datetime(1899, 12, 30, 17, 30)], ColumnContext(False, ()))
    assert (values, [note.rule for note in notes[0]]) == ([None], ["FD07"])
