"""A thousand letters over loopback SMTP, against a loop with the same messages and commits, and a bare smtplib loop.

`python bench/mail.py [LETTERS [RUNS]]`. One aiosmtpd server in its own process, STARTTLS and AUTH for all three; each
peer in its own process, interleaved. The loop is what anybody would write who wants the same durability: one
connection, one message per person, `sending` committed before and `sent` after it.
"""

from __future__ import annotations

import smtplib
import sqlite3
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from peers import Peer, measure, table, timed

from capa_xl.app.shared.deliver import deliver, in_journal
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.effects.journal import open_journal
from capa_xl.effects.mail_session import Server
from capa_xl.effects.mail_smtp import SmtpTransport
from capa_xl.effects.mime import mime_of
from capa_xl.model.letter import Duty, JournalKey, Letter
from tests.app.desks import desk_at
from tests.effects.mail_server import PASSWORD, SENDER, USER, Script, letter_to, make_certificates, port_of, serve

AT = datetime(2026, 11, 23, 8, 30, tzinfo=timezone(timedelta(hours=8)))
ON, DUE = date(2026, 11, 23), date(2026, 12, 23)
ITEMS = 3
LIMIT = 1.5


def main(letters: int, runs: int) -> int:
    """Measure and print; 1 when ours is over the limit."""
    with tempfile.TemporaryDirectory() as folder, _server(folder) as port:
        names = {"loop with the same commits": "loop", "capa-xl": "ours", "bare smtplib loop": "bare"}
        peers = [Peer(name, (__file__, kind, port, folder, str(letters))) for name, kind in names.items()]
        found = measure(peers, runs)
    loop, ours, bare = (one.seconds for one in found)
    print(
        f"{letters} letters of {ITEMS} items, median of {runs} runs\n\n{table(found, 'loop with the same commits')}\n"
    )
    print(f"against the loop {ours / loop:.2f} (limit {LIMIT}); against the bare loop {ours / bare:.2f}")
    return int(ours / loop > LIMIT)


class _server:  # noqa: N801 - used as a with statement
    """The mail server in a process of its own; gives its port as text."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def __enter__(self) -> str:
        command = (sys.executable, __file__, "serve", self._folder)
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
        return self._process.stdout.readline().strip()

    def __exit__(self, *_: object) -> None:
        self._process.communicate("stop\n")


def serve_until_told(folder: str) -> None:
    """Print the port; end with the first line on stdin."""
    server = serve(Script(), make_certificates(Path(folder)).context())
    print(port_of(server), flush=True)
    sys.stdin.readline()
    server.stop()


def ours(port: int, folder: Path, letters: tuple[Letter, ...]) -> Callable[[], object]:
    """The journal and transport of `capa-xl remind --send`."""

    def work() -> None:
        server = Server("127.0.0.1", port, user=USER, password=lambda: PASSWORD, ca_file=folder / "ca.pem")
        with tempfile.TemporaryDirectory(dir=folder) as state, open_journal(Path(state)) as conn:
            journal = WorkbookJournal(conn, "W", assigned=False, rebuilt=0)
            done = deliver(in_journal(journal), letters, SmtpTransport(server, SENDER), desk_at(folder / "表.xlsx", ON))
        if done.sent != len(letters):
            raise SystemExit(done.stopped or "not all sent")

    return work


def loop(port: int, folder: Path, letters: tuple[Letter, ...]) -> Callable[[], object]:
    """The same messages and two durable commits a letter, one row per item, by hand."""

    def work() -> None:
        with tempfile.TemporaryDirectory(dir=folder) as state, sqlite3.connect(Path(state) / "j.db") as conn:
            conn.execute("PRAGMA journal_mode = TRUNCATE")
            conn.execute("PRAGMA synchronous = FULL")
            conn.execute("CREATE TABLE posting (item TEXT, person TEXT, fate TEXT, PRIMARY KEY (item, person))")
            session = _session(port, folder)
            for letter in letters:
                rows = [("sending", duty.key.number, letter.recipient) for duty in letter.duties]
                with conn:
                    conn.executemany("INSERT INTO posting (fate, item, person) VALUES (?, ?, ?)", rows)
                session.sendmail(USER, [letter.address], mime_of(letter, SENDER, AT))
                with conn:
                    conn.executemany("UPDATE posting SET fate = 'sent' WHERE ? <> '' AND item = ? AND person = ?", rows)
            session.quit()

    return work


def bare(port: int, folder: Path, letters: tuple[Letter, ...]) -> Callable[[], object]:
    """Messages built beforehand, no journal: what the wire costs."""
    blobs = [(letter.address, mime_of(letter, SENDER, AT)) for letter in letters]

    def work() -> None:
        session = _session(port, folder)
        for address, blob in blobs:
            session.sendmail(USER, [address], blob)
        session.quit()

    return work


def _session(port: int, folder: Path) -> smtplib.SMTP:
    session = smtplib.SMTP("127.0.0.1", port, "[127.0.0.1]")
    session.starttls(context=ssl.create_default_context(cafile=folder / "ca.pem"))
    session.login(USER, PASSWORD)
    return session


def _letters(count: int) -> tuple[Letter, ...]:
    return tuple(_letter(n) for n in range(count))


def _letter(n: int) -> Letter:
    address, name = f"p{n:04d}@corp.example", f"样例{n:04d}"
    keys = [JournalKey("W", f"GJ-{n:04d}-{part}", "M1", DUE.isoformat(), "0", name) for part in range(ITEMS)]
    duties = tuple(Duty(key, address, False, ON, DUE, False, False, True, "完成措施", -30) for key in keys)
    text = "您好：\n\n" + "GJ-2026-001 更换磁盘阵列控制器，完成期限 2026-12-23，还有 30 天。\n" * 30
    html = "<p>您好</p>" + "<p>GJ-2026-001 更换磁盘阵列控制器，完成期限 2026-12-23，还有 30 天。</p>" * 60
    return replace(letter_to(address), recipient=name, duties=duties, text=text, html=html)


PEERS = {"ours": ours, "loop": loop, "bare": bare}

if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["serve"]:
        serve_until_told(words[1])
    elif words and words[0] in PEERS:
        timed(PEERS[words[0]](int(words[1]), Path(words[2]), _letters(int(words[3]))))
    else:
        letters, runs = [int(word) for word in words] + [1000, 3][len(words) :]
        sys.exit(main(letters, runs))
