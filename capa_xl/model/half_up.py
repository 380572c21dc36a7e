"""Figures rounded as Excel rounds what it shows: half up, in decimal, of the fifteen digits that it holds.

Python's formats round a half to the even digit, and of binary fractions: 103.25 to 103.2, 2.675 to 2.67, so whoever
computed a printed mean or share again in Excel found another.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

_DIGITS: Final = 15
_EXACT: Final = Context(prec=400)
"""More digits than a float has before and behind its point together."""


def half_up(value: float, places: int, sign: str = "") -> str:
    """A figure with so many places behind the point: 103.25 with one is 103.3, and -0.25 is -0.3.

    Args:
        value: A finite number.
        places: Digits behind the point, 0 or more.
        sign: "+" to have one before what isn't negative too.
    """
    return f"{_rounded(_decimal(value), places):{sign}f}"


def per_cent(share: float, places: int = 1) -> str:
    """A share of one in per cent, as `hundredths` tells it: 0.0125 is 1.3%, 0.000326 is 0.033%."""
    return f"{hundredths(share, places)}%"


def hundredths(share: float, places: int = 1, sign: str = "") -> str:
    """A share of one in hundredths: 0.0125 is 1.3. Below one it has two digits: few among many are not none.

    Args:
        share: A finite number.
        places: Digits behind the point of one and more; below one no fewer.
        sign: As for `half_up`.
    """
    value = _decimal(share).scaleb(2)
    if not value or abs(value) >= 1:
        return f"{_rounded(value, places):{sign}f}"
    whole, point, told = f"{_rounded(value, max(places, 1 - value.adjusted())):{sign}f}".partition(".")
    return whole + point + told.rstrip("0").ljust(places, "0") if point else whole


def to_digits(value: float, digits: int) -> float:
    """A figure to so many significant digits: 0.33335 to four is 0.3334."""
    found = _decimal(value)
    return float(_rounded(found, digits - 1 - found.adjusted()))


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.{_DIGITS}g}")


def _rounded(value: Decimal, places: int) -> Decimal:
    found = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    return found or abs(found)
