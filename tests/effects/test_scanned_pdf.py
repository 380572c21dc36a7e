"""What is taken for a scan: any PDF that opens, and never one that takes for ever to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from capa_xl.effects import scanned_pdf
from capa_xl.effects.scanned_pdf import read_scan, shows_no_picture, texts_of_pages
from capa_xl.errors import UsageError
from tests.app.scans import picture_pdf, text_pdf

PATH = Path("扫描.pdf")


def test_each_page_says_its_text_and_a_picture_says_none():
    assert texts_of_pages(PATH, text_pdf("one", "", "three")) == ("one", "", "three")
    assert texts_of_pages(PATH, picture_pdf(2)) == ("", "")


def test_a_file_of_text_alone_is_told_from_a_scan():
    assert shows_no_picture(text_pdf("one", "two"))
    assert not shows_no_picture(picture_pdf(2))
    stamped = text_pdf("one").replace(b"/MediaBox", b"/Annots [<< /Subtype /Stamp >>] /MediaBox")
    assert not shows_no_picture(stamped)
    assert not shows_no_picture(text_pdf("one").replace(b" Tj ET", b" Tj ET BI "))
    assert not shows_no_picture(b"%PDF-1.4 nothing")


def test_a_page_that_draws_too_much_is_not_read_and_neither_is_what_is_over_the_whole(monkeypatch):
    monkeypatch.setattr(scanned_pdf, "MOST_DRAWN_ON_A_PAGE", 100)
    assert texts_of_pages(PATH, text_pdf("one", "x" * 100, "three")) == ("one", "", "three")
    monkeypatch.setattr(scanned_pdf, "MOST_DRAWN", 70)
    assert texts_of_pages(PATH, text_pdf("one", "two", "three")) == ("one", "two", "")


def test_a_page_tree_that_runs_in_a_circle_and_one_without_pages_are_refused():
    circle = text_pdf("one").replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    with pytest.raises(UsageError, match="已损坏"):
        texts_of_pages(PATH, circle)
    with pytest.raises(UsageError, match="一页也没有"):
        texts_of_pages(PATH, text_pdf())


def test_what_is_too_big_is_not_even_read(tmp_path, monkeypatch):
    path = tmp_path / "大.pdf"
    path.write_bytes(text_pdf("one"))
    assert read_scan(path).startswith(b"%PDF-")
    monkeypatch.setattr(scanned_pdf, "MOST_BYTES", 10)
    with pytest.raises(UsageError, match="扫描件最多 0 MB"):
        read_scan(path)


def test_a_folder_is_no_scan(tmp_path):
    with pytest.raises(UsageError, match="不是文件"):
        read_scan(tmp_path)
