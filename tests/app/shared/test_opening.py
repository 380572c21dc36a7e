"""A workbook that is half there because somebody is just saving it is read again, and a damaged one is not."""

from datetime import date

import pytest

from capa_xl.app.shared.opening import open_tracker, open_workbook, parsed, read_source, until_whole, with_tracker
from capa_xl.errors import NotATracker, UnreadableWorkbook
from tests.app.desks import desk_at, still_world
from tests.app.office import workbook
from tests.tables import workbook_bytes

DAY = date(2026, 3, 31)
LOOKS = 5
"""How often a workbook that can't be read is looked at before it is refused."""
TRACKER = """
    编号   问题描述  责任人  完成期限
    GJ-01  磁盘故障  样例甲  2026-04-30
"""


@pytest.fixture
def book(tmp_path):
    return workbook(tmp_path / "跟踪表.xlsx", TRACKER)


def opened(book, *steps):
    """Open it, with a step of the saving program in each pause; gives the issue of the first row and the steps left."""
    waiting = list(steps)
    world = still_world(DAY, lambda _seconds: waiting.pop(0)() if waiting else None)
    register = open_workbook(desk_at(book, DAY, world=world)).register
    return register.tracker.records[0].number, len(waiting)


def test_a_whole_workbook_is_read_without_a_pause(book):
    assert opened(book, lambda: None) == ("GJ-01", 1)


def test_a_half_written_workbook_is_read_once_it_is_whole(book):
    blob = book.read_bytes()
    book.write_bytes(blob[:1000])
    assert opened(book, lambda: book.write_bytes(blob[:2000]), lambda: book.write_bytes(blob)) == ("GJ-01", 0)


def test_a_workbook_between_deleting_and_creating_is_read_once_it_is_there(book):
    blob = book.read_bytes()
    book.unlink()
    assert opened(book, lambda: book.write_bytes(blob)) == ("GJ-01", 0)


@pytest.mark.parametrize("looks", range(LOOKS))
def test_a_workbook_that_is_there_at_one_look_only_is_being_saved(book, looks):
    blob = book.read_bytes()
    book.unlink()
    seen_again = [lambda: book.write_bytes(blob[:100]), book.unlink, lambda: book.write_bytes(blob)]
    assert opened(book, *[lambda: None] * looks, *seen_again) == ("GJ-01", 0)


def test_a_damaged_workbook_that_stands_unchanged_is_refused_after_a_moment(book):
    book.write_bytes(book.read_bytes()[:1000])
    steps = [*[lambda: None] * LOOKS, lambda: book.write_bytes(b"")]
    with pytest.raises(UnreadableWorkbook, match="损坏"):
        opened(book, *steps)
    assert book.stat().st_size == 1000


def test_a_workbook_that_was_read_and_is_no_tracker_is_refused_at_once(book):
    book.write_bytes(workbook_bytes({"通讯录": "姓名\n样例甲"}))
    waits = []
    desk = desk_at(book, DAY, world=still_world(DAY, waits.append))
    with pytest.raises(NotATracker):
        until_whole(desk, lambda: with_tracker(parsed(read_source(desk))))
    assert waits == []


def test_a_missing_workbook_is_refused_after_a_moment(book):
    book.unlink()
    with pytest.raises(UnreadableWorkbook, match="找不到文件"):
        opened(book, *[lambda: None] * LOOKS, lambda: book.write_bytes(b"late"))
    assert not book.exists()


def test_a_workbook_that_is_never_whole_is_given_up(book):
    blob = book.read_bytes()
    book.write_bytes(blob[:100])
    steps = [lambda size=size: book.write_bytes(blob[:size]) for size in range(200, 1700, 100)]
    with pytest.raises(UnreadableWorkbook):
        opened(book, *steps)


@pytest.mark.parametrize(
    ("blob", "said"),
    [
        (b"abc", "「表.xlsx」不是 .xlsx 工作簿（也不是 zip 格式） → "),
        (b"", "「表.xlsx」是空的（没有内容） → "),
        (b"PK\x03\x04abc", "「表.xlsx」已损坏：文件不完整"),
        (workbook_bytes({"甲": [["乙"]]}), "「表.xlsx」：没有找到工作表《改进计划跟踪表》"),
    ],
)
def test_what_is_said_of_the_bytes_of_a_file_says_which_file(tmp_path, blob, said):
    """Of two files on one command line nobody knew which one was meant."""
    (tmp_path / "表.xlsx").write_bytes(blob)
    with pytest.raises(UnreadableWorkbook) as trouble:
        open_tracker(desk_at(tmp_path / "表.xlsx", DAY))
    assert str(trouble.value).startswith(said)
