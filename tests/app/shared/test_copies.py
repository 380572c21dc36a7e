"""Copies of one workbook in a run: one is served, whichever order they are named in, and the others are named."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from capa_xl.app.shared.copies import identity_task, told_apart
from capa_xl.app.shared.first_steps import first_steps
from capa_xl.app.shared.last_pass import remember_end
from capa_xl.app.shared.served import BROKEN, Served
from capa_xl.app.shared.workbook_list import GroupTask, Listed
from capa_xl.app.use_cases.check import check_workbook
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.app.use_cases.todo import todo
from capa_xl.app.use_cases.undo import undo
from capa_xl.app.use_cases.year_end import end_year
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.splice import splice
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from tests.app.desks import desk_at
from tests.app.office import DAY, SETTINGS, TRACKER, Office, workbook
from tests.app.small_year import ARCHIVE, BEFORE, SHEET, small_year
from tests.app.small_year import DAY as YEAR_DAY
from tests.tables import workbook_bytes

NEXT = DAY + timedelta(days=1)


def apart(*paths: Path, named: tuple[Path, ...] = ()):
    """(the copies, the notes)."""
    tasks = [GroupTask(Listed(path, path in named), lambda path: desk_at(path, DAY)) for path in paths]
    found = told_apart(tasks, [identity_task(task) for task in tasks])
    return {one.workbook: one for one in found.copies.values()}, found.notes


def copy_of(path: Path, name: str) -> Path:
    target = path.parent / name
    target.parent.mkdir(exist_ok=True)
    return Path(shutil.copy(path, target))


def letters(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.eml"))


def test_the_shorter_name_is_served_whatever_the_order_and_the_copy_says_so(tmp_path):
    first = workbook(tmp_path / "跟踪表.xlsx")
    second = copy_of(first, "跟踪表 - 副本.xlsx")
    for order in ((first, second), (second, first)):
        copies, notes = apart(*order)
        assert (list(copies), notes) == ([second], ())
    copy = copies[second]
    assert (copy.outcome, copy.exit_code) == ("copy", 0)
    assert "与「跟踪表.xlsx」是同一本的副本（工作簿标识同为 W1，1 行相同）" in copy.words


def test_the_one_that_was_served_before_goes_on_being_served(tmp_path):
    served = workbook(tmp_path / "公司的跟踪表.xlsx")
    Office().daily(served)
    newer = copy_of(served, "表.xlsx")
    assert list(apart(served, newer)[0]) == [newer]


def test_the_one_that_people_named_is_served_and_a_named_copy_fails(tmp_path):
    first = workbook(tmp_path / "表.xlsx")
    second = copy_of(first, "甲/表二.xlsx")
    assert list(apart(first, second, named=(second,))[0]) == [first]
    copies, _ = apart(first, second, named=(first, second))
    assert {path: one.exit_code for path, one in copies.items()} == {second: 20}


def test_a_copy_that_was_worked_in_since_is_one_still(tmp_path):
    first = workbook(tmp_path / "表.xlsx")
    more = TRACKER + "    GJ-02  换网线    样例甲  网络部    2026-01-05  2026-04-30\n"
    second = workbook(tmp_path / "乙/表 (2).xlsx", more)
    assert list(apart(first, second)[0]) == [second]


def test_workbooks_that_share_the_id_alone_are_all_served_and_named(tmp_path):
    first = workbook(tmp_path / "甲/表.xlsx")
    second = workbook(tmp_path / "乙/表.xlsx", TRACKER.replace("换硬盘", "换主机"))
    copies, (note,) = apart(first, second)
    assert copies == {}
    assert note.startswith("工作簿标识 W1 不止一本在用：乙/表.xlsx、甲/表.xlsx，内容不同，各自处理")


def test_other_ids_no_id_and_what_cannot_be_read_are_no_copies(tmp_path):
    other = workbook(tmp_path / "乙.xlsx", 参数=SETTINGS.replace("W1", "W2"))
    without = [workbook(tmp_path / f"{name}.xlsx", 参数="") for name in "丙丁"]
    broken = tmp_path / "戊.xlsx"
    broken.write_bytes(b"")
    assert apart(workbook(tmp_path / "甲.xlsx"), other, *without, broken) == ({}, ())


def naming_past(path: Path, name: str) -> Path:
    return workbook(path, 参数=SETTINGS + f"    上年工作簿  {name}\n")


def test_a_year_that_another_workbook_of_the_run_names_is_left_out_and_fails_where_people_named_it(tmp_path):
    past = workbook(tmp_path / "2025.xlsx", TRACKER.replace("GJ-01", "GJ-00"), 参数=SETTINGS.replace("W1", "W2"))
    now = naming_past(tmp_path / "表.xlsx", "2025.xlsx")
    for named, code in (((), 0), ((past,), 20)):
        left_out, notes = apart(past, now, named=named)
        assert notes == ()
        ((path, one),) = left_out.items()
        assert (path, one.outcome, one.exit_code) == (past, "archive", code)
        assert one.words.startswith("「2025.xlsx」是年度归档")


def test_a_workbook_of_the_archives_name_in_another_folder_is_in_use(tmp_path):
    other = workbook(tmp_path / "乙/2025.xlsx", 参数=SETTINGS.replace("W1", "W2"))
    assert apart(other, naming_past(tmp_path / "表.xlsx", "2025.xlsx")) == ({}, ())


def test_two_workbooks_that_name_each_other_are_both_in_use(tmp_path):
    first = naming_past(tmp_path / "甲.xlsx", "乙.xlsx")
    settings = SETTINGS.replace("W1", "W2") + "    上年工作簿  甲.xlsx\n"
    assert apart(first, workbook(tmp_path / "乙.xlsx", 参数=settings)) == ({}, ())


def moved_archive(tmp_path: Path, workbook_id: str = "") -> tuple[Path, Path]:
    """(the workbook in use after a year-end, its archive under another name in a folder below)."""
    live, moved = tmp_path / "表.xlsx", tmp_path / "归档" / "旧.xlsx"
    live.write_bytes(small_year(workbook_id))
    assert end_year(desk_at(live, YEAR_DAY), BEFORE, tmp_path / ARCHIVE, apply=True).written
    moved.parent.mkdir()
    (tmp_path / ARCHIVE).rename(moved)
    return live, moved


def test_an_archive_that_was_moved_and_renamed_is_no_copy_to_be_deleted(tmp_path):
    live, moved = moved_archive(tmp_path)
    copies, notes = apart(live, moved)
    assert ([(path, one.outcome) for path, one in copies.items()], notes) == ([(moved, "archive")], ())
    assert copies[moved].words == (
        f"就是归档「{ARCHIVE}」，移动过或改了名，不再提醒和回写，也没有计入 → "
        f"不要删除：把它放回「表.xlsx」所在的文件夹、改回原名「{ARCHIVE}」，或在那一本的《参数》“上年工作簿”里把「{ARCHIVE}」改成「归档/旧.xlsx」"
    )
    shutil.copy(moved, tmp_path / ARCHIVE)
    assert "的另一份" in apart(live, moved)[0][moved].words


@pytest.mark.parametrize("is_undone", [False, True])
@pytest.mark.parametrize("beside", ["another company's", "the archive saved again"])
def test_whatever_lies_beside_the_workbook_in_use_is_served_and_the_archive_in_its_place_is_kept(
    tmp_path, beside, is_undone
):
    """The folder has one journal, so every file in it lies beside the record of the year-end."""
    live, archive, other = tmp_path / "表.xlsx", tmp_path / ARCHIVE, tmp_path / "网络公司.xlsx"
    live.write_bytes(small_year("W1"))
    end_year(desk_at(live, YEAR_DAY), BEFORE, archive, apply=True)
    if is_undone:
        undo(desk_at(live, YEAR_DAY))
        assert live.read_bytes() == archive.read_bytes()
    saved = splice(archive.read_bytes(), Patch(edits=(CellEdit(SHEET, "C3", "换了电源"),))).blob
    other.write_bytes(saved if beside == "the archive saved again" else small_year("W2"))
    left_out, _ = apart(live, archive, other)
    assert live not in left_out
    assert left_out[archive].words.startswith(f"「{ARCHIVE}」是年度归档")
    moved = copy_of(archive, "旧/归档.xlsx")
    words = apart(live, archive, other, moved)[0][moved].words  # a copy of the workbook in use, where that equals it
    assert "的另一份" in words or (is_undone and "同一本的副本" in words)


@pytest.mark.parametrize("years", ["归档/旧.xlsx、审核.xlsx", "归档/旧.xlsx"])
def test_an_archive_that_the_workbook_in_use_names_where_it_lies_is_in_its_place_whatever_lies_beside(tmp_path, years):
    """An archive saved again, or a copy from before 参数 was changed, names the old place still."""
    live, moved = moved_archive(tmp_path, "W1")
    other = copy_of(live, "审核.xlsx")
    assert f"不要删除：把它放回「{live.name}」" in apart(live, moved, other)[0][moved].words
    live.write_bytes(splice(live.read_bytes(), Patch(edits=(CellEdit("参数", "B4", years),))).blob)
    left_out, _ = apart(live, moved, other)
    assert set(left_out) == {moved, other}
    assert left_out[moved].words.startswith(f"「{moved.name}」是年度归档")


def test_an_archive_that_was_moved_and_saved_since_is_said_to_be_perhaps_that_one(tmp_path):
    live, moved = moved_archive(tmp_path, "W1")
    moved.write_bytes(splice(moved.read_bytes(), Patch(edits=(CellEdit(SHEET, "B3", "电源告警三次"),))).blob)
    copies, _ = apart(live, moved)
    assert copies[moved].outcome == "copy"
    assert f"也可能就是「表.xlsx」读不到的年度归档「{ARCHIVE}」 → 先打开看：是归档的，不要删除" in copies[moved].words


def test_a_daily_pass_over_a_workbook_and_its_copy_writes_each_person_once(tmp_path):
    first = workbook(tmp_path / "表.xlsx")
    second = copy_of(first, "别处/表 (1).xlsx")
    before = second.read_bytes()
    passes = Office().daily(second, first)
    assert [(one.workbook.name, one.outcome, one.exit_code) for one in passes] == [
        ("表 (1).xlsx", "copy", 20),
        ("表.xlsx", "served", 0),
    ]
    assert len(letters(tmp_path)) == 2
    assert (second.read_bytes(), list(second.parent.iterdir())) == (before, [second])


def test_a_copy_that_is_served_alone_beside_the_original_sends_nothing_again_and_says_so(tmp_path):
    first = workbook(tmp_path / "表.xlsx")
    Office().daily(first)
    sent = letters(tmp_path)
    (one,) = Office().daily(copy_of(first, "表 - 副本.xlsx"))
    assert (letters(tmp_path), one.sent) == (sent, 0)
    assert one.words.startswith("旁边的「表.xlsx」工作簿标识也是 W1，两本记在同一本台账里")
    copy = desk_at(tmp_path / "表 - 副本.xlsx", DAY)
    said = refresh(copy).notes
    assert "旁边的「表.xlsx」工作簿标识也是 W1" in said[0]
    assert said[0] in check_workbook(copy).beside
    assert todo(copy, "网络部").notes == (said[0],)
    (step,) = (one for one in first_steps(desk_at(first, DAY)) if one.what == "副本")
    assert step.is_trouble and "旁边的「表 - 副本.xlsx」" in step.words
    (renamed,) = Office().daily(first.rename(tmp_path / "新表.xlsx"))
    assert "旁边的「表 - 副本.xlsx」" in renamed.words and "表.xlsx、" not in renamed.words


def test_doctor_tells_of_a_workbook_that_shares_its_record_its_own_passes_alone(tmp_path):
    """The journal has the days of both under one id."""
    first = workbook(tmp_path / "表.xlsx")
    second = copy_of(first, "表 - 副本.xlsx")
    Office().daily(second)
    failed = Served(second, BROKEN, 20, ("没有做完",))
    remember_end(desk_at(second, DAY), failed)
    Office().daily(first, on=NEXT)
    assert last_told(first) == f"最近一次 {NEXT}"
    assert last_told(second).startswith(f"最近一次 {DAY}，") and "没有做完" in last_told(second)


def last_told(path: Path) -> str:
    return next(step.words for step in first_steps(desk_at(path, NEXT)) if step.what == "每天运行")


def test_of_an_archived_year_doctor_tells_no_pass_of_the_workbook_that_followed(tmp_path):
    live, archive = tmp_path / "表.xlsx", tmp_path / ARCHIVE
    live.write_bytes(small_year("Y1"))
    end_year(desk_at(live, YEAR_DAY), BEFORE, archive, apply=True)
    Office().daily(live, on=YEAR_DAY)
    (step,) = (one for one in first_steps(desk_at(archive, YEAR_DAY)) if one.what == "每天运行")
    assert step.is_done and step.words.startswith(f"「{ARCHIVE}」是年度归档")


def test_a_workbook_that_was_renamed_is_no_second_one(tmp_path):
    first = workbook(tmp_path / "表.xlsx")
    Office().daily(first)
    (one,) = Office().daily(first.rename(tmp_path / "新表.xlsx"))
    assert "旁边的" not in one.words


HEADS = ["编号", "存在问题", "整改措施", "责任人", "完成期限", "楼层"]


def old_table(path: Path, heads=HEADS) -> Path:
    rows = [[f"YH{n}", "配电箱无门", "加装箱门", "样例甲", date(2026, 11, n), "三层"] for n in (1, 2, 3)]
    path.write_bytes(workbook_bytes({"隐患": [["隐患台账", *[""] * 5], heads, *rows]}))
    return path


def adopted(old: Path, name: str) -> Path:
    path = old.parent / name
    path.write_bytes(adopt(old.read_bytes(), Adopting({}, "A1", DAY))[0])
    return path


def test_a_table_beside_the_workbook_it_was_adopted_into_is_not_to_be_adopted_again(tmp_path):
    old = old_table(tmp_path / "老表.xlsx")
    new = adopted(old, "新表.xlsx")
    other = old_table(tmp_path / "别的.xlsx", [*HEADS[:5], "车间"])
    ((path, one),) = apart(old, new, other)[0].items()
    assert (path, one.outcome, one.exit_code) == (old, "not_a_tracker", 0)
    assert one.words == (
        "《隐患》已接管为同一文件夹里的「新表.xlsx」，以「新表.xlsx」为准，没有处理也没有计入"
        " → 不用再接管；「老表.xlsx」可移走存档"
    )
    assert apart(old, new, named=(old,)) == ({}, ())  # somebody asks about this very file
    assert apart(old, copy_of(new, "乙/新表.xlsx"), other) == ({}, ())  # adopted elsewhere
