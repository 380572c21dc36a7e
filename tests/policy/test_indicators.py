"""A target stands beside figures of its own indicator only."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.action import Action
from capa_xl.model.period import Period
from capa_xl.model.records import Confirmation, Measurement
from capa_xl.policy.indicators import counts_events, is_met, measures_own_indicator, target_fits, value_of
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.review.outcome import effect_lines
from tests.workbook.sample.sample_days import sample_view


@pytest.mark.parametrize(
    ("own", "judged", "is_own"),
    [("超时率", "超时率", True), ("超时率", " 超时率", True), ("超时率", None, True), ("超时率", "次/月", False)],
)
def test_a_round_judges_the_actions_own_indicator_or_another(own, judged, is_own):
    action, judged_round = Action(row=3, number="GJ-01", indicator=own), Confirmation(row=2, indicator=judged)
    assert measures_own_indicator(action, judged_round) is is_own


@pytest.mark.parametrize(
    ("unit", "indicator", "figures", "fits"),
    [
        ("%", "超时率", {"n_after": 171, "bad_after": 3}, True),
        (None, "超时率", {"n_after": 171, "bad_after": 3}, True),
        ("天", "超时率", {"n_after": 171, "bad_after": 3}, False),
        ("天", "超时率", {"value_after": 3.0}, True),
        ("次", "漏报（次/月）", {"n_after": 3, "bad_after": 1}, True),
        ("%", "漏报（次/月）", {"n_after": 3, "bad_after": 1}, False),
    ],
)
def test_a_target_stands_beside_figures_of_its_own_unit_only(unit, indicator, figures, fits):
    action = Action(row=3, number="GJ-01", indicator=indicator, unit=unit)
    assert target_fits(action, Confirmation(row=2, indicator=indicator, **figures)) is fits
    assert not target_fits(action, Confirmation(row=2, indicator="另一个", **figures))


def test_the_review_prints_no_target_beside_figures_of_another_indicator():
    """GJ-2026-012: its target 1 is of 未发现天数, its last round counted something else; GJ-2026-031 judged its own."""
    view = sample_view()
    year = Period("2026", date(2026, 1, 1), date(2026, 12, 31))
    lines = {line.number: line for line in effect_lines(view, kpi_input_of(view, ()).actions, year)}
    assert lines["GJ-2026-012"].indicator != view.by_number["GJ-2026-012"].indicator
    assert lines["GJ-2026-012"].target == ""
    assert lines["GJ-2026-031"].target != ""


def test_blanks_and_full_width_letters_make_no_other_indicator():
    action = Action(row=2, number="GJ-01", indicator="P2 响应超时率")
    assert measures_own_indicator(action, Confirmation(row=2, indicator="Ｐ2响应超时率"))
    assert measures_own_indicator(action, Confirmation(row=2))
    assert not measures_own_indicator(action, Confirmation(row=2, indicator="一次解决率"))


@pytest.mark.parametrize(
    ("measured", "value"),
    [
        ({"value": 2.5, "numerator": 9, "denominator": 3}, 2.5),
        ({"value": 0.0, "numerator": 9, "denominator": 3}, 0.0),
        ({"numerator": 9, "denominator": 3}, 3.0),
        ({"numerator": 0, "denominator": 4, "unit": "%"}, 0.0),
        ({"numerator": 9, "denominator": 12, "unit": "%"}, 75.0),
        ({"numerator": 9, "denominator": 12, "unit": "次"}, 0.75),
        ({"numerator": 9, "denominator": 0}, None),
        ({"numerator": 9}, None),
        ({"denominator": 3}, None),
    ],
)
def test_a_value_is_the_one_measured_or_the_quotient_in_its_unit(measured, value):
    assert value_of(Measurement(row=2, **measured)) == value


@pytest.mark.parametrize(
    ("direction", "met"),
    [("越小越好", True), ("降低", True), ("≤", True), ("越大越好", False), (None, False), ("不变", None)],
)
def test_the_direction_tells_which_side_of_the_target_is_good(direction, met):
    assert is_met(Measurement(row=2, value=2, target=3, direction=direction)) is met


def test_without_a_value_or_a_target_nothing_is_met_or_missed():
    assert is_met(Measurement(row=2, target=3)) is None
    assert is_met(Measurement(row=2, value=3)) is None


def test_only_an_indicator_per_month_counts_events():
    assert counts_events(Confirmation(row=2, indicator="漏接（次/月）"))
    assert not counts_events(Confirmation(row=2, indicator="超时率"))
    assert not counts_events(Confirmation(row=2))
