"""How small workbooks print: counted from the widths in their bytes, and read from the letters of a PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from pypdf import PdfReader

from tests.workbook.blank.sheets import tags

LEAST = 0.65
"""Below it nobody reads a text of 10 points on paper (look.md)."""
DIGITS = (7.0, 0.63623 * 10 * 96 / 72)
"""Pixels of a digit of Normal, in which columns are counted: 微软雅黑 10 in Excel, and DejaVu Sans 10, which
LibreOffice takes on a machine that has no other; Noto Sans CJK has 7.4.
"""
_NORMAL = '<font><sz val="10"/><color theme="1"/><name val="微软雅黑"/><family val="2"/></font>'
"""Tied to no theme, whose typeface Excel would take instead."""
_PAGES = {"8": (11.69, 16.54), "9": (8.27, 11.69)}
"""Inches of A3 and A4, upright."""
_SHOWN = re.compile(rb"/F\d+ ([\d.]+) Tf|<([0-9A-Fa-f]+)>")


def printed_small(blob: bytes) -> Iterator[str]:
    """Every shown sheet that prints under 65 percent in one of the typefaces, and its scale there."""
    with ZipFile(BytesIO(blob)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.startswith("xl/wo")}
        styles = package.read("xl/styles.xml").decode()
    assert styles.partition("<fonts ")[2].partition(">")[2].startswith(_NORMAL)
    areas = _print_areas(parts["xl/workbook.xml"])
    for at, sheet in enumerate(tags(parts["xl/workbook.xml"], "sheet")):
        if "state" not in sheet:
            xml = parts[f"xl/worksheets/sheet{at + 1}.xml"]
            scale = min(_scale(xml, areas.get(at), digit) for digit in DIGITS)
            if scale < LEAST:
                yield f"{sheet['name']} {scale:.1%}"


def _print_areas(workbook: str) -> dict[int, tuple[int, int]]:
    """Position of a sheet → the last column and row of what it prints."""
    found = re.findall(r'"_xlnm.Print_Area" localSheetId="(\d+)"[^>]*>[^<]*:\$([A-Z]+)\$(\d+)<', workbook)
    return {int(at): (_column(letters), int(row)) for at, letters, row in found}


def _column(letters: str) -> int:
    return sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(letters)))


def _scale(xml: str, area: tuple[int, int] | None, digit: float) -> float:
    (page,), (edges,) = tags(xml, "pageSetup"), tags(xml, "pageMargins")
    if 'fitToPage="1"' not in xml:
        return int(page.get("scale", 100)) / 100
    last, bottom = area or _last_cell(xml)
    turned = page["orientation"] == "landscape"
    size = _PAGES[page.get("paperSize", "9")]
    wide = size[turned] - float(edges["left"]) - float(edges["right"])
    scales = [1.0, 96 * wide / (digit * sum(_widths(xml, last)))]
    if page.get("fitToHeight") != "0":
        tall = size[not turned] - float(edges["top"]) - float(edges["bottom"])
        scales.append(int(page.get("fitToHeight", 1)) * 72 * tall / _height(xml, bottom))
    return min(scales)


def _last_cell(xml: str) -> tuple[int, int]:
    letters, row = re.search(r'<dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"', xml).groups()
    return _column(letters), int(row)


def _widths(xml: str, last: int) -> list[float]:
    widths = [64 / 7] * last
    for col in tags(xml, "col"):
        for at in range(int(col["min"]), min(int(col["max"]), last) + 1):
            widths[at - 1] = 0.0 if "hidden" in col else float(col["width"])
    return widths


def _height(xml: str, bottom: int) -> float:
    rows = [row for row in tags(xml, "row") if int(row["r"]) <= bottom]
    own = sum(0.0 if "hidden" in row else float(row.get("ht", 15)) for row in rows)
    return own + 15 * (bottom - len(rows))


def smallest_body(pdf: Path) -> float:
    """Of every page the size of most letters, in points; the least of them."""
    return min(_most(page.get_contents().get_data()) for page in PdfReader(pdf).pages)


def _most(drawn: bytes) -> float:
    size, letters = 0.0, Counter[float]()
    for new, shown in _SHOWN.findall(drawn):
        size = float(new) if new else size
        letters[size] += len(shown)
    return letters.most_common(1)[0][0]
