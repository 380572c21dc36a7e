"""One rounding for every printed figure: half up in decimal, as Excel rounds what it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import capa_xl
from capa_xl.model.half_up import half_up, hundredths, per_cent, to_digits
from capa_xl.model.shares import share_words

_FORMATTED = re.compile(r":[^\s\"':]*\.(?:[1-9]|\{\w+\})[f%]\}|\.0%\}")
_WIDTHS = {"reports/chart_axes.py"}
"""Measures the longest label of an axis, which Excel writes."""


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [
        (826 / 8, 1, "103.3"),  # eight days to close: 103.25
        (34.75, 1, "34.8"),
        (2.675, 2, "2.68"),  # 2.67499999999999982236431605997495353221893310546875
        (0.35 - 0.1, 1, "0.3"),  # 0.24999999999999997
        (14.499999999999998, 1, "14.5"),
        (45.0, 0, "45"),
        (-0.25, 1, "-0.3"),
        (-0.04, 1, "0.0"),
        (2.5, 0, "3"),
        (1e22, 1, "10000000000000000000000.0"),
    ],
)
def test_a_half_is_rounded_up(value, places, said):
    assert half_up(value, places) == said


def test_shares_differences_and_significant_digits_are_rounded_likewise():
    assert (per_cent(5 / 400), per_cent(0.125, 0), share_words(1, 16)) == ("1.3%", "13%", "6.3%")


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0.0%"), (37 / 12000, "0.31%"), (6 / 18400, "0.033%"), (0.00025, "0.025%"), (0.00001, "0.001%"),
        (0.005, "0.5%"), (0.0096, "0.96%"), (0.00996, "1.0%"), (0.01, "1.0%"), (-0.0003, "-0.03%"), (1, "100.0%"),
    ],
)  # fmt: skip
def test_a_few_among_many_are_not_told_as_none(share, said):
    assert per_cent(share) == said


def test_hundredths_have_the_places_that_are_asked_for_and_more_below_one():
    assert [hundredths(x, 2, "+") for x in (0.02, 0.005, 0.0000123, -0.0000123, 0)] == [
        "+2.00", "+0.50", "+0.0012", "-0.0012", "+0.00",
    ]  # fmt: skip
    assert (per_cent(0.004, 0), per_cent(0.0096, 0)) == ("0.4%", "0.96%")
    assert (half_up(1.25, 1, "+"), half_up(-1.25, 1, "+"), half_up(0.0, 1, "+")) == ("+1.3", "-1.3", "+0.0")
    assert [to_digits(v, 4) for v in (0.33335, 12.345, 0.0, 0.000012345)] == [0.3334, 12.35, 0.0, 0.00001235]


def test_nothing_else_rounds_a_printed_figure():
    package = Path(capa_xl.__file__).parent
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if _FORMATTED.search(path.read_text(encoding="utf-8"))
    }
    assert found <= _WIDTHS
