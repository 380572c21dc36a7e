import json
from datetime import date

import openpyxl
import pytest

from capa_xl.app.use_cases.patch import patch_file, read_edits
from capa_xl.cli.documents.tracker_documents import patch_document
from capa_xl.errors import UnreadableWorkbook, UnsafeWrite, UsageError, WorkbookLocked
from tests.app.desks import desk_at
from tests.ooxml.xlsx_maker import Book, sheet_text

DAY = date(2026, 11, 22)
ROWS = '<row r="1"><c r="A1" t="str"><v>旧</v></c><c r="B1" s="1"/><c r="C1"><f>1+1</f><v>2</v></c></row>'


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "书.xlsx"
    path.write_bytes(Book(rows=ROWS).blob())
    return path


def edits(*entries):
    return json.dumps([dict(zip(("sheet", "cell", "value"), entry, strict=True)) for entry in entries]).encode()


def test_cells_go_into_a_copy_and_the_source_stays(book, tmp_path):
    before = book.read_bytes()
    out = tmp_path / "新.xlsx"
    wanted = edits(("表", "A1", "新"), ("表", "b1", {"date": "2026-11-22"}), ("表", "C1", 5))
    done = patch_file(desk_at(book, DAY), wanted, out)
    assert book.read_bytes() == before
    assert '<c r="B1" s="1"><v>46348</v></c><c r="C1"><v>5</v></c>' in sheet_text(out.read_bytes())
    assert patch_document(done)["written"] is True
    assert patch_document(done)["edits"] == [
        {"sheet": "表", "cell": "A1", "before": "旧", "after": "新"},
        {"sheet": "表", "cell": "B1", "before": None, "after": "2026-11-22"},
        {"sheet": "表", "cell": "C1", "before": 2, "after": 5},
    ]


def test_the_file_itself_may_be_the_target_and_keeps_a_backup(book):
    before = book.read_bytes()
    done = patch_file(desk_at(book, DAY), edits(("表", "A1", "新")), book)
    assert "新" in sheet_text(book.read_bytes())
    assert done.backup.read_bytes() == before


def test_another_file_is_never_written_over(book, tmp_path):
    other = tmp_path / "别的.xlsx"
    other.write_bytes(before := b"somebody's")
    with pytest.raises(UsageError, match=r"「.*别的.xlsx」已经有了，没有改动它 → 请换一个文件名"):
        patch_file(desk_at(book, DAY), edits(("表", "A1", "新")), other)
    assert other.read_bytes() == before


def test_nothing_to_change_leaves_the_file_and_makes_no_backup(book):
    done = patch_file(desk_at(book, DAY), edits(("表", "A1", "旧")), book)
    assert (len(done.changes), done.backup, patch_document(done)["written"]) == (0, None, False)
    assert [path.name for path in book.parent.iterdir()] == ["书.xlsx"]


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ("{", "JSON"),
        ("{}", "列表"),
        ("[1]", "第 1 项"),
        ('[{"sheet":"表","cell":"A1"}]', "第 1 项缺少 value"),
        ('[{"sheet":"表","cell":"A1","value":1,"valeu":1}]', "不认识 valeu"),
        ('[{"sheet":"","cell":"A1","value":1}]', "sheet"),
        ('[{"sheet":"表","cell":"1A","value":1}]', "1A"),
        ('[{"sheet":"表","cell":7,"value":1}]', "「7」"),
        ('[{"sheet":"表","cell":"A1","value":[1]}]', "第 1 项的 value"),
        ('[{"sheet":"表","cell":"A1","value":{"date":"2026-02-30"}}]', "2026-02-30"),
        ('[{"sheet":"表","cell":"A1","value":1},{"sheet":"表","cell":"$A$1","value":2}]', "第 1 项和第 2 项"),
    ],
)
def test_a_wrong_document_names_the_entry(document, fault):
    with pytest.raises(UsageError, match=fault):
        read_edits(document.encode())


def test_an_unknown_sheet_is_refused_and_nothing_written(book, tmp_path):
    with pytest.raises(UsageError, match="现有工作表：表"):
        patch_file(desk_at(book, DAY), edits(("表二", "A1", 1)), tmp_path / "新.xlsx")
    assert not (tmp_path / "新.xlsx").exists()


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999", "12345678901234567891"])
def test_numbers_no_cell_can_hold_are_refused(book, tmp_path, value):
    document = f'[{{"sheet":"表","cell":"A1","value":{value}}}]'.encode()
    with pytest.raises(UnsafeWrite, match="表!A1"):
        patch_file(desk_at(book, DAY), document, tmp_path / "新.xlsx")
    assert not (tmp_path / "新.xlsx").exists()


def test_a_target_that_is_open_is_refused(book):
    book.with_name("~$书.xlsx").write_bytes(b"")
    with pytest.raises(WorkbookLocked):
        patch_file(desk_at(book, DAY), edits(("表", "A1", 1)), book)


def test_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_text("编号,状态\n")
    with pytest.raises(UnreadableWorkbook, match="CSV"):
        patch_file(desk_at(path, DAY), edits(("表", "A1", 1)), tmp_path / "新.xlsx")


def test_a_number_that_its_cell_shows_in_percent_is_written_as_it_stands_and_told(tmp_path):
    source, stream = openpyxl.Workbook(), tmp_path / "书.xlsx"
    source.active.append([0.5, 0.5, 0.5])
    source.active["A1"].number_format = source.active["B1"].number_format = "0%"
    source.save(stream)
    done = patch_file(desk_at(stream, DAY), edits(("Sheet", "A1", 50), ("Sheet", "B1", 1), ("Sheet", "C1", 50)), stream)
    assert [change.after for change in done.changes] == [50, 1, 50]
    assert done.warnings == ("Sheet!A1 的数字格式是百分比，写入的 50 显示成 5000% → 要显示 50% 的，value 写 0.5",)
