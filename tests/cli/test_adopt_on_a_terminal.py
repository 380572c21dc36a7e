"""The conversation of adopt on a real pseudo-terminal: one screen a question, default answers, a way back, Ctrl-C."""

from __future__ import annotations

import os
import re
import select
import signal
import sys
from datetime import date

import pytest

from capa_xl.model.procedure import Procedure
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

pty = pytest.importorskip("pty")  # Windows has none

CLEARED = "\x1b[2J"
PROMPT = "[1]: "
CTRL_C = "\x03"
PATIENCE_S = 60
ENTER = "\n"
TABLE = [
    ["编号", "问题描述", "级别", "整改措施", "责任人", "完成时间"],
    ["Z1", "液位计失灵一台", "A", "更换液位计", "样例甲", date(2026, 11, 10)],
    ["Z2", "围堰裂缝两处", "A", "修补围堰", "样例乙", date(2026, 12, 20)],
]
"""Two questions: what 完成时间 is (needed), and what A is."""


class Terminal:
    """A program on a pseudo-terminal, spoken to one prompt at a time."""

    def __init__(self, folder, *words):
        self.shown = ""
        self._pid, self._end = pty.fork()
        if self._pid == 0:  # the program
            os.chdir(folder)
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # a job in the background hands an ignored one on
            os.execve(sys.executable, [sys.executable, "-m", "capa_xl", *words], {**os.environ, "TERM": "xterm"})

    def answer(self, typed):
        """Wait for the prompt, then type."""
        before = len(self.shown)
        while not self.shown[before:].rstrip("\n").endswith(PROMPT):
            read = self._read()
            assert read, self.shown
        os.write(self._end, typed.encode())

    def end(self, still_pressing=""):
        """The exit code, once everything is shown.

        Args:
            still_pressing: Typed again each second: a signal between the prompt and the reading of the answer waits
                until something is typed; no person is that quick.
        """
        while self._read(still_pressing):
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def _read(self, still_pressing=""):
        for _ in range(PATIENCE_S):
            if select.select([self._end], [], [], 1.0)[0]:
                break
            os.write(self._end, still_pressing.encode())
        else:
            os.kill(self._pid, signal.SIGKILL)
            raise TimeoutError(self.shown)
        try:
            read = os.read(self._end, 65536).decode("utf-8", "replace")
        except OSError:  # Linux says so where the other end is closed
            read = ""
        self.shown += read
        return read


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "台账.xlsx").write_bytes(workbook_bytes({"台账": TABLE}))
    return tmp_path


def begun(folder):
    return Terminal(folder, "adopt", "台账.xlsx", "-o", "跟踪.xlsx", "--as-of", "2026-11-28")


def asked(terminal):
    """The questions in the order they were shown, each on a screen of its own."""
    first, *screens = terminal.shown.split(CLEARED)
    assert first == ""
    found = [re.findall(r"第 (\d) 问　(.+?)是什么", screen) for screen in screens]
    assert all(len(one) == 1 for one in found)
    return [one[0] for one in found]


def kept(folder) -> Procedure:
    return read_register((folder / "跟踪.xlsx").read_bytes()).procedure


DATE, WORD = ("1", "列 F1「完成时间」"), ("2", "「级别」里的「A」（2 行）")


def test_enter_takes_what_stands_in_brackets_and_the_file_is_written(folder):
    terminal = begun(folder)
    terminal.answer(ENTER)
    terminal.answer(ENTER)
    assert terminal.end() == 0
    assert asked(terminal) == [DATE, WORD]
    assert "已接管为 跟踪.xlsx" in terminal.shown
    assert kept(folder).headings["完成时间"] == "完成期限"
    assert kept(folder).meanings["严重度"] == {"a": "重大"}


def test_one_can_go_back_and_a_strange_answer_is_said_and_asked_again(folder):
    terminal = begun(folder)
    for typed in ("2\n", "b\n", "7\n", "1\n", "2\n"):
        terminal.answer(typed)
    assert terminal.end() == 0
    assert asked(terminal) == [DATE, WORD, DATE, DATE, WORD]
    assert terminal.shown.count("「7」不在选项里") == 1
    assert kept(folder).headings["完成时间"] == "完成期限"
    assert kept(folder).meanings["严重度"] == {"a": "一般"}


def test_ctrl_c_in_the_middle_leaves_no_file(folder):
    terminal = begun(folder)
    terminal.answer(ENTER)
    terminal.answer(CTRL_C)
    assert terminal.end(still_pressing=CTRL_C) == 130
    assert "已中断，未作任何改动" in terminal.shown
    assert [path.name for path in folder.iterdir()] == ["台账.xlsx"]


def test_with_the_flags_that_answer_nothing_is_asked(folder):
    said = ["--map", "完成时间=完成期限", "--value", "严重度:A=重大"]
    terminal = Terminal(folder, "adopt", "台账.xlsx", "-o", "跟踪.xlsx", "--as-of", "2026-11-28", *said)
    assert terminal.end() == 0
    assert CLEARED not in terminal.shown
