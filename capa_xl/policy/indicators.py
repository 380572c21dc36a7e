"""Process indicators: the month a period stands for, and whether a measured value meets its target (R13, R14)."""

from __future__ import annotations

import re
from datetime import date

from capa_xl.model.records import Measurement

_LAST = {"Q": 3, "H": 6}


def month_of(period: str | None) -> date | None:
    """First day of a period as it is written: 2026-03, 2026Q1, 2026H1, 2026, or an ISO date; None where it is none."""
    text = (period or "").strip().upper()
    if found := re.fullmatch(r"(\d{4})-(\d{2})(-\d{2})?", text):
        return date(int(found[1]), int(found[2]), 1)
    if found := re.fullmatch(r"(\d{4})([QH])([1-4])", text):
        return date(int(found[1]), (int(found[3]) - 1) * _LAST[found[2]] + 1, 1)
    return date(int(text), 1, 1) if re.fullmatch(r"\d{4}", text) else None


def value_of(row: Measurement) -> float | None:
    """实测值, else 分子 ÷ 分母 (× 100 where the unit is %)."""
    if row.value is not None or row.numerator is None or not row.denominator:
        return row.value
    return row.numerator / row.denominator * (100 if row.unit == "%" else 1)


def is_met(row: Measurement) -> bool | None:
    """True when the value meets the target in its direction (blank: the larger the better); None without either."""
    value = value_of(row)
    if value is None or row.target is None:
        return None
    smaller_is_better = "小" in (row.direction or "") or "≤" in (row.direction or "")
    return value <= row.target if smaller_is_better else value >= row.target
