"""Figures as people write them: all their digits, no powers of ten, large ones in 万 and 亿."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from msgspec import Struct

from capa_xl.model.half_up import half_up, to_digits

_DIGITS: Final = 12
_WHOLE_FROM: Final = 1000


class Scale(Struct, frozen=True):
    """What large figures are counted in: 亿 of 1e8."""

    word: str = ""
    size: float = 1.0


_SCALES: Final = (Scale("亿", 1e8), Scale("万", 1e4))
_LEAST_SCALED: Final = 1e6
"""Six digits stand beside an axis."""


def plain_number(value: float) -> str:
    """1234567 and 0.0000003, where `:g` says 1.23457e+06 and 3e-07; to twelve digits."""
    said = f"{value:.{_DIGITS}g}"
    return f"{Decimal(said):f}" if "e" in said else said


def rounded_number(value: float) -> str:
    """A figure that nobody typed, to four digits, or to a whole number of more: 0.3333, 12346."""
    return plain_number(float(half_up(value, 0)) if abs(value) >= _WHOLE_FROM else to_digits(value, 4))


def scale_of(largest: float) -> Scale:
    """What figures up to that are counted in; ones below a million."""
    fitting = (scale for scale in _SCALES if largest >= max(scale.size, _LEAST_SCALED))
    return next(fitting, Scale())
