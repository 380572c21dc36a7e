"""The rows of an owned sheet, written to the last byte."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.patch import CellLook, OwnedCell, Patch, SheetRows, Spliced
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.splice import splice
from tests.ooxml.xlsx_maker import MAIN, Book, differing, sheet_text

HEAD = '<row r="1"><c r="A1"><v>1</v></c></row>'


def owned(book: Book, *rows: tuple[object, ...], heights: tuple[float, ...] = ()) -> Spliced:
    """The proven result; every value that is no cell becomes one."""
    cells = tuple(tuple(cell if isinstance(cell, OwnedCell) else OwnedCell(cell) for cell in row) for row in rows)
    patch, blob = Patch(rows=(SheetRows("表", 2, cells, heights),)), book.blob()
    done = splice(blob, patch)
    verify(blob, done.blob, patch)
    assert splice(done.blob, patch).blob is done.blob
    return done


def rows_of(rows: str, *wanted: tuple[object, ...], heights: tuple[float, ...] = ()) -> str:
    text = sheet_text(owned(Book(rows=HEAD + rows), *wanted, heights=heights).blob)
    return text.partition(HEAD)[2].partition("</sheetData>")[0]


def test_new_rows_get_their_heights_as_far_as_heights_are_given():
    assert rows_of("", (5,), (6,), (7,), heights=(30, 15.5)) == (
        '<row r="2" ht="30" customHeight="1"><c r="A2"><v>5</v></c></row>'
        '<row r="3" ht="15.5" customHeight="1"><c r="A3"><v>6</v></c></row>'
        '<row r="4"><c r="A4"><v>7</v></c></row>'
    )


def test_a_row_written_anew_takes_the_new_height_for_its_own_and_a_kept_one_stays():
    rows = (
        '<row r="2" spans="1:1" ht="9" customHeight="1" s="3"><c r="A2"><v>5</v></c></row>'
        '<row r="3" ht="9"><c r="A3"><v>6</v></c></row>'
    )
    assert rows_of(rows, (5, 8), (6,), heights=(30, 30)) == (
        '<row r="2" spans="1:2" s="3" ht="30" customHeight="1"><c r="A2"><v>5</v></c><c r="B2"><v>8</v></c></row>'
        '<row r="3" ht="9"><c r="A3"><v>6</v></c></row>'
    )


def test_without_heights_a_row_keeps_its_own():
    assert rows_of('<row r="2" ht="9"><c r="A2"/></row>', (5,)) == '<row r="2" ht="9"><c r="A2"><v>5</v></c></row>'


def test_missing_rows_go_between_those_that_are_there_and_late_ones_to_the_end():
    rows = '<row r="2"><c r="A2"><v>2</v></c></row>\n<row r="4"><c r="A4"><v>4</v></c></row>\n'
    assert rows_of(rows, (2,), (3,), (4,), (5,), (6,)) == (
        '<row r="2"><c r="A2"><v>2</v></c></row>\n<row r="3"><c r="A3"><v>3</v></c></row>'
        '<row r="4"><c r="A4"><v>4</v></c></row>\n'
        '<row r="5"><c r="A5"><v>5</v></c></row><row r="6"><c r="A6"><v>6</v></c></row>'
    )


def test_a_row_that_goes_takes_its_line_break_along_and_one_without_values_stays():
    rows = '<row r="2"><c r="A2"><v>2</v></c></row>\n<row r="3" s="2"/>\n<row r="4"><c r="A4"><v>4</v></c></row>\n'
    assert rows_of(rows) == '<row r="3" s="2"/>\n'


def test_a_row_closed_at_once_is_opened():
    assert rows_of('<row r="2" s="3" />', (5,)) == '<row r="2" s="3"><c r="A2"><v>5</v></c></row>'


def test_a_cell_behind_the_listed_ones_is_emptied_and_keeps_its_style():
    rows = '<row r="2"><c r="A2"><v>5</v></c><c r="C2" s="3"><v>7</v></c></row>'
    assert rows_of(rows, (5,)) == '<row r="2"><c r="A2"><v>5</v></c><c r="C2" s="3"/></row>'


def test_a_blank_cell_with_a_look_is_written_beside_a_value_and_one_without_is_not():
    look = OwnedCell(None, look=CellLook(wrap=True))
    assert rows_of("", ("x", None, look)) == (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c><c r="C2" s="3"/></row>'
    )
    blob = Book(rows=HEAD).blob()
    assert splice(blob, Patch(rows=(SheetRows("表", 2, ((look,),)),))).blob is blob


def test_a_formula_is_written_with_any_result():
    done = owned(Book(rows=HEAD), (OwnedCell(5, "A1"), OwnedCell(None, "A1&B1"), OwnedCell(True, "A1")))
    assert (
        '<row r="2"><c r="A2"><f>A1</f><v>5</v></c><c r="B2" t="str"><f>A1&amp;B1</f><v></v></c>'
        '<c r="C2" t="b"><f>A1</f><v>1</v></c></row>'
    ) in sheet_text(done.blob)
    assert [(one.at, one.before, one.after) for one in done.changes] == [
        ("A2", None, 5),
        ("B2", None, None),
        ("C2", None, True),
    ]


FORMULA = '<row r="2"><c r="A2" s="3"><f>A1</f><v>5</v></c></row>'


@pytest.mark.parametrize(
    ("cell", "after"),
    [
        (OwnedCell(5, "A1"), FORMULA),
        (OwnedCell(5.00000000000001e0, "A1"), FORMULA),
        (OwnedCell(6, "A1"), FORMULA.replace("<v>5", "<v>6")),
        (OwnedCell(5, "B1"), FORMULA.replace("A1<", "B1<")),
        (OwnedCell(5), FORMULA.replace("<f>A1</f>", "")),
    ],
)
def test_a_formula_stays_where_text_and_result_are_as_wanted(cell, after):
    assert rows_of(FORMULA, (cell,)) == after


def test_a_value_becomes_a_formula():
    assert rows_of(FORMULA.replace("<f>A1</f>", ""), (OwnedCell(5, "A1"),)) == FORMULA


@pytest.mark.parametrize(("cell", "goes"), [(OwnedCell(5), True), (OwnedCell(5, "B1"), False)])
def test_the_calculation_chain_goes_only_where_a_formula_does(cell, goes):
    book = Book(rows=HEAD + FORMULA, workbook_relations=(("calcChain", "calcChain.xml"),))
    book.parts = {"xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="A2" i="1"/></calcChain>'}
    assert ("xl/calcChain.xml" in differing(book.blob(), owned(book, (cell,)).blob)) is goes


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A2" vm="1"><v>5</v></c>', '<c r="A2"><f t="array" ref="A2">A1</f><v>5</v></c>',
        '<c r="A2"><f t="dataTable" ref="A2">A1</f><v>5</v></c>',
    ],
)  # fmt: skip
def test_a_picture_or_an_array_formula_in_the_way_is_refused_with_its_cell(cell):
    with pytest.raises(UnsafeWrite) as trouble:
        owned(Book(rows=f'{HEAD}<row r="2">{cell}</row>'), (5,))
    assert str(trouble.value) == ("表!A2 里是图片、数据类型或数组公式，工具的工作表不能重写 → 请先清空这个单元格")


def test_a_shared_formula_is_written_anew():
    shared = FORMULA.replace("<f>", '<f t="shared" ref="A2" si="0">')
    assert rows_of(shared, (OwnedCell(5, "A1"),)) == FORMULA


def test_a_prefix_stands_before_every_name():
    xml = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"/></x:sheetData></x:worksheet>'
    done = owned(Book(sheet_xml=xml), ("a", OwnedCell("b", "A1")), heights=(9,))
    assert sheet_text(done.blob).partition('<x:row r="1"/>')[2] == (
        '<x:row r="2" ht="9" customHeight="1"><x:c r="A2" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c>'
        '<x:c r="B2" t="str"><x:f>A1</x:f><x:v>b</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )


def test_a_value_no_cell_can_hold_is_refused_with_its_cell():
    with pytest.raises(UnsafeWrite, match=r"^表!B2：「nan」"):
        owned(Book(rows=HEAD), ("x", float("nan")))


STANDING = (
    '<row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2" s="1"><v>46000</v></c>'
    '<c r="D2" t="str"><f>HYPERLINK("#A1","去")</f><v>去</v></c></row>'
)
BETWEEN = STANDING.replace('<c r="D2"', '<c r="C2"/><c r="D2"')
WANTED = ("甲", date(2025, 12, 9), None, OwnedCell("去", 'HYPERLINK("#A1","去")'))


def test_a_row_that_holds_what_it_should_stays():
    assert rows_of(STANDING, WANTED) == STANDING


@pytest.mark.parametrize(
    ("now", "there"),
    [
        (STANDING.replace("甲", "乙"), STANDING),
        (STANDING.replace("46000", "46001"), STANDING),
        (STANDING.replace(' s="1"', ' s="2"'), STANDING.replace(' s="1"', ' s="4"')),
        (STANDING.replace("A1", "A2"), STANDING),
        (STANDING.replace("<v>去", "<v>来"), STANDING),
        (STANDING.replace(' t="str"><f>HYPERLINK("#A1","去")</f>', ' t="str">'), STANDING),
        (STANDING.replace('<c r="D2"', '<c r="C2"><v>3</v></c><c r="D2"'), BETWEEN),
        (STANDING.replace("</row>", '<c r="E2"><v>3</v></c></row>'), STANDING.replace("</row>", '<c r="E2"/></row>')),
        (STANDING.replace('<c r="B2" s="1"><v>46000</v></c>', ""), STANDING.replace(' s="1"', ' s="4"')),
        (STANDING.replace("<t>甲", '<t xml:space="preserve"> 甲'), STANDING),
    ],
)  # fmt: skip
def test_a_row_in_which_one_thing_differs_is_written_anew(now, there):
    assert rows_of(now, WANTED) == there
