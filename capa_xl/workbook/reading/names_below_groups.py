"""Whether the row below a heading holds names of its columns: by where its texts stand, not by what they say.

完成 | 未完成 below 进展情况, Baseline | Forecast below Target date: words that nobody listed are names all the same
where they stand below headings that span several columns, and nowhere else. A row of values fills other columns too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from capa_xl.a1 import Range

_LONGEST = 20
_FIGURE = re.compile(r"\d")
_TICKS = frozenset("√✓✔×✗✕○●△▲◎VvXxYyNn")


def are_names_below(
    texts: Sequence[Sequence[str]], is_blank: Sequence[bool], row: int, merged: Sequence[Range]
) -> bool:
    """True where the row below `row` only names the columns of the headings that span several.

    Args:
        texts: The stripped texts of the sheet's first rows, from row 1.
        is_blank: Of each column whether the row below holds no value that is no text.
        row: 1-based row of the upper headings.
        merged: The sheet's merged ranges.
    """
    if row >= len(texts):
        return False
    upper, lower = texts[row - 1], texts[row]
    spans = _spans(upper, row, merged)
    below = [{lower[at - 1] for at in span if at <= len(lower) and lower[at - 1]} for span in spans]
    grouped = {at for span in spans for at in span}
    elsewhere = [at for at, text in enumerate(lower, 1) if text and at not in grouped and text != upper[at - 1]]
    is_named = any(len(names) > 1 for names in below) and all(map(_is_a_name, set().union(*below)))
    return is_named and not elsewhere and all(is_blank)


def spread(upper: Sequence[str], row: int, merged: Sequence[Range]) -> list[str]:
    """The upper row with every merged heading repeated over its columns; others stand over their own alone."""
    over = list(upper)
    for span in _spans(upper, row, merged):
        for at in span:
            if at <= len(over):
                over[at - 1] = upper[span[0] - 1]
    return over


def _spans(upper: Sequence[str], row: int, merged: Sequence[Range]) -> list[range]:
    """The columns of every heading that is merged or written again over several, in that row alone."""
    spans = [
        range(left, right + 1)
        for top, left, bottom, right in merged
        if top == bottom == row and right > left <= len(upper) and upper[left - 1]
    ]
    again = [range(at, at + 2) for at, (one, other) in enumerate(pairwise(upper), 1) if one and one == other]
    return spans + again


def _is_a_name(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and text not in _TICKS and _FIGURE.search(text) is None
