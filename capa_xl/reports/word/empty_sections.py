"""A last section of which a paper has nothing is no page: the section before it ends the paper.

A template can't say so: the page of its last section stands outside all paragraphs, where no tag does.
"""

from __future__ import annotations

import re
from typing import Final

_PAGE: Final = r"<w:sectPr(?:(?!</w:sectPr>).)*</w:sectPr>"
_EMPTY_END: Final = re.compile(
    rf"(<w:p(?: [^>]*)?><w:pPr>(?:<w:pStyle [^>]*/>)?)({_PAGE})(</w:pPr></w:p>)\s*{_PAGE}(?=\s*</w:body>)", re.DOTALL
)


def without_empty_end(xml: str) -> str:
    """The document with its last section gone where it holds not even an empty paragraph."""
    return _EMPTY_END.sub(r"\1\3\2", xml)
