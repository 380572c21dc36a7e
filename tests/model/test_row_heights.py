"""How high a row of people's own texts is: whole, to the top for most of a text, or its beginning."""

from __future__ import annotations

import pytest

from capa_xl.model.row_heights import BEGINNING, LINE, MOST, ONE_LINE, TWO_LINES, typed_height

WIDTH = 19.6
"""Ten Chinese characters a line."""
SHORT = ("短", WIDTH)


@pytest.mark.parametrize(
    ("lines", "height"),
    [
        (1, 33.0),
        (2, 33.0),
        (5, 3 + 5 * 16.5),
        (24, 3 + 24 * 16.5),
        (25, 348.0),
        (42, 348.0),
        (43, 61.5),
        (500, 61.5),
    ],
)
def test_a_row_shows_a_text_whole_most_of_it_or_its_beginning(lines, height):
    assert typed_height([("长" * 10 * lines, WIDTH), SHORT], 33) == height


@pytest.mark.parametrize(("lines", "height"), [(1, 17.25), (2, 32.25), (3, 3 + 3 * 16.5)])
def test_a_row_of_few_lines_is_no_higher_than_they_are(lines, height):
    """334 rows of one line each are six pages and a third, and were seven and a half."""
    assert typed_height([("长" * 10 * lines, WIDTH)], 0) == height


def test_a_text_that_is_only_begun_hides_none_that_fits():
    assert typed_height([("长" * 2000, WIDTH), ("长" * 100, WIDTH)], 33) == 3 + 10 * LINE


@pytest.mark.parametrize("height", [ONE_LINE, TWO_LINES, BEGINNING, MOST])
@pytest.mark.parametrize(("pitch", "top", "foot"), [(16.5, 1.8, 11.8), (14.49, 3.6, 14.2)])
def test_a_cut_falls_between_two_lines_of_every_typeface(height, pitch, top, foot):
    """微软雅黑 by its ascent, and Noto Sans CJK as LibreOffice prints it, bold too, measured at 220 dots an inch."""
    assert not top < height % pitch < foot
