"""Which workbooks a group has: each file once, by the name that people would look for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from capa_xl.app.shared.workbook_list import listed_workbooks, places_in
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


def faults(folder: Path, *places: str) -> dict[str, tuple[bool, str]]:
    """Place → (whether people named it, the first words of what is wrong there)."""
    found = listed_workbooks([str(folder / place) for place in places])
    return {one.path.relative_to(folder).as_posix(): (one.is_named, one.fault[:9]) for one in found}


def test_what_was_named_and_is_not_there_is_kept(folder):
    assert faults(folder, "没有.xlsx") == {"没有.xlsx": (True, "")}


def test_an_empty_folder_and_a_pattern_that_fits_nothing_are_kept_with_their_fault_beside_the_others(folder):
    assert faults(folder, "乙", "*.xlsm", "乙/*", "甲", "包/01.xlsx") == {
        "乙": (True, "文件夹里没有工作簿"),
        "*.xlsm": (True, "没有工作簿符合它 "),
        "乙/*": (True, "没有工作簿符合它 "),
        "甲/表.xlsx": (False, ""),
        "包/01.xlsx": (True, ""),
    }


def test_of_the_folders_that_a_pattern_brings_an_empty_one_is_told_and_a_pack_passed_over(folder):
    assert faults(folder, "*") == {"乙": (False, "文件夹里没有工作簿"), "甲/表.xlsx": (False, "")}


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may open every folder")
def test_a_folder_that_cannot_be_opened_is_told(folder):
    (folder / "乙").chmod(0)
    assert faults(folder, "") == {"乙": (True, "文件夹打不开：没有"), "甲/表.xlsx": (False, "")}
    (folder / "乙").chmod(0o700)


def test_nothing_named_is_a_fault_of_the_call():
    with pytest.raises(UsageError, match="没有指明工作簿"):
        listed_workbooks([])


@pytest.mark.parametrize("line", ["表.xlsx", '"表.xlsx"', "'表.xlsx'", '  "表.xlsx" ', '" 表.xlsx"'])
def test_quotes_around_a_line_of_a_list_are_no_part_of_the_name(folder, line):
    (folder / "清单.txt").write_text(f"# 甲公司\n\n{line}\n", "utf-8-sig")
    assert places_in(folder / "清单.txt") == (str(folder / "表.xlsx"),)


def test_a_quote_on_one_side_is_part_of_the_name(folder):
    (folder / "清单.txt").write_text('"表.xlsx\n"\n', "utf-8")
    assert places_in(folder / "清单.txt") == (str(folder / '"表.xlsx'), str(folder / '"'))
