"""Contrast: every pair of ink and ground that people read reaches 4.5, and neighbours of a chart differ in grey."""

import pytest

from capa_xl.model import palette
from tests.contrast import contrast, luminance
from tests.pages.colours_page import NEIGHBOURS, PAIRS, colours_markdown


def test_black_on_white_is_twenty_one():
    assert contrast("000000", "FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("what", PAIRS)
def test_it_can_be_read(what):
    assert contrast(*PAIRS[what]) >= 4.5


@pytest.mark.parametrize("what", NEIGHBOURS)
def test_what_stands_beside_each_other_differs_on_a_photocopy(what):
    assert contrast(*NEIGHBOURS[what]) >= 2


def test_the_heat_map_darkens_step_by_step():
    steps = [luminance(fill) for fill, _ in palette.HEAT]
    assert steps == sorted(steps, reverse=True)


def test_the_page_shows_every_pair_with_its_ratio_and_its_grey():
    page = colours_markdown()
    assert all(f"| {what} |" in page for what in (*PAIRS, *NEIGHBOURS))
    assert "| 链接 | `#2F6DB5` | `#FFFFFF` | 5.3 |" in page
    assert "/ 255 |" in page
