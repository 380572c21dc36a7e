from datetime import date

import pytest

from capa_xl.app.use_cases.history import history
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.model.as_of import AsOf
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.splice import splice
from capa_xl.reports.history_text import history_lines
from tests.app.desks import desk_at
from tests.tables import workbook_bytes

DAYS = date(2026, 5, 29), date(2026, 5, 30)
TRACKER = """
    编号         问题描述        责任人  完成期限    〔自动〕状态
    GJ-2026-001  值班漏接三次    样例甲  2026-07-01
    GJ-2026-002  备件台账不符    样例乙  2026-08-01
"""


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER}))
    return path


def run(path, at):
    refresh(desk_at(path, AsOf(date(2026, 6, 1), at)))


def edit(path, at, value):
    path.write_bytes(splice(path.read_bytes(), Patch(edits=(CellEdit("改进计划跟踪表", at, value),))).blob)


def test_a_changed_cell_is_told_with_before_and_after(book):
    run(book, DAYS[0])
    edit(book, "D2", date(2026, 7, 31))
    edit(book, "C3", None)
    run(book, DAYS[1])
    found = history(desk_at(book, DAYS[1]))
    assert [(c.number, c.field, c.before, c.after, c.seen_on.isoformat()) for c in found.changes] == [
        ("GJ-2026-001", "完成期限", "2026-07-01", "2026-07-31", "2026-05-30"),
        ("GJ-2026-002", "责任人", "样例乙", "", "2026-05-30"),
    ]
    assert list(history_lines(found.changes, found.runs, "")) == [
        "2026-05-30：",
        "  GJ-2026-001 完成期限：「2026-07-01」 → 「2026-07-31」",
        "  GJ-2026-002 责任人：「样例乙」 → （空）",
        "2026-05-29 至 2026-05-30 运行 2 次，共 2 处变化。",
    ]


def test_one_action_is_told_alone(book):
    run(book, DAYS[0])
    edit(book, "D2", date(2026, 7, 31))
    edit(book, "C3", "样例丙")
    run(book, DAYS[1])
    document = history(desk_at(book, DAYS[1]), "GJ-2026-002").as_json()
    assert [change["field"] for change in document["changes"]] == ["责任人"]
    assert [entry["command"] for entry in document["runs"]] == ["refresh", "refresh"]


def test_without_a_run_there_is_nothing_to_tell_and_nothing_is_written(book):
    found = history(desk_at(book, DAYS[1]))
    assert (found.changes, found.runs) == ((), ())
    assert next(history_lines(found.changes, found.runs, "")).startswith("还没有运行记录")
    assert [path.name for path in book.parent.iterdir()] == ["跟踪表.xlsx"]
