"""What is wrong with one cell, in the words people read."""

from __future__ import annotations

import datetime as dt

import pytest

from capa_xl.ooxml.proof.cell import ReadCell, read_cell
from capa_xl.ooxml.proof.cell_faults import cell_fault
from capa_xl.ooxml.proof.expected import Promise
from capa_xl.ooxml.proof.style_table import read_styles

ROOT = b'<worksheet xmlns="urn:m">'
STYLES = read_styles(b'<s><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="0" fontId="1"/></cellXfs></s>')
DAY = dt.date(2026, 11, 22)


def cell(rest: str | None) -> ReadCell | None:
    return None if rest is None else read_cell(rest.encode(), b"", ROOT)


def fault(old: str | None, new: str | None, value, **promise) -> str | None:
    return cell_fault(cell(old), cell(new), Promise(type(value), value, **promise), STYLES, b"")


TEXT = ' t="inlineStr"><is><t>a</t></is></c>'


@pytest.mark.parametrize(
    ("old", "new", "value", "says"),
    [
        # a value
        ("/>", "><v>5</v></c>", 5, None), (None, "><v>5</v></c>", 5, None), ("/>", None, 5, "没有写入"),
        (None, None, None, None), ("><v>5</v></c>", None, None, "没有写入"), ("><v>5</v></c>", "/>", None, None),
        ("><v>5</v></c>", "><v>5</v></c>", None, "写入的值不对"), ("><v>5</v></c>", "><v>5</v></c>", 5, None),
        # a formula
        ("><f>A1</f><v>1</v></c>", "><v>5</v></c>", 5, None), ("/>", "><f>A1</f><v>5</v></c>", 5, "公式还在"),
        # its style
        (' s="2"/>', ' s="2"><v>5</v></c>', 5, None), (' s="2"/>', "><v>5</v></c>", 5, "的样式变了"),
        (' s="2"/>', ' s="1"><v>5</v></c>', DAY, "的样式变了"), ("/>", ' s="1"><v>46348</v></c>', DAY, None),
        ("/>", "><v>46348</v></c>", DAY, "的样式不对"), (None, ' s="1"><v>5</v></c>', 5, "的样式不对"),
        (None, ' s="1"><v>46348</v></c>', DAY, None), (None, ' s="9"' + TEXT, "a", "的样式不对"),
        # its attributes
        (' x="1"/>', ' x="1"><v>5</v></c>', 5, None), (' x="1"/>', "><v>5</v></c>", 5, "的属性变了"),
        ("/>", ' x="1"><v>5</v></c>', 5, "的属性变了"), (' cm="1" vm="1" ph="1"/>', "><v>5</v></c>", 5, None),
        (None, ' cm="1"><v>5</v></c>', 5, "的属性变了"),
        # its form
        ("/>", TEXT, "a", None), ("/>", ' t="str"><v>a</v></c>', "a", "的写法不对"),
        ("/>", "><v>1</v></c>", True, "的写法不对"),
        ("/>", ' t="b"><v>1</v></c>', True, None), ("/>", ' t="b"><v>2</v></c>', True, "的写法不对"),
        ("/>", ' t="n"><v>5</v></c>', 5, "的写法不对"), ("/>", "><v>5 </v></c>", 5, "的写法不对"),
        ("/>", "><v>-1.5e+10</v></c>", -1.5e10, None), ("/>", "><v>x</v></c>", 5, "的写法不对"),
        ("/>", "><v>5</v><extLst/></c>", 5, "的写法不对"), ("/>", "><is><t>a</t></is></c>", "a", "的写法不对"),
        ("/>", TEXT.replace(">a<", "> a<"), " a", "首尾的空格会丢"),
        ("/>", TEXT.replace(">a<", ">a\n<"), "a\n", "首尾的空格会丢"),
        ("/>", TEXT.replace("<t>a<", '<t xml:space="preserve"> a<'), " a", None),
    ],
)  # fmt: skip
def test_a_written_cell_is_right_or_says_what_is_wrong(old, new, value, says):
    assert fault(old, new, value) == says


@pytest.mark.parametrize(
    ("old", "new", "value", "says"),
    [
        ("><f>A1</f><v>1</v></c>", "><f>A1</f><v>5</v></c>", 5, None),
        ("><f>A1</f><v>1</v></c>", "><f>B1</f><v>5</v></c>", 5, "公式变了"),
        ("><f>A1</f><v>1</v></c>", "><v>5</v></c>", 5, "公式变了"),
        ("><f>A1</f><v>1</v><extLst/></c>", "><f>A1</f><v>5</v></c>", 5, "公式变了"),
        ("><f>A1</f><v>1</v><extLst/></c>", "><f>A1</f><v>5</v><extLst/></c>", 5, None),
        ("><f>A1</f><v>1</v></c>", None, 5, "没有写入"),
        ("><f>A1</f><v>1</v></c>", ' t="str"><f>A1</f><v></v></c>', None, None),
        ("><f>A1</f><v>1</v></c>", ' t="str"><f>A1</f><v>a</v></c>', "a", None),
        (' cm="1" vm="1"><f>A1</f></c>', ' cm="1"><f>A1</f><v>5</v></c>', 5, None),
        (' cm="1"><f>A1</f></c>', "><f>A1</f><v>5</v></c>", 5, "的属性变了"),
        # nobody's formula: nothing is written
        ("><v>1</v></c>", "><v>1</v></c>", 5, None), ("><v>1</v></c>", "><v>5</v></c>", 5, "不该变而变了"),
        (None, None, 5, None), (None, "><v>5</v></c>", 5, "多了或少了"), ("><v>1</v></c>", None, 5, "多了或少了"),
    ],
)  # fmt: skip
def test_a_result_keeps_all_but_itself(old, new, value, says):
    assert fault(old, new, value, computed=True) == says


@pytest.mark.parametrize(
    ("old", "new", "promise", "says"),
    [
        ("/>", "><f>A1</f><v>5</v></c>", {"formula": "A1"}, None),
        ("/>", "><f>B1</f><v>5</v></c>", {"formula": "A1"}, "写入的值不对"),
        ("/>", "><v>5</v></c>", {"formula": "A1"}, "写入的值不对"),
        ("/>", "><f>A1</f><v>5</v></c>", {}, "写入的值不对"),
        (' s="1"/>', ' s="2"><v>5</v></c>', {}, None), ("/>", ' s="9"><v>5</v></c>', {}, "的样式不对"),
    ],
)  # fmt: skip
def test_an_owned_cell_has_the_formula_and_any_style_that_is_there(old, new, promise, says):
    assert fault(old, new, 5, owned=True, **promise) == says


@pytest.mark.parametrize(("style", "says"), [("1", None), ("2", None), ("9", "的样式不对")])
def test_a_look_may_lead_to_any_style_that_is_there(style, says):
    assert fault("/>", f' s="{style}"><v>5</v></c>', 5, looks=True) == says
