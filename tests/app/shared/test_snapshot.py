"""What the journal remembers of a table: of an enormous one, whose long texts are copied, the same as of any other."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.app.shared import snapshot
from capa_xl.app.shared.opening import open_workbook
from capa_xl.app.shared.snapshot import snapshot_of
from capa_xl.effects.journal_layout import pack
from capa_xl.policy.viewing import view_register
from tests.app.desks import desk_at
from tests.tables import tracker_bytes

DAY = date(2026, 11, 22)
TABLE = """
    编号    问题描述          措施内容    责任人  完成期限
    GJ-01   数据库切换超时    换线        张三    2026-12-01
    GJ-02   短                长          李四    2026-12-02
    GJ-03   数据库切换超时    _           张三    2026-12-03
"""


@pytest.fixture
def opened(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(tracker_bytes(TABLE))
    return open_workbook(desk_at(path, DAY))


def test_an_enormous_table_is_remembered_word_for_word_as_a_small_one(opened, monkeypatch):
    view = view_register(opened.register, opened.desk.as_of, {})
    small = [(row.number, row.due_on, pack(row.values)) for row in snapshot_of(opened, view).rows]
    monkeypatch.setattr(snapshot, "_MANY", 0)
    enormous = [(row.number, row.due_on, pack(row.values)) for row in snapshot_of(opened, view).rows]
    assert enormous == small
    assert [number for number, _, _ in small] == ["GJ-01", "GJ-02", "GJ-03"]
    assert "数据库切换超时".encode() in small[0][2]


def test_the_long_texts_of_an_enormous_table_are_copies_that_go(opened, monkeypatch):
    view = view_register(opened.register, opened.desk.as_of, {})
    text = opened.register.tracker.records[0].description
    at = snapshot_of(opened, view).headers.index("问题描述")
    assert next(iter(snapshot_of(opened, view).rows)).values[at] is text
    monkeypatch.setattr(snapshot, "_MANY", 0)
    copied = next(iter(snapshot_of(opened, view).rows)).values[at]
    assert copied == text
    assert copied is not text
