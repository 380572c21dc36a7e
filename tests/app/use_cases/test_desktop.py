from capa_xl.app.use_cases.desktop import clicked, make_desktop
from capa_xl.cli.main import run
from tests.app.office import TRACKER, workbook

PROGRAM = ("C:\\py\\capa-xl.exe",)
NAMES = ("校验.cmd", "刷新.cmd", "今日提醒（预演）.cmd", "上季度评审资料包.cmd", "本季度评审资料包.cmd")


def names(folder):
    return sorted(path.name for path in folder.glob("*.cmd"))


def test_the_files_lie_beside_the_workbook_and_a_second_run_changes_nothing(tmp_path):
    book = tmp_path / "跟踪表.xlsx"
    book.touch()
    done = make_desktop(book, None, PROGRAM, {})
    assert names(tmp_path) == sorted(NAMES)
    before = [path.read_bytes() for path in done.files]
    assert [path.read_bytes() for path in make_desktop(book, None, PROGRAM, {}).files] == before


def test_the_files_of_another_workbook_in_the_folder_and_of_people_stay(tmp_path):
    first, second = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"
    (tmp_path / "刷新.cmd").write_text("echo mine", encoding="utf-8")
    for book in (first, second):
        book.touch()
        make_desktop(book, None, PROGRAM, {})
    assert clicked(tmp_path / "校验.cmd")[1] == ["check", str(first)]
    assert clicked(tmp_path / "校验 乙.cmd")[1] == ["check", str(second)]
    assert (tmp_path / "刷新.cmd").read_text("utf-8") == "echo mine"


def test_moved_with_the_workbook_the_files_still_find_it(tmp_path):
    book = tmp_path / "旧" / "跟踪表.xlsx"
    book.parent.mkdir()
    book.touch()
    make_desktop(book, None, PROGRAM, {})
    book.parent.rename(tmp_path / "新")
    assert clicked(tmp_path / "新" / "刷新.cmd")[1] == ["refresh", str(tmp_path / "新" / "跟踪表.xlsx")]


def test_in_another_folder_the_workbook_is_named_in_full(tmp_path):
    book = tmp_path / "跟踪表.xlsx"
    book.touch()
    make_desktop(book, tmp_path / "桌面", PROGRAM, {})
    assert clicked(tmp_path / "桌面" / "校验.cmd")[1] == ["check", str(book)]


def test_a_double_click_does_what_the_file_says_and_says_how_it_ended(tmp_path, capsys):
    book = workbook(tmp_path / "表.xlsx", TRACKER)
    assert run(["desktop", str(book), "--quiet"]) == 0
    assert run(["desktop", str(tmp_path / "今日提醒（预演）.cmd")]) == 0
    said = capsys.readouterr().err
    assert "只列出，不发送" in said
    assert said.endswith("完成。\n")
    book.unlink()
    assert run(["desktop", str(tmp_path / "校验.cmd")]) > 1
    assert capsys.readouterr().err.endswith("没有完成：原因见上面。\n")
