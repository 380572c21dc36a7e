"""The figures of the pages are written between marks by one command."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.figures import FIGURES, main, with_block

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_every_figure_has_its_marks_once_on_its_page(figure):
    page = (ROOT / figure.page).read_text("utf-8")
    assert page.count(f"<!-- bench {figure.name}: python -m bench.figures {figure.name} -->") == 1


def test_no_page_has_marks_that_nothing_fills():
    pages = {figure.page for figure in FIGURES}
    marks = sum((ROOT / page).read_text("utf-8").count("<!-- bench end -->") for page in pages)
    assert marks == len(FIGURES)


def test_what_was_measured_takes_the_place_between_its_marks_and_nothing_else():
    page = (
        "before\n<!-- bench a: x -->\nold\n<!-- bench end -->\nbetween\n<!-- bench b: x -->\nkept\n<!-- bench end -->\n"
    )
    new = with_block(page, "a", "| 1 |")
    assert new == page.replace("old", "\n| 1 |\n")
    assert with_block(new, "a", "| 1 |") == new


def test_a_page_without_the_marks_is_refused():
    with pytest.raises(ValueError, match="no marks of a"):
        with_block("nothing", "a", "text")


def test_a_name_that_no_figure_has_is_refused_before_anything_is_measured():
    with pytest.raises(SystemExit, match="no such figure: refersh; there are start_up, refresh"):
        main(("refersh", "splice"))
