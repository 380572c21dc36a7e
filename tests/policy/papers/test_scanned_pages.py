"""A scan has every page of its paper once and in order, as the footers tell; what doesn't tell isn't judged."""

from __future__ import annotations

import pytest

from capa_xl.policy.papers.scanned_pages import pages_unmarked, pages_wrong


def footers(*numbers: int, total: int = 4) -> tuple[str, ...]:
    """Pages whose footers print these numbers; 0 for a picture."""
    return tuple(f"正文 第 {number} 页\u3000共 {total} 页" if number else "" for number in numbers)


@pytest.mark.parametrize(
    "pages",
    [
        footers(1, 2, 3, 4),
        footers(1, total=1),
        footers(1, 2, 0, 0),
        footers(0, 0, 0),
        ("没有页码", "也没有"),
        ("第1页/共2页", "第 ２ 页，共 ２ 页"),
        ("第 1 页，共 9 页 见手册 第 1 页 共 2 页", "第 2 页 共 2 页"),
        tuple(f"第 {number} 页 共 1 2 页" for number in range(1, 13)),
    ],
    ids=["whole", "one", "pictures may be the rest", "pictures", "untold", "written otherwise", "footer is last", "12"],
)
def test_a_whole_paper_and_what_nobody_can_tell_pass(pages):
    assert pages_wrong(pages) == ""


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        (footers(1, 2), "缺第 3、4 页（页脚印的是共 4 页）"),
        (footers(1, 2, 0), "缺第 3、4 页（页脚印的是共 4 页）"),
        (footers(4), "缺第 1、2、3 页（页脚印的是共 4 页）"),
        (footers(1, 2, 2, 3, 4), "第 2 页重复（页脚印的是共 4 页）"),
        (footers(1, 2, 2, 4), "缺第 3 页，第 2 页重复（页脚印的是共 4 页）"),
        (footers(4, 3, 2, 1), "各页次序颠倒（依次是第 4、3、2、1 页）（页脚印的是共 4 页）"),
        (footers(1, 2) + footers(3, total=5), "各页印的总页数不同：第 1、2 页印的是共 4 页，第 3 页印的是共 5 页"),
    ],
    ids=["missing", "more gaps than pictures", "last only", "doubled", "doubled and missing", "reversed", "totals"],
)
def test_missing_doubled_and_reversed_pages_are_named(pages, words):
    assert pages_wrong(pages) == words


def test_pages_with_text_that_do_not_tell_are_listed_and_pictures_are_not():
    assert pages_unmarked((*footers(1, 0), "没有页码", "第 5 页 共 4 页")) == (3, 4)
