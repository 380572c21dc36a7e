"""Which workbooks a group has: each file once, by the name that people would look for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from capa_xl.app.shared.workbook_list import listed_workbooks
from capa_xl.errors import UsageError


@pytest.fixture
def folder(tmp_path) -> Path:
    for name in (
        "甲/表.xlsx",
        "乙/说明.txt",
        "乙/~$表.xlsx",
        "乙/.capa_xl/backups/旧.xlsx",
        "包/01.xlsx",
        "包/manifest.json",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    return tmp_path


def names(folder: Path, *places: str) -> list[tuple[str, bool]]:
    found = listed_workbooks([str(folder / place) for place in places])
    return [(one.path.relative_to(folder).as_posix(), one.is_named) for one in found]


def test_lock_files_state_folders_packs_and_what_is_no_workbook_are_left_out_of_a_folder(folder):
    assert names(folder, "") == [("甲/表.xlsx", False)]


def test_one_file_named_three_ways_is_there_once_as_the_name_that_people_wrote(folder):
    assert names(folder, "", "甲/*.xlsx", "甲/表.xlsx") == [("甲/表.xlsx", True)]


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs a right there that few have")
def test_of_a_file_and_a_link_to_it_the_file_counts_unless_people_named_the_link(folder):
    (folder / "丙.xlsx").symlink_to(folder / "甲" / "表.xlsx")
    (folder / "甲" / "丁.xlsx").symlink_to(folder / "甲" / "表.xlsx")
    assert names(folder, "") == [("甲/表.xlsx", False)]
    assert names(folder, "", "丙.xlsx") == [("丙.xlsx", True)]


def test_what_was_named_and_is_not_there_is_kept_and_a_pattern_that_fits_nothing_is_refused(folder):
    assert names(folder, "没有.xlsx") == [("没有.xlsx", True)]
    with pytest.raises(UsageError, match="没有文件符合"):
        names(folder, "*.xlsm")
    with pytest.raises(UsageError, match="没有找到工作簿"):
        names(folder, "乙")
