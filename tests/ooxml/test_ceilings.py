"""Nothing is unpacked of a file that would exhaust the machine; what is just below every ceiling is read."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest

from capa_xl.errors import CapaError, UnreadableWorkbook
from capa_xl.ooxml import ceilings
from capa_xl.ooxml.ceilings import refuse_many, refuse_swollen
from capa_xl.ooxml.lean_copy import lean_copy
from capa_xl.ooxml.package import open_package
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.splice import splice
from capa_xl.ooxml.styles import read_styles
from capa_xl.ooxml.workbook_values import WorkbookValues
from tests.ooxml.xlsx_maker import Book, zipped


class Entry:
    def __init__(self, key: str, size: int, packed_size: int) -> None:
        self.key, self.size, self.packed_size = key, size, packed_size


def passes(refuse, *arguments) -> bool:
    try:
        refuse(*arguments)
    except UnreadableWorkbook as refusal:
        assert "没有读取它" in str(refusal) or "已损坏" in str(refusal)
        return False
    return True


def test_as_many_members_as_the_ceiling_and_no_more():
    assert [passes(refuse_many, ceilings.MOST_MEMBERS + more) for more in (-1, 0, 1)] == [True, True, False]


@pytest.mark.parametrize(("size", "packed", "is_read"), [
    (ceilings.SMALL, 20_000, True),  # a small part may be packed as tightly as it likes
    (ceilings.SMALL + 1, 20_000, False),
    (50 << 20, (50 << 20) // ceilings.MOST_TIMES, True),
    (50 << 20, (50 << 20) // ceilings.MOST_TIMES - 1, False),
    (ceilings.MOST_UNPACKED, ceilings.MOST_UNPACKED // 10, True),
    (ceilings.MOST_UNPACKED + 1, ceilings.MOST_UNPACKED // 10, False),
])  # fmt: skip
def test_a_part_is_unpacked_up_to_its_ceilings(size, packed, is_read):
    assert passes(refuse_swollen, [Entry("xl/a.xml", size, packed)], 1 << 40) is is_read


def test_parts_are_measured_together_and_pictures_not_at_all():
    half = ceilings.MOST_UNPACKED // 2
    both = [Entry("xl/a.xml", half, half), Entry("xl/b.xml", half, half)]
    assert passes(refuse_swollen, both, 1 << 40)
    assert not passes(refuse_swollen, [*both, Entry("xl/c.rels", 1, 1)], 1 << 40)
    assert passes(refuse_swollen, [*both, Entry("xl/media/a.png", 1 << 40, 1 << 30)], 1 << 40)


def test_members_made_of_the_same_bytes_are_refused():
    two = [Entry("a.bin", 10, 60), Entry("b.bin", 10, 60)]
    assert passes(refuse_swollen, two, 120)
    assert not passes(refuse_swollen, two, 119)


def test_as_many_formats_as_excel_allows_and_no_more():
    def styles(count):
        return b"<styleSheet><cellXfs>" + b"<xf/>" * count + b"</cellXfs></styleSheet>"

    assert len(read_styles(styles(ceilings.MOST_STYLES)).items[b"cellXfs"]) == ceilings.MOST_STYLES
    with pytest.raises(UnreadableWorkbook, match="cellXfs 超过 Excel 的上限 65490 个"):
        read_styles(styles(ceilings.MOST_STYLES + 1))


@pytest.mark.parametrize(("places", "is_read"), [(19, True), (20, True), (21, False)])
def test_the_area_of_a_sheet_is_bounded_unless_a_tenth_of_it_is_there(monkeypatch, places, is_read):
    monkeypatch.setattr("capa_xl.ooxml.sheet_reader.MOST_CELLS", 20)
    blob = Book(rows=f'<row r="{places}"><c r="A{places}"><v>1</v></c></row>').blob()
    assert passes_far(blob) is is_read
    monkeypatch.setattr("capa_xl.ooxml.sheet_reader.MOST_CELLS", 1)
    full = "".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(1, 12))
    assert passes_far(Book(rows=full).blob())


def passes_far(blob) -> bool:
    try:
        WorkbookValues(blob).read(Book().name)
    except UnreadableWorkbook as refusal:
        assert "多半是误填的单元格" in str(refusal)
        return False
    return True


def test_merged_cells_over_each_other_are_refused_and_those_beside_each_other_are_not():
    def merged(*areas):
        tail = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
        return Book(rows='<row r="1"><c r="A1"><v>1</v></c><c r="C9"/></row>', tail=f"<mergeCells>{tail}</mergeCells>")

    name = Book().name
    assert WorkbookValues(merged("A1:XFD1048576").blob()).read(name).merged
    with pytest.raises(UnreadableWorkbook, match="合并单元格互相重叠"):
        WorkbookValues(merged("A1:C9", "A1:C8", "A1:C7").blob()).read(name)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize(("spoilt", "error", "words"), [
    (lambda xml: xml.replace(b"?>", b"?><!DOCTYPE a>", 1), CapaError, "DOCTYPE"),
    (lambda xml: xml.replace(b"?>", b"?>\0", 1), UnreadableWorkbook, "NUL"),
    (lambda xml: xml + b"more", UnreadableWorkbook, "根元素外面还有文字"),
    (lambda xml: xml.replace(b"?>", b"?>more", 1), UnreadableWorkbook, "根元素外面还有文字"),
    (lambda xml: xml.replace(b"?>", b"?><!-- ", 1), UnreadableWorkbook, "没有结尾"),
])  # fmt: skip
def test_what_is_unpacked_is_one_element_and_nothing_else(part, spoilt, error, words):

    members = Book(rows='<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=("<t>a</t>",)).members()
    assert WorkbookValues(zipped(members)).read(Book().name).rows == [["a"]]
    with pytest.raises(error, match=words):
        WorkbookValues(zipped(members | {part: spoilt(members[part])})).read(Book().name)


def test_a_lean_copy_has_no_pictures_and_no_late_rows(monkeypatch):
    monkeypatch.setattr("capa_xl.ooxml.lean_copy.ROWS", 2)
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>{at}</v></c></row>' for at in range(1, 5))
    blob = lean_copy(
        open_package(Book(rows=rows, parts={"xl/media/a.png": b"png", "docProps/core.xml": b"<a/>"}).blob())
    )
    names = [member.name for member in open_package(blob).container.members]
    assert "xl/media/a.png" not in names
    assert "docProps/core.xml" not in names
    assert WorkbookValues(blob).read(Book().name).rows == [[1], [2]]
    monkeypatch.setattr("capa_xl.ooxml.lean_copy._LONGEST", 5)
    assert lean_copy(open_package(Book(rows=rows).blob())) is None


LONG = "9" * 5001  # more digits than Python turns into a number


@pytest.mark.parametrize("rows", [
    f'<row r="{LONG}"><c><v>1</v></c></row>',
    f'<row r="1"><c r="A1" s="{LONG}"><v>1</v></c></row>',
    f'<row r="1"><c r="A1" t="s"><v>{LONG}</v></c></row>',
    f'<row r="1" spans="1:{LONG}"><c r="A1"><v>1</v></c></row>',
    f'<row r="1" s="{LONG}" customFormat="1"><c r="A1"><v>{LONG}</v></c></row>',
], ids=["row", "style", "shared string", "spans", "row style"])  # fmt: skip
def test_a_number_of_too_many_digits_ends_in_an_answer_or_a_sentence(rows):
    book = Book(rows=rows, strings=("<t>a</t>",))
    with suppress(CapaError):
        WorkbookValues(book.blob()).read(book.name)
    patch = Patch(edits=tuple(CellEdit(book.name, at, date(2026, 1, 1)) for at in ("A1", "B1", "A9")))
    with suppress(CapaError):
        verify(book.blob(), splice(book.blob(), patch).blob, patch)


@pytest.mark.parametrize(("blanks", "is_read"), [(ceilings.MOST_TAG - len("<x/>"), True), (ceilings.MOST_TAG, False)])
def test_a_tag_may_be_long_but_not_without_end(blanks, is_read):
    blob = Book(head="<x" + " " * blanks + "/>", rows='<row r="1"><c r="A1"><v>1</v></c></row>').blob()
    assert passes(WorkbookValues(blob).read, Book().name) is is_read


@pytest.mark.parametrize(("most", "is_read"), [(10_000, True), (1_500, False)])
def test_what_stands_around_the_rows_is_bounded(monkeypatch, most, is_read):
    monkeypatch.setattr("capa_xl.ooxml.sheet_scan.MOST_AROUND", most)
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + "".join(f'<row r="{at}"/>' for at in range(2, 500))
    blob = Book(rows=rows, tail="<x>" + " " * 2_000 + "</x>").blob()
    assert passes(WorkbookValues(blob).read, Book().name) is is_read
