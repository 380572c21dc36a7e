"""Periods as people ask for them."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.analysis.periods import parse_period, period_before
from capa_xl.errors import UsageError


@pytest.mark.parametrize(
    ("name", "start", "end", "before"),
    [
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31), "2026Q3"),
        ("2026q1", date(2026, 1, 1), date(2026, 3, 31), "2025Q4"),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31), "2026H1"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2025"),
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31), "2026-09"),
        ("2026-10-05..2026-10-14", date(2026, 10, 5), date(2026, 10, 14), "2026-09-25..2026-10-04"),
    ],
)
def test_a_period_spans_whole_days_and_knows_the_one_before(name, start, end, before) -> None:
    period = parse_period(name)
    assert (period.start, period.end) == (start, end)
    assert period_before(period).name == before


@pytest.mark.parametrize("name", ["2026Q5", "2026H3", "2026-13", "Q4", "2026-10-05..2026-10-01", "x..y", ""])
def test_what_is_no_period_is_refused_in_words(name) -> None:
    with pytest.raises(UsageError, match="请"):
        parse_period(name)
