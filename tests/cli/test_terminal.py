"""What people see on a terminal: no line wider than 100 columns, errors first; a pipe gets whole lines."""

import os
import re
import subprocess
import sys

import pytest

from capa_xl.cli.wrapping import WIDTH, columns_of
from tests.made_workbooks import FOLDER, SAMPLE

pty = pytest.importorskip("pty", reason="a pseudo-terminal is there on Unix alone")


def on_terminal(*command: str, columns: int = 140) -> list[str]:
    """The lines a command prints on a terminal of so many columns, colours taken away."""
    main, side = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm", "PYTHONIOENCODING": "utf-8"}
    program = subprocess.Popen([sys.executable, "-m", "capa_xl", *command], stdout=side, stderr=side, env=environment)
    os.close(side)
    found = b""
    while True:
        try:
            found += os.read(main, 65536)
        except OSError:
            break
    program.wait()
    return re.sub(r"\x1b\[[0-9;]*m", "", found.decode()).replace("\r", "").split("\n")


def test_no_line_of_check_is_wider_than_a_terminal_and_errors_stand_first():
    lines = on_terminal("check", str(FOLDER / SAMPLE), "--as-of", "2026-11-22")
    assert [line for line in lines if columns_of(line.rstrip()) > WIDTH] == []
    assert [line for line in lines if len(line.strip()) == 1] == []
    words = [word for line in lines if (word := line.strip()[:2]) in ("错误", "警告", "提示")]
    assert words[0] == "错误"
    assert words[-1] == "提示"


def test_in_a_pipe_lines_stay_whole():
    command = [sys.executable, "-m", "capa_xl", "check", str(FOLDER / SAMPLE), "--as-of", "2026-11-22"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    text = subprocess.run(command, capture_output=True, env=environment, check=False).stdout.decode()
    assert [line for line in text.splitlines() if columns_of(line) > WIDTH]


NARROW = (
    ("check", str(FOLDER / SAMPLE), "--as-of", "2026-11-22"),
    ("rules",),
    ("todo", str(FOLDER / SAMPLE), "样例系", "--as-of", "2026-11-22"),
    ("report", str(FOLDER / SAMPLE), "GJ-2026-999", "-o", "nowhere"),
)


@pytest.mark.parametrize("command", NARROW, ids=lambda command: command[0])
@pytest.mark.parametrize("columns", [80, 140])
def test_every_line_fits_the_terminal_it_is_printed_on(command, columns):
    lines = on_terminal(*command, columns=columns)
    tokens_alone = [line for line in lines if len(line.split()) == 1]
    assert [line for line in lines if columns_of(line) > min(columns, WIDTH) and line not in tokens_alone] == []
    assert max(map(columns_of, lines)) > 50
