"""Whole elements in the XML of a part, such as cells, rows and paragraphs: where they end, and how much they say.

What a paper does to them is done to each of some hundred in each of some hundred papers: both are a pattern's work.
"""

from __future__ import annotations

import re
from typing import Final

_TEXT: Final = re.compile(">([^<]+)")


def rest_of(tag: str) -> str:
    """A pattern of all that follows the beginning of an element, up to the first end of one of that tag: w:tc.

    It goes from tag to tag; `.*?</w:tc>` looks for the end at every character, which takes twice as long.
    """
    return rf"(?:[^<]*+<(?!/{tag}>))*+[^<]*+</{tag}>"


def characters(element: str) -> int:
    """How many characters of text an element has; a piece of XML that begins with a tag."""
    return sum(map(len, _TEXT.findall(element)))
