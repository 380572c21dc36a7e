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
from tests.tables import workbook_bytes

ROOT = Path(__file__).parents[2]
WORKBOOK_ID = "W1"


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
            workbook = _workbook(folder / f"round{tally.rounds}", port_of(server), certificates, count)
            _round(Round(workbook, script, count), kills, draw, tally)
        finally:
            server.stop()
        tally.rounds += 1
    return tally


@dataclass(frozen=True)
class Round:
    """One workbook, its mail server, and as many people as letters are due."""

    workbook: Path
    script: Script
    count: int

    @property
    def addresses(self) -> list[str]:
        return [f"p{n:03d}@corp.example" for n in range(self.count)]

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "tests.kills.worker", str(self.workbook), *words], cwd=ROOT)

    def accepted(self) -> Counter[str]:
        return Counter(address for address, _ in self.script.accepted)

    def unknown(self) -> set[str]:
        with copy_journal(self.workbook.parent / ".capa_xl") as conn:
            postings = read_view(conn, WORKBOOK_ID, SMTP).postings
        return {_address(posting.key.recipient) for posting in postings if posting.result == UNKNOWN}


def _workbook(folder: Path, port: int, certificates: Certificates, count: int) -> Path:
    folder.mkdir()
    (folder / "capa_xl.toml").write_text(
        f'[mail]\ntransport = "smtp"\nhost = "127.0.0.1"\nport = {port}\nca_file = "{certificates.ca}"\n'
        'user = "capa@corp.example"\nsecret = "env:PW"\nfrom = "质量部 <capa@corp.example>"\n',
        encoding="utf-8",
    )
    people = [["姓名", "部门", "角色", "邮箱", "在职"]]
    tracker = [["编号", "措施内容", "责任人", "责任部门", "登记日期", "完成期限"]]
    for n in range(count):
        people.append([f"样例{n:03d}", "网络部", "员工", f"p{n:03d}@corp.example", "是"])
        tracker.append([f"GJ-{n:03d}", "换硬盘", f"样例{n:03d}", "网络部", "2026-10-01", "2026-12-23"])
    sheets = {"改进计划跟踪表": tracker, "人员部门": people, "参数": [["参数", "值"], ["工作簿标识", WORKBOOK_ID]]}
    workbook = folder / "表.xlsx"
    workbook.write_bytes(workbook_bytes(sheets))
    return workbook


def _address(name: str) -> str:
    return f"p{name.removeprefix('样例')}@corp.example"


def _round(this: Round, kills: int, draw: random.Random, tally: Tally) -> None:
    while tally.kills < kills and not _runs_through(this, draw):
        tally.kills += 1
    if this.start().wait(60) != 0:
        raise RuntimeError("the last run failed")
    accepted, unknown = this.accepted(), this.unknown()
    tally.letters += this.count
    tally.unknown += len(unknown)
    tally.never_arrived += sum(1 for address in unknown if not accepted[address])
    tally.twice += [address for address in this.addresses if accepted[address] > 1]
    tally.lost += [address for address in this.addresses if not accepted[address] and address not in unknown]
    _ask_again(this, unknown, accepted, tally)


def _runs_through(this: Round, draw: random.Random) -> bool:
    """Start a run and kill it at a random moment; True when it was done before."""
    run = this.start()
    goal = len(this.script.accepted) + draw.randint(1, this.count // 8)
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
