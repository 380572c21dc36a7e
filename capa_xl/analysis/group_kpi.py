"""KPIs of several companies as one: numerators and denominators are summed, rates are never averaged.

A mean is weighted by the rows it was taken over, a maximum is the maximum. The median of a group can't be had from
those of its companies, nor a percentile: they are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from capa_xl.analysis.kpi import SPECS, Spec
from capa_xl.analysis.verdict import verdict
from capa_xl.model.group_figures import CompanyFigures
from capa_xl.model.kpi import NO_DATA, Kpi, MonthFlow
from capa_xl.model.review import Flow

WITHOUT_SUM = frozenset({"median_to_close", "p90_to_close"})
_LARGEST = "longest_overdue"
_Parts = Sequence[tuple[str, Kpi]]


def summed_kpis(companies: Iterable[CompanyFigures]) -> tuple[Kpi, ...]:
    """Every KPI that can be summed, over the companies that have it in use.

    Rows are named `company 编号`. The target is the companies' where all have the same, else ""; of a KPI that nobody
    has in use, too.
    """
    together = tuple(companies)
    return tuple(_summed(spec, _of_all(spec, together)) for spec in SPECS if spec.key not in WITHOUT_SUM)


def summed_flow(flows: Iterable[Flow]) -> Flow:
    """The traffic of a period over all companies."""
    together = tuple(flows)
    return Flow(*(sum(getattr(flow, name) for flow in together) for name in Flow.__struct_fields__))


def summed_months(companies: Iterable[Sequence[MonthFlow]]) -> tuple[MonthFlow, ...]:
    """The traffic month by month; every company speaks of the same months."""
    return tuple(
        MonthFlow(months[0].month, *(sum(getattr(m, name) for m in months) for name in MonthFlow.__struct_fields__[1:]))
        for months in zip(*companies, strict=True)
    )


def _of_all(spec: Spec, companies: Iterable[CompanyFigures]) -> _Parts:
    return tuple((company.name, kpi) for company in companies for kpi in company.kpis if kpi.key == spec.key)


def _summed(spec: Spec, of_all: _Parts) -> Kpi:
    parts = [(name, kpi) for name, kpi in of_all if kpi.is_in_use]
    kpis = [kpi for _, kpi in parts]
    rows = tuple(f"{name} {number}" for name, kpi in parts for number in kpi.rows)
    base = tuple(f"{name} {number}" for name, kpi in parts for number in kpi.base)
    is_ratio = any(kpi.denominator is not None for kpi in kpis)
    before = _counts_before(kpis) if is_ratio else None
    value, target = _value(spec, kpis), _common([kpi.target for _, kpi in parts or of_all])
    return Kpi(
        key=spec.key,
        name=_common([kpi.name for kpi in kpis]) or spec.name,
        formula=_common([kpi.formula for kpi in kpis]) or spec.formula,
        unit=spec.unit,
        numerator=float(len(rows)) if is_ratio else None,
        denominator=float(len(base)) if is_ratio else None,
        value=value,
        target=target,
        previous=_share(*before) if before else _measure(spec, ((kpi.previous, kpi.previous_base) for kpi in kpis)),
        verdict=verdict(value, target, len(base)) if parts else NO_DATA,
        rows=rows,
        base=base,
        previous_counts=before,
        previous_base=sum(kpi.previous_base for kpi in kpis),
        is_in_use=bool(parts),
    )


def _value(spec: Spec, kpis: Sequence[Kpi]) -> float | None:
    if kpis and kpis[0].denominator is not None:
        known = [kpi for kpi in kpis if kpi.value is not None]
        return _share(sum(len(kpi.rows) for kpi in known), sum(len(kpi.base) for kpi in known))
    return _measure(spec, ((kpi.value, len(kpi.base)) for kpi in kpis))


def _measure(spec: Spec, figures: Iterable[tuple[float | None, int]]) -> float | None:
    """The largest of some figures, or their mean.

    Args:
        figures: Each with how many rows it was taken over: its weight.
    """
    known = [(value, base) for value, base in figures if value is not None and base]
    if not known:
        return None
    if spec.key == _LARGEST:
        return max(value for value, _ in known)
    return sum(value * base for value, base in known) / sum(base for _, base in known)


def _counts_before(kpis: Iterable[Kpi]) -> tuple[int, int]:
    counts = [kpi.previous_counts for kpi in kpis if kpi.previous_counts]
    return sum(rows for rows, _ in counts), sum(base for _, base in counts)


def _share(rows: int, base: int) -> float | None:
    return rows / base if base else None


def _common(words: Sequence[str]) -> str:
    return words[0] if len(set(words)) == 1 else ""
