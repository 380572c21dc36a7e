"""What the end of a year does to a workbook: which actions go into the archive, which stay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from capa_xl.model.action import Action
from capa_xl.model.replacements import LeftToPeople

TRACKER = "tracker"
"""Attribute of `Register` that holds the actions themselves."""


class Going(Struct, frozen=True):
    """One action that goes into the archive.

    Attributes:
        ended_on: When it was closed, cancelled or passed to a follow-up.
    """

    number: str
    row: int
    status: str
    ended_on: date


class YearEnd(Struct, frozen=True):
    """What the end of a year does to a workbook.

    Attributes:
        before: What ended before this day goes.
        rows: Attribute of `Register` → rows that go; the tracker's and those of its child sheets.
        left: Ended actions that nobody can move as they stand.
        carried: Open actions registered before the day: 上年结转.
        to_write: What 计划编号 says once the new year's plan lists them too → their 编号; empty where no plan is kept.
        open: How many are open in all.
        later: Ended on the day or after it; they stay for the next time.
        set_aside: Rows that can't be read as an action; they stay.
    """

    before: date
    going: tuple[Going, ...]
    rows: dict[str, tuple[int, ...]]
    left: tuple[LeftToPeople, ...]
    carried: tuple[Action, ...]
    open: int
    later: int
    set_aside: int = 0
    to_write: Mapping[str, tuple[str, ...]] = {}
