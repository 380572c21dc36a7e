"""Texts that say the same in two languages: `责任人 Owner`, `关闭 / Closed`."""

from __future__ import annotations

import re

_HAN = "㐀-鿿"
_BETWEEN = r"[\s/／|·:：-]*"
_CHINESE_FIRST = re.compile(rf"([^A-Za-z]*[{_HAN}][^A-Za-z]*?){_BETWEEN}([A-Za-z][^{_HAN}]*)")
_LATIN_FIRST = re.compile(rf"([A-Za-z][^{_HAN}]*?){_BETWEEN}([{_HAN}][^A-Za-z]*)")


def in_two_languages(text: str) -> tuple[str, str] | None:
    """The Chinese and the Latin part of a text that is one after the other; None for any other text."""
    if found := _CHINESE_FIRST.fullmatch(text.strip()):
        return found[1].strip(), found[2].strip()
    if found := _LATIN_FIRST.fullmatch(text.strip()):
        return found[2].strip(), found[1].strip()
    return None
