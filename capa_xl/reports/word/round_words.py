"""What 管理评审输入报告 says of measures that were confirmed more than once."""

from __future__ import annotations

from collections.abc import Iterable

from capa_xl.model.cut_text import cut_list
from capa_xl.model.review import ConfirmedRound, RoundsLine

_MOST_NAMED = 8


def rounds_words(lines: Iterable[RoundsLine]) -> str:
    """By which confirmation each counts, and where; a sentence without its end, "" where none has several."""
    found = tuple(lines)
    counted = [f"{one.number} {_named(one.last)}（{_all(one.before)}）" for one in found if one.is_of_period]
    later = [f"{one.number} {_all(one.before)}（{_all((one.last,))}）" for one in found if not one.is_of_period]
    told = (
        ("不止一次确认的按最后一次计", counted),
        (f"另有 {len(later)} 项本期确认、以后又确认的，计在最后一次的那一期，不在表内", later),
    )
    return "；".join(f"{what}：{cut_list(lines, _MOST_NAMED, '项')}" for what, lines in told if lines)


def _all(rounds: Iterable[ConfirmedRound]) -> str:
    return "、".join(f"第 {one.at} 轮 {one.on} {one.effect}" if one.at else f"{one.on} {one.effect}" for one in rounds)


def _named(one: ConfirmedRound) -> str:
    return f"第 {one.at} 轮" if one.at else f"{one.on} 的结论"
