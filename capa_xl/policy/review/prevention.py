"""Signals, data coverage, indicators, suppliers (sections 四, 五, 七)."""

from __future__ import annotations

import re
from collections.abc import Set
from datetime import date

from capa_xl.model import words
from capa_xl.model.cut_text import with_unit
from capa_xl.model.period import Period
from capa_xl.model.plain_number import plain_number, rounded_number
from capa_xl.model.records import Measurement, Observation
from capa_xl.model.register import holds_rows
from capa_xl.model.review import CoverageLine, IndicatorLine, SignalLine, SupplierLine
from capa_xl.policy.indicators import is_met, measured_words, target_sign
from capa_xl.policy.periods import MONTHS, month_of, period_of
from capa_xl.policy.register_view import RegisterView

NONE_ANSWER = "无"
_BETWEEN_NUMBERS = re.compile(r"[、，,；;/\s]+")


def signal_lines(view: RegisterView, period: Period) -> tuple[SignalLine, ...] | None:
    """4.1: analyses of the period that found a signal; None where 分析记录 is not in use."""
    if not holds_rows(view.register.analyses):
        return None
    later = _registered_after(view, period)
    return tuple(
        SignalLine(
            analysis_number=row.number or "",
            indicator="：".join(piece for piece in (row.source, row.data_range) if piece),
            method=row.method or "",
            signal=row.signal or "",
            disposition=row.disposition or "",
            answer="、".join(number for number in row.tracker_numbers if number not in later) or row.reason or "",
        )
        for row in view.register.analyses.records
        if row.signal and row.on and period.start <= row.on <= min(period.end, view.on)
    )


def coverage_lines(view: RegisterView, period: Period) -> tuple[CoverageLine, ...] | None:
    """4.3: which of the five kinds of data each department gave in the period: 有, 无 (said so), 未报."""
    if not holds_rows(view.register.observations):
        return None
    given = [row for row in view.register.observations.records if _month_in(row.period, period, view.on)]
    departments = dict.fromkeys(row.department for row in view.register.observations.records if row.department)
    return tuple(
        CoverageLine(name, tuple(_mark(given, name, kind) for kind in words.DATA_CLASSES)) for name in departments
    )


def _mark(rows: list[Observation], department: str, kind: str) -> str:
    mine = [row for row in rows if row.department == department and row.data_class == kind]
    if not mine:
        return "未报"
    return "无" if all(_says_none(row) for row in mine) else "有"


def _says_none(row: Observation) -> bool:
    figures = (row.value, row.sample_size, row.nonconforming)
    return all(figure is None for figure in figures) and NONE_ANSWER in (row.remark, row.item, row.indicator)


def indicator_lines(view: RegisterView, period: Period) -> tuple[tuple[str, ...], tuple[IndicatorLine, ...] | None]:
    """五: periods as headings (7月, 2026Q3), and one line per indicator; None where 过程指标 is not in use."""
    table = view.register.measurements
    if table is None:
        return (), None
    rows = [row for row in table.records if _month_in(row.period, period, view.on)]
    named = {named for row in rows if (named := _period_of(row))}
    periods = tuple(sorted(named, key=lambda one: (one.start, one.end)))
    groups: dict[tuple[str, str], list[Measurement]] = {}
    for row in rows:
        groups.setdefault((row.process or "", row.indicator or ""), []).append(row)
    later = _registered_after(view, period)
    return tuple(map(_heading, periods)), tuple(_indicator(k, g, periods, later) for k, g in groups.items())


def _period_of(row: Measurement) -> Period | None:
    """What its 期间 stands for by its 频度: 2026-07 of a quarterly indicator is the quarter."""
    return period_of(row.period, MONTHS.get(row.frequency or "", 1))


def _heading(period: Period) -> str:
    return f"{period.start.month}月" if period.start.month == period.end.month else period.name


def _indicator(
    key: tuple[str, str], rows: list[Measurement], periods: tuple[Period, ...], later: Set[str]
) -> IndicatorLine:
    by_period = {_period_of(row): row for row in rows}
    judged = [met for met in map(is_met, rows) if met is not None]
    return IndicatorLine(
        process=key[0],
        indicator=key[1],
        target=_target(rows[-1]),
        values=tuple(_value(by_period.get(period)) for period in periods),
        met=f"{sum(judged)}/{len(judged)}" if judged else "",
        disposition="、".join(dict.fromkeys(filter(None, (_without(later, row.disposition_number) for row in rows)))),
    )


def _registered_after(view: RegisterView, period: Period) -> frozenset[str]:
    """The actions and needs that came after the period: no line of it tells of them."""
    needs = view.register.needs.records if view.register.needs is not None else ()
    dated = [(action.number, action.registered_on) for action in view.actions]
    dated += [(need.number, need.registered_on) for need in needs if need.number]
    return frozenset(number for number, day in dated if day is not None and day > period.end)


def _without(later: Set[str], disposition: str | None) -> str:
    """未达标处置编号 without the numbers that came later; what people wrote otherwise stays as it is."""
    numbers = _BETWEEN_NUMBERS.split(disposition or "")
    if later.isdisjoint(numbers):
        return disposition or ""
    return "、".join(number for number in numbers if number and number not in later)


def _target(row: Measurement) -> str:
    return "" if row.target is None else target_sign(row.direction) + _with_unit(row.target, row.unit)


def _value(row: Measurement | None) -> str:
    return measured_words(row) if row else ""


def _with_unit(value: float | None, unit: str | None) -> str:
    return "" if value is None else with_unit(rounded_number(value), unit)


def supplier_lines(view: RegisterView, period: Period) -> tuple[SupplierLine, ...] | None:
    """七: each supplier's indicators, the last value of the period; None where 质量数据 is not in use.

    Its actions are those registered up to the period's end, or on no day.
    """
    table = view.register.observations
    if not holds_rows(table):
        return None
    later = _registered_after(view, period)
    last: dict[tuple[str, str], Observation] = {}
    for row in table.records:
        if row.supplier and _month_in(row.period, period, view.on):
            last[row.supplier, row.indicator or row.item or ""] = row
    return tuple(_supplier(view, *key, row, period, later) for key, row in sorted(last.items()))


def _supplier(
    view: RegisterView, supplier: str, indicator: str, row: Observation, period: Period, later: Set[str]
) -> SupplierLine:
    named = (
        action.number
        for action in view.actions
        if action.source == words.SUPPLIERS and supplier in (action.description or "") and action.number not in later
    )
    if row.value is not None:
        current = _with_unit(row.value, row.unit)
    else:
        current = f"{plain_number(row.nonconforming or 0)}/{plain_number(row.sample_size)}" if row.sample_size else ""
    return SupplierLine(supplier, indicator, current, _target_of(view, row, period), "、".join(named))


def _target_of(view: RegisterView, row: Observation, period: Period) -> str:
    """The target that 过程指标 gives the same indicator, the supplier named or not; "" for none or several."""
    table = view.register.measurements
    same = [
        one
        for one in (table.records if table else ())
        if one.indicator in _names(row) and one.unit == row.unit
        and one.target is not None and _month_in(one.period, period, view.on)
    ]  # fmt: skip
    found = dict.fromkeys(map(_target, same))
    return next(iter(found)) if len(found) == 1 else ""


def _names(row: Observation) -> frozenset[str]:
    own = row.indicator or row.item or ""
    return frozenset((own, f"{row.supplier}{own}")) if own else frozenset()


def _month_in(period: str | None, wanted: Period, on: date) -> bool:
    month = month_of(period)
    return month is not None and wanted.start.replace(day=1) <= month <= min(wanted.end, on)
