"""What a patch promises for one sheet, and the two sides that are compared: shared ground of the proof."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from capa_xl.ooxml.cell_xml import ErrorValue
from capa_xl.ooxml.patch import CellValue, SheetRows
from capa_xl.ooxml.serial import to_serial
from capa_xl.ooxml.shared_strings import SharedStrings
from capa_xl.ooxml.sheet_scan import Patterns, Sheet
from capa_xl.ooxml.styles import StyleBook
from capa_xl.ooxml.xml_bytes import attributes, has_each_once, without_attributes

_FORMAT = frozenset({b"numFmtId", b"applyNumberFormat"})
_SPANS = re.compile(rb"""\s+spans\s*=\s*(?:"[^"]*"|'[^']*')""")
_NUMBERED = re.compile(rb'<(?:\w+:)?row r="[0-9]+"')


@dataclass(slots=True)
class Expected:
    """What a patch promises for one sheet: values by row and column, and which of them are special.

    Attributes:
        cached: Places whose formula stays and only gets another result.
        restyled: Places for which a look was asked.
        owned: Rows replaced whole.
    """

    name: str
    values: dict[int, dict[int, CellValue]] = field(default_factory=dict)
    cached: set[tuple[int, int]] = field(default_factory=set)
    restyled: set[tuple[int, int]] = field(default_factory=set)
    owned: list[SheetRows] = field(default_factory=list)

    @property
    def owned_from(self) -> int:
        """The first row that may change whole."""
        return min((rows.first_row for rows in self.owned), default=1 << 30)


class Proven(NamedTuple):
    """A plain cell that was read back and holds the wanted value: what stands behind its address, and its style.

    Attributes:
        shows: The style shows the value for what it is, so that it may be a new cell's.
    """

    rest: bytes
    style: bytes | None
    shows: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sheets, before or after.

    Attributes:
        styles: Those of the new workbook, which begin with the old ones.
        proven: By column, type and wanted value: the same bytes in another row needn't be read again.
    """

    sheet: Sheet
    patterns: Patterns
    strings: SharedStrings
    date1904: bool
    styles: StyleBook
    proven: dict[tuple[int, type, CellValue], Proven] = field(default_factory=dict)
    redated: dict[tuple[bytes | None, bytes | None], bool] = field(default_factory=dict)
    shown: dict[tuple[bytes | None, type], bool] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        """The sheet's XML."""
        return self.sheet.part.body

    def row_bytes(self, index: int) -> bytes:
        """A row from its start tag to the next one's."""
        return self.body[self.sheet.row_starts[index] : self.sheet.row_bound(index)]

    def shows(self, style: bytes | None, kind: type) -> bool:
        """Whether a style is there, and shows a date as a date and a number as a number."""
        key = (style, kind)
        if key not in self.shown:
            self.shown[key] = _shows(self.styles, style, kind)
        return self.shown[key]

    def is_redated(self, then: bytes | None, now: bytes | None) -> bool:
        """Whether a style is another one with a date's number format, and nothing else is different."""
        key = (then, now)
        if key not in self.redated:
            self.redated[key] = _is_redated(self.styles, *key)
        return self.redated[key]


def same_row_tag(old: bytes, new: bytes) -> bool:
    """Whether two rows' start tags differ in nothing but `spans` that grew."""
    if old == new:
        return True
    numbered = _NUMBERED.match(old)
    if not numbered or not new.startswith(numbered[0]):
        return _same_but_spans(old, new)
    at = numbered.end()
    return _same_but_spans(b'<row r="1"' + old[at:], b'<row r="1"' + new[at:])  # so alike in most rows of a table


@lru_cache(maxsize=1024)
def _same_but_spans(old: bytes, new: bytes) -> bool:
    if _SPANS.sub(b"", old) != _SPANS.sub(b"", new):
        return False
    spans = [attributes(tag).get(b"spans", b"") for tag in (old, new)]
    ends = [[int(end) for end in re.findall(rb"[0-9]+", each)] for each in spans]
    grown = re.fullmatch(rb"[0-9]+:[0-9]+", spans[1]) is not None and has_each_once(new)
    return grown and ends[1][0] <= min(ends[0], default=0) and ends[1][1] >= max(ends[0], default=1 << 30)


def is_value(now: CellValue | ErrorValue, wanted: CellValue, *, date1904: bool, loosely: bool = False) -> bool:
    """Whether what was read back is the wanted value; a date may be stored as its number.

    Args:
        loosely: Numbers to 15 digits only, as Excel computes.
    """
    if wanted is None or wanted == "":
        return now is None
    if isinstance(wanted, bool) or isinstance(now, bool):
        return now is wanted
    if isinstance(wanted, date):
        if isinstance(now, date):
            return _moment(now) == _moment(wanted)
        number = to_serial(wanted, date1904=date1904)
        return isinstance(now, int | float) and number is not None and abs(now - number) < 1e-6
    if isinstance(wanted, int | float):
        if not isinstance(now, int | float):
            return False
        return now == wanted or (loosely and math.isclose(now, wanted, rel_tol=1e-14, abs_tol=1e-300))
    return now == wanted


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


def _is_redated(styles: StyleBook, then: bytes | None, now: bytes | None) -> bool:
    xfs = styles.items.get(b"cellXfs", [])
    indexes = [int(style) if style and style.isdigit() else 0 for style in (then, now)]
    if max(indexes) >= len(xfs) or styles.is_date(indexes[0]) or not styles.is_date(indexes[1]):
        return False
    old, new = (without_attributes(xfs[index], _FORMAT) for index in indexes)
    return old == new


def _shows(styles: StyleBook, style: bytes | None, kind: type) -> bool:
    count = max(len(styles.items.get(b"cellXfs", ())), 1)
    if style is not None and not (style.isdigit() and int(style) < count):
        return False
    return kind not in (int, float, date, datetime) or styles.is_date(int(style or 0)) is issubclass(kind, date)
