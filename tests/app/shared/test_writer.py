"""The one writer under injected faults: workbook, journal and answer say the same, whatever stops it and when."""

from __future__ import annotations

import importlib
import json
import sqlite3
from datetime import date

import pytest

from capa_xl.app.shared import writer
from capa_xl.app.shared.fixing import apply_fixes
from capa_xl.app.use_cases.check import check_workbook
from capa_xl.app.use_cases.patch import patch_file
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.app.use_cases.undo import undo
from capa_xl.effects.journal import FILE_NAME, copy_journal
from capa_xl.effects.journal_undo import last_applied
from capa_xl.errors import CapaError, JournalUnusable, UnreadableWorkbook, UnsafeWrite, WorkbookChanged
from capa_xl.ooxml.container import read_container
from tests.app.desks import desk_at, still_world
from tests.ooxml.every_cell import cells_of
from tests.tables import workbook_bytes

DAY, NEXT_DAY = date(2026, 11, 22), date(2026, 11, 23)
TRACKER = [
    ["编号", "问题描述", "责任人", "完成期限", "〔自动〕状态"],
    ["GJ-2026-001", "值班电话漏接三次", "张 三", date(2026, 3, 31), ""],
    ["GJ-2026-002", "备件台账与实物不符", "李四", date(2026, 5, 1), ""],
]
PARAMETERS = [["参数", "值"], ["工作簿标识", "W1"]]


class Killed(BaseException):
    """The process is gone: nothing that stands after this moment is done."""


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER, "参数": PARAMETERS}))
    return path


def run_refresh(path, day=DAY):
    return refresh(desk_at(path, day))


def run_apply(path, day=DAY):
    return apply_fixes(desk_at(path, day))


def run_undo(path, day=DAY):
    return undo(desk_at(path, day))


def run_patch(path, day=DAY):
    return patch(desk_at(path, day))


def patch(desk):
    edits = json.dumps([{"sheet": "改进计划跟踪表", "cell": "B2", "value": "新"}]).encode()
    return patch_file(desk, edits, desk.workbook)


COMMANDS = pytest.mark.parametrize("run", [run_refresh, run_apply, run_undo, run_patch])


def ready_for(run, path):
    """What a command needs to have something to write."""
    if run is run_undo:
        run_apply(path)


def killed_before(monkeypatch, name):
    """The run is killed just before it would call a function of the writer's."""

    def die(*arguments, **options):
        raise Killed

    monkeypatch.setattr(writer, name, die)


def killed_after(monkeypatch, name):
    real = getattr(writer, name)

    def die(*arguments, **options):
        real(*arguments, **options)
        raise Killed

    monkeypatch.setattr(writer, name, die)


def on_record(path):
    """(intents left, runs, the `--apply` that stands) of a workbook's journal."""
    with copy_journal(path.parent / ".capa_xl") as conn:
        intents = conn.execute("SELECT count(*) FROM intent").fetchone()[0]
        runs = [command for (command,) in conn.execute("SELECT command FROM run ORDER BY serial")]
        return intents, runs, last_applied(conn, "W1") is not None


def texts(path):
    return {at: value for (sheet, at), value in cells_of(path.read_bytes()).items() if sheet == "改进计划跟踪表"}


DONE = {
    run_refresh: (0, ["refresh"], False),
    run_apply: (0, [], True),
    run_undo: (0, [], False),
    run_patch: (0, ["patch"], False),
}
STANDS_STILL = {run_refresh: False, run_apply: False, run_undo: True, run_patch: False}
"""Whether an `--apply` stands when the command was killed before it did anything."""


@COMMANDS
def test_a_write_that_comes_to_its_end_leaves_no_intent(book, run):
    ready_for(run, book)
    before = book.read_bytes()
    done = run(book)
    assert book.read_bytes() != before
    assert (on_record(book), done.notes if hasattr(done, "notes") else ()) == (DONE[run], ())


@COMMANDS
def test_killed_between_swap_and_record_it_is_recorded_by_the_next_run(book, monkeypatch, run):
    ready_for(run, book)
    before = book.read_bytes()
    with monkeypatch.context() as patching, pytest.raises(Killed):
        killed_before(patching, "recorded_as_done")
        run(book)
    assert book.read_bytes() != before
    assert on_record(book)[0] == 1
    done = run_refresh(book, NEXT_DAY)
    assert [note for note in done.notes if "曾被中断" in note] == [note for note in done.notes if "补记" in note] != []
    intents, runs, applied = on_record(book)
    assert (intents, runs[: len(DONE[run][1])], applied) == DONE[run]


@COMMANDS
def test_killed_between_intent_and_swap_nothing_was_done_and_the_next_run_says_so(book, monkeypatch, run):
    ready_for(run, book)
    before = book.read_bytes()
    with monkeypatch.context() as patching, pytest.raises(Killed):
        killed_before(patching, "replace_file")
        run(book)
    assert book.read_bytes() == before
    assert on_record(book)[0] == 1
    done = run_refresh(book, NEXT_DAY)
    assert any("当时没有写入" in note for note in done.notes)
    intents, runs, applied = on_record(book)
    assert (intents, [command for command in runs if command != "refresh"], applied) == (0, [], STANDS_STILL[run])


def test_an_apply_killed_before_its_record_can_be_undone(book, monkeypatch):
    before = texts(book)
    with monkeypatch.context() as patching, pytest.raises(Killed):
        killed_after(patching, "replace_file")
        run_apply(book)
    assert texts(book)["C2"] == "张三"
    done = run_undo(book)
    assert [edit.cell for edit in done.edits] == ["C2"]
    assert texts(book) == before


def test_a_journal_that_can_not_take_the_intent_refuses_and_leaves_the_workbook(book, monkeypatch):
    before = book.read_bytes()

    def full(*arguments, **options):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(writer, "declare", full)
    with pytest.raises(JournalUnusable):
        run_apply(book)
    assert book.read_bytes() == before


def test_a_journal_that_can_not_take_the_record_refuses_nothing_any_more_and_catches_up(book, monkeypatch):
    with monkeypatch.context() as patching:
        patching.setattr(writer, "recorded_as_done", lambda *_: False)
        done = run_apply(book)
    assert (done.written, done.notes) == (True, (writer.RECORD_IS_LATE,))
    assert texts(book)["C2"] == "张三"
    assert len(run_undo(book).edits) == 1


@pytest.mark.parametrize(
    ("step", "trouble"),
    [
        ("capa_xl.effects.files.prune_backups", OSError(5, "Input/output error")),
        ("capa_xl.app.shared.sole_run.settle", OSError(5, "Input/output error")),
        ("capa_xl.app.shared.sole_run.settle", UnsafeWrite("读不出来")),
        ("capa_xl.app.shared.workbook_journal.withdraw_journal", OSError(5, "Input/output error")),
        ("capa_xl.app.shared.workbook_journal.withdraw_journal", JournalUnusable("打不开")),
    ],
)
def test_what_only_tidies_up_after_the_swap_refuses_nothing(book, monkeypatch, step, trouble):
    module, name = step.rsplit(".", 1)
    done = getattr(importlib.import_module(module), name)

    def broken(*args):
        if has_swapped:
            raise trouble
        return done(*args)

    has_swapped = []
    swap = writer.replace_file
    monkeypatch.setattr(writer, "replace_file", lambda *args: has_swapped.append(1) or swap(*args))
    monkeypatch.setattr(step, broken)
    before = book.read_bytes()
    assert run_apply(book).written and book.read_bytes() != before


def test_after_a_kill_and_a_later_save_a_repair_can_still_be_undone_where_it_stands(book, monkeypatch):
    with monkeypatch.context() as patching, pytest.raises(Killed):
        killed_after(patching, "replace_file")
        run_apply(book)
    repaired = [*TRACKER[1][:2], "张三", *TRACKER[1][3:]]
    book.write_bytes(workbook_bytes({"改进计划跟踪表": [TRACKER[0], repaired], "参数": PARAMETERS}))
    done = run_undo(book)
    assert [edit.cell for edit in done.edits] == ["C2"]
    assert any("无法判断" in note for note in done.notes)
    assert texts(book)["C2"] == "张 三"


def test_after_a_kill_and_a_later_save_nobody_is_said_to_have_edited_our_cells(book, monkeypatch):
    with monkeypatch.context() as patching, pytest.raises(Killed):
        killed_before(patching, "recorded_as_done")
        run_refresh(book)
    edited = book.read_bytes()
    patched = json.dumps([{"sheet": "改进计划跟踪表", "cell": "B3", "value": "后来改的"}]).encode()
    other = book.with_name("另存.xlsx")
    patch_file(desk_at(book, DAY), patched, other)
    other.replace(book)
    assert book.read_bytes() != edited
    assert "WB07" not in {problem.rule for problem in check_workbook(desk_at(book, NEXT_DAY)).checked.problems}


def test_a_save_during_planning_is_planned_afresh_and_said(book, monkeypatch):
    real, row = writer.declare, ["GJ-2026-003", "又一条", "王五", date(2026, 6, 1), ""]
    saves = iter([workbook_bytes({"改进计划跟踪表": [*TRACKER, row], "参数": PARAMETERS})])

    def declare(*arguments):
        for blob in saves:
            book.write_bytes(blob)
            break
        return real(*arguments)

    monkeypatch.setattr(writer, "declare", declare)
    done = run_refresh(book)
    assert done.notes == ("处理期间工作簿被保存了 1 次，已按最新内容重新计算",)
    assert (texts(book)["B4"], bool(texts(book)["E4"]), on_record(book)[0]) == ("又一条", True, 0)


def test_a_workbook_saved_at_every_attempt_is_left_as_it_was_saved_and_no_intent_stays(book, monkeypatch):
    real, count = writer.declare, iter(range(100))

    def declare(*arguments):
        row = ["GJ-2026-003", f"第 {next(count)} 次保存", "王五", date(2026, 6, 1), ""]
        book.write_bytes(workbook_bytes({"改进计划跟踪表": [*TRACKER, row], "参数": PARAMETERS}))
        return real(*arguments)

    monkeypatch.setattr(writer, "declare", declare)
    with pytest.raises(WorkbookChanged, match="试了 10 次"):
        run_refresh(book)
    assert texts(book)["B4"] == "第 9 次保存"
    assert not (book.parent / ".capa_xl" / FILE_NAME).exists() or on_record(book)[0] == 0


def test_patch_in_place_keeps_to_the_state_folder_of_the_settings(book, tmp_path):
    (tmp_path / "capa_xl.toml").write_text('[paths]\nstate = "elsewhere"\n', encoding="utf-8")
    from capa_xl.app.shared.desk import desk_for
    from capa_xl.model.as_of import AsOf
    from tests.app.desks import still_world

    desk = desk_for(book, AsOf(DAY, DAY), still_world(DAY))
    edits = json.dumps([{"sheet": "改进计划跟踪表", "cell": "B2", "value": "新"}]).encode()
    done = patch_file(desk, edits, book)
    assert done.backup.parent == tmp_path / "elsewhere" / "backups"
    with copy_journal(desk.state) as conn:
        assert conn.execute("SELECT command FROM run").fetchall() == [("patch",)]
    assert not (tmp_path / ".capa_xl").exists()


def test_two_workbooks_of_one_folder_do_not_settle_each_others_intents(book, monkeypatch):
    twin = book.with_name("副本.xlsx")
    twin.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER[:2], "参数": PARAMETERS}))
    with monkeypatch.context() as patching, pytest.raises(Killed):
        killed_before(patching, "recorded_as_done")
        run_apply(book)
    run_refresh(twin)
    assert on_record(book)[0] == 1


@COMMANDS
def test_a_refused_write_leaves_no_intent_and_no_journal_it_was_the_first_to_open(book, monkeypatch, run):
    def refuse(*arguments, **options):
        raise CapaError("nein")

    ready_for(run, book)
    monkeypatch.setattr(writer, "replace_file", refuse)
    with pytest.raises(CapaError, match="nein"):
        run(book)
    if run is run_undo:
        assert on_record(book) == (0, [], True)
    else:
        assert [entry.name for entry in book.parent.iterdir()] == ["跟踪表.xlsx"]


def late_save(book, stream):
    """What a program writes that read the workbook before the refresh, and has the old file open still."""
    rows = [[*TRACKER[0]], *([row[0], "晚到的保存", *row[2:]] for row in TRACKER[1:])]
    stream.write(workbook_bytes({"改进计划跟踪表": rows, "参数": PARAMETERS}))
    stream.truncate()
    stream.close()


def test_a_save_that_comes_late_into_the_old_file_is_in_the_workbook_when_the_run_ends(book, monkeypatch):
    stream, real = book.open("r+b"), writer.recorded_as_done

    def recorded(*arguments):
        late_save(book, stream)
        return real(*arguments)

    monkeypatch.setattr(writer, "recorded_as_done", recorded)
    done = run_refresh(book)
    assert any("保存的内容已放回工作簿" in note for note in done.notes)
    assert texts(book)["B2"] == "晚到的保存"


def test_of_a_late_save_nobody_is_said_to_have_edited_our_cells(book):
    stream = book.open("r+b")
    run_refresh(book)
    late_save(book, stream)
    done = run_refresh(book, NEXT_DAY)
    assert any("保存的内容已放回工作簿" in note for note in done.notes)
    assert (texts(book)["B2"], bool(texts(book)["E2"])) == ("晚到的保存", True)
    assert "WB07" not in {problem.rule for problem in check_workbook(desk_at(book, NEXT_DAY)).checked.problems}


def with_damaged_styles(blob):
    """Its styles can't be unpacked: reading the cells doesn't need them, writing dates does."""
    member = next(member for member in read_container(blob).members if member.name == "xl/styles.xml")
    half = member.data_at + member.packed_size // 2
    return blob[:half] + bytes(10) + blob[half + 10 :]


@pytest.mark.parametrize("run", [refresh, apply_fixes, patch])
def test_a_workbook_half_saved_in_parts_that_only_the_plan_reads_is_planned_again_once_it_is_whole(book, run):
    whole = book.read_bytes()
    book.write_bytes(with_damaged_styles(whole))
    pauses = []

    def saved_in_the_pause(seconds):
        pauses.append(seconds)
        if len(pauses) == 1:
            book.write_bytes(whole)

    desk = desk_at(book, DAY, world=still_world(DAY, saved_in_the_pause))
    done = run(desk)
    assert pauses
    assert done.backup is not None
    assert book.read_bytes() != whole


@pytest.mark.parametrize("run", [run_refresh, run_apply, run_patch])
def test_a_workbook_damaged_in_parts_that_only_the_plan_reads_is_said_to_be(book, run):
    damaged = with_damaged_styles(book.read_bytes())
    book.write_bytes(damaged)
    with pytest.raises(UnreadableWorkbook, match="已损坏"):
        run(book)
    assert book.read_bytes() == damaged


@pytest.mark.parametrize("run", [refresh, apply_fixes, patch])
def test_a_save_by_deleting_and_creating_is_planned_afresh_when_the_swap_falls_between_the_two(book, monkeypatch, run):
    real, saved = writer.declare, workbook_bytes({"改进计划跟踪表": [*TRACKER, TRACKER[1]], "参数": PARAMETERS})

    def declared(*arguments):
        monkeypatch.undo()
        book.unlink()
        return real(*arguments)

    monkeypatch.setattr(writer, "declare", declared)
    done = run(desk_at(book, DAY, world=still_world(DAY, lambda _seconds: book.write_bytes(saved))))
    assert texts(book)["A4"] == "GJ-2026-001"
    assert (done.backup.read_bytes(), on_record(book)[0]) == (saved, 0)


def test_a_workbook_that_was_taken_away_for_good_is_missed_and_no_intent_stays(book, monkeypatch):
    real = writer.declare

    def declared(*arguments):
        book.unlink(missing_ok=True)
        return real(*arguments)

    monkeypatch.setattr(writer, "declare", declared)
    with pytest.raises(UnreadableWorkbook, match="找不到文件"):
        run_refresh(book)
    assert [entry.name for entry in book.parent.iterdir()] == []
