"""What a patch promises for one sheet, and the two sides that are compared: shared ground of the proof."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from capa_xl.workbook.cell_xml import ErrorValue
from capa_xl.workbook.patch import CellValue, SheetRows
from capa_xl.workbook.serial import to_serial
from capa_xl.workbook.shared_strings import SharedStrings
from capa_xl.workbook.sheet_scan import Patterns, Sheet

_SPANS = re.compile(rb"""\s+spans\s*=\s*(?:"[^"]*"|'[^']*')""")


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
    """A plain cell that was read back and holds the wanted value: what stands behind its address, and its style."""

    rest: bytes
    style: bytes | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sheets, before or after.

    Attributes:
        proven: By column, type and wanted value: the same bytes in another row needn't be read again.
    """

    sheet: Sheet
    patterns: Patterns
    strings: SharedStrings
    date1904: bool
    proven: dict[tuple[int, type, CellValue], Proven]

    @property
    def body(self) -> bytes:
        """The sheet's XML."""
        return self.sheet.part.body

    def row_bytes(self, index: int) -> bytes:
        """A row from its start tag to the next one's."""
        return self.body[self.sheet.row_starts[index] : self.sheet.row_bound(index)]


def without_spans(tag: bytes) -> bytes:
    """A row's start tag without its `spans`, which may grow."""
    return _SPANS.sub(b"", tag)


def is_value(now: CellValue | ErrorValue, wanted: CellValue, *, date1904: bool) -> bool:
    """Whether what was read back is the wanted value; a date may be stored as its number."""
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
        return isinstance(now, int | float) and math.isclose(now, wanted, rel_tol=1e-14, abs_tol=0)
    return now == wanted


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
