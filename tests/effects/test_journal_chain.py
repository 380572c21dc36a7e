"""Tampering with the journal in every way we could think of: each is seen, and the untouched twin passes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from capa_xl.effects.journal import FILE_NAME, copy_journal, open_journal
from capa_xl.effects.journal_chain import digest, head_before, links
from capa_xl.effects.journal_packs import pack_before, record_pack
from capa_xl.effects.journal_postings import as_not_received, attempts_of, post, postings_of, settle_interrupted
from capa_xl.effects.journal_snapshot import record_snapshot
from capa_xl.effects.journal_verify import verify_chain
from capa_xl.effects.journal_written import record_run
from capa_xl.model.journal import FAILED, OUTBOX, SENDING, SENT, SMTP, UNKNOWN, Posting
from capa_xl.model.letter import JournalKey
from capa_xl.model.pack import PackState
from capa_xl.model.snapshot import PastRun, RowSeen, Snapshot
from tests.effects.old_journal import make_old_journal

MONDAY = date(2026, 11, 23)
TUESDAY = MONDAY + timedelta(1)


def seen(mark: str, measure: str) -> Snapshot:
    row = RowSeen("GJ-01", MONDAY, (measure,))
    return Snapshot(mark, 1, frozenset({"number"}), frozenset({"GJ-01"}), ("措施内容",), (row,))


def posting(milestone: str, on: date = MONDAY, result: str = SENT, transport: str = SMTP) -> Posting:
    key = JournalKey("W", "GJ-01", milestone, "2026-12-23", "0", "样例甲")
    sent = on if result == SENT else None
    return Posting(key, result, on, sent, f"{on}T08:30:00+08:00" if sent else "", transport, "<1@x.example>")


@pytest.fixture
def state(tmp_path) -> Path:
    """Two days: a letter each, a changed field, a run, a pack."""
    with open_journal(tmp_path) as conn:
        record_snapshot(conn, "W", seen("a", "旧"), MONDAY)
        post(conn, [posting("M1", result=SENDING)], MONDAY)
        post(conn, [posting("M1")], MONDAY)
        record_snapshot(conn, "W", seen("b", "新"), TUESDAY)
        post(conn, [posting("O1", TUESDAY)], TUESDAY)
        record_run(conn, "W", PastRun("2026-11-24T08:30:00", TUESDAY, "refresh", "c"), [])
        record_pack(conn, "W", PackState("2026Q3", date(2026, 9, 30), TUESDAY, {}), "f00d", TUESDAY)
    return tmp_path


def faults(state: Path) -> tuple[str, ...]:
    with copy_journal(state) as conn:
        return verify_chain(conn, "W").faults


@pytest.mark.parametrize(("on", "before"), [(TUESDAY, None), (TUESDAY + timedelta(1), "2026Q3")])
def test_a_pack_that_was_made_up_for_today_is_nothing_to_compare_with(state, on, before):
    """It says what the tracker says today: a quarter would look as if nothing had changed in it."""
    with copy_journal(state) as conn:
        found = pack_before(conn, "W", date(2026, 10, 1), on)
    assert (found.period if found else None) == before


def test_an_untouched_journal_is_whole(state):
    with copy_journal(state) as conn:
        check = verify_chain(conn, "W")
    assert check.faults == ()
    assert (check.links, check.since, check.until) == (8, "2026-11-23", "2026-11-24")  # the genesis is the eighth


TAMPERED = {
    "a sent date": ("UPDATE posting SET sent_on = '2026-11-20' WHERE milestone = 'M1'", "「GJ-01 提前一个月提醒 期限"),
    "a sent time": ("UPDATE posting SET sent_at = '2026-11-23T07:00:00+08:00' WHERE milestone = 'O1'", "与记账时不同"),
    "a result": ("UPDATE posting SET result = 'filed' WHERE milestone = 'O1'", "与记账时不同"),
    "a recipient": ("UPDATE posting SET recipient = '样例乙' WHERE milestone = 'O1'", "被删除"),
    "a posting taken out": ("DELETE FROM posting WHERE milestone = 'O1'", "被删除"),
    "a posting slipped in": (
        "INSERT INTO posting (workbook_id, number, milestone, due_version, occurrence, recipient, transport, result, "
        "planned_on, message_id) VALUES ('W', 'GJ-02', 'M1', 'd', '0', '样例甲', 'smtp', 'sent', '2026-11-23', '')",
        "「GJ-02 提前一个月提醒 期限 d 收件人 样例甲」不是工具记下的",
    ),
    "a weekly digest, which has neither number nor due date, slipped in": (
        "INSERT INTO posting (workbook_id, number, milestone, due_version, occurrence, recipient, transport, result, "
        "planned_on, message_id) VALUES ('W', '', 'Q1', '', '0', '样例检', 'smtp', 'sent', '2026-11-23', '')",
        "提醒记录「每周汇总 收件人 样例检」不是工具记下的",
    ),
    "a link's content": ("UPDATE chain SET content = '{}' WHERE serial = 3", "第 3 条（2026-11-23，提醒）本身被改过"),
    "a link's day": ("UPDATE chain SET on_day = '2026-11-01' WHERE serial = 4", "第 4 条"),
    "a link taken out": ("DELETE FROM chain WHERE serial = 5", "第 6 条（2026-11-24，提醒）与前一条接不上"),
    "the genesis taken out": ("DELETE FROM chain WHERE serial = 1", "第 2 条"),
    "the snapshot": ("UPDATE snapshot SET row_count = 9", "最近一次快照与记账时不同"),
    "a field's history": ("UPDATE field_change SET before = '别的'", "变更历史第 1 至 1 条与记账时不同"),
    "a field's history taken out": ("DELETE FROM field_change", "变更历史第 1 至 1 条与记账时不同"),
    "a field's history slipped in": (
        "INSERT INTO field_change (workbook_id, number, field, before, after, seen_on) "
        "VALUES ('W', 'n', 'f', '', '', 'd')",
        "变更历史第 2 条不是工具记下的",
    ),
    "a pack's manifest": ("UPDATE pack SET manifest = 'beef'", "资料包 2026Q3 2026-11-24与记账时不同"),
    "a pack taken out": ("DELETE FROM pack", "资料包 2026Q3 2026-11-24被删除"),
}


@pytest.mark.parametrize(("edit", "said"), TAMPERED.values(), ids=TAMPERED)
def test_tampering_is_seen_and_named(state, edit, said):
    with closing(sqlite3.connect(state / FILE_NAME)) as conn, conn:
        conn.execute(edit)
    assert said in faults(state)[0]


ATTEMPTS = {
    "changed": ("UPDATE attempt SET tried_on = '2026-11-20'", "提醒的第 1 条尝试记录与记账时不同"),
    "taken out": ("DELETE FROM attempt", "提醒的第 1 条尝试记录被删除"),
    "slipped in": (
        "INSERT INTO attempt SELECT NULL, workbook_id, number, milestone, due_version, occurrence, recipient, "
        "transport, rehearsed_on, 'failed', planned_on, '', '', tried_on, message_id, '', counts FROM posting",
        "提醒的第 2 条尝试记录不是工具记下的",
    ),
}


@pytest.mark.parametrize(("edit", "said"), ATTEMPTS.values(), ids=ATTEMPTS)
def test_an_attempt_that_a_later_one_replaced_is_guarded_likewise(tmp_path, edit, said):
    with open_journal(tmp_path) as conn:
        for result in (SENDING, FAILED, SENDING, SENT):
            post(conn, [posting("M1", result=result)], MONDAY)
        assert [one.result for one in attempts_of(conn, "W")] == [FAILED]
        assert [one.result for one in postings_of(conn, "W")] == [SENT]
    assert faults(tmp_path) == ()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as conn, conn:
        conn.execute(edit)
    assert said in faults(tmp_path)


def test_letters_known_not_to_have_come_go_on_record_together_each_under_its_own_day(tmp_path):
    days = {"M1": MONDAY, "O1": TUESDAY}
    with open_journal(tmp_path) as conn:
        for milestone, day in days.items():
            post(conn, [posting(milestone, result=UNKNOWN)], day)
        before = len(list(links(conn, "W")))
        post(conn, [as_not_received(one) for one in postings_of(conn, "W")])
        assert len(list(links(conn, "W"))) == before + 1
        assert {one.key.milestone: (one.result, one.tried_on) for one in postings_of(conn, "W")} == {
            milestone: (FAILED, day) for milestone, day in days.items()
        }
    assert faults(tmp_path) == ()


def test_a_link_rewritten_with_its_own_hash_breaks_the_next_one(state):
    with closing(sqlite3.connect(state / FILE_NAME)) as conn, conn:
        link = next(link for link in links(conn, "W") if link.serial == 3)
        mark = digest((link.previous, link.kind, link.on, "{}"))
        conn.execute("UPDATE chain SET content = '{}', mark = ? WHERE serial = 3", (mark,))
    assert faults(state)[0].startswith("第 4 条（2026-11-23，提醒）与前一条接不上")


def test_an_end_cut_off_whole_is_seen_by_the_head_that_was_printed(state):
    """Links and rows taken out together leave a shorter, whole chain: only a printed head tells."""
    with copy_journal(state) as conn:
        printed = head_before(conn, "W", date(2026, 11, 30))
    with closing(sqlite3.connect(state / FILE_NAME)) as conn, conn:
        conn.execute("DELETE FROM chain WHERE serial = 8")
        conn.execute("DELETE FROM pack")
    assert faults(state) == ()
    with copy_journal(state) as conn:
        assert printed not in {link.mark for link in links(conn, "W")}


def test_the_head_before_a_day_leaves_that_day_out(state):
    with copy_journal(state) as conn:
        by_serial = {link.serial: link.mark for link in links(conn, "W")}
        assert head_before(conn, "W", MONDAY) == ""  # the genesis has no day
        assert head_before(conn, "W", TUESDAY) == by_serial[4]
        assert head_before(conn, "W", TUESDAY + timedelta(1)) == by_serial[8]


def test_a_link_is_never_dated_before_the_one_in_front_of_it(state):
    """A clock set back doesn't change the head before a day that papers already print."""
    with open_journal(state) as conn:
        before = head_before(conn, "W", TUESDAY)
        post(conn, [posting("M2-7")], MONDAY)
        assert head_before(conn, "W", TUESDAY) == before
        assert verify_chain(conn, "W").faults == ()


def test_what_an_interrupted_run_left_is_settled_within_the_chain(state):
    with open_journal(state) as conn:
        post(conn, [posting("M2-7", TUESDAY, SENDING), posting("S1", TUESDAY, SENDING, OUTBOX)], TUESDAY)
        assert settle_interrupted(conn, "W") == 1
        assert verify_chain(conn, "W").faults == ()


def test_rehearsals_are_no_links(state):
    with open_journal(state) as conn:
        before = len(list(links(conn, "W")))
        post(conn, [posting("M2-7")], MONDAY, rehearsed_on=MONDAY)
        assert len(list(links(conn, "W"))) == before
        assert verify_chain(conn, "W").faults == ()


def test_an_old_journal_is_one_genesis_and_goes_on(tmp_path):
    make_old_journal(tmp_path)
    with open_journal(tmp_path) as conn:
        assert verify_chain(conn, "W").links == 0
        post(conn, [posting("O1")], MONDAY)
        assert [link.kind for link in links(conn, "W")] == ["genesis", "postings"]
        assert verify_chain(conn, "W").faults == ()
