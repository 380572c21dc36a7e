"""No date, number or code of any paper ends on another line than it began: counted on LibreOffice's pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import docx
import pytest

from capa_xl.app.shared.numbered_papers import write_numbered
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.app.use_cases.report import write_reports
from capa_xl.model.paper_kinds import A3, REQUEST
from capa_xl.reports.whole_tokens import TOKEN
from tests.app.desks import desk_at
from tests.app.laid_out import laid_out
from tests.made_workbooks import sample
from tests.sizes import DAY

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on the PATH"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler (pdftotext) is not on the PATH"),
]
_HALF = re.compile(r"(?:^|[^A-Za-z0-9.-])(?:[A-Z]{1,5}|[A-Z]{1,5}-\d{2,4}|\d{4}(?:-\d\d)?)-$", re.MULTILINE)


_DAY = re.compile(
    r"\d{4}[ \xa0]?年[ \xa0]?\d{1,2}[ \xa0]?月(?:[ \xa0]?\d{1,2}[ \xa0]?日)?"
    r"|\d+(?:\.\d+)?[ \xa0]?小|骤[ \xa0]?\d{1,3}(?!\d)|第[ \xa0]?\d+[ \xa0]?分"
)
"""A day in words; a number with the first character of its measure, for Chinese ends a line between 小 and 时 too."""


def broken(paper: Path, pdf: Path) -> list[str]:
    """The tokens and days of the body that stand on the pages less often than in the paper."""
    text, pages = _text_of(paper), _pages(pdf)
    days = _days(text) - _days(pages)
    told = Counter(TOKEN.findall(text))
    return [*days, *(token for token, count in told.items() if pages.count(token) < count)]


def _days(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", day) for day in _DAY.findall(text))


def _text_of(paper: Path) -> str:
    root = docx.Document(str(paper)).element.body
    texts = (paragraph.text for paragraph in root.iter(f"{{{root.nsmap['w']}}}p"))
    return "\n".join(texts)


def _pages(pdf: Path) -> str:
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    return text.replace("\u2011", "-")


def test_no_paper_of_the_sample_breaks_one(tmp_path):
    (tmp_path / "表.xlsx").write_bytes(sample())
    desk = desk_at(tmp_path / "表.xlsx", DAY)
    for kind in (REQUEST, A3):
        write_numbered(kind, desk, [], tmp_path / kind.key, every=True)
    write_reports(desk, ["GJ-2026-004", "GJ-2026-012", "GJ-2026-024"], tmp_path / "report", draft=True)
    make_pack(desk, "2026Q4", tmp_path / "包")
    papers = tuple(str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("*.docx")))
    pdfs = laid_out(tmp_path, papers)
    found = {paper: broken(tmp_path / paper, tmp_path / pdf) for paper, pdf in zip(papers, pdfs, strict=True)}
    assert {paper: tokens for paper, tokens in found.items() if tokens} == {}


def test_neither_does_a_sheet_of_the_pack(tmp_path):
    (tmp_path / "表.xlsx").write_bytes(sample())
    pack = make_pack(desk_at(tmp_path / "表.xlsx", DAY), "2026Q4", tmp_path / "包").directory
    books = tuple(path.name for path in sorted(pack.glob("0*.xlsx")))
    halves = {book: _HALF.findall(_pages(pack / pdf)) for book, pdf in zip(books, laid_out(pack, books), strict=True)}
    assert {book: found for book, found in halves.items() if found} == {}
