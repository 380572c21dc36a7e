"""Every trap of the write-back: one small workbook each, the exact bytes expected."""

import datetime as dt

import pytest

from capa_xl.errors import UnreadableWorkbook, UnsafeWrite, UsageError
from capa_xl.ooxml.container import read_container
from capa_xl.ooxml.patch import CachedValue, CellEdit, CellLook, OwnedCell, Patch, SheetRows
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.splice import splice
from tests.ooxml.xlsx_maker import (
    DECLARATION,
    MAIN,
    REL,
    STRICT_MAIN,
    STRICT_REL,
    Book,
    differing,
    member,
    raw_zip,
    relations,
    sheet_text,
)

SHEET = "xl/worksheets/sheet1.xml"
TWO_ROWS = (
    '<row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" s="2" t="s"><v>1</v></c><c r="C1"/></row>'
    '<row r="2" spans="1:3"><c r="A2"><v>5</v></c><c r="B2" s="1"><v>46000</v></c><c r="C2" s="3"/></row>'
)
STRINGS = ("<t>编号</t>", "<r><t>完成</t></r><r><rPr><b/></rPr><t>期限</t></r><rPh sb='0' eb='1'><t>ki</t></rPh>")


def edit(at, value, look=None, sheet="表"):
    return CellEdit(sheet, at, value, look)


def written(book, *edits, over_formulas=False):
    """The new sheet's XML after a splice that was proven."""
    blob = book.blob() if isinstance(book, Book) else book
    patch = Patch(edits=edits)
    done = splice(blob, patch, over_formulas=over_formulas)
    verify(blob, done.blob, patch)
    assert splice(done.blob, patch, over_formulas=over_formulas).blob is done.blob, "a second run changes nothing"
    return sheet_text(done.blob)


def refused(book, *edits, over_formulas=False):
    with pytest.raises(UnsafeWrite) as trouble:
        splice(book.blob(), Patch(edits=edits), over_formulas=over_formulas)
    return str(trouble.value)


# --- what stays, what changes ---


def test_only_the_cell_in_the_patch_changes():
    book = Book(rows=TWO_ROWS, strings=STRINGS)
    before = sheet_text(book.blob())
    assert written(book, edit("C2", "张三")) == before.replace(
        '<c r="C2" s="3"/>', '<c r="C2" s="3" t="inlineStr"><is><t>张三</t></is></c>'
    )


def test_only_the_sheet_part_differs():
    blob = Book(rows=TWO_ROWS, strings=STRINGS).blob()
    assert differing(blob, splice(blob, Patch(edits=(edit("C2", "张三"),))).blob) == {SHEET}


def test_values_that_are_there_already_leave_the_very_same_bytes():
    blob = Book(rows=TWO_ROWS, strings=STRINGS).blob()
    same = (
        edit("A1", "编号"),
        edit("B1", "完成期限"),
        edit("A2", 5),
        edit("B2", dt.date(2025, 12, 9)),
        edit("C2", None),
    )
    done = splice(blob, Patch(edits=same))
    assert done.blob is blob
    assert len(done.changes) == 0


def test_an_empty_patch_does_not_even_open_the_file():
    assert splice(b"no workbook", Patch()).blob == b"no workbook"


def test_changes_say_what_was_there_before():
    blob = Book(rows=TWO_ROWS, strings=STRINGS).blob()
    edits = (edit("A1", "No."), edit("A2", 6), edit("B2", None), edit("C2", True), edit("D9", "新"))
    changes = [(c.at, c.before, c.after) for c in splice(blob, Patch(edits=edits)).changes]
    assert changes == [
        ("A1", "编号", "No."),
        ("A2", 5, 6),
        ("B2", dt.date(2025, 12, 9), None),
        ("C2", None, True),
        ("D9", None, "新"),
    ]


def test_a_number_stored_as_text_is_not_the_number():
    book = Book(rows='<row r="1"><c r="A1" t="str"><v>5</v></c></row>')
    assert '<c r="A1"><v>5</v></c>' in written(book, edit("A1", 5))


def test_true_is_not_one():
    book = Book(rows='<row r="1"><c r="A1"><v>1</v></c></row>')
    assert '<c r="A1" t="b"><v>1</v></c>' in written(book, edit("A1", True))


def test_emptying_a_cell_keeps_its_style():
    book = Book(rows=TWO_ROWS, strings=STRINGS)
    assert '<c r="B2" s="1"/>' in written(book, edit("B2", None))


def test_style_and_foreign_attributes_stay_and_what_belonged_to_the_old_value_goes():
    row = '<row r="1"><c s="2" r="A1" t="s" cm="1" ph="1" foo:bar="a>b" xmlns:foo="urn:x"><v>0</v></c></row>'
    assert '<c s="2" r="A1" foo:bar="a>b" xmlns:foo="urn:x"><v>7</v></c>' in written(
        Book(rows=row, strings=STRINGS), edit("A1", 7)
    )


# --- rows and cells that aren't there ---


def test_a_missing_cell_goes_between_its_neighbours():
    book = Book(rows='<row r="1" spans="1:3"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row>')
    assert '<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1">' in written(book, edit("B1", 2))


def test_a_missing_row_goes_between_its_neighbours_and_one_below_to_the_end():
    book = Book(rows='<row r="1"><c r="A1"><v>1</v></c></row><row r="5"><c r="A5"><v>5</v></c></row>')
    new = written(book, edit("B3", 3), edit("A9", 9))
    assert '</row><row r="3"><c r="B3"><v>3</v></c></row><row r="5">' in new
    assert new.endswith('<row r="9"><c r="A9"><v>9</v></c></row></sheetData></worksheet>')


def test_a_new_row_is_as_high_as_the_sheet_fixes_for_all():
    fixed = '<sheetFormatPr defaultRowHeight="32.25" customHeight="1"/>'
    for format_, row in ((fixed, '<row r="3" ht="32.25" customHeight="1">'), (fixed.replace("1", "0"), '<row r="3">')):
        book = Book(rows='<row r="1"><c r="A1"><v>1</v></c></row>', head=format_)
        assert f'{row}<c r="B3"><v>3</v></c></row>' in written(book, edit("B3", 3))


def test_cells_before_the_first_and_behind_the_last_one():
    book = Book(rows='<row r="4" spans="2:3"><c r="B4"/><c r="C4"/></row>')
    new = written(book, edit("A4", 1), edit("F4", 6))
    assert '<row r="4" spans="1:6"><c r="A4"><v>1</v></c><c r="B4"/><c r="C4"/><c r="F4"><v>6</v></c></row>' in new


@pytest.mark.parametrize("data", ["<sheetData/>", "<sheetData />", "<sheetData></sheetData>"])
def test_an_empty_sheet_gets_its_first_row(data):
    xml = f'{DECLARATION}<worksheet xmlns="{MAIN}"><dimension ref="A1"/>{data}<pageMargins left="0.7"/></worksheet>'
    new = written(Book(sheet_xml=xml), edit("B2", "x"), edit("C1", 1))
    assert '<row r="1"><c r="C1"><v>1</v></c></row><row r="2"><c r="B2" t="inlineStr">' in new
    assert '<dimension ref="B1:C2"/>' in new
    assert new.endswith('</sheetData><pageMargins left="0.7"/></worksheet>')


def test_a_self_closed_row_is_opened():
    book = Book(rows='<row r="1" ht="30" customHeight="1"/><row r="2"/>')
    assert '<row r="1" ht="30" customHeight="1"><c r="A1"><v>1</v></c></row><row r="2"/>' in written(
        book, edit("A1", 1)
    )


def test_dimension_and_spans_grow_and_nothing_else_in_the_head():
    book = Book(
        rows=TWO_ROWS, strings=STRINGS, head='<sheetPr/><dimension ref="A1:C2"/><cols><col min="1" max="1"/></cols>'
    )
    new = written(book, edit("E2", 1))
    assert '<dimension ref="A1:E2"/>' in new
    assert '<row r="1" spans="1:3">' in new
    assert '<row r="2" spans="1:5">' in new


def test_emptying_a_cell_that_is_not_there_is_no_change():
    blob = Book(rows=TWO_ROWS, strings=STRINGS).blob()
    assert splice(blob, Patch(edits=(edit("Z99", None), edit("D1", None), edit("D2", "")))).blob is blob


# --- styles of new cells, dates ---


def test_a_new_cell_takes_the_row_style_then_the_column_style_then_the_left_one_then_the_one_above():
    row = '<row r="1" s="3" customFormat="1"><c r="A1" s="2"/></row>'
    assert '<c r="B1" s="3"><v>1</v></c>' in written(Book(rows=row), edit("B1", 1))
    columns = '<cols><col min="2" max="4" width="9" style="3"/></cols>'
    assert '<c r="B1" s="3"><v>1</v></c>' in written(
        Book(rows='<row r="1"><c r="A1" s="2"/></row>', head=columns), edit("B1", 1)
    )
    assert '<c r="B1" s="2"><v>1</v></c>' in written(Book(rows='<row r="1"><c r="A1" s="2"/></row>'), edit("B1", 1))
    assert '<c r="A2" s="2"><v>1</v></c>' in written(Book(rows='<row r="1"><c r="A1" s="2"/></row>'), edit("A2", 1))


def test_rows_appended_together_take_the_style_from_the_last_old_one():
    new = written(Book(rows='<row r="1"><c r="A1" s="2"/></row>'), edit("A2", 1), edit("A3", 2))
    assert '<c r="A3" s="2"><v>2</v></c>' in new


def test_a_date_in_a_date_cell_keeps_the_style():
    book = Book(rows=TWO_ROWS, strings=STRINGS)
    assert '<c r="B2" s="1"><v>46348</v></c>' in written(book, edit("B2", dt.date(2026, 11, 22)))


def test_a_date_in_another_cell_gets_a_style_derived_from_its_own():
    blob = Book(rows='<row r="1"><c r="A1" s="3"/></row>').blob()
    new = splice(blob, Patch(edits=(edit("A1", dt.date(2026, 11, 22)),))).blob
    assert '<c r="A1" s="4"><v>46348</v></c>' in sheet_text(new)
    styles = member(new, "xl/styles.xml").decode()
    assert '<cellXfs count="5">' in styles
    assert (
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1" applyNumberFormat="1">'
        in styles
    )
    assert differing(blob, new) == {SHEET, "xl/styles.xml"}


def test_a_date_style_that_is_there_is_used_again():
    styles = Book().styles.replace(
        "</cellXfs>", '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    )
    blob = Book(rows='<row r="1"><c r="A1"/></row>', styles=styles).blob()
    assert differing(blob, splice(blob, Patch(edits=(edit("A1", dt.date(2026, 11, 22)),))).blob) == {SHEET}


def test_a_number_beside_a_date_is_not_shown_as_a_date():
    row = '<row r="1"><c r="A1" s="1"><v>46000</v></c></row>'
    assert '<c r="B1"><v>12.5</v></c>' in written(Book(rows=row), edit("B1", 12.5))


def test_a_new_number_is_no_date_where_style_zero_is_one():
    styles = Book().styles.replace('<cellXfs count="4"><xf numFmtId="0"', '<cellXfs count="4"><xf numFmtId="14"')
    blob = Book(rows="", styles=styles).blob()
    new = splice(blob, Patch(edits=(edit("B2", 7),))).blob
    assert '<c r="B2" s="4"><v>7</v></c>' in sheet_text(new)
    assert (
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        in member(new, "xl/styles.xml").decode()
    )


def test_a_time_of_day_is_stored_and_found_again():
    assert "<v>46348.5</v>" in written(Book(rows=TWO_ROWS, strings=STRINGS), edit("B2", dt.datetime(2026, 11, 22, 12)))


@pytest.mark.parametrize(
    ("day", "serial"), [((1900, 1, 1), 1), ((1900, 2, 28), 59), ((1900, 3, 1), 61), ((9999, 12, 31), 2958465)]
)
def test_serials_know_the_leap_day_that_never_was(day, serial):
    assert f"<v>{serial}</v>" in written(Book(rows=TWO_ROWS, strings=STRINGS), edit("B2", dt.date(*day)))


def test_the_1904_date_system_counts_from_its_own_day_zero():
    book = Book(rows=TWO_ROWS, strings=STRINGS, workbook_before='<workbookPr date1904="1"/>')
    assert "<v>44886</v>" in written(book, edit("B2", dt.date(2026, 11, 22)))
    assert "1904-01-01" in refused(book, edit("B2", dt.date(1903, 12, 31)))


def test_a_date_before_the_first_day_is_refused_with_its_cell():
    assert "表!B2" in refused(Book(rows=TWO_ROWS, strings=STRINGS), edit("B2", dt.date(1899, 12, 31)))


def test_an_iso_date_cell_holds_its_date_already():
    blob = Book(rows='<row r="1"><c r="A1" s="1" t="d"><v>2026-11-22</v></c></row>').blob()
    assert splice(blob, Patch(edits=(edit("A1", dt.date(2026, 11, 22)),))).blob is blob
    assert '<c r="A1" s="1"><v>46349</v></c>' in sheet_text(
        splice(blob, Patch(edits=(edit("A1", dt.date(2026, 11, 23)),))).blob
    )


def test_a_look_is_appended_once_and_kept_when_it_is_there():
    look = CellLook(
        fill="fde9d9", color="C00000", bold=True, italic=True, wrap=True, border="BFBFBF", horizontal="left"
    )
    book = Book(rows='<row r="1"><c r="A1" s="3"/><c r="B1"/></row>')
    new = splice(book.blob(), Patch(edits=(edit("A1", "警告", look), edit("B1", "警告", look)))).blob
    styles = member(new, "xl/styles.xml").decode()
    assert styles.count('rgb="FFFDE9D9"') == 1
    assert styles.count("<b/><i/>") == 1
    assert '<cellXfs count="6">' in styles
    assert splice(new, Patch(edits=(edit("A1", "警告", look),))).blob is new


def test_a_style_written_as_alternate_content_gives_its_fallback_as_the_base():
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    wrapped = f'<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice Requires="hs"><xf/></mc:Choice><mc:Fallback>{plain}'
    styles = (
        Book()
        .styles.replace(plain, wrapped)
        .replace('<alignment wrapText="1"/></xf>', '<alignment wrapText="1"/></xf></mc:Fallback></mc:AlternateContent>')
    )
    new = splice(
        Book(rows='<row r="1"><c r="A1" s="3"/></row>', styles=styles).blob(),
        Patch(edits=(edit("A1", dt.date(2026, 11, 22)),)),
    ).blob
    assert '<c r="A1" s="4"><v>46348</v></c>' in sheet_text(new)
    assert (
        '</mc:AlternateContent><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" '
        'applyAlignment="1" applyNumberFormat="1"><alignment wrapText="1"/></xf></cellXfs>'
    ) in member(new, "xl/styles.xml").decode()


def test_without_a_styles_part_text_is_written_and_a_date_refused():
    book = Book(rows='<row r="1"><c r="A1"/></row>', styles=None)
    assert "<is><t>x</t></is>" in written(book, edit("A1", "x"))
    assert "样式表" in refused(book, edit("A1", dt.date(2026, 11, 22)))


def test_number_formats_are_made_where_the_styles_have_none():
    styles = Book().styles
    start, end = styles.index("<numFmts"), styles.index("<fonts")
    book = Book(rows='<row r="1"><c r="A1"/></row>', styles=styles[:start] + styles[end:])
    new = splice(book.blob(), Patch(edits=(edit("A1", dt.date(2026, 11, 22)),))).blob
    assert (
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><fonts'
        in member(new, "xl/styles.xml").decode()
    )


# --- text ---


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a<b & c>d", "<t>a&lt;b &amp; c&gt;d</t>"),
        (" 两端 ", '<t xml:space="preserve"> 两端 </t>'),
        ("一\n二", '<t xml:space="preserve">一\n二</t>'),
        ("一\r\n二", '<t xml:space="preserve">一_x000D_\n二</t>'),
        ("_x000D_", "<t>_x005F_x000D_</t>"),
        ("__x0041_", "<t>__x005F_x0041_</t>"),
        ("a\x07b", "<t>a_x0007_b</t>"),
        ("\uffff", "<t>_xFFFF_</t>"),
        ("=1+1", "<t>=1+1</t>"),
        ("𠮷😀", "<t>𠮷😀</t>"),
    ],
)
def test_text_is_stored_so_that_it_reads_back_as_it_was(text, stored):
    assert stored in written(Book(rows='<row r="1"><c r="A1"/></row>'), edit("A1", text))


def test_a_lone_surrogate_is_refused_with_its_cell():
    assert "表!A1" in refused(Book(rows=""), edit("A1", "半\ud800个"))


def test_the_length_of_a_text_is_counted_as_excel_counts():
    longest = "😀" * 16_383 + "a"
    assert longest in written(Book(rows=""), edit("A1", longest))
    assert "32767" in refused(Book(rows=""), edit("A1", longest + "b"))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf"), 1e308, 10**400, 2**53 + 1])
def test_numbers_a_cell_can_not_hold_are_refused_with_their_cell(number):
    assert "表!A1" in refused(Book(rows=""), edit("A1", number))


@pytest.mark.parametrize(("number", "stored"), [(0.1, "0.1"), (1e21, "1e+21"), (-0.0, "0"), (3.0, "3"), (-7, "-7")])
def test_numbers_are_stored_in_full(number, stored):
    assert f"<v>{stored}</v>" in written(Book(rows=""), edit("A1", number))


# --- odd XML ---


def test_prefixed_sheets_get_prefixed_cells():
    xml = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1:B1"/><x:sheetData><x:row r="1" spans="1:2">'
        '<x:c r="A1"><x:v>1</x:v></x:c><x:c r="B1" s="2"/></x:row></x:sheetData></x:worksheet>'
    )
    new = written(Book(sheet_xml=xml), edit("B1", "新"), edit("C2", 2))
    assert '<x:c r="B1" s="2" t="inlineStr"><x:is><x:t>新</x:t></x:is></x:c></x:row>' in new
    assert '<x:row r="2"><x:c r="C2"><x:v>2</x:v></x:c></x:row></x:sheetData>' in new
    assert '<x:dimension ref="A1:C2"/>' in new


def test_a_byte_order_mark_stays():
    xml = b"\xef\xbb\xbf" + Book(rows=TWO_ROWS, strings=STRINGS).sheet().encode()
    blob = Book(sheet_xml=xml, strings=STRINGS).blob()
    new = member(splice(blob, Patch(edits=(edit("C2", "张三"),))).blob, SHEET)
    assert new.startswith(b"\xef\xbb\xbf<?xml")
    assert "张三".encode() in new


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("marked", [True, False])
def test_utf_16_stays_utf_16(codec, marked):
    text = Book(rows=TWO_ROWS, strings=STRINGS).sheet().replace("UTF-8", "UTF-16")
    xml = (b"" if not marked else b"\xff\xfe" if codec.endswith("le") else b"\xfe\xff") + text.encode(codec)
    blob = Book(sheet_xml=xml, strings=STRINGS).blob()
    patch = Patch(edits=(edit("C2", "张三"),))
    new = splice(blob, patch).blob
    verify(blob, new, patch)
    expected = text.replace('<c r="C2" s="3"/>', '<c r="C2" s="3" t="inlineStr"><is><t>张三</t></is></c>')
    assert member(new, SHEET) == xml[: 2 * marked] + expected.encode(codec)


@pytest.mark.parametrize(
    ("codec", "old"), [("ISO-8859-1", "é"), ("GBK", "乘"), ("GB18030", "乗"), ("windows-1252", "€")]
)
def test_other_codings_get_character_references(codec, old):
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{old}</t></is></c><c r="B1"/></row>'
    xml = Book(rows=rows).sheet().replace("UTF-8", codec).encode(codec)
    blob = Book(sheet_xml=xml).blob()
    patch = Patch(edits=(edit("B1", "张é"),))
    done = splice(blob, patch)
    verify(blob, done.blob, patch)
    assert b"<is><t>&#24352;&#233;</t></is>" in member(done.blob, SHEET)
    assert splice(done.blob, patch).blob is done.blob
    assert splice(blob, Patch(edits=(edit("A1", old),))).blob is blob


def test_comments_and_cdata_between_cells_are_neither_searched_nor_lost():
    rows = (
        '<!-- <row r="1"><c r="B1"/></row> --><row r="1"><c r="A1" t="str"><v><![CDATA[</c><c r="B1">]]></v></c>'
        '<!-- <c r="B1"> --><c r="B1"/></row><?old <row r="2"> ?>'
    )
    new = written(Book(rows=rows), edit("B1", 1), edit("A2", 2))
    assert '<!-- <c r="B1"> --><c r="B1"><v>1</v></c></row><?old <row r="2"> ?><row r="2">' in new
    blob = Book(rows=rows).blob()
    assert splice(blob, Patch(edits=(edit("A1", '</c><c r="B1">'),))).blob is blob


@pytest.mark.parametrize("doctype", ["<!DOCTYPE worksheet>", '<!DOCTYPE w [<!ENTITY e "x">]>'])
def test_a_doctype_is_refused(doctype):
    xml = Book(rows=TWO_ROWS).sheet().replace("<worksheet", f"{doctype}<worksheet")
    assert "DOCTYPE" in refused(Book(sheet_xml=xml), edit("A1", 1))


def test_attribute_order_quotes_blanks_and_angle_brackets_do_not_matter():
    rows = "<row foo='a>b' r='1' ><c s='2'  r = 'A1' t='str' ><v >旧</v ></c ><c\n r='B1'\t/></row ><row r='2'></row>"
    new = written(Book(rows=rows), edit("A1", "新"), edit("B1", 2), edit("C2", 3))
    assert "<c s='2'  r = 'A1' t=\"inlineStr\"><is><t>新</t></is></c>" in new
    assert "<c\n r='B1'><v>2</v></c></row >" in new
    assert "<row r='2'><c r=\"C2\"><v>3</v></c></row>" in new


def test_explicit_closing_tags_that_begin_like_a_cell():
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><color rgb="FF000000"></color><charset val="1"></charset></rPr>'
        '<t>旧</t></r></is></c><c r="B1"><v>2</v></c></row>'
    )
    assert '<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>' in written(Book(rows=rows), edit("A1", 1))


def test_rows_and_cells_without_addresses_are_counted():
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    new = written(Book(rows=rows), edit("B1", 20), edit("B2", 4), edit("A3", 5))
    assert "<row><c><v>1</v></c><c><v>20</v></c></row>" in new
    assert '<row><c><v>3</v></c><c r="B2"><v>4</v></c></row><row r="3"><c r="A3">' in new


@pytest.mark.parametrize("rows", ['<row r="2"/><row r="1"/>', '<row r="1"/><row r="1"/>'])
def test_rows_out_of_order_are_refused(rows):
    assert "次序不对" in refused(Book(rows=rows), edit("C1", 1))


def test_cells_out_of_order_or_in_the_wrong_row_are_refused_where_they_are_met():
    assert "次序不对" in refused(Book(rows='<row r="1"><c r="D1"/><c r="C1"/></row>'), edit("B1", 1))
    assert "地址写成 A2" in refused(Book(rows='<row r="1"><c r="A2"/></row>'), edit("C1", 1))


@pytest.mark.parametrize("gap", ["", "<!-- 注 -->"])
@pytest.mark.parametrize("cells", ["DC", "CDC"])
def test_cells_out_of_order_or_twice_are_refused_wherever_they_stand_in_a_written_row(cells, gap):
    rows = f'<row r="1">{gap.join(f"""<c r="{letter}1"><v>1</v></c>""" for letter in cells)}</row>'
    assert "次序不对" in refused(Book(rows=rows), edit("C1", 8), edit("D1", 9))
    assert "次序不对" in refused(Book(rows=rows), edit("C1", 8))


def test_an_address_in_mixed_case_is_one_address():
    new = written(Book(rows='<row r="1"><c r="B1"/><c r="Cc1"><v>1</v></c></row>'), edit("C1", 8), edit("CC1", 9))
    assert '<c r="B1"/><c r="C1"><v>8</v></c><c r="Cc1"><v>9</v></c>' in new


def test_strict_workbooks_are_written():
    book = Book(rows=TWO_ROWS, strings=STRINGS, main=STRICT_MAIN, rel=STRICT_REL)
    assert "<is><t>张三</t></is>" in written(book, edit("C2", "张三"))


def test_absolute_targets_and_hidden_sheets_are_found():
    book = Book(
        rows=TWO_ROWS, strings=STRINGS, sheet_target="/xl/worksheets/sheet1.xml", sheet_state=' state="veryHidden"'
    )
    assert "<is><t>张三</t></is>" in written(book, edit("C2", "张三"))


def test_x14_extensions_alternate_content_and_everything_behind_the_rows_stay():
    tail = (
        '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>'
        '<extLst><ext uri="{x}"><x14:f xmlns:x14="urn:x14">A1</x14:f></ext></extLst>'
    )
    new = written(Book(rows=TWO_ROWS, strings=STRINGS, tail=tail), edit("C2", 1))
    assert new.endswith(tail + "</worksheet>")


# --- cells that must not be written ---


def test_a_formula_is_refused_unless_overwriting_was_asked_for():
    book = Book(rows='<row r="1"><c r="A1"><f>B1*2</f><v>4</v></c></row>')
    assert "表!A1 里是公式" in refused(book, edit("A1", 5))
    assert '<c r="A1"><v>5</v></c>' in written(book, edit("A1", 5), over_formulas=True)


@pytest.mark.parametrize(
    ("formula", "word"),
    [
        ('<f t="array" ref="A1:A3">B1:B3</f>', "数组公式"),
        ('<f t="dataTable" ref="A1:A3" dt2D="0" r1="C1"/>', "模拟运算表"),
        ("<f>_xlfn.DISPIMG(&quot;ID_1&quot;,1)</f>", "图片"),
    ],
)
def test_formulas_that_others_hang_on_are_refused_even_then(formula, word):
    book = Book(rows=f'<row r="1"><c r="A1">{formula}<v>4</v></c></row>')
    assert word in refused(book, edit("A1", 5), over_formulas=True)


@pytest.mark.parametrize(
    ("cell", "over", "sentence"),
    [
        ("<f>B1</f><v>4</v>", False, "里是公式，不能覆盖 → 请先在 Excel 里把公式改成值或清空，再运行"),
        ('<f t="own">B1</f>', True, "属于own，单独改写会损坏其他单元格 → 请在 Excel 里先改成值，再运行"),
        ("<f>dispimg(1)</f>", True, "里是图片或数据类型，不能覆盖 → 请先在 Excel 或 WPS 里清空这个单元格"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_in_the_way_and_what_to_do(cell, over, sentence):
    book = Book(rows=f'<row r="1"><c r="A1">{cell}</c></row>')
    assert refused(book, edit("A1", 5), over_formulas=over) == f"表!A1 {sentence}"


FILLED_DOWN = "".join(
    f'<row r="{at}"><c r="A{at}"><f t="shared"{said}</c></row>'
    for at, said in [(1, ' ref="A1:A4" si="0">B1</f>'), *((at, ' si="0"/><v>4</v>') for at in (2, 3, 4))]
)


@pytest.mark.parametrize("gone", [(2,), (2, 4), (1, 2, 3, 4)])
def test_cells_of_a_shared_formula_may_go_that_leave_no_other_without_it(gone):
    content = written(Book(rows=FILLED_DOWN), *(edit(f"A{at}", None) for at in gone), over_formulas=True)
    assert content.count("<f ") == 4 - len(gone)


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ((1, 3), "A2 到 A4 的 2 格没有公式了 → 请在 Excel 里选中 A2，按 F2 再按回车，然后向下填充到 A4，保存"),
        ((1, 2, 3), "A4没有公式了 → 请在 Excel 里选中 A4，按 F2 再按回车，保存"),
    ],
)
def test_the_first_cell_of_a_shared_formula_stays_while_others_point_to_it_and_the_way_out_is_said(gone, said):
    told = refused(Book(rows=FILLED_DOWN), *(edit(f"A{at}", None) for at in gone), over_formulas=True)
    assert told == f"表!A1 是向下填充的一组公式的第一格，清空以后 {said}。先做好再运行，什么都没有写"


def test_the_rest_of_an_array_formula_is_refused():
    book = Book(rows='<row r="1"><c r="A1" cm="1"><f t="array" ref="A1:A3">B1:B3</f><v>4</v></c></row>')
    assert "表!A2 在数组公式的范围里" in refused(book, edit("A2", 5))


def test_a_cell_with_a_rich_value_is_refused():
    book = Book(rows='<row r="1"><c r="A1" t="e" vm="1"><v>#VALUE!</v></c></row>')
    assert "图片" in refused(book, edit("A1", 5))


def test_an_error_value_may_be_overwritten_and_is_told():
    blob = Book(rows='<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>').blob()
    (change,) = splice(blob, Patch(edits=(edit("A1", 5),))).changes
    assert (change.before, change.after) == ("#N/A", 5)


def test_inside_a_merge_only_the_first_cell_is_written():
    book = Book(rows=TWO_ROWS, strings=STRINGS, tail='<mergeCells count="1"><mergeCell ref="A2:B3"/></mergeCells>')
    assert "左上角 A2" in refused(book, edit("B3", 1))
    assert '<c r="A2"><v>9</v></c>' in written(book, edit("A2", 9))


def table(**attributes):
    extra = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return Book(
        rows=TWO_ROWS,
        strings=STRINGS,
        sheet_relations=(("table", "../tables/table1.xml"),),
        parts={
            "xl/tables/table1.xml": f'<table xmlns="{MAIN}" id="1" displayName="台账" ref="A1:C2"{extra}>'
            '<tableColumns count="1"><tableColumn id="1" name="编号"/></tableColumns></table>'
        },
    )


def test_header_and_totals_rows_of_a_table_are_refused_and_its_data_written():
    assert "标题行" in refused(table(), edit("A1", "x"))
    assert "汇总行" in refused(table(totalsRowCount="1"), edit("C2", "x"))
    assert "<is><t>x</t></is>" in written(table(), edit("C2", "x"))
    assert "<is><t>x</t></is>" in written(table(headerRowCount="0"), edit("A1", "x"))


def test_a_query_table_is_written_with_a_warning():
    done = splice(table(tableType="queryTable").blob(), Patch(edits=(edit("C2", "x"),)))
    assert "外部查询" in done.warnings[0]


def test_pivot_output_is_refused_with_its_page_fields():
    book = Book(
        rows=TWO_ROWS,
        strings=STRINGS,
        sheet_relations=(("pivotTable", "../pivotTables/p1.xml"),),
        parts={
            "xl/pivotTables/p1.xml": f'<pivotTableDefinition xmlns="{MAIN}">'
            '<location ref="A4:C9" rowPageCount="1" colPageCount="1"/></pivotTableDefinition>'
        },
    )
    assert "透视表" in refused(book, edit("B5", 1))
    assert "透视表" in refused(book, edit("A2", 1))
    assert "<v>1</v>" in written(book, edit("E5", 1))


def test_a_signed_workbook_is_refused_but_a_patch_without_change_passes():
    book = Book(rows=TWO_ROWS, strings=STRINGS)
    origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    signature = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/signature"
    book.parts = {
        "_rels/.rels": relations(REL, (("officeDocument", "xl/workbook.xml"), (origin, "_xmlsignatures/origin.sigs"))),
        "_xmlsignatures/origin.sigs": "",
        "_xmlsignatures/_rels/origin.sigs.rels": relations(REL, ((signature, "sig1.xml"),)),
    }
    assert "签名" in refused(book, edit("C2", "x"))
    blob = book.blob()
    assert splice(blob, Patch(edits=(edit("A2", 5),))).blob is blob


def test_a_shared_workbook_with_a_revision_log_is_refused():
    book = Book(
        rows=TWO_ROWS,
        strings=STRINGS,
        workbook_relations=(("revisionHeaders", "revisions/revisionHeaders.xml"),),
        parts={"xl/revisions/revisionHeaders.xml": "<headers/>"},
    )
    assert "共享工作簿" in refused(book, edit("C2", "x"))


def test_a_chart_sheet_has_no_cells():
    book = Book(rows=TWO_ROWS, strings=STRINGS)
    parts = book.members()
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"relationships/worksheet", b"relationships/chartsheet"
    )
    book.parts = parts
    assert "图表工作表" in refused(book, edit("A1", 1))


def test_an_unknown_sheet_is_named_with_the_nearest_one():
    with pytest.raises(UsageError, match="改进计划跟踪表"):
        splice(Book(name="改进计划跟踪表").blob(), Patch(edits=(edit("A1", 1, sheet="改进计划跟踪"),)))


@pytest.mark.parametrize("at", ["A0", "XFE1", "A1048577", "1A", "A1:B2", ""])
def test_what_is_no_address_is_refused(at):
    with pytest.raises(UsageError, match="单元格地址"):
        splice(Book(rows=TWO_ROWS, strings=STRINGS).blob(), Patch(edits=(edit(at, 1),)))


def test_a_damaged_member_elsewhere_stops_the_write():
    with pytest.raises(UnreadableWorkbook, match=r"drawing1\.xml"):
        splice(with_damaged("xl/drawings/drawing1.xml"), Patch(edits=(edit("C2", 1),)))


def test_a_damaged_picture_is_copied_as_it_stands_for_pictures_are_never_unpacked():
    blob = with_damaged("xl/media/image1.png")
    patch = Patch(edits=(edit("C2", 1),))
    done = splice(blob, patch)
    verify(blob, done.blob, patch)
    old, new = (read_container(one) for one in (blob, done.blob))
    assert bytes(old.packed(old.find("xl/media/image1.png"))) == bytes(new.packed(new.find("xl/media/image1.png")))


def with_damaged(name):
    blob = Book(rows=TWO_ROWS, strings=STRINGS, parts={name: bytes(range(256))}).blob()
    broken = bytearray(blob)
    broken[blob.index(name.encode()) + 60] ^= 0xFF
    return bytes(broken)


# --- recalculation ---


def calculates(rows="", other=None, workbook_extra="", at="B2"):
    book = Book(rows=rows, other=other, workbook_extra=workbook_extra)
    new = splice(book.blob(), Patch(edits=(edit(at, 1),))).blob
    return "fullCalcOnLoad" in member(new, "xl/workbook.xml").decode()


@pytest.mark.parametrize(
    ("formula", "depends"),
    [
        ("SUM(B1:B9)", True),
        ("SUM(B:B)", True),
        ("SUM(2:2)", True),
        ("$B$2", True),
        ("SUM(C1:C9)", False),
        ("IF(TRUE,1,0)", False),
        ("他表!B2", False),
        ("INDIRECT(&quot;B2&quot;)", True),
        ("台账[状态]", True),
        ("总数", True),
        ("HYPERLINK(&quot;#'表'!B2&quot;,&quot;B2&quot;)", False),
        ("SUM(表!B2)", True),
        ("SUM('表'!A1:C3)", True),
    ],
)
def test_excel_is_told_to_recalculate_only_when_a_formula_may_depend_on_a_change(formula, depends):
    assert calculates(f'<row r="1"><c r="H1"><f>{formula}</f><v>0</v></c></row>') is depends


def test_a_formula_on_another_sheet_counts_too():
    assert calculates(other='<row r="1"><c r="A1"><f>COUNTA(表!A:C)</f><v>0</v></c></row>')
    assert not calculates(other='<row r="1"><c r="A1"><f>COUNTA(A:C)</f><v>0</v></c></row>')


def test_a_workbook_without_formulas_is_not_told_to_recalculate():
    assert not calculates(rows=TWO_ROWS.replace(' t="s"', ""))


def test_the_calculation_settings_that_are_there_are_kept():
    row = '<row r="1"><c r="H1"><f>B2</f><v>0</v></c></row>'
    book = Book(rows=row, workbook_extra='<definedNames/><calcPr calcId="191029" calcMode="auto"/><extLst/>')
    new = member(splice(book.blob(), Patch(edits=(edit("B2", 1),))).blob, "xl/workbook.xml").decode()
    assert '<calcPr calcId="191029" calcMode="auto" fullCalcOnLoad="1"/><extLst/>' in new


def test_calculation_settings_are_made_in_their_place():
    row = '<row r="1"><c r="H1"><f>B2</f><v>0</v></c></row>'
    book = Book(rows=row, workbook_extra="<definedNames/><pivotCaches/>")
    new = member(splice(book.blob(), Patch(edits=(edit("B2", 1),))).blob, "xl/workbook.xml").decode()
    assert '</sheets><definedNames/><calcPr fullCalcOnLoad="1"/><pivotCaches/>' in new


def chained(rows):
    return Book(
        rows=rows,
        workbook_relations=(("calcChain", "calcChain.xml"), ("theme", "theme/theme1.xml")),
        parts={
            "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="A1" i="1"/></calcChain>',
            "xl/theme/theme1.xml": "<a/>",
        },
        overrides='<Override PartName="/xl/calcChain.xml" ContentType="x"/>'
        '<Override PartName="/xl/a.xml" ContentType="y"/>',
    )


def test_the_calculation_chain_goes_only_with_a_formula():
    book = chained('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="C1"/></row>')
    blob = book.blob()
    assert "xl/calcChain.xml" not in differing(blob, splice(blob, Patch(edits=(edit("C1", 1),))).blob)
    patch = Patch(edits=(edit("A1", 1),))
    new = splice(blob, patch, over_formulas=True).blob
    verify(blob, new, patch)
    assert differing(blob, new) == {SHEET, "xl/calcChain.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
    assert b"calcChain" not in member(new, "[Content_Types].xml") + member(new, "xl/_rels/workbook.xml.rels")
    assert b"theme1.xml" in member(new, "xl/_rels/workbook.xml.rels")
    assert b"/xl/a.xml" in member(new, "[Content_Types].xml")


# --- cached results ---


def recomputed(cell, value):
    blob = Book(rows=f'<row r="1">{cell}</row>').blob()
    patch = Patch(cached=(CachedValue("表", "A1", value),))
    done = splice(blob, patch)
    verify(blob, done.blob, patch)
    return sheet_text(done.blob), done


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ('<c r="A1" s="2"><f>B1</f><v>1</v></c>', 2, '<c r="A1" s="2"><f>B1</f><v>2</v></c>'),
        ('<c r="A1"><f>B1</f></c>', "是", '<c r="A1" t="str"><f>B1</f><v>是</v></c>'),
        ('<c r="A1" t="str"><f>B1</f><v>是</v></c>', 0.5, '<c r="A1"><f>B1</f><v>0.5</v></c>'),
        ('<c r="A1" t="e"><f>B1</f><v>#REF!</v></c>', True, '<c r="A1" t="b"><f>B1</f><v>1</v></c>'),
        ('<c r="A1"><f>B1</f><v>1</v></c>', None, '<c r="A1" t="str"><f>B1</f><v></v></c>'),
        (
            '<c r="A1" cm="1"><f t="array" ref="A1:A2">B1:B2</f><v>1</v></c>',
            2,
            '<c r="A1" cm="1"><f t="array" ref="A1:A2">B1:B2</f><v>2</v></c>',
        ),
    ],
)
def test_a_cached_result_changes_and_its_formula_stays(cell, value, expected):
    text, done = recomputed(cell, value)
    assert expected in text
    assert splice(done.blob, Patch(cached=(CachedValue("表", "A1", value),))).blob is done.blob


def test_a_result_that_differs_only_beyond_fifteen_digits_is_the_same():
    _, done = recomputed('<c r="A1"><f>B1</f><v>0.30000000000000004</v></c>', 0.3)
    assert len(done.changes) == 0


def test_a_cached_value_for_a_cell_that_lost_its_formula_is_left_and_told():
    _, done = recomputed('<c r="A1"><v>1</v></c>', 2)
    assert len(done.changes) == 0
    assert "表!A1 的公式不见了" in done.warnings[0]


MIXED = (
    '<row r="3"><c r="A3" t="inlineStr"><is><t>甲</t></is></c><c r="C3" s="1" t="str"><f>A3</f><v>P</v></c>'
    '<c r="D3" t="str"><f>A3&amp;"x"</f><v></v></c><c r="F3"><v>7</v></c></row>'
)


@pytest.mark.parametrize(
    ("values", "results", "changed"),
    [
        ({"A3": "甲", "F3": 7}, {"C3": "P", "D3": None}, []),
        ({"A3": "甲"}, {"C3": "P", "D3": "D"}, ["D3"]),
        ({"A3": "乙"}, {"C3": "C", "D3": None}, ["A3", "C3"]),
        ({"B3": 1, "E3": 2}, {"C3": "P", "D3": None}, ["B3", "E3"]),
        ({"B3": 1, "E3": 2, "F3": 8}, {"C3": "A", "D3": 4}, ["B3", "C3", "D3", "E3", "F3"]),
        ({"E3": 2, "G3": 3}, {"D3": "<&>"}, ["D3", "E3", "G3"]),
    ],
)
def test_values_and_results_of_one_row_are_written_beside_each_other(values, results, changed):
    blob = Book(rows=MIXED).blob()
    patch = Patch(
        edits=tuple(CellEdit("表", at, value) for at, value in values.items()),
        cached=tuple(CachedValue("表", at, value) for at, value in results.items()),
    )
    done = splice(blob, patch)
    verify(blob, done.blob, patch)
    assert sorted(cell.at for cell in done.changes) == changed
    assert splice(done.blob, patch).blob is done.blob


@pytest.mark.parametrize(
    ("beside", "text", "changed"),
    [
        ('<c r="B1" t="inlineStr"><is><t>a</t></is></c>', "a", 0),
        ('<c r="B1" t="inlineStr"><is><t> a</t></is></c>', "a", 0),  # without xml:space no blank counts
        ('<c r="B1" t="inlineStr"><is><t> a</t></is></c>', " a", 1),
        ('<c r="B1" t="inlineStr"><is><t xml:space="preserve"> a</t></is></c>', " a", 0),
        ('<c r="B1" s="1"/>', None, 0),
        ('<c r="B1" s="1"/>', "a", 1),
    ],
)
def test_values_beside_a_result_that_stands_change_only_where_they_differ(beside, text, changed):
    blob = Book(rows=f'<row r="1"><c r="A1"><f>C1</f><v>1</v></c>{beside}</row>').blob()
    patch = Patch(edits=(CellEdit("表", "B1", text),), cached=(CachedValue("表", "A1", 1),))
    done = splice(blob, patch)
    assert (len(done.changes), done.blob is blob) == (changed, not changed)


def test_a_formula_where_a_value_is_wanted_is_refused_beside_results_that_stand():
    cells = '<c r="A1"><f>C1</f><v>1</v></c><c r="B1"><f>C1</f><v>1</v></c>'
    patch = Patch(edits=(CellEdit("表", "B1", 1),), cached=(CachedValue("表", "A1", 1),))
    with pytest.raises(UnsafeWrite, match="B1 里是公式"):
        splice(Book(rows=f'<row r="1">{cells}</row>').blob(), patch)


# --- owned rows ---

OWNED = '<row r="1"><c r="A1" s="2" t="str"><v>问题</v></c></row>'


def owned(*rows):
    return Patch(rows=(SheetRows("表", 2, tuple(tuple(row) for row in rows)),))


def link(text, target):
    return OwnedCell(text, f'HYPERLINK("#\'表\'!{target}","{text}")')


def replaced(blob, patch):
    done = splice(blob, patch)
    verify(blob, done.blob, patch)
    assert splice(done.blob, patch).blob is done.blob
    return done


def test_owned_rows_are_written_with_formulas_and_their_cached_text():
    done = replaced(Book(rows=OWNED).blob(), owned([OwnedCell("FD01"), OwnedCell(3), link("A1", "A1")]))
    assert (
        '<row r="2"><c r="A2" s="2" t="inlineStr"><is><t>FD01</t></is></c>'
        '<c r="B2" s="2"><v>3</v></c>'
        '<c r="C2" s="2" t="str"><f>HYPERLINK("#\'表\'!A1","A1")</f><v>A1</v></c></row>'
    ).replace(' s="2"><v>3', "><v>3").replace('<c r="C2" s="2"', '<c r="C2"') in sheet_text(done.blob)
    assert [(change.at, change.after) for change in done.changes] == [("A2", "FD01"), ("B2", 3), ("C2", "A1")]


def test_owned_rows_that_go_take_their_line_breaks_along_so_that_the_row_above_stays_proven():
    rows = '\n<row r="1"><c r="A1"><v>1</v></c></row>\n<row r="2"><c r="A2"><v>2</v></c></row>\n'
    for first in (1, 2):
        blob, patch = Book(rows=rows).blob(), Patch(rows=(SheetRows("表", first, ()),))
        verify(blob, splice(blob, patch).blob, patch)


def test_the_spans_of_an_owned_row_grow_with_it():
    blob = Book(rows='<row r="1" spans="1:1"><c r="A1"><v>1</v></c></row>').blob()
    patch = Patch(rows=(SheetRows("表", 1, ((OwnedCell(1), OwnedCell(2)),)),))
    assert '<row r="1" spans="1:2">' in sheet_text(splice(blob, patch).blob)


def test_owned_rows_that_are_no_longer_wanted_go_and_changes_tell_their_values():
    first = replaced(Book(rows=OWNED).blob(), owned([OwnedCell("一")], [OwnedCell("二")], [OwnedCell("三")]))
    second = replaced(first.blob, owned([OwnedCell("二")]))
    assert sheet_text(second.blob).count("<row ") == 2
    assert [(c.at, c.before, c.after) for c in second.changes] == [
        ("A2", "一", "二"),
        ("A3", "二", None),
        ("A4", "三", None),
    ]


def test_rows_that_only_have_formats_below_the_owned_ones_stay():
    done = replaced(Book(rows=OWNED + '<row r="9"><c r="A9" s="3"/></row>').blob(), owned([OwnedCell("一")]))
    assert '<row r="9"><c r="A9" s="3"/></row>' in sheet_text(done.blob)


def test_the_calculation_chain_goes_when_an_owned_formula_goes():
    book = chained(OWNED + '<row r="2"><c r="A2" t="str"><f>HYPERLINK("x","y")</f><v>y</v></c></row>')
    done = replaced(book.blob(), owned([OwnedCell("一")]))
    assert "xl/calcChain.xml" in differing(book.blob(), done.blob)


def test_owned_rows_and_edits_above_them_go_together():
    patch = Patch(edits=(edit("B1", "合计"),), rows=owned([OwnedCell("一")]).rows)
    new = sheet_text(replaced(Book(rows=OWNED).blob(), patch).blob)
    assert "合计" in new
    assert "一" in new


def test_blanks_between_cells_are_kept():
    rows = '<row r="1">\n <c r="A1"/>\n <c r="B1"/>\n <!-- x -->\n <c r="D1"/>\n</row>\n<row r="2" />\n'
    new = written(Book(rows=rows), edit("A1", 1), edit("B1", 2), edit("C1", 3), edit("D1", 4), edit("A2", 5))
    assert (
        '<row r="1">\n <c r="A1"><v>1</v></c>\n <c r="B1"><v>2</v></c><c r="C1"><v>3</v></c>\n <!-- x -->\n '
        '<c r="D1"><v>4</v></c>\n</row>\n<row r="2"><c r="A2"><v>5</v></c></row>\n'
    ) in new


@pytest.mark.parametrize(
    "twin", ["XL/Worksheets/Sheet1.xml", "/xl/worksheets/sheet1.xml", "xl\\worksheets\\sheet1.xml"]
)
def test_a_part_that_is_there_twice_is_never_patched(twin):
    """Readers disagree which of the two counts."""
    members = Book(rows=TWO_ROWS, strings=STRINGS).members()
    with pytest.raises(UnsafeWrite, match="同名的成员"):
        splice(raw_zip({**members, twin: members[SHEET]}), Patch(edits=(edit("A2", 6),)))
