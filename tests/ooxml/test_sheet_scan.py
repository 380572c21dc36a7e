import pytest

from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.sheet_scan import read_sheet
from tests.ooxml.xlsx_maker import Book


def xml(rows):
    return Book(rows=rows).sheet().encode()


def test_row_numbers_are_written_or_counted():
    assert read_sheet(xml('<row/><row r="5"/><row/>')).row_numbers == (1, 5, 6)


def test_comments_and_instructions_are_masked_and_marks_in_text_are_not():
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>急!为何?</t></is></c></row>'
    assert not read_sheet(xml(rows)).is_masked
    hidden = read_sheet(xml('<!-- <row r="9"/> -->' + rows + '<?x <row r="8"/> ?><row r="2"/>'))
    assert (hidden.row_numbers, hidden.is_masked) == ((1, 2), True)


def test_a_doctype_is_refused():
    sheet = xml('<row r="1"/>').replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY y "z">]><worksheet', 1)
    with pytest.raises(UnsafeWrite, match="DOCTYPE"):
        read_sheet(sheet)
