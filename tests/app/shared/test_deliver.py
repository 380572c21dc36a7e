import sqlite3
from datetime import date, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from capa_xl.app.shared import deliver as deliver_module
from capa_xl.app.shared.deliver import PAUSES, deliver, in_journal, without_refused
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.effects.journal import copy_journal, open_journal
from capa_xl.effects.journal_view import read_view
from capa_xl.effects.transport import Outcome
from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import FAILED, SENT, SMTP, UNKNOWN
from capa_xl.model.letter import Duty, JournalKey
from tests.app.desks import desk_at, still_world
from tests.effects.mail_server import letter_to

AT = datetime(2026, 11, 23, 8, 30, tzinfo=timezone(timedelta(hours=8)))
ON, DUE = AT.date(), date(2026, 12, 23)


def letter(n: int):
    address, name = f"p{n}@corp.example", f"样例{n}"
    keys = [JournalKey("W", f"GJ-{n}{part}", "M1", DUE.isoformat(), "0", name) for part in "ab"]
    duties = tuple(Duty(key, address, False, ON, DUE, False, False, True, "完成措施", -30) for key in keys)
    return replace(letter_to(address), recipient=name, duties=duties)


class Scripted:
    """A transport that answers as told and looks into the journal on disk at every letter."""

    name = SMTP

    def __init__(self, state, *outcomes):
        self.state, self.outcomes, self.seen = state, list(outcomes), []

    def deliver(self, letter, at):
        with copy_journal(self.state) as conn:
            postings = read_view(conn, "W", SMTP).postings
        self.seen.append({p.key.recipient: p.result for p in postings})
        return self.outcomes.pop(0) if self.outcomes else Outcome(SENT)

    def close(self):
        pass


@pytest.fixture
def run(tmp_path):
    pauses = []

    def go(transport, *letters, max_send=0, today=ON, sleep=pauses.append, **world):
        desk = desk_at(tmp_path / "表.xlsx", AsOf(ON, today), world=still_world(ON, sleep, **world))
        with open_journal(tmp_path) as conn:
            journal = WorkbookJournal(conn, "W", assigned=False, rebuilt=0)
            return deliver(in_journal(journal), letters, transport, desk, max_send), journal.view(SMTP).postings, pauses

    return go


def test_sending_is_on_disk_before_a_letter_leaves_and_its_fate_before_the_next(tmp_path, run):
    transport = Scripted(tmp_path)
    run(transport, letter(1), letter(2))
    assert transport.seen == [{"样例1": "sending"}, {"样例1": "sent", "样例2": "sending"}]


def test_every_item_of_a_letter_shares_its_fate(tmp_path, run):
    _, postings, _ = run(Scripted(tmp_path, Outcome(FAILED, "550 no such user")), letter(1))
    assert [(p.key.number, p.result, p.error, p.sent_on) for p in postings] == [
        ("GJ-1a", FAILED, "550 no such user", None),
        ("GJ-1b", FAILED, "550 no such user", None),
    ]


def test_while_a_letter_waits_for_the_next_round_it_is_failed_and_not_sending(tmp_path, run):
    transport = Scripted(tmp_path, Outcome(FAILED, "450 busy", again=True))
    delivery, _, pauses = run(transport, letter(1), letter(2))
    assert transport.seen[1] == {"样例1": "failed", "样例2": "sending"}
    assert (delivery.sent, delivery.is_clean, pauses) == (2, True, [2.0])


def test_an_unknown_fate_is_never_tried_again(tmp_path, run):
    transport = Scripted(tmp_path, Outcome(UNKNOWN, "?"))
    delivery, postings, pauses = run(transport, letter(1))
    assert (len(transport.seen), delivery.is_clean, pauses) == (1, False, [])
    assert {p.result for p in postings} == {UNKNOWN}


def test_after_the_last_round_the_letter_has_failed(tmp_path, run):
    transport = Scripted(tmp_path, *[Outcome(FAILED, "450 busy", again=True)] * 9)
    delivery, _, pauses = run(transport, letter(1))
    assert (len(transport.seen), delivery.sent, pauses) == (1 + len(PAUSES), 0, list(PAUSES))


def test_a_wish_to_stop_during_a_pause_begins_no_other_letter(tmp_path, run):
    transport = Scripted(tmp_path, Outcome(FAILED, "450 busy", again=True))
    asked = []
    delivery, _, _ = run(transport, letter(1), sleep=asked.append, go_on=lambda: not asked)
    assert (len(transport.seen), delivery.sent, delivery.left) == (1, 0, 1)


def test_a_wish_to_stop_within_a_later_round_leaves_what_that_round_would_have_tried(tmp_path, run):
    transport = Scripted(tmp_path, *[Outcome(FAILED, "450 busy", again=True)] * 4)
    delivery, _, _ = run(transport, letter(1), letter(2), letter(3), go_on=lambda: len(transport.seen) < 4)
    assert (len(transport.seen), delivery.left, len(delivery.held_back)) == (4, 3, 0)


def test_a_line_break_in_a_header_or_a_foreign_domain_is_refused_and_the_others_go():
    broken = replace(letter(2), subject="a\nBcc: b@x.example")
    going, refused = without_refused([letter(1), broken, letter_to("a@elsewhere.example")], ("corp.example",))
    assert going == (letter(1),)
    assert [("换行" in fault, "allowed_domains" in fault) for _, fault in refused] == [(True, False), (False, True)]


def test_a_letter_that_the_server_took_and_the_ledger_could_not_note_is_of_unknown_fate_and_ends_the_run(
    tmp_path, run, monkeypatch
):
    real, taken = deliver_module.post, []

    def post(*args):
        taken.append(None)
        if len(taken) == 4:
            raise sqlite3.OperationalError("database or disk is full")
        real(*args)

    monkeypatch.setattr(deliver_module, "post", post)
    transport = Scripted(tmp_path)
    delivery, postings, _ = run(transport, letter(1), letter(2), letter(3))
    assert (len(transport.seen), delivery.sent, delivery.left, delivery.exit_code) == (2, 1, 1, 23)
    ((unknown, outcome),) = delivery.letters(UNKNOWN)
    assert unknown.recipient == "样例2" and "邮件服务器已收下" in outcome.error and "结果不明" in outcome.error
    assert delivery.unsent == ("样例3",)
    assert {p.key.recipient: p.result for p in postings} == {"样例1": SENT, "样例2": "sending"}
