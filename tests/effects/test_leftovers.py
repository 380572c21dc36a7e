"""Each state in which a kill can leave a swap, and what the next run makes of it."""

import hashlib
import os

import pytest

from capa_xl.effects.leftovers import settle
from capa_xl.effects.watches import Swap

OLD, NEW, THEIRS = b"old bytes", b"new bytes", b"somebody's save"
STAMP = "20261122-083000"


def sha(blob):
    return hashlib.sha256(blob).hexdigest()


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(OLD)
    return path


def backups(book):
    return book.parent / ".capa_xl" / "backups"


def dead(name):
    """The name as a process would have made it that is long gone."""
    head, machine, _, rest = name.split("-", 3)
    return f"{head}-{machine}-{2**22 + 1}-{rest}"


def staged(book, blob, folder=None):
    path = (folder or book.parent) / dead(Swap.of(book, sha(OLD), NEW).name)
    path.write_bytes(blob)
    return path


def settled(book):
    return settle(book, backups(book), STAMP, book.stat().st_mtime)


def names(book):
    return sorted(path.name for path in book.parent.iterdir() if path.is_file())


def test_killed_before_the_swap_the_new_bytes_are_thrown_away(book):
    staged(book, NEW)
    assert settled(book) == ()
    assert (names(book), book.read_bytes()) == (["跟踪表.xlsx"], OLD)


def test_killed_after_the_swap_the_old_bytes_are_in_the_backups_already(book):
    book.write_bytes(NEW)
    staged(book, OLD)
    assert settled(book) == ()
    assert (names(book), book.read_bytes()) == (["跟踪表.xlsx"], NEW)


def test_killed_before_the_putting_back_the_save_is_put_back(book):
    book.write_bytes(NEW)
    staged(book, THEIRS)
    assert settled(book) == ("「跟踪表.xlsx」：上次回写的一瞬间有人保存，保存的内容已放回工作簿，回写将重新进行",)
    assert (names(book), book.read_bytes()) == (["跟踪表.xlsx"], THEIRS)


def test_killed_while_both_names_were_the_same_file_the_second_goes(book):
    link = book.parent / dead(Swap.of(book, sha(OLD), NEW).name).replace(".swap", ".kept")
    link.hardlink_to(book)
    assert settled(book) == ()
    assert (names(book), book.stat().st_nlink) == (["跟踪表.xlsx"], 1)


def test_killed_after_the_backups_link_was_made_the_link_goes(book):
    backups(book).mkdir(parents=True)
    (backups(book) / "跟踪表-20261121-083000-0123abcd.xlsx").hardlink_to(book)
    assert settled(book) == ()
    assert book.stat().st_nlink == 1
    assert book.read_bytes() == OLD


def test_unfinished_files_of_dead_runs_go_and_those_of_living_runs_stay(book):
    machine = Swap.of(book, "", b"").name.split("-")[1]
    gone = book.with_name(f".capa_xl-{machine}-{2**22 + 1}-0a1b.tmp")
    alive = book.with_name(f".capa_xl-{machine}-{os.getppid()}-0a1b.tmp")
    elsewhere = book.with_name(".capa_xl-00000000-1-0a1b.tmp")
    theirs = book.with_name("~WRL0001.tmp")
    for path in (gone, alive, elsewhere, theirs):
        path.write_bytes(b"half")
    settled(book)
    assert names(book) == sorted(path.name for path in (alive, elsewhere, theirs, book))


def test_after_a_day_unfinished_files_of_other_machines_and_versions_go_too(book):
    elsewhere = book.with_name(".capa_xl-00000000-1-0a1b.tmp")
    earlier = book.with_name(".capa_xl-k3j2h1g0.tmp")
    for path in (elsewhere, earlier):
        path.write_bytes(b"half")
        os.utime(path, (1_000_000, 1_000_000))
    settled(book)
    assert names(book) == ["跟踪表.xlsx"]


def test_what_a_run_over_another_workbook_of_the_folder_left_is_left_to_that(book):
    other = book.with_name("另一本.xlsx")
    other.write_bytes(NEW)
    path = book.parent / dead(Swap.of(other, sha(OLD), NEW).name)
    path.write_bytes(THEIRS)
    settled(book)
    assert path.read_bytes() == THEIRS
    assert len(settle(other, backups(book), STAMP, book.stat().st_mtime)) == 1
    assert other.read_bytes() == THEIRS
