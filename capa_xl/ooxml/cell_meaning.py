"""What a stored value means: a text, a number, a date by its style, an error; each different one is worked out once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from msgspec import Struct, field

from capa_xl.ooxml.cell_xml import TRUTH, ErrorValue, number_in
from capa_xl.ooxml.serial import from_serial
from capa_xl.ooxml.sheet_values import DressedNumber, Share, Value
from capa_xl.ooxml.styles import StyleBook
from capa_xl.ooxml.xml_bytes import XmlPart, whole
from capa_xl.ooxml.xstring import decode_coded, unescape_xml

Meaning = Value | ErrorValue
"""What a cell holds; blank is the empty string."""

_TEXTS = (b"str", b"inlineStr")
_BLANKS = " \t\n\r"
_MS_A_DAY = 86_400_000
_LONGEST_SPAN = 1e8  # days; far beyond what Excel shows, and inside what a timedelta holds
_MOST_KEPT = 50_000


class SheetNotation(Struct, frozen=True):
    """How a sheet writes its values.

    Attributes:
        part: The sheet, for its coding.
        styles: Tell dates from numbers.
    """

    part: XmlPart
    styles: StyleBook
    date1904: bool

    def number(self, number: float, style: int) -> Value:
        """A number as its style shows it: a date, a moment, a time of day, a span of time, a share, or itself."""
        if not self.styles.is_date(style):
            return Share(number) if self.styles.is_percent(style) else self._as_shown(number, style)
        if self.styles.is_duration(style):
            return timedelta(milliseconds=round(number * _MS_A_DAY)) if abs(number) < _LONGEST_SPAN else number
        if 0 <= number < 1:
            return (datetime.min + timedelta(milliseconds=round(number * _MS_A_DAY))).time()
        shown = from_serial(number, date1904=self.date1904, parts_of_second=1000)
        return number if shown is None else shown

    def _as_shown(self, number: float, style: int) -> Value:
        shown = self.styles.dressed(number, style)
        return DressedNumber(number, shown) if shown else number


class MeaningsOfSheet(Struct):
    """The meanings of one sheet's cells, by how they are written."""

    notation: SheetNotation
    known: dict[tuple[bytes, bytes, bool], MeaningsOfKind] = field(default_factory=dict)

    def of(self, kind: bytes, style: bytes, *, trimmed: bool = False) -> MeaningsOfKind:
        """The meanings of cells with that `t` and `s`; b"" for one that isn't written.

        Args:
            trimmed: Blanks at the edges of a text are none of it: an inline text without `xml:space="preserve"`.
        """
        key = kind, style, trimmed
        if key not in self.known:
            self.known[key] = MeaningsOfKind(self.notation, kind, whole(style), trimmed=trimmed)
        return self.known[key]


class MeaningsOfKind(dict[bytes, Meaning]):
    """What stands in `<v>` or `<t>` → what it means, for cells of one type and style.

    The bytes may go on into the end tag, so that it isn't cut off each value of a row, only off each different one.
    """

    def __init__(self, notation: SheetNotation, kind: bytes, style: int, *, trimmed: bool) -> None:
        """Start with none."""
        super().__init__()
        self._notation, self._kind, self._style, self._trimmed = notation, kind, style, trimmed

    def __missing__(self, raw: bytes) -> Meaning:
        """Work one out, and keep it; a column of long texts that are all different must not be kept twice."""
        if len(self) > _MOST_KEPT:
            self.clear()
        text = unescape_xml(self._notation.part.decode(raw.partition(b"<")[0]))
        self[raw] = found = self._meaning(text.strip(_BLANKS) if self._trimmed else text)
        return found

    def _meaning(self, text: str) -> Meaning:
        if self._kind in _TEXTS:
            return decode_coded(text)
        if self._kind == b"e":
            return ErrorValue(text.strip() or "#N/A")
        if self._kind == b"b":
            return TRUTH.get(text.strip(), text)
        if self._kind == b"d":
            return _iso(text.strip())
        number = number_in(text)
        return text if number is None else self._notation.number(number, self._style)


def _iso(text: str) -> Value:
    for form in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            return form(text.removesuffix("Z"))
        except ValueError:
            continue
    return text
