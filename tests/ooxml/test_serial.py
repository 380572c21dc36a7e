"""Dates as Excel stores them, at the edges of both date systems."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from capa_xl.ooxml.serial import from_serial, to_serial


@pytest.mark.parametrize(
    ("value", "date1904", "number"),
    [
        (date(1899, 12, 31), False, None),
        (date(1900, 1, 1), False, 1),
        (date(1900, 2, 28), False, 59),
        (date(1900, 3, 1), False, 61),  # 60 is the 29 February that never was
        (date(2026, 11, 22), False, 46348),
        (date(1903, 12, 31), True, None),
        (date(1904, 1, 1), True, 0),
        (date(1904, 1, 2), True, 1),
        (date(2026, 11, 22), True, 44886),
        (datetime(2026, 11, 22, 12, 0), False, 46348.5),
        (datetime(2026, 11, 22, 0, 0, 0, 500_000), False, 46348 + 0.5 / 86_400),
        (datetime(2026, 11, 22, 18, 0), True, 44886.75),
        (datetime(2026, 11, 22, tzinfo=UTC), False, None),
    ],
)
def test_a_date_is_the_number_that_excel_stores(value, date1904, number):
    found = to_serial(value, date1904=date1904)
    assert found == pytest.approx(number, abs=1e-9) if number else found == number
    assert isinstance(found, int) or not isinstance(number, int)


@pytest.mark.parametrize(
    ("number", "date1904", "value"),
    [
        (-1, False, None),
        (0, False, date(1899, 12, 31)),
        (1, False, date(1900, 1, 1)),
        (59, False, date(1900, 2, 28)),
        (60, False, date(1900, 2, 28)),
        (61, False, date(1900, 3, 1)),
        (0, True, date(1904, 1, 1)),
        (59, True, date(1904, 2, 29)),
        (46348, False, date(2026, 11, 22)),
        (44886, True, date(2026, 11, 22)),
        (46348.5, False, datetime(2026, 11, 22, 12, 0)),
        (46348 + 1 / 86_400, False, datetime(2026, 11, 22, 0, 0, 1)),
        (2_958_465, False, date(9999, 12, 31)),
        (2_958_466, False, None),
    ],
)
def test_a_stored_number_is_the_date_that_excel_shows(number, date1904, value):
    found = from_serial(number, date1904=date1904)
    assert found == value and type(found) is type(value)
