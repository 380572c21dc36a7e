"""A few of the hostile files, those that are quickly made; `python -m tests.hostile` tries all of them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.hostile.files import make
from tests.hostile.trial import ROOT, tried

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and usage of a child are asked of Linux")

SAID = {
    "a pipe": (20, "不是普通文件"),
    "a folder": (2, "是文件夹，这里要写文件"),
    "a socket": (20, "不是普通文件"),
    "a device": (20, "不是普通文件"),
    "a file of 20 GiB": (20, "有 20480 MB，超过 256 MB"),
    "a million comments without end": (20, "注释或 CDATA 没有结尾"),
    "a million cells without end": (0, ""),
    "a million rows without end": (0, ""),
    "a million formulas without cells": (0, ""),
    "a lonely cell in the last corner": (20, "多半是误填的单元格"),
    "a drop-down of every cell": (0, ""),
    "entities of a billion in the styles": (23, "DOCTYPE"),
    "text behind the sheet": (20, "根元素外面还有文字"),
}
"""What is wrong → how `check` ends, and a word of what it says."""


@pytest.mark.parametrize(("name", "code", "word"), [(name, *said) for name, said in SAID.items()], ids=SAID)
def test_a_hostile_file_ends_in_time_within_memory_and_in_a_sentence(tmp_path, name, code, word):
    make(name, tmp_path / "book.xlsx")
    ended = tried("check", tmp_path / "book.xlsx")
    assert (ended.code, ended.broke, ended.is_within) == (code, False, True), ended
    assert word in ended.words


PIPES = {
    "edits of a patch": ("patch", "book.xlsx", "--edits", "pipe", "-o", "out.xlsx"),
    "settings": ("check", "book.xlsx", "--config", "pipe"),
    "a list of workbooks": ("group", "check", "pipe"),
    "a pack's manifest": ("archive", "pack"),
}
"""What is a pipe → the call that would wait for it for ever."""


@pytest.mark.parametrize("words", PIPES.values(), ids=PIPES)
def test_a_pipe_where_a_file_belongs_ends_in_a_sentence(tmp_path, words):
    make("a million formulas without cells", tmp_path / "book.xlsx")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "pack").mkdir()
    os.mkfifo(tmp_path / "pack" / "manifest.json")
    call = [sys.executable, "-m", "capa_xl", *words]
    done = subprocess.run(
        call, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert done.returncode in (2, 20, 24)
    assert "不是普通文件" in done.stderr + done.stdout
