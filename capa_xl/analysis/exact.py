"""The exact tail probabilities of the effect tests, by plain sums; the tests hold each against SciPy's.

SciPy itself stays out of the program: 143 MB to install, and its import takes longer than a whole check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from math import comb, erfc, exp, fsum, lgamma, log, sqrt

MOST_RANKED = 40
"""Values of both sides together up to which Mann-Whitney counts every arrangement; above it, the normal curve."""


def fisher_greater(bad_before: int, good_before: int, bad_after: int, good_after: int) -> float:
    """P(at least so many of all bad cases fall before), both margins given: Fisher's one-sided exact test."""
    before, bad = bad_before + good_before, bad_before + bad_after
    all_cases = before + bad_after + good_after
    whole = _log_choose(all_cases, before)
    most = min(before, bad)
    terms = (
        exp(_log_choose(bad, k) + _log_choose(all_cases - bad, before - k) - whole) for k in range(bad_before, most + 1)
    )
    return min(1.0, fsum(terms))


def binomial_at_most(events: int, total: int, share: float) -> float:
    """P(X ≤ events) for X of `total` trials with probability `share`, 0 < share < 1."""
    terms = (exp(_log_choose(total, k) + k * log(share) + (total - k) * log(1 - share)) for k in range(events + 1))
    return min(1.0, fsum(terms))


def mann_whitney_greater(first: Sequence[float], second: Sequence[float]) -> float:
    """P(the first side ranks at least as high as it does): Mann-Whitney's one-sided test, equal values sharing ranks.

    Args:
        first: The side that may lie higher; not empty.
        second: The other side; not empty.

    Returns:
        The exact share of arrangements of these very values, or above `MOST_RANKED` values the normal approximation
        with corrections for ties and continuity.
    """
    ranks = _doubled_midranks((*first, *second))
    observed = sum(ranks[value] for value in first)
    if len(first) + len(second) > MOST_RANKED:
        return _normal_tail(observed, ranks, (*first, *second), len(first))
    sums = _rank_sums([ranks[value] for value in (*first, *second)], len(first))
    at_least = sum(ways for total, ways in sums.items() if total >= observed)
    return at_least / comb(len(first) + len(second), len(first))


def _doubled_midranks(values: Sequence[float]) -> dict[float, int]:
    """Value → twice the mean of the ranks it takes, which is a whole number."""
    times = sorted(Counter(values).items())
    ends = accumulate(count for _, count in times)
    return {value: 2 * end - count + 1 for (value, count), end in zip(times, ends, strict=True)}


def _rank_sums(ranks: Sequence[int], size: int) -> Counter[int]:
    """Sum of ranks → in how many ways `size` of them give it."""
    by_size: list[Counter[int]] = [Counter({0: 1}), *(Counter() for _ in range(size))]
    for rank in ranks:
        for taken in range(size, 0, -1):
            for total, ways in by_size[taken - 1].items():
                by_size[taken][total + rank] += ways
    return by_size[size]


def _normal_tail(observed: int, ranks: dict[float, int], values: Sequence[float], size: int) -> float:
    n, other = len(values), len(values) - size
    mean = size * (n + 1)
    squares = sum((ranks[value] - (n + 1)) ** 2 for value in values)
    spread = sqrt(size * other * squares / (n * (n - 1)))
    return 1.0 if not spread else min(1.0, erfc((observed - mean - 1) / spread / sqrt(2)) / 2)


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) if 0 <= k <= n else float("-inf")
