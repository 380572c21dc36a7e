import pytest

from capa_xl.errors import UsageError
from capa_xl.reports.desktop_files import DESKTOP_FILES, batch_blob, read_batch

PROGRAM = (r"C:\Program Files\capa\Scripts\capa-xl.exe",)
CHECK, _, _, _, PACK = DESKTOP_FILES


def lines(file=CHECK, program=PROGRAM, workbook="跟踪 表.xlsx", **variables):
    return batch_blob(file, program, workbook, variables).decode("utf-8").split("\r\n")


@pytest.mark.parametrize("file", DESKTOP_FILES, ids=lambda file: file.title)
def test_a_file_is_plain_letters_so_that_no_code_page_harms_it(file):
    assert batch_blob(file, PROGRAM, "跟踪 表100%.xlsx", {}).isascii()


@pytest.mark.parametrize("file", DESKTOP_FILES, ids=lambda file: file.title)
def test_what_a_file_says_is_read_back(file):
    said = read_batch(batch_blob(file, PROGRAM, "跟踪 表100%.xlsx", {}))
    assert (said.file, said.workbook) == (file, "跟踪 表100%.xlsx")


def test_the_window_stays_open_and_the_last_line_is_never_carried_out():
    *_, pause, leave, said, end = lines()
    assert (pause, leave, end) == ("pause", "exit /b %code%", "")
    assert said.startswith("rem capa-xl [")


def test_the_program_is_called_with_the_place_of_the_file():
    assert lines()[1] == r'"C:\Program Files\capa\Scripts\capa-xl.exe" desktop "%~f0"'
    assert lines(program=(r"C:\py\python.exe", "-m", "capa_xl"))[1] == r'C:\py\python.exe -m capa_xl desktop "%~f0"'


def test_a_program_below_a_chinese_users_folder_is_named_by_its_variable():
    program = (r"C:\Users\样例甲\AppData\Local\pipx\100%\capa-xl.exe",)
    found = lines(program=program, LOCALAPPDATA=r"C:\Users\样例甲\AppData\Local", USERPROFILE=r"C:\Users\样例甲")
    assert found[1] == r'"%LOCALAPPDATA%\pipx\100%%\capa-xl.exe" desktop "%~f0"'


def test_a_program_in_another_chinese_folder_sets_the_code_page_first():
    found = lines(program=(r"D:\工具\capa-xl.exe",))
    assert found[1:3] == ["chcp 65001 >nul", r'D:\工具\capa-xl.exe desktop "%~f0"']


def test_the_pack_is_that_of_the_quarter_of_the_day_it_is_clicked():
    assert read_batch(batch_blob(PACK, PROGRAM, "表.xlsx", {})).words_for("表.xlsx") == [
        "pack",
        "表.xlsx",
        "--period",
        "本季度",
    ]


@pytest.mark.parametrize("blob", [b"@echo off\r\n", b"rem capa-xl {}\r\n", 'rem capa-xl ["别的", "表.xlsx"]'.encode()])
def test_a_file_of_anybody_else_is_refused(blob):
    with pytest.raises(UsageError, match="不是 capa-xl desktop 写的"):
        read_batch(blob)
