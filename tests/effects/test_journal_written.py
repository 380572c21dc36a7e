from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.effects.journal import open_journal
from capa_xl.effects.journal_snapshot import is_last_seen, record_snapshot
from capa_xl.effects.journal_view import read_view
from capa_xl.effects.journal_written import has_auto_cells, older_version, past_runs, record_run
from capa_xl.model.snapshot import PastRun, Snapshot
from tests.effects.old_journal import make_old_journal

RUN = PastRun("2026-11-01T08:30:00+08:00", date(2026, 11, 1), "daily", "a")


@pytest.fixture
def conn(tmp_path):
    with open_journal(tmp_path) as opened:
        yield opened


def test_runs_are_on_record_oldest_first(conn):
    later = replace(RUN, ran_at="2026-11-02T08:30:00+08:00", fingerprint="b")
    record_run(conn, "W", RUN)
    record_run(conn, "W", later)
    assert past_runs(conn, "W") == (RUN, later)
    assert not has_auto_cells(conn, "W")


def test_auto_cells_are_kept_as_written_last(conn):
    record_run(conn, "W", RUN, [("GJ-01", {"status": "实施中"}), ("GJ-02", {"status": "待策划"})])
    record_run(conn, "W", RUN, [("GJ-01", {"status": "待检查"})])
    assert read_view(conn, "W").auto_cells == {("GJ-01", "status"): "待检查", ("GJ-02", "status"): "待策划"}
    assert has_auto_cells(conn, "W")


def test_auto_cells_are_read_back_as_text(conn):
    cells = {
        "days_left": 10,
        "days_overdue": 3.0,
        "remind_on": date(2026, 11, 1),
        "next_actor": None,
        "status": "实施中",
    }
    record_run(conn, "W", RUN, [("GJ-01", cells)])
    assert {key: text for (_, key), text in read_view(conn, "W").auto_cells.items()} == {
        "days_left": "10",
        "days_overdue": "3",
        "remind_on": "2026-11-01",
        "next_actor": "",
        "status": "实施中",
    }


def test_rows_with_other_cells_stand_beside_each_other(conn):
    record_run(conn, "W", RUN, [("GJ-01", {"status": "实施中", "stage": "D"}), ("GJ-02", {"stage": "P"})])
    assert read_view(conn, "W").auto_cells == {
        ("GJ-01", "status"): "实施中",
        ("GJ-01", "stage"): "D",
        ("GJ-02", "stage"): "P",
    }


def test_auto_cells_of_an_older_journal_are_read_and_written_over(tmp_path):
    make_old_journal(tmp_path)
    with open_journal(tmp_path) as conn:
        assert {key: text for (_, key), text in read_view(conn, "W").auto_cells.items()} == {
            "status": "实施中",
            "days_left": "10",
            "remind_on": "2026-11-01",
            "next_actor": "",
        }
        record_run(conn, "W", RUN, [("GJ-01", {"status": "待检查"})])
        assert read_view(conn, "W").auto_cells == {("GJ-01", "status"): "待检查"}


def test_the_snapshot_holds_for_the_bytes_after_the_run(conn):
    record_snapshot(conn, "W", Snapshot("before", 0, frozenset(), frozenset(), (), ()), RUN.as_of)
    record_run(conn, "W", RUN)
    assert is_last_seen(conn, "W", "a")


def test_a_run_that_fails_on_the_way_is_not_on_record(conn):
    def rows():
        yield "GJ-01", {"status": "实施中"}
        raise KeyError("our bug")

    with pytest.raises(KeyError):
        record_run(conn, "W", RUN, rows())
    assert (past_runs(conn, "W"), read_view(conn, "W").auto_cells) == ((), {})


def stood(before, after, serial):
    return PastRun(f"2026-11-0{serial}T08:30:00+08:00", date(2026, 11, serial), "refresh", after, before)


@pytest.mark.parametrize(
    ("mark", "at"), [("a", "2026-11-01"), ("b", "2026-11-01"), ("c", "2026-11-02"), ("d", ""), ("x", "")]
)
def test_a_version_is_older_once_a_refresh_wrote_another_after_it(conn, mark, at):
    record_run(conn, "W", stood("a", "b", 1))
    record_run(conn, "W", stood("c", "d", 2))
    assert older_version(conn, "W", mark)[:10] == at
    assert older_version(conn, "V", mark) == ""


def test_a_version_that_undo_brought_back_is_no_older_one(conn):
    record_run(conn, "W", stood("a", "b", 1))
    record_run(conn, "W", stood("c", "d", 3))
    applied = "INSERT INTO applied VALUES (1, 'W', '2026-11-02T08:30:00+08:00', 'patch', 'c', '[]', ?, 'b')"
    with conn:
        conn.execute(applied, ("2026-11-04T08:30:00+08:00",))
    assert (older_version(conn, "W", "b"), older_version(conn, "W", "c") != "") == ("", True)
