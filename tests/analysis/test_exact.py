import pytest
from scipy.stats import binomtest, fisher_exact

from capa_xl.analysis.exact import binomial_at_most, fisher_greater

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
