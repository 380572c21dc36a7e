"""参数 编号规则: which numbers follow it, and which number comes next."""

from __future__ import annotations

import pytest

from capa_xl.model.number_rule import lacks_a_sign, number_after, number_regex


@pytest.mark.parametrize(
    ("rule", "number", "follows"),
    [
        ("GJ-YYYY-NNN", "GJ-2026-001", True),
        ("GJ-YYYY-NNN", "GJ-26-001", False),
        ("HCYY-NN", "HC26-01", True),
        ("HCYY-NN", "HC25-104", True),
        ("HCYY-NN", "HC2026-01", False),
        ("YYB-YYYY-NN", "YYB-2026-01", True),
        ("YYB-YYYY-NN", "26B-2026-01", False),
        ("HC年-NN", "HC26-01", False),
    ],
)
def test_a_year_has_four_figures_or_two(rule, number, follows):
    assert (number_regex(rule).fullmatch(number) is not None) is follows


@pytest.mark.parametrize(
    ("rule", "number"),
    [("GJ-YYYY-NNN", "GJ-2026-007"), ("HCYY-NN", "HC26-07"), ("YYB-YYYY-NN", "YYB-2026-07"), ("GJ", "GJ-007")],
)
def test_the_next_number_follows_its_rule(rule, number):
    assert number_after(rule, 2026, 7) == number


@pytest.mark.parametrize(
    ("rule", "lacks"), [("HCYY-NN", False), ("HC年-NN", True), ("HCYY-N", True), ("HC26-NN", True)]
)
def test_a_rule_without_a_year_or_a_running_number_lacks_a_sign(rule, lacks):
    assert lacks_a_sign(rule) is lacks
