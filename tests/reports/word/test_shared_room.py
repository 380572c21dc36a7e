"""Texts that share the lines of one box."""

from capa_xl.reports.word import shared_room

HALF_POINTS, TEN = 21, 10 * 210


def share_room(texts, lines, before=None):
    return shared_room.share_room(texts, lines, TEN, HALF_POINTS, before)


def test_what_fits_stays_whole_and_what_is_blank_is_left_out():
    assert share_room({"a": "短", "b": None, "c": " "}, 4) == {"a": "短"}


def test_lines_that_a_short_text_leaves_go_to_the_long_ones():
    """Five lines of ten: one for a, two each for b and c, whose first lines begin two characters in."""
    found = share_room({"a": "短", "b": "长" * 50, "c": "长" * 50}, 5, {"c": "三个字"})
    assert found == {"a": "短", "b": "长" * 17 + "…", "c": "长" * 14 + "…"}


def test_what_stands_before_a_text_is_never_cut():
    """A bracket in it is no end of a clause to cut behind."""
    found = share_room({"a": "长" * 50}, 2, {"a": "来源（单号）："})
    assert found == {"a": "长" * 10 + "…"}


def test_each_text_has_a_line_whatever_the_room():
    assert [len(text) for text in share_room({"a": "长" * 50, "b": "长" * 50}, 1).values()] == [8, 8]


def test_letters_and_digits_take_half_a_line_so_that_more_of_them_stand_there():
    """A letter is as wide as 0.556 of a character: two lines hold (8 + 10) / 0.556 = 32 of them, the last is …."""
    (found,) = share_room({"a": "ab " * 50}, 2).values()
    assert 26 <= len(found) <= 36
