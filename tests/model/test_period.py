from datetime import date

import pytest

from capa_xl.errors import UsageError
from capa_xl.model.period import begun_period, months_of, parse_period, parts_of, period_before, span, whole_months


@pytest.mark.parametrize(
    ("start", "months", "name", "end"),
    [
        (date(2026, 2, 1), 1, "2026-02", date(2026, 2, 28)),
        (date(2026, 10, 1), 3, "2026Q4", date(2026, 12, 31)),
        (date(2026, 7, 1), 6, "2026H2", date(2026, 12, 31)),
        (date(2026, 1, 1), 12, "2026", date(2026, 12, 31)),
        (date(2025, 12, 1), 12, "2025-12-01..2026-11-30", date(2026, 11, 30)),
    ],
)
def test_whole_months_bear_the_shortest_name_they_have(start, months, name, end):
    period = whole_months(start, months)
    assert (period.name, period.end) == (name, end)


def test_both_ends_lie_in_a_period_and_a_blank_does_not():
    period = span(date(2026, 10, 5), date(2026, 10, 14))
    assert period.holds(period.start) and period.holds(period.end)
    assert not period.holds(date(2026, 10, 15))
    assert not period.holds(None)


@pytest.mark.parametrize(
    ("name", "start", "end", "before"),
    [
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31), "2026Q3"),
        ("２０２６ｑ１", date(2026, 1, 1), date(2026, 3, 31), "2025Q4"),
        ("2026q1", date(2026, 1, 1), date(2026, 3, 31), "2025Q4"),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31), "2026H1"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2025"),
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31), "2026-09"),
        ("2026-10-05..2026-10-14", date(2026, 10, 5), date(2026, 10, 14), "2026-09-25..2026-10-04"),
    ],
)
def test_a_period_spans_whole_days_and_knows_the_one_before(name, start, end, before):
    period = parse_period(name)
    assert (period.start, period.end) == (start, end)
    assert period_before(period).name == before


@pytest.mark.parametrize(
    "name",
    [
        "2026Q5",
        "2026H3",
        "2026-13",
        "Q4",
        "2026-10-05..2026-10-01",
        "x..y",
        "",
        "9999",
        "1999Q4",
        "2026-01-01..2101-01-01",
    ],
)
def test_what_is_no_period_is_refused_in_words(name):
    with pytest.raises(UsageError, match="请"):
        parse_period(name)


def test_the_months_of_a_period_are_cut_to_its_ends():
    cut = [(m.name, m.start.day, m.end.day) for m in months_of(span(date(2026, 10, 5), date(2026, 12, 30)))]
    assert cut == [("2026-10", 5, 31), ("2026-11", 1, 30), ("2026-12", 1, 30)]
    within = months_of(span(date(2026, 10, 5), date(2026, 10, 5)))
    assert [(m.name, m.start, m.end) for m in within] == [("2026-10", date(2026, 10, 5), date(2026, 10, 5))]


@pytest.mark.parametrize(
    ("months", "names"),
    [(3, ["2025Q4", "2026Q1", "2026Q2"]), (12, ["2025", "2026"]), (6, ["2025H2", "2026H1"])],
)
def test_the_quarters_and_years_that_a_period_touches_are_whole(months, names):
    touched = parts_of(span(date(2025, 12, 31), date(2026, 4, 1)), months)
    assert [part.name for part in touched] == names
    assert touched[0].start.day == 1 and touched[-1].end >= date(2026, 6, 30)


def test_a_period_has_begun_on_its_first_day_and_not_the_day_before():
    assert begun_period("2027Q1", date(2027, 1, 1)).name == "2027Q1"
    assert begun_period("2027Q1", date(2027, 1, 2)).name == "2027Q1"
    with pytest.raises(UsageError, match="2027Q1 从 2027-01-01 开始，还没有到（按 2026-12-31 计算）"):
        begun_period("2027Q1", date(2026, 12, 31))
