"""The hunt: children that try one mutated workbook after another, and what is kept of those that broke something.

A child writes down what it tries before it tries it: one that is killed, hangs or dies of memory leaves its input.
"""

from __future__ import annotations

import hashlib
import os
import resource
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.app.office import LEDGER, QUALITY, SETTINGS
from tests.faults.scenarios import TRACKER
from tests.fuzz.mutations import mutated
from tests.fuzz.targets import tried
from tests.old_tables import old_table
from tests.ooxml.xlsx_maker import Book
from tests.tables import workbook_bytes

MEMORY = 2 << 30
"""Address space of a child: four times what the largest base needs."""
BATCH_S, SILENT_S = 20.0, 300.0
SEEDS = Path(__file__).parent / "seeds"


@dataclass
class Hunt:
    """What was tried, and what broke: the end of its traceback → the workbook that did it."""

    tries: int = 0
    broken: dict[str, Path] = field(default_factory=dict)


def bases(corpus: Path | None = None) -> list[bytes]:
    """Sound workbooks to start from: ours, other people's, one of a writer with habits of its own; kept seeds."""
    office = {"改进计划跟踪表": TRACKER, "人员部门": QUALITY, "参数": SETTINGS, "提醒台账": LEDGER}
    rows = (
        '<row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" s="1"><v>45000</v></c><c r="B2"><f>A2+1</f><v>45001</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c></row>'
        '<row r="4"><c r="B4" t="e"><v>#N/A</v></c><c r="C4" t="b"><v>1</v></c></row>'
    )
    strings = ("<t>编号</t>", "<r><t>措施</t></r><r><t>内容</t></r>")
    tail = '<mergeCells count="1"><mergeCell ref="A5:B6"/></mergeCells>'
    made = [
        workbook_bytes(office),
        old_table("不符合项表"),
        old_table("整改跟踪表", table=True),
        Book(rows=rows, strings=strings, tail=tail, head='<dimension ref="A1:C3"/>').blob(),
    ]
    found = sorted(corpus.glob("*.xls[xm]")) if corpus else []
    kept = sorted(SEEDS.glob("*.xlsx"))
    return [*made, *(path.read_bytes() for path in (*found, *kept) if path.stat().st_size < 40_000)]


def hunt(seconds: float, seed: int, finds: Path, starts: list[bytes]) -> Hunt:
    """Try for so many seconds; every workbook that broke something is written to `finds`, one of each kind."""
    until, done, batch = time.monotonic() + seconds, Hunt(), 0
    finds.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        while time.monotonic() < until:
            _one_child(Path(folder), f"{seed}-{batch}", starts, min(BATCH_S, until - time.monotonic()))
            _gathered(Path(folder), finds, done)
            batch += 1
    return done


def _one_child(folder: Path, seed: str, starts: list[bytes], seconds: float) -> None:
    """One batch in a process of its own, ended when it is silent for too long."""
    (folder / "count").write_text("0")
    (folder / "why").write_text("")
    child = os.fork()
    if child == 0:
        try:
            _batch(folder, Random(seed), starts, seconds)
        finally:
            os._exit(0)
    beat, last = time.monotonic(), ""
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        now = (folder / "count").read_text()
        if now != last:
            beat, last = time.monotonic(), now
        if time.monotonic() - beat > SILENT_S:
            os.kill(child, 9)
            os.waitpid(child, 0)
            (folder / "why").write_text(f"silent for {SILENT_S:.0f} s")
            return
        time.sleep(0.05)


def _batch(folder: Path, rng: Random, starts: list[bytes], seconds: float) -> None:
    """Until the time is over or one input breaks something; `input` and `why` tell which and how."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    until, count = time.monotonic() + seconds, 0
    (folder / "why").write_text("the process died")
    while time.monotonic() < until:
        blob = mutated(rng.choice(starts), rng)
        (folder / "input").write_bytes(blob)
        count += 1
        (folder / "count").write_text(str(count))
        try:
            tried(blob, rng)
        except BaseException:  # noqa: BLE001 - whatever it is, it is what this looks for
            (folder / "why").write_text(traceback.format_exc())
            return
    (folder / "why").write_text("")


def _gathered(folder: Path, finds: Path, done: Hunt) -> None:
    done.tries += int((folder / "count").read_text() or 0)
    why = (folder / "why").read_text()
    if not why:
        return
    kind = kind_of(why)
    if kind not in done.broken:
        blob = (folder / "input").read_bytes()
        place = finds / f"{hashlib.sha256(kind.encode()).hexdigest()[:8]}.xlsx"
        place.write_bytes(blob)
        place.with_suffix(".txt").write_text(why)
        done.broken[kind] = place


def kind_of(why: str) -> str:
    """What two finds of one kind share: the error's name and the innermost two places of ours."""
    lines = why.strip().splitlines()
    places = [line.split(", in ")[-1] for line in lines if line.startswith("  File ") and "capa_xl" in line]
    return " < ".join([lines[-1].partition(":")[0], *reversed(places[-2:])])
