from datetime import date, timedelta

import pytest

from capa_xl.policy.periods import following, has_begun, month_of, period_of


@pytest.mark.parametrize(
    ("text", "months", "name"),
    [
        ("2026-03", 1, "2026-03"),
        ("2026-03-15", 1, "2026-03"),
        ("2026-05", 3, "2026Q2"),
        ("2026Q4", 1, "2026Q4"),
        ("2026H2", 1, "2026H2"),
        ("2026", 1, "2026"),
    ],
)
def test_a_period_cell_stands_for_whole_months(text, months, name):
    assert period_of(text, months).name == name


@pytest.mark.parametrize("text", [None, "", "2026H3", "三月", "2026Q5", "2026-13", "2026-00-01"])
def test_what_names_no_period_is_none(text):
    assert period_of(text) is None
    assert month_of(text) is None


def test_the_quarter_after_the_last_is_next_years_first():
    assert following(period_of("2026Q4"), 3).name == "2027Q1"
    assert month_of("2026Q4") == date(2026, 10, 1)


def test_the_period_after_a_month_begins_on_its_very_next_day():
    after = following(period_of("2026-01"), 1)
    assert (after.start, after.end) == (date(2026, 2, 1), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2026-08", "2026-08-01"), ("2026Q3", "2026-07-01"), ("2026H2", "2026-07-01"), ("2026", "2026-01-01"),
        ("2026-08-20", "2026-08-20"),
    ],
)  # fmt: skip
def test_a_period_has_begun_on_its_first_day_and_not_the_day_before(text, first):
    assert has_begun(text, date.fromisoformat(first))
    assert not has_begun(text, date.fromisoformat(first) - timedelta(days=1))


def test_a_blank_period_has_always_begun_and_what_is_none_never():
    assert has_begun(None, date(2026, 1, 1))
    assert has_begun("", date(2026, 1, 1))
    assert not has_begun("春季", date(2026, 1, 1))
