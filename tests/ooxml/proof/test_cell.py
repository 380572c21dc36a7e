"""What stands in one cell, as the proof reads it."""

from __future__ import annotations

import pytest

from capa_xl.ooxml.proof.cell import ReadCell, read_cell

ROOT = b'<worksheet xmlns="urn:m">'


@pytest.mark.parametrize(
    ("rest", "cell"),
    [
        (b"/>", ReadCell({})),
        (b"></c>", ReadCell({})),
        (b' s="12"/>', ReadCell({"s": "12"})),
        (b"><v>1</v></c>", ReadCell({}, b"<v>1</v>", empty=False)),
        (b"><v></v></c>", ReadCell({}, b"<v></v>")),
        (b"><v/></c>", ReadCell({}, b"<v/>")),
        (b' t="inlineStr" s="2"><is><t xml:space="preserve"> a</t></is></c>',
         ReadCell({"t": "inlineStr", "s": "2"}, b'<is><t xml:space="preserve"> a</t></is>', empty=False)),
        (b"><is><t></t></is></c>", ReadCell({}, b"<is><t></t></is>")),
        (b"><is><r><t>x</t></r></is></c>", ReadCell({}, b"<is><r><t>x</t></r></is>", empty=False)),
        (b"><f>A1&amp;&quot;x&quot;</f><v>2</v></c>",
         ReadCell({}, b"<f>A1&amp;&quot;x&quot;</f><v>2</v>", b"<f>A1&amp;&quot;x&quot;</f>", 'A1&"x"', empty=False)),
        (b"><f>A1</f></c>", ReadCell({}, b"<f>A1</f>", b"<f>A1</f>", "A1")),
        (b"><f>A1&#43;1</f><v>2</v></c>",
         ReadCell({}, b"<f>A1&#43;1</f><v>2</v>", b"<f>A1&#43;1</f>", "A1+1", empty=False)),
        (b" cm='1'><f t=\"array\" ref=\"A1\">B1</f><v>2</v><extLst/><x/></c>",
         ReadCell({"cm": "1"}, b'<f t="array" ref="A1">B1</f><v>2</v><extLst/><x/>', b'<f t="array" ref="A1">B1</f>',
                  "B1", b"<extLst/><x/>", empty=False)),
    ],
)  # fmt: skip
def test_a_cell_is_read_from_what_follows_its_address(rest, cell):
    assert read_cell(rest, b"", ROOT) == cell


def test_a_cell_with_a_prefix_is_read_alike_in_either_way():
    root = b'<x:worksheet xmlns:x="urn:m">'
    plain = read_cell(b' s="1"><x:f>A1</x:f><x:v>2</x:v></x:c>', b"x:", root)
    odd = read_cell(b" s='1'><x:f>A1</x:f><x:v>2</x:v></x:c>", b"x:", root)
    assert plain == odd == ReadCell({"s": "1"}, b"<x:f>A1</x:f><x:v>2</x:v>", b"<x:f>A1</x:f>", "A1", empty=False)


def test_a_cell_without_a_style_has_the_first():
    assert (ReadCell({}).style, ReadCell({"s": "3"}).style) == ("0", "3")
