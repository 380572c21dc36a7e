"""A reminder that has come, before it is known who gets it."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from capa_xl.model.action import Action
from capa_xl.model.milestones import Milestone


class DueReminder(Struct, frozen=True):
    """One milestone of one item that has come, before names are turned into recipients.

    Attributes:
        number: 编号 of the action or need; "" for Q1.
        due_version: The deadline it speaks of, ISO; "" where there is none.
        due_on: The same as a date.
        acting: Names of those who must act.
        informed: Names of those who are told.
        what: What is to be done next, in Chinese.
        sheet: Sheet of the cell; "" for the tracker, whose cells follow from the next step.
        missed: What people call it that its limit is over, to the minute: 响应超时; "" while it isn't, and where the
            milestone's own word says it.
        apart: Least time from the day somebody really heard of the same to this one's planned day.
        short_notice: M1 with less than a month of lead.
    """

    number: str
    milestone: Milestone
    due_version: str
    occurrence: str
    planned_on: date
    due_on: date | None
    acting: tuple[str, ...]
    what: str
    informed: tuple[str, ...] = ()
    action: Action | None = None
    title: str = ""
    department: str = ""
    sheet: str = ""
    cell: str = ""
    apart: timedelta = timedelta(0)
    short_notice: bool = False
    missed: str = ""
