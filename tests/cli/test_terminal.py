"""What people see on a terminal: no line wider than 100 columns, errors first; a pipe gets whole lines."""

import os
import re
import subprocess
import sys

import pytest

from capa_xl.cli.wrapping import WIDTH, columns_of
from tests.made_workbooks import FOLDER, SAMPLE

pty = pytest.importorskip("pty", reason="a pseudo-terminal is there on Unix alone")


def on_terminal(*command: str) -> list[str]:
    """The lines a command prints on a terminal of 140 columns, colours taken away."""
    main, side = pty.openpty()
    environment = {**os.environ, "COLUMNS": "140", "TERM": "xterm", "PYTHONIOENCODING": "utf-8"}
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
    words = [word for line in lines if (word := line.strip()[:2]) in ("错误", "警告", "提示")]
    assert words[0] == "错误"
    assert words[-1] == "提示"


def test_in_a_pipe_lines_stay_whole():
    command = [sys.executable, "-m", "capa_xl", "check", str(FOLDER / SAMPLE), "--as-of", "2026-11-22"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    text = subprocess.run(command, capture_output=True, env=environment, check=False).stdout.decode()
    assert [line for line in text.splitlines() if columns_of(line) > WIDTH]
