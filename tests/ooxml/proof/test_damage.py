"""Damage of more kinds than `test_verify` plants: in the zip, in the form of a cell, in a sheet of odd form."""

import datetime as dt
import io
import zipfile

import pytest

from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.patch import CachedValue, CellEdit, CellLook, OwnedCell, Patch, RowEdit, SheetRows
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.splice import splice
from tests.ooxml.xlsx_maker import Book, raw_zip, zipped

SHEET = "xl/worksheets/sheet1.xml"


def members_of(blob):
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def planted(book, patch, old, new, part=SHEET):
    """The workbook before, and the good result with one text replaced."""
    before = zipped(book.members())
    done = members_of(splice(before, patch).blob)
    verify(before, zipped(done), patch)
    assert old.encode() in done[part], done[part].decode()
    return before, zipped({**done, part: done[part].replace(old.encode(), new.encode(), 1)})


ODD = {
    "plain": '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="2" t="str"><v>旧</v></c></row>',
    "commented": '<row r="1"><c r="A1"><v>1</v></c><!-- x --><c r="B1" s="2" t="str"><v>旧</v></c></row>',
    "extended": '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="2" t="str"><v>旧</v></c><extLst/></row>',
    "single quotes": "<row r='1'><c r='A1'><v>1</v></c><c r='B1' s='2' t='str'><v>旧</v></c></row>",
    "no addresses": '<row><c><v>1</v></c><c s="2" t="str"><v>旧</v></c></row>',
    "style first": '<row r="1"><c r="A1"><v>1</v></c><c s="2" r="B1" t="str"><v>旧</v></c></row>',
}


@pytest.mark.parametrize("rows", ODD.values(), ids=ODD)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<v>1</v>", "<v>2</v>"),
        ("<v>1</v>", "<v>1</v><v>1</v>"),
        ("<t>新</t>", "<t>新 </t>"),
        ("<t>新</t>", "<t>&amp;新</t>"),
        ("<t>新</t>", "<t>新</t><rPh/>"),
        ("<t>新</t>", "<r><t>新</t></r>"),
        ("<t>新</t></is>", "<t>新</t></is><v>新</v>"),
        ("inlineStr", "str"),
        ("<t>新</t>", "<t>新\x01</t>"),
        ("<t>新</t>", "<t>新]]></t>"),
        ("<t>新</t>", "<t>&新</t>"),
    ],
)
def test_a_cell_is_seen_to_be_wrong_in_a_row_of_any_form(rows, old, new):
    before, wrong = planted(Book(rows=rows), Patch(edits=(CellEdit("表", "B1", "新"),)), old, new)
    with pytest.raises(UnsafeWrite, match="核对没有通过"):
        verify(before, wrong, Patch(edits=(CellEdit("表", "B1", "新"),)))


@pytest.mark.parametrize("rows", [ODD["plain"], ODD["commented"], ODD["extended"]])
def test_a_cell_that_was_put_at_the_wrong_place_is_seen(rows):
    patch = Patch(edits=(CellEdit("表", "D1", 7),))
    before, wrong = planted(Book(rows=rows), patch, '<c r="D1"', '<c r="A1"')
    with pytest.raises(UnsafeWrite):
        verify(before, wrong, patch)
    new = '<c r="D1"><v>7</v></c>'
    done = members_of(splice(before, patch).blob)
    moved = done[SHEET].replace(new.encode(), b"").replace(b'<c r="A1"', new.encode() + b'<c r="A1"')
    with pytest.raises(UnsafeWrite):
        verify(before, zipped({**done, SHEET: moved}), patch)


def test_a_value_that_is_equal_only_to_python_is_seen():
    patch = Patch(row_edits=(RowEdit("表", 1, (2, 3), (True, 1)),))
    for old, new in ((' t="b"><v>1<', "><v>1<"), ('<c r="C1"><v>1<', '<c r="C1" t="b"><v>1<')):
        before, wrong = planted(Book(rows='<row r="1"><c r="A1"/></row>'), patch, old, new)
        with pytest.raises(UnsafeWrite):
            verify(before, wrong, patch)


def test_the_same_value_in_another_style_is_seen_in_every_row():
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="2"/></row>' for row in range(1, 30))
    patch = Patch(row_edits=tuple(RowEdit("表", row, (1,), ("新",)) for row in range(1, 30)))
    for row in (1, 2, 29):
        before, wrong = planted(Book(rows=rows), patch, f'r="A{row}" s="2"', f'r="A{row}" s="3"')
        with pytest.raises(UnsafeWrite, match=f"A{row} 的样式变了"):
            verify(before, wrong, patch)


def test_a_look_may_not_lead_to_a_style_that_is_not_there():
    patch = Patch(edits=(CellEdit("表", "A1", 1, CellLook(bold=True)),))
    before, wrong = planted(Book(rows='<row r="1"><c r="A1"/></row>'), patch, 's="2"', 's="9"')
    with pytest.raises(UnsafeWrite, match="样式不对"):
        verify(before, wrong, patch)


COMPUTED = Book(rows='<row r="1"><c r="A1" cm="1"><f t="shared" si="0" ref="A1:A2">B1</f><v>1</v><extLst/></c></row>')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('cm="1"', 'cm="2"'),
        ('si="0"', 'si="1"'),
        (">B1</f>", ">B2</f>"),
        ("<v>5</v>", "<v>6</v>"),
        ("<v>5</v>", ""),
        ("<extLst/>", ""),
        ("<extLst/>", "<extLst><a/></extLst>"),
        ("<v>5</v><extLst/>", "<extLst/><v>5</v>"),
    ],
)
def test_a_formula_keeps_everything_but_its_result(old, new):
    patch = Patch(cached=(CachedValue("表", "A1", 5),))
    before, wrong = planted(COMPUTED, patch, old, new)
    with pytest.raises(UnsafeWrite):
        verify(before, wrong, patch)


def test_a_result_that_nobody_computes_is_not_written():
    book = Book(rows='<row r="1"><c r="A1"><v>1</v></c><c r="B1"/></row>')
    patch = Patch(edits=(CellEdit("表", "B1", 2),), cached=(CachedValue("表", "A1", 5),))
    before, wrong = planted(book, patch, "<v>1</v>", "<v>5</v>")
    with pytest.raises(UnsafeWrite, match="A1 不该变而变了"):
        verify(before, wrong, patch)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('ref="A1:B3"', 'ref="A2:B3"'),
        ('ref="A1:B3"', 'ref="A1:B3" x="1"'),
        ('<dimension ref="A1:B3"/>', ""),
        ('<dimension ref="A1:B3"/>', '<dimension ref="A1:B3"/><dimension ref="A1"/>'),
        ('<sheetFormatPr defaultRowHeight="15"/>', '<sheetFormatPr defaultRowHeight="16"/>'),
        ("</worksheet>", "<x/></worksheet>"),
        ("</worksheet>", "</worksheet>x"),
    ],
)
def test_what_stands_around_the_rows_may_not_change(old, new):
    head = '<dimension ref="A1"/><sheetFormatPr defaultRowHeight="15"/>'
    patch = Patch(edits=(CellEdit("表", "B3", 1),))
    before, wrong = planted(Book(rows='<row r="1"><c r="A1"/></row>', head=head), patch, old, new)
    with pytest.raises(UnsafeWrite):
        verify(before, wrong, patch)


DATE = Patch(edits=(CellEdit("表", "A1", dt.date(2026, 11, 22)),))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('formatCode="yyyy-mm-dd"', 'formatCode="yyyy-mm"'),
        ('<cellXfs count="5"', '<cellXfs count="5" x="1"'),
        ("<fonts", "<fonts/><fonts"),
        ('numFmtId="14"', 'numFmtId="15"'),
        ("</styleSheet>", "<dxfs/></styleSheet>"),
        ("</styleSheet>", "x</styleSheet>"),
        ('<xf numFmtId="164" fontId="1"', '<xf numFmtId="164" fontId="0"'),
        ('<xf numFmtId="164" fontId="1"', '<xf numFmtId="9" fontId="1"'),
    ],
)
def test_styles_grow_only_by_what_a_date_needs(old, new):
    book = Book(rows='<row r="1"><c r="A1" s="2"/></row>')
    before, wrong = planted(book, DATE, old, new, "xl/styles.xml")
    with pytest.raises(UnsafeWrite):
        verify(before, wrong, DATE)


CHAIN = '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="A1" i="1"/></calcChain>'


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/_rels/workbook.xml.rels", 'Id="rId2"', 'Id="rId9"'),
        (
            "xl/_rels/workbook.xml.rels",
            "</Relationships>",
            '<Relationship Id="x" Type="y" Target="z"/></Relationships>',
        ),
        ("[Content_Types].xml", 'Extension="xml"', 'Extension="xmk"'),
    ],
)
def test_with_the_calculation_chain_nothing_else_may_go(part, old, new):
    book = Book(
        rows='<row r="1"><c r="A1"><f>1</f><v>1</v></c></row>',
        workbook_relations=(("calcChain", "calcChain.xml"),),
        parts={"xl/calcChain.xml": CHAIN},
        overrides='<Override PartName="/xl/calcChain.xml" ContentType="x/y"/>',
    )
    patch = Patch(edits=(CellEdit("表", "A1", 5),))
    before = zipped(book.members())
    done = members_of(splice(before, patch, over_formulas=True).blob)
    verify(before, zipped(done), patch)
    assert "xl/calcChain.xml" not in done
    with pytest.raises(UnsafeWrite):
        verify(before, zipped({**done, part: done[part].replace(old.encode(), new.encode(), 1)}), patch)
    with pytest.raises(UnsafeWrite, match="丢了"):
        verify(before, zipped({name: content for name, content in done.items() if name != "xl/styles.xml"}), patch)


@pytest.mark.parametrize("descriptor", ["", "12", "16", "24", "none"])
def test_a_zip_with_descriptors_is_proven_entry_by_entry(descriptor):
    book = Book(rows='<row r="1"><c r="A1"/></row>', other='<row r="1"/>')
    before = raw_zip(book.members(), descriptor=descriptor)
    patch = Patch(edits=(CellEdit("表", "A1", 1),))
    done = splice(before, patch).blob
    verify(before, done, patch)
    at = done.index("他表".encode()) if b"\xe4\xbb\x96" in done else done.index(b"sheet2.xml") + 14
    with pytest.raises(UnsafeWrite):
        verify(before, done[:at] + bytes([done[at] ^ 1]) + done[at + 1 :], patch)


@pytest.mark.parametrize("cut", [1, 22, 500])
def test_a_file_that_ends_early_is_seen(cut):
    before = Book(rows='<row r="1"><c r="A1"/></row>').blob()
    patch = Patch(edits=(CellEdit("表", "A1", 1),))
    with pytest.raises(UnsafeWrite, match="核对没有通过"):
        verify(before, splice(before, patch).blob[:-cut], patch)


ALIKE = '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="B{0}" s="2"><v>2</v></c></row>'
TWO_ROWS = Book(rows=ALIKE.format(1) + ALIKE.format(2))
TWO_EDITS = Patch(row_edits=tuple(RowEdit("表", row, (2,), (7,)) for row in (1, 2)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<c r="B2" s="2"><v>7</v></c></row>', '</row><c r="B2" s="2"><v>7</v></c>'),  # outside its row
        ('<c r="B2" s="2"><v>7</v></c>', '<c r="B2" s="2"/>'),  # the value gone, as if the old one had counted for it
        ('<c r="B2" s="2"><v>7</v></c>', '<c r="B2" s="2"><v>2</v></c>'),  # not written
        ('<c r="B2" s="2"><v>7</v></c>', '<c r="B2" s="2" cm="1"><v>7</v></c>'),
        ('<c r="B2" s="2"><v>7</v></c>', '<c r="B1" s="2"><v>7</v></c>'),
        ('<c r="A2"><v>1</v></c>', '<c r="A2"><v>3</v></c>'),  # beside
        ('<row r="2">', '<row r="2" hidden="1">'),
    ],
)
def test_damage_in_the_second_of_two_rows_that_are_alike_is_found(old: str, new: str) -> None:
    before, wrong = planted(TWO_ROWS, TWO_EDITS, old, new)
    with pytest.raises(UnsafeWrite, match="核对没有通过"):
        verify(before, wrong, TWO_EDITS)


def test_the_cells_of_rows_that_are_alike_may_differ_in_what_they_held_before() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="2"><v>{n}</v></c></row>' for n in (1, 2, 3))
    blob = Book(rows=rows).blob()
    patch = Patch(row_edits=tuple(RowEdit("表", row, (1,), (7,)) for row in (1, 2, 3)))
    verify(blob, splice(blob, patch).blob, patch)


def test_an_unwritten_result_that_took_the_place_of_a_value_is_found() -> None:
    book = Book(rows='<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="2"><v>2</v></c></row>')
    patch = Patch(edits=(CellEdit("表", "A1", 5),), cached=(CachedValue("表", "B1", 9),))
    before, wrong = planted(book, patch, '<c r="B1" s="2"><v>2</v></c>', '<c r="B1" s="2"/>')
    with pytest.raises(UnsafeWrite, match="核对没有通过"):
        verify(before, wrong, patch)


@pytest.mark.parametrize("at", range(2, 12))
def test_a_row_of_an_owned_sheet_that_repeats_the_one_before_is_found(at: int) -> None:
    values = ["甲"] * at + ["乙"]
    rows = SheetRows("表", 1, tuple((OwnedCell(value),) for value in values))
    cell = f'<c r="A{at + 1}" t="inlineStr"><is><t>%s</t></is></c>'
    before, wrong = planted(Book(rows='<row r="1"/>'), Patch(rows=(rows,)), cell % "乙", cell % "甲")
    with pytest.raises(UnsafeWrite, match="写入的值不对"):
        verify(before, wrong, Patch(rows=(rows,)))


@pytest.mark.parametrize(("old", "new"), [('<row r="1"><c r="A1"><v>5</v></c></row>', "<row "), ("</row>", "</row")])
def test_a_row_without_the_end_of_a_tag_is_refused_in_words(old: str, new: str) -> None:
    patch = Patch(edits=(CellEdit("表", "A1", 5),))
    before, wrong = planted(Book(rows='<row r="1"><c r="A1"/></row>'), patch, old, new)
    with pytest.raises(UnsafeWrite, match="核对没有通过"):
        verify(before, wrong, patch)
