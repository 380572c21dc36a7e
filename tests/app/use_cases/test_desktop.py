from capa_xl.app.use_cases.desktop import make_desktop

PROGRAM = ("C:\\py\\capa-xl.exe",)


def names(folder):
    return sorted(path.name for path in folder.glob("*.cmd"))


def test_four_files_lie_beside_the_workbook_and_a_second_run_changes_nothing(tmp_path):
    book = tmp_path / "跟踪表.xlsx"
    book.touch()
    done = make_desktop(book, None, PROGRAM)
    assert names(tmp_path) == sorted(["校验.cmd", "刷新.cmd", "今日提醒（预演）.cmd", "本季度评审资料包.cmd"])
    before = [path.read_bytes() for path in done.files]
    assert [path.read_bytes() for path in make_desktop(book, None, PROGRAM).files] == before


def test_the_files_of_another_workbook_in_the_folder_stay(tmp_path):
    first, second = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"
    for book in (first, second):
        book.touch()
        make_desktop(book, None, PROGRAM)
    assert "甲.xlsx" in (tmp_path / "校验.cmd").read_text("utf-8")
    assert "乙.xlsx" in (tmp_path / "校验 乙.cmd").read_text("utf-8")


def test_in_another_folder_the_workbook_is_named_in_full(tmp_path):
    book = tmp_path / "跟踪表.xlsx"
    book.touch()
    make_desktop(book, tmp_path / "桌面", PROGRAM)
    assert f'"{book}"' in (tmp_path / "桌面" / "校验.cmd").read_text("utf-8")
