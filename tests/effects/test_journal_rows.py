"""How rows are kept: by value in a layout of headers, read again by a program with other columns."""

import json
from datetime import date

import pytest

from capa_xl.effects.journal import open_journal
from capa_xl.effects.journal_events import events_of
from capa_xl.effects.journal_layout import pack
from capa_xl.effects.journal_rows import field_changes
from capa_xl.effects.journal_snapshot import record_snapshot
from capa_xl.effects.journal_view import read_view
from capa_xl.model.snapshot import FieldChange, RowSeen, Snapshot
from tests.effects.old_journal import make_old_journal

DAY1, DAY2, DAY3 = date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3)
DUE = date(2026, 12, 1)
HEADERS = ("编号", "完成期限", "责任人", "目标值", "实际值", "是否延期", "备注")
VALUES = ("GJ-01", DUE, ("样例甲", "样例乙"), 9.0, 0.5, False, None)


def seen(mark: str, *rows: tuple, headers=HEADERS) -> Snapshot:
    numbers = frozenset(values[0] for values in rows)
    return Snapshot(mark, len(rows), frozenset(), numbers, headers, (RowSeen(v[0], v[1], v) for v in rows))


@pytest.fixture
def conn(tmp_path):
    with open_journal(tmp_path) as opened:
        yield opened


@pytest.fixture
def old_conn(tmp_path):
    make_old_journal(tmp_path)
    with open_journal(tmp_path) as opened:
        yield opened


def edited(**changes) -> tuple:
    return tuple(changes.get(header, value) for header, value in zip(HEADERS, VALUES, strict=True))


def test_every_kind_of_value_is_told_in_the_words_of_history(conn):
    record_snapshot(conn, "W", seen("a", VALUES), DAY1)
    now = ("GJ-01", None, (), 12.5, 1e6, True, "改")
    assert [(c.field, c.before, c.after) for c in record_snapshot(conn, "W", seen("b", now), DAY2)] == [
        ("完成期限", "2026-12-01", ""),
        ("责任人", "样例甲、样例乙", ""),
        ("目标值", "9", "12.5"),
        ("实际值", "0.5", "1000000"),
        ("是否延期", "否", "是"),
        ("备注", "", "改"),
    ]


def test_the_plans_of_the_last_snapshot_are_known_before_a_change_of_them_is_on_record(conn):
    headers = ("计划编号", "编号")
    rows = [("GJ-01", "JH-2026"), ("GJ-02", None), ("GJ-03", "JH-2026、JH-2027")]
    taken = tuple(RowSeen(number, None, (plan, number)) for number, plan in rows)
    snapshot = Snapshot("a", 3, frozenset(), frozenset(number for number, _ in rows), headers, taken)
    record_snapshot(conn, "W", snapshot, DAY1)
    assert read_view(conn, "W").plans_seen == {"GJ-01": "JH-2026", "GJ-03": "JH-2026、JH-2027"}
    conn.execute("UPDATE row_seen SET fields = '[1'")  # of which the next snapshot tells
    assert read_view(conn, "W").plans_seen == {}


def test_after_an_update_from_the_oldest_form_an_unchanged_row_is_not_changed(old_conn):
    assert record_snapshot(old_conn, "W", seen("b", VALUES), DAY2) == ()
    view = read_view(old_conn, "W")
    assert (view.changed_on, view.first_due, view.first_seen) == ({}, {"GJ-01": DUE}, {})


def test_after_an_update_from_the_oldest_form_only_what_was_edited_is_told(old_conn):
    changes = record_snapshot(old_conn, "W", seen("b", edited(目标值=10.0)), DAY2)
    assert changes == (FieldChange("GJ-01", "目标值", "9", "10", DAY2),)
    assert read_view(old_conn, "W").changed_on == {"GJ-01": DAY2}


def test_a_row_of_the_oldest_form_is_kept_as_values_after_the_next_run(old_conn):
    record_snapshot(old_conn, "W", seen("b", VALUES), DAY2)
    changes = record_snapshot(old_conn, "W", seen("c", edited(是否延期=True)), DAY3)
    assert changes == (FieldChange("GJ-01", "是否延期", "否", "是", DAY3),)


def test_a_program_with_other_columns_reads_what_was_kept(conn):
    record_snapshot(conn, "W", seen("a", VALUES, ("GJ-02", *VALUES[1:])), DAY1)
    headers, values = ("编号", "完成期限", "新列", *HEADERS[2:-1]), ("GJ-01", DUE, None, *VALUES[2:-1])
    assert record_snapshot(conn, "W", seen("b", values, headers=headers), DAY2) == ()
    back = seen("c", values, ("GJ-02", DUE, "填了", *VALUES[2:-1]), headers=headers)
    assert record_snapshot(conn, "W", back, DAY3) == (FieldChange("GJ-02", "新列", "", "填了", DAY3),)
    assert read_view(conn, "W").changed_on == {"GJ-02": DAY3}


def test_the_first_rows_are_written_one_at_a_time(conn):
    written = []

    def rows():
        for number in ("GJ-01", "GJ-02"):
            written.append([n for (n,) in conn.execute("SELECT number FROM row_seen")])
            yield RowSeen(number, DUE, (number, *VALUES[1:]))

    record_snapshot(conn, "W", Snapshot("a", 2, frozenset(), frozenset(("GJ-01", "GJ-02")), HEADERS, rows()), DAY1)
    assert written == [[], ["GJ-01"]]


def test_a_new_number_that_stands_twice_is_no_change(conn):
    record_snapshot(conn, "W", seen("a", VALUES), DAY1)
    twice = [("GJ-02", *edited(备注=text)[1:]) for text in ("一", "二")]
    assert record_snapshot(conn, "W", seen("b", VALUES, *twice), DAY2) == ()


def test_what_fails_on_the_way_leaves_the_journal_as_it_was(conn):
    record_snapshot(conn, "W", seen("a", VALUES), DAY1)

    def rows():
        yield RowSeen("GJ-01", DUE, edited(备注="改"))
        raise KeyError("our bug")

    broken = Snapshot("b", 1, frozenset(), frozenset(("GJ-01",)), HEADERS, rows())
    with pytest.raises(KeyError):
        record_snapshot(conn, "W", broken, DAY2)
    assert field_changes(conn, "W") == ()
    assert record_snapshot(conn, "W", seen("c", VALUES), DAY2) == ()


def test_numbers_beyond_64_bits_are_kept_as_text(conn):
    huge = 10**300
    assert json.loads(pack(("GJ-01", huge, -huge, 2**63 - 1, True))) == [
        "GJ-01",
        str(huge),
        str(-huge),
        2**63 - 1,
        True,
    ]
    record_snapshot(conn, "W", seen("a", edited(目标值=huge)), DAY1, ())
    record_snapshot(conn, "W", seen("b", edited(目标值=huge)), DAY2, ())
    assert field_changes(conn, "W") == ()


def test_a_row_that_is_what_it_was_is_neither_read_nor_decoded(conn):
    record_snapshot(conn, "W", seen("a", VALUES, ("GJ-02", *VALUES[1:])), DAY1)
    with conn:
        conn.execute("UPDATE row_seen SET fields = 'no JSON' WHERE number = 'GJ-01'")
    changes = record_snapshot(conn, "W", seen("b", VALUES, ("GJ-02", *edited(备注="改")[1:])), DAY2)
    assert changes == (FieldChange("GJ-02", "备注", VALUES[HEADERS.index("备注")] or "", "改", DAY2),)
    assert read_view(conn, "W").changed_on == {"GJ-02": DAY2}


def test_a_row_whose_due_date_or_approval_alone_is_new_is_recorded(conn):
    row = RowSeen("GJ-01", None, VALUES)
    for at, (due, approved, way, first_due, on_record) in enumerate((
        (None, None, "", {}, {}),
        (DUE, None, "", {"GJ-01": DUE}, {}),
        (DUE, ("措施", "2026-12-01"), "2026-11-01 会签", {"GJ-01": DUE}, {"GJ-01": ("措施", "2026-12-01")}),
        (DUE, ("别的", "2026-12-01"), "2026-11-09 会签", {"GJ-01": DUE}, {"GJ-01": ("别的", "2026-12-01")}),
    )):  # fmt: skip
        now = row._replace(due_on=due, approved=approved, approved_on=way)
        numbers = frozenset(("GJ-01",))
        assert record_snapshot(conn, "W", Snapshot(str(at), 1, frozenset(), numbers, HEADERS, [now]), DAY1) == ()
        view = read_view(conn, "W")
        assert (view.first_due, view.approved) == (first_due, on_record)


def test_a_row_that_comes_back_as_it_was_is_there_again_and_unchanged(conn):
    both = (VALUES, ("GJ-02", *VALUES[1:]))
    record_snapshot(conn, "W", seen("a", *both), DAY1)
    record_snapshot(conn, "W", seen("b", VALUES), DAY2)
    assert record_snapshot(conn, "W", seen("c", *both), DAY3) == ()
    assert read_view(conn, "W").numbers == {"GJ-01", "GJ-02"}
    events = [(event.kind.value, event.number, event.seen_on) for event in events_of(conn, "W")]
    assert events == [("删除", "GJ-02", DAY2), ("新增", "GJ-02", DAY3)]


def test_a_row_of_an_older_program_has_a_mark_after_the_next_run(old_conn):
    record_snapshot(old_conn, "W", seen("b", VALUES), DAY2)
    with old_conn:
        old_conn.execute("UPDATE row_seen SET fields = 'no JSON'")
    assert record_snapshot(old_conn, "W", seen("c", VALUES), DAY3) == ()
