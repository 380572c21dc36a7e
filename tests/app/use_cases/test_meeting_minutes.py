"""What a meeting decided comes back as rows of 进展反馈: previewed, in conflict, written once, undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from capa_xl.app.use_cases.collect import collect
from capa_xl.app.use_cases.meeting import MeetingWanted, make_meeting
from capa_xl.app.use_cases.undo import undo
from capa_xl.errors import UsageError
from capa_xl.reports.fixes_text import undo_lines
from capa_xl.reports.slip_text import collect_lines
from tests.app.desks import desk_at
from tests.ooxml.every_cell import cells_of
from tests.tables import workbook_bytes

DAY = date(2026, 6, 3)
TRACKER = """
    编号         问题描述        措施内容  责任部门  责任人  完成期限    实际完成日期
    GJ-2026-001  值班漏接三次    改排班    网络部    样例甲  2026-05-20
    GJ-2026-002  备件台账不符    盘点      备件部    样例乙  2026-06-20
    GJ-2026-003  告警未转电话    改路由    网络部    样例甲  2026-05-25  2026-05-22
"""
PEOPLE = """
    姓名    部门    角色
    样例甲  网络部  员工
    样例乙  备件部  员工
    样例质  质量部  质量部负责人
"""
LOG = """
    编号         日期        记录人  类型  内容        反馈对象
    GJ-2026-001  2026-05-20  样例甲  进展  已排新班表  质量部
"""


@pytest.fixture
def book(tmp_path) -> Path:
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER, "人员部门": PEOPLE, "进展反馈": LOG}))
    return path


def minutes(book: Path, name: str = "会议记录.xlsx", **wanted) -> Path:
    place = book.parent / "发出" / name
    made = make_meeting(desk_at(book, DAY), "2026-05", MeetingWanted(minutes=place, **wanted))
    assert made.minutes is not None and made.minutes.path == place
    return place


def answer(sent: Path, answers: dict[str, str], name: str = "会议记录.xlsx") -> Path:
    """Type the meeting's words beside the numbers."""
    filled = openpyxl.load_workbook(sent)
    lines = filled["填报表"]
    for row in range(5, lines.max_row + 1):
        if lines.cell(row, 1).value in answers:
            lines.cell(row, 8).value = answers[lines.cell(row, 1).value]
    back = sent.parent.parent / "发回"
    back.mkdir(exist_ok=True)
    filled.save(back / name)
    return back


def log(book: Path) -> dict[str, object]:
    return {at: value for (sheet, at), value in cells_of(book.read_bytes()).items() if sheet == "进展反馈"}


def test_every_item_of_the_page_gets_one_line_late_ones_first(book):
    lines = openpyxl.load_workbook(minutes(book))["填报表"]
    rows = [[lines.cell(row, column).value for column in (1, 5, 6)] for row in range(5, lines.max_row + 1)]
    assert rows == [
        ["GJ-2026-001", "网络部：完成措施，填写：实际完成日期", "内容"],
        ["GJ-2026-003", "网络部：已关闭", "内容"],
        ["GJ-2026-002", "备件部：完成措施，填写：实际完成日期", "内容"],
    ]


def test_the_minutes_are_called_so_on_the_sheet_and_say_what_becomes_of_them(book):
    made = make_meeting(desk_at(book, DAY), "2026-05", MeetingWanted(minutes=book.parent / "会议记录.xlsx"))
    sheet = openpyxl.load_workbook(made.minutes.path)["填报表"]
    assert sheet["A1"].value == "改进例会 2026-05 会议记录表（2026-06-03）"
    assert sheet["A2"].value.endswith("没有意见的留空；其余已锁定，不要增删行列。填好后把整个文件交质量部收回。")


def test_a_word_becomes_a_row_with_its_day_its_recorder_and_its_department(book):
    before = book.read_bytes()
    words = "6 月 10 日前盘完，样例乙负责"
    folder = answer(minutes(book, held_on=date(2026, 6, 2)), {"GJ-2026-002": words})
    (found,) = collect(desk_at(book, DAY), folder).collected.proposals
    assert (found.sheet, found.cell, found.before, found.after) == ("进展反馈", "E3", None, words)
    assert found.begins == (
        ("A3", "编号", "GJ-2026-002"),
        ("B3", "日期", date(2026, 6, 2)),
        ("C3", "记录人", "样例质"),
        ("D3", "类型", "进展"),
        ("F3", "反馈对象", "备件部"),
    )
    assert book.read_bytes() == before
    done = collect(desk_at(book, DAY), folder, apply=True)
    assert done.written
    told = list(collect_lines(done.files, done.collected, (), written=True, backup="a.xlsx"))
    assert "已写入 1 格（连同新行里的其余 5 格，共 6 格），" in told[-2]
    now = log(book)
    assert [now[at] for at in ("A3", "C3", "D3", "E3", "F3")] == [
        "GJ-2026-002", "样例质", "进展", "6 月 10 日前盘完，样例乙负责", "备件部",
    ]  # fmt: skip
    again = collect(desk_at(book, DAY), folder, apply=True)
    assert (again.written, again.collected.proposals, again.collected.settled) == (False, (), 1)
    assert len(undo(desk_at(book, DAY)).edits) == 6
    assert cells_of(book.read_bytes()) == cells_of(before)


@pytest.mark.parametrize(
    ("at", "words"),
    [("E3", "6 月 12 日前盘完"), ("G3", "同意")],
    ids=["a cell that was written", "a cell that was blank"],
)
def test_undo_leaves_a_new_row_whole_that_somebody_worked_on(book, at, words):
    folder = answer(minutes(book), {"GJ-2026-001": "本周补齐", "GJ-2026-002": "照计划"})
    # rows 3 and 4 are begun; somebody goes on in row 3
    text = LOG.replace("反馈对象", "反馈对象  结论").replace("质量部", "质量部    同意")
    book.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER, "人员部门": PEOPLE, "进展反馈": text}))
    assert collect(desk_at(book, DAY), folder, apply=True).written
    change(book, at, words)
    before = log(book)
    done = undo(desk_at(book, DAY))
    assert {edit.cell for edit in done.edits} == {"A4", "B4", "C4", "D4", "E4", "F4"}
    assert {cell.cell for cell in done.kept} == {"A3", "B3", "C3", "D3", "E3", "F3", at}
    assert [(cell.cell, cell.found) for cell in done.kept if cell.found != cell.applied] == [(at, words)]
    assert log(book) == {place: value for place, value in before.items() if not place.endswith("4")}
    said = list(undo_lines(done.applied, done.edits, done.kept, ""))
    assert f"进展反馈!{at} 后来有人改过（现为「{words}」），没有动。" in said
    assert "进展反馈!A3 在那次新写的一行里，这一行后来有人改过（现为「GJ-2026-001」），没有动。" in said


def change(book: Path, at: str, words: str) -> None:
    """Somebody types into 进展反馈."""
    opened = openpyxl.load_workbook(book)
    opened["进展反馈"][at] = words
    opened.save(book)


def test_a_row_that_was_hidden_when_it_was_emptied_is_seen_once_a_word_begins_it(book):
    """The end of a year hides the rows it empties, and the next free one may be one of them."""
    edited = openpyxl.load_workbook(book)
    for row in (3, 4):
        edited["进展反馈"].row_dimensions[row].hidden = True
        edited["进展反馈"].cell(row, 1).number_format = "@"
    edited.save(book)
    (found,) = collect(
        desk_at(book, DAY), answer(minutes(book), {"GJ-2026-001": "已补"}), apply=True
    ).collected.proposals
    rows = openpyxl.load_workbook(book)["进展反馈"].row_dimensions
    assert (found.cell, rows[3].hidden, rows[4].hidden) == ("E3", False, True)


def test_several_words_begin_rows_one_below_the_other_and_a_blank_begins_none(book):
    folder = answer(minutes(book), {"GJ-2026-001": "本周补齐", "GJ-2026-002": "照计划"})
    found = collect(desk_at(book, DAY), folder, apply=True).collected.proposals
    assert [(one.number, one.cell) for one in found] == [("GJ-2026-001", "E3"), ("GJ-2026-002", "E4")]


def test_a_word_that_is_refused_leaves_no_gap(book):
    refused = {"GJ-2026-001": "本周补齐", "GJ-2026-003": "=1+1", "GJ-2026-002": "照计划"}
    found = collect(desk_at(book, DAY), answer(minutes(book), refused)).collected
    assert [one.cell for one in found.proposals] == ["E3", "E4"]
    assert [one.number for one in found.rejected] == ["GJ-2026-003"]


def test_rows_added_meanwhile_stay_and_the_words_go_below_them(book):
    folder = answer(minutes(book), {"GJ-2026-001": "本周补齐"})
    grown = LOG + "    GJ-2026-002  2026-06-02  样例乙  进展  开始盘点    质量部\n"
    book.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER, "人员部门": PEOPLE, "进展反馈": grown}))
    (found,) = collect(desk_at(book, DAY), folder, apply=True).collected.proposals
    assert (found.cell, log(book)["E3"]) == ("E4", "开始盘点")


def test_two_minutes_that_disagree_are_decided_by_a_person(book):
    sent = minutes(book)
    answer(sent, {"GJ-2026-001": "本周补齐"}, "甲.xlsx")
    folder = answer(sent, {"GJ-2026-001": "下周补齐"}, "乙.xlsx")
    found = collect(desk_at(book, DAY), folder, apply=True)
    assert (found.written, len(found.collected.conflicts)) == (False, 2)
    taken = frozenset({("乙.xlsx", "H5")})
    assert collect(desk_at(book, DAY), folder, apply=True, taken=taken).written
    assert (log(book)["E3"], "E4" in log(book)) == ("下周补齐", False)


def test_several_words_of_two_minutes_leave_no_gap_where_a_person_decides(book):
    """001 is said twice alike, 003 in contradiction, 002 by one of them alone; then the person decides for 003."""
    sent = minutes(book)
    alike = {"GJ-2026-001": "本周补齐"}
    answer(sent, alike | {"GJ-2026-003": "结束"}, "甲.xlsx")
    folder = answer(sent, alike | {"GJ-2026-003": "再试一周", "GJ-2026-002": "照计划"}, "乙.xlsx")
    shown = collect(desk_at(book, DAY), folder).collected
    assert [(one.number, one.cell) for one in shown.proposals] == [("GJ-2026-001", "E3"), ("GJ-2026-002", "E4")]
    assert sorted((one.number, one.file) for one in shown.conflicts) == [
        ("GJ-2026-003", "乙.xlsx"), ("GJ-2026-003", "甲.xlsx"),
    ]  # fmt: skip
    before = cells_of(book.read_bytes())
    assert collect(desk_at(book, DAY), folder, apply=True).written
    (place,) = [(one.file, one.at) for one in shown.conflicts if one.file == "乙.xlsx"]
    assert collect(desk_at(book, DAY), folder, apply=True, taken=frozenset({place})).written
    assert [log(book).get(at) for at in ("E3", "E4", "E5", "E6")] == ["本周补齐", "照计划", "再试一周", None]
    undo(desk_at(book, DAY))
    undo(desk_at(book, DAY))
    assert cells_of(book.read_bytes()) == before


def test_words_changed_after_they_were_written_are_decided_by_a_person(book):
    sent = minutes(book)
    collect(desk_at(book, DAY), answer(sent, {"GJ-2026-001": "本周补齐"}), apply=True)
    folder = answer(sent, {"GJ-2026-001": "改为下周"})
    (conflict,) = collect(desk_at(book, DAY), folder).collected.conflicts
    assert "已有同一天、同一人记的「本周补齐」" in conflict.reason
    assert collect(desk_at(book, DAY), folder, apply=True, taken=frozenset({("会议记录.xlsx", "H5")})).written
    assert (log(book)["E3"], log(book)["E4"]) == ("本周补齐", "改为下周")


def test_the_minutes_are_taken_as_a_file_too_and_the_workbook_itself_is_no_minutes(book):
    file = answer(minutes(book), {"GJ-2026-001": "本周补齐"}) / "会议记录.xlsx"
    found = collect(desk_at(book, DAY), file, apply=True)
    assert (found.files, found.written, log(book)["E3"]) == (1, True, "本周补齐")
    with pytest.raises(UsageError, match="里没有填报表"):
        collect(desk_at(book, DAY), book)


def test_a_line_that_people_added_below_is_named_with_its_cell_and_the_rest_is_taken(book):
    file = answer(minutes(book), {"GJ-2026-001": "本周补齐"}) / "会议记录.xlsx"
    added = openpyxl.load_workbook(file)
    added["填报表"]["A8"], added["填报表"]["H8"] = "GJ-2026-002", "下周盘点"
    added["填报表"]["H9"] = "请样例乙参加"
    added.save(file)
    found = collect(desk_at(book, DAY), file).collected
    assert [(one.at, one.answer) for one in found.rejected] == [("A8", "GJ-2026-002　下周盘点"), ("H9", "请样例乙参加")]
    assert "自己加的一行" in found.rejected[0].reason
    assert [one.after for one in found.proposals] == ["本周补齐"]


def test_a_line_whose_only_words_stand_in_the_first_column_is_named_too(book):
    file = answer(minutes(book), {"GJ-2026-001": "本周补齐"}) / "会议记录.xlsx"
    added = openpyxl.load_workbook(file)
    added["填报表"]["A9"] = "另：空调也要查"
    added.save(file)
    found = collect(desk_at(book, DAY), file).collected
    assert [(one.at, one.answer) for one in found.rejected] == [("A9", "另：空调也要查")]


def test_a_number_that_has_left_the_table_is_refused(book):
    folder = answer(minutes(book), {"GJ-2026-002": "照计划"})
    rest = TRACKER.replace("GJ-2026-002", "GJ-2026-009")
    book.write_bytes(workbook_bytes({"改进计划跟踪表": rest, "人员部门": PEOPLE, "进展反馈": LOG}))
    (refused,) = collect(desk_at(book, DAY), folder).collected.rejected
    assert refused.reason.startswith("编号「GJ-2026-002」现在不在跟踪表里")


def test_an_address_that_was_changed_is_refused_whole(book):
    sent = minutes(book)
    filled = openpyxl.load_workbook(sent)
    page = filled["capa_xl_slip"]
    page["A2"].value = page["A2"].value.replace("2026-06-03", "2026-05-01")
    filled["填报表"]["H5"].value = "本周补齐"
    (sent.parent.parent / "发回").mkdir()
    filled.save(sent.parent.parent / "发回/改过.xlsx")
    found = collect(desk_at(book, DAY), sent.parent.parent / "发回")
    assert (found.collected.proposals, len(found.collected.rejected)) == ((), 1)


def test_minutes_that_were_filled_are_left_alone_and_an_unfilled_one_is_the_same_again(book):
    sent = minutes(book)
    blob = sent.read_bytes()
    assert minutes(book).read_bytes() == blob
    answer(sent, {"GJ-2026-001": "本周补齐"})
    sent.write_bytes((sent.parent.parent / "发回/会议记录.xlsx").read_bytes())
    made = make_meeting(desk_at(book, DAY), "2026-05", MeetingWanted(minutes=sent))
    assert made.minutes is not None and made.minutes.is_kept


def test_without_the_sheet_and_with_an_unknown_recorder_it_says_what_to_do(book, tmp_path):
    with pytest.raises(UsageError, match="《人员部门》里没有「样例无」"):
        minutes(book, recorder="样例无")
    book.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER}))
    with pytest.raises(UsageError, match="没有工作表《进展反馈》，先加上：capa-xl grow 本工作簿 --sheet 进展反馈"):
        minutes(book)
    assert not (tmp_path / "发出").exists()


def test_another_workbook_in_the_place_of_the_slip_is_refused_and_left_alone(book):
    """It was said to hold answers to be collected, with exit code 0."""
    other = book.parent / "发出" / "别的.xlsx"
    other.parent.mkdir()
    other.write_bytes(workbook_bytes({"表": "    甲  乙\n    1  2\n"}))
    before = other.read_bytes()
    with pytest.raises(UsageError, match="没有改动它"):
        minutes(book, "别的.xlsx")
    assert other.read_bytes() == before
