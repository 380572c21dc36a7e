"""No text of a workbook that we make is wider than its cell or higher than its row, unless it ends with …; nothing
prints too small to read."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from capa_xl.cli.main import run
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.levels import level_named
from capa_xl.reports.sheets import Book
from capa_xl.reports.table_cells import ColumnHead
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.adopting.grown_workbook import grown, growth_to
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.blank.content import blank_content
from capa_xl.workbook.reading.reader import read_register
from tests.cells_fit import hidden_texts
from tests.made_workbooks import blank, refreshed, sample
from tests.printed_scales import printed_small
from tests.sizes import DAY, LONG_NAME, TRACKER, sized

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


def _open_rows() -> list[dict[str, str | date]]:
    """Actions of which nearly everything is to be filled yet; every other one in a department of thirty letters."""
    basic = {"description": "值班漏接三次", "registered_on": date(2026, 9, 1), "source": "内部审核"}
    planned = {"action_type": "纠正", "measure": "修订规程", "owners": "样例甲、样例乙、样例丙", "due_on": DAY}
    some = [{"action_type": "纠正"}, {"due_on": date(2026, 10, 20)}, planned]
    long = [{}, {"responsible_department": LONG_NAME.format(1)}]
    return [{"number": f"GJ-2026-{at:03}", **basic, **some[at % 3], **long[at % 2]} for at in range(1, 7)]


def _adopted() -> bytes:
    """A table of ten columns with rows of two lines, adopted."""
    keys = ("number", "description", "registered_on", "source", "action_type", "severity", "measure",
            "responsible_department", "owners", "due_on")  # fmt: skip
    headers = column_by_key(Action)
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet, day = book.add_worksheet(TRACKER), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, [headers[key].header for key in keys])
    for at, row in enumerate(_open_rows(), 1):
        sheet.set_row(at, 32)
        for column, key in enumerate(keys):
            value = row.get(key, "")
            sheet.write(at, column, value, day if isinstance(value, date) else None)
    book.close()
    return adopt(stream.getvalue(), Adopting({"责任部门": "责任部门"}, "a1", DAY))[0]


def _grown() -> bytes:
    """A ledger grown to the whole workbook: its 下一步 keeps the width that it had."""
    ledger = level_named("台账")
    blob = build_workbook({**blank_content("a1", ledger), TRACKER: _open_rows()}, as_of=DAY, level=ledger)
    register = read_register(blob)
    return grown(register, blob, growth_to(register, blob, "数据"), DAY).blob


@pytest.mark.parametrize("made", [_adopted, _grown], ids=["adopted", "grown"])
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_our_texts_in_an_older_table_can_be_read_whole(made):
    """They were cut for the columns of a new workbook."""
    blob = refreshed(made(), DAY)
    sheet = openpyxl.load_workbook(BytesIO(blob))[TRACKER]
    head = next(row for row in sheet.iter_rows(max_row=3) if any(cell.value == "编号" for cell in row))
    ours = {cell.column_letter for cell in head if str(cell.value).startswith("〔自动〕")}
    below = {f"{letter}{row}" for letter in ours for row in range(head[0].row + 1, sheet.max_row + 1)}
    hidden = [text for text in hidden_texts(blob) if text.startswith(TRACKER)]
    assert [text for text in hidden if text.removeprefix(f"{TRACKER}!").partition(" ")[0] in below] == []
    texts = {cell.value for letter in ours for cell in sheet[letter] if isinstance(cell.value, str)}
    assert any("…" in text or " 等 " in text for text in texts)


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
