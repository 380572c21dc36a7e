# ruff: noqa: E501 - a row of a table stays on one line
"""Rows that people moved into a file of their own are asked about once, and answered with one command."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.app.shared.judging import judge
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.workbook_journal import journal_view_of
from capa_xl.app.use_cases.daily import daily
from capa_xl.app.use_cases.moved_rows import name_moved_rows
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.app.use_cases.undo import undo
from capa_xl.errors import UsageError
from capa_xl.reports.year_end_text import moved_rows_lines
from tests.app.desks import desk_at, still_world
from tests.ooxml.every_cell import cells_of
from tests.tables import workbook_bytes

DAY = date(2026, 6, 1)
TRACKER = "改进计划跟踪表"
HEAD = "编号   措施内容  措施类型  严重度  责任部门  责任人  登记日期    完成期限    实际完成日期  检查日期    检查结论  确认日期    效果结论  〔自动〕状态"
CLOSED = "GJ-{n:02d}  换硬盘    纠正      一般    网络部    样例甲  2025-03-01  2025-05-01  2025-04-01    2025-04-03  合格      2025-06-02  有效"
OPEN = "GJ-20  改排班    纠正      一般    网络部    样例甲  2026-05-11  2026-08-03"
SETTINGS = """
    参数        值
    工作簿标识  W1
"""


def book_of(numbers: range, *more: str) -> bytes:
    lines = [HEAD, *(CLOSED.format(n=n) for n in numbers), *more]
    return workbook_bytes({TRACKER: "\n".join(lines), "参数": SETTINGS})


@pytest.fixture
def book(tmp_path):
    """Seven closed rows and an open one, seen by a run; then somebody moves the closed ones into 旧.xlsx."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(book_of(range(1, 8), OPEN))
    refresh(desk_at(path, DAY))
    (tmp_path / "旧.xlsx").write_bytes(book_of(range(1, 8)))
    path.write_bytes(book_of(range(0), OPEN))
    return path


def gone(book):
    opened = open_tracker(desk_at(book, DAY))
    judged = judge(opened, desk_at(book, DAY).as_of, journal_view_of(opened))
    return [p.number for p in judged.checked.problems if p.rule == "WB04"], judged.damage


def test_rows_that_are_gone_are_asked_about_in_one_sentence_with_a_command_for_each_answer(book):
    numbers, said = gone(book)
    assert len(numbers) == 7
    (sentence,) = (one for one in said if "个编号现在没有了" in one)
    assert sentence.startswith("上次检查时有的 7 个编号现在没有了（GJ-01、GJ-02、GJ-03、GJ-04、GJ-05、GJ-06、GJ-07）")
    for answer in ("capa-xl year-end 本工作簿 --moved 归档.xlsx --apply", "误删的请恢复", "本来就登记错的"):
        assert answer in sentence


def test_a_preview_names_the_rows_and_writes_nothing(book):
    before = book.read_bytes()
    found = name_moved_rows(desk_at(book, DAY), book.parent / "旧.xlsx")
    assert (found.there, found.missing, found.written) == (tuple(f"GJ-{n:02d}" for n in range(1, 8)), (), False)
    assert book.read_bytes() == before


def test_once_named_nothing_is_missing_the_letters_go_on_and_undo_takes_it_back(book):
    before = cells_of(book.read_bytes())
    (asked,) = daily([book], still_world(DAY), lambda path: desk_at(path, DAY))
    assert any("7 个编号现在没有了" in one for one in asked.asks)
    done = name_moved_rows(desk_at(book, DAY), book.parent / "旧.xlsx", apply=True)
    assert done.written
    assert gone(book) == ([], ())
    (served,) = daily([book], still_world(DAY), lambda path: desk_at(path, DAY))
    assert served.outcome == "served" and not any("现在没有了" in one for one in served.asks)
    undo(desk_at(book, DAY))
    settings = {place: value for place, value in cells_of(book.read_bytes()).items() if place[0] == "参数" and value}
    assert settings == {place: value for place, value in before.items() if place[0] == "参数" and value}


def test_a_row_that_is_nowhere_is_named(book):
    (book.parent / "旧.xlsx").write_bytes(book_of(range(1, 7)))
    found = name_moved_rows(desk_at(book, DAY), book.parent / "旧.xlsx", apply=True)
    assert found.missing == ("GJ-07",)


def test_a_file_without_the_rows_or_in_another_folder_is_refused(book, tmp_path):
    (book.parent / "空.xlsx").write_bytes(book_of(range(0), OPEN))
    with pytest.raises(UsageError, match="没有本工作簿缺少的"):
        name_moved_rows(desk_at(book, DAY), book.parent / "空.xlsx")
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    (elsewhere / "旧.xlsx").write_bytes((book.parent / "旧.xlsx").read_bytes())
    with pytest.raises(UsageError, match="不在工作簿所在的文件夹"):
        name_moved_rows(desk_at(book, DAY), elsewhere / "旧.xlsx")


def test_rows_of_other_sheets_that_stay_behind_are_counted_with_where_they_go(tmp_path):
    steps = "编号   步骤号  步骤内容\nGJ-01  1       甲\nGJ-01  2       乙\nGJ-20  1       丙"
    path, old = tmp_path / "表.xlsx", tmp_path / "旧.xlsx"
    path.write_bytes(book_of(range(1, 3), OPEN))
    refresh(desk_at(path, DAY))
    old.write_bytes(book_of(range(1, 3)))
    path.write_bytes(workbook_bytes({TRACKER: f"{HEAD}\n{OPEN}", "参数": SETTINGS, "措施分解": steps}))
    found = name_moved_rows(desk_at(path, DAY), old)
    assert found.staying == {"steps": 2}
    said = list(moved_rows_lines(found.there, found.missing, old.name, "", found.staying))
    assert said[1].startswith("这些编号还有《措施分解》2 行留在本工作簿") and said[1].endswith(
        "也移到「旧.xlsx」同名的工作表。"
    )
