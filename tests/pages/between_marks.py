"""What stands between two marks of a page, made afresh; the words around them are written by hand."""

from __future__ import annotations


def with_text_between(page: str, begin: str, end: str, text: str) -> str:
    """The page with a new text between the marks.

    Raises:
        ValueError: The page has no such marks.
    """
    before, _, rest = page.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"no {begin} … {end}")
    return f"{before}{begin}\n\n{text}\n\n{end}{after}"
