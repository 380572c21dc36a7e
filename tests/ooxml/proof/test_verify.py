"""The proof must see every kind of damage; each test damages a good result in one place."""

import datetime as dt
import io
import zipfile
from contextlib import nullcontext

import pytest

from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.patch import CachedValue, CellEdit, OwnedCell, Patch, RowEdit, SheetRows
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.splice import splice
from tests.ooxml.xlsx_maker import Book, zipped

SHEET = "xl/worksheets/sheet1.xml"
ROWS = (
    '<row r="1" spans="1:3"><c r="A1"><v>1</v></c><c r="B1" s="2"/><c r="C1"><v>3</v></c></row>'
    '<row r="2"><c r="A2"><v>4</v></c><c r="D2"><f>B1*2</f><v>8</v></c></row>'
    '<row r="3"><c r="A3"><v>5</v></c></row>'
)
BOOK = Book(rows=ROWS, head='<dimension ref="A1:D3"/>', tail='<pageMargins left="0.7"/>', other='<row r="1"/>')
PATCH = Patch(
    edits=(CellEdit("表", "B1", "新"), CellEdit("表", "E2", 7), CellEdit("表", "A5", dt.date(2026, 11, 22))),
    cached=(CachedValue("表", "D2", 9),),
)


def spliced():
    return splice(BOOK.blob(), PATCH).blob


def damaged(part, old, new):
    """The good result with one text replaced in one part, all other members as they lie there."""
    with zipfile.ZipFile(io.BytesIO(spliced())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in members[part]
    members[part] = members[part].replace(old.encode(), new.encode(), 1)
    return zipped(members)


def good():
    with zipfile.ZipFile(io.BytesIO(spliced())) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


def test_a_good_result_passes():
    verify(BOOK.blob(), spliced(), PATCH)
    verify(zipped(BOOK.members()), good(), PATCH)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<v>3</v>", "<v>4</v>", "第 1 行里别的单元格变了"),
        ("<v>5</v>", "<v>6</v>", "第 3 行不该变而变了"),
        ('<row r="3"><c r="A3"><v>5</v></c></row>', "", "行多了或少了"),
        ('<row r="3">', '<row r="3" hidden="1">', "第 3 行不该变而变了"),
        ('<row r="1" ', '<row r="1" ht="9" ', "第 1 行里别的单元格变了"),
        ("<t>新</t>", "<t>旧</t>", "表!B1 写入的值不对"),
        ('r="B1" s="2"', 'r="B1" s="1"', "表!B1 的样式变了"),
        ('r="B1" s="2"', 'r="B1" s="2" cm="1"', "表!B1 的属性变了"),
        ('r="B1" s="2"', 'r="B1" s="2" other="1"', "表!B1 的属性变了"),
        ("<f>B1*2</f><v>9</v>", "<f>B1*3</f><v>9</v>", "公式变了"),
        ("<f>B1*2</f><v>9</v>", "<f>B1*2</f><v>8</v>", "表!D2 写入的值不对"),
        ('<c r="E2"><v>7</v></c>', "", "表!E2 没有写入"),
        ('<c r="E2"><v>7</v></c>', '<c r="E2"><f>7</f><v>7</v></c>', "公式还在"),
        ("<v>46348</v>", "<v>46349</v>", "表!A5 写入的值不对"),
        ('<row r="5">', '<row r="5" ht="9">', "新的第 5 行里有不该有的内容"),
        ("</sheetData>", '<row r="9"/></sheetData>', "行多了或少了"),
        ('left="0.7"', 'left="0.8"', "尾部"),
        ("<sheetData>", '<cols><col min="1" max="1"/></cols><sheetData>', "表头部分"),
        ("<sheetData>", "<sheetData> ", "第一行前面"),
    ],
)
def test_damage_in_the_sheet_is_seen(old, new, fault):
    if fault is None:
        verify(zipped(BOOK.members()), damaged(SHEET, old, new), PATCH)
        return
    with pytest.raises(UnsafeWrite, match=fault):
        verify(zipped(BOOK.members()), damaged(SHEET, old, new), PATCH)


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        ("xl/worksheets/sheet2.xml", '<row r="1"/>', '<row r="2"/>', "sheet2.xml 不该变而变了"),
        ("xl/styles.xml", 'fontId="1"', 'fontId="0"', "样式表"),
        ("xl/styles.xml", '<sz val="11"/>', '<sz val="12"/>', "样式表的 fonts 变了"),
        ("xl/workbook.xml", 'name="他表"', 'name="别表"', "工作表清单|workbook.xml"),
        ("xl/workbook.xml", "<calcPr", '<workbookPr codeName="x"/><calcPr', "workbook.xml 里不该变的"),
        ("[Content_Types].xml", "worksheet+xml", "other+xml", "不该变而变了"),
    ],
)
def test_damage_elsewhere_is_seen(part, old, new, fault):
    with pytest.raises(UnsafeWrite, match=fault):
        verify(zipped(BOOK.members()), damaged(part, old, new), PATCH)


def test_a_new_row_may_be_as_high_as_the_sheet_fixes_for_all_and_of_no_other_height():
    book = Book(rows=ROWS, head='<sheetFormatPr defaultRowHeight="20" customHeight="1"/>')
    patch = Patch(edits=(CellEdit("表", "A5", 7),))
    with zipfile.ZipFile(io.BytesIO(splice(book.blob(), patch).blob)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    own = b'<row r="5" ht="20" customHeight="1">'
    assert own in members[SHEET]
    for tag, is_good in ((own, True), (b'<row r="5">', True), (own.replace(b"20", b"30"), False)):
        written = zipped({**members, SHEET: members[SHEET].replace(own, tag)})
        with nullcontext() if is_good else pytest.raises(UnsafeWrite, match="新的第 5 行里有不该有的内容"):
            verify(zipped(book.members()), written, patch)


def test_a_member_that_is_gone_added_or_moved_is_seen():
    with zipfile.ZipFile(io.BytesIO(spliced())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    before = zipped(BOOK.members())
    gone = {name: content for name, content in members.items() if name != "xl/worksheets/sheet2.xml"}
    moved = dict(sorted(members.items()))
    for wrong in (gone, moved, {**members, "xl/new.xml": b""}):
        with pytest.raises(UnsafeWrite, match="核对没有通过"):
            verify(before, zipped(wrong), PATCH)


def test_a_member_packed_anew_is_seen_even_when_its_content_is_the_same():
    with zipfile.ZipFile(io.BytesIO(spliced())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with pytest.raises(UnsafeWrite, match="不该变而变了"):
        verify(BOOK.blob(), zipped(members, zipfile.ZIP_STORED), PATCH)


def test_an_edit_that_was_not_written_at_all_is_seen():
    with pytest.raises(UnsafeWrite, match="没有写入"):
        verify(BOOK.blob(), bytes(bytearray(BOOK.blob())), PATCH)


def test_owned_rows_are_read_back_whole():
    blob = zipped(Book(rows='<row r="1"/>').members())
    patch = Patch(rows=(SheetRows("表", 2, ((OwnedCell("一"), OwnedCell("A1", "HYPERLINK(1)")),)),))
    new = splice(blob, patch).blob
    verify(blob, new, patch)
    with zipfile.ZipFile(io.BytesIO(new)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for old, other in (
        ("一", "二"),
        ("HYPERLINK(1)", "HYPERLINK(2)"),
        ("</sheetData>", '<row r="7"><c r="A7"><v>1</v></c></row></sheetData>'),
    ):
        wrong = {**members, SHEET: members[SHEET].replace(old.encode(), other.encode())}
        with pytest.raises(UnsafeWrite, match="写入的值不对"):
            verify(blob, zipped(wrong), patch)


ROW_PATCH = Patch(
    row_edits=(
        RowEdit("表", 1, (1, 2, 3, 4, 5, 6), (" 尾 ", False, None, 123456789012345, dt.date(2026, 11, 22), "a&b;")),
        RowEdit("表", 2, (1,), (dt.date(2026, 11, 22),)),
    )
)


def row_book(between=""):
    """Two rows; with a comment between their cells they aren't read by the quick pattern."""
    return Book(
        rows=f'<row r="1" spans="1:3"><c r="A1" s="2"><v>0</v></c>{between}<c r="B1"/>'
        '<c r="C1" s="2"><v>7</v></c></row>'
        f'<row r="2"><c r="A2" s="2"/>{between}</row>',
        head='<dimension ref="A1:C2"/>',
    )


@pytest.mark.parametrize("between", ["", "<!-- 注 -->"], ids=["plain", "commented"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' xml:space="preserve"', ""),
        ('t="b"><v>0<', 't="b"><v>2<'),
        ('t="b"><v>0<', 'vm="1" t="b"><v>0<'),
        ('t="b"><v>0<', 't="b" t="b"><v>0<'),
        ("<v>123456789012345</v>", "<v>123456789012346</v>"),
        ("<v>123456789012345</v>", "<v>1_23456789012345</v>"),
        ("<v>123456789012345</v>", "<is><t>123456789012345</t></is>"),
        ("<v>123456789012345</v>", "<v>123456789012345</v>_"),
        ("<v>123456789012345</v>", "<v>123456789012345</v><extLst/>"),
        ("a&amp;b;", "a&b;"),
        ('<c r="C1" s="2"/>', ""),
        ('<c r="C1" s="2"/>', '<c r="C1" s="2" t="s"/>'),
        ('<c r="D1" s="2">', '<c r="D1" s="1">'),
        ('<c r="D1" s="2">', '<c r="D1" s="99">'),
        ('<c r="D1" s="2">', '<c r="D1 " s="2">'),
        ('<c r="D1" s="2">', '<c r="D1" s="2" cm="1">'),
        ('<c r="E1" s="4">', '<c r="E1" s="2">'),
        ('<c r="A2" s="4">', '<c r="A2" s="1">'),
        ('<c r="A2" s="4">', '<c r="A2" s="2">'),
        (' spans="1:6"', ' spans="1:2"'),
        (' spans="1:6"', ' spans="x"'),
        (' spans="1:6"', ""),
        ('"A1:F2"', '"A1:B2"'),
        ('"A1:F2"', '"x"'),
        ("</sheetData>", "</sheetData x>"),
    ],
)
def test_a_row_written_together_is_proven_down_to_its_form(old, new, between):
    before = zipped(row_book(between).members())
    good = splice(before, ROW_PATCH).blob
    verify(before, good, ROW_PATCH)
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in members[SHEET]
    wrong = {**members, SHEET: members[SHEET].replace(old.encode(), new.encode(), 1)}
    with pytest.raises(UnsafeWrite, match="核对没有通过"):
        verify(before, zipped(wrong), ROW_PATCH)


def test_a_style_that_differs_only_in_the_row_after_a_proven_one_is_seen():
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="2"/></row>' for row in (1, 2))
    before, patch = (
        zipped(Book(rows=rows).members()),
        Patch(edits=tuple(CellEdit("表", f"A{row}", 5) for row in (1, 2))),
    )
    with zipfile.ZipFile(io.BytesIO(splice(before, patch).blob)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    wrong = {**members, SHEET: members[SHEET].replace(b'r="A2" s="2"', b'r="A2" s="3"')}
    with pytest.raises(UnsafeWrite, match="A2 的样式变了"):
        verify(before, zipped(wrong), patch)


@pytest.mark.parametrize("between", ["", "<!-- 注 -->"])
def test_cells_that_changed_places_are_seen(between):
    book = Book(rows=f'<row r="1"><c r="A1"><v>1</v></c>{between}<c r="B1"><v>2</v></c></row>')
    before, patch = zipped(book.members()), Patch(edits=(CellEdit("表", "B1", 5),))
    with zipfile.ZipFile(io.BytesIO(splice(before, patch).blob)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    one, two = b'<c r="A1"><v>1</v></c>', b'<c r="B1"><v>5</v></c>'
    gap = between.encode()
    wrong = {**members, SHEET: members[SHEET].replace(one + gap + two, two + gap + one)}
    assert wrong != members
    with pytest.raises(UnsafeWrite):
        verify(before, zipped(wrong), patch)


def test_a_result_for_a_row_that_is_gone_does_not_stop_the_rest():
    blob = Book(rows='<row r="1"><c r="A1"><v>1</v></c></row>').blob()
    patch = Patch(edits=(CellEdit("表", "A1", 2),), cached=(CachedValue("表", "A7", 9),))
    verify(blob, splice(blob, patch).blob, patch)


def test_an_edit_counts_more_than_a_result_for_the_same_cell():
    blob = Book(rows='<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>').blob()
    cached = (CachedValue("表", "A1", 9), CachedValue("表", "B1", 9))
    patch = Patch(edits=(CellEdit("表", "A1", 2),), row_edits=(RowEdit("表", 1, (2,), (3,)),), cached=cached)
    verify(blob, splice(blob, patch).blob, patch)


def test_a_cell_that_was_to_be_emptied_and_was_not_is_seen():
    blob = Book(rows='<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>').blob()
    done = splice(blob, Patch(edits=(CellEdit("表", "A1", 2),))).blob
    with pytest.raises(UnsafeWrite, match="写入的值不对"):
        verify(blob, done, Patch(edits=(CellEdit("表", "A1", 2), CellEdit("表", "B1", None))))


def test_addresses_with_leading_zeros_are_found_again():
    blob = Book(rows='<row r="1"><c r="A01"><v>1</v></c><c r="B1"><v>1</v></c></row>').blob()
    patch = Patch(row_edits=(RowEdit("表", 1, (1, 2), (5, 6)),))
    verify(blob, splice(blob, patch).blob, patch)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<row r="2" ht="9">', '<row r="2" ht="8">'),
        ('<row r="3">', '<row r="3" hidden="1">'),
        (' xml:space="preserve"', ""),
        ("</is></c>", "</is>x</c>"),
        ("<v>5</v>", "<v>5</v><extLst/>"),
        ('<c r="C2" s="2"/>', ""),
        ('<c r="B2">', '<c r="B2" vm="1">'),
        ('<c r="B2">', '<c r="B2" s="99">'),
        ("</c></row></sheetData>", "</c>x</row></sheetData>"),
    ],
)
def test_owned_rows_are_proven_down_to_their_form(old, new):
    before = zipped(Book(rows='<row r="2" ht="9"><c r="A2"/><c r="C2" s="2"><v>1</v></c></row>').members())
    cells = ((OwnedCell(" 尾 "), OwnedCell(5)), (OwnedCell("B1", "B1"),))
    patch = Patch(rows=(SheetRows("表", 2, cells),))
    good = splice(before, patch).blob
    verify(before, good, patch)
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in members[SHEET]
    wrong = {**members, SHEET: members[SHEET].replace(old.encode(), new.encode(), 1)}
    with pytest.raises(UnsafeWrite, match="核对没有通过"):
        verify(before, zipped(wrong), patch)
