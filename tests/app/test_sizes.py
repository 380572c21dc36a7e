"""Whole packs of every size, laid out: pages counted, nothing wasted, nothing that lies."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from capa_xl.app.shared.numbered_papers import write_numbered
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.model.paper_kinds import A3
from tests.app.desks import desk_at
from tests.app.laid_out import laid_out
from tests.sizes import DAY, LONG_NAME, sized

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on the PATH"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler (pdftotext) is not on the PATH"),
]
REVIEW, DASHBOARD = "00 管理评审输入报告.docx", "01 改进看板.xlsx"


def pages(folder: Path, *files: str, **size) -> dict[str, list[str]]:
    """The words of every page, blanks left out, of files of the pack of such a workbook; plans by 02."""
    (folder / "表.xlsx").write_bytes(sized(**size))
    pack = make_pack(desk_at(folder / "表.xlsx", DAY), "2026Q4", folder / "包").directory
    (plan,) = (path.name for path in pack.glob("02 *.docx"))
    names = tuple(plan if name == "02" else name for name in files)
    made = laid_out(pack, names)
    return {file: _words(pack / pdf) for file, pdf in zip(files, made, strict=True)}


def _words(pdf: Path) -> list[str]:
    text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    return ["".join(page.split()) for page in text.split("\f")][:-1]


def _before_annex(review: list[str]) -> int:
    return next(at for at, text in enumerate(review) if "附录A" in text)


def _signed_on(review: list[str]) -> int:
    """The page of the signatures, from 1."""
    return next(at for at, text in enumerate(review, start=1) if "接收（总经理/评审主持人）" in text)


def _nearly_empty(texts: list[str]) -> list[int]:
    """Pages with little but header and footer; the last may end early, the first before the body begins."""
    return [at for at, text in enumerate(texts[1:-1], start=2) if len(text) < 150]


def test_an_empty_workbook_takes_few_pages_and_says_that_nothing_is_there(tmp_path):
    found = pages(tmp_path, REVIEW, DASHBOARD, "02", count=0)
    counts = {name: len(texts) for name, texts in found.items()}
    assert all(counts[name] <= most for name, most in ((REVIEW, 6), (DASHBOARD, 6), ("02", 2))), counts
    review = "".join(found[REVIEW])
    assert "当前在办0项，实施逾期0项，环节超时0项" in review
    assert not re.search(r"没有建立《|未建立", review)
    assert "没有在办的措施。" in found[DASHBOARD][0]


def test_one_action(tmp_path):
    found = pages(tmp_path, REVIEW, "02", count=1)
    assert len(found[REVIEW]) <= 8 and len(found["02"]) <= 3


def test_sixty_actions_take_at_most_twelve_pages_before_the_annex_and_none_is_wasted(tmp_path):
    found = pages(tmp_path, REVIEW, "02", count=60)
    assert _before_annex(found[REVIEW]) <= 12
    assert len(found[REVIEW]) <= 15 and len(found["02"]) <= 12
    assert _nearly_empty(found[REVIEW]) == _nearly_empty(found["02"]) == []


def test_five_hundred_actions_take_no_more_of_the_review(tmp_path):
    found = pages(tmp_path, REVIEW, count=500, departments=12)
    assert _signed_on(found[REVIEW]) <= 14 and len(found[REVIEW]) <= 17


def test_overfull_cells_are_cut_with_an_ellipsis_and_names_stay_apart(tmp_path):
    found = pages(tmp_path, REVIEW, DASHBOARD, "02", count=60, departments=30, people=25, long=True)
    assert _signed_on(found[REVIEW]) <= 12 and len(found[REVIEW]) <= 14
    assert found[REVIEW][0].count("☐同意建议") >= 1
    assert LONG_NAME.format(1) not in "".join(found[REVIEW])
    assert "…" in found[REVIEW][1]
    assert len(found["02"]) <= 21 and "（全文见跟踪表）" in "".join(found["02"])


def test_the_page_of_a_major_action_stays_one_however_long_its_texts(tmp_path):
    (tmp_path / "表.xlsx").write_bytes(sized(60, departments=30, people=25, long=True))
    write_numbered(A3, desk_at(tmp_path / "表.xlsx", DAY), [], tmp_path, every=True)
    papers = tuple(path.name for path in sorted(tmp_path.glob("*.docx")))
    counts = {pdf: len(_words(tmp_path / pdf)) for pdf in laid_out(tmp_path, papers)}
    assert len(counts) >= 4 and set(counts.values()) == {1}, counts


def test_the_box_of_a_scheme_in_the_plan_stands_on_one_page(tmp_path):
    found = pages(tmp_path, "02", count=60)["02"]
    boxes = [(text.count("现状分析"), text.count("现值→目标")) for text in found]
    assert sum(first for first, _ in boxes) >= 4
    assert all(first == last for first, last in boxes), boxes


def test_a_workbook_without_company_prints_no_dash_in_its_place(tmp_path):
    found = pages(tmp_path, REVIEW, DASHBOARD, count=3, company=False)
    for texts in found.values():
        assert not any(text.startswith("—") for text in texts)
