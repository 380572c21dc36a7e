import multiprocessing

import pytest

from capa_xl.effects.run_lock import WRITING, alone_with, only_run
from capa_xl.errors import WorkbookLocked


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(b"x")
    return path


@pytest.fixture
def state(tmp_path):
    return tmp_path / ".capa_xl"


def test_a_second_run_over_the_workbook_is_refused_while_the_first_lasts(state, book):
    with only_run(state, book), pytest.raises(WorkbookLocked, match=r"正在处理「跟踪表.xlsx」"), only_run(state, book):
        pass


def test_the_lock_is_free_again_after_the_run(state, book):
    with only_run(state, book):
        pass
    with only_run(state, book):
        pass


def test_two_workbooks_of_one_folder_do_not_postpone_each_other(state, book):
    other = book.with_name("另一本.xlsx")
    other.write_bytes(b"x")
    with only_run(state, book), only_run(state, other):
        pass


def test_a_link_to_the_workbook_leads_to_its_lock(state, book, tmp_path):
    link = tmp_path / "快捷.xlsx"
    link.symlink_to(book)
    with only_run(state, book), pytest.raises(WorkbookLocked), only_run(state, link):
        pass


def test_a_sending_run_may_write_while_it_holds_its_own_lock(state, book):
    with only_run(state, book), only_run(state, book, WRITING):
        pass


def test_nobody_is_alone_with_a_folder_in_which_a_run_is_under_way(state, book):
    with only_run(state, book, WRITING), pytest.raises(WorkbookLocked, match="正在使用"), alone_with(state):
        pass
    with alone_with(state) as locks:
        assert sorted(path.name for path in locks) == sorted(path.name for path in state.glob("*.lock"))


def test_a_run_of_an_earlier_version_keeps_ours_out(state, book):
    from filelock import FileLock

    state.mkdir()
    with FileLock(state / "run.lock"), pytest.raises(WorkbookLocked), alone_with(state):
        pass


def _hold(state, book, held, let_go):
    with only_run(state, book):
        held.set()
        let_go.wait(20)


def test_the_lock_of_a_killed_run_is_free(state, book):
    context = multiprocessing.get_context("spawn")
    held, let_go = context.Event(), context.Event()
    run = context.Process(target=_hold, args=(state, book, held, let_go))
    run.start()
    assert held.wait(20)
    run.kill()
    run.join()
    with only_run(state, book):
        pass
