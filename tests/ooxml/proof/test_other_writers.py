"""What other programs write and the proof once took for damage; and files that are no XML and were once patched."""

import datetime as dt

import pytest

from capa_xl.errors import UnreadableWorkbook, UnsafeWrite
from capa_xl.ooxml.patch import CellEdit, CellLook, Patch
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.splice import splice
from tests.ooxml.xlsx_maker import DECLARATION, MAIN, REL, STYLES, Book, member, sheet_text, zipped

FORMULA = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><f>A1*2</f><v>2</v></c></row>'
EDIT = Patch(edits=(CellEdit("表", "A1", 5),))


def prefixed(calculation):
    """The main part as .NET's ClosedXML writes it: prefixed, a blank before `/>`."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><x:workbook xmlns:r="{REL}" xmlns:x="{MAIN}">'
        '<x:sheets><x:sheet name="表" sheetId="1" r:id="rId1" /></x:sheets>'
        f"{calculation}</x:workbook>"
    )


@pytest.mark.parametrize(
    "calculation",
    [
        "",
        "<x:calcPr />",
        '<x:calcPr calcId="125725" calcMode="auto" />',
        "<x:calcPr calcId='125725' fullCalcOnLoad='0' />",
        '<x:calcPr calcId="125725"></x:calcPr >',
        '<x:calcPr\n calcId="125725"\n/>',
    ],
)
def test_a_main_part_is_told_to_recalculate_whatever_its_form(calculation):
    blob = Book(rows=FORMULA, parts={"xl/workbook.xml": prefixed(calculation)}).blob()
    done = splice(blob, EDIT).blob
    verify(blob, done, EDIT)
    assert b"fullCalcOnLoad" in member(done, "xl/workbook.xml")


@pytest.mark.parametrize(
    ("old", "new"),
    [('calcId="125725"', 'calcId="1"'), ("<x:sheets>", "<x:bookViews /><x:sheets>"), ('name="表"', 'name="袁"')],
)
def test_any_other_change_of_a_prefixed_main_part_is_seen(old, new):
    book = Book(rows=FORMULA, parts={"xl/workbook.xml": prefixed('<x:calcPr calcId="125725" />')})
    before, done = zipped(book.members()), splice(zipped(book.members()), EDIT).blob
    changed = member(done, "xl/workbook.xml").decode().replace(old, new).encode()
    names = list(book.members())
    wrong = zipped({name: changed if name == "xl/workbook.xml" else member(done, name) for name in names})
    with pytest.raises(UnsafeWrite, match=r"workbook\.xml"):
        verify(before, wrong, EDIT)


def with_formats(listed):
    """The usual styles, their second cell format (14) and others redefined by formats of the workbook's own."""
    return STYLES.replace('<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>', listed)


REDEFINED = (
    '<numFmts count="3"><numFmt numFmtId="0" formatCode="yyyy/m/d"/>'
    '<numFmt numFmtId="14" formatCode="0.00"/><numFmt numFmtId="49" formatCode="h:mm"/></numFmts>'
)


def test_a_date_keeps_a_style_whose_built_in_number_was_made_a_date():
    blob = Book(rows='<row r="1"><c r="A1"><v>1</v></c></row>', styles=with_formats(REDEFINED)).blob()
    patch = Patch(edits=(CellEdit("表", "A1", dt.date(2026, 11, 22)),))
    done = splice(blob, patch).blob
    verify(blob, done, patch)
    assert '<c r="A1"><v>46348</v></c>' in sheet_text(done)


def test_a_date_gets_another_style_where_the_built_in_date_was_made_a_number():
    blob = Book(rows='<row r="1"><c r="A1" s="1"><v>1</v></c></row>', styles=with_formats(REDEFINED)).blob()
    patch = Patch(edits=(CellEdit("表", "A1", dt.date(2026, 11, 22)),))
    done = splice(blob, patch).blob
    verify(blob, done, patch)
    assert '<c r="A1" s="1">' not in sheet_text(done)


def test_a_new_number_is_no_date_where_the_general_format_was_made_one():
    blob = Book(rows='<row r="1"><c r="A1"><v>1</v></c></row>', styles=with_formats(REDEFINED)).blob()
    patch = Patch(edits=(CellEdit("表", "C3", 7),))
    done = splice(blob, patch).blob
    verify(blob, done, patch)
    assert 'formatCode="General"' in member(done, "xl/styles.xml").decode()


def test_a_format_that_was_asked_for_is_not_the_redefined_one():
    blob = Book(rows='<row r="1"><c r="A1"><v>1</v></c></row>', styles=with_formats(REDEFINED)).blob()
    patch = Patch(edits=(CellEdit("表", "A1", "1", CellLook(number_format="@")),))
    done = splice(blob, patch).blob
    verify(blob, done, patch)
    assert 'formatCode="@"' in member(done, "xl/styles.xml").decode()


GOOD = Book(rows=FORMULA).sheet()


@pytest.mark.parametrize(
    "sheet",
    [
        GOOD.replace(DECLARATION, DECLARATION + "文字"),
        GOOD.replace("</worksheet>", "</worksheet>文字"),
        GOOD.replace("</worksheet>", "</worksheet><worksheet/>"),
        "文字" + GOOD.removeprefix(DECLARATION),
    ],
    ids=["before", "behind", "second root", "no declaration"],
)
def test_a_sheet_with_text_outside_its_root_is_not_patched(sheet):
    blob = Book(sheet_xml=sheet).blob()
    with pytest.raises(UnreadableWorkbook, match="根元素"):
        splice(blob, EDIT)
    with pytest.raises(UnsafeWrite, match="核对没有通过"):
        verify(blob, Book(sheet_xml=sheet.replace("<v>1</v>", "<v>5</v>")).blob(), EDIT)


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"])
def test_any_other_part_that_is_read_may_not_have_text_outside_its_root_either(part):
    book = Book(rows=FORMULA)
    content = book.members()[part] + "文字".encode()
    with pytest.raises((UnreadableWorkbook, UnsafeWrite)):
        splice(zipped({**book.members(), part: content}), EDIT)


@pytest.mark.parametrize("blank", ["", "\n", " \r\n\t", "<!-- 注 -->", "<?x y?>\n"])
def test_blanks_comments_and_instructions_around_the_root_are_fine(blank):
    blob = Book(
        sheet_xml=GOOD.replace("</worksheet>", f"</worksheet>{blank}").replace("<worksheet", f"{blank}<worksheet")
    ).blob()
    verify(blob, splice(blob, EDIT).blob, EDIT)
