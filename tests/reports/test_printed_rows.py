"""Pages of a list: rows counted by hand on pages of 100 points."""

import pytest

from capa_xl.reports.printed_rows import printed_rows, without_left_overs


@pytest.mark.parametrize(("rows", "pages", "printed"), [(2, 3, 2), (12, 3, 12), (13, 3, 12), (13, 1, 4)])
def test_so_many_rows_of_25_points_stand_on_whole_pages(rows, pages, printed):
    assert printed_rows([25.0] * rows, 100, pages) == printed


def test_a_row_higher_than_a_page_ends_what_is_printed():
    assert printed_rows([25.0, 101.0, 25.0], 100, 3) == 1


@pytest.mark.parametrize(
    ("rows", "kept"),
    [(3, 3), (9, 8), (10, 10), (12, 12), (1, 1)],  # one row on a third page is left over, two fill half of it
)
def test_of_rows_that_go_on_to_a_page_not_half_full_the_whole_pages_are_kept(rows, kept):
    assert without_left_overs([25.0] * rows, 100) == kept
