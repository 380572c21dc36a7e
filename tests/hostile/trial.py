"""One command over one hostile file, in a process of its own: how it ended, in how many CPU seconds and megabytes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

CPU_S, MEMORY_MB = 10.0, 1024
"""What no hostile file may go beyond."""
COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check", "{book}"),
    "refresh": ("refresh", "{book}"),
    "remind": ("remind", "{book}"),
    "pack": ("pack", "{book}", "--period", "2026Q1", "-o", "{folder}/pack"),
    "adopt": ("adopt", "{book}", "-o", "{folder}/adopted.xlsx"),
    "group check": ("group", "check", "{book}"),
}
ROOT = Path(__file__).parents[2]
_WALL_S = 90
_ROOM = 6 << 30


@dataclass(frozen=True)
class Ended:
    """How a command ended.

    Attributes:
        code: Its exit code; negative for a signal.
        words: The first line it wrote to stderr, or else to stdout.
        broke: It wrote a traceback.
    """

    code: int
    cpu_s: float
    memory_mb: int
    words: str
    broke: bool

    @property
    def holds(self) -> bool:
        """An answer or a sentence, in time and within memory."""
        return not self.broke and self.code >= 0

    @property
    def is_within(self) -> bool:
        """Within the CPU seconds and megabytes."""
        return self.cpu_s <= CPU_S and self.memory_mb <= MEMORY_MB


def tried(command: str, book: Path) -> Ended:
    """Run a command over a file."""
    words = [word.format(book=book, folder=book.parent) for word in COMMANDS[command]]
    with (book.parent / "out").open("w+b") as out, (book.parent / "err").open("w+b") as err:
        call = [sys.executable, "-m", "capa_xl", *words]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        child = subprocess.Popen(
            call,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=environment,
            preexec_fn=_limited,
            cwd=book.parent,
        )
        status, usage = _waited_for(child)
        said, told = _text(err), _text(out)
    cpu = usage.ru_utime + usage.ru_stime
    lines = [line for line in (said + "\n" + told).splitlines() if line.strip()]
    code = os.waitstatus_to_exitcode(status)
    return Ended(code, cpu, usage.ru_maxrss >> 10, lines[0] if lines else "", "Traceback" in said or "工具出错" in said)


def _limited() -> None:
    """Room enough to see by how much it goes beyond; what is worse ends by a signal."""
    resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))


def _waited_for(child: subprocess.Popen[bytes]) -> tuple[int, resource.struct_rusage]:
    until = time.monotonic() + _WALL_S
    while True:
        found, status, usage = os.wait4(child.pid, os.WNOHANG)
        if found:
            child.returncode = 0
            return status, usage
        if time.monotonic() > until:
            child.kill()
        time.sleep(0.02)


def _text(file) -> str:
    file.seek(0)
    return file.read(1 << 20).decode("utf-8", "replace")
