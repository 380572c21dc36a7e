"""Working days: sheet 节假日 first, then the State Council's calendar, else Monday to Friday less fixed holidays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from capa_xl.policy.holidays_of_a_year import lacking_holidays

_DAY = timedelta(days=1)
_RECKONED = "按周一至周五和固定假日推算"
_FIXED_DAYS_OFF = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Month and day of the statutory holidays that fall on the same date in every year (since 2025 with 2 May)."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked. A value: the same table gives the same answers.

    Attributes:
        exceptions: Days that differ from Monday to Friday: True work, False rest.
        unknown_years: The asked years that only Monday to Friday answers for, ascending.
        kept_years: The asked years that nobody has published and the sheet answers for, ascending.
    """

    exceptions: Mapping[date, bool]
    unknown_years: tuple[int, ...] = ()
    kept_years: tuple[int, ...] = ()
    _steps: dict[tuple[date, int], date] = field(default_factory=dict, compare=False, repr=False)
    _backs: dict[date, date] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, working_days: Mapping[date, bool], years: Iterable[int] = ()) -> WorkCalendar:
        """The calendar of sheet 节假日 (True 班, False 休) over the published one.

        Args:
            working_days: Rows of 节假日; each decides its own day. A year that has one is no `unknown_years` any more;
                what it lacks is told.
            years: Years the register's dates reach, beside those of the rows; what nobody has published yet of them
                becomes `unknown_years`.
        """
        return cls({**_published(), **working_days}).reaching({*years, *(day.year for day in working_days)})

    def reaching(self, years: Iterable[int]) -> WorkCalendar:
        """The same calendar, asked for these years too."""
        known = {day.year for day in self.exceptions}
        unpublished = {*self.unknown_years, *self.kept_years, *years} - _published_years()
        unknown, kept = tuple(sorted(unpublished - known)), tuple(sorted(unpublished & known))
        return WorkCalendar(self.exceptions, unknown, kept)

    @property
    def notes(self) -> tuple[str, ...]:
        """One warning per year that nobody has published or entered, and one per year that lacks holidays."""
        unknown = (
            f"注意：{year} 年没有节假日安排，{_RECKONED} → 公布后请在《节假日》登记 {year} 年的休和班"
            for year in self.unknown_years
        )
        return (*unknown, *(note for year in self.kept_years for note in self._lacking(year)))

    def _lacking(self, year: int) -> Iterator[str]:
        if lacking := lacking_holidays((day for day, works in self.exceptions.items() if not works), year):
            told = f"注意：{year} 年的节假日安排像是不全，没有{'、'.join(lacking)}的休，没有填的{_RECKONED}"
            yield f"{told} → 公布后请在《节假日》补齐 {year} 年的休和班"

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
    return max(_published_years())


@cache
def _published_years() -> frozenset[int]:
    return frozenset(day.year for day in _published())


def _published() -> dict[date, bool]:
    from chinese_calendar import constants

    rests = dict.fromkeys(constants.holidays, False)
    return rests | dict.fromkeys(constants.workdays, True)
