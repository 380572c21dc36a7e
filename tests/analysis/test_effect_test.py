"""The figures of the storylines and of the requirements, worked out with the exact tests."""

from __future__ import annotations

import pytest

from capa_xl.analysis.effect_test import counts, proportions


@pytest.mark.parametrize(
    ("before", "after", "p"),
    [
        ((6, 6), (1, 0), 0.40),
        ((6, 6), (3, 0), 0.09),
        ((12, 4), (3, 0), 0.41),
        ((6, 9), (3, 0), 0.026),
        ((3, 7), (2, 1), 0.11),
    ],
)
def test_fewer_events_per_month_are_judged_by_the_conditional_binomial(before, after, p) -> None:
    assert counts(*before, *after).p == pytest.approx(p, abs=0.005)


def test_a_clear_drop_in_the_share_is_not_by_chance() -> None:
    found = proportions(182, 23, 171, 3)
    assert found.is_enough
    assert found.sentence == (
        "改进前 182 件中 23 件不合格（12.6%），改进后 171 件中 3 件（1.8%）；差异具有统计学意义（单侧检验，p<0.001）。"
    )


def test_few_cases_are_told_without_per_cent() -> None:
    """n = 4 after: 25.0% would say more than one case of four does; both sides are told alike."""
    assert proportions(50, 25, 4, 1).sentence.startswith("改进前 50 件中 25 件不合格，改进后 4 件中 1 件；")
    assert proportions(50, 25, 5, 1).sentence.startswith(
        "改进前 50 件中 25 件不合格（50.0%），改进后 5 件中 1 件（20.0%）；"
    )


def test_a_small_drop_is_not_enough() -> None:
    found = proportions(186, 22, 190, 20)
    assert not found.is_enough
    assert found.p == pytest.approx(0.41, abs=0.005)
    assert "数据尚不足以判断" in found.sentence


def test_clean_cases_after_say_how_many_more_are_needed() -> None:
    assert proportions(100, 5, 20, 0).needed == 59 - 20
    assert proportions(100, 10, 5, 0).needed == 29 - 5  # ln 0.05 / ln 0.9 = 28.4


def test_nothing_before_and_after_is_no_test() -> None:
    assert counts(6, 0, 3, 0).p is None


def test_no_fall_is_no_lack_of_data() -> None:
    """Once: 数据尚不足以判断 for a share that had trebled over 100 cases each."""
    assert proportions(100, 10, 100, 30).sentence.endswith("改进后高于改进前，没有改善（单侧检验，p=1.00）。")
    assert proportions(100, 10, 50, 5).sentence.endswith("改进前后相同，没有改善（单侧检验，p=0.62）。")
    assert counts(6, 6, 3, 6).sentence.endswith("改进后高于改进前，没有改善（单侧检验，p=0.93）。")
    clean = proportions(100, 0, 100, 0)
    assert clean.p is None and clean.sentence.endswith("改进前后均无不合格，无法检验。")
