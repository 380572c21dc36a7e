"""The parts of a workbook, found through relationships."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from capa_xl.errors import UnreadableWorkbook, UnsafeWrite
from capa_xl.ooxml.package import (
    DefinedName,
    ExcelTable,
    Package,
    Relationship,
    SheetKind,
    SheetPart,
    open_package,
    refuse_unwritable,
)
from tests.ooxml.xlsx_maker import MAIN, PACKAGE_REL, REL, Book, relations

FIRST = SheetPart("表", "xl/worksheets/sheet1.xml", SheetKind.WORKSHEET)


def opened(book: Book | None = None, **parts: str) -> Package:
    book = book or Book()
    book.parts = {**book.parts, **parts}
    return open_package(book.blob())


def with_table(attributes: str, columns: str = "") -> Package:
    xml = f'<table xmlns="{MAIN}" {attributes}><tableColumns>{columns}</tableColumns></table>'
    return opened(Book(sheet_relations=(("table", "../tables/t.xml"),), parts={"xl/tables/t.xml": xml}))


# --- sheets ---


def test_a_tab_is_found_whatever_its_case_and_the_exact_name_goes_first():
    one, two = SheetPart("AB", "x", SheetKind.WORKSHEET), SheetPart("ab", "y", SheetKind.WORKSHEET)
    package = replace(opened(), sheets=(one, two))
    assert (package.sheet("ab"), package.sheet("AB"), package.sheet("aB")) == (two, one, one)
    assert package.sheet("abc") is None


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("worksheet", SheetKind.WORKSHEET), ("chartsheet", SheetKind.CHART), ("dialogsheet", SheetKind.DIALOG),
        ("xlMacrosheet", SheetKind.MACRO), ("xlIntlMacrosheet", SheetKind.MACRO), ("Worksheet", None), ("theme", None),
    ],
)  # fmt: skip
def test_a_tab_is_what_its_relationship_says(kind, found):
    rels = relations(REL, ((kind, "worksheets/sheet1.xml"),))
    package = opened(**{"xl/_rels/workbook.xml.rels": rels})
    assert [sheet.kind for sheet in package.sheets] == ([found] if found else [])


@pytest.mark.parametrize("tab", ['id="rId1"', 'x:id="rId1" xmlns:x="urn:other"', 'r:id="rId9"', 'r:name="rId1"', ""])
def test_a_tab_without_a_part_is_none(tab):
    xml = f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets><sheet name="甲" {tab}/></sheets></workbook>'
    assert opened(**{"xl/workbook.xml": xml}).sheets == ()


def test_a_tab_whose_part_is_not_in_the_zip_is_none():
    assert (
        opened(**{"xl/_rels/workbook.xml.rels": relations(REL, (("worksheet", "worksheets/none.xml"),))}).sheets == ()
    )


@pytest.mark.parametrize("count", [1_000, 1_001])
def test_a_thousand_tabs_and_no_more(count):
    tabs = '<sheet name="x" r:id="rId1"/>' * count
    xml = f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{tabs}</sheets></workbook>'
    if count == 1_000:
        assert len(opened(**{"xl/workbook.xml": xml}).sheets) == 1_000
        return
    with pytest.raises(UnreadableWorkbook, match="有 1001 个工作表，上限 1000 个，没有读取它 → "):
        opened(**{"xl/workbook.xml": xml})


# --- relationships ---


def lines(*listed: str) -> tuple[Relationship, ...]:
    xml = f'<Relationships xmlns="{PACKAGE_REL}">{"".join(listed)}<Other Id="o" Type="t" Target="x"/></Relationships>'
    package = opened(**{"xl/worksheets/_rels/sheet1.xml.rels": xml, "xl/a b.xml": "<a/>", "xl/c%20d.xml": "<c/>"})
    return package.relationships(FIRST.part)


@pytest.mark.parametrize(
    ("target", "part"),
    [
        ("../a.xml", "xl/a.xml"), ("a.xml", "xl/worksheets/a.xml"), ("/xl/a.xml", "xl/a.xml"),
        ("\\xl\\a.xml", "xl/a.xml"),
        ("/xl/./x/../a.xml", "xl/a.xml"), ("../a.xml#B2", "xl/a.xml"), ("../../../a.xml", "../a.xml"),
        ("../a%20b.xml", "xl/a b.xml"), ("../c%20d.xml", "xl/c%20d.xml"), ("../e%20f.xml", "xl/e f.xml"),
    ],
)  # fmt: skip
def test_a_target_is_resolved_from_where_the_part_lies(target, part):
    assert lines(f'<Relationship Id="r1" Type="a/b/kind" Target="{target}"/>') == (Relationship("r1", "kind", part),)


@pytest.mark.parametrize("mode", ["External", "external", "EXTERNAL"])
def test_an_external_target_is_no_part(mode):
    line = f'<Relationship Id="r1" Type="kind" Target="../a.xml" TargetMode="{mode}"/>'
    assert lines(line) == (Relationship("r1", "kind", ""),)


def test_what_a_relationship_lacks_is_blank():
    assert lines('<Relationship TargetMode="Internal" Target="/a.xml"/>') == (Relationship("", "", "a.xml"),)


def test_a_part_without_relationships_has_none():
    assert opened().relationships(FIRST.part) == ()


# --- what the workbook says of itself ---


@pytest.mark.parametrize(
    ("said", "is_1904"), [('date1904="1"', True), ('date1904="true"', True), ('date1904="on"', True),
                          ('date1904="0"', False), ('date1904="false"', False), ("", False)],
)  # fmt: skip
def test_the_date_system(said, is_1904):
    assert opened(Book(workbook_before=f"<workbookPr {said}/>")).date1904 is is_1904


@pytest.mark.parametrize(("said", "full"), [("1", True), ("true", True), ("0", False), ("", False)])
def test_whether_all_is_calculated_on_opening(said, full):
    assert opened(Book(workbook_extra=f'<calcPr fullCalcOnLoad="{said}"/>')).full_calc_on_load is full
    assert not opened().full_calc_on_load


def test_defined_names_are_those_of_the_workbook_or_of_one_tab():
    names = (
        '<definedName name="a" localSheetId="1"> 表!$A$1\n</definedName><definedName name="b">1</definedName>'
        '<definedName name="c" localSheetId="2">x</definedName><definedName/>'
    )
    package = opened(Book(other="", workbook_extra=f"<definedNames>{names}</definedNames>"))
    assert package.defined_names == (
        DefinedName("a", "表!$A$1", "他表"),
        DefinedName("b", "1", None),
        DefinedName("c", "x", None),
        DefinedName("", "", None),
    )


def test_the_parts_beside_the_sheets_are_named_where_they_are_there():
    package = opened(Book(strings=("<t>a</t>",), workbook_relations=(("calcChain", "calcChain.xml"),)))
    assert (package.workbook_part, package.sheets) == ("xl/workbook.xml", (FIRST,))
    assert (package.styles, package.shared_strings, package.calc_chain) == (
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        None,
    )
    assert package.forbids_writing == ""


def test_a_part_that_is_not_there_is_named():
    with pytest.raises(UnreadableWorkbook, match=r"缺少部件 xl/none\.xml → "):
        opened().read("xl/none.xml")


def test_a_part_is_read_whatever_the_case_of_its_name_and_must_be_one_element():
    package = opened(**{"xl/Odd.xml": "<a/>x", "xl/good.xml": "<a/>"})
    assert package.read("/XL/good.xml") == b"<a/>"
    with pytest.raises(UnreadableWorkbook, match="根元素外面"):
        package.read("xl/odd.xml")


def test_a_zip_without_a_main_part_is_no_workbook():
    sentence = r"压缩包里找不到工作簿的主部件，不是完整的 \.xlsx → 请用 Excel"
    for rels in (relations(REL, ()), relations(REL, (("officeDocument", "xl/none.xml"),))):
        with pytest.raises(UnreadableWorkbook, match=sentence):
            opened(**{"_rels/.rels": rels})


def test_a_main_part_that_is_something_else_is_told():
    with pytest.raises(UnreadableWorkbook, match=r"主部件 xl/workbook\.xml 不是工作簿 → 请用 Excel"):
        opened(**{"xl/workbook.xml": "<document/>"})


# --- tables and pivots ---


def test_a_table_is_read_whole():
    columns = '<tableColumn id="1" name="编号"/><tableColumn id="2"/>'
    package = with_table('displayName="台账" name="t" ref="A1:B5" totalsRowCount="1" tableType="queryTable"', columns)
    assert package.tables(FIRST) == (ExcelTable("台账", (1, 1, 5, 2), 1, 1, ("编号", ""), True),)


@pytest.mark.parametrize(
    ("attributes", "table"),
    [
        ('name="t" ref="B2" headerRowCount="0" tableType="xml"', ExcelTable("t", (2, 2, 2, 2), 0, 0, (), False)),
        ('ref="B2:C3" headerRowCount="2"', ExcelTable("", (2, 2, 3, 3), 2, 0, (), False)),
    ],
)
def test_what_a_table_does_not_say_is_usual(attributes, table):
    assert with_table(attributes).tables(FIRST) == (table,)


@pytest.mark.parametrize("attributes", ['name="t"', 'name="t" ref="?"'])
def test_a_table_without_a_place_is_none(attributes):
    assert with_table(attributes).tables(FIRST) == ()


def test_only_tables_that_are_there_are_read():
    book = Book(
        sheet_relations=(("table", "../tables/none.xml"), ("comments", "../t.xml"), ("pivotTable", "../none.xml"))
    )
    package = opened(book, **{"xl/t.xml": '<table ref="A1"/>'})
    assert (package.tables(FIRST), package.pivots(FIRST)) == ((), ())


@pytest.mark.parametrize(
    ("location", "area"),
    [
        ('<location ref="A4:C9"/>', (4, 1, 9, 3)), ('<location ref="A4:C9" rowPageCount="0"/>', (4, 1, 9, 3)),
        ('<location ref="A4:C9" rowPageCount="1"/>', (2, 1, 9, 3)),
        ('<location ref="B9:C9" rowPageCount="2"/>', (6, 2, 9, 3)),
        ('<location ref="A4:C9" rowPageCount="3"/>', (1, 1, 9, 3)),
        ('<location ref="A4:C9" rowPageCount="7"/>', (1, 1, 9, 3)),
        ("<location/>", None), ('<location ref="?"/>', None), ("", None),
    ],
)  # fmt: skip
def test_a_pivot_table_writes_where_it_says_its_page_fields_and_a_blank_row_above(location, area):
    xml = f'<pivotTableDefinition xmlns="{MAIN}">{location}</pivotTableDefinition>'
    package = opened(Book(sheet_relations=(("pivotTable", "../p.xml"),)), **{"xl/p.xml": xml})
    assert package.pivots(FIRST) == ((area,) if area else ())


# --- what forbids writing ---


def signed(*listed: tuple[str, str]) -> Package:
    top = relations(REL, (("officeDocument", "xl/workbook.xml"), ("origin", "_xmlsignatures/origin.sigs")))
    return opened(
        **{
            "_rels/.rels": top,
            "_xmlsignatures/origin.sigs": "",
            "_xmlsignatures/_rels/origin.sigs.rels": relations(REL, listed),
        }
    )


def test_a_signed_workbook_may_not_be_written():
    with pytest.raises(UnsafeWrite) as trouble:
        refuse_unwritable(signed(("signature", "sig1.xml")))
    assert str(trouble.value) == (
        "工作簿带有数字签名，写入会使签名失效 → 请先在 Excel 里删除签名（文件→信息→查看签名），再运行"
    )


def test_signatures_that_were_taken_away_forbid_nothing():
    refuse_unwritable(signed())


def test_a_shared_workbook_may_not_be_written():
    with pytest.raises(UnsafeWrite) as trouble:
        refuse_unwritable(opened(Book(workbook_relations=(("revisionHeaders", "revisions/revisionHeaders.xml"),))))
    assert str(trouble.value) == (
        "工作簿是带修订记录的共享工作簿，不能安全写入 → 请先在 Excel 里取消共享（审阅→共享工作簿），再运行"
    )
