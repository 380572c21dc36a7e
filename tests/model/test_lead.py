from datetime import date

import pytest

from capa_xl.model.lead import ONE_MONTH, Lead


@pytest.mark.parametrize(
    ("written", "lead", "words"),
    [
        ("1月", Lead(months=1), "一个月"), ("1个月", Lead(months=1), "一个月"), ("一个月", Lead(months=1), "一个月"),
        ("2个月", Lead(months=2), " 2 个月"), ("两个月", Lead(months=2), " 2 个月"),
        ("15天", Lead(days=15), " 15 天"), (" 15 日 ", Lead(days=15), " 15 天"),
    ],
)  # fmt: skip
def test_months_and_days_are_read_as_people_write_them(written, lead, words):
    assert Lead.of(written) == lead
    assert lead.words == words
    assert Lead.of(str(lead)) == lead


@pytest.mark.parametrize("written", ["", "0天", "0月", "一", "15", "半个月", "尽快", "-1月", "1年"])
def test_what_is_no_period_is_none(written):
    assert Lead.of(written) is None


@pytest.mark.parametrize(
    ("due_on", "month", "fortnight"),
    [("2025-03-31", "2025-02-28", "2025-03-16"), ("2024-03-31", "2024-02-29", "2024-03-16"),
     ("2026-12-15", "2026-11-15", "2026-11-30"), ("2026-01-05", "2025-12-05", "2025-12-21")],
)  # fmt: skip
def test_months_are_clamped_and_days_are_counted(due_on, month, fortnight):
    day = date.fromisoformat(due_on)
    assert str(ONE_MONTH.before(day)) == month
    assert str(Lead(days=15).before(day)) == fortnight
