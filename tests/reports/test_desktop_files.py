import pytest

from capa_xl.reports.desktop_files import DESKTOP_FILES, batch_blob

PROGRAM = (r"C:\Program Files\capa\Scripts\capa-xl.exe",)


def lines(title, program=PROGRAM, workbook="跟踪 表.xlsx"):
    file = next(file for file in DESKTOP_FILES if file.title == title)
    return batch_blob(file, program, workbook).decode("utf-8").split("\r\n")


@pytest.mark.parametrize("title", [file.title for file in DESKTOP_FILES])
def test_nothing_but_plain_letters_stands_before_the_code_page_is_set(title):
    text = lines(title)
    at = text.index("chcp 65001 >nul")
    assert "\n".join(text[: at + 1]).isascii()
    assert not "\n".join(text[at:]).isascii()


@pytest.mark.parametrize("title", [file.title for file in DESKTOP_FILES])
def test_the_window_stays_open_and_the_code_page_comes_back(title):
    assert lines(title)[-4:] == ["chcp %before% >nul", "pause", "exit /b %code%", ""]


def test_a_workbook_beside_the_file_is_named_by_the_files_own_place():
    assert '"%~dp0跟踪 表.xlsx"' in lines("校验")[7]
    assert lines("校验")[7].startswith(r'"C:\Program Files\capa\Scripts\capa-xl.exe" check ')


def test_percent_signs_are_doubled_and_a_share_is_named_in_full():
    call = lines("刷新", workbook=r"\\服务器\质量\100%.xlsx")[7]
    assert call.endswith(r'refresh "\\服务器\质量\100%.xlsx"'.replace("100%", "100%%"))


def test_the_pack_is_that_of_the_quarter_of_the_day_it_is_clicked():
    assert lines("本季度评审资料包")[7].endswith('pack "%~dp0跟踪 表.xlsx" --period 本季度')


def test_an_interpreter_is_called_with_its_module():
    assert lines("校验", (r"C:\py\python.exe", "-m", "capa_xl"))[7].startswith(r"C:\py\python.exe -m capa_xl check")
