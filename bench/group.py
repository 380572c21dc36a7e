"""A group of companies: workbooks made by rule, served by one process, two processes and a Dask cluster over TCP.

    python -m bench.group make FOLDER [--workbooks 1000]
    python -m bench.group run FOLDER ENGINE          one, two or dask; prints one line of figures
    python -m bench.group pair FOLDER FOLDER         two single runs side by side, each over its own group
    python -m bench.group kill FOLDER --kills 10     two processes and a mail server; workers are killed at random

Forty folders, names in Chinese, 20 to 500 rows, three in a hundred broken, two in a hundred locked, two of 10,000 rows.
Needs Linux for the figures of memory.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.made_tracker import made_tracker
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.splice import splice
from tests.app.dask_cluster import dask_machines
from tests.ooxml.every_cell import cells_of

COMPANIES = "华东 华南 华北 华中 西南 西北 东北 沿海 沿江 京津"
UNITS = "运维 数据 网络 云服务"
DAY = "2026-11-22"
MANAGEMENT = ("zong", "zhi")
"""Mail names of those who are in every roster: they get one letter for all workbooks."""
LARGE = (7, 507)
"""The places of the two workbooks with 10,000 rows."""


def make(folder: Path, count: int) -> None:
    """Write the group; the same arguments give the same files."""
    draw = random.Random(2026)
    sizes = [20, 35, 50, 80, 120, 200, 300, 500]
    blobs = {rows: made_tracker(rows) for rows in sizes}
    large = made_tracker(10_000)
    folders = [folder / f"{company}{unit}公司" for company in COMPANIES.split() for unit in UNITS.split()]
    for place in range(count):
        path = folders[place % len(folders)] / f"改进计划跟踪表_{place:04d}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        chance = draw.random()
        blob = large if place in LARGE else blobs[draw.choice(sizes)]
        path.write_bytes(blob[: len(blob) // 2] if chance < 0.03 else named(blob, place))
        if 0.03 <= chance < 0.05:
            path.with_name(f"~${path.name}").write_bytes(b"")
    for one in folders:
        if one.is_dir():
            (one / "capa_xl.toml").write_text('[mail]\nfrom = "质量部 <capa@group.example>"\nmax_send = 0\n', "utf-8")


def named(blob: bytes, place: int) -> bytes:
    """The same workbook with a 工作簿标识 and a roster of its own; the group's management is in every roster."""
    cells = cells_of(blob)
    (at,) = (at for (sheet, at), value in cells.items() if sheet == "参数" and value == "工作簿标识")
    roster = [(at, value) for (sheet, at), value in cells.items() if sheet == "人员部门" and "@" in str(value)]
    own = [
        CellEdit("人员部门", at, f"{name}@c{place:04d}.example")
        for at, (name, _, _) in ((at, str(value).partition("@")) for at, value in roster)
        if name not in MANAGEMENT
    ]
    return splice(blob, Patch(edits=(CellEdit("参数", f"B{at[1:]}", f"W{place:04d}"), *own))).blob


def engine_options(engine: str, address: str) -> list[str]:
    """The words of the command line."""
    return {"one": ["--workers", "1"], "two": ["--workers", "2"], "dask": ["--cluster", address]}[engine]


def run(folder: Path, engine: str) -> None:
    """One `group daily`, measured."""
    with dask_machines() if engine == "dask" else no_cluster() as (address, machines):
        before, began = cpu_of(), time.monotonic()
        program = started(folder, engine_options(engine, address))
        peaks: dict[str, float] = {}
        watch = threading.Thread(target=watch_memory, args=(program.pid, machines, peaks), daemon=True)
        watch.start()
        out, _ = program.communicate()
        seconds = time.monotonic() - began
        for machine in machines:  # asked to end: of one that is killed the CPU of its children would be lost
            machine.terminate()
            machine.wait(30)
    document = json.loads(out)
    counts = document["counts"]
    served = len(document["workbooks"])
    keys = ("outcome", "exit_code", "errors", "written", "sent")
    outcomes = [(Path(one["workbook"]).name, *(one[key] for key in keys)) for one in document["workbooks"]]
    print(
        json.dumps(
            {
                "engine": engine,
                "seconds": round(seconds, 1),
                "workbooks_per_second": round(served / seconds, 2),
                "cpu_s_per_workbook": round((cpu_of() - before) / served, 3),
                "coordinator_mb": round(peaks.get("coordinator", 0)),
                "worker_mb": round(peaks.get("worker", 0)),
                "counts": counts,
                "letters": document["letters"],
                "outcomes": hashlib.sha256(json.dumps(outcomes).encode()).hexdigest()[:12],
                "bytes": digest(folder),
            },
            ensure_ascii=False,
        )
    )


def started(folder: Path, options: Sequence[str]) -> subprocess.Popen[bytes]:
    """`group daily` over a folder; its document comes from stdout."""
    words = ["-m", "capa_xl", "group", "daily", str(folder), "--as-of", DAY, "--json", *options]
    return subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


@contextmanager
def no_cluster() -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """Nothing to start."""
    yield "", []


def pair(folders: Sequence[Path]) -> None:
    """What so many single runs reach side by side, each over a group of its own."""
    before, began = cpu_of(), time.monotonic()
    runs = [started(folder, engine_options("one", "")) for folder in folders]
    served = sum(len(json.loads(one.communicate()[0])["workbooks"]) for one in runs)
    seconds, cpu = time.monotonic() - began, cpu_of() - before
    rate, each = served / seconds, cpu / served
    print(f"{len(runs)} single runs: {served} workbooks in {seconds:.1f} s, {rate:.2f}/s, {each:.2f} CPU s each")


def cpu_of() -> float:
    """CPU seconds of the children that have ended."""
    used = os.times()
    return used.children_user + used.children_system


def digest(folder: Path) -> str:
    """One hash over every workbook and every filed letter of a folder."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (path.suffix == ".eml" or (path.suffix == ".xlsx" and "backups" not in path.parts)):
            found.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:12]


def watch_memory(pid: int, machines: Sequence[subprocess.Popen[str]], peaks: dict[str, float]) -> None:
    """The most that the coordinator and one of its workers hold, in MB; a cluster's workers are no children of it."""
    while True:
        try:
            peaks["coordinator"] = max(peaks.get("coordinator", 0), resident_mb(pid))
            for child in (*children_of(pid), *(pid for one in machines for pid in (one.pid, *children_of(one.pid)))):
                peaks["worker"] = max(peaks.get("worker", 0), resident_mb(child))
        except (OSError, IndexError):
            return
        time.sleep(0.2)


def resident_mb(pid: int) -> float:
    """Resident memory of a process, its share of pages held by several."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6


def children_of(pid: int) -> list[int]:
    """The processes a process started from any of its threads, and theirs."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    found = [int(word) for task in tasks for word in task.read_text().split()]
    return [*found, *(grandchild for child in found for grandchild in children_of(child))]


def kill(folder: Path, kills: int) -> None:
    """A run with a real mail server whose workers are killed at random; then a second run; counts every letter."""
    from tests.effects.mail_server import PASSWORD, SENDER, USER, Script, make_certificates, port_of, serve

    with tempfile.TemporaryDirectory() as place:
        certificates, script = make_certificates(Path(place)), Script()
        server = serve(script, certificates.context())
        text = (
            f'[mail]\ntransport = "smtp"\nhost = "127.0.0.1"\nport = {port_of(server)}\nca_file = "{certificates.ca}"\n'
            f'user = "{USER}"\nsecret = "env:CAPA_PW"\nfrom = "{SENDER}"\nmax_send = 0\n'
        )
        for one in folder.iterdir():
            if one.is_dir():
                (one / "capa_xl.toml").write_text(text, "utf-8")
        first, killed = run_killed(folder, kills, {**os.environ, "CAPA_PW": PASSWORD})
        second, _ = run_killed(folder, 0, {**os.environ, "CAPA_PW": PASSWORD})
        server.stop()
    ids = [line for _, blob in script.accepted for line in blob.split(b"\r\n") if line.startswith(b"Message-ID:")]
    print(
        json.dumps(
            {
                "killed": killed,
                "first": first["counts"],
                "second": second["counts"],
                "letters": len(ids),
                "twice": len(ids) - len(set(ids)),
                "said_by_first": first["letters"],
                "said_by_second": second["letters"],
                "locks_left": sum(1 for path in folder.rglob("*.lock") if is_locked(path)),
                "intents_left": intents_left(folder),
            },
            ensure_ascii=False,
        )
    )


def run_killed(folder: Path, kills: int, environment: dict[str, str]) -> tuple[dict, int]:
    """(the document, workers killed) of one run on two processes."""
    words = ["-m", "capa_xl", "group", "daily", str(folder), "--json", "--workers", "2"]
    program = subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    draw, killed = random.Random(kills), 0
    stop = threading.Event()

    def hunt() -> None:
        nonlocal killed
        while killed < kills and not stop.wait(draw.uniform(2.0, 5.0)):
            with suppress(OSError):  # a worker may end between the look and the kill
                workers = [pid for pid in children_of(program.pid) if is_worker(pid)]
                if workers:
                    os.kill(draw.choice(workers), signal.SIGKILL)
                    killed += 1

    hunter = threading.Thread(target=hunt, daemon=True)
    hunter.start()
    out, said = program.communicate()
    stop.set()
    if not out:
        raise RuntimeError(f"the run said nothing and ended with {program.returncode}: {said.decode()[-2000:]}")
    return json.loads(out), killed


def is_worker(pid: int) -> bool:
    """Whether a child is a worker of the pool, not a helper of multiprocessing."""
    return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()


def is_locked(path: Path) -> bool:
    """Whether a process still holds a lock file."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True


def intents_left(folder: Path) -> int:
    """Writes that were begun and that nobody settled."""
    import sqlite3

    found = 0
    for place in folder.rglob("journal.db"):
        with sqlite3.connect(place) as conn:
            found += conn.execute("SELECT count(*) FROM intent").fetchone()[0]
    return found


def main() -> None:
    """Read the words and do it."""
    words = argparse.ArgumentParser()
    words.add_argument("what", choices=("make", "run", "pair", "kill"))
    words.add_argument("folder", type=Path)
    words.add_argument("engine", nargs="?", default="two", help="one, two or dask; for pair another folder")
    words.add_argument("--workbooks", type=int, default=1000)
    words.add_argument("--kills", type=int, default=10)
    given = words.parse_args()
    if given.what == "make":
        shutil.rmtree(given.folder, ignore_errors=True)
        make(given.folder, given.workbooks)
    elif given.what == "pair":
        pair((given.folder, Path(given.engine)))
    elif given.what == "run":
        run(given.folder, given.engine)
    else:
        kill(given.folder, given.kills)


if __name__ == "__main__":
    main()
