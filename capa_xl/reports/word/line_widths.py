"""How long a line of a paper is: Chinese is square, letters and digits as wide as in what stands in for 宋体."""

from __future__ import annotations

from typing import Final
from unicodedata import east_asian_width

TWIPS_OF_A_POINT: Final = 20
CELL_EDGES: Final = 170
"""What the margins of a cell take of its width, left and right together, in twentieths of a point."""
_WIDE: Final = "WFA"
_EMS: Final = {
    **dict.fromkeys("0123456789", 0.555),
    **dict.fromkeys("-.,/:;'|!() \u00a0", 0.345),
    **dict.fromkeys("ABCDEFGHKLMNOPQRSTUVXYZ", 0.73),
    **dict.fromkeys("IJ", 0.39),
    **dict.fromkeys("MW%", 0.95),
}
_ANY_OTHER: Final = 0.556


def line_width(text: str, half_points: int) -> float:
    """Width of a text on one line, in twentieths of a point.

    Args:
        half_points: Size of its type, as `w:sz` has it.
    """
    return half_points * TWIPS_OF_A_POINT / 2 * sum(map(_ems, text))


def _ems(letter: str) -> float:
    return 1.0 if east_asian_width(letter) in _WIDE else _EMS.get(letter, _ANY_OTHER)
