from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from capa_xl.effects.journal import open_journal
from capa_xl.effects.journal_rows import field_changes
from capa_xl.effects.journal_snapshot import last_snapshot, record_snapshot
from capa_xl.effects.journal_view import read_view
from capa_xl.effects.journal_written import record_run
from capa_xl.model.journal import DueChange
from capa_xl.model.snapshot import FieldChange, PastRun, RowSeen, Snapshot

DAY1, DAY2, DAY3 = date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3)
DUE, NEW_DUE = date(2026, 12, 1), date(2026, 12, 31)
COLUMNS = frozenset({"number", "due_on"})
HEADERS = ("完成期限", "措施内容")


def row(number="GJ-01", due=DUE, measure="换硬盘", approved=None, approved_on="") -> RowSeen:
    return RowSeen(number, due, (due, measure), approved, approved_on)


def seen(*rows: RowSeen, mark: str) -> Snapshot:
    return Snapshot(mark, len(rows), COLUMNS, frozenset(r.number for r in rows), HEADERS, rows)


@pytest.fixture
def conn(tmp_path):
    with open_journal(tmp_path) as opened:
        yield opened


def test_due_dates_of_the_first_snapshot_have_no_day_of_first_sight(conn):
    record_snapshot(conn, "W", seen(row(), mark="a"), DAY1)
    view = read_view(conn, "W")
    assert (view.first_seen, view.first_due, view.changed_on) == ({}, {"GJ-01": DUE}, {})


def test_a_moved_due_date_is_first_seen_on_its_day_and_the_first_one_stays(conn):
    record_snapshot(conn, "W", seen(row(), mark="a"), DAY1)
    changes = record_snapshot(conn, "W", seen(row(due=NEW_DUE), mark="b"), DAY2)
    view = read_view(conn, "W")
    assert view.first_seen == {("GJ-01", NEW_DUE): DAY2}
    assert view.first_due == {"GJ-01": DUE}
    assert view.due_changes == {"GJ-01": (DueChange(DUE, NEW_DUE, DAY2, last_seen_on=DAY1),)}
    assert view.changed_on == {"GJ-01": DAY2}
    assert changes == (FieldChange("GJ-01", "完成期限", "2026-12-01", "2026-12-31", DAY2),)
    assert field_changes(conn, "W", "GJ-01") == changes


def test_a_run_that_found_nothing_new_saw_the_table_too(conn):
    record_snapshot(conn, "W", seen(row(), mark="a"), DAY1)
    record_run(conn, "W", PastRun(f"{DAY2}T08:00:00+08:00", DAY2, "refresh", "a"))
    record_snapshot(conn, "W", seen(row(due=NEW_DUE), mark="b"), DAY3)
    record_run(conn, "W", PastRun(f"{DAY3}T08:00:00+08:00", DAY3, "refresh", "b"))
    (change,) = read_view(conn, "W").due_changes["GJ-01"]
    assert (change.seen_on, change.last_seen_on) == (DAY3, DAY2)


def test_the_same_bytes_record_nothing(conn):
    record_snapshot(conn, "W", seen(row(), mark="a"), DAY1)
    assert record_snapshot(conn, "W", seen(row(), mark="a"), DAY2) == ()
    assert last_snapshot(conn, "W").taken_on == DAY1


def test_a_need_is_known_for_a_month_after_it_vanished_and_while_it_comes_back(conn):
    def run(mark, on, *needs):
        record_snapshot(conn, "W", replace(seen(row(), mark=mark), needs=frozenset(needs)), on)
        return read_view(conn, "W").needs

    both = {"XQ-01", "XQ-02"}
    assert run("a", DAY1, "XQ-01", "XQ-02") == both
    assert run("b", DAY2, "XQ-01") == both
    assert run("c", date(2026, 12, 2), "XQ-01") == both  # 30 days
    assert run("d", date(2026, 12, 3), "XQ-01") == {"XQ-01"}
    assert run("e", date(2026, 12, 4), "XQ-02") == both
    assert run("f", date(2027, 3, 1), "XQ-01", "XQ-02") == both


def test_a_new_row_is_seen_on_its_day(conn):
    record_snapshot(conn, "W", seen(row(), mark="a"), DAY1)
    record_snapshot(conn, "W", seen(row(), row("GJ-02"), mark="b"), DAY2)
    view = read_view(conn, "W")
    assert view.first_seen == {("GJ-02", DUE): DAY2}
    assert view.numbers == {"GJ-01", "GJ-02"}


def test_a_vanished_number_is_known_for_a_month_and_then_forgotten(conn):
    record_snapshot(conn, "W", seen(row(), row("GJ-02"), mark="a"), DAY1)
    record_snapshot(conn, "W", seen(row(), mark="b"), DAY2)
    assert read_view(conn, "W").numbers == {"GJ-01", "GJ-02"}
    record_snapshot(conn, "W", seen(row(measure="x"), mark="c"), date(2026, 12, 3))
    assert read_view(conn, "W").numbers == {"GJ-01"}


def test_what_was_approved_of_an_archived_number_is_known_for_good(conn):
    approved = {"approved": ("换硬盘", "2026-12-01"), "approved_on": "2026-10-01"}
    record_snapshot(conn, "W", seen(row(), row("GJ-02")._replace(**approved), mark="a"), DAY1)
    record_snapshot(conn, "W", seen(row(), mark="b"), DAY2, archived={"GJ-02": "归档.xlsx"})
    record_snapshot(conn, "W", seen(row(measure="x"), mark="c"), date(2027, 3, 1))
    view = read_view(conn, "W")
    assert view.approved == {"GJ-02": ("换硬盘", "2026-12-01")}
    assert view.numbers == {"GJ-01"}


def test_a_number_that_came_back_is_not_forgotten(conn):
    record_snapshot(conn, "W", seen(row(), row("GJ-02"), mark="a"), DAY1)
    record_snapshot(conn, "W", seen(row(), mark="b"), DAY2)
    record_snapshot(conn, "W", seen(row(), row("GJ-02"), mark="c"), DAY3)
    record_snapshot(conn, "W", seen(row(), row("GJ-02"), mark="d"), date(2027, 3, 1))
    assert "GJ-02" in read_view(conn, "W").numbers


def test_what_was_approved_stays_as_first_seen_until_the_next_approval(conn):
    first = row(approved=("换硬盘", "2026-12-01"), approved_on="2026-10-01")
    record_snapshot(conn, "W", seen(first, mark="a"), DAY1)
    edited = row(measure="换整机")._replace(approved=("换整机", "2026-12-01"), approved_on="2026-10-01")
    record_snapshot(conn, "W", seen(edited, mark="b"), DAY2)
    assert read_view(conn, "W").approved == {"GJ-01": ("换硬盘", "2026-12-01")}
    record_snapshot(conn, "W", seen(edited._replace(approved_on="2026-11-03"), mark="c"), DAY3)
    assert read_view(conn, "W").approved == {"GJ-01": ("换整机", "2026-12-01")}


def test_the_head_of_the_snapshot_keeps_columns_rows_and_the_quality_department(conn):
    assert last_snapshot(conn, "W") is None
    record_snapshot(conn, "W", seen(row(), mark="a"), DAY1, alarm_to=(("样例质", "q@corp.example"),))
    head = last_snapshot(conn, "W")
    assert (head.row_count, head.columns, head.alarm_to) == (1, COLUMNS, (("样例质", "q@corp.example"),))


@pytest.mark.parametrize(("days", "told"), [(29, True), (30, True), (31, False)])
def test_a_column_that_vanished_is_known_for_a_month(conn, days, told):
    whole = seen(row(), mark="a")
    record_snapshot(conn, "W", whole, DAY1)
    gone = replace(whole, fingerprint="b", columns=COLUMNS - {"due_on"})
    record_snapshot(conn, "W", gone, DAY2)
    assert last_snapshot(conn, "W").gone == {"due_on": DAY2}
    record_snapshot(conn, "W", replace(gone, fingerprint="c"), DAY2 + timedelta(days=days))
    assert ("due_on" in read_view(conn, "W").columns) is told
    record_snapshot(conn, "W", replace(whole, fingerprint="d"), DAY2 + timedelta(days=days))
    assert last_snapshot(conn, "W").gone == {}


def test_ten_thousand_rows_are_recorded_within_seconds(conn):
    rows = tuple(row(f"GJ-{n:05d}") for n in range(10_000))
    record_snapshot(conn, "W", seen(*rows, mark="a"), DAY1)
    assert len(read_view(conn, "W").numbers) == 10_000
