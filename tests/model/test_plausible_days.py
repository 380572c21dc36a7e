"""Days as people type them on the command line."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.plausible_days import typed_day


@pytest.mark.parametrize(
    "text",
    ["2026-11-05", "2026/11/05", "2026.11.05", " 20261105 ", "2026-11-5", "２０２６－１１－０５", "2026年11月5日"],
)
def test_a_day_in_any_of_its_forms_is_that_day(text):
    assert typed_day(text) == date(2026, 11, 5)


@pytest.mark.parametrize(
    "text", ["", "今天", "2026-02-30", "2026-W45-4", "2026W454", "6101021121", "2026-1105", "202611-05"]
)
def test_what_is_no_day_is_none_not_a_guess(text):
    assert typed_day(text) is None
