from pathlib import Path

import pytest

from capa_xl.effects.neighbours import conflict_copies, conflict_sentence, name_sentence


@pytest.mark.parametrize(
    "copy",
    [
        "跟踪表-DESKTOP-AB12CD3.xlsx",
        "跟踪表(冲突-样例甲-2026-11-22).xlsx",
        "跟踪表 (样例甲 的冲突副本 2026-11-22).xlsx",
        "跟踪表 (conflicted copy 2026-11-22 083000).xlsx",
        "跟踪表.sync-conflict-20261122-083000-ABCDEFG.xlsx",
    ],
)
def test_a_conflict_copy_is_told_by_its_name(tmp_path, copy):
    book = tmp_path / "跟踪表.xlsx"
    for path in (book, tmp_path / copy):
        path.touch()
    assert conflict_copies(book) == (copy,)
    assert copy in conflict_sentence(book)


@pytest.mark.parametrize(
    "other", ["跟踪表2.xlsx", "跟踪表 (1).xlsx", "跟踪表-备份.xlsx", "冲突.xlsx", "跟踪表(冲突).docx"]
)
def test_other_files_are_no_conflict_copies(tmp_path, other):
    book = tmp_path / "跟踪表.xlsx"
    for path in (book, tmp_path / other):
        path.touch()
    assert conflict_sentence(book) == ""


@pytest.mark.parametrize("name", ["CON", "nul.xlsx", "com1.docx", "LPT9", "aux .xlsx"])
def test_device_names_are_refused(name):
    assert "是 Windows 的设备名" in name_sentence(Path("包") / name)


@pytest.mark.parametrize("name", ["CONTROL.xlsx", "com10.docx", "跟踪表.xlsx", "nulls"])
def test_names_that_only_begin_like_one_are_fine(name):
    assert name_sentence(Path("包") / name) == ""


def test_a_path_over_250_characters_is_hinted_at():
    here = len(str(Path("a").absolute())) - 1
    assert name_sentence(Path("a" * (250 - here))) == ""
    assert "路径有 251 个字符" in name_sentence(Path("a" * (251 - here)))
