import io
import zipfile
from datetime import date

import openpyxl
import pytest

from capa_xl.errors import UnreadableWorkbook, UnsafeWrite, UsageError
from capa_xl.model.derived import AUTO_COLUMNS
from capa_xl.ooxml.container import read_container
from capa_xl.ooxml.container_rewrite import packed_new, rewrite
from capa_xl.ooxml.package import open_package
from capa_xl.workbook.adopting.added_sheets import with_sheets
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.adopting.proof_of_adoption import verify_added
from capa_xl.workbook.adopting.room_for_columns import with_columns, without_columns
from capa_xl.workbook.blank.adopted_sheets import build_sheets
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.blank.content import blank_content
from capa_xl.workbook.blank.place import Place
from capa_xl.workbook.reading.reader import read_register, require_tracker
from tests.old_tables import ANSWERS, HEADINGS, TITLED, headings_of, old_table
from tests.ooxml.every_cell import cells_of
from tests.ooxml.xlsx_maker import Book
from tests.tables import workbook_bytes

DAY = date(2026, 11, 22)
WHOLE = """
    编号  问题描述  责任人  完成期限
    1     漏油啦    张三    2026-12-01
"""
OURS = [col.header for col in AUTO_COLUMNS]
SHEETS = ("总览", "时间轴", "人员部门", "参数", "字典", "节假日", "校验结果", "提醒台账")


def adopted(blob, **answers):
    return adopt(blob, Adopting(answers, "a1b2", DAY))


def adopted_old(name):
    return adopted(old_table(name), **ANSWERS.get(name, {}))


def fields(found):
    return {heading.header: heading.field for heading in found.mapped}


def donor():
    place = Place("表", 1, {col.key: 30 + at for at, col in enumerate(AUTO_COLUMNS)})
    return build_sheets(SHEETS, {}, place, as_of=DAY)


@pytest.mark.parametrize("name", HEADINGS)
def test_every_cell_of_an_old_table_is_kept_and_it_can_be_read(name):
    blob = old_table(name)
    new, found = adopted_old(name)
    before, after = cells_of(blob), cells_of(new)
    assert {at: after[at] for at in before} == before
    register = read_register(new)
    require_tracker(register)
    assert (register.tracker.sheet, register.tracker.header_row) == (name, TITLED.get(name, 0) + 1)
    assert (found.sheet, found.header_row) == (name, TITLED.get(name, 0) + 1)
    told = [*(m.header for m in found.mapped), *found.unmapped, *(a.header for a in found.ask)]
    assert sorted(told) == sorted(headings_of(name))
    assert list(found.added)[-len(OURS) :] == OURS


@pytest.mark.parametrize("name", ["管理评审改进事项跟踪表", "整改跟踪表", "list-capa"])
def test_only_the_named_parts_differ_and_the_new_ones_come_last(name):
    blob = old_table(name, table=True)
    new, _ = adopted(blob, **ANSWERS.get(name, {}))
    with zipfile.ZipFile(io.BytesIO(blob)) as old, zipfile.ZipFile(io.BytesIO(new)) as book:
        names = old.namelist()
        assert book.namelist()[: len(names)] == names
        differ = {part for part in names if old.read(part) != book.read(part)}
    assert differ == {
        "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
    }  # fmt: skip


def test_the_headings_of_a_review_follow_up_are_understood():
    _, found = adopted(old_table("管理评审改进事项跟踪表"))
    assert fields(found) == {
        "No.": "编号", "改进项目": "问题描述", "负责部门": "责任部门", "负责人": "责任人", "计划完成时间": "完成期限",
        "改进措施": "措施内容", "改进证据": "完成证据", "实际完成时间": "实际完成日期", "验证人": "确认人",
        "验证时间": "确认日期", "跟踪验证结果": "效果结论",
    }  # fmt: skip
    assert [(m.cell, m.score) for m in found.mapped][:2] == [("A1", 0.9), ("B1", 0.9)]
    assert (found.unmapped, found.ask, found.added) == ((), (), tuple(OURS))


def test_an_ambiguous_heading_is_asked_and_nothing_is_written_while_it_is_needed():
    new, found = adopted(old_table("持续改进计划表"))
    assert [(a.header, a.cell, a.candidates) for a in found.ask] == [("完成日期", "G1", ("完成期限", "实际完成日期"))]
    assert "完成日期" not in fields(found)
    assert (new, found.is_blocked) == (None, True)


def test_an_answer_is_taken_and_kept_for_later_readings():
    new, found = adopted(old_table("持续改进计划表"), 完成日期="完成期限")
    assert (fields(found)["完成日期"], found.ask, found.added[0]) == ("完成期限", (), "编号")
    register = read_register(new)
    assert register.procedure.headings == {"完成日期": "完成期限", "改进项目": ""}
    assert register.tracker.columns["due_on"] == 7


def test_none_of_ours_is_an_answer_too():
    new, found = adopted(old_table("持续改进计划表"), 完成日期="")
    assert (found.ask, found.unmapped) == ((), ("改进项目", "完成日期"))
    assert read_register(new).tracker.columns["due_on"] == found.added.index("完成期限") + 8


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"完成日期": "完成时限"}, "没有名为「完成时限」的标准列，是否指「完成期限」"),
        ({"完工日": "完成期限"}, "表头中没有「完工日」"),
        ({"完成日期": "完成期限", "开始日期": "完成期限"}, "「完成期限」已经对应列「开始日期」"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(answers, fault):
    with pytest.raises(UsageError, match=fault):
        adopted(old_table("持续改进计划表"), **answers)


def test_our_columns_stand_right_of_everything_that_is_there():
    rows = [["编号", "问题描述", "责任人", "完成期限"], ["1", "漏油", "张三", DAY], [None] * 6 + ["旁注"]]
    new, _ = adopted(workbook_bytes({"表": rows}))
    assert read_register(new).tracker.columns["status"] == 8
    assert cells_of(new)["表", "G3"] == "旁注"


def test_a_stray_cell_far_right_leaves_our_columns_beside_the_table():
    rows = [["编号", "问题描述", "责任人", "完成期限"], ["1", "漏油", "张三", DAY] + [None] * 60 + ["远"]]
    assert read_register(adopted(workbook_bytes({"表": rows}))[0]).tracker.columns["status"] == 5


def test_an_excel_table_keeps_its_range_its_headings_and_its_total_row():
    blob = old_table("隐患整改台账", table=True)
    new, _ = adopted(blob)
    before, after = open_package(blob), open_package(new)
    assert after.tables(after.sheets[0]) == before.tables(before.sheets[0])
    assert read_register(new).tracker.columns["status"] == 18


def test_reminders_begin_on_the_day_of_adoption_and_the_workbook_has_an_id():
    procedure = read_register(adopted(old_table("整改任务"))[0]).procedure
    assert (procedure.reminders_from, procedure.workbook_id) == (DAY, "a1b2")


def test_the_departments_of_the_table_become_the_list_of_departments():
    rows = [
        ["编号", "问题描述", "责任部门", "完成期限"],
        *([n, "漏油啦", d, DAY] for n, d in ((1, "机修、电气"), (2, "/"), (3, "机修"))),
    ]
    assert read_register(adopted(workbook_bytes({"表": rows}))[0]).procedure.lists["部门"] == ("机修", "电气")


def test_settings_that_are_there_are_filled_only_where_blank():
    blob = workbook_bytes(
        {"表": WHOLE, "参数": [["参数", "值", "说明"], ["工作簿标识", "旧", None], ["公司名称", "某", None]]}
    )
    new, _ = adopted(blob)
    cells = cells_of(new)
    assert (cells["参数", "B2"], cells["参数", "A4"], cells["参数", "B4"]) == ("旧", "提醒启用日", "2026-11-22")
    assert (cells["参数", "A5"], cells["参数", "B5"]) == ("接管基线日", "2026-11-22")
    assert (cells["参数", "A6"], cells["参数", "B6"]) == ("跟踪表_表", "计入")
    assert (cells["参数", "A7"], cells["参数", "B7"]) == (
        "接管列名_表", "编号=编号；问题描述=问题描述；责任人=责任人；完成期限=完成期限",
    )  # fmt: skip
    assert ("参数", "A8") not in cells


def test_a_workbook_of_ours_gets_nothing_twice():
    blob = build_workbook(blank_content("x1"), as_of=DAY)
    new, found = adopted(blob)
    assert (found.added, found.sheets, found.unmapped) == ((), (), ())
    before = cells_of(blob)
    assert {at: value for at, value in cells_of(new).items() if before.get(at) != value} == {
        ("参数", "B10"): "2026-11-22",
        ("参数", "B12"): "2026-11-22",
    }


@pytest.mark.parametrize("name", ["校验结果", "提醒台账", "总览", "参数"])
def test_somebodys_own_sheet_of_our_name_is_not_taken_for_ours(name):
    with pytest.raises(UnsafeWrite, match=name):
        adopted(workbook_bytes({"表": WHOLE, name: [["日期", "记录"], [DAY, "手写的内容"]]}))


def test_of_two_tables_alike_the_second_is_a_copy_that_is_named():
    _, found = adopted(workbook_bytes({"甲": WHOLE, "乙": WHOLE}))
    assert (found.trackers, found.notes[0]) == (("甲",), "工作表《乙》的编号和内容多数与《甲》相同，像是副本，没有计入")
    assert found.notes[1:] == ("没有一列说明是否完成，所有行都按没有完成跟踪",)


def test_the_more_complete_table_is_taken():
    part = [["问题描述", "责任人", "完成期限", "备注", "来源"], ["漏油啦", "张三", DAY]]
    assert adopted(workbook_bytes({"甲": part, "乙": WHOLE}))[1].sheet == "乙"


def test_a_header_of_two_rows_keeps_its_shape_and_ours_stand_in_the_lower_one():
    rows = [
        ["编号", "问题描述", "责任", None, "完成", None],
        [None, None, "部门", "人", "期限", "证据"],
        ["1", "漏油啦", "机修", "张三", DAY, "照片"],
    ]
    blob = workbook_bytes({"表": rows}, merged={"表": ["A1:A2", "B1:B2", "C1:D1", "E1:F1"]})
    new, found = adopted(blob)
    assert [(m.header, m.cell, m.field) for m in found.mapped] == [
        ("编号", "A1", "编号"), ("问题描述", "B1", "问题描述"), ("责任部门", "C2", "责任部门"),
        ("责任人", "D2", "责任人"),
        ("完成期限", "E2", "完成期限"), ("完成证据", "F2", "完成证据"),
    ]  # fmt: skip
    assert cells_of(new)["表", "G2"] == "〔自动〕状态"
    assert read_register(new).tracker.columns["status"] == 7
    assert [action.number for action in read_register(new).tracker.records] == ["1"]


def test_what_is_no_tracker_is_refused():
    with pytest.raises(UnreadableWorkbook, match="没有找到像跟踪表的表格"):
        adopted(workbook_bytes({"表": [["日期", "金额", "经手人"], [DAY, 5, "张三"]]}))


# --- the new parts -----------------------------------------------------------------------------------------


def test_new_sheets_open_elsewhere_with_their_looks_tables_and_charts():
    new = with_sheets(old_table("整改任务"), donor(), ())
    book = openpyxl.load_workbook(io.BytesIO(new))
    assert tuple(book.sheetnames[-8:]) == SHEETS
    assert book["参数"]["A1"].fill.fgColor.rgb == "FFDDE7F3"
    assert list(book["参数"].tables) == ["表_参数"]
    assert len(book["总览"]._charts) == 1
    assert book["总览"].conditional_formatting
    assert "列表_部门" in book.defined_names
    assert book["校验结果"].print_title_rows == "$1:$1"


def test_names_and_table_ids_that_are_taken_are_avoided():
    one, two = (build_sheets((name,), {}, Place("表", 1, {}), as_of=DAY) for name in ("参数", "节假日"))
    new = with_sheets(with_sheets(old_table("整改任务", table=True), one, ()), two, ())
    package = open_package(new)
    tables = [table.name for tab in package.sheets for table in package.tables(tab)]
    assert tables == ["Table1", "表_参数", "表_节假日"]
    names = [(name.name, name.sheet) for name in package.defined_names]
    assert len(names) == len({*names})


def test_a_workbook_written_with_prefixes_and_without_names_gets_them_in_its_own_way():
    blob = Book(rows='<row r="1"><c r="A1"><v>1</v></c></row>').blob()
    prefixed = _edited(blob, "xl/workbook.xml", lambda text: _prefixed(text, ("workbook", "sheets", "sheet")))
    new = with_sheets(prefixed, donor(), ())
    verify_added(prefixed, new, ())
    assert [tab.name for tab in open_package(new).sheets] == ["表", *SHEETS]
    assert "<x:definedName " in zipfile.ZipFile(io.BytesIO(new)).read("xl/workbook.xml").decode()


def test_a_strict_workbook_is_refused():
    blob = _edited(
        old_table("整改任务"), "xl/workbook.xml",
        lambda text: text.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    )  # fmt: skip
    with pytest.raises(UnsafeWrite, match="Strict"):
        with_sheets(blob, donor(), ())


@pytest.mark.parametrize(
    ("cols", "expected"),
    [
        ("", '<cols><col min="3" max="3" width="9.7109375" style="1" customWidth="1"/></cols>'),
        (
            '<cols><col min="1" max="16384" width="20" customWidth="1"/></cols>',
            '<cols><col min="1" max="2" width="20" customWidth="1"/><col min="3" max="3" width="9.7109375" style="1" '
            'customWidth="1"/><col min="4" max="16384" width="20" customWidth="1"/></cols>',
        ),
        (
            '<cols><col min="1" max="1" width="5"/><col min="3" max="3" hidden="1"/></cols>',
            '<cols><col min="1" max="1" width="5"/><col min="3" max="3" width="9.7109375" style="1" '
            'customWidth="1"/></cols>',
        ),
    ],
)
def test_column_widths_are_set_for_our_columns_only(cols, expected):
    head, rest = '<worksheet xmlns="m"><sheetFormatPr/>', "<sheetData/></worksheet>"
    new = with_columns((head + cols + rest).encode(), 3, [9], 1)
    assert new.decode() == head + expected + rest
    assert without_columns(new).decode() == head + rest


@pytest.mark.parametrize(
    ("part", "damage", "fault"),
    [
        ("xl/sharedStrings.xml", ("漏", "露"), "sharedStrings"),
        ("xl/styles.xml", ('numFmtId="0"', 'numFmtId="1"'), "样式表"),
        ("xl/workbook.xml", ('name="表"', 'name="裱"'), "workbook.xml"),
        ("xl/worksheets/sheet1.xml", ("<v>0</v>", "<v>1</v>"), "《表》变了"),
        ("[Content_Types].xml", ('Extension="rels"', 'Extension="relz"'), "内容类型"),
    ],
)
def test_the_proof_sees_a_part_that_was_changed(part, damage, fault):
    blob = workbook_bytes({"表": WHOLE})
    new = _edited(with_sheets(blob, donor(), ()), part, lambda text: text.replace(*damage, 1))
    with pytest.raises(UnsafeWrite, match=fault):
        verify_added(blob, new, open_package(blob).sheets[:1])


def _edited(blob, part, edit):
    container = read_container(blob)
    member = container.find(part)
    text = edit(container.read(member).decode())
    return rewrite(container, {member.key: packed_new(text.encode())})


def _prefixed(text, names):
    for name in names:
        text = text.replace(f"<{name} ", f"<x:{name} ").replace(f"<{name}>", f"<x:{name}>")
        text = text.replace(f"</{name}>", f"</x:{name}>")
    return text.replace("<x:workbook xmlns=", "<x:workbook xmlns:x=")
