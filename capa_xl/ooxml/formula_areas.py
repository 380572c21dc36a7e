"""What a formula's text points to: cells and areas of its own sheet and of others, by their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from capa_xl.a1 import LAST_COLUMN, LAST_ROW, Range, column_letters, column_number, parse_range

_SHEET = r"(?:'((?:[^']|'')+)'|([^\s'!+\-*/^&=<>(),;:{}\[\]\"]+))"
ADDRESS: Final = re.compile(
    rf"(?:{_SHEET}!)?"
    r"(\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Za-z]{1,3}\$?[0-9]{1,7})?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]{1,7}:\$?[0-9]{1,7})(?![A-Za-z0-9_.(!])"
)
_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})")
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


def filled_down(formula: str, down: int, right: int) -> str:
    """The formula as it stands so many rows and columns from its first cell: what has no $ goes along."""

    def moved(address: re.Match[str]) -> str:
        letters = address[2] if address[1] else column_letters(column_number(address[2]) + right)
        return f"{address[1]}{letters}{address[3]}{address[4] if address[3] else int(address[4]) + down}"

    def along(token: re.Match[str]) -> str:
        return token[0][: token.start(3) - token.start()] + _CELL.sub(moved, token[3])

    pieces = _TEXT.split(formula)
    texts = [*_TEXT.findall(formula), ""]
    return "".join(ADDRESS.sub(along, piece) + text for piece, text in zip(pieces, texts, strict=True))
