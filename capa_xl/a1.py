"""A1 addresses and numbers: `AE5` is row 5, column 31; ranges are (top, left, bottom, right), all 1-based."""

from __future__ import annotations

import re
from functools import lru_cache

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

Range = tuple[int, int, int, int]

_LETTERS = {  # A to ZZ, as nearly every address is written
    first + second: (ord(first) - 64 if first else 0) * 26 + ord(second) - 64
    for first in ("", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
}
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_AREA = re.compile(r"\$?([A-Za-z]{0,3})\$?([0-9]{0,7})(?::\$?([A-Za-z]{0,3})\$?([0-9]{0,7}))?")


@lru_cache(maxsize=LAST_COLUMN)
def column_letters(column: int) -> str:
    """Letters of a 1-based column: 1 → A, 31 → AE."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=LAST_COLUMN)
def column_number(letters: str) -> int:
    """1-based column of its letters: AE → 31."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_at(row: int, column: int) -> str:
    """Address of a cell: row 5, column 31 → AE5."""
    return f"{column_letters(column)}{row}"


def parse_cell(at: str) -> tuple[int, int] | None:
    """AE5 → (5, 31); None for anything that is no address inside a sheet."""
    letters = at.rstrip("0123456789")
    if letters in _LETTERS and at[len(letters) : len(letters) + 1] not in ("0", ""):
        row = int(at[len(letters) :])
        return (row, _LETTERS[letters]) if row <= LAST_ROW else None
    match = _CELL.fullmatch(at)
    if not match:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def parse_range(ref: str) -> Range | None:
    """A1:C5, A1, A:C or 1:5 → (top, left, bottom, right); None for anything else."""
    match = _AREA.fullmatch(ref.strip())
    if not match or not (match[1] or match[2]):
        return None
    left, top, right, bottom = match.groups()
    if right is None and bottom is None:
        right, bottom = left, top
    if bool(left) != bool(right) or bool(top) != bool(bottom):
        return None
    columns = sorted((column_number(left), column_number(right))) if left and right else [1, LAST_COLUMN]
    rows = sorted((int(top), int(bottom))) if top and bottom else [1, LAST_ROW]
    return rows[0], columns[0], rows[1], columns[1]


def overlap(one: Range, other: Range) -> bool:
    """Whether two ranges share a cell."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
