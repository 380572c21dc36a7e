"""Texts that share the lines of one box."""

from capa_xl.reports.word.shared_room import share_room


def test_what_fits_stays_whole_and_what_is_blank_is_left_out():
    assert share_room({"a": "短", "b": None, "c": " "}, 4, 10) == {"a": "短"}


def test_lines_that_a_short_text_leaves_go_to_the_long_ones():
    """Five lines of ten: one for a, two each for b and c, whose first lines begin two characters in."""
    found = share_room({"a": "短", "b": "长" * 50, "c": "长" * 50}, 5, 10, {"c": 3})
    assert found == {"a": "短", "b": "长" * 17 + "…", "c": "长" * 14 + "…"}


def test_each_text_has_a_line_whatever_the_room():
    assert [len(text) for text in share_room({"a": "长" * 50, "b": "长" * 50}, 1, 10).values()] == [8, 8]
