import pytest

from capa_xl.model.month_grid import month_grid


@pytest.mark.parametrize(
    ("periods", "grid"),
    [
        ("2026-03 2026-06 2026-07", "2026-03 2026-04 2026-05 2026-06 2026-07"),
        ("2025-11 2025-12 2026-01", "2025-11 2025-12 2026-01"),
        ("2025-07 2026-01 2026-04 2026-10", "2025-07 2025-10 2026-01 2026-04 2026-07 2026-10"),  # quarters
        ("2026-03", "2026-03"),
        ("", ""),
        ("2026-03 2026-03 2026-05", "2026-03 2026-03 2026-05"),
        ("2026Q1 2026Q3", "2026Q1 2026Q3"),
        ("1926-05 2026-05 2026-06", "1926-05 2026-05 2026-06"),  # mistyped
    ],
)
def test_months_without_data_stand_among_the_others(periods, grid):
    assert " ".join(month_grid(periods.split())) == grid
