import pytest

from capa_xl.cli.patterns import expanded, refuse_missing
from capa_xl.errors import UnreadableWorkbook


@pytest.fixture
def folder(tmp_path):
    for name in ("乙.xlsx", "甲.xlsx", "~$甲.xlsx", ".~乙.xlsx", "[1].xlsx"):
        (tmp_path / name).touch()
    return tmp_path


def names(paths):
    return [path.name for path in paths]


def test_a_pattern_gives_its_workbooks_sorted_and_no_lock_files(folder):
    assert names(expanded([folder / "*.xlsx"])) == ["[1].xlsx", "乙.xlsx", "甲.xlsx"]


def test_a_name_with_brackets_that_is_there_is_no_pattern(folder):
    assert names(expanded([folder / "[1].xlsx"])) == ["[1].xlsx"]


def test_a_pattern_or_name_that_fits_nothing_is_missed_by_its_name(folder):
    assert names(expanded([folder / "丙*.xlsx", folder / "丁.xlsx"])) == ["丙*.xlsx", "丁.xlsx"]
    for word in ("丙*.xlsx", "丁.xlsx"):
        with pytest.raises(UnreadableWorkbook, match=r"找不到文件「.*" + word[0]):
            refuse_missing([folder / "甲.xlsx", folder / word])
    refuse_missing([folder / "*.xlsx"])
