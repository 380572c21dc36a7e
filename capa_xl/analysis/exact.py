"""The exact tail probabilities of the effect tests, by plain sums; the tests hold each against SciPy's.

SciPy itself stays out of the program: 143 MB to install, and its import takes longer than a whole check.
"""

from __future__ import annotations

from math import exp, fsum, lgamma, log


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


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) if 0 <= k <= n else float("-inf")
