"""No paper has a page of a line or two: a signature, a checksum, headings, one row alone."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from capa_xl.app.shared.numbered_papers import write_numbered
from capa_xl.app.use_cases.meeting import MeetingWanted, make_meeting
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.app.use_cases.report import write_reports
from capa_xl.model.paper_kinds import A3, EXCEPTIONS, REQUEST, REVISION
from capa_xl.reports.word.examples_group import example_group
from capa_xl.reports.word.paper_catalogue import CONTENTS
from tests.app.desks import desk_at
from tests.app.laid_out import laid_out
from tests.app.paged_tables import ROW, paper_of_tables
from tests.made_workbooks import sample
from tests.printed_scales import LEAST as LEAST_SCALE
from tests.printed_scales import smallest_body
from tests.reports.word.papers import PROPERTIES, engine
from tests.sizes import DAY, sized

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on the PATH"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler (pdftotext) is not on the PATH"),
]
LEAST = 0.25
"""Of the height between header and footer."""
LEAST_OF_A_FORM = 0.12
"""Of one whose cells hold thousands of characters: what runs over is little."""
_EDGE = 72 * 2.1 / 2.54
"""Points above which stands the header, and below which the footer."""
_PAGE = re.compile(r'<page width="[\d.]+" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_BOTTOM = re.compile(r'<word [^>]*yMin="([\d.]+)"[^>]*yMax="([\d.]+)"')


def filled(pdf: Path) -> list[float]:
    """Of every page, down to which share of its height words stand."""
    text = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    return [_share(float(height), words) for height, words in _PAGE.findall(text)]


def _share(height: float, words: str) -> float:
    bottoms = [float(low) for high, low in _BOTTOM.findall(words) if _EDGE < float(high) < height - _EDGE]
    return (max(bottoms, default=_EDGE) - _EDGE) / (height - 2 * _EDGE)


def test_no_paper_of_the_sample_ends_nearly_empty(tmp_path):
    (tmp_path / "表.xlsx").write_bytes(sample())
    desk = desk_at(tmp_path / "表.xlsx", DAY)
    for kind in (REQUEST, REVISION, A3, EXCEPTIONS):
        write_numbered(kind, desk, [], tmp_path / kind.key, every=True)
    write_reports(desk, ["GJ-2026-012", "GJ-2026-024", "GJ-2026-030", "GJ-2026-007"], tmp_path / "report", draft=True)
    pack = make_pack(desk, "2026Q4", tmp_path / "包").directory
    review, plan = pack / "00 管理评审输入报告.docx", next(pack.glob("02 *.docx"))
    external = make_pack(desk, "2026Q4", tmp_path / "x", external=True).directory
    shutil.move(external / review.name, tmp_path / "外部.docx")
    shutil.rmtree(external)
    (tmp_path / "表.docx").write_bytes(paper_of_tables(review.read_bytes(), TABLES))
    (tmp_path / "集团.docx").write_bytes(_group_of(40))
    assert _ends(tmp_path).keys() <= {"表.docx"}  # whose tables are made to end with three rows
    rows = _rows(tmp_path / "表.pdf")
    assert min(filter(None, rows)) == 3 and rows[-1] == 6, rows
    assert len(filled(review.with_suffix(".pdf"))) <= 12 and len(filled(plan.with_suffix(".pdf"))) <= 12
    assert "接收（总经理）" in _pages(tmp_path / "集团.pdf")[-1]
    sizes = {path.name: smallest_body(path.with_suffix(".pdf")) for path in sorted(pack.glob("*.xlsx"))}
    assert len(sizes) == 3 and min(sizes.values()) >= 10 * LEAST_SCALE, sizes


TABLES = (*((0, rows) for rows in range(39, 43)), *((lines, 9) for lines in range(45, 51)), (0, 41))
"""A page holds 39 rows, or as much; the last table ends the paper."""


def _group_of(companies: int) -> bytes:
    facts = example_group()
    one = facts.figures.companies[0]
    many = tuple(replace(one, company=f"样例运维服务第{at}分公司", workbook=f"{at}.xlsx") for at in range(companies))
    context = CONTENTS["group"].context(replace(facts, figures=replace(facts.figures, companies=many)))
    return engine("group").render("group", context, PROPERTIES)


def _rows(pdf: Path) -> list[int]:
    """How many rows of a table stand on each page."""
    return [text.count(ROW) for text in _pages(pdf)]


def _pages(pdf: Path) -> list[str]:
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    return text.split("\f")[:-1]


def test_neither_does_one_of_overfull_cells(tmp_path):
    (tmp_path / "表.xlsx").write_bytes(sized(60, departments=30, people=25, long=True))
    desk = desk_at(tmp_path / "表.xlsx", DAY)
    write_numbered(REQUEST, desk, [], tmp_path / "request", every=True)
    write_reports(desk, ["GJ-2026-012"], tmp_path / "report", draft=True)
    make_meeting(desk, "2026-11", MeetingWanted(paper=tmp_path / "例会.docx"))
    assert _ends(tmp_path, least=LEAST_OF_A_FORM) == {}


@pytest.mark.parametrize("count", [0, 1])
def test_a_paper_of_nothing_or_one_action_has_no_page_of_a_row_alone(tmp_path, count):
    """Each sheet of a workbook begins a page, whatever it holds."""
    (tmp_path / "表.xlsx").write_bytes(sized(count))
    make_pack(desk_at(tmp_path / "表.xlsx", DAY), "2026Q4", tmp_path / "包")
    assert _ends(tmp_path / "包", (".docx",)) == {}


def _ends(folder: Path, suffixes: tuple[str, ...] = (".docx", ".xlsx"), least: float = LEAST) -> dict[str, float]:
    """The papers with a page that holds less, and the workbooks whose last one does; a first page may."""
    names = [
        path.relative_to(folder)
        for path in sorted(folder.rglob("*.*"))
        if path.suffix in (suffixes or (".docx", ".xlsx"))
    ]
    chosen = tuple(str(name) for name in names if name.name != "表.xlsx" and ".capa_xl" not in name.parts)
    shares = {name: filled(folder / pdf) for name, pdf in zip(chosen, laid_out(folder, chosen), strict=True)}
    counted = {name: pages[1:] if name.endswith(".docx") else pages[-1:] for name, pages in shares.items()}
    return {name: min(pages) for name, pages in counted.items() if min(pages, default=1) < least}
