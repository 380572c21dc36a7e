from functools import partial

import pytest

from capa_xl.policy.papers.effect_chart import moved_words

MOVED = (
    (12.63, 1.75, "%", "超时率由 12.63% 降至 1.75%"),
    (1.5, 0.0, "", "超时率由 1.5 降至 0"),
    (0.97, 0.99, "", "超时率由 0.97 升至 0.99"),
    (2.0, 2.0, "%", "超时率仍为 2%"),
)


@pytest.mark.parametrize(("before", "after", "unit", "words"), MOVED)
def test_a_title_says_which_way_the_figure_went(before, after, unit, words):
    assert moved_words("超时率", before, after, unit) == words


def test_a_title_claims_no_movement_that_the_test_does_not_carry():
    """4 of 412 before, 0 of 415 after: p = 0.061."""
    told = moved_words("弱口令", 0.97, 0.0, "%", proven=False, is_counted=True)
    assert told == "弱口令：改进前 0.97%，改进后 0.0%，数据尚不足以判断"


def test_a_quotient_is_told_to_one_digit_and_to_more_where_both_would_look_the_same():
    quotients = partial(moved_words, "遗漏", is_counted=True)
    assert quotients(7 / 3, 1.5, "次") == "遗漏由 2.3 次 降至 1.5 次"
    assert quotients(7 / 3, 2.26, "次") == "遗漏由 2.33 次 降至 2.26 次"  # 2.3 and 2.3
    assert quotients(7 / 3, 2.331, "次") == "遗漏由 2.333 次 降至 2.331 次"
    assert quotients(1.5, 0.25, "次") == "遗漏由 1.5 次 降至 0.25 次"
    assert quotients(0.0106, 0.0208, "") == "遗漏由 0.0106 升至 0.0208"
    assert quotients(12.637, 1.754, "%") == "遗漏由 12.6% 降至 1.8%"
    assert quotients(7 / 3, 7 / 3, "次") == "遗漏仍为 2.3 次"


def test_a_typed_figure_is_told_as_it_stands_in_the_table():
    assert moved_words("遗漏", 2.35, 0.25, "次") == "遗漏由 2.35 次 降至 0.25 次"
    assert moved_words("损失", 1234567, 1e9, "元") == "损失由 1234567 元 升至 1000000000 元"
    assert moved_words("误码率", 3e-7, 1e-7, "") == "误码率由 0.0000003 降至 0.0000001"
