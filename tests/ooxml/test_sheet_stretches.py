"""Large sheets cut into stretches of rows: the same bytes as when they are spliced whole."""

from itertools import chain

import pytest

from capa_xl.errors import UnreadableWorkbook, UnsafeWrite
from capa_xl.ooxml.container import read_container
from capa_xl.ooxml.patch import CachedValue, CellEdit, OwnedCell, Patch, SheetRows
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.sheet_stretches import WholeSheetNeededError, stretches
from capa_xl.ooxml.splice import splice
from capa_xl.ooxml.workbook_values import WorkbookValues
from tests.ooxml.xlsx_maker import Book

HEAD = b'<?xml version="1.0"?><worksheet><dimension ref="A1:B4"/><sheetData>'
TAIL = b'</sheetData><mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells></worksheet>'
ROWS = [b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (number, number, number) for number in (1, 2, 4, 7)]


def cut(xml, *, at=1, size=1):
    pieces = (xml[place : place + at] for place in range(0, len(xml), at))
    return list(stretches(pieces, size))


@pytest.mark.parametrize("at", [1, 7, 40, 10_000])
@pytest.mark.parametrize("rows", [1, 2, 4])
def test_the_stretches_of_a_sheet_are_the_sheet(rows, at):
    xml = HEAD + b"".join(ROWS[:rows]) + TAIL
    found = cut(xml, at=at)
    assert b"".join(part.own for part in found) == xml
    assert [part.is_last for part in found] == [False] * (len(found) - 1) + [True]


def test_every_stretch_begins_with_the_row_above_and_the_last_one_ends_as_the_sheet():
    found = cut(HEAD + b"".join(ROWS) + TAIL)
    assert [part.sheet.row_numbers for part in found] == [(1,), (1, 2), (2, 4), (4, 7)]
    assert [bytes(part.own) for part in found[1:3]] == ROWS[1:3]
    assert [len(list(part.sheet.tail())) for part in found] == [0, 0, 0, 1]


@pytest.mark.parametrize(
    "xml",
    [
        HEAD + ROWS[0] + b"<!-- <row r='2'> -->" + ROWS[1] + TAIL,
        HEAD.replace(b"<dimension", b"<!-- x --><dimension") + b"".join(ROWS) + TAIL,
        HEAD + b'<row s="1"/><row s="1"/><row s="1"/>' + TAIL,  # nobody knows the number of a row by itself
        HEAD.replace(b"<sheetData>", b"<sheetData/>") + b"</worksheet>",
        HEAD + b"".join(ROWS),
        (HEAD + b"".join(ROWS) + TAIL).decode().encode("utf-16"),
    ],
)
def test_a_sheet_that_can_not_be_cut_between_its_rows_is_needed_whole(xml):
    with pytest.raises(WholeSheetNeededError):
        cut(xml)


# --- spliced ---

TABLE = "".join(
    f'<row r="{number}" spans="1:4"><c r="A{number}" s="{number % 3}"><v>{number}</v></c>'
    f'<c r="B{number}" t="inlineStr"><is><t>甲{number}</t></is></c>'
    f'<c r="C{number}"><f>A{number}*2</f><v>0</v></c></row>'
    for number in (*range(1, 8), *range(10, 14))
)


def both_ways(book, patch, **options):
    blob = book.blob()
    at_once = splice(blob, patch, **options)
    in_stretches = splice(blob, patch, opened=WorkbookValues(blob, large=1), **options)
    assert in_stretches.blob == at_once.blob
    assert (tuple(in_stretches.changes), in_stretches.warnings) == (tuple(at_once.changes), at_once.warnings)
    verify(blob, in_stretches.blob, patch)
    return in_stretches


def edits(*places):
    return tuple(CellEdit("表", at, value) for at, value in places)


@pytest.mark.parametrize("dimension", ['<dimension ref="A1:Z99"/>', "", '<dimension ref="A1:C13"/>'])
@pytest.mark.parametrize(
    "wanted",
    [
        [("A1", 5)],
        [("A13", 5)],
        [("A5", 5), ("B6", "乙"), ("D6", 1), ("D7", 1), ("E7", "新")],  # new cells take styles from left and above
        [("D1", 1), ("D2", 1), ("D3", 2), ("D10", 2), ("D11", 2)],
        [("A8", 8), ("B9", "九")],  # rows that aren't there, between two stretches
        [("A14", 14), ("C20", 20)],  # and behind the last
        [("B3", None), ("B4", "甲4")],
    ],
)
def test_a_sheet_in_stretches_becomes_what_it_becomes_whole(wanted, dimension):
    done = both_ways(Book(rows=TABLE, head=dimension), Patch(edits=edits(*wanted)))
    assert done.changes


def test_results_of_formulas_and_values_stand_in_one_sheet():
    results = tuple(CachedValue("表", f"C{number}", number * 2) for number in (1, 7, 9, 13))
    assert len(both_ways(Book(rows=TABLE), Patch(edits=edits(("A2", 0)), cached=results)).changes) == 4


def test_small_stretches_are_many():
    book = WorkbookValues(Book(rows=TABLE).blob(), large=1)
    assert len(list(book.stretches(book.package.sheets[0]))) == TABLE.count("<row ")


def test_a_sheet_that_can_not_be_cut_is_spliced_whole():
    assert (
        len(both_ways(Book(rows=TABLE.replace("</row>", "<!-- x --></row>", 7)), Patch(edits=edits(("A1", 5)))).changes)
        == 1
    )


def test_nothing_to_change_gives_the_very_same_file():
    blob = Book(rows=TABLE).blob()
    patch = Patch(edits=edits(("A1", 1), ("A13", 13), ("B20", None)))
    assert splice(blob, patch, opened=WorkbookValues(blob, large=1)).blob is blob


def test_owned_rows_are_written_with_the_whole_sheet_in_hand():
    rows = (SheetRows("表", 12, ((OwnedCell("一"), OwnedCell(2)),)),)
    assert both_ways(Book(rows=TABLE.replace("<f>", "<x>").replace("</f>", "</x>")), Patch(rows=rows)).changes


@pytest.mark.parametrize(
    ("rows", "tail", "at", "word"),
    [
        (TABLE, '<mergeCells count="1"><mergeCell ref="A2:B3"/></mergeCells>', "B3", "合并单元格"),
        (TABLE.replace("<f>A2*2</f>", '<f t="array" ref="C2:C10">A2:A10</f>'), "", "D11", ""),
        (TABLE.replace("<f>A2*2</f>", '<f t="array" ref="B2:D10">A2:A10</f>'), "", "D10", "数组公式"),
        (TABLE.replace('<row r="12"', '<row r="11"'), "", "A1", "重复或次序不对"),
    ],
)
def test_what_stands_in_another_stretch_is_heeded(rows, tail, at, word):
    book, patch = Book(rows=rows, tail=tail), Patch(edits=edits((at, 5)))
    if not word:
        assert both_ways(book, patch).changes
        return
    blob = book.blob()
    with pytest.raises(UnsafeWrite, match=word):
        splice(blob, patch, opened=WorkbookValues(blob, large=1))


def test_a_damaged_sheet_is_told_behind_its_last_stretch():
    blob = Book(rows=TABLE).blob()
    member = next(one for one in read_container(blob).members if "sheet1" in one.name)
    broken = bytearray(blob)
    for place in (
        blob.index(b"PK\x03\x04" + blob[member.offset + 4 : member.offset + 30]) + 14,
        blob.index(member.head) + 16,
    ):
        broken[place] ^= 1  # the CRC-32, in both of its places
    with pytest.raises(UnreadableWorkbook, match="CRC"):
        splice(bytes(broken), Patch(edits=edits(("A1", 5))), opened=WorkbookValues(bytes(broken), large=1))


def test_pieces_of_a_member_are_its_content():
    container = read_container(Book(rows=TABLE).blob())
    for member in container.members:
        assert b"".join(chain(container.pieces(member))) == container.read(member)
