"""Working days: sheet 节假日 first, then the State Council's calendar, else Monday to Friday less fixed holidays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)
_FIXED_DAYS_OFF = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Month and day of the statutory holidays that fall on the same date in every year (since 2025 with 2 May)."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked. A value: the same table gives the same answers.

    Attributes:
        exceptions: Days that differ from Monday to Friday: True work, False rest.
        unknown_years: The asked years that only Monday to Friday answers for, ascending.
    """

    exceptions: Mapping[date, bool]
    unknown_years: tuple[int, ...] = ()
    _steps: dict[tuple[date, int], date] = field(default_factory=dict, compare=False, repr=False)
    _backs: dict[date, date] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, working_days: Mapping[date, bool], years: Iterable[int] = ()) -> WorkCalendar:
        """The calendar of sheet 节假日 (True 班, False 休) over the published one.

        Args:
            working_days: Rows of 节假日; each decides its own day, and one is enough for its year to count as kept.
            years: Years the register's dates reach; those nobody has published yet become `unknown_years`.
        """
        published = _published()
        known = {day.year for day in published} | {day.year for day in working_days}
        return cls({**published, **working_days}, tuple(sorted(set(years) - known)))

    def reaching(self, years: Iterable[int]) -> WorkCalendar:
        """The same calendar, asked for these years too."""
        known = {day.year for day in self.exceptions}
        return WorkCalendar(self.exceptions, tuple(sorted({*self.unknown_years, *years} - known)))

    @property
    def notes(self) -> tuple[str, ...]:
        """One warning per year that nobody has published or entered."""
        return tuple(
            f"注意：{year} 年没有节假日安排，按周一至周五和固定假日推算 → 公布后请在《节假日》登记 {year} 年的休和班"
            for year in self.unknown_years
        )

    def is_working(self, day: date) -> bool:
        """True when people work on that day."""
        known = self.exceptions.get(day)
        if known is not None:
            return known
        return day.weekday() < 5 and not (day.year > last_published_year() and (day.month, day.day) in _FIXED_DAYS_OFF)

    def back(self, day: date) -> date:
        """The day itself, or the working day before it; ten thousand rows ask for few days."""
        if day not in self._backs:
            found = day
            while not self.is_working(found):
                found -= _DAY
            self._backs[day] = found
        return self._backs[day]

    def forward(self, day: date) -> date:
        """The day itself, or the working day after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def add(self, day: date, days: int) -> date:
        """The `days`-th working day after `day`; `day` itself for 0."""
        key = (day, days)
        if key not in self._steps:
            self._steps[key] = self._walk(day, days)
        return self._steps[key]

    def _walk(self, day: date, days: int) -> date:
        while days > 0:
            day += _DAY
            days -= self.is_working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; 0 when `end` isn't later."""
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


@cache
def last_published_year() -> int:
    """The last year whose holidays and make-up days chinesecalendar knows."""
    return max(day.year for day in _published())


def _published() -> dict[date, bool]:
    from chinese_calendar import constants

    rests = dict.fromkeys(constants.holidays, False)
    return rests | dict.fromkeys(constants.workdays, True)
