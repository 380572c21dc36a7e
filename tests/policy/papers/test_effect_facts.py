import pytest

from capa_xl.policy.papers.effect_facts import moved_words

MOVED = (
    (12.637, 1.754, "%", "超时率由 12.6% 降至 1.8%"),
    (1.5, 0.0, "", "超时率由 1.5 降至 0"),
    (0.97, 0.99, "", "超时率由 0.97 升至 0.99"),
    (2.0, 2.0, "%", "超时率仍为 2%"),
)


@pytest.mark.parametrize(("before", "after", "unit", "words"), MOVED)
def test_a_title_says_which_way_the_figure_went(before, after, unit, words):
    assert moved_words("超时率", before, after, unit) == words
