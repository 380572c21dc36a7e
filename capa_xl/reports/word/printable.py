"""Whatever a cell may hold → what a paper may print: safe text that knows its lines and whether it is blank.

Everything a template can reach has passed here, so nothing prints as None or nan and nothing breaks the XML.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from capa_xl.model.long_days import long_day
from capa_xl.reports.xml_text import clean

BLANK = "—"


class Text(str):
    """Printable text. A template may ask for `.lines` (its non-empty lines) and, of a date, `.iso`."""

    @property
    def lines(self) -> list[Text]:
        """The lines that are not empty; the whole text when there is only one."""
        return [Text(line) for line in self.split("\n") if line.strip()] or [self]

    @property
    def iso(self) -> str:
        """The text itself; dates answer 2026-11-22."""
        return self


class Blank(Text):
    """A blank value: prints as —, counts as false."""

    def __bool__(self) -> bool:
        return False


class No(Text):
    """否: prints as it stands, counts as false."""

    def __bool__(self) -> bool:
        return False


class PrintedDay(Text):
    """A date: prints as 2026年11月22日."""

    _iso: str

    @classmethod
    def of(cls, day: date) -> PrintedDay:
        """The day in the words of a paper."""
        made = cls(long_day(day))
        made._iso = day.isoformat()
        return made

    @property
    def iso(self) -> str:
        """2026-11-22, for narrow columns."""
        return self._iso


NOTHING = Blank(BLANK)


def printable(value: Any) -> Any:
    """A context as templates may see it: mappings and lists stay, every leaf becomes text, a whole number or a float.

    None, "", (), NaN and NaT become `NOTHING`; dates `PrintedDay`; True and False 是 and 否.
    """
    kind = type(value)
    if kind is dict:
        return {key: printable(item) for key, item in value.items()}
    if kind is list:
        return [printable(item) for item in value]
    if kind is str:
        text = clean(value)
        return Text(text) if text.strip() else NOTHING
    if value is None:
        return NOTHING
    if kind is bool:
        return Text("是") if value else No("否")
    if kind is int or kind in (Text, Blank, No, PrintedDay):
        return value
    return _less_common(value)


def _less_common(value: Any) -> Any:
    if hasattr(value, "__html__"):
        return value
    if value != value:  # NaN and NaT, the only values unlike themselves
        return NOTHING
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime):
        return PrintedDay.of(value.date())
    if isinstance(value, date):
        return PrintedDay.of(value)
    if isinstance(value, Mapping):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, tuple | set | frozenset):
        return printable("、".join(str(printable(item)) for item in value))
    return printable(str(value))
