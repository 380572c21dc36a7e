"""Where a percentage ends and a fraction begins: at five cases, on every surface that prints a share."""

from __future__ import annotations

import pytest

from capa_xl.model.shares import cases_words, counted_share_words, has_few, share_words


@pytest.mark.parametrize(
    ("part", "whole", "beside", "words"),
    [
        (2, 3, (), "2/3"),
        (4, 4, (), "4/4"),
        (5, 5, (), "100.0%"),
        (0, 6, (), "0.0%"),
        (0, 0, (), "—"),
        (5, 50, (4,), "5/50"),  # beside a fraction it is one
        (5, 50, (5,), "10.0%"),
        (1, 16, (), "6.3%"),  # 6.25, as Excel rounds it
    ],
)
def test_a_share_of_fewer_than_five_is_a_fraction(part, whole, beside, words):
    assert share_words(part, whole, *beside) == words


def test_a_percentage_with_its_parts_names_them_once_and_whole():
    assert counted_share_words(193, 1380) == "14.0%（193/1380）"
    assert counted_share_words(1, 3) == "1/3"
    assert counted_share_words(1234567, 2469134) == "50.0%（1234567/2469134）"  # 1.23457e+06 tells nobody anything


def test_cases_in_a_sentence():
    assert cases_words(50, 400, unit="单", what="超时") == "400 单中 50 单超时（12.5%）"
    assert cases_words(1, 4) == "4 件中 1 件"
    assert cases_words(5, 50, 4) == "50 件中 5 件"


def test_five_are_enough():
    assert (has_few(), has_few(5), has_few(5, 4)) == (False, False, True)
