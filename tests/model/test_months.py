from datetime import date

import pytest

from capa_xl.model.months import months_before, one_month_before


@pytest.mark.parametrize(("due_on", "expected"), [
    (date(2025, 3, 31), date(2025, 2, 28)),
    (date(2025, 3, 30), date(2025, 2, 28)),
    (date(2024, 3, 31), date(2024, 2, 29)),
    (date(2025, 1, 31), date(2024, 12, 31)),
    (date(2025, 11, 2), date(2025, 10, 2)),
])  # fmt: skip
def test_one_month_before_is_edate_clamped_to_the_months_end(due_on, expected):
    assert one_month_before(due_on) == expected


def test_months_go_back_over_the_year_and_forward_with_a_minus():
    assert months_before(date(2026, 2, 28), 14) == date(2024, 12, 28)
    assert months_before(date(2026, 10, 31), -4) == date(2027, 2, 28)
