"""The number of the review that the pack is made for."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.records import Decision
from capa_xl.policy.review.review_number import review_number


def decided(number, on):
    return Decision(2, number, "1", date.fromisoformat(on) if on else None)


HELD = (decided("GLPS-2025-03", "2025-10-20"), decided("GLPS-2026-02", "2026-07-22"), decided("GLPS-2026-01", None))


@pytest.mark.parametrize(
    ("rows", "on", "number"),
    [
        (HELD, "2026-12-31", "GLPS-2026-03"),
        (HELD, "2027-01-04", "GLPS-2027-01"),
        (HELD, "2026-07-22", "GLPS-2026-02"),  # it is registered already
        ((decided("评审2026-009", "2026-07-22"),), "2026-12-31", "评审2026-010"),
        ((decided("第九次", "2026-07-22"), decided(None, "2026-12-31")), "2026-12-31", ""),
        ((), "2026-12-31", "GLPS-2026-01"),
    ],
)
def test_a_review_has_its_own_number_or_the_next_of_its_year(rows, on, number):
    assert review_number(rows, date.fromisoformat(on)) == number
