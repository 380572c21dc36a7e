"""refresh as a whole: what it leaves on disk when it can't go on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from capa_xl.app.refresh import Refreshed, refresh
from capa_xl.effects.journal import is_there
from capa_xl.effects.locks import Patience
from capa_xl.errors import CapaError
from capa_xl.model.as_of import AsOf
from tests.tables import workbook_bytes

DAY = date(2026, 6, 1)
TRACKER = """
    编号         问题描述        责任人  完成期限    〔自动〕状态
    GJ-2026-001  值班漏接三次    样例甲  2026-07-01
"""


def refreshed(path: Path) -> Refreshed:
    """One refresh as of DAY."""
    patience = Patience(clock=lambda: 1_780_000_000.0, sleep=lambda _: None)
    return refresh(path, AsOf(DAY, DAY), stamp="20260601-083000", patience=patience)


def tracker_file(folder: Path, **options: object) -> Path:
    """A workbook with one action in the folder."""
    path = folder / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER}, **options))  # type: ignore[arg-type]
    return path


def test_a_refused_refresh_leaves_the_folder_as_it_was(tmp_path):
    path = tracker_file(tmp_path, merged={"改进计划跟踪表": ["D2:E2"]})
    before = path.read_bytes()
    with pytest.raises(CapaError):
        refreshed(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["跟踪表.xlsx"]


def test_a_refusal_keeps_the_journal_of_earlier_runs(tmp_path):
    refreshed(tracker_file(tmp_path))
    path = tracker_file(tmp_path, merged={"改进计划跟踪表": ["D2:E2"]})
    with pytest.raises(CapaError):
        refreshed(path)
    assert is_there(tmp_path / ".capa_xl")
