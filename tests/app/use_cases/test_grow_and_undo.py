"""Growing is taken back by undo: the workbook as it was, byte for byte, while nobody did anything since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from capa_xl.app.use_cases.daily import daily
from capa_xl.app.use_cases.grow import grow
from capa_xl.app.use_cases.history import history, verify_history
from capa_xl.app.use_cases.new import new_workbook
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.app.use_cases.undo import undo
from capa_xl.errors import UnsafeWrite
from capa_xl.model.levels import level_named
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.splice import splice
from tests.app.desks import desk_at, still_world

DAY = date(2026, 6, 1)
SHEET = "改进计划跟踪表"


@pytest.fixture
def ledger(tmp_path) -> Path:
    path = tmp_path / "跟踪表.xlsx"
    new_workbook(path, sample=False, as_of=DAY, workbook_id="a1", level=level_named("台账"))
    edit(path, A3="GJ-2026-001", B3="值班漏接三次告警，夜间无人接听", J3="样例甲", K3=DAY)
    return path


def edit(path: Path, **cells: object) -> None:
    edits = tuple(CellEdit(SHEET, at, value) for at, value in cells.items())
    path.write_bytes(splice(path.read_bytes(), Patch(edits=edits)).blob)


def test_it_is_taken_back_byte_for_byte_and_once(ledger):
    before = ledger.read_bytes()
    assert grow(desk_at(ledger, DAY), apply=True).written
    done = undo(desk_at(ledger, DAY))
    assert done.is_whole and ledger.read_bytes() == before
    assert undo(desk_at(ledger, DAY)).applied is None


def test_what_refresh_wrote_since_is_no_reason_to_stay(ledger):
    before = ledger.read_bytes()
    grow(desk_at(ledger, DAY), apply=True)
    refresh(desk_at(ledger, DAY))
    assert ledger.read_bytes() != before
    assert undo(desk_at(ledger, DAY)).is_whole
    assert ledger.read_bytes() == before


def test_the_next_pass_misses_no_column_and_accuses_nobody(ledger):
    daily([ledger], still_world(DAY), lambda book: desk_at(book, DAY))
    grow(desk_at(ledger, DAY), apply=True)
    refresh(desk_at(ledger, DAY))
    undo(desk_at(ledger, DAY))
    (outcome,) = daily([ledger], still_world(DAY), lambda book: desk_at(book, DAY))
    assert "现在没有了" not in str(outcome)
    assert history(desk_at(ledger, DAY)).changes == ()
    assert verify_history(desk_at(ledger, DAY)).faults == ()


@pytest.mark.parametrize("before", ["app.shared.writer.recorded_as_done", "effects.journal_intent.carry_out"])
def test_an_undo_killed_before_it_was_on_record_is_recorded_by_the_next_pass(ledger, monkeypatch, before):
    """Killed once the workbook was exchanged, before or after the columns are forgotten: the pass accuses nobody."""
    daily([ledger], still_world(DAY), lambda book: desk_at(book, DAY))
    grow(desk_at(ledger, DAY), apply=True)
    refresh(desk_at(ledger, DAY))
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(f"capa_xl.{before}", killed)
        undo(desk_at(ledger, DAY))
    (outcome,) = daily([ledger], still_world(DAY), lambda book: desk_at(book, DAY))
    assert "的 undo 曾被中断：当时已经写入，现在补记" in outcome.words
    assert not any(said in outcome.words for said in ("现在没有了", "不见了", "换回了旧文件"))
    assert history(desk_at(ledger, DAY)).changes == verify_history(desk_at(ledger, DAY)).faults == ()
    assert undo(desk_at(ledger, DAY)).applied is None


def killed(*_):
    raise KeyboardInterrupt


def test_two_steps_are_taken_back_one_after_the_other(ledger):
    stood = [ledger.read_bytes()]
    for _ in range(2):
        grow(desk_at(ledger, DAY), apply=True)
        stood.append(ledger.read_bytes())
    for before in reversed(stood[:2]):
        undo(desk_at(ledger, DAY))
        assert ledger.read_bytes() == before


def test_what_people_typed_since_is_named_and_nothing_is_lost(ledger):
    grow(desk_at(ledger, DAY), apply=True)
    edit(ledger, Q3="样例乙", H3="改排班")
    now = ledger.read_bytes()
    with pytest.raises(
        UnsafeWrite, match="加列以后改过 《改进计划跟踪表》H3、《改进计划跟踪表》Q3，整本退回会丢掉这些"
    ):
        undo(desk_at(ledger, DAY))
    assert ledger.read_bytes() == now


def test_a_workbook_saved_by_another_program_since_stays(ledger):
    grow(desk_at(ledger, DAY), apply=True)
    openpyxl.load_workbook(ledger).save(ledger)
    with pytest.raises(UnsafeWrite, match="工作簿在 Excel 或 WPS 里保存过"):
        undo(desk_at(ledger, DAY))


def test_without_the_backup_it_says_so(ledger):
    grow(desk_at(ledger, DAY), apply=True)
    for backup in (ledger.parent / ".capa_xl/backups").iterdir():
        backup.unlink()
    with pytest.raises(UnsafeWrite, match="加列以前的备份已经不在了"):
        undo(desk_at(ledger, DAY))


def test_sheets_alone_are_added_and_taken_back_too(tmp_path):
    path = tmp_path / "全.xlsx"
    new_workbook(path, sample=False, as_of=DAY, workbook_id="a2")
    book = openpyxl.load_workbook(path)
    del book["更正记录"]
    book.save(path)
    before = path.read_bytes()
    done = grow(desk_at(path, DAY), apply=True)
    assert (done.growth.sheets, done.growth.columns, done.written) == (("更正记录",), (), True)
    assert "更正记录" in openpyxl.load_workbook(path).sheetnames
    assert undo(desk_at(path, DAY)).is_whole and path.read_bytes() == before
