"""What stands beside the columns, lines and points of a native chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from capa_xl.model import palette
from capa_xl.model.charts import BAR_KINDS, LINE, POINTS, Chart, Series
from capa_xl.model.plain_number import plain_number
from capa_xl.reports.xml_text import one_line

Font = Mapping[str, Any]

MOST_OF_A_NAME: Final = 24
"""Characters of a category or of words at a point, which need room."""
_ROOM_FOR_WORDS: Final = 3
"""Categories before a point that leave room for words left of it."""


def labels_of(chart: Chart, one: Series, font: Font) -> dict[str, Any]:
    """Values beside their points, or words beside some of them, as xlsxwriter wants them; {} for none."""
    if one.texts:
        texts = (one_line(text, MOST_OF_A_NAME) for text in one.texts)
        return _written(texts, "outside_end" if one.kind in BAR_KINDS else _beside(one), font)
    total, counts = _line_of_totals(chart), next((two for two in chart.series if two.labels), None)
    if total is not None and counts is not None:
        return _of_a_pareto(counts, font, is_line=one is total) if one in (total, counts) else {}
    if one.labels:
        return {"data_labels": {"value": True, "font": dict(font), "num_format": chart.number_format}}
    return {}


def _of_a_pareto(counts: Series, font: Font, *, is_line: bool) -> dict[str, Any]:
    """Counts above their columns; the line begins at the top of the first column, so it carries that one's count.

    Inside they would hide a low column, or be struck through by its edge.
    """
    shown = (plain_number(value or 0) if (at == 0) == is_line else "" for at, value in enumerate(counts.values))
    return _written(shown, "above" if is_line else "outside_end", font)


def _written(texts: Iterable[str], where: str, font: Font) -> dict[str, Any]:
    """One text a point, none where it is empty; beside a line on white, which gridlines don't strike through."""
    ground = {"fill": {"color": f"#{palette.WHITE}"}} if where in ("right", "left") else {}
    custom = [{"value": text, "font": dict(font), **ground} if text else {"delete": True} for text in texts]
    return {"data_labels": {"value": True, "custom": custom, "position": where, "font": dict(font)}}


def _line_of_totals(chart: Chart) -> Series | None:
    return next((one for one in chart.series if one.second_axis and one.kind == LINE), None)


def _beside(line: Series) -> str:
    """Behind the end of a line; left of a point, clear of the line that goes on, above where the axis stands close."""
    if line.kind != POINTS:
        return "right"
    first = next((at for at, words in enumerate(line.texts) if words), 0)
    return "left" if first >= _ROOM_FOR_WORDS else "above"
