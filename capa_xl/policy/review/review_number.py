"""The review that a paper is the input of, as 《管理评审》 has it: its day and its number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from capa_xl.model.period import Period
from capa_xl.model.records import Decision
from capa_xl.model.review import ReviewDay
from capa_xl.policy.register_view import RegisterView


def review_of(view: RegisterView, period: Period, named_on: date | None = None) -> ReviewDay:
    """The review of a period: on the day that was named, else of the one registered after it.

    Where none is registered, the working day after the period is assumed, or T when that is past.
    """
    on = named_on or review_day(registered_reviews(view), period)
    if on is not None:
        return ReviewDay(on, is_assumed=False)
    return ReviewDay(max(view.calendar.forward(period.end + timedelta(days=1)), view.on), is_assumed=True)


def registered_reviews(view: RegisterView) -> tuple[Decision, ...]:
    """The rows of 管理评审, those of archived years and of meetings to come too."""
    registers = (view.register, *(year.register for year in view.past))
    return tuple(row for register in registers if register.decisions for row in register.decisions.records)


def review_number(reviews: Iterable[Decision], on: date) -> str:
    """评审编号 of the review on a day; "" where none is registered: what it will be called nobody has said yet."""
    return next((row.number for row in reviews if row.number and row.on == on), "")


def review_day(reviews: Iterable[Decision], period: Period) -> date | None:
    """Day of the first review registered after a period, before as long a time has passed again; None without one."""
    length = period.end - period.start
    days = (row.on for row in reviews if row.number and row.on is not None and row.on > period.end)
    return min((day for day in days if day - period.end <= length), default=None)
