"""No chart has a page of the review alone: two stand on one."""

import pytest

from capa_xl.policy.review.review_facts import shown_charts


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (3, 3), (4, 4), (5, 3), (6, 4), (9, 4)])
def test_four_control_charts_stand_among_the_sections_and_never_one_alone_in_the_appendix(count, shown):
    assert shown_charts(count) == shown
    assert count - shown != 1
