"""No text of a workbook that we make is wider than its cell or higher than its row, unless it ends with …; nothing
prints too small to read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from capa_xl.cli.main import run
from capa_xl.reports.sheets import Book
from capa_xl.reports.table_cells import ColumnHead
from tests.cells_fit import hidden_texts
from tests.made_workbooks import blank, sample
from tests.printed_scales import printed_small
from tests.sizes import DAY, sized

SIZES = {
    "sample": sample,
    "empty": blank,
    "overfull": lambda: sized(60, departments=30, people=25, long=True),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_every_text_can_be_read_whole(tmp_path, size):
    table = tmp_path / "表.xlsx"
    table.write_bytes(SIZES[size]())
    for words in (
        ("pack", "--period", "2026Q4", "-o", tmp_path / "包"),
        ("check", "--report", tmp_path / "校验.xlsx"),
        ("analyse", "-o", tmp_path / "分析"),
        ("slip", "--all", "-o", tmp_path / "填报表"),
        ("meeting", "--period", "2026-11", "--minutes", tmp_path / "会议记录.xlsx"),
    ):
        assert run([words[0], str(table), *map(str, words[1:]), "--as-of", str(DAY), "--quiet"]) in (0, 1)
    books = [path for path in sorted(tmp_path.rglob("*.xlsx")) if ".capa_xl" not in path.parts]
    assert len(books) >= 7
    assert {path.name: found for path in books if (found := _hidden(path, table))} == {}
    assert {path.name: found for path in books if (found := [*printed_small(path.read_bytes())])} == {}
    assert {path.name: found for path in books if path != table and (found := _bare(path.read_bytes()))} == {}


def _bare(blob: bytes) -> list[str]:
    """Visible sheets with a title and a note, and nothing under them."""
    sheets = openpyxl.load_workbook(BytesIO(blob), data_only=True).worksheets
    shown = [sheet for sheet in sheets if sheet.sheet_state == "visible" and not sheet._charts]
    return [sheet.title for sheet in shown if not any(cell.value for row in sheet.iter_rows(min_row=3) for cell in row)]


def _hidden(path: Path, table: Path) -> list[str]:
    return list(hidden_texts(path.read_bytes(), typed=path == table))


@pytest.mark.parametrize(
    ("text", "look", "height", "shown"),
    [
        ("五个汉字宽", "mark", None, True),
        ("七个汉字的宽度", "mark", None, False),
        ("两行两行两行两行", "wrap", 33, True),
        ("两行两行两行两行", "wrap", 16, False),
    ],
)
def test_a_text_that_is_cut_off_is_found(text, look, height, shown):
    book = Book("测试", DAY)
    sheet = book.sheet("表", "题")
    book.table(sheet, [ColumnHead("列", 11, look), ColumnHead("右", 11)], [(text, "有字")])
    if height:
        sheet.set_row(4, height)
    assert [*hidden_texts(book.close())] == ([] if shown else [f"表!A5 {text}"])
