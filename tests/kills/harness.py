"""SIGKILL at random moments of a run of letters, restarted each time; what the server accepted against the journal."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from capa_xl.effects.journal import copy_journal
from capa_xl.effects.journal_view import read_view
from capa_xl.model.journal import SMTP, UNKNOWN
from tests.effects.mail_server import Certificates, Script, make_certificates, port_of, serve
from tests.kills import worker

ROOT = Path(__file__).parents[2]


@dataclass
class Tally:
    """What all rounds together gave.

    Attributes:
        twice: Letters the server accepted twice without anybody asking for them again: must stay empty.
        lost: Letters neither accepted nor listed as unknown: must stay empty.
        unknown: Letters listed as unknown after the kills.
        never_arrived: Those among them that the server had not accepted; asked for again, they arrived.
    """

    kills: int = 0
    rounds: int = 0
    letters: int = 0
    unknown: int = 0
    never_arrived: int = 0
    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def run_kills(kills: int, folder: Path, *, count: int = 100, seed: int = 2026) -> Tally:
    """Rounds of `count` letters until that many kills were dealt; every round ends with --resend-unknown."""
    draw, tally = random.Random(seed), Tally()
    certificates = make_certificates(folder / "ca")
    while tally.kills < kills:
        script = Script()
        server = serve(script, certificates.context())
        try:
            _round(
                Round(folder / f"round{tally.rounds}", script, port_of(server), certificates, count), kills, draw, tally
            )
        finally:
            server.stop()
        tally.rounds += 1
    return tally


@dataclass(frozen=True)
class Round:
    state: Path
    script: Script
    port: int
    certificates: Certificates
    count: int

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        arguments = [str(self.state), str(self.port), str(self.certificates.ca), str(self.count), *words]
        return subprocess.Popen([sys.executable, "-m", "tests.kills.worker", *arguments], cwd=ROOT)

    def accepted(self) -> Counter[str]:
        return Counter(address for address, _ in self.script.accepted)

    def unknown(self) -> set[str]:
        with copy_journal(self.state) as conn:
            postings = read_view(conn, worker.WORKBOOK, SMTP).postings
        by_key = {duty.key: letter.address for letter in worker.letters(self.count) for duty in letter.duties}
        return {by_key[posting.key] for posting in postings if posting.result == UNKNOWN}


def _round(this: Round, kills: int, draw: random.Random, tally: Tally) -> None:
    while tally.kills < kills and not _runs_through(this, draw):
        tally.kills += 1
    if this.start().wait(60) != 0:
        raise RuntimeError("the last run failed")
    accepted, unknown = this.accepted(), this.unknown()
    addresses = [letter.address for letter in worker.letters(this.count)]
    tally.letters += len(addresses)
    tally.unknown += len(unknown)
    tally.never_arrived += sum(1 for address in unknown if not accepted[address])
    tally.twice += [address for address in addresses if accepted[address] > 1]
    tally.lost += [address for address in addresses if not accepted[address] and address not in unknown]
    _ask_again(this, unknown, accepted, tally)


def _runs_through(this: Round, draw: random.Random) -> bool:
    """Start a run and kill it at a random moment; True when it was done before."""
    run = this.start()
    goal = len(this.script.accepted) + draw.randint(0, 20)
    while run.poll() is None and len(this.script.accepted) < goal:
        time.sleep(0.0005)
    time.sleep(draw.random() * 0.012)
    done = run.poll() is not None
    run.kill()
    run.wait()
    time.sleep(0.02)  # let the server finish with the connection that died
    return done


def _ask_again(this: Round, unknown: set[str], before: Counter[str], tally: Tally) -> None:
    """--resend-unknown: each of them is accepted once more, the others are left alone."""
    this.start("resend").wait(60)
    after = this.accepted()
    for address in before.keys() | unknown:
        if after[address] != before[address] + (address in unknown):
            tally.twice.append(f"{address} after --resend-unknown")
