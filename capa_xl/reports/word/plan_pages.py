"""Where the needs declined stand in a plan: at the end of its upright pages, or at the beginning of the wide ones.

The upright pages end where the list of items begins, whatever stands on the last of them. Rows of the needs that would
stand there nearly alone go on to the wide pages, on which the items follow them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from capa_xl.reports.word.brief_cells import MOST_LINES, lines_of
from capa_xl.reports.word.line_widths import CELL_EDGES

DECLINED: Final = (2.42, 1.94, 4.04, 1.3, 3.19, 1.57, 2.14)
DECLINED_ACROSS: Final = (2.44, 4.2, 7.5, 1.5, 5.7, 1.8, 2.16)
VERSIONS: Final = (1.1, 3.53, 2.14, 1.3, 1.6, 3.54, 2.14, 1.25)
CHANGES: Final = (1.42, 2.14, 7.46, 5.58)
GOALS: Final = (5.4, 2.1, 2.2, 2.9, 3.8)
NAMES: Final = (1.75, 2.95, 1.75, 2.95)
SOURCES: Final = (5.2, 2.1, 1.4, 1.4, 1.4, 1.7, 3.8)
"""Shares of the columns, as the template has them."""

_WIDTH: Final = 9412
_PAGE: Final = 14571
"""Between the margins of an upright page, in twentieths of a point as all that follows."""
_WORTH_A_PAGE: Final = _PAGE / 3
_UNSURE: Final = _PAGE / 33
"""A list that would end so near the foot of a page may not stand on it."""
_FIXED: Final = 13300
"""Title, headings and heads of tables, signatures, and what is lost where a page ends within a table."""
_DENSE, _TIGHT = 18, 21
"""Half points of the letters in a table, and of a paragraph."""
_HEAD: Final = 800
"""A heading and the head of its table."""
_LINE, _ROW, _TIGHT_LINE, _INDENT = 250, 90, 377, 420


def stands_across(context: Mapping[str, Any]) -> bool:
    """Whether the needs declined go on to the wide pages: they would be all there is on an upright one, and little.

    Args:
        context: Of a plan; its texts as they are printed.
    """
    declined = context["declined"]
    if not any(context[kind] for kind in ("corrective", "preventive", "unclassified")):
        return False
    begin = _FIXED + _above(context)
    if not declined:
        return _is_sentence_alone(begin - (0 if context["goals"] else _HEAD), len(context["short_names"]))
    end = begin + _UNSURE + _rows(((row["department"], row["description"], row["evaluation_note"]) for row in declined),
                        DECLINED, (1, 2, 4), MOST_LINES)  # fmt: skip
    return begin // _PAGE < end // _PAGE and end % _PAGE < _WORTH_A_PAGE


def _is_sentence_alone(begin: float, names: int) -> bool:
    """Whether an upright page would have but the sentence that none was declined, and a few whole names.

    Args:
        begin: Where a first row would stand.
        names: Rows of whole names.
    """
    end = begin + (_HEAD + names * (_ROW + 2 * _LINE) if names else 0)
    return (begin - _HEAD - 2 * _UNSURE) // _PAGE < end // _PAGE and end % _PAGE < _WORTH_A_PAGE


def _above(context: Mapping[str, Any]) -> float:
    """What stands above them and isn't the same in every plan."""
    aims = (line for key in ("goal", "requirement") for line in str(context["plan"][key] or "").splitlines())
    return (
        _rows(((row["version"], row["author"], row["approver"]) for row in context["versions"]), VERSIONS, (0, 1, 5))
        + _rows(((row["what"], row["approval"]) for row in context["changes"]), CHANGES, (2, 3))
        + sum(_TIGHT_LINE * lines_of(line, _WIDTH - _INDENT, _TIGHT) for line in aims)
        + _rows(((row["goal"], row["department"]) for row in context["goals"]), GOALS, (0, 4), MOST_LINES)
        + _rows(((row["note"],) for row in context["sources"]), SOURCES, (6,))
    )


def _rows(
    rows: Iterable[Sequence[str | None]], shares: Sequence[float], columns: Sequence[int], most: int = _PAGE
) -> float:
    """Height of the rows of a table whose texts in these columns may take more lines than one, and `most` at most."""
    rooms = [_WIDTH * shares[at] / sum(shares) - CELL_EDGES for at in columns]
    return sum(_ROW + _LINE * min(max(map(_lines, row, rooms)), most) for row in rows)


def _lines(text: str | None, room: float) -> int:
    return lines_of(text or "", room, _DENSE)
