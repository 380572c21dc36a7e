"""Texts of a page and more set closer: a report of long texts has half as many pages, and not a word less."""

from __future__ import annotations

import re
from typing import Final

MOST_OF_AN_AIRY_TEXT: Final = 400
"""Characters of a paragraph of body text that is set as the house sets it: 小四, 23 points from line to line."""
_BODY: Final = '<w:p><w:pPr><w:pStyle w:val="Indented"/></w:pPr>'
_CLOSE: Final = '<w:spacing w:line="320" w:lineRule="exact"/></w:pPr>'
"""Five twelfths less than body text."""
_SIZE: Final = '<w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr>'
_PARAGRAPH: Final = re.compile(re.escape(_BODY) + r"(?:(?!</w:p>).)*</w:p>", re.DOTALL)
_MARKUP: Final = re.compile(r"<[^>]*>")


def with_long_texts_close(xml: str) -> str:
    """The part with its long paragraphs of body text in 五号, 16 points from line to line."""
    return _PARAGRAPH.sub(_paragraph, xml)


def _paragraph(found: re.Match[str]) -> str:
    text = found[0]
    if len(text) <= MOST_OF_AN_AIRY_TEXT or len(_MARKUP.sub("", text)) <= MOST_OF_AN_AIRY_TEXT:
        return text
    head = _BODY.removesuffix("</w:pPr>") + _CLOSE
    return head + text[len(_BODY) :].replace("<w:r><w:t", f"<w:r>{_SIZE}<w:t")
