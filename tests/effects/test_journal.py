import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.effects import journal
from capa_xl.effects.file_on_record import file_on_record
from capa_xl.effects.journal import copy_journal, is_there, look_into_journal, open_journal, withdraw_journal
from capa_xl.effects.journal_events import record_archive
from capa_xl.effects.journal_intent import carry_out
from capa_xl.effects.journal_ledger import ledger_rows, missed_lines, seed_from_ledger
from capa_xl.effects.journal_postings import post, rehearsed_keys, settle_interrupted
from capa_xl.effects.journal_schema import STEPS
from capa_xl.effects.journal_undo import last_applied
from capa_xl.effects.journal_view import read_view, workbook_id_for
from capa_xl.effects.journal_written import record_run
from capa_xl.errors import JournalUnusable
from capa_xl.model.intent import APPLY, UNDO, Intent
from capa_xl.model.journal import FAILED, FILED, OUTBOX, SENDING, SENT, SMTP, UNKNOWN, JournalView, Posting
from capa_xl.model.ledger_mark import ledger_mark
from capa_xl.model.letter import JournalKey
from capa_xl.model.snapshot import AppliedEdit, PastRun
from tests.effects.old_journal import make_old_journal

MONDAY = date(2026, 11, 23)


def key(number="GJ-01", milestone="M1", recipient="样例甲", due="2026-12-23", occurrence="0") -> JournalKey:
    return JournalKey("W", number, milestone, due, occurrence, recipient)


def posting(result=SENT, transport=SMTP, message="<1@x>", on=MONDAY, **of) -> Posting:
    sent = result in (SENT, FILED)
    return Posting(
        key(**of), result, on, on if sent else None, f"{on}T08:30:00+08:00" if sent else "", transport, message
    )


def test_a_new_journal_is_empty(tmp_path):
    with open_journal(tmp_path) as conn:
        assert read_view(conn, "W") == JournalView("W", reminding=False)


def test_what_was_posted_is_there_after_reopening(tmp_path):
    with open_journal(tmp_path) as conn:
        post(conn, [posting()])
    with open_journal(tmp_path) as conn:
        (read,) = read_view(conn, "W", SMTP).postings
    assert read.tried_on == read.sent_on
    assert replace(read, tried_on=None) == posting()


def test_a_posting_of_the_same_key_is_replaced(tmp_path):
    with open_journal(tmp_path) as conn:
        post(conn, [posting(SENDING)], MONDAY)
        post(conn, [posting(SENT)], MONDAY)
        assert [p.result for p in read_view(conn, "W", SMTP).postings] == [SENT]


def test_no_wal_lies_beside_the_journal(tmp_path):
    with open_journal(tmp_path) as conn:
        post(conn, [posting()])
        assert not list(tmp_path.glob("*-wal"))
        assert conn.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_filed_letter_counts_for_the_outbox_and_not_for_mail(tmp_path):
    with open_journal(tmp_path) as conn:
        post(conn, [posting(FILED, OUTBOX)])
        assert [p.result for p in read_view(conn, "W", OUTBOX).postings] == [FILED]
        assert read_view(conn, "W", SMTP).postings == ()


def test_a_rehearsal_is_invisible_but_keeps_its_day(tmp_path):
    with open_journal(tmp_path) as conn:
        post(conn, [posting(FILED, OUTBOX)], MONDAY, rehearsed_on=MONDAY)
        assert read_view(conn, "W").postings == ()
        assert rehearsed_keys(conn, "W", MONDAY) == {key()}
        assert rehearsed_keys(conn, "W", date(2026, 11, 24)) == frozenset()


def test_a_letter_in_hand_when_the_run_was_killed_is_unknown(tmp_path):
    with open_journal(tmp_path) as conn:
        post(conn, [posting(SENDING)], MONDAY)
    with open_journal(tmp_path) as conn:
        assert settle_interrupted(conn, "W") == 1
        (found,) = read_view(conn, "W", SMTP).postings
        assert (found.result, found.error[:2]) == (UNKNOWN, "工具")


def test_an_outbox_letter_in_hand_when_the_run_was_killed_is_filed_again(tmp_path):
    with open_journal(tmp_path) as conn:
        post(conn, [posting(SENDING, OUTBOX)], MONDAY)
        assert settle_interrupted(conn, "W") == 0
        assert read_view(conn, "W").postings == ()


def test_letters_of_a_week_are_counted_besides_those_with_m1(tmp_path):
    with open_journal(tmp_path) as conn:
        post(conn, [posting(milestone="O1", message="<a>"), posting(milestone="S2", message="<a>")])
        post(conn, [posting(milestone="O2", message="<b>"), posting(milestone="M1", message="<b>")])
        assert read_view(conn, "W", SMTP).letters_in_week == {("样例甲", "2026-W48"): 1}


def test_an_id_that_was_lost_from_the_sheet_is_still_known_by_the_file_name(tmp_path):
    with open_journal(tmp_path) as conn:
        assert workbook_id_for(conn, "W1", tmp_path / "a.xlsx") == ("W1", False)
        assert workbook_id_for(conn, "", tmp_path / "a.xlsx") == ("W1", True)
        assert workbook_id_for(conn, "W2", tmp_path / "a.xlsx") == ("W2", False)
        assert workbook_id_for(conn, "", tmp_path / "a.xlsx") == ("W2", True)


def test_the_id_is_the_given_one_or_hangs_on_the_file_name(tmp_path):
    with open_journal(tmp_path) as conn:
        assert workbook_id_for(conn, "given", tmp_path / "a.xlsx") == ("given", False)
        first, assigned = workbook_id_for(conn, "", tmp_path / "a.xlsx")
        assert assigned
        assert workbook_id_for(conn, "", tmp_path / "moved" / "a.xlsx") == (first, True)
        assert workbook_id_for(conn, "", tmp_path / "b.xlsx")[0] != first


def test_a_lost_journal_is_rebuilt_from_the_ledger_sheet(tmp_path):
    sent = [posting(SENT, SMTP), posting(FILED, OUTBOX, milestone="O1"), posting(UNKNOWN, SMTP, milestone="S2")]
    with open_journal(tmp_path / "old") as conn:
        post(conn, sent)
        before = read_view(conn, "W")
    with open_journal(tmp_path / "new") as conn:
        assert seed_from_ledger(conn, "W", ledger_rows(before)) == 3
        after = read_view(conn, "W")
        assert {(p.key, p.result, p.transport, p.sent_on) for p in after.postings} == {
            (p.key, p.result, p.transport, p.sent_on) for p in before.postings
        }
        assert [p.counts for p in after.postings if p.key.milestone == "M1"] == [True]
        assert ledger_rows(after) == ledger_rows(before)


def test_a_living_journal_is_not_overruled_by_the_ledger_sheet(tmp_path):
    with open_journal(tmp_path) as conn:
        post(conn, [posting()])
        rows = ledger_rows(read_view(conn, "W"))
        post(conn, [posting(milestone="O1")])
        assert seed_from_ledger(conn, "W", rows) == 0


def test_an_older_journal_takes_over_what_later_runs_sent_and_nothing_that_was_put_in_by_hand(tmp_path):
    sent = replace(posting(milestone="O1"), sent_on=date(2026, 11, 25), sent_at="2026-11-25T08:30:00+08:00")
    with open_journal(tmp_path / "new") as conn:
        post(conn, [posting(), sent])
        rows = [replace(row, mark=ledger_mark(row)) for row in ledger_rows(read_view(conn, "W"))]
    with open_journal(tmp_path / "old") as conn:
        post(conn, [posting(), replace(sent, result=FAILED, sent_on=None, sent_at="")])
        record_run(conn, "W", PastRun("2026-11-24T08:30:00+08:00", date(2026, 11, 24), "daily", "a"))
        assert seed_from_ledger(conn, "W", [replace(row, mark="0" * 16) for row in rows]) == 0
        assert [row.milestone for row in missed_lines(conn, "W", rows)] == ["O1"]
        assert seed_from_ledger(conn, "W", rows) == 1
        assert ledger_rows(read_view(conn, "W"))[-1].sent_at == sent.sent_at
        assert missed_lines(conn, "W", rows) == ()


def test_a_line_that_the_journal_lost_from_before_its_last_run_is_no_older_journal(tmp_path):
    with open_journal(tmp_path / "new") as conn:
        post(conn, [posting(), posting(milestone="O1")])
        rows = [replace(row, mark=ledger_mark(row)) for row in ledger_rows(read_view(conn, "W"))]
    with open_journal(tmp_path / "old") as conn:
        post(conn, [posting()])
        record_run(conn, "W", PastRun("2026-11-24T08:30:00+08:00", date(2026, 11, 24), "daily", "a"))
        assert seed_from_ledger(conn, "W", rows) == 0


def test_reading_a_copy_leaves_no_trace(tmp_path):
    with copy_journal(tmp_path) as conn:
        post(conn, [posting()])
    assert list(tmp_path.iterdir()) == []
    with open_journal(tmp_path) as conn:
        post(conn, [posting()])
    with copy_journal(tmp_path) as conn:
        post(conn, [posting(milestone="O1")])
        assert len(read_view(conn, "W").postings) == 2
    with open_journal(tmp_path) as conn:
        assert len(read_view(conn, "W").postings) == 1


@pytest.mark.parametrize("make", [make_old_journal, lambda state: open_journal(state).__enter__().close()])
def test_a_look_leaves_the_journal_as_it_lies_there(tmp_path, make):
    """An old one is brought up to date in a copy."""
    make(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with look_into_journal(tmp_path) as conn:
        assert file_on_record(conn, tmp_path / "表.xlsx", "no such fingerprint").is_archive is False
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_look_sees_what_is_recorded(tmp_path):
    with open_journal(tmp_path) as conn:
        record_archive(conn, "W", "表.xlsx", "归档.xlsx", "f" * 64, MONDAY)
    with look_into_journal(tmp_path) as conn:
        files = [("归档.xlsx", "f"), ("归档.xlsx", "e"), ("改了名.xlsx", "f"), ("表.xlsx", "f")]
        found = [file_on_record(conn, tmp_path / name, byte * 64) for name, byte in files]
        assert [one.is_archive for one in found] == [True, False, True, False]
        assert [one.is_in_use_again for one in found] == [False, False, False, True]


@pytest.mark.parametrize("read", [open_journal, look_into_journal])
def test_a_damaged_journal_says_what_to_do(tmp_path, read):
    (tmp_path / "journal.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(JournalUnusable, match="提醒台账"), read(tmp_path):
        pass


def test_a_journal_damaged_inside_says_so_too(tmp_path):
    with open_journal(tmp_path) as conn:
        post(conn, [posting(number=f"GJ-{n}") for n in range(500)])
    place = tmp_path / "journal.db"
    blob = bytearray(place.read_bytes())
    blob[8192:-4096] = b"\xff" * (len(blob) - 12288)
    place.write_bytes(blob)
    with pytest.raises(JournalUnusable, match="已损坏"), open_journal(tmp_path) as conn:
        read_view(conn, "W")


def test_the_database_of_another_program_is_refused(tmp_path):
    with sqlite3.connect(tmp_path / "journal.db") as conn:
        conn.execute("CREATE TABLE theirs (x)")
    with pytest.raises(JournalUnusable, match="别的程序"), open_journal(tmp_path):
        pass


def test_a_journal_of_a_newer_program_is_refused(tmp_path):
    with open_journal(tmp_path) as conn:
        conn.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    with pytest.raises(JournalUnusable, match="升级"), open_journal(tmp_path):
        pass


def _version_when_open(state) -> int:
    with open_journal(state) as conn:
        return conn.execute("PRAGMA user_version").fetchone()[0]


@pytest.mark.parametrize("version", [0, 2])
def test_a_run_that_waited_while_another_made_or_migrated_the_journal_goes_on(tmp_path, version):
    place = tmp_path / journal.FILE_NAME
    with closing(sqlite3.connect(place, isolation_level=None)) as other, ThreadPoolExecutor(1) as pool:
        if version:
            other.executescript("".join(STEPS[:version]))
            other.execute(f"PRAGMA application_id = {journal.APPLICATION_ID}")
            other.execute(f"PRAGMA user_version = {version}")
        other.execute("BEGIN IMMEDIATE")
        late = pool.submit(_version_when_open, tmp_path)
        with pytest.raises(TimeoutError):
            late.result(timeout=0.5)
        for statement in "".join(STEPS[version:]).split(";"):
            other.execute(statement)
        other.execute(f"PRAGMA application_id = {journal.APPLICATION_ID}")
        other.execute(f"PRAGMA user_version = {len(STEPS)}")
        other.execute("COMMIT")
        assert late.result(timeout=30) == len(STEPS)


def test_a_journal_that_could_not_even_get_its_tables_is_withdrawn_too(tmp_path):
    (tmp_path / journal.FILE_NAME).touch()
    withdraw_journal(tmp_path, ())
    assert not is_there(tmp_path)


def test_an_apply_can_be_taken_back_once(tmp_path):
    edit = AppliedEdit("改进计划跟踪表", "C5", "2024.5.3", date(2024, 5, 3))
    with open_journal(tmp_path) as conn:
        carry_out(
            conn, "W", Intent(APPLY, "表.xlsx", "2026-11-22T08:00:00+08:00", date(2026, 11, 22), "b", "f", (edit,))
        )
        applied = last_applied(conn, "W")
        assert applied is not None
        assert applied.edits == (edit,)
        carry_out(
            conn,
            "W",
            Intent(UNDO, "表.xlsx", "2026-11-22T08:01:00+08:00", date(2026, 11, 22), "f", "b", undoes=applied.serial),
        )
        assert last_applied(conn, "W") is None
