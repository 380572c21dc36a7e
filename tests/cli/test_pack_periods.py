from datetime import date

import pytest

from capa_xl.cli.pack import quarter_said


@pytest.mark.parametrize(
    ("on", "this", "last"),
    [
        (date(2026, 1, 1), "2026Q1", "2025Q4"),
        (date(2026, 3, 31), "2026Q1", "2025Q4"),
        (date(2026, 4, 1), "2026Q2", "2026Q1"),
        (date(2026, 12, 31), "2026Q4", "2026Q3"),
    ],
)
def test_the_quarter_is_that_of_the_day(on, this, last):
    assert (quarter_said("本季度", on), quarter_said("上季度", on), quarter_said("2025H1", on)) == (
        this,
        last,
        "2025H1",
    )
