"""What was said of a word holds on when a printed line has its column taken for another one: no row loses its day."""

from __future__ import annotations

import shlex
from datetime import date
from io import BytesIO

import openpyxl

from capa_xl.model.as_of import AsOf
from capa_xl.policy.check import check
from capa_xl.policy.left_out import left_out_sentences
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

DAY, LATER = date(2026, 11, 28), date(2026, 12, 28)
HEAD = ["编号", "问题描述", "措施内容", "责任人", "整改时限"]
DUE = ["2027年3月", "12.5", "长期", "03/04/2027", date(2026, 12, 20)]
SAID = {"完成期限": {"2027年3月": "2027-03-31", "没有年份的日期": "2026", "长期": "", "日期写法": "月/日/年"}}
MEANT = [date(2027, 3, 31), date(2026, 12, 5), None, date(2027, 3, 4), date(2026, 12, 20)]


def adopted(head=HEAD):
    rows = [[f"Q{at}", "标签缺失", "补贴标签", "样例甲", day] for at, day in enumerate(DUE, 1)]
    return adopt(workbook_bytes({"表": [head, *rows]}), Adopting({}, "a1", DAY, SAID))[0]


def with_column(blob, heading, *below):
    book, stream = openpyxl.load_workbook(BytesIO(blob)), BytesIO()
    book["表"].insert_cols(6)
    for row, value in enumerate((heading, *below), 1):
        book["表"].cell(row, 6, value)
    book.save(stream)
    return stream.getvalue()


def printed(blob):
    """The headings of the first line to paste that is told of the workbook."""
    view = view_register(read_register(blob), AsOf(LATER, LATER))
    told = next(one for one in left_out_sentences(view, check(view).problems, "表.xlsx") if "--map" in one)
    words = shlex.split(told.split("运行 capa-xl adopt ")[1].split("；")[0])
    return dict(word.split("=") for word in words if "=" in word)


def days(blob):
    return [(action.due_on, action.original_due_on) for action in read_register(blob).tracker.records]


def test_the_printed_line_that_moves_the_deadline_takes_its_words_along():
    moved = with_column(adopted(), "延长后时限", None, None, None, None, date(2027, 1, 15))
    assert [due for due, _ in days(moved)] == MEANT
    answers = printed(moved)
    assert answers == {"延长后时限": "完成期限", "整改时限": "原完成期限"}
    settled, found = adopt(moved, Adopting(answers, "", LATER))
    assert found.asked_words == ()
    assert days(settled) == [*((day, day) for day in MEANT[:4]), (date(2027, 1, 15), MEANT[4])]


def test_taken_back_it_is_the_deadline_with_its_words_as_before():
    moved = with_column(adopted(), "延长后时限", "2027年4月", None, None, None, None)
    answers = {"延长后时限": "完成期限", "整改时限": "原完成期限"}
    moved, _ = adopt(moved, Adopting(answers, "", LATER, {"原完成期限": {"长期": "2027-12-31"}}))
    back, _ = adopt(moved, Adopting({"延长后时限": "", "整改时限": "完成期限"}, "", LATER))
    assert [due for due, _ in days(back)] == [*MEANT[:2], date(2027, 12, 31), *MEANT[3:]]


def test_a_deadline_renamed_and_moved_at_once_keeps_its_words():
    blob = with_column(adopted(), "延长后时限", None, None, None, None, None)
    book, stream = openpyxl.load_workbook(BytesIO(blob)), BytesIO()
    book["表"]["E1"] = "最初时限"
    book.save(stream)
    answers = {"延长后时限": "完成期限", "最初时限": "原完成期限"}
    settled, _ = adopt(stream.getvalue(), Adopting(answers, "", LATER))
    assert [due for due, _ in days(settled)] == MEANT


def test_a_vague_first_deadline_is_asked_where_it_is_still_in_force():
    rows = [["Q1", "标签缺失", "补贴", "样例甲", "2027年3月", None], ["Q2", "灯坏", "换灯", "样例甲", DAY, LATER]]
    blob = workbook_bytes({"表": [[*HEAD[:4], "计划日期", "延期至"], *rows]})
    headings = {"计划日期": "原完成期限", "延期至": "完成期限"}
    _, found = adopt(blob, Adopting(headings, "a1", DAY))
    asked = [(word.field, word.word, word.proposal, word.is_needed) for word in found.asked_words]
    assert asked == [("原完成期限", "2027年3月", "2027-03-31", False)]
    settled, _ = adopt(blob, Adopting(headings, "a1", DAY, {"原完成期限": {"2027年3月": "2027-03-31"}}))
    assert days(settled)[0] == (date(2027, 3, 31), date(2027, 3, 31))
