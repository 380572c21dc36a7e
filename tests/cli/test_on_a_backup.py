"""A backup of ours is read and printed; no paper, slip, timetable or file to click is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from capa_xl.cli.main import run
from tests.app.office import workbook

MAKING = [
    "report {} GJ-01 -o {out}",
    "a3 {} GJ-01 -o {out}",
    "request {} --all -o {out}",
    "reply {} --all -o {out}",
    "revision {} --all -o {out}",
    "exceptions {} -o {out}",
    "plan {} -o {out}",
    "dossier {} GJ-01 -o {out}",
    "pack {} --period 2026Q1",
    "group pack {} --period 2026Q1 -o {out}",
    "meeting {} --period 2026-03 -o {out}",
    "slip {} --all -o {out}",
    "signed {}",
    "desktop {}",
    "schedule {} --print cron",
]
READING = ["check {}", "todo {} 网络部", "facts {} -o {out}.csv", "history {}", "analyse {}", "doctor {}"]


@pytest.fixture
def backup(tmp_path):
    """A backup, in the state folder of a workbook that is served."""
    path = workbook(tmp_path / ".capa_xl" / "backups" / "表-20260331-083000-1a2b3c4d.xlsx")
    (tmp_path / ".capa_xl" / "journal.db").touch()
    return path


def called(line, backup, tmp_path):
    words = line.format("BACKUP", out=tmp_path / "出").split()
    return run([str(backup) if word == "BACKUP" else word for word in words])


@pytest.mark.parametrize("line", MAKING)
def test_nothing_is_made_of_a_backup_and_nothing_lies_beside_it(line, backup, tmp_path, capsys):
    code = called(line, backup, tmp_path)
    told = capsys.readouterr().err
    assert code == (2 if line.startswith("group") else 20)  # a group's pack counts none of those it was given
    assert f"「{backup.name}」是改前备份" in told
    assert "先把它复制到工作簿所在的文件夹" in told
    assert "查阅用 check、todo、facts" in told
    assert list(backup.parent.iterdir()) == [backup]
    assert not (tmp_path / "出").exists()


def test_a_timetable_is_printed_of_a_workbook_that_nobody_can_read_just_now(tmp_path, capsys, monkeypatch):
    path = workbook(tmp_path / "表.xlsx")
    monkeypatch.setattr(Path, "read_bytes", _held)
    assert run(["schedule", str(path), "--print", "cron"]) == 0
    assert f"daily {path}" in capsys.readouterr().out.replace("'", "")


def _held(_path):
    raise PermissionError(13, "held by another program")


@pytest.mark.parametrize("line", READING)
def test_a_backup_is_read_and_left_as_it_is(line, backup, tmp_path, capsys):
    before = backup.read_bytes()
    assert called(line, backup, tmp_path) in (0, 1)
    assert "改前备份" not in capsys.readouterr().err
    assert list(backup.parent.iterdir()) == [backup]
    assert backup.read_bytes() == before
