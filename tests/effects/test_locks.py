import os
from datetime import date, datetime

import pytest

from capa_xl.effects.locks import find_lock, refuse_locked
from capa_xl.effects.world import World
from capa_xl.errors import WorkbookLocked
from capa_xl.model.as_of import SHANGHAI
from tests.app.desks import still_world

DAY = date(2027, 1, 15)
NOW = still_world(DAY).now().timestamp()


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(b"x")
    return path


def lock(book, name, content=b"", age_s=60):
    path = book.with_name(name)
    path.write_bytes(content)
    os.utime(path, (NOW - age_s, NOW - age_s))
    return path


def excel_owner(name):
    narrow = name.encode("gb18030")
    head = bytes([len(narrow)]) + narrow.ljust(54, b" ")
    return (head + len(name).to_bytes(2, "little") + name.encode("utf-16-le")).ljust(165, b" ")


class Time:
    def __init__(self):
        self.now = NOW
        self.slept = []
        self.wakes = {}

    def clock(self):
        return datetime.fromtimestamp(self.now, SHANGHAI)

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds
        for at, wake in self.wakes.items():
            if self.now >= at:
                wake()


def test_an_open_workbook_without_a_lock_file_is_free(book):
    assert find_lock(book, NOW) is None


@pytest.mark.parametrize(
    ("name", "content", "program", "owner"),
    [
        ("~$跟踪表.xlsx", excel_owner("张三"), "Excel 或 WPS", "张三"),
        ("~$跟踪表.xlsx", b"\x04Zhan" + b" " * 20, "Excel 或 WPS", "Zhan"),
        ("~$跟踪表.xlsx", b"", "Excel 或 WPS", None),
        (".~跟踪表.xlsx", excel_owner("李四"), "WPS", "李四"),
        (".~lock.跟踪表.xlsx#", "王\\,五,wang,pc1,22.11.2026 08:00,file:///x;".encode(), "LibreOffice", "王,五"),
        (".~lock.跟踪表.xlsx#", b",wang,pc1,22.11.2026 08:00,file:///x;", "LibreOffice", "wang"),
    ],
)
def test_lock_files_are_seen_with_their_owner(book, name, content, program, owner):
    lock(book, name, content)
    found = find_lock(book, NOW)
    assert (found.program, found.owner, found.forgotten) == (program, owner, False)
    with pytest.raises(WorkbookLocked, match=owner or program):
        refuse_locked(book, still_world(DAY))


def test_a_lock_older_than_a_day_is_obeyed_and_called_forgotten(book):
    lock(book, "~$跟踪表.xlsx", age_s=25 * 3600)
    with pytest.raises(WorkbookLocked, match=r"超过 24 小时.*删除这个锁文件"):
        refuse_locked(book, still_world(DAY))


def test_the_lock_of_another_workbook_does_not_matter(book):
    lock(book, "~$别的.xlsx")
    assert find_lock(book, NOW) is None


def test_a_link_is_locked_when_the_real_file_is(book, tmp_path):
    (tmp_path / "链").mkdir()
    link = tmp_path / "链" / "快捷.xlsx"
    link.symlink_to(book)
    lock(book, "~$跟踪表.xlsx")
    assert find_lock(link, NOW) is not None


def test_waiting_ends_when_the_lock_goes(book):
    path, time = lock(book, "~$跟踪表.xlsx"), Time()
    time.wakes[NOW + 12] = lambda: path.unlink(missing_ok=True)
    refuse_locked(book, World(time.clock, time.sleep), 60)
    assert sum(time.slept) == 15
    assert max(time.slept) <= 1


def test_waiting_ends_when_patience_does(book):
    lock(book, "~$跟踪表.xlsx")
    time = Time()
    with pytest.raises(WorkbookLocked):
        refuse_locked(book, World(time.clock, time.sleep), 12)
    assert sum(time.slept) == 12
