"""Number cells, and numbers that people wrote as text: with units, separators, percent signs."""

from __future__ import annotations

import math
import re
import unicodedata

from capa_xl.model.columns import Column
from capa_xl.model.problem import Severity
from capa_xl.model.stated_status import STATED_CLOSED, STATED_DONE, family_of
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.notes import ColumnContext, Converted, Note, quoted, text_of
from capa_xl.workbook.reading.written_names import NOTHING
from capa_xl.workbook.reading.written_units import Measured, is_same_unit

_NUMBER = re.compile(r"([-+]?(?:\d[\d,]*)?(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*(%|‰|[^\d\s.,%]{0,6})")

_FIGURES = "零一二三四五六七八九"
_SPELLED = re.compile(
    r"(?P<tens>(?P<ten>[一二三四五六七八九])?十)?(?P<ones>[一二两三四五六七八九])?\s*(?P<unit>[天日次件人份项]?)"
)
"""Below a hundred, with a unit behind which no other word is meant."""


def read_number(value: Value, col: Column, context: ColumnContext) -> Converted:
    """A number, `Measured` where a unit stands behind it; FD04 where it is none, or none of the column's range."""
    number, notes = _any_number(value, col, context)
    if number is None or col.bounds is None or col.bounds[0] <= number <= col.bounds[1]:
        return number, notes
    return _no_number(value, col, f"从 {col.bounds[0]} 到 {col.bounds[1]} 的数字")


def _any_number(value: Value, col: Column, context: ColumnContext) -> Converted:
    if isinstance(value, float):
        return _bare(value, value, col, context) if math.isfinite(value) else _no_number(value, col)
    if not isinstance(value, str):
        return _no_number(value, col)
    text = unicodedata.normalize("NFKC", text_of(value))
    if not text or text in NOTHING:
        return None, ()
    if col.key == "progress" and family_of(text, {}) in (STATED_CLOSED, STATED_DONE):
        return 100.0, ()  # 已完成 among 80 % and 50 %
    match = _NUMBER.fullmatch(text if re.search(r"\d", text) else _with_figures(text))
    if not match or not re.search(r"\d", match[1]):
        return _no_number(value, col)
    number = float(match[1].replace(",", ""))
    if col.measured and match[2]:
        return Measured.of(number, match[2], text), ()
    if match[2] and col.headed_unit and not is_same_unit(match[2], col.headed_unit):
        return _no_number(value, col, col.counts)  # 两周 or 2个月 are no 2 days
    number = _scaled(number, match[2], context)
    if not math.isfinite(number):
        return _no_number(value, col)
    return (number, ()) if match[2] else _bare(number, value, col, context)


def _with_figures(text: str) -> str:
    """三十天 as 30天; what may mean several numbers (三五天) or none (一般) stays as it is."""
    spelled = _SPELLED.fullmatch(text)
    if spelled is None or not (spelled["tens"] or spelled["ones"]):
        return text
    tens = (_FIGURES.index(spelled["ten"]) if spelled["ten"] else 1) if spelled["tens"] else 0
    ones = _FIGURES.index(spelled["ones"].replace("两", "二")) if spelled["ones"] else 0
    return f"{10 * tens + ones}{spelled['unit']}"


def _bare(number: float, value: Value, col: Column, context: ColumnContext) -> Converted:
    """A number without a unit, as it stands; below 进度 one up to 1 may be a share or a percentage.

    Below our own heading, which asks for 0 to 100, 1 is one per cent, and nobody can tell whether 0.5 is half of it or
    half of the work (FD04). Below another's (完成率, % done) stand shares; an answer of a slip is asked there too.
    """
    if col.key != "progress" or not 0 < number <= 1 or (context.is_own_heading and number == 1):
        return number, ()
    if context.is_own_heading or context.is_answer:
        return None, (asked_percentage(number, col, value),)
    return round(number * 100, 10), ()


def asked_percentage(number: float, col: Column, value: Value | None = None) -> Note:
    """FD04 of a number up to 1 that may be a share, 0.5 for 50, or a percentage, 0.5 for 0.5%.

    Args:
        value: The cell, where it holds the number as text.
    """
    share = f"{round(number * 100, 10):.15g}"
    return _fault(number if value is None else value, col, f"明确的百分数（{share} 或 {number:.15g}%）")


def _scaled(number: float, unit: str, context: ColumnContext) -> float:
    """`95%` means 0.95, as when Excel is given it, but 95 in a column that counts percent already."""
    if unit == "%" and not context.counts_percent:
        return number / 100
    return number / 1000 if unit == "‰" else number


def _no_number(value: Value, col: Column, wanted: str = "数字") -> Converted:
    return None, (_fault(value, col, wanted),)


def _fault(value: Value, col: Column, wanted: str) -> Note:
    facts = {"c": col.header, "v": quoted(value), "only": wanted}
    return Note("FD04", facts, Severity.ERROR, unreadable=True)


def read_count(value: Value, col: Column, context: ColumnContext) -> Converted:
    """A whole number; FD04 where it is none."""
    number, notes = _any_number(value, col, context)
    if number is None:
        return None, notes
    if not float(number).is_integer() or not col.takes_count(number):
        return _no_number(value, col, col.counts)
    return int(number), notes
