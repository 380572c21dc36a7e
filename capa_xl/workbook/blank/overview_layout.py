"""The layout of 总览: where each figure stands, and what a formula cell is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from capa_xl.model.overview import OVERVIEW_DEPARTMENTS, Overview
from capa_xl.workbook.blank.place import Place

Value = str | int | date
Formula = Callable[[Place], str]

TODAY, UPDATED, AGE = "C2", "J2", "M2"
TILES = ("B", "H", "N", "T", "Z")
TILE_NUMBER_ROW, TILE_NOTE_ROW = 5, 6
LIST_TITLE_ROW, LIST_HEADER_ROW, LIST_ROW = 8, 9, 10
LEFT_LIST = ("B", "D", "I", "K", "M", "O")
RIGHT_LIST = ("R", "T", "Y", "AA", "AC", "AE")
WAITING_HEADER_ROW, WAITING_ROW = 22, 23
WAITING_NAME, WAITING_FIRST, WAITING_TOTAL = "B", 4, "O"
OTHERS_ROW = WAITING_ROW + OVERVIEW_DEPARTMENTS
SUM_ROW = OTHERS_ROW + 1
FIGURES_ROW = 42
"""First row of the figures the lists and charts stand on."""
MONTH, NEW, CLOSED = "B", "D", "E"
DEPARTMENT, OPEN, LATE = "G", "I", "J"
LATE_DAYS, LATE_AT, SOON_DAYS, SOON_AT, HORIZON = "L", "M", "N", "O", "Q"
BASE = f'IF({UPDATED}="",{TODAY},{UPDATED})'
"""The day the figures count from: 更新时间, before any refresh today."""


@dataclass(frozen=True, slots=True)
class OverviewCell:
    """One formula cell of 总览.

    Attributes:
        at: A1 address.
        formula: The formula without its equals sign, for a tracker's layout.
        value: What the formula yields for an `Overview`.
    """

    at: str
    formula: Formula
    value: Callable[[Overview], Value]


def literal(formula: str) -> Formula:
    """A formula that doesn't look at the tracker."""
    return lambda _: formula


def in_status(status: str) -> Formula:
    """How many rows are in a status."""
    return lambda place: f'COUNTIF({place.range("status")},"{status}")'
