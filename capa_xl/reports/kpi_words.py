"""How a KPI is put into words: shares, fractions for small n, changes. One place for workbook and papers."""

from __future__ import annotations

from collections.abc import Iterable

from capa_xl.model.cut_text import cut_list, with_unit
from capa_xl.model.half_up import half_up, hundredths, per_cent
from capa_xl.model.kpi import Kpi, Reopened
from capa_xl.model.left_to_history import LeftToHistory
from capa_xl.model.shares import counted_share_words, has_few, share_words

_MOST_NAMED, _MOST_COMPANIES = 8, 3
_ONE_PER_CENT = 0.01
_COUNTED = frozenset({"longest_overdue"})
"""KPIs that are a number of days, no mean of some."""
_TRAFFIC = "新增、完成、关闭等流量照计，截至某日的指标按当日是否已结束计"


def figure_words(kpi: Kpi) -> str:
    """This period: 92.3%, 3/4 when n < 5, 17.5 天 or 45 天, or — without data."""
    if kpi.value is not None and kpi.unit == "%" and kpi.denominator is not None:
        return share_words(kpi.numerator or 0, kpi.denominator)
    return _plain(kpi.value, kpi)


def counted_words(kpi: Kpi) -> str:
    """This period with both parts: 92.3%（12/13）; a fraction or a figure without parts as it is."""
    if kpi.value is not None and kpi.unit == "%" and kpi.denominator is not None:
        return counted_share_words(kpi.numerator or 0, kpi.denominator)
    return figure_words(kpi)


def previous_words(kpi: Kpi) -> str:
    """The period before, likewise."""
    if kpi.previous is not None and kpi.previous_counts is not None and kpi.unit == "%":
        return share_words(*kpi.previous_counts)
    return _plain(kpi.previous, kpi)


def change_words(kpi: Kpi) -> str:
    """This period less the one before: +2.1 个百分点, -3.0 天, 持平; — without data or between fractions."""
    if kpi.change is None or _is_small(kpi):
        return "—"
    unit = "个百分点" if kpi.unit == "%" else kpi.unit
    figure = _points(kpi, kpi.change) if kpi.unit == "%" else half_up(kpi.change, _decimals(kpi), "+")
    return "持平" if float(figure) == 0 else with_unit(figure, unit)


def _points(kpi: Kpi, change: float) -> str:
    """As exact as the two shares are told: below one per cent both, in two digits."""
    is_below = max(abs(kpi.value or 0.0), abs(kpi.previous or 0.0)) < _ONE_PER_CENT
    return hundredths(change, 1, "+") if is_below else half_up(change * 100, 1, "+")


def _is_small(kpi: Kpi) -> bool:
    counts = (kpi.denominator, kpi.previous_counts[1] if kpi.previous_counts else None)
    return has_few(*(n for n in counts if n is not None))


def _plain(value: float | None, kpi: Kpi) -> str:
    if value is None:
        return "—"
    return per_cent(value) if kpi.unit == "%" else with_unit(half_up(value, _decimals(kpi)), kpi.unit)


def _decimals(kpi: Kpi) -> int:
    """A mean has one; the days of one action are whole."""
    return 0 if kpi.key in _COUNTED else 1


def verdict_tone(kpi: Kpi) -> str:
    """The look of a mark that says the verdict: without a target, data or enough rows it is neither good nor bad."""
    return {"达标": "good", "未达标": "bad"}.get(kpi.verdict, "silent")


def reopened_words(found: Iterable[tuple[str, Reopened]]) -> str:
    """By which facts each figure goes where something was taken back; a sentence without its end, "" where nothing was.

    Args:
        found: By company; its name "" where there is only one.
    """
    every = tuple(found)
    taken_back = _named((name, one.numbers) for name, one in every)
    later = _named((name, one.later) for name, one in every)
    if not taken_back and not later:
        return ""
    lost = _named((name, one.overwritten) for name, one in every)
    told = f"；{lost} 重开以前的日期表中已没有，按现在的日期计（原内容写了日期的，截至某日的数按它）" if lost else ""
    why = (
        f"{taken_back} 后来按《更正记录》重开或撤销确认" if taken_back else "",
        f"{later}发生在本期或上期结束以后" if later else "",
    )
    facts = "更正后的事实" if not later else "后来的事实"
    return (
        f"{'；'.join(filter(None, why))}：流量和期间指标（含上期）按{facts}计，"
        f"截至某日的指标、月末实施逾期按当日的事实计{told}"
    )


def _named(found: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """Their 编号, those of each company behind its name."""
    listed = [f"{name} {cut_list(numbers, _MOST_NAMED, '项')}".strip() for name, numbers in found if numbers]
    return cut_list(listed, _MOST_COMPANIES, "家", between="，")


def uncounted_words(left: LeftToHistory) -> str:
    """What the KPIs leave out; a sentence without its end, "" where they leave nothing out."""
    told = _left_out(left)
    return f"{told}，不计入指标（按时提醒率除外）；{_TRAFFIC}" if told else ""


def outside_words(left: LeftToHistory) -> str:
    """What the self-check leaves out, likewise."""
    told = _left_out(left)
    return f"{told}，不在对象内（提醒和台账完整性的要求除外）" if told else ""


def _left_out(left: LeftToHistory) -> str:
    return "；".join(f"{why} {len(numbers)} 项：{cut_list(numbers, _MOST_NAMED, '项')}" for why, numbers in left.kinds)
