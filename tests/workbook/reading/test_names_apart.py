# ruff: noqa: E501 - a row of a table stays on one line
"""Several names in a cell: ranks with a slash are one, names joined by a word are two, and what was guessed is told."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.app.use_cases.check import check_workbook
from capa_xl.app.use_cases.todo import todo
from capa_xl.workbook.reading.written_names import departments_named, guessed_names, names_in, parts_in
from capa_xl.workbook.writing.replaced_names import with_name_replaced
from tests.app.desks import desk_at
from tests.tables import workbook_bytes

DAY = date(2026, 6, 1)
HEAD = ["编号", "问题描述", "措施内容", "责任部门", "责任人", "完成期限", "开始日期"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2/E", ("2/E",)), ("C/O", ("C/O",)), ("C/Off、张三", ("C/Off", "张三")), ("N/A", ("N/A",)),
        ("2/E/C/O", ("2/E", "C/O")), ("张三/2/E", ("张三", "2/E")), ("2/E、3/E", ("2/E", "3/E")),
        ("张三/李四", ("张三", "李四")), ("甲/乙", ("甲", "乙")), ("Luo／韩冬", ("Luo", "韩冬")), ("QA/QC", ("QA", "QC")),
        ("张三|李四", ("张三", "李四")), ("张三\\李四", ("张三", "李四")),
    ],
)  # fmt: skip
def test_a_slash_parts_names_and_stays_inside_a_rank(text, names):
    assert names_in(text) == names
    assert guessed_names(text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("韩冬 & Luo", ("韩冬", "Luo")), ("韩冬&Luo", ("韩冬", "Luo")), ("甲 + 乙", ("甲", "乙")), ("甲＋乙", ("甲", "乙")),
        ("甲 and 乙", ("甲", "乙")), ("John and Mary", ("John", "Mary")), ("张三和李四", ("张三", "李四")),
        ("张三 与 李四", ("张三", "李四")), ("张三以及李四", ("张三", "李四")), ("李和平和张三", ("李和平", "张三")),
        ("质量经理和生产经理", ("质量经理", "生产经理")), ("张三（主）和李四（配合）", ("张三", "李四")), ("项目经理与班组", ("项目经理", "班组")),
    ],
)  # fmt: skip
def test_names_joined_by_a_word_or_a_sign_are_several_and_that_is_told(text, names):
    assert names_in(text) == names
    assert guessed_names(text) == (names,)


def test_only_the_piece_that_was_guessed_is_told():
    assert names_in("张三、李四和王五") == ("张三", "李四", "王五")
    assert guessed_names("张三、李四和王五") == (("李四", "王五"),)
    assert names_in("Kim, Lee, and Park") == ("Kim", "Lee", "Park")


@pytest.mark.parametrize(
    "name",
    [
        "李和平",
        "和珅",
        "欧阳和平",
        "和平里项目部",
        "A&B",
        "R&D",
        "R&D部",
        "C++",
        "安全与环保部",
        "研发与创新中心",
        "张三 +86 139",
        "Sandy Anderson",
    ],
)
def test_a_name_with_such_a_word_inside_is_one(name):
    assert names_in(name) == (name,)
    assert guessed_names(name) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("甲和乙", "甲和乙"),
        ("甲 与 乙", "甲与乙"),
        ("Smith & Sons", "Smith & Sons"),
        ("Sales & Marketing", "Sales & Marketing"),
        ("A & B", "A & B"),
    ],
)
def test_what_may_be_one_stays_one_and_that_is_told(text, name):
    assert names_in(text) == (name,)
    assert guessed_names(text) == ((name,),)


def test_what_the_roster_has_is_never_guessed():
    known = {"张三", "李四", "Smith & Sons", "张三/李四小组"}
    assert (names_in("张三和李四", known), guessed_names("张三和李四", known)) == (("张三", "李四"), ())
    assert (names_in("Smith & Sons", known), guessed_names("Smith & Sons", known)) == (("Smith & Sons",), ())
    assert names_in("张三/李四小组", known) == ("张三/李四小组",)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("生产部和质量部", ("生产部", "质量部")),
        ("生产部 & 质量部", ("生产部", "质量部")),
        ("安全与环保部", ("安全与环保部",)),
        ("Sales & Marketing", ("Sales & Marketing",)),
    ],
)
def test_departments_are_parted_only_where_both_halves_are_units(text, parts):
    assert departments_named(text) == parts == parts_in(text)


@pytest.mark.parametrize(
    ("text", "old", "after"),
    [
        ("2/E、张三", "2/E", "样例丁、张三"), ("韩冬 & Luo", "Luo", "韩冬 & 样例丁"), ("张三和李四", "张三", "样例丁和李四"),
        ("张三、 李四", "李四", "张三"), ("张三\r\n李四", "李四", "张三"),
    ],
)  # fmt: skip
def test_a_successor_takes_the_place_of_a_name_that_was_read(text, old, after):
    assert with_name_replaced(text, old, after if after == "张三" else "样例丁") == after


def book(owners, people=()):
    row = ["GJ-2026-001", "值班漏接三次", "改排班", "网络部", owners, date(2026, 5, 20), date(2026, 5, 4)]
    roster = [["姓名", "部门", "角色"], *([name, "网络部", "员工"] for name in people)]
    return workbook_bytes({"改进计划跟踪表": [HEAD, row], "人员部门": roster})


@pytest.mark.parametrize(
    ("owners", "person"), [("2/E", "2/E"), ("韩冬 & Luo", "Luo"), ("张三和李四", "李四"), ("C/O/2/E", "2/E")]
)
def test_an_overdue_row_stands_in_the_todo_of_each(tmp_path, owners, person):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(book(owners))
    assert [item.number for item in todo(desk_at(path, DAY), person).todo.items] == ["GJ-2026-001"]


def test_check_tells_what_was_guessed_until_the_roster_knows_it(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(book("韩冬 & Luo"))
    said = [hit.message for hit in check_workbook(desk_at(path, DAY)).checked.problems if hit.rule == "FD23"]
    assert said == ["责任人「韩冬 & Luo」按 2 人处理：韩冬、Luo"]
    path.write_bytes(book("韩冬 & Luo", ("韩冬", "Luo")))
    assert [hit for hit in check_workbook(desk_at(path, DAY)).checked.problems if hit.rule == "FD23"] == []
