"""How a KPI is put into words: shares, fractions for small n, changes. One place for workbook and papers."""

from __future__ import annotations

from capa_xl.model.kpi import FEW, Kpi


def figure_words(kpi: Kpi) -> str:
    """This period: 92.3%, 3/4 when n < 5, 17.5 天, or — without data."""
    if kpi.unit == "%" and kpi.denominator is not None:
        return share_words(kpi.value, int(kpi.numerator or 0), int(kpi.denominator))
    return _plain(kpi.value, kpi.unit)


def previous_words(kpi: Kpi) -> str:
    """The period before."""
    return _plain(kpi.previous, kpi.unit)


def change_words(kpi: Kpi) -> str:
    """This period less the one before: +2.1 个百分点, −3.0 天, or —."""
    if kpi.change is None:
        return "—"
    unit = "个百分点" if kpi.unit == "%" else kpi.unit
    return f"{kpi.change * (100 if kpi.unit == '%' else 1):+.1f} {unit}"


def share_words(value: float | None, numerator: int, denominator: int) -> str:
    """A share, as a fraction when the denominator is small."""
    if value is None:
        return "—"
    return f"{numerator}/{denominator}" if denominator < FEW else f"{value:.1%}"


def _plain(value: float | None, unit: str) -> str:
    if value is None:
        return "—"
    return f"{value:.1%}" if unit == "%" else f"{value:.1f} {unit}".rstrip()
