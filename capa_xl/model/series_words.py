"""What the control charts of 质量数据 judged: the series there are, those with a signal, those without limits."""

from __future__ import annotations

from collections.abc import Sequence

from capa_xl.model.statistics import LEAST_POINTS, WITHOUT_LIMITS, ControlSeries


def series_words(found: Sequence[ControlSeries]) -> str:
    """A Chinese sentence without its stop; a series without limits can only show a run or a trend."""
    struck, unlimited = (
        sum(bool(one.signals) for one in found),
        sum(one.chart in WITHOUT_LIMITS for one in found),
    )
    said = f"质量数据 {len(found)} 个序列，{struck} 个有信号"
    few = f"；{unlimited} 个画不出控制限（不足 {LEAST_POINTS} 点，或数据没有变化），只看连续和趋势，有没有超出没有判"
    return said + few if unlimited else said
