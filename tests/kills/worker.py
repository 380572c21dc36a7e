"""One run of a hundred letters against a mail server; killed at random and started again by the harness."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from capa_xl.app.books import Books
from capa_xl.app.deliver import Errand, deliver
from capa_xl.effects.journal import open_journal
from capa_xl.effects.journal_postings import settle_interrupted
from capa_xl.effects.mail_session import Server
from capa_xl.effects.mail_smtp import SmtpTransport
from capa_xl.model.journal import SENT, SMTP, UNKNOWN
from capa_xl.model.letter import Duty, JournalKey, Letter
from tests.effects.mail_server import PASSWORD, SENDER, USER, letter_to

ON = date(2026, 11, 23)
WORKBOOK = "W"


def letters(count: int) -> tuple[Letter, ...]:
    return tuple(_letter(n) for n in range(count))


def _letter(n: int) -> Letter:
    address = f"p{n:03d}@corp.example"
    keys = [JournalKey(WORKBOOK, f"GJ-{n:03d}-{part}", "M1", "2026-12-23", "0", f"样例{n:03d}") for part in "ab"]
    duties = tuple(
        Duty(key, address, False, ON, date(2026, 12, 23), False, False, True, "完成措施", -30) for key in keys
    )
    return replace(letter_to(address), duties=duties)


def main(state: Path, port: int, ca: Path, count: int, *, resend_unknown: bool) -> None:
    server = Server("127.0.0.1", port, user=USER, password=lambda: PASSWORD, ca_file=ca)
    with open_journal(state) as conn:
        settle_interrupted(conn, WORKBOOK)
        books = Books(conn, WORKBOOK, assigned=False, rebuilt=0)
        settled = {SENT} if resend_unknown else {SENT, UNKNOWN}
        done = {posting.key for posting in books.view(SMTP).postings if posting.result in settled}
        due = [letter for letter in letters(count) if not all(duty.key in done for duty in letter.duties)]
        shanghai = timezone(timedelta(hours=8))
        errand = Errand(ON, rehearsal=False, now=lambda: datetime.now(shanghai))
        deliver(books, due, SmtpTransport(server, SENDER, time.sleep), errand)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), resend_unknown="resend" in sys.argv)
