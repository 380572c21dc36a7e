"""A signal says what its points are: how many, on which side, rising or falling."""

from capa_xl.analysis.signals import monotone_stretches, run_signals, same_side_stretches, signals

MONTHS = tuple(f"m{at}" for at in range(40))


def found(*z):
    return [(s.rule, s.name, s.periods[0], len(s.periods)) for s in signals(MONTHS, z, z)]


def of_rule(rule, *z):
    return [one[1:] for one in found(*z) if one[0] == rule]


def test_neighbours_beyond_the_limit_are_counted_and_a_point_between_parts_them():
    assert of_rule("WE1", 0.1, 3.1, 4.0, 3.5, -0.1) == [("3 点超出 3σ", "m1", 3)]
    assert of_rule("WE1", 3.1, 0.0, 3.1) == [("1 点超出 3σ", "m0", 1), ("1 点超出 3σ", "m2", 1)]
    assert of_rule("WE1", 3.0) == []


def test_neighbours_on_opposite_sides_are_two_signals():
    assert of_rule("WE1", 3.5, -3.5) == [("1 点超出 3σ", "m0", 1), ("1 点超出 3σ", "m1", 1)]


def test_a_run_says_its_length_and_side_and_a_run_on_the_other_side_is_another():
    assert of_rule("WE4", *(0.5,) * 9) == [("连续 9 点在中心线上侧", "m0", 9)]
    both = of_rule("WE4", *(0.5,) * 8, *(-0.5,) * 8)
    assert both == [("连续 8 点在中心线上侧", "m0", 8), ("连续 8 点在中心线下侧", "m8", 8)]
    assert same_side_stretches((0.5,) * 8 + (-0.5,) * 8) == [range(8), range(8, 16)]


def test_a_rise_and_the_fall_after_it_are_two_stretches_that_share_their_peak():
    tent = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0)
    assert of_rule("N3", *tent) == [("连续 6 点上升", "m0", 6), ("连续 6 点下降", "m5", 6)]
    assert monotone_stretches(tent) == [range(6), range(5, 11)]
    steps = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
    assert monotone_stretches(steps) == [range(6), range(6, 12)]


def test_two_of_three_and_four_of_five_count_their_points():
    assert of_rule("WE2", 2.1, 0.0, 2.2) == [("连续 3 点中 2 点在同侧 2σ 以外", "m0", 3)]
    assert of_rule("WE3", 1.1, 1.2, 0.0, 1.3, 1.4) == [("连续 5 点中 4 点在同侧 1σ 以外", "m0", 5)]


def test_a_run_chart_has_no_limits_to_cross():
    found = run_signals(MONTHS, (9.0, *(2.0,) * 8), 1.0)
    assert [(one.rule, one.name) for one in found] == [("WE4", "连续 9 点在中心线上侧")]


def test_on_a_run_chart_six_points_rising_are_a_signal_and_five_are_none():
    assert [one.name for one in run_signals(MONTHS, (1.0, 2.0, 3.0, 4.0, 5.0, 6.0), 3.5)] == ["连续 6 点上升"]
    assert run_signals(MONTHS, (1.0, 2.0, 3.0, 4.0, 5.0), 3.0) == ()
