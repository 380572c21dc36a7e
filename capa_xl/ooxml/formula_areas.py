"""What a formula's text points to: cells and areas of its own sheet and of others, by their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from capa_xl.a1 import LAST_COLUMN, LAST_ROW, Range, parse_range

_SHEET = r"(?:'((?:[^']|'')+)'|([^\s'!+\-*/^&=<>(),;:{}\[\]\"]+))"
ADDRESS: Final = re.compile(
    rf"(?:{_SHEET}!)?"
    r"(\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Za-z]{1,3}\$?[0-9]{1,7})?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]{1,7}:\$?[0-9]{1,7})(?![A-Za-z0-9_.(!])"
)
_TEXT = re.compile(r'"(?:[^"]|"")*"')


def without_texts(formula: str) -> str:
    """The formula with nothing between its quotation marks."""
    return _TEXT.sub('""', formula)


def areas_in(formula: str, sheet: str) -> Iterator[tuple[str, Range]]:
    """(sheet in lower case, area) of every address; one beyond a sheet's edge is the whole sheet.

    Args:
        formula: `without_texts`.
        sheet: The formula's own.
    """
    for token in ADDRESS.finditer(formula):
        where = (token[1] or token[2] or sheet).replace("''", "'").lower()
        yield where, parse_range(token[3]) or (1, 1, LAST_ROW, LAST_COLUMN)
