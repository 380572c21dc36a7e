"""KPIs as the management review prints them: the eight of its summary, the duties, and how each is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from capa_xl.model.kpi import NO_DATA, Kpi, counted_apart
from capa_xl.model.long_days import with_long_days
from capa_xl.model.plain_number import plain_number
from capa_xl.reports.kpi_words import change_words, figure_words, previous_words


def kpi_row(kpi: Kpi) -> dict[str, str]:
    """Its figure beside target and period before; the verdict is — where there is no target."""
    return {
        "name": kpi.name,
        "current": figure_words(kpi),
        "parts": _parts(kpi),
        "target": kpi.target,
        "previous": previous_words(kpi),
        "change": change_words(kpi),
        "verdict": kpi.verdict or "—",
    }


def figure_card(row: Mapping[str, str]) -> dict[str, str]:
    """One of the eight figures of a first page: what it is, then what it is held against."""
    held = {"target": target_words(row["target"]), "past": past_words(row["previous"])}
    parts = "" if row["parts"].startswith(f"{row['current']} ") else row["parts"]
    return {"name": row["name"], "value": row["current"], "parts": parts, **held, "verdict": row["verdict"]}


def _parts(kpi: Kpi) -> str:
    """分子 5 / 分母 7 under a share; "" for a figure that has no parts."""
    has_parts = kpi.numerator is not None and bool(kpi.denominator)
    return f"{_count(kpi.numerator)}/{_count(kpi.denominator)} 项" if has_parts else ""


def target_words(target: str) -> str:
    """The target of a figure, or that there is none."""
    return f"目标 {target}" if target else "未设目标"


def past_words(previous: str) -> str:
    """The figure of the period before, or that there is none."""
    return "上期无数据" if previous == "—" else f"上期 {previous}"


def duty_row(name: str, kpi: Kpi) -> dict[str, Any]:
    """One duty of 质量部, with the rows that were late; one that isn't in use has no counts, as in 附录 A."""
    return {
        "duty": name,
        "numerator": len(kpi.rows) if kpi.is_in_use else "",
        "denominator": len(kpi.base) if kpi.is_in_use else "",
        "share": figure_words(kpi) if kpi.is_in_use else "—",
        "note": _missed(kpi) if kpi.is_in_use else NO_DATA,
    }


def _missed(kpi: Kpi) -> str:
    times = Counter(_only_below(kpi))
    missed = [number if count == 1 else f"{number}（{count} 次）" for number, count in times.items()]
    return f"未按时：{'、'.join(missed)}" if missed else ("" if kpi.base else "本期无")


def note_row(kpi: Kpi) -> dict[str, str]:
    """附录 A: how it is counted, and its rows."""
    rows = [f"分子：{'、'.join(kpi.rows)}"] if kpi.rows else []
    rest = _only_below(kpi)
    others = [f"仅在分母：{'、'.join(rest)}"] if rest else []
    return {
        "name": kpi.name,
        "formula": with_long_days(f"{kpi.formula}{_without_parts(kpi)}"),
        "numerator": _count(kpi.numerator),
        "denominator": _count(kpi.denominator),
        "numbers": "；".join(rows + others) if kpi.denominator is not None else "、".join(kpi.base),
    }


def _without_parts(kpi: Kpi) -> str:
    """The figure itself where it is no share: its row of two counts would say no more than one without data."""
    if kpi.denominator is not None or not kpi.base:
        return "" if kpi.base or kpi.is_in_use else f"；{NO_DATA}"
    return f"；本期 {figure_words(kpi)}（{len(kpi.base)} 项）"


def _only_below(kpi: Kpi) -> list[str]:
    return [line.number for line in counted_apart(kpi) if not line.is_held]


def _count(number: float | None) -> str:
    return "" if number is None else plain_number(number)
