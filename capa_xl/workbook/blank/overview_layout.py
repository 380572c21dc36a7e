"""The layout of 总览: where each figure stands, and what a cell of it is.

Thirty columns, wide and narrow in turn: a pair holds a count and, in its right corner, how many of them are late.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from enum import IntEnum

from msgspec import Struct

from capa_xl.model.overview import (
    OVERVIEW_DEPARTMENTS,
    OVERVIEW_LINES,
    OVERVIEW_MONTHS,
    OVERVIEW_NAMES,
    Overview,
)
from capa_xl.workbook.blank.place import Place

LiveValue = str | int | date
Formula = Callable[[Place], str]

LAYOUT_NAME = "总览版式"
"""A defined name that says which layout a workbook's 总览 has; without it, it is the first one."""
LAYOUT = 2
TURN_NAME = "总览待办部门"
"""A defined name that says the heat map's counts are values by who is waited for; older ones count by columns."""
APART_NAME = "总览部门简称"
"""A defined name that says long departments take their short forms from a table below; older ones cut each alone."""

ORDER_NAME = "总览部门次序"
"""A defined name that says the heat map's departments are values, the busiest first; older ones follow 字典."""


class OverviewEdition(IntEnum):
    """Which formulas a 总览 of this layout has."""

    COUNTS_BY_COLUMN = 1
    COUNTS_BY_TURN = 2
    TELLS_NAMES_APART = 3
    BUSIEST_FIRST = 4


NEWEST = max(OverviewEdition)


def edition_of(defined_names: Collection[str]) -> OverviewEdition:
    """The edition of a workbook's 总览, by the names it defines."""
    told = {
        ORDER_NAME: OverviewEdition.BUSIEST_FIRST,
        APART_NAME: OverviewEdition.TELLS_NAMES_APART,
        TURN_NAME: OverviewEdition.COUNTS_BY_TURN,
    }
    return next((edition for name, edition in told.items() if name in defined_names), OverviewEdition.COUNTS_BY_COLUMN)


COMPANY, TODAY, UPDATED, AGE, NOTE = "R1", "C2", "H2", "L2", "R2"
TILES = ("B", "G", "L", "Q", "V", "AA")
TILE_ENDS = ("F", "K", "P", "U", "Z", "AE")
TILE_TITLE_ROW, TILE_NUMBER_ROW, TILE_NOTE_ROW = 4, 5, 6
LIST_TITLE_ROW, LIST_HEADER_ROW, LIST_ROW = 8, 9, 10
LEFT_LIST, LEFT_ENDS = ("B", "D", "H", "J", "L", "N"), ("C", "G", "I", "K", "M", "P")
RIGHT_LIST, RIGHT_ENDS = ("R", "T", "X", "Z", "AB", "AD"), ("S", "W", "Y", "AA", "AC", "AE")
"""编号, 问题描述, 责任部门, 待办责任人, 期限, days."""
HEAT_TITLE_ROW, HEAT_HEADER_ROW, HEAT_ROW = 21, 22, 23
HEAT_NAME, HEAT_NAME_END = "B", "E"
HEAT_FIRST = 6
"""1-based column of the first stage's count; its late ones stand in the next column, then the next stage."""
HEAT_TOTAL, HEAT_LATE_TOTAL = "AD", "AE"
OTHERS_ROW = HEAT_ROW + OVERVIEW_DEPARTMENTS
SUM_ROW = OTHERS_ROW + 1
FLOW_TITLE_ROW, FLOW_HEADER_ROW, FLOW_ROW = SUM_ROW + 2, SUM_ROW + 3, SUM_ROW + 4
FLOW = ("R", "T", "V", "X", "Z", "AB", "AD")
FLOW_ENDS = ("S", "U", "W", "Y", "AA", "AC", "AE")
"""月份, 登记, 关闭, P, D, C, A."""
LAST_ROW_SHOWN = FLOW_ROW + OVERVIEW_MONTHS - 1
FIGURES_ROW = LAST_ROW_SHOWN + 5
"""First row of the figures that the lists stand on; with the words above them they are hidden."""
LAST_FIGURES_ROW = FIGURES_ROW + max(OVERVIEW_LINES, OVERVIEW_DEPARTMENTS, OVERVIEW_NAMES) - 1
LATE_KEY, LATE_DAYS, LATE_AT, SOON_KEY, SOON_DAYS, SOON_AT = "B", "D", "F", "H", "J", "L"
HORIZON, DEPARTMENT, REFRESHED = "N", "R", "V"
SHORT_NAME, LONG_NAME = "X", "AC"
"""The table of short forms; the whole name stands last, where it has room."""
BASE = f'IF({UPDATED}="",{TODAY},{UPDATED})'
"""The day the figures count from: 更新时间, before any refresh today."""
LIST_ROWS = range(LIST_ROW, LIST_ROW + OVERVIEW_LINES)
DEPARTMENT_ROWS = range(HEAT_ROW, HEAT_ROW + OVERVIEW_DEPARTMENTS)
NAME_ROWS = range(FIGURES_ROW, FIGURES_ROW + OVERVIEW_NAMES)


class OverviewCell(Struct, frozen=True):
    """One cell of 总览 that refresh keeps true.

    Attributes:
        at: A1 address.
        formula: The formula without its equals sign, for a tracker's layout; None where the value itself is written.
        value: What the cell shows for an `Overview`.
    """

    at: str
    formula: Formula | None
    value: Callable[[Overview], LiveValue]


def literal(formula: str) -> Formula:
    """A formula that doesn't look at the tracker."""
    return lambda _: formula


def in_status(place: Place, status: str) -> str:
    """How many rows are in a status."""
    return f'COUNTIF({place.range("status")},"{status}")'


def shortened(text: str, longest: int) -> str:
    """The formula of a text no longer than that many characters, its end an ellipsis where something is cut."""
    return f'IF(LEN({text})>{longest},LEFT({text},{longest - 1})&"…",{text})'


def shorten(text: str, longest: int) -> str:
    """What that formula gives."""
    return text[: longest - 1] + "…" if len(text) > longest else text
