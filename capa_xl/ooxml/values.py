"""What a stored value means: text, number, date by its style, error; each different one worked out once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from capa_xl.ooxml.cell_xml import ErrorValue
from capa_xl.ooxml.serial import from_serial
from capa_xl.ooxml.styles import StyleBook
from capa_xl.ooxml.xml_bytes import XmlPart
from capa_xl.ooxml.xstring import decode_coded, unescape_xml

Value = str | int | float | bool | date | datetime | time | timedelta
"""A raw cell; blank is the empty string."""

Written = tuple[bytes, bytes, bytes]
"""Style, type and text of a cell as they stand in the XML; b"" for one that isn't there."""

_TRUTH = {"1": True, "true": True, "0": False, "false": False}
_MS_A_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading needs beside the sheet's own bytes."""

    styles: StyleBook
    date1904: bool

    def of_number(self, number: float, style: int) -> Value:
        """A number as its style shows it: a date, a moment, a time of day, a span of time, or itself."""
        if not self.styles.is_date(style):
            return number
        if self.styles.is_duration(style):
            return timedelta(milliseconds=round(number * _MS_A_DAY)) if abs(number) < 1e8 else number
        if 0 <= number < 1:
            return (datetime.min + timedelta(milliseconds=round(number * _MS_A_DAY))).time()
        shown = from_serial(number, date1904=self.date1904)
        return number if shown is None else shown


class Values(dict[Written, Value | ErrorValue]):
    """Cells as they are written → their values; a missing one is worked out when it is first asked for."""

    def __init__(self, part: XmlPart, reading: Reading) -> None:
        """Start with none.

        Args:
            part: The sheet, for its coding.
            reading: Styles and date system.
        """
        super().__init__()
        self.part = part
        self.reading = reading

    def __missing__(self, written: Written) -> Value | ErrorValue:
        """Work one out, and keep it."""
        style, kind, raw = written
        found = self._value(int(style or 0), kind, unescape_xml(self.part.decode(raw)))
        self[written] = found
        return found

    def _value(self, style: int, kind: bytes, text: str) -> Value | ErrorValue:
        if kind in (b"str", b"inlineStr"):
            return decode_coded(text)
        if kind == b"e":
            return ErrorValue(text.strip() or "#N/A")
        if kind == b"b":
            return _TRUTH.get(text.strip(), text)
        if kind == b"d":
            return _iso(text.strip())
        number = _number(text)
        return text if number is None else self.reading.of_number(number, style)


def _number(text: str) -> float | None:
    """The number a text spells in XML; Python's own reading takes more."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in text and text.isascii() else None


def _iso(text: str) -> Value:
    for form in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            return form(text.removesuffix("Z"))
        except ValueError:
            continue
    return text
