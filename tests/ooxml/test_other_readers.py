"""Our reader gives what python-calamine and openpyxl give, cell by cell; each difference has its sentence here."""

from __future__ import annotations

import datetime as dt
import io
import math
import os
import re
import shutil
import subprocess
import time
from pathlib import Path
from unittest.mock import patch
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.merge import MergedCellRange
from python_calamine import CalamineWorkbook

from capa_xl.a1 import cell_at
from capa_xl.errors import UnreadableWorkbook, UnsafeWrite
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.splice import splice
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.ooxml.xstring import decode_coded
from tests.ooxml.xlsx_maker import MAIN, STYLES, Book

CORPUS = Path(os.environ.get("CAPA_XL_CORPUS", ""))
WRITTEN = Path(__file__).parent / "written"
FILES = sorted(CORPUS.glob("*.xls[xm]")) if os.environ.get("CAPA_XL_CORPUS") else []


def ours(blob):
    """(sheet, row, column) → value, blanks left out."""
    book = WorkbookValues(blob)
    found = {}
    for name in book.names:
        for row, cells in enumerate(book.read(name).rows, 1):
            found.update({(name, row, column): value for column, value in enumerate(cells, 1) if value != ""})
    return found


def by_calamine(blob, names):
    book = CalamineWorkbook.from_filelike(io.BytesIO(blob))
    found = {}
    for name in names:
        for row, cells in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1):
            found.update({(name, row, column): value for column, value in enumerate(cells, 1) if value != ""})
    return found


def by_openpyxl(blob, names):
    def as_it_is(_):
        """The borders of merged cells, on which no value depends; of one file they take 7 s."""

    with patch.multiple(MergedCellRange, format=as_it_is, _get_borders=as_it_is):
        book = openpyxl.load_workbook(io.BytesIO(blob), data_only=True)
    found = {}
    for name in names:
        for row in book[name].iter_rows():
            for cell in row:
                if not isinstance(cell, MergedCell) and cell.value not in (None, "") and cell.data_type != "e":
                    found[name, cell.row, cell.column] = cell.value
    return found


def is_same(mine, theirs):
    """Values alike; a whole day is a date to us, and a moment at midnight to openpyxl."""
    if isinstance(mine, bool) or isinstance(theirs, bool):
        return mine is theirs
    if isinstance(mine, (int, float)) and isinstance(theirs, (int, float)):
        return math.isclose(mine, theirs, rel_tol=1e-15)
    if isinstance(theirs, dt.datetime) and theirs.time() == dt.time() and type(mine) is dt.date:
        theirs = theirs.date()
    return type(mine) is type(theirs) and mine == theirs


def differing(mine, theirs):
    places = sorted(mine.keys() | theirs.keys())
    return [(at, mine.get(at), theirs.get(at)) for at in places if not is_same(mine.get(at), theirs.get(at))]


def compare(blob, *readers, but=lambda at, mine, theirs: False):
    """Our reading against others'; `but` names the differences that are explained."""
    mine = ours(blob)
    names = WorkbookValues(blob).names
    assert mine
    for reader in readers or (by_calamine, by_openpyxl):
        assert not [found for found in differing(mine, reader(blob, names)) if not but(*found)], reader.__name__


NOT_READ = {
    by_calamine: {
        "PhpSpreadsheet__utf16be.bom.xlsx": "calamine knows only UTF-8",
        "umya-spreadsheet__tdf76115.xlsx": "calamine knows only UTF-8",
    },
    by_openpyxl: {
        "Open-XML-SDK__OLE-O12-XL-OLE.xlsx": "openpyxl loses a sheet whose relationship has an absolute target",
        "PhpSpreadsheet__Zip-Windows-Directory-Separator.xlsx": "openpyxl takes no backslashes in names",
        "poi__SampleSS.strict.xlsx": "openpyxl sees no sheets in a strict file",
        "poi__SimpleStrict.xlsx": "openpyxl sees no sheets in a strict file",
        "poi__style-alternate-content.xlsx": "openpyxl stops at mc:AlternateContent in styles",
        "umya-spreadsheet__tdf76115.xlsx": "openpyxl looks for the main part under its usual name",
    },
}
REFUSED = {"calamine__pass_protected.xlsx", "poi__duplicate-filename.xlsx"}


@pytest.mark.skipif(not FILES, reason="CAPA_XL_CORPUS names no folder with real workbooks")
@pytest.mark.parametrize("path", [path for path in FILES if path.name not in REFUSED], ids=lambda path: path.name)
def test_a_real_workbook_reads_as_others_read_it(path):
    blob = path.read_bytes()
    mine, names = ours(blob), WorkbookValues(blob).names
    for reader in (by_calamine, by_openpyxl):
        if path.name in NOT_READ[reader]:
            with pytest.raises(Exception):  # noqa: B017 whatever it says, it doesn't read the file
                reader(blob, names)
        else:
            assert not differing(mine, reader(blob, names))


def openpyxl_writes_escapes_as_they_are(_, mine, theirs):
    """`_x000D_` is a character to us and to calamine, five to openpyxl."""
    return isinstance(theirs, str) and mine == decode_coded(theirs)


def blanks_at_the_edge(_, mine, theirs):
    """Without xml:space="preserve" blanks at the edges are lost in Excel, calamine and here, and kept by openpyxl."""
    return isinstance(theirs, str) and isinstance(mine, str) and mine == theirs.strip()


@pytest.mark.parametrize("name", ["exceljs.xlsx", "sheetjs.xlsx"])
def test_what_npm_packages_write_reads_as_others_read_it(name):
    blob = (WRITTEN / name).read_bytes()
    compare(blob, by_calamine)
    compare(blob, by_openpyxl, but=openpyxl_writes_escapes_as_they_are)
    assert ours(blob)["表", 2, 7] == 25 and WorkbookValues(blob).read("表").errors == {(4, 7): "#N/A"}


ROWS = (
    ("编号", 1, -2.5, 1e-7, True, None, dt.date(2026, 11, 22), dt.datetime(2026, 11, 22, 8, 30), dt.time(6, 45)),
    (
        " 首尾 ",
        0,
        123456789012345,
        0.1 + 0.2,
        False,
        "",
        dt.date(1999, 12, 31),
        dt.datetime(2026, 1, 1, 23, 59, 59),
        "换\n行",
    ),
    ("<&>\"'", "=1", "1", "TRUE", "#N/A", "𠮷😀", "\t制表", "a  b", "。"),
)


def made_by_openpyxl():
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(tuple("'" + cell if cell == "=1" else cell for cell in row))
    book.active["K9"] = "远"
    book.active["L2"] = dt.timedelta(hours=30)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def made_by_xlsxwriter(*, constant_memory):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": constant_memory, "in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        dated = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate(ROWS):
            for column, cell in enumerate(row):
                if isinstance(cell, (dt.date, dt.time)):
                    sheet.write_datetime(at, column, cell, dated)
                elif isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                elif cell is not None:
                    sheet.write(at, column, cell)
        sheet.write_formula(5, 0, "=B1*2", None, 2)
        sheet.write_rich_string(6, 0, "粗", book.add_format({"bold": True}), " 细 ", "。")
    return stream.getvalue()


def test_what_openpyxl_writes_reads_as_others_read_it():
    compare(made_by_openpyxl())


@pytest.mark.parametrize("constant_memory", [False, True], ids=["shared", "inline"])
def test_what_xlsxwriter_writes_reads_as_others_read_it(constant_memory):
    compare(made_by_xlsxwriter(constant_memory=constant_memory))


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on the PATH")
def test_what_libreoffice_writes_reads_as_others_read_it(tmp_path):
    (tmp_path / "made.xlsx").write_bytes(made_by_xlsxwriter(constant_memory=False))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "made.xlsx")], check=True, capture_output=True, timeout=120)
    compare((tmp_path / "out" / "made.xlsx").read_bytes())


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300),
    st.integers(-(10**9), 10**9),
    TEXT,
)
STRINGS_TYPE = (
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
"""openpyxl finds the strings by their content type."""
FORMS = st.sampled_from(("shared", "inline", "str", "rich"))


def cell_xml(at, form, value, strings):
    ref = f' r="{at}"'
    if value is None:
        return f'<c{ref} s="1"/>'
    if isinstance(value, bool):
        return f'<c{ref} t="b"><v>{int(value)}</v></c>'
    if not isinstance(value, str):
        return f"<c{ref}><v>{value!r}</v></c>"
    text = f'<t xml:space="preserve">{escape(value)}</t>'
    if form == "shared":
        strings.append(text)
        return f'<c{ref} t="s"><v>{len(strings) - 1}</v></c>'
    if form == "str":
        return f'<c{ref} t="str"><v>{escape(value)}</v></c>'
    inside = f"<r>{text}</r><r>{text}</r><rPh sb='0' eb='1'><t>x</t></rPh>" if form == "rich" else text
    return f'<c{ref} t="inlineStr"><is>{inside}</is></c>'


@settings(max_examples=80, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.lists(st.tuples(FORMS, CELLS), max_size=6), min_size=1, max_size=5), odd=st.booleans())
def test_generated_sheets_read_as_others_read_them(rows, odd):
    strings = ["<t>x</t>"]
    gap = "<!-- <c r='A1'/> -->" if odd else ""
    made = "".join(
        f'<row r="{number}">'
        + gap.join(
            cell_xml(cell_at(number, column), form, value, strings) for column, (form, value) in enumerate(row, 1)
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    blob = Book(
        rows=f'{made}<row r="9"><c r="A9"><v>1</v></c></row>', strings=tuple(strings), overrides=STRINGS_TYPE
    ).blob()
    compare(blob, by_calamine)
    compare(blob, by_openpyxl, but=openpyxl_writes_escapes_as_they_are)


XFS = "".join(f'<xf numFmtId="{14 if at in (1, 15) else 0}"/>' for at in range(16))
SIXTEEN_STYLES = re.sub(r"<cellXfs.*</cellXfs>", f"<cellXfs>{XFS}</cellXfs>", STYLES)
LOOKS = st.sampled_from(("", "1", "2", "5", "12", "15"))
"""Styles whose numbers end as those of rows do."""
DAYS = st.none() | st.booleans() | st.integers(0, 2_900_000) | st.floats(0, 2_900_000)
"""Numbers that are a day: where there is none, calamine panics (1e12) or counts from behind (-1)."""
WAYS = {
    "as Excel does": lambda xml: xml,
    "without addresses": lambda xml: re.sub(r' r="[A-Z]+[0-9]+"', "", xml),
    "type before style": lambda xml: re.sub(r'( s="[0-9]+")( t="[a-zA-Z]+")', r"\2\1", xml),
    "address last": lambda xml: re.sub(r'<c( r="[^"]*")([^>/]*)', r"<c\2\1", xml),
    "single quotes": lambda xml: xml.replace('"', "'"),
    "line by line": lambda xml: xml.replace("<c", "\n <c").replace("<v", "\n  <v").replace("</c>", "\n </c>"),
    "a comment in every row": lambda xml: xml.replace("</row>", "<!-- <c r='A1'/> --></row>"),
    "self-closed cells opened": lambda xml: re.sub(r"<c([^>]*)/>", r"<c\1></c>", xml),
    "a prefix": lambda xml: re.sub(r"(</?)(row|c|v|is|t|r|rPh)(?=[ />])", r"\1x:\2", xml),
}


def in_way(way, rows, strings):
    xml = WAYS[way](rows)
    if way != "a prefix":
        return Book(rows=xml, strings=strings, styles=SIXTEEN_STYLES).blob()
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{xml}</x:sheetData></x:worksheet>'
    return Book(sheet_xml=sheet, strings=strings, styles=SIXTEEN_STYLES).blob()


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(st.lists(st.tuples(FORMS, DAYS | TEXT, LOOKS), max_size=4), min_size=1, max_size=14),
    way=st.sampled_from(sorted(WAYS)),
)
def test_rows_read_alike_however_they_are_written(rows, way):
    """Rows of a known shape, rows that are walked, and calamine: styles end as row numbers do, rows repeat shapes."""
    strings = ["<t>x</t>"]
    made = "".join(
        f'<row r="{number}">'
        + "".join(
            cell_xml(cell_at(number, column), form, value, strings)
            .replace(' s="1"', "")
            .replace(
                f'r="{cell_at(number, column)}"', f'r="{cell_at(number, column)}"' + (f' s="{look}"' if look else "")
            )
            for column, (form, value, look) in enumerate(row, 1)
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    as_usual, told = (in_way(each, made, tuple(strings)) for each in ("as Excel does", way))
    assert ours(told) == ours(as_usual)
    assert not differing(ours(as_usual), by_calamine(as_usual, ["表"]))


def test_a_row_that_only_looks_like_the_one_before_has_its_own_values():
    """Row 5 in style 15, row 1 in style 1: once their numbers are gone they must not be taken for each other."""
    row = '<row r="{0}"><c r="A{0}"{1}><v>1</v></c></row>'
    rows = row.format(1, ' s="1"') + row.format(2, ' s="12"') + row.format(5, ' s="15"') + row.format(15, ' s="5"')
    assert ours(Book(rows=rows, styles=SIXTEEN_STYLES).blob()) == {
        ("表", 1, 1): dt.date(1900, 1, 1), ("表", 2, 1): 1.0, ("表", 5, 1): dt.date(1900, 1, 1), ("表", 15, 1): 1.0,
    }  # fmt: skip


def test_a_cell_with_the_address_of_another_row_stands_where_it_says():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A7"><v>2</v></c></row>'
    blob = Book(rows=rows).blob()
    assert ours(blob) == by_calamine(blob, ["表"]) == {("表", 1, 1): 1.0, ("表", 7, 1): 2.0}


@pytest.mark.parametrize("index", ["-1", "1_0", "+0", "1.0", "٣", "0x1", "2"])
def test_an_index_that_is_none_is_refused_and_never_counted_from_behind(index):
    rows = f'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>{index}</v></c></row>'
    with pytest.raises(UnreadableWorkbook, match="第 1 行有单元格引用了不存在的共享文字"):
        ours(Book(rows=rows, strings=("<t>x</t>", "<t>y</t>")).blob())


def alike(*rows):
    """Rows of one shape, which is known from the first on: a text, a number, an error and a shared formula's result."""
    shape = (
        '<row r="{0}"><c r="A{0}" s="1" t="s"><v>{1}</v></c><c r="B{0}" s="2"><v>{2}</v></c>'
        '<c r="C{0}" s="2" t="e"><v>{3}</v></c><c r="D{0}" s="2"><f t="shared" si="0"/><v>{4}</v></c></row>'
    )
    plain = ("1", "4", "#REF!", "8")
    told = [shape.format(number, *row) for number, row in enumerate((plain, plain, *rows), 1)]
    return Book(rows="".join(told), strings=("<t>x</t>", "<t>y</t>"), styles=SIXTEEN_STYLES).blob()


def test_an_empty_value_in_a_row_of_a_known_shape_is_blank_no_error_and_no_result():
    found = WorkbookValues(alike(("0", "", "", ""), ("0", "5", "#N/A", "9"))).read("表")
    assert found.rows[1:] == [["y", 4.0, "", 8.0], ["x", "", "", ""], ["x", 5.0, "", 9.0]]
    assert found.errors == {(1, 3): "#REF!", (2, 3): "#REF!", (4, 3): "#N/A"}
    assert found.formulas == {(1, 4): True, (2, 4): True, (3, 4): False, (4, 4): True}


@pytest.mark.parametrize("index", ["-1", "1_0", "1,0", "1.0", "1e0", "true", "null", "٣", "2", "99999999999999999999"])
def test_an_index_that_is_none_in_a_row_of_a_known_shape_is_refused(index):
    with pytest.raises(UnreadableWorkbook, match="第 3 行有单元格引用了不存在的共享文字"):
        ours(alike((index, "5", "#N/A", "9")))


@pytest.mark.parametrize("index", ["01", " 1", "1 "])
def test_an_index_written_otherwise_in_a_row_of_a_known_shape_is_the_same(index):
    assert ours(alike((index, "5", "#N/A", "9")))["表", 3, 1] == "y"


@pytest.mark.parametrize("way", ["as Excel does", "a prefix"])
def test_a_text_that_holds_the_end_of_a_tag_is_read_whole_in_a_row_of_a_known_shape(way):
    """Rows are split at `v>`, which may stand in a text too."""
    cells = '<row r="{0}"><c r="A{0}" t="str"><v>{1}</v></c><c r="B{0}"><v>{0}</v></c></row>'
    texts = ["文", "字", "v>", "1 v> 2", "a v> b v> c", "v>v>", "末"]
    told = "".join(cells.format(number, text) for number, text in enumerate(texts, 1))
    found = WorkbookValues(in_way(way, told, ())).read("表")
    assert found.rows == [[text, float(number)] for number, text in enumerate(texts, 1)]


def test_texts_outside_of_values_are_read_after_a_hundred_rows_split_in_vain():
    """Rows of inline texts, then rows of numbers, then one of both: what is tried first changes nothing."""
    inline, number = '<c r="{1}{0}" s="2" t="inlineStr"><is><t>文{0}</t></is></c>', '<c r="{1}{0}" s="2"><v>{0}</v></c>'
    rows = [(inline,)] * 150 + [(number,)] * 50 + [(inline, number), (number, inline)]
    told = "".join(
        f'<row r="{at}">' + "".join(cell.format(at, letter) for cell, letter in zip(row, "AB", strict=False)) + "</row>"
        for at, row in enumerate(rows, 1)
    )
    found = ours(Book(rows=told, styles=SIXTEEN_STYLES).blob())
    assert len(found) == 204
    assert found["表", 150, 1] == "文150"
    assert found["表", 200, 1] == 200.0
    assert [found["表", row, column] for row in (201, 202) for column in (1, 2)] == ["文201", 201.0, 202.0, "文202"]


def test_formulas_errors_arrays_merges_and_outlines_are_told_beside_the_rows():
    rows = (
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>1+1</f></c>'
        '<c r="C2" t="str"><f>"x"</f><v></v></c></row>'
        '<row r="4"><c t="e" r="C4"><v>#REF!</v></c><c r="D4" t="e"><v>#N/A</v></c></row>'
        '<row r="7"><c r="D7"><f t="shared" si="0"/><v>1</v></c>'
        '<c r="E7"><f t="array" ref="E7:E9">1</f><v>1</v></c></row>'
    )
    found = WorkbookValues(Book(rows=rows).blob()).read("表")
    assert found.formulas == {(2, 1): True, (2, 2): False, (2, 3): True, (7, 4): True, (7, 5): True}
    assert found.errors == {(4, 3): "#REF!", (4, 4): "#N/A"}
    assert found.arrays == ((7, 5, 9, 5),)
    assert found.rows[3] == ["", "", "", "", ""]
    assert found.width == 5


def test_a_formula_without_result_right_of_everything_else_is_told_and_widens_nothing():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><f>1+1</f></c></row>'
    found = WorkbookValues(Book(rows=rows).blob()).read("表")
    assert (found.rows, found.formulas) == ([[1.0]], {(1, 3): False})


def test_only_the_columns_asked_for_are_read():
    row = '<row r="{0}"><c r="A{0}" t="s"><v>0</v></c><c r="B{0}"><v>{0}</v></c><!-- -->'
    row += '<c r="D{0}" t="s"><v>9</v></c></row>'
    blob = Book(rows=row.format(1) + row.format(2).replace("<!-- -->", ""), strings=("<t>x</t>",)).blob()
    assert WorkbookValues(blob).read("表", columns={1, 2}).rows == [["x", 1.0], ["x", 2.0]]
    assert WorkbookValues(blob).read("表", columns={2}).rows == [["", 1.0], ["", 2.0]]


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "XFD1048576"),
        ('<row r="9999999"><c r="A9999999"><v>1</v></c></row>', "A9999999"),
    ],
)
def test_a_lonely_cell_far_away_is_refused_by_name(rows, where):
    with pytest.raises(UnreadableWorkbook, match=f"一直延伸到 {where}"):
        ours(Book(rows=rows).blob())


def test_a_styled_cell_far_away_makes_no_table_of_a_million_rows():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert ours(Book(rows=rows).blob()) == {("表", 1, 1): 1.0}


def test_a_row_of_a_million_closing_brackets_is_read_in_a_moment():
    """No pattern may begin anew at each of them."""
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row>{">" * 1_000_000}<row r="2"><c r="A2"><v>2</v></c></row>'
    began = time.process_time()
    assert ours(Book(rows=rows).blob()) == {("表", 1, 1): 1.0, ("表", 2, 1): 2.0}
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c><v>5</v></c>", 5.0),
        ("<x:c><x:v>5</x:v></x:c>", 5.0),
        ('<c t="inlineStr"><is><t> a </t></is></c>', "a"),
        ('<c t="s"><v>0</v></c>', "s"),
        ('<c t="s"><v>1</v></c>', " s "),
        ('<c t="s"><v>2</v></c>', "x y "),
        ('<c t="str"><v>_x000D_</v></c>', "\r"),
        ('<c t="inlineStr"><is><t>a<![CDATA[<b>]]>c</t></is></c>', "a<b>c"),
        ("<c><f>1</f></c>", None),
        ('<c t="e"><v>#DIV/0!</v></c>', None),
        ('<c t="d"><v>2026-11-22</v></c>', dt.date(2026, 11, 22)),
        ('<c t="d"><v>2026-11-22T08:30:00</v></c>', dt.datetime(2026, 11, 22, 8, 30)),
        ('<c s="1"><v>60</v></c>', dt.date(1900, 2, 28)),
        ('<c s="1"><v>0.25</v></c>', dt.time(6, 0)),
        ('<c s="1"><v>46348.5000001</v></c>', dt.datetime(2026, 11, 22, 12, 0, 0, 9000)),
        ('<c s="1"><v>3000000</v></c>', 3000000.0),
    ],
)
def test_a_cell_reads_as_calamine_reads_it(cell, value):
    strings = ("<t> s </t>", '<t xml:space="preserve"> s </t>', '<r><t>x</t></r><r><t xml:space="preserve"> y </t></r>')
    row = f'<row r="1">{cell}</row>'
    blob = Book(rows=row, strings=strings).blob()
    if "x:" in cell:
        sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{row.replace("row", "x:row")}</x:sheetData></x:worksheet>'
        blob = Book(sheet_xml=sheet).blob()
    assert ours(blob) == ({("表", 1, 1): value} if value is not None else {})
    assert not differing(ours(blob), by_calamine(blob, ["表"]))


@pytest.mark.parametrize(
    ("cell", "value", "why"),
    [
        ("<c><v>abc</v></c>", "abc", "a number that is none reads as its text, and the row can be named"),
        ('<c t="zz"><v>5</v></c>', 5.0, "a type nobody knows is a number's"),
        ("<c><v>1E400</v></c>", "1E400", "no cell holds infinity"),
        ('<c s="1"><v>-1</v></c>', -1.0, "no day is before the first"),
    ],
)
def test_what_no_writer_writes_is_read_where_calamine_gives_up_or_guesses(cell, value, why):
    blob = Book(rows=f'<row r="1">{cell}</row>').blob()
    assert ours(blob) == {("表", 1, 1): value}, why


def test_a_shared_text_that_is_not_there_is_refused():
    blob = Book(rows='<row r="1"><c r="A1" t="s"><v>7</v></c></row>', strings=("<t>x</t>",)).blob()
    with pytest.raises(UnreadableWorkbook, match="第 1 行有单元格引用了不存在的共享文字"):
        ours(blob)


@pytest.mark.parametrize("rows", ['<row r="2"><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'])
def test_rows_out_of_order_are_read_and_not_written(rows):
    blob = Book(rows=rows).blob()
    assert ours(blob) == {("表", 1, 1): 1.0, ("表", 2, 1): 2.0}
    with pytest.raises(UnsafeWrite, match="次序不对"):
        splice(blob, Patch(edits=(CellEdit("表", "A1", 5),)))
