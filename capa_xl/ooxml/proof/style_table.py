"""What the styles of a workbook make of a value: which of them show a date, and which differ in nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct, field

from capa_xl.ooxml.proof.elements import PlacedElement, as_utf8, read_elements

_DATE_IDS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_SILENT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
"""What a format code only prints, or where it only colours and chooses."""
_FORMAT = frozenset({"numFmtId", "applyNumberFormat"})


class CellFormat(Struct, frozen=True):
    """One entry of cellXfs: its number format, and all the rest of it."""

    dated: bool
    rest: tuple[object, ...]


class StyleTable(Struct):
    """The cell formats of a workbook in order; a workbook without styles has one plain one."""

    formats: list[CellFormat] = field(default_factory=lambda: [CellFormat(False, ())])

    def has(self, style: str) -> bool:
        """Whether there is such a style."""
        return style.isdecimal() and int(style) < len(self.formats)

    def shows(self, style: str, kind: type) -> bool:
        """Whether there is such a style, and it shows a date as a date and a number as a number."""
        if not self.has(style):
            return False
        if kind is bool or not issubclass(kind, (int, float, date)):
            return True
        return self.formats[int(style)].dated is issubclass(kind, date)

    def is_only_redated(self, then: str, now: str) -> bool:
        """Whether a style is another one with a date's number format, and nothing else is different."""
        if not (self.has(then) and self.has(now)):
            return False
        old, new = self.formats[int(then)], self.formats[int(now)]
        return not old.dated and new.dated and old.rest == new.rest


def read_styles(blob: bytes) -> StyleTable:
    """The cell formats in a styles part.

    Raises:
        MalformedError: It is no well-formed XML.
    """
    xml = as_utf8(blob)
    root = read_elements(xml, 6)
    codes = {
        each.attributes.get("numFmtId", ""): each.attributes.get("formatCode", "") for each in _in(root, "numFmts")
    }
    formats = [_format(xml, each, codes) for each in _in(root, "cellXfs")]
    return StyleTable(formats) if formats else StyleTable()


def _in(root: PlacedElement, name: str) -> Iterator[PlacedElement]:
    """The entries of a list; of one written as mc:AlternateContent the form that every program understands."""
    for listed in next((child.children for child in root.children if child.name == name), ()):
        if listed.name != "AlternateContent":
            yield listed
            continue
        branches = {branch.name: branch for branch in reversed(listed.children)}
        yield from (branches.get("Fallback") or branches["Choice"]).children[:1]


def _format(xml: bytes, each: PlacedElement, codes: dict[str, str]) -> CellFormat:
    number = each.attributes.get("numFmtId", "0")
    rest = {name: text for name, text in each.attributes.items() if name not in _FORMAT}
    inside = tuple(xml[child.start : child.end] for child in each.children)
    dated = _is_date(codes[number]) if number in codes else number.isdecimal() and int(number) in _DATE_IDS
    return CellFormat(dated, (tuple(sorted(rest.items())), inside))


def _is_date(code: str) -> bool:
    """Whether a number in this format reads as a date or a time: its first part names a unit of time."""
    shown = _SILENT.sub("", code).partition(";")[0].lower()
    return shown not in ("general", "standard") and any(letter in shown for letter in "ymdhs")
