"""The commits that pages name can be looked up, by whoever wants to see what was measured."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.git_history import is_history_here, is_in_history

ROOT = Path(__file__).parents[1]
PAGES = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
_COMMIT = re.compile(r"(?<![\w.#/-])(?=[0-9a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{7,8}(?![\w.-])|(?<=，)[0-9]{8}(?= \|)")
"""Seven or eight digits with a letter among them; without one where a table has it behind the day."""


def named_commits(page: str) -> set[str]:
    """The commits that a page names."""
    return set(_COMMIT.findall(page))


def test_commits_are_told_from_words_numbers_and_other_sums():
    page = "53133188, 2026-11-29，53133188 | at `fcb4c20c`, 7da3f0c; facade, added12x, b98c7a354fcc, 1234567 rows"
    assert named_commits(page) == {"53133188", "fcb4c20c", "7da3f0c"}


@pytest.mark.skipif(not is_history_here(), reason="no git, no repository, or a shallow clone: the history isn't here")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_commit_that_a_page_names_is_in_the_history(page):
    assert [name for name in sorted(named_commits(page.read_text("utf-8"))) if not is_in_history(name)] == []
