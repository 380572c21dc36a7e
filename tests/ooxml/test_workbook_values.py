"""What an opened workbook keeps of its sheets: for a splice more than for a reader, the enormous ones for nobody."""

from __future__ import annotations

import gc
import tracemalloc
from io import BytesIO

import pytest
import xlsxwriter

from capa_xl.ooxml import container, workbook_values
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.splice import splice
from capa_xl.ooxml.workbook_values import WorkbookValues

ROWS, COLUMNS, SHEET = 3_000, 20, "表"
LEAST_MB = 1.5
"""Of the sheet unpacked: 60,000 cells of 30 bytes and more."""


@pytest.fixture(scope="module")
def large() -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet(SHEET)
        for row in range(ROWS):
            sheet.write_row(row, 0, [row % 7] * COLUMNS)
    return stream.getvalue()


def kept_mb(blob: bytes, *, keeps: bool) -> float:
    """Memory that an opened workbook holds once its sheet was read and the values are gone, without the collector."""
    gc.disable()
    tracemalloc.start()
    try:
        book = WorkbookValues(blob, keeps=keeps)
        assert len(book.read(SHEET).rows) == ROWS
        return tracemalloc.get_traced_memory()[0] / 2**20
    finally:
        tracemalloc.stop()
        gc.enable()


def test_a_large_sheet_that_nobody_will_write_goes_when_it_is_read(large):
    assert kept_mb(large, keeps=False) < LEAST_MB / 2


def test_a_large_sheet_that_will_be_written_stays(large):
    assert kept_mb(large, keeps=True) > LEAST_MB


def test_a_sheet_that_will_be_written_goes_all_the_same_when_it_is_enormous(large, monkeypatch):
    monkeypatch.setattr(container, "LARGE", 1 << 20)
    monkeypatch.setattr(workbook_values, "LARGE", 1 << 20)
    assert kept_mb(large, keeps=True) < LEAST_MB / 2


def test_an_enormous_sheet_is_spliced_and_proven_as_any_other(large, monkeypatch):
    patch = Patch(edits=(CellEdit(SHEET, "A3", 8), CellEdit(SHEET, "U2999", "新")))
    kept = WorkbookValues(large)
    kept.read(SHEET)
    wanted = splice(large, patch, opened=kept).blob
    monkeypatch.setattr(container, "LARGE", 1 << 20)
    monkeypatch.setattr(workbook_values, "LARGE", 1 << 20)
    book = WorkbookValues(large)
    book.read(SHEET)
    assert splice(large, patch, opened=book).blob == wanted
    verify(large, wanted, patch, book.package.container.unpacked)


def test_a_sheet_that_went_is_read_again_as_it_was(large):
    book = WorkbookValues(large, keeps=False)
    first, again = book.read(SHEET), book.read(SHEET)
    assert (first.rows[6], again.rows) == ([6.0] * COLUMNS, first.rows)
