"""Two rows told apart by one pattern, and every doubt in which expat must be asked instead."""

from __future__ import annotations

import pytest

from capa_xl.ooxml.proof.elements import MalformedError
from capa_xl.ooxml.proof.row_cells import RowCells, columns_of, cut_row, parsed_row, told_contents, without_value
from capa_xl.ooxml.proof.sheet_rows import RowBytes

A, B, C = '<c r="A5"><v>1</v></c>', '<c r="B5" s="2"><v>2</v></c>', '<c r="C5"><v>3</v></c>'


def told(old, new, columns=(2,), tags=('<row r="5" spans="1:3">', '<row r="5" spans="1:3">')):
    rows = [f"{tag}{cells}</row>".encode() for tag, cells in zip(tags, (old, new), strict=True)]
    found = told_contents(RowBytes(5, rows[0]), RowBytes(5, rows[1]), b"", columns)
    return found and tuple(list(side) for side in found)


def test_a_cell_with_another_value_is_told_before_and_after():
    assert told(A + B + C, A + B.replace("2<", "9<") + C) == (
        [b' s="2"><v>2</v></c>'],
        [b' s="2"><v>9</v></c>'],
    )


def test_a_new_cell_is_told_beside_one_that_was_there():
    assert told(A + C, A + B + C, (1, 2)) == (
        [b"><v>1</v></c>", None],
        [b"><v>1</v></c>", b' s="2"><v>2</v></c>'],
    )


def test_spans_may_grow_and_nothing_else_of_the_tag():
    grown = ('<row r="5" spans="1:1" ht="20">', '<row r="5" spans="1:2" ht="20">')
    other = ('<row r="5" spans="1:1" ht="20">', '<row r="5" spans="1:2" ht="30">')
    assert told(A, A + B, tags=grown) == ([None], [b' s="2"><v>2</v></c>'])
    assert told(A, A + B, tags=other) is None


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (A + C, A + B + C.replace("3", "4", 1), "another cell is different"),
        (A + C, A + B, "another cell is gone"),
        (A + C, A + C + B, "the new cell stands behind a later column"),
        (A + C, A + B + B + C, "the new cell is there twice"),
        (A + C, A + B.replace("B5", "B6") + C, "the new cell has the address of another row"),
        (A + B.replace("B5", "B6") + C, A + B + C, "the old cell had the address of another row"),
        (A + C + "<c s='1' r='B5'/>", A + B + C + "<c s='1' r='B5'/>", "the column is there already, oddly written"),
        (A + '<c2 r="D5"/>', A + B + '<c2 r="D5"/>', "a tag that looks like a cell without its digits"),
        (A + "<cell/>" + C, A + B + "<cell/>" + C, "an element that begins like a cell"),
        (A + C + "</row>", A + B + C + "</row>", "the row ends twice"),
        (A + B + "</row>", A + B.replace("2<", "9<") + "</row>", "the row ends twice, its cell was there"),
        (A + B + C, A + C, "the cell is gone"),
    ],
)
def test_a_row_in_doubt_is_left_to_expat(old, new, why):
    assert told(old, new) is None, why


def test_a_promised_cell_in_a_form_the_pattern_does_not_know_is_left_to_expat():
    """It would count as none at all, and a promise to empty it as kept."""
    rich = '<c r="B5" t="inlineStr"><is><r><t>旧</t></r></is></c>'
    assert told(rich + C, A + rich + C, (1, 2)) is None


def test_a_promised_cell_that_was_there_and_is_gone_is_left_to_expat():
    assert told(A + C, B + C, (1, 2)) is None


# --- rows cut and parsed ---


def row(xml, number=5):
    return RowBytes(number, xml.encode())


@pytest.mark.parametrize(
    ("xml", "columns", "cut"),
    [
        (f'<row r="5" s="1">{A}{B}{C}</row>\n', (2,),
         RowCells(b'<row r="5" s="1">', [A.encode(), C.encode()], b"\n", {2: b' s="2"><v>2</v></c>'}, {}, None)),
        (f"<row>{A}{C}</row >", None,
         RowCells(b"<row>", [b"", b"", b""], b"", {1: b"><v>1</v></c>", 3: b"><v>3</v></c>"}, {}, None)),
        (f"<row>{A}</row>", (9,), RowCells(b"<row>", [A.encode()], b"", {}, {}, None)),
        ('<row r="5" />\n', None, RowCells(b'<row r="5">', [b""], b"\n", {}, {}, [])),
        ('<row r="5"/>x', None, None), (f"<row>{A}{B}{B}</row>", None, None), (f"<row>{A}{B}{B}</row>", (2,), None),
        (f'<row>{A.replace("A5", "A6")}</row>', None, None), (f"<row>{A}", None, None), (f"<row>{A}</row", None, None),
    ],
)  # fmt: skip
def test_a_row_is_cut_at_its_promised_cells_or_left_to_expat(xml, columns, cut):
    assert cut_row(row(xml), b"", columns) == cut


@pytest.mark.parametrize(
    ("xml", "columns"),
    [
        (f"<row>{A}{C}</row>", {1, 3}), ("<row></row>", set()), ('<row><c r="Z5"/><c r="AA5"/></row>', {26, 27}),
        (f"<row>{C}{A}</row>", None), (f"<row>{A}{A}</row>", None), ('<row><c s="1" r="A5"/></row>', None),
        ('<row><c2 r="A5"/></row>', None), (f"<row>{A}</row></row>", None), ("<row/>", None), ("<row><c/></row>", None),
        ("<row><cell/></row>", None),
    ],
)  # fmt: skip
def test_the_columns_of_a_row_are_known_where_all_its_cells_are_plain_and_rise(xml, columns):
    assert columns_of(row(xml), b"") == columns


ROOT = b'<worksheet xmlns="urn:m">'


def test_a_row_of_any_form_is_parsed_with_the_addresses_as_written():
    xml = f"<row r='5'><!-- x -->{A} <c s='2' r='$B$05'><v>2</v></c><c><v>3</v></c><extLst/></row >\n"
    assert parsed_row(row(xml), b"", ROOT, (2, 3)) == RowCells(
        b"<row r='5'>",
        [b"<!-- x -->" + A.encode() + b" ", b"", b"<extLst/>"],
        b"\n",
        {2: b" s='2'><v>2</v></c>", 3: b"><v>3</v></c>"},
        {2: "$B$05", 3: ""},
        [1, 2, 3],
    )


@pytest.mark.parametrize("cells", [f"{A}{A}", f"{C}{A}", '<c r="A6"/>', '<c r="5"/>', '<c r="A5"/><c r="A05"/>'])
def test_cells_out_of_place_are_malformed(cells):
    with pytest.raises(MalformedError, match="第 5 行"):
        parsed_row(row(f"<row>{cells}</row>"), b"", ROOT, None)


@pytest.mark.parametrize(
    ("rest", "bare"),
    [
        (' s="2"><v>1</v></c>', ' s="2"/>'), ("><v></v></c>", "/>"), ("><is><t>a</t></is></c>", "/>"),
        (' t="inlineStr"><is><t xml:space="preserve"> a</t></is></c>', ' t="inlineStr"/>'), ("/>", "/>"),
        ("><f>A1</f><v>1</v></c>", "><f>A1</f><v>1</v></c>"),
        ("><is><r><t>a</t></r></is></c>", "><is><r><t>a</t></r></is></c>"),
        ("><v>1</v><extLst/></c>", "><v>1</v><extLst/></c>"), (" s='2'><v>1</v></c>", " s='2'><v>1</v></c>"),
    ],
)  # fmt: skip
def test_a_plain_cell_loses_its_value_and_any_other_stays(rest, bare):
    assert without_value(rest.encode(), b"") == bare.encode()


def test_a_prefix_is_part_of_every_name():
    xml = '<x:row r="5"><x:c r="A5"><x:v>1</x:v></x:c></x:row>'
    assert cut_row(row(xml), b"x:", None) == RowCells(
        b'<x:row r="5">', [b"", b""], b"", {1: b"><x:v>1</x:v></x:c>"}, {}, None
    )
    assert columns_of(row(xml), b"x:") == {1}
    assert without_value(b"><x:v>1</x:v></x:c>", b"x:") == b"/>"
