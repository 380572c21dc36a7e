"""Recalculation on opening, and the calculation chain taken out."""

from __future__ import annotations

import pytest

from capa_xl.ooxml.calculation import with_full_calc, without_calc_chain
from capa_xl.ooxml.package import open_package
from tests.ooxml.xlsx_maker import Book, relations


@pytest.mark.parametrize(
    ("inside", "after"),
    [
        ('<calcPr calcId="1"/>', '<calcPr calcId="1" fullCalcOnLoad="1"/>'),
        ('<calcPr fullCalcOnLoad="0"></calcPr><z/>', '<calcPr fullCalcOnLoad="1"></calcPr><z/>'),
        ("<z/>", '<calcPr fullCalcOnLoad="1"/><z/>'),
        ("", '<calcPr fullCalcOnLoad="1"/>'),
        *((f"<{name}/><z/>", f'<{name}/><calcPr fullCalcOnLoad="1"/><z/>') for name in (
            "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
            "externalReferences", "definedNames",
        )),
        ("<sheets><a/></sheets><definedNames/><z/>",
         '<sheets><a/></sheets><definedNames/><calcPr fullCalcOnLoad="1"/><z/>'),
    ],
)  # fmt: skip
def test_the_setting_is_made_where_the_schema_wants_it(inside, after):
    assert with_full_calc(f"<workbook>{inside}</workbook>".encode()) == f"<workbook>{after}</workbook>".encode()


def test_a_prefix_and_a_coding_stay():
    assert with_full_calc(b"<x:workbook><x:sheets/></x:workbook>") == (
        b'<x:workbook><x:sheets/><x:calcPr fullCalcOnLoad="1"/></x:workbook>'
    )
    wide = "\ufeff<workbook><z/></workbook>".encode("utf-16-le")
    assert with_full_calc(wide) == '\ufeff<workbook><calcPr fullCalcOnLoad="1"/><z/></workbook>'.encode("utf-16-le")


def chained(*kinds: str, overrides: str = ""):
    listed = (("worksheet", "worksheets/sheet1.xml"), *((kind, "calcChain.xml") for kind in kinds), ("theme", "t.xml"))
    book = Book(overrides=overrides, styles=None)
    book.parts = {"xl/_rels/workbook.xml.rels": relations("urn:r", listed), "xl/calcChain.xml": "<calcChain/>"}
    return open_package(book.blob())


def test_every_relationship_and_type_of_the_chain_goes_and_all_others_stay():
    overrides = (
        '<Override PartName="/xl/calcChain.xml"/><Override PartName="\\XL\\CALCCHAIN.xml"/><Override PartName="/a"/>'
    )
    package = chained("calcChain", "CALCCHAIN", overrides=overrides)
    parts, key = without_calc_chain(package)
    assert key == "xl/calcchain.xml"
    read = {name: package.container.read(package.container.by_key[name]).decode() for name in parts}
    assert parts["xl/_rels/workbook.xml.rels"].decode() == read["xl/_rels/workbook.xml.rels"].replace(
        '<Relationship Id="rId2" Type="urn:r/calcChain" Target="calcChain.xml"/>'
        '<Relationship Id="rId3" Type="urn:r/CALCCHAIN" Target="calcChain.xml"/>', "",
    )  # fmt: skip
    assert parts["[content_types].xml"].decode() == read["[content_types].xml"].replace(
        '<Override PartName="/xl/calcChain.xml"/><Override PartName="\\XL\\CALCCHAIN.xml"/>', ""
    )


def test_a_workbook_at_the_top_of_its_zip_has_its_relationships_beside_it():
    book = Book(styles=None)
    members = book.members()
    members["workbook.xml"] = members.pop("xl/workbook.xml")
    members["sheet1.xml"] = members.pop("xl/worksheets/sheet1.xml")
    members.pop("xl/_rels/workbook.xml.rels")
    listed = (("worksheet", "sheet1.xml"), ("calcChain", "calcChain.xml"))
    members["_rels/workbook.xml.rels"] = relations(book.rel, listed).encode()
    members["_rels/.rels"] = relations(book.rel, (("officeDocument", "workbook.xml"),)).encode()
    members["calcChain.xml"] = b"<calcChain/>"
    book.members = lambda: members  # type: ignore[method-assign]
    parts, key = without_calc_chain(open_package(book.blob()))
    assert key == "calcchain.xml"
    assert b"calcChain" not in parts["_rels/workbook.xml.rels"]
    assert b"sheet1.xml" in parts["_rels/workbook.xml.rels"]
