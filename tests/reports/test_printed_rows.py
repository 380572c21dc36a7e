"""Pages of a list: rows counted by hand on pages of 100 points."""

import pytest

from capa_xl.reports.printed_rows import a3_for_left_overs, page_ends


@pytest.mark.parametrize(("rows", "ends"), [(0, []), (2, [2]), (8, [4, 8]), (9, [4, 8, 9])])
def test_so_many_rows_of_25_points_end_a_page(rows, ends):
    assert list(page_ends([25.0] * rows, 100)) == ends


def test_a_row_higher_than_a_page_ends_what_is_printed():
    assert list(page_ends([25.0, 101.0, 25.0], 100)) == [1, 1]


@pytest.mark.parametrize(
    ("rows", "upright"),
    [(0, None), (25, None), (26, False), (33, False), (34, None), (60, None)],
)
def test_a_few_rows_on_a_second_page_go_onto_one_a3_on_its_side(rows, upright):
    """Unshrunk, an A4 on its side takes 25 rows of 16.5, as test_sheets counts them; nine fill a third."""
    assert a3_for_left_overs([16.5] * rows, 5, 16.5, upright=False) is upright


def test_where_an_a3_on_its_side_is_too_low_it_stands():
    """An upright A4 takes (11.69 - 1.35) · 72 points less 75.5: 669 or 40 rows, and so does an A3 on its side."""
    assert [a3_for_left_overs([16.5] * rows, 5, 16.5, upright=True) for rows in (40, 44)] == [None, True]
