"""What the analysis found, in a few lines: signals and what is proposed; the rest stands in the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from capa_xl.model.analysed import ALIKE, Proposal, Recurrence
from capa_xl.model.pareto_words import MOST_NAMED, vital_few, vital_words
from capa_xl.model.plain_number import plain_number
from capa_xl.model.series_words import series_words
from capa_xl.model.span_text import span_text
from capa_xl.model.statistics import ControlSeries, Pareto


def analysis_lines(
    series: Sequence[ControlSeries],
    paretos: Sequence[Pareto],
    recurrences: Sequence[Recurrence],
    proposals: Sequence[Proposal],
) -> Iterator[str]:
    """Series with a signal, the vital few, repeats by their basis, and the proposals."""
    struck = [one for one in series if one.signals]
    yield f"{series_words(series)}。"
    for one in struck:
        yield f"  {one.name}（n={one.n}）：" + "；".join(
            f"{signal.name}（{signal.rule}）{span_words(signal.periods)}" for signal in one.signals
        )
    for table in paretos:
        yield f"{table.by}排列图（n={plain_number(table.n)}）：{vital_words(table)}{_counts(table)}"
    sure = [one for one in recurrences if one.basis != ALIKE]
    yield f"重复发生 {len(sure)} 对，另有描述相似 {len(recurrences) - len(sure)} 对（仅供参考）。"
    yield f"尚无分析记录的信号 {len(proposals)} 个" + ("，建议：" if proposals else "。")
    for proposal in proposals:
        yield f"  {proposal.description}"


def _counts(table: Pareto) -> str:
    """The vital few that the sentence before doesn't name, with their counts."""
    vital = vital_few(table)
    return (
        f"：{'、'.join(f'{row.category} {plain_number(row.count)}' for row in vital)}"
        if len(vital) > MOST_NAMED
        else ""
    )


def span_words(periods: Sequence[str]) -> str:
    """From the first to the last, or the one there is."""
    return span_text(periods[0], periods[-1])
