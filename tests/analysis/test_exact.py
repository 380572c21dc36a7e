from itertools import combinations

import pytest
from scipy.stats import binomtest, fisher_exact, mannwhitneyu

from capa_xl.analysis.effect_test import measurements
from capa_xl.analysis.exact import binomial_at_most, fisher_greater, mann_whitney_greater

TABLES = ((23, 159, 3, 168), (22, 164, 20, 170), (0, 10, 0, 10), (5, 0, 0, 5), (1, 1, 1, 1), (400, 9600, 310, 9690))


@pytest.mark.parametrize("table", TABLES)
def test_fisher_is_what_scipy_says(table):
    a, b, c, d = table
    assert fisher_greater(*table) == pytest.approx(
        fisher_exact([[a, b], [c, d]], alternative="greater").pvalue, rel=1e-9
    )


@pytest.mark.parametrize(
    ("events", "total", "share"), [(0, 4, 0.2), (0, 9, 1 / 3), (1, 8, 0.4), (30, 30, 0.5), (90, 300, 0.4)]
)
def test_the_binomial_tail_is_what_scipy_says(events, total, share):
    assert binomial_at_most(events, total, share) == pytest.approx(
        binomtest(events, total, share, alternative="less").pvalue, rel=1e-9
    )


BEFORE = (6.8, 7.9, 7.5, 5.1, 4.6)
AFTER = (4.4, 4.8, 3.9, 5.0)


@pytest.mark.parametrize("sides", [(BEFORE, AFTER), (AFTER, BEFORE), ((1.0, 2.0), (3.0, 4.0)), ((5.0,), (1.0,))])
def test_mann_whitney_without_ties_is_what_scipy_says(sides):
    oracle = mannwhitneyu(*sides, alternative="greater", method="exact").pvalue
    assert mann_whitney_greater(*sides) == pytest.approx(oracle, rel=1e-12)


@pytest.mark.parametrize("sides", [((3, 3, 4, 5), (3, 2, 2)), ((2, 2), (2, 2, 2)), ((1, 1, 2, 7), (1, 7, 7, 0))])
def test_mann_whitney_with_ties_counts_every_arrangement_of_the_very_values(sides):
    first, second = sides
    together = (*first, *second)
    sums = [_higher(chosen, together) for chosen in combinations(range(len(together)), len(first))]
    observed = _higher(tuple(range(len(first))), together)
    assert mann_whitney_greater(first, second) == pytest.approx(sum(s >= observed for s in sums) / len(sums), rel=1e-12)


def _higher(chosen: tuple[int, ...], values: tuple[float, ...]) -> float:
    """U of the chosen places: pairs in which the chosen value lies higher, equal ones counting half."""
    others = [values[at] for at in range(len(values)) if at not in chosen]
    return sum((values[at] > other) + (values[at] == other) / 2 for at in chosen for other in others)


@pytest.mark.parametrize("spread", [7, 50])
def test_mann_whitney_of_many_values_is_scipys_normal_approximation(spread):
    before = [float((37 * at) % spread + 2) for at in range(24)]
    after = [float((29 * at) % spread) for at in range(20)]
    oracle = mannwhitneyu(before, after, alternative="greater", method="asymptotic").pvalue
    assert mann_whitney_greater(before, after) == pytest.approx(oracle, rel=1e-9)


def test_values_that_are_all_the_same_show_nothing():
    assert mann_whitney_greater((3.0,) * 5, (3.0,) * 4) == 1.0
    assert mann_whitney_greater((3.0,) * 30, (3.0,) * 30) == 1.0


def test_smaller_and_larger_being_better_are_mirror_images():
    falling = measurements(BEFORE, AFTER, smaller_is_better=True)
    rising = measurements([-value for value in BEFORE], [-value for value in AFTER], smaller_is_better=False)
    assert falling.p == rising.p == pytest.approx(4 / 126)
    assert "改进前中位数 6.8，改进后 4.6" in falling.sentence


def test_one_value_on_a_side_is_no_test():
    assert measurements((3.0,), AFTER).p is None
