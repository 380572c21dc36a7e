"""adopt without -o on an adopted workbook: a word or a heading that came later is settled in place."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import date

import pytest

from capa_xl.app.use_cases.adopt import adopt_workbook
from capa_xl.app.use_cases.daily import daily
from capa_xl.app.use_cases.history import verify_history
from capa_xl.app.use_cases.take_in import require_adopted, take_in
from capa_xl.app.use_cases.undo import undo
from capa_xl.errors import UsageError
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.splice import splice
from capa_xl.reports.fixes_text import undo_lines
from capa_xl.workbook.adopting.adopted_workbook import Adopting
from capa_xl.workbook.reading.reader import read_register
from tests.app.desks import desk_at, still_world
from tests.app.office import Office
from tests.tables import workbook_bytes

DAY = date(2026, 11, 28)
HEAD = ["编号", "问题描述", "整改措施", "定责任人", "整改期限", "状态"]
ROWS = [[f"Q{n}", f"第 {n} 处标签缺失", "补贴标签", "样例甲", "11月30日", "进行中"] for n in (1, 2)]
TWO_MONTHS = workbook_bytes({"9月": [HEAD, *ROWS], "10月": [HEAD, *([f"T{n}", *ROWS[0][1:]] for n in (1, 2))]})
ANSWERS = {"定责任人": "责任人"}
YEAR = {"全部日期": {"没有年份的日期": "2026"}}


@pytest.fixture
def workbook(tmp_path):
    source, target = tmp_path / "源.xlsx", tmp_path / "表.xlsx"
    source.write_bytes(TWO_MONTHS)
    assert adopt_workbook(source, target, Adopting(ANSWERS, "a1", DAY, YEAR)).is_written
    return target


def again(workbook, answers=None, meanings=None):
    return take_in(Office().desk(workbook, DAY), Adopting(answers or {}, "", DAY, meanings or {}))


def changed(workbook, cell, value):
    edit = CellEdit("9月", cell, value)
    workbook.write_bytes(splice(workbook.read_bytes(), Patch(edits=(edit,))).blob)


def test_what_was_answered_is_not_asked_again_nor_written(workbook):
    """The years of both sheets among it."""
    before = workbook.read_bytes()
    done = again(workbook)
    assert (done.is_settled, done.backup, done.found.is_blocked) == (True, None, False)
    assert workbook.read_bytes() == before


def test_a_sheet_that_is_not_counted_is_named_with_the_command_that_counts_it(tmp_path):
    """Once: adopt run again said nothing of the new year's sheet, which check names."""
    source, target = tmp_path / "源.xlsx", tmp_path / "表.xlsx"
    source.write_bytes(TWO_MONTHS)
    assert adopt_workbook(source, target, Adopting(ANSWERS, "a1", DAY, YEAR, ("9月",))).is_written
    (told,) = again(target).untracked
    assert told.startswith("工作表《10月》也像跟踪表，其中 2 行（未完成 2 行）没有参与跟踪")
    assert f"capa-xl adopt {target} --sheet 10月" in told


def test_a_status_word_of_a_later_month_is_settled_in_place(workbook):
    changed(workbook, "F2", "移交政府部门")
    asked = again(workbook)
    assert not asked.is_settled
    assert [word.word for word in asked.found.asked_words] == ["移交政府部门"]
    assert asked.found.asked_words[0].candidates[0] == "进行中", "whoever takes the first ends no row"
    assert again(workbook, meanings={"状态": {"移交政府部门": "已取消"}}).backup
    assert read_register(workbook.read_bytes()).procedure.meanings["状态"]["移交政府部门"] == "已取消"


def test_what_was_answered_later_is_taken_back_under_its_own_name(workbook):
    changed(workbook, "F2", "移交政府部门")
    before = workbook.read_bytes()
    assert again(workbook, meanings={"状态": {"移交政府部门": "已取消"}}).backup
    undone = undo(Office().desk(workbook, DAY))
    assert "接管的补答（adopt）" in "\n".join(undo_lines(undone.applied, undone.edits, undone.kept, "b"))
    assert read_register(workbook.read_bytes()).procedure == read_register(before).procedure


def test_a_column_that_was_answered_and_taken_back_is_no_loss(tmp_path):
    """The scheduled pass goes on, undo says which column goes, and how to have it again; the journal still verifies."""
    source, path = tmp_path / "源.xlsx", tmp_path / "表.xlsx"
    rows = [[f"Q{n}", "标签缺失", "补贴标签", "样例甲", DAY, "进行中", word] for n, word in enumerate(["严重", "一般"])]
    source.write_bytes(workbook_bytes({"台账": [[*HEAD, "轻重程度"], *rows]}))
    adopt_workbook(source, path, Adopting(ANSWERS | {"轻重程度": "待定"}, "a1", DAY))
    assert again(path, {"轻重程度": "严重度"}).backup
    world = still_world(DAY)
    daily([path], world, lambda book: desk_at(book, DAY))
    undone = undo(desk_at(path, DAY))
    assert any("没有这些列：严重度；" in note and "capa-xl adopt" in note for note in undone.notes)
    (outcome,) = daily([path], world, lambda book: desk_at(book, DAY))
    assert "现在没有了" not in str(outcome)
    assert verify_history(desk_at(path, DAY)).faults == ()


@pytest.mark.parametrize("fault", [KeyboardInterrupt, sqlite3.OperationalError])
def test_what_could_not_be_put_on_record_after_the_write_the_next_pass_does(tmp_path, monkeypatch, fault):
    """Killed there, or the disk is full: 严重度 went by our own hand, and the pass that records it says so."""
    source, path = tmp_path / "源.xlsx", tmp_path / "表.xlsx"
    source.write_bytes(
        workbook_bytes({"台账": [[*HEAD, "轻重程度"], ["Q1", "标签缺失", "补贴标签", "样例甲", DAY, "进行中", "严重"]]})
    )
    adopt_workbook(source, path, Adopting(ANSWERS | {"轻重程度": "待定"}, "a1", DAY))
    assert again(path, {"轻重程度": "严重度"}).backup

    world = still_world(DAY)
    daily([path], world, lambda book: desk_at(book, DAY))

    def full(*_):
        raise fault

    with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
        patched.setattr("capa_xl.effects.journal_intent.carry_out", full)
        undone = undo(desk_at(path, DAY))
        assert any("下次运行会补记" in note for note in undone.notes)
    (outcome,) = daily([path], world, lambda book: desk_at(book, DAY))
    assert "的 undo 曾被中断：当时已经写入，现在补记；从此没有这些列：严重度；" in outcome.words
    assert "现在没有了" not in outcome.words
    assert verify_history(desk_at(path, DAY)).faults == ()


def test_a_renamed_heading_is_asked_and_the_old_one_is_nobodys_fault(workbook):
    for name in ("9月", "10月"):
        edit = CellEdit(name, "D1", "落实责任人")
        workbook.write_bytes(splice(workbook.read_bytes(), Patch(edits=(edit,))).blob)
    asked = again(workbook)
    assert {one.header: one.proposal for one in asked.found.ask} == {"落实责任人": "责任人"}
    assert again(workbook, {"落实责任人": "责任人"}).is_settled
    assert {action.owners for action in read_register(workbook.read_bytes()).tracker.records} == {("样例甲",)}


def test_a_table_that_nobody_adopted_needs_a_new_file(tmp_path):
    source = tmp_path / "源.xlsx"
    source.write_bytes(workbook_bytes({"9月": [HEAD, *ROWS]}))
    with pytest.raises(UsageError, match="还没有接管过 → 请加 -o"):
        require_adopted(Office().desk(source, DAY))


def test_a_heading_left_open_is_asked_again_until_somebody_answers(tmp_path):
    source, target = tmp_path / "源.xlsx", tmp_path / "表.xlsx"
    more = ["严重", "轻微", "一般"]
    rows = [[f"Q{n}", f"第 {n} 处标签缺失", "补贴标签", "样例甲", DAY, "进行中", word] for n, word in enumerate(more)]
    source.write_bytes(workbook_bytes({"台账": [[*HEAD, "轻重程度"], *rows]}))
    done = adopt_workbook(source, target, Adopting(ANSWERS | {"轻重程度": "待定"}, "a1", DAY))
    assert done.is_written
    assert [one.header for one in done.found.ask] == ["轻重程度"]
    assert [one.header for one in again(target).found.ask] == ["轻重程度"]
    assert "轻重程度" not in read_register(target.read_bytes()).procedure.headings
    settled = again(target, {"轻重程度": "严重度"})
    assert settled.is_settled
    assert settled.found.asked_words == (), "its words are those of people who never saw our list"
    assert again(target).found.ask == ()


def test_a_heading_said_to_be_none_of_ours_is_asked_no_more(tmp_path):
    source, target = tmp_path / "源.xlsx", tmp_path / "表.xlsx"
    rows = [[f"Q{n}", "标签缺失", "补贴标签", "样例甲", DAY, "进行中", word] for n, word in enumerate(["严重", "一般"])]
    source.write_bytes(workbook_bytes({"台账": [[*HEAD, "轻重程度"], *rows]}))
    assert adopt_workbook(source, target, Adopting(ANSWERS | {"轻重程度": ""}, "a1", DAY)).found.ask == ()
    assert again(target).found.ask == ()


def test_what_was_kept_as_none_of_ours_before_is_named_with_the_command_that_takes_it(tmp_path):
    source, target = tmp_path / "源.xlsx", tmp_path / "表.xlsx"
    rows = [
        [f"Q{n}", "标签缺失", "补贴标签", "样例甲", DAY, "进行中", word, "A 线"]
        for n, word in enumerate(["严重", "一般"])
    ]
    source.write_bytes(workbook_bytes({"台账": [[*HEAD, "轻重程度", "产线"], *rows]}))
    adopt_workbook(source, target, Adopting(ANSWERS | {"轻重程度": ""}, "a1", DAY))
    assert [note for note in again(target).found.notes if "自用的列" in note] == [
        "「轻重程度」以前定为（或没有定而留作）自用的列，像 严重度 → 是的话，加 --map 轻重程度=严重度"
    ]
    settled = again(target, {"轻重程度": "严重度"})
    assert [note for note in settled.found.notes if "自用的列" in note] == []
