"""refresh as a whole: what it writes, and what it leaves on disk when it can't go on."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, timedelta
from pathlib import Path, PosixPath, WindowsPath
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from msgspec.structs import replace

from capa_xl.app.shared.refresh_plan import Refreshed
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.effects.journal import is_there
from capa_xl.effects.run_lock import only_run
from capa_xl.errors import CapaError, NotATracker, UnsafeWrite, WorkbookChanged, WorkbookLocked
from capa_xl.model.as_of import AsOf
from capa_xl.model.command_line import to_paste
from capa_xl.ooxml import workbook_values
from capa_xl.ooxml.container import Container
from capa_xl.ooxml.sheet_scan import read_sheet
from capa_xl.reports.refresh_text import refresh_lines
from tests.app.desks import desk_at
from tests.made_workbooks import sample
from tests.tables import workbook_bytes

DAY = date(2026, 6, 1)
TRACKER = """
    编号         问题描述        责任人  完成期限    〔自动〕状态
    GJ-2026-001  值班漏接三次    样例甲  2026-07-01
"""


def refreshed(path: Path) -> Refreshed:
    """One refresh as of DAY."""
    return refresh(desk_at(path, DAY))


def tracker_file(folder: Path, **options: object) -> Path:
    """A workbook with one action in the folder."""
    path = folder / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER}, **options))  # type: ignore[arg-type]
    return path


def unwritable(path: Path) -> Path:
    """The same workbook, made one that is shared with a log of revisions."""
    with ZipFile(path) as book:
        members = {name: book.read(name) for name in book.namelist()}
    rels = members["xl/_rels/workbook.xml.rels"]
    log = b'<Relationship Id="rId99" Type="http://x/revisionHeaders" Target="revisions/revisionHeaders.xml"/>'
    members["xl/_rels/workbook.xml.rels"] = rels.replace(b"</Relationships>", log + b"</Relationships>")
    with ZipFile(path, "w") as book:
        for name, content in {**members, "xl/revisions/revisionHeaders.xml": b"<headers/>"}.items():
            book.writestr(name, content)
    return path


def test_a_refused_refresh_leaves_the_folder_as_it_was(tmp_path):
    path = unwritable(tracker_file(tmp_path))
    before = path.read_bytes()
    with pytest.raises(CapaError):
        refreshed(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["跟踪表.xlsx"]


def test_a_backup_is_left_as_it_is_and_gets_no_state_of_its_own(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER}))
    backup = refreshed(path).backup
    before = backup.read_bytes()
    with pytest.raises(
        NotATracker, match=r"是改前备份，要留着原样，不提醒，不回写，也不出文件 → 要用回这一版，先把它复制到"
    ):
        refreshed(backup)
    assert backup.read_bytes() == before
    assert [one.name for one in backup.parent.iterdir()] == [backup.name]


def test_a_refusal_keeps_the_journal_of_earlier_runs(tmp_path):
    refreshed(tracker_file(tmp_path))
    path = unwritable(tracker_file(tmp_path))
    with pytest.raises(CapaError):
        refreshed(path)
    assert is_there(tmp_path / ".capa_xl")


def test_a_quarantined_row_keeps_its_status_and_problem_count_only(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    table = """
        编号   问题描述      责任人  完成期限  〔自动〕状态  〔自动〕逾期天数  〔自动〕校验问题数  〔自动〕更新时间
        GJ-01  值班漏接三次  样例甲  月底      实施中        9                 0                   2026-05-05
    """
    path.write_bytes(workbook_bytes({"改进计划跟踪表": table}))
    changes = {change.at: change.after for change in refreshed(path).changes}
    assert changes == {"E2": "待更正", "F2": None, "G2": 1, "H2": None}
    assert len(refreshed(path).changes) == 0


def test_a_formula_in_the_update_column_is_left_alone(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    table = """
        编号         问题描述        责任人  完成期限    〔自动〕状态  〔自动〕更新时间
        GJ-2026-001  值班漏接三次    样例甲  2026-07-01  待策划        =TODAY()
    """
    path.write_bytes(workbook_bytes({"改进计划跟踪表": table}))
    assert [change.at for change in refreshed(path).changes] == ["E2"]


def test_a_cell_of_ours_in_a_merge_is_left_alone_and_named(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    table = """
        编号         问题描述        责任人  完成期限    〔自动〕状态  〔自动〕距期限天数
        GJ-2026-001  值班漏接三次    样例甲  2026-07-01
        GJ-2026-002  机柜门未锁      样例甲  2026-07-02
    """
    path.write_bytes(workbook_bytes({"改进计划跟踪表": table}, merged={"改进计划跟踪表": ["E2:E3"]}))
    done = refreshed(path)
    assert [change.at for change in done.changes] == ["E2", "F2", "F3"]
    (problem,) = [problem for problem in done.judged.checked.problems if problem.rule == "WB07"]
    assert (problem.cell, "合并单元格" in problem.message) == ("E3", True)
    assert len(refreshed(path).changes) == 0


def test_a_cell_of_ours_in_an_array_formula_is_left_alone(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("改进计划跟踪表")
    rows = (
        ("编号", "问题描述", "责任人", "完成期限", "〔自动〕状态"),
        ("A1", "甲", "乙", "2026-07-01"),
        ("A2", "甲", "乙", "2026-07-01"),
    )
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    sheet.write_array_formula("E2:E3", "{=D2:D3}")
    book.close()
    done = refreshed(path)
    assert len(done.changes) == 0
    assert [p.cell for p in done.judged.checked.problems if p.rule == "WB07"] == ["E2", "E3"]


class Restless(PosixPath if os.name == "posix" else WindowsPath):
    """A file that somebody saves each time it is looked up."""

    def resolve(self, strict=False):
        """The path, one save later."""
        self.write_bytes(self.read_bytes() + b"\0")
        return Path(super().resolve(strict))


def test_a_workbook_that_keeps_changing_leaves_no_journal(tmp_path):
    with pytest.raises(WorkbookChanged):
        refreshed(Restless(tracker_file(tmp_path)))
    assert [entry.name for entry in tmp_path.iterdir()] == ["跟踪表.xlsx"]


def test_a_state_folder_that_cannot_be_made_is_said_in_chinese(tmp_path):
    path = tracker_file(tmp_path)
    before = path.read_bytes()
    (tmp_path / ".capa_xl").write_text("a file in its place")
    with pytest.raises(UnsafeWrite, match="有一个同名的文件"):
        refreshed(path)
    assert path.read_bytes() == before


def members(path: Path) -> dict[str, bytes]:
    """The workbook's members, unpacked."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_second_run_has_nothing_to_do(tmp_path):
    path = tracker_file(tmp_path)
    first = refreshed(path)
    assert [(change.at, change.before, change.after) for change in first.changes] == [("E2", None, "实施中")]
    assert first.written and first.backup is not None
    settled = path.read_bytes()
    second = refreshed(path)
    assert (len(second.changes), second.written, second.backup) == (0, False, None)
    assert path.read_bytes() == settled


def test_every_other_member_of_the_file_stays_byte_for_byte(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER, "我的便签": [["别动我"]]}))
    before = members(path)
    backup = refreshed(path).backup
    after = members(path)
    assert list(after) == list(before)
    assert [name for name in after if after[name] != before[name]] == ["xl/worksheets/sheet1.xml"]
    assert backup is not None and members(backup) == before


def test_check_only_shows_the_patch_and_makes_nothing(tmp_path):
    path = tracker_file(tmp_path)
    before = path.read_bytes()
    planned = refresh(desk_at(path, DAY), check_only=True)
    assert [change.at for change in planned.changes] == ["E2"]
    assert (planned.written, planned.backup) == (False, None)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["跟踪表.xlsx"]
    assert refreshed(path).changes == planned.changes


def test_a_plain_table_is_judged_and_left_as_it_is(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    table = """
        序号  问题描述      原因分析  措施内容  责任部门  责任人  完成期限    完成情况
        1     值班漏接三次  无排班    排班      网络部    样例甲  2026-05-01
    """
    path.write_bytes(workbook_bytes({"改进计划跟踪表": table}))
    before = path.read_bytes()
    done = refreshed(path)
    assert (done.adopted, done.written, len(done.changes)) == (False, False, 0)
    assert [derived.number for derived in done.derived] == ["1"]
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["跟踪表.xlsx"]


class Hasty(PosixPath if os.name == "posix" else WindowsPath):
    """A file that somebody saves once, with another due date, while it is being worked on."""

    def resolve(self, strict=False):
        """The path; the first time, one save later."""
        mark = self.with_name("saved")
        if not mark.exists():
            mark.touch()
            table = TRACKER.replace("值班漏接三次", "值班漏接四次")
            self.write_bytes(workbook_bytes({"改进计划跟踪表": table}))
        return Path(super().resolve(strict))


def test_a_workbook_saved_meanwhile_is_read_and_planned_afresh(tmp_path):
    done = refreshed(Hasty(tracker_file(tmp_path)))
    assert [action.description for action in done.judged.view.actions] == ["值班漏接四次"]
    assert [change.at for change in done.changes] == ["E2"]


def test_somebody_who_has_the_workbook_open_is_not_written_over(tmp_path):
    path = tracker_file(tmp_path)
    before = path.read_bytes()
    (tmp_path / "~$跟踪表.xlsx").write_bytes(b"\x06yangli")
    with pytest.raises(WorkbookLocked, match="打开"):
        refreshed(path)
    assert path.read_bytes() == before


def test_a_refusal_leaves_the_journal_to_a_sending_run_that_took_it_up(tmp_path):
    path, state = unwritable(tracker_file(tmp_path)), tmp_path / ".capa_xl"
    with only_run(state, path), pytest.raises(CapaError):
        refreshed(path)
    assert is_there(state)


def dated_file(folder: Path) -> Path:
    """A workbook with a cell that is another one every day."""
    path = folder / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": """
        编号         问题描述        责任人  完成期限    〔自动〕状态  〔自动〕距期限天数
        GJ-2026-001  值班漏接三次    样例甲  2026-07-01
    """}))  # fmt: skip
    return path


def rehearsed(path: Path, on: date, *, today: date = DAY, insists: bool = False) -> Refreshed:
    """One refresh as of another day."""
    return refresh(replace(desk_at(path, AsOf(on, today)), insists=insists))


@pytest.mark.parametrize("on", [DAY - timedelta(days=1), DAY + timedelta(days=1), date(2026, 12, 31)])
def test_a_rehearsal_leaves_a_workbook_that_is_served_live_alone_and_says_so(tmp_path, on):
    path = dated_file(tmp_path)
    refreshed(path)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    done = rehearsed(path, on)
    assert (done.written, done.backup, done.rehearsed, len(done.changes)) == (False, None, True, 1)
    assert done.notes[0].startswith(f"这是按 {on} 的预演") and "--write" in done.notes[0]
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_with_write_a_rehearsal_writes_and_the_day_itself_is_none(tmp_path):
    path = dated_file(tmp_path)
    refreshed(path)
    assert rehearsed(path, date(2026, 7, 9), insists=True).written
    again = refreshed(path)
    assert (again.written, again.rehearsed) == (True, False)


def test_a_workbook_that_was_never_served_live_is_written_as_on_any_day(tmp_path):
    path = dated_file(tmp_path)
    assert rehearsed(path, date(2026, 7, 9)).written
    assert rehearsed(path, date(2026, 8, 9)).written


@pytest.mark.parametrize("on", [DAY, date(2026, 7, 9)], ids=["the day itself", "a rehearsal"])
def test_a_refresh_unpacks_and_scans_every_part_once(tmp_path, monkeypatch, on):
    """Reading, splice and proof together; the proof unpacks the new workbook by itself."""
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(sample())
    before, unpacked, scanned, proven = path.read_bytes(), Counter(), Counter(), Counter()
    unpack, open_entry = Container._unpacked, ZipFile.open

    def unpacking(container, member):
        unpacked[member.key] += container.blob == before
        return unpack(container, member)

    def scanning(xml):
        scanned[xml] += 1
        return read_sheet(xml)

    def opening(archive, entry, *arguments, **named):
        if archive.fp.getvalue() == before:
            proven[entry.filename] += 1
        return open_entry(archive, entry, *arguments, **named)

    monkeypatch.setattr(Container, "_unpacked", unpacking)
    monkeypatch.setattr(workbook_values, "read_sheet", scanning)
    monkeypatch.setattr(ZipFile, "open", opening)
    assert rehearsed(path, on).written
    assert set(unpacked.values()) == {1} and set(scanned.values()) == {1}
    assert len(scanned) > 5 and len(unpacked) > 20
    assert not proven


def test_a_workbook_from_before_the_timeline_is_told_how_to_get_one(tmp_path):
    path = tmp_path / "旧 表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER, "总览": "改进计划总览"}))
    done = refreshed(path)
    assert done.without_timeline == path
    lines = list(refresh_lines((), done.tally, None, adopted=True, check_only=False, without_timeline=path))
    assert lines[-1].endswith(f"运行 {to_paste('adopt', path, '-o', tmp_path / '旧 表_含时间轴.xlsx')}，原文件不动")
    assert refreshed(tracker_file(tmp_path)).without_timeline is None


@pytest.mark.parametrize("weight", ["程度", "严重程度"])  # as it is headed now, and as it was before 1.0.0
def test_a_command_in_the_sheet_of_findings_can_be_pasted_beside_the_workbook(tmp_path, weight):
    rows = [
        ["编号", "措施内容", "责任人", "完成期限", "〔自动〕状态"],
        ["GJ-2026-001", "甲乙丙", "样例甲　", "2026-07-01", ""],
    ]
    heads = [weight, "规则", "条款", "工作表", "单元格", "编号", "问题", "处理办法", "链接"]
    path = tmp_path / "跟踪 表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": rows, "校验结果": [heads]}))
    refreshed(path)
    written = openpyxl.load_workbook(path)["校验结果"]
    fixes = [row[7].value for row in written.iter_rows() if row[1].value == "FD11"]
    assert fixes == ['删除多余的空格或换行，或看看能否自动改：capa-xl check "跟踪 表.xlsx" --fix']
    assert written["A1"].value == weight
