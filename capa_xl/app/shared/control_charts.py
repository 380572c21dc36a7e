"""The control and run charts of 质量数据 as values: centre, limits, signals, and a title that says what was found."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from capa_xl.analysis.signals import RULES, beyond_words
from capa_xl.model import palette
from capa_xl.model.charts import CENTRE, LIMIT, LINE, Chart, Series, at_its_end, fits_title
from capa_xl.model.cut_text import cut_text
from capa_xl.model.month_grid import month_grid
from capa_xl.model.plain_number import Scale, scale_of
from capa_xl.model.row_heights import text_width
from capa_xl.model.span_text import span_text
from capa_xl.model.statistics import ControlSeries, Point, Signal

_KINDS = {"p": "p 图", "u": "u 图", "c": "c 图", "imr": "I 图", "run": "趋势图"}
_COUNTING = frozenset("puc")
"""Charts whose values can't be below 0: a lower limit of 0 is none, and would lie on the axis."""
_WIDTH_OF_A_NOTE = 62
"""Columns of one line below a chart; a second one would lie on the names of the periods."""
_ROOMS = (*((most, 24) for most in range(12, 5, -1)), *((6, more) for more in range(22, 3, -2)))
"""Characters of a series' department and of its indicator in a title; the department gives way first."""
_LEAST_APART = 0.06
"""Share of the axis between two lines whose names stand clear of each other."""
_LEAST_REPEATED = 2
"""Characters of an object at the head of its indicator that are no chance."""


def control_chart(series: ControlSeries) -> Chart:
    """Values as a line with centre and limits, each named at its end; points of a signal are marked.

    The lines go on past the last value, so that their names stand clear of it; below them, where the limits come from.
    Months without data have their place on the axis. Large figures are drawn in 万 and 亿, as their axis says.
    """
    periods = month_grid(tuple(point.period for point in series.points))
    scale = _scale(series)
    references = _references(series, periods, scale)
    return Chart(
        title=_control_title(series),
        categories=(*periods, *(("",) if periods else ())),
        series=tuple(_scaled(one, scale) for one in _named_apart((_measured(series, periods), *references))),
        x_title=_on_one_line(series.note),
        y_title=_y_title(series, scale),
        number_format="0.0%" if series.is_in_percent else "General",
        is_counted=not series.is_share and all(point.value == int(point.value) for point in series.points),
    )


def _y_title(series: ControlSeries, scale: Scale) -> str:
    if series.is_share:
        return "不合格率"
    if series.unit:
        return scale.word + series.unit
    name = "比率" if series.chart == "u" else "数值"
    return f"{name}（{scale.word}）" if scale.word else name


def _scale(series: ControlSeries) -> Scale:
    return Scale() if series.is_share else scale_of(_largest(series))


def _largest(series: ControlSeries) -> float:
    drawn = (figure for one in series.points for figure in (one.value, one.centre, one.ucl, one.lcl))
    return max((abs(figure) for figure in drawn if figure is not None), default=0.0)


def _scaled(one: Series, scale: Scale) -> Series:
    return replace(one, values=tuple(None if value is None else value / scale.size for value in one.values))


def _on_one_line(note: str) -> str:
    """The first clauses of a note, as many as one line holds."""
    shown, *clauses = note.split("；")
    for clause in clauses:
        if text_width(f"{shown}；{clause}") > _WIDTH_OF_A_NOTE:
            break
        shown = f"{shown}；{clause}"
    return shown


def _control_title(series: ControlSeries) -> str:
    if not series.points:
        return _titled(series.name, "")
    first, last, signal = series.points[0].period, series.points[-1].period, _worst(series)
    told, name = (_told_together(series, signal), signal.name) if signal else (frozenset[str](), "")
    if signal and len(told) > len(signal.periods):
        name = beyond_words(len(told))
    found = f"{signal.periods[0]} 起 {name}" if signal else "未见信号"
    others = len(_hit(series) - told)
    marked = f"，另有 {others} 个信号点" if others else ""
    said = f"：{found}{marked}（{_KINDS[series.chart]}，{span_text(first, last)}，n={series.n}）"
    return _titled(series.name, said)


def _told_together(series: ControlSeries, worst: Signal) -> frozenset[str]:
    """The periods of the worst signal; of points beyond a limit all of them, whether beside each other or not."""
    if worst.rule != RULES[0]:
        return frozenset(worst.periods)
    return frozenset(period for signal in series.signals if signal.rule == worst.rule for period in signal.periods)


def _titled(name: str, said: str) -> str:
    """A series' name, which begins with its department, cut so far that what is said of it is read whole."""
    department, _, indicator = name.partition(" ")
    indicator = said_once(indicator)
    for most, more in _ROOMS:
        title = f"{cut_text(department, most)} {cut_text(indicator, more)}".rstrip() + said
        if fits_title(title):
            break
    return title


def said_once(text: str) -> str:
    """An object and its indicator without what that repeats of it: 供方甲专线 专线修复时间 → 供方甲专线修复时间."""
    for blank in (at for at, letter in enumerate(text) if letter == " "):
        thing, indicator = text[:blank], text[blank + 1 :]
        for begin in range(len(thing) - _LEAST_REPEATED + 1):
            if indicator.startswith(thing[begin:]):
                return thing + indicator[len(thing) - begin :]
        first = thing.partition(" ")[0]
        if len(first) >= _LEAST_REPEATED and indicator.startswith(f"{first} "):
            return f"{thing} {indicator[len(first) + 1 :]}"
    return text


def _hit(series: ControlSeries) -> frozenset[str]:
    """The periods of every signal."""
    return frozenset(period for signal in series.signals for period in signal.periods)


def _measured(series: ControlSeries, periods: tuple[str, ...]) -> Series:
    """The values; the points of every signal stand out, and where the worst began is written."""
    marked = tuple(at for at, period in enumerate(periods) if period in _hit(series))
    found, signal = {point.period: point.value for point in series.points}, _worst(series)
    values = (*map(found.get, periods), *((None,) if periods else ()))
    words = signal.periods[0] if signal else ""
    at = periods.index(words) if words else 0
    return Series("实测", values, LINE, palette.ACCENT, marked=marked, mark_words=words, mark_words_at=at)


def _worst(series: ControlSeries) -> Signal | None:
    """The first signal of the rule that says most: a point beyond a limit before a run."""
    return min(series.signals, key=lambda signal: (RULES.index(signal.rule), signal.periods[0]), default=None)


def _references(series: ControlSeries, periods: tuple[str, ...], scale: Scale) -> Iterator[Series]:
    """Centre and limits, which each month has."""
    points = tuple(_held(series.points, periods)) if series.points else ()
    figure = _figures(series, scale)
    yield _reference("中位数" if series.chart == "run" else "CL", CENTRE, [point.centre for point in points], figure)
    if series.chart != "run":
        yield _reference("UCL", LIMIT, [point.ucl for point in points], figure)
        if series.chart not in _COUNTING or any(point.lcl for point in points):
            yield _reference("LCL", LIMIT, [point.lcl for point in points], figure)


def _named_apart(drawn: tuple[Series, ...]) -> Iterator[Series]:
    """The lines, of which one without room for its name beside another's has none: limits name themselves first."""
    values = [value for one in drawn for value in one.values if value is not None]
    least = _LEAST_APART * (max(values, default=0.0) - min(values, default=0.0))
    named: list[Series] = []
    for one in sorted((one for one in drawn if one.texts), key=lambda one: one.kind == CENTRE):
        if all(abs((one.values[-1] or 0) - (other.values[-1] or 0)) >= least for other in named):
            named.append(one)
    yield from (one if one in named or not one.texts else replace(one, texts=()) for one in drawn)


def _held(points: Sequence[Point], periods: tuple[str, ...]) -> Iterator[Point]:
    """The point of each period; the one before for a month without data."""
    found, held = {point.period: point for point in points}, points[0]
    for period in periods:
        held = found.get(period, held)
        yield held


def _reference(name: str, kind: str, values: list[float | None], figure: Callable[[float], str]) -> Series:
    last = next((value for value in reversed(values) if value is not None), None)
    drawn = (*values, *values[-1:])
    said = name if last is None else f"{name} {figure(last)}"
    return Series(name, drawn, kind, palette.INK, texts=at_its_end(drawn, said))


def _figures(series: ControlSeries, scale: Scale) -> Callable[[float], str]:
    """Says a figure as its lines' names do: to two digits, shares to one, and small ones to more, so that none is 0."""
    least, kind = (1, "%") if series.is_in_percent else (2, "f")
    shown = _largest(series) / scale.size * (100 if series.is_in_percent else 1)
    digits = max(least, 1 - math.floor(math.log10(shown))) if shown else least
    return lambda value: f"{value / scale.size:.{digits}{kind}}"
