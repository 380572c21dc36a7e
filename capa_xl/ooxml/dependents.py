"""Whether a formula somewhere may depend on changed cells; only then must Excel recalculate on opening."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from capa_xl.a1 import Range, overlap
from capa_xl.ooxml.formula_areas import ADDRESS, areas_in, without_texts
from capa_xl.ooxml.xml_bytes import XmlPart, read_part, root
from capa_xl.ooxml.xstring import unescape_xml

_MOST_FORMULA = 8_192  # characters that Excel allows; a longer one is taken as dependent
_MOST = 20_000  # formulas looked at one by one; a sheet with more of them is taken as dependent
_FUNCTION = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*(?=\()")
_INDIRECT = re.compile(r"\b(?:INDIRECT|OFFSET|CELL|GETPIVOTDATA|LET|LAMBDA)\(", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d][\w.]*|\[")
_CONSTANT = frozenset({"true", "false"})

ChangedAreas = Mapping[str, tuple[Range, ...]]  # by sheet name in lower case


def may_depend(blob: bytes, sheet: str, changed: ChangedAreas) -> bool:
    """Whether a formula of a worksheet part may read a changed cell.

    Args:
        blob: The part's content.
        sheet: The name of its tab.
        changed: Boxes round the changed cells of every changed sheet.
    """
    if b"f" not in blob or (b"<f" not in blob and b":f" not in blob and b"f\0" not in blob):
        return False
    part = read_part(blob)
    for count, (text, shared) in enumerate(_formulas(part)):
        if count >= _MOST or shared or _reads(text, sheet.lower(), changed):
            return True
    return False


def boxes(changed: Mapping[int, Sequence[int]]) -> tuple[Range, ...]:
    """Changed columns by row → one box per column."""
    rows_of: dict[tuple[int, ...], list[int]] = {}  # most rows change in the same columns
    for row, listed in changed.items():
        rows_of.setdefault(tuple(listed), []).append(row)
    tops: dict[int, tuple[int, int]] = {}
    for columns, rows in rows_of.items():
        low_here, high_here = min(rows), max(rows)
        for column in columns:
            low, high = tops.get(column, (low_here, high_here))
            tops[column] = (min(low, low_here), max(high, high_here))
    return tuple((top, column, bottom, column) for column, (top, bottom) in tops.items())


def _formulas(part: XmlPart) -> Iterator[tuple[str, bool]]:
    prefix = root(part).name.removesuffix(b"worksheet")
    pattern = re.compile(rb"<" + re.escape(prefix) + rb"f((?:\s[^<>]*)?)>([^<]*)")
    for match in pattern.finditer(part.mask):
        if match[1].endswith(b"/"):
            yield "", False  # a child of a shared formula; its master speaks for it
        else:
            text = unescape_xml(part.decode(part.body[match.start(2) : match.end(2)]))
            yield text, b"shared" in match[1] or b"dataTable" in match[1]


def _reads(formula: str, sheet: str, changed: ChangedAreas) -> bool:
    if len(formula) > _MOST_FORMULA:
        return True
    text = without_texts(formula)
    if _INDIRECT.search(text):
        return True
    if any(overlap(area, box) for where, area in areas_in(text, sheet) for box in changed.get(where, ())):
        return True
    rest = _FUNCTION.sub("", ADDRESS.sub("", text))
    return any(word.lower() not in _CONSTANT for word in _NAME.findall(rest))
