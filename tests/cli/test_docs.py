"""The list of pages is read by staff: every title is Chinese, and a page in English is called that."""

import re
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[2] / "docs").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_title_is_chinese_and_says_whether_the_page_is(page):
    text = page.read_text("utf-8")
    title = text.partition("\n")[0]
    signs, words = len(re.findall(r"[一-鿿]", text)), len(re.findall(r"[A-Za-z]+", text))
    assert re.search(r"[一-鿿]", title)
    assert ("（英文，给开发者）" in title) == (signs < words / 4)
