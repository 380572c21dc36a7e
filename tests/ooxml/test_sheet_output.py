"""Row spans and `dimension`, grown over what was written."""

from __future__ import annotations

import pytest

from capa_xl.ooxml.sheet_output import output, spanning, union
from capa_xl.ooxml.sheet_scan import read_sheet
from capa_xl.ooxml.sheet_stretches import whole


@pytest.mark.parametrize(
    ("tag", "grown"),
    [
        ('<row r="1" spans="2:3" ht="9">', '<row r="1" spans="2:5" ht="9">'),
        ('<row r="1" spans="5:6">', '<row r="1" spans="4:6">'), ('<row r="1" spans="1:9">', '<row r="1" spans="1:9">'),
        ('<row r="1">', '<row r="1">'), ("<row spans='2:3'>", "<row spans='2:5'>"),
        ("<row spans='4:5'>", "<row spans='4:5'>"),
        ("<row spans='1:2 4:5'>", "<row spans='1:2 4:5'>"), ("<row spans='1:2 7:8'>", "<row spans='1:8'>"),
        ("<row spans='5:5'>", "<row spans='4:5'>"), ("<row spans=''>", "<row spans=''>"),
        ("<row spans='x:y'>", "<row spans='x:y'>"),
        ("<row spans='1'>", "<row spans='1'>"), ("<row spans='1:2:3'>", "<row spans='1:2:3'>"),
        ("<row spans='1:1234567890'>", "<row spans='1:1234567890'>"), ("<row spans='1:2 x'>", "<row spans='1:2 x'>"),
        ("<row spans='10:123456789'>", "<row spans='4:123456789'>"),
    ],
)  # fmt: skip
def test_spans_reach_over_the_new_columns(tag, grown):
    assert spanning(tag.encode(), 4, 5) == grown.encode()


def test_the_smallest_range_over_two():
    assert union((2, 3, 4, 5), (1, 4, 3, 6)) == (1, 3, 4, 6)
    assert union((1, 4, 3, 6), (2, 3, 4, 5)) == (1, 3, 4, 6)


def written(head: str, data: str, added: tuple[int, int, int, int] | None, new: bytes = b"<row/>") -> str:
    sheet = read_sheet(f"<worksheet>{head}{data}</worksheet>".encode())
    return b"".join(output(whole(sheet), [(sheet.data.close, sheet.data.close, new)], added)).decode()


@pytest.mark.parametrize(
    ("ref", "added", "after"),
    [
        ("A1:B2", (1, 1, 2, 2), "A1:B2"), ("A1:B2", (3, 3, 3, 3), "A1:C3"), ("B2", (2, 2, 2, 2), "B2"),
        ("C3:D4", (1, 1, 1, 1), "A1:D4"),
        ("B2", (1, 1, 1, 1), "A1:B2"), ("A1", (3, 3, 4, 4), "A1:D4"), ("?", (3, 3, 4, 4), "?"),
        ("A1:B2", None, "A1:B2"),
    ],
)  # fmt: skip
def test_the_dimension_grows_over_what_was_added(ref, added, after):
    data = '<sheetData><row r="1"/></sheetData>'
    assert written(f'<dimension own="1" ref="{ref}"/>', data, added) == (
        f'<worksheet><dimension own="1" ref="{after}"/><sheetData><row r="1"/><row/></sheetData></worksheet>'
    )


@pytest.mark.parametrize(("ref", "after"), [("A1", "C3"), ("A1:B1", "A1:C3"), ("B2", "B2:C3")])
def test_the_dimension_of_an_empty_sheet_is_where_its_first_cell_stands(ref, after):
    assert f'"{after}"' in written(f'<dimension ref="{ref}"/>', "<sheetData></sheetData>", (3, 3, 3, 3))


def test_an_empty_sheet_is_opened():
    assert written("<a/>", "<sheetData />", (1, 1, 1, 1)) == "<worksheet><a/><sheetData><row/></sheetData></worksheet>"
    closed = b"<x:worksheet><x:sheetData/></x:worksheet>"
    sheet = read_sheet(closed)
    assert b"".join(output(whole(sheet), [], None)) == closed
    opened = b"".join(output(whole(sheet), [(13, 13, b"<x:row/>")], None))
    assert opened == b"<x:worksheet><x:sheetData><x:row/></x:sheetData></x:worksheet>"
