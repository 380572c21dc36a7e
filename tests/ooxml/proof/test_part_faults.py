"""How the parts beside the sheets may differ, and how not."""

from __future__ import annotations

import pytest

from capa_xl.ooxml.proof.part_faults import differing_styles, differing_workbook

LISTS = ("numFmts", "fonts", "fills", "borders", "cellXfs")
OTHER = "样式表里不该变的部分变了"


def styles(name: str, inside: str, count: int = 1, more: str = "") -> bytes:
    return f'<s><{name} count="{count}" a="1">{inside}</{name}>{more}<z/></s>'.encode()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("inside", "fault"),
    [("<x/>", ""), ("<x/><y/>", ""), ("<y/>", "变了"), ("<y/><x/>", "变了"), ("", "变了"), ('<x b="1"/>', "变了")],
)
def test_a_list_may_only_grow_at_its_end(name, inside, fault):
    found = list(differing_styles(styles(name, "<x/>"), styles(name, inside, 2)))
    assert found == ([f"样式表的 {name} 变了"] if fault else [])


def test_a_list_keeps_its_attributes_but_its_count():
    new = styles("fonts", "<x/>").replace(b'a="1"', b'a="2"')
    assert list(differing_styles(styles("fonts", "<x/>"), new)) == ["样式表的 fonts 变了"]


def test_a_list_that_is_gone_is_seen():
    assert list(differing_styles(b"<s><fonts/><z/></s>", b"<s><z/></s>")) == ["样式表的 fonts 变了"]


@pytest.mark.parametrize(
    ("name", "faults"), [("numFmts", []), *((name, ["样式表多了内容"]) for name in LISTS[1:]), ("own", [OTHER])]
)
def test_only_number_formats_may_be_a_new_list(name, faults):
    assert list(differing_styles(b"<s><z/></s>", f"<s><{name}><x/></{name}><z/></s>".encode())) == faults


@pytest.mark.parametrize(
    ("old", "new", "allowed", "forbidden"),
    [
        ("<dxfs><x/></dxfs>", "<dxfs><x/><y/></dxfs>", [], [OTHER]),
        ("", "<dxfs><y/></dxfs>", [], [OTHER]),
        ("<dxfs><x/></dxfs>", "<dxfs><y/></dxfs>", ["样式表的 dxfs 变了"], [OTHER]),
    ],
)
def test_conditional_looks_may_grow_only_where_that_is_said(old, new, allowed, forbidden):
    before, after = (f"<s>{each}<z/></s>".encode() for each in (old, new))
    assert list(differing_styles(before, after, dxfs=True)) == allowed
    assert list(differing_styles(before, after)) == forbidden


def test_what_is_no_growing_list_may_not_change():
    assert list(differing_styles(b"<s><z/></s>", b"<s><z a='1'/></s>")) == [OTHER]


def main(inside: str) -> bytes:
    return f"<w><a/>{inside}<z/></w>".encode()


@pytest.mark.parametrize(
    ("old", "new", "good"),
    [
        ("", '<calcPr fullCalcOnLoad="1"/>', True), ('<calcPr b="1"/>', '<calcPr b="1" fullCalcOnLoad="1"/>', True),
        ('<calcPr fullCalcOnLoad="0"/>', '<calcPr fullCalcOnLoad="1"/>', True),
        ("<calcPr><e/></calcPr>", '<calcPr fullCalcOnLoad="1"><e/></calcPr>', True),
        ("<calcPr/>", "<calcPr fullCalcOnLoad='1'></calcPr>", True),
        ("", "", False), ("", '<calcPr fullCalcOnLoad="0"/>', False), ("", '<calcPr fullCalcOnLoad="1" b="1"/>', False),
        ('<calcPr b="1"/>', '<calcPr b="2" fullCalcOnLoad="1"/>', False),
        ('<calcPr b="1"/>', '<calcPr fullCalcOnLoad="1"/>', False),
        ("<calcPr><e/></calcPr>", '<calcPr fullCalcOnLoad="1"/>', False), ('<calcPr b="1"/>', "", False),
        ("", '<calcPr fullCalcOnLoad="1"/><y/>', False), ("<y/>", '<calcPr fullCalcOnLoad="1"/>', False),
    ],
)  # fmt: skip
def test_the_main_part_may_only_be_told_to_recalculate(old, new, good):
    assert list(differing_workbook(main(old), main(new))) == ([] if good else ["workbook.xml 里不该变的部分变了"])
