"""What openpyxl sees of a table: drop-down words, struck-through rows, percentages, hidden columns, comments."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.adopting.table_looks import TableLooks, every_look
from capa_xl.workbook.reading.reader import read_register
from tests.ooxml.xlsx_maker import Book, zipped
from tests.tables import workbook_bytes

DAY = date(2026, 11, 28)
HEAD = ["编号", "问题描述", "等级", "责任人", "完成期限", "状态"]


def blob_with(edit):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEAD)
    for number in ("Q1", "Q2", "Q3"):
        sheet.append([number, "标签缺失需要补齐", "一般", "人乙", DAY, "进行中"])
    edit(book, sheet)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def tried(edit, meanings=None):
    return adopt(blob_with(edit), Adopting({}, "a1", DAY, meanings or {}))


@pytest.mark.parametrize("formula", ['"重大,一般,观察项"', "$H$1:$H$3", "字段!$A$1:$A$3"])
def test_a_drop_down_list_names_words_that_no_cell_holds_yet(formula):
    def edit(book, sheet):
        place = book.create_sheet("字段") if "字段" in formula else sheet
        for at, word in enumerate(("重大", "一般", "观察项"), 1):
            place.cell(at, 1 if place is not sheet else 8, word)
        rule = DataValidation(type="list", formula1=formula)
        rule.add("C2:C50")
        sheet.add_data_validation(rule)

    words = {w.word: (w.count, w.meaning, w.is_needed) for w in tried(edit)[1].words if w.field == "严重度"}
    assert words == {"一般": (3, "一般", False), "重大": (0, "重大", False), "观察项": (0, "", False)}


def strike(book, sheet):
    for cell in sheet[3]:
        cell.font = Font(strike=True)


def test_a_struck_through_row_is_asked_and_then_no_action():
    _, found = tried(strike)
    assert [(w.field, w.word, w.candidates) for w in found.asked_words] == [("编号", "Q2", ("不计入", "照常跟踪"))]
    new, _ = tried(strike, {"编号": {"Q2": "不计入"}})
    assert [action.number for action in read_register(new).tracker.records] == ["Q1", "Q3"]
    kept, _ = tried(strike, {"编号": {"Q2": "照常跟踪"}})
    assert len(read_register(kept).tracker.records) == 3


def test_a_percentage_under_a_status_is_asked_as_progress():
    def edit(book, sheet):
        for row in range(2, 5):
            sheet.cell(row, 6, 0.5).number_format = "0%"

    assert [(a.header, a.candidates) for a in tried(edit)[1].ask] == [("状态", ("进度%", "状态"))]


def test_a_hidden_column_counts_and_is_named_and_a_comment_is_shown():
    def edit(book, sheet):
        sheet.column_dimensions["D"].hidden = True
        sheet["G1"] = "关闭时间"
        sheet["G1"].comment = Comment("销号当天", "某")

    _, found = tried(edit)
    assert "隐藏的列也参与识别：责任人" in found.notes
    assert [(a.header, a.why) for a in found.ask] == [("关闭时间", "批注：销号当天")]


def test_a_workbook_that_openpyxl_cannot_open_has_no_looks():
    nameless = zipped(Book(name="表").members() | {"[Content_Types].xml": b"<Types/>"})
    assert every_look(nameless, (("表", 1),)) == (TableLooks(),)
    assert every_look(workbook_bytes({"表": [HEAD]}), (("别的", 1),)) == (TableLooks(),)


def test_a_struck_through_row_whose_number_is_still_in_question_is_not_said_to_have_none():
    rows = [["AI #", "问题", "整改措施", "责任人", "完成期限"]]
    rows += [[f"AI-{at}", "灯不亮", "换灯", "人甲", date(2026, 12, 20)] for at in (1, 2, 3)]
    book, out = openpyxl.load_workbook(BytesIO(workbook_bytes({"Sheet1": rows}))), BytesIO()
    for cell in book["Sheet1"][3]:
        cell.font = Font(strike=True)
    book.save(out)
    _, found = adopt(out.getvalue(), Adopting({}, "a1b2", date(2026, 11, 28)))
    assert [one.header for one in found.ask] == ["AI #"]
    assert not [note for note in found.notes if "没有编号" in note]


def test_a_struck_through_row_without_a_number_is_set_aside_and_named():
    rows = [
        ["问题", "整改措施", "责任人", "完成期限"],
        *(["灯不亮", "换灯", who, date(2026, 12, 20)] for who in ("人甲", "人乙")),
    ]
    book = openpyxl.load_workbook(BytesIO(workbook_bytes({"Sheet1": rows})))
    for cell in book["Sheet1"][3]:
        cell.font = Font(strike=True)
    out = BytesIO()
    book.save(out)
    new, found = adopt(out.getvalue(), Adopting({}, "a1b2", date(2026, 11, 28)))
    assert "第 3 行整行划了删除线，没有编号，不跟踪；仍要做的，去掉删除线并写上编号，不做的可删除" in found.notes
    register = read_register(new)
    assert [action.owners for action in register.tracker.records] == [("人甲",)]
    assert [row.row for row in register.quarantined] == [3]
