"""Every native chart of a pack and of an analysis: its cache is what its cells hold, and it shows something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import combinations
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from capa_xl.app.shared.sample_workbook import sample_workbook
from capa_xl.app.use_cases.analyse import analyse, write_analysis
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.model import palette
from tests.app.desks import desk_at
from tests.contrast import contrast

DAY = date(2026, 11, 22)
_CACHED = re.compile(r"<c:f>([^<]+)</c:f><c:(str|num)Cache>(.*?)</c:\2Cache>")
_POINT = re.compile(r'<c:pt idx="(\d+)"><c:v>([^<]*)</c:v>')


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("charts")
    (folder / "表.xlsx").write_bytes(sample_workbook(DAY))
    desk = desk_at(folder / "表.xlsx", DAY)
    pack = make_pack(desk, "2026Q4", folder / "包").directory
    found = {path.name: path.read_bytes() for path in Path(pack).rglob("*") if path.suffix in (".xlsx", ".docx")}
    written = write_analysis(analyse(desk), folder / "分析")
    return found | {written.name: written.read_bytes()}


def charts(blob: bytes) -> Iterator[tuple[str, bytes]]:
    """(chart XML, the workbook its cells stand in) of every chart in a file."""
    with ZipFile(BytesIO(blob)) as package:
        for name in package.namelist():
            if re.fullmatch(r"(?:xl|word)/charts/chart\d+\.xml", name):
                number = re.search(r"\d+", name.rpartition("/")[2])
                embedded = f"word/embeddings/Microsoft_Excel_Sheet{number and number[0]}.xlsx"
                yield package.read(name).decode(), package.read(embedded) if name.startswith("word") else blob


def cells(book: openpyxl.Workbook, formula: str) -> list[object]:
    sheet, _, at = formula.replace("$", "").replace("'", "").partition("!")
    found = book[sheet][at]
    if not isinstance(found, tuple):
        return [found.value]
    return [cell.value for row in found for cell in (row if isinstance(row, tuple) else (row,))]


def same(value: object, cached: str) -> bool:
    return float(cached) == pytest.approx(float(value)) if isinstance(value, int | float) else str(value) == cached


def test_every_cache_equals_its_cells(files):
    checked = 0
    for name, blob in files.items():
        for xml, holder in charts(blob):
            book = openpyxl.load_workbook(BytesIO(holder), data_only=True)
            for formula, _, cache in _CACHED.findall(xml):
                shown = {int(at): value for at, value in _POINT.findall(cache)}
                held = {at: value for at, value in enumerate(cells(book, formula)) if value is not None}
                assert shown.keys() == held.keys(), (name, formula)
                assert all(same(held[at], value) for at, value in shown.items()), (name, formula)
                checked += 1
    assert checked > 100


def test_every_chart_has_a_title_and_no_empty_series_or_category(files):
    counted = 0
    for name, blob in files.items():
        for xml, _ in charts(blob):
            title = "".join(re.findall(r"<a:t>([^<]*)</a:t>", xml.partition("<c:plotArea>")[0]))
            assert len(title) > 8, name
            for series in re.findall(r"<c:ser>.*?</c:ser>", xml, re.DOTALL):
                assert "<c:numCache>" in series and _POINT.search(series.partition("<c:val>")[2]), (name, title)
            names = re.findall(r"<c:cat>.*?</c:cat>", xml, re.DOTALL)
            assert not any("<c:v></c:v>" in one for one in names), (name, title)
            counted += 1
    assert counted >= 10


def drawn(xml: str) -> Iterator[tuple[str, str]]:
    """(what, its colour) of the series; the marked points of one and the bar at a day are told by shape."""
    for series in re.findall(r"<c:ser>.*?</c:ser>", xml, re.DOTALL):
        is_bar = '<c:gapWidth val="70"/>' in xml and "<c:marker>" not in series
        look = series.partition("<c:spPr>")[2]
        colour = re.match(r'<a:(?:solidFill|ln w="\d+"><a:solidFill)><a:srgbClr val="(\w+)"', look)
        if colour and colour[1] != palette.BORDER:
            yield "bar" if is_bar else "line", colour[1]


def test_series_differ_from_each_other_and_from_the_paper_without_colours(files):
    """look.md: series pairs differ in lightness by 2; once the line of the late ones by 1.79 from the dark columns."""
    found = set()
    for name, blob in files.items():
        for xml, _ in charts(blob):
            series = list(drawn(xml))
            assert series, name
            assert all(contrast(one, palette.WHITE) >= (2 if what == "bar" else 3) for what, one in series), series
            close = [two for two in combinations({one for _, one in series}, 2) if contrast(*two) < 2]
            assert not close, (name, close)
            found.update(series)
    assert len(found) >= 4
