"""A few of the hostile files, those that are quickly made; `python -m tests.hostile` tries all of them."""

from __future__ import annotations

import sys

import pytest

from tests.hostile.files import make
from tests.hostile.trial import tried

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and usage of a child are asked of Linux")

SAID = {
    "a pipe": (20, "不是普通文件"),
    "a folder": (2, "这是文件夹，需要文件"),
    "a socket": (20, "不是普通文件"),
    "a device": (20, "不是普通文件"),
    "a file of 20 GiB": (20, "有 20480 MB，超过 256 MB"),
    "a million comments without end": (20, "注释或 CDATA 没有结尾"),
    "a million cells without end": (0, ""),
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
