"""A share of counted cases in words: in per cent, or as the fraction it is where there are few cases.

Every surface asks here, so that none says 100.0% of three cases while another says 3/3.
"""

from __future__ import annotations

from capa_xl.model.half_up import per_cent
from capa_xl.model.kpi import FEW
from capa_xl.model.plain_number import plain_number


def has_few(*wholes: float) -> bool:
    """Whether one of some denominators is too small for a percentage.

    Shares that are compared with each other are told alike.
    """
    return any(whole < FEW for whole in wholes)


def share_words(part: float, whole: float, *beside: float) -> str:
    """92.3%; 3/4 where there are few; — of nothing.

    Args:
        part: Cases counted.
        whole: Cases there are.
        beside: Those of the shares that it is compared with.
    """
    if not whole:
        return "—"
    return _fraction(part, whole) if has_few(whole, *beside) else per_cent(part / whole)


def counted_share_words(part: float, whole: float, *beside: float) -> str:
    """The share with both its parts: 14.0%（193/1380）; a fraction has them already."""
    said = share_words(part, whole, *beside)
    return f"{said}（{_fraction(part, whole)}）" if said.endswith("%") else said


def cases_words(part: float, whole: float, *beside: float, unit: str = "件", what: str = "") -> str:
    """The share in a sentence: 400 件中 50 件不合格（12.5%）; few cases are told without a percentage.

    Args:
        part, whole, beside: As for `share_words`.
        unit: Measure word of the cases.
        what: What the counted ones are, e.g. 不合格.
    """
    said = share_words(part, whole, *beside)
    counted = f"{plain_number(whole)} {unit}中 {plain_number(part)} {unit}{what}"
    return f"{counted}（{said}）" if said.endswith("%") else counted


def _fraction(part: float, whole: float) -> str:
    return f"{plain_number(part)}/{plain_number(whole)}"
