"""Every run that writes or sends leaves a line in the workbook's log, refused ones with the reason."""

from __future__ import annotations

import os
import sys

import pytest

from capa_xl.app.use_cases.new import new_workbook
from capa_xl.cli.main import COMMANDS, program, run
from capa_xl.cli.run_log import ALWAYS, ONLY_IF_ASKED, leaves_something
from tests.app.office import DAY, TRACKER, workbook

LOOKING = {"adopt", "check", "analyse", "archive", "todo", "history", "desktop", "doctor", "remind", "collect"} | {
    "reorganise", "grow", "year-end", "handover",
}  # fmt: skip
"""Commands over one workbook that write nothing into it or its state, unless their option asks for it."""


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "表.xlsx"
    new_workbook(path, sample=True, as_of=DAY, workbook_id="W1")
    return path


def log(book):
    place = book.parent / ".capa_xl/capa_xl.log"
    return [line.split(" ", 1)[1] for line in place.read_text("utf-8").splitlines()] if place.exists() else []


def call(*words):
    return run([str(word) for word in words])


def test_what_only_looks_leaves_no_line_and_no_folder(book):
    for words in (("check", book), ("remind", book), ("refresh", book, "--check"), ("todo", book, "样例甲")):
        call(*words)
    assert list(book.parent.iterdir()) == [book]


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_reader_who_has_read_enough_changes_nothing_of_the_run(options, book, monkeypatch):
    read, write = os.pipe()
    os.close(read)
    with monkeypatch.context() as patched, os.fdopen(write, "w", encoding="utf-8") as unread:
        patched.setattr(sys, "stdout", unread)
        assert call("refresh", book, *options) == 0
    (line,) = log(book)
    assert line.startswith("INFO 表.xlsx：refresh 完成。")


def test_a_log_that_cannot_be_written_is_said_once_and_changes_nothing_of_the_run(book, capsys):
    assert call("refresh", book, "--quiet") == 0
    place = book.parent / ".capa_xl/capa_xl.log"
    place.unlink()
    place.mkdir()
    for words in (("refresh", book), ("daily", book), ("group", "daily", book), ("doctor", book)):
        capsys.readouterr()
        assert call(*words) in (0, 1)
        said = capsys.readouterr()
        assert (said.out + said.err).count(str(place)) == 1


def test_writing_and_sending_leave_a_line_each_with_what_it_came_to(book):
    assert call("refresh", book, "--quiet") == 0
    assert call("remind", book, "--send", "--quiet") == 0
    refreshed, reminded = log(book)
    assert "。；" not in refreshed
    assert refreshed.startswith("INFO 表.xlsx：refresh 完成。") and "改前备份" in refreshed
    assert reminded.startswith("INFO 表.xlsx：remind 完成。") and "，存入发件箱 " in reminded


def test_a_refused_run_leaves_its_code_and_the_reason(book, capsys):
    call("refresh", book, "--quiet")
    settings = book.parent / "capa_xl.toml"
    settings.write_text("[mial]\n", "utf-8")
    for words in (("refresh", book), ("remind", book, "--send"), ("daily", book), ("group", "daily", book.parent)):
        assert call(*words) == 24
    refused = log(book)[1:]
    assert [line.partition("。")[0] for line in refused] == [
        "ERROR 表.xlsx：refresh 未完成（退出码 24）",
        "ERROR 表.xlsx：remind 未完成（退出码 24）",
        "ERROR 表.xlsx：未完成（退出码 24）",
        "ERROR 表.xlsx：未完成（退出码 24）",
    ]
    assert all("[mial] 不认识" in line for line in refused)


@pytest.mark.parametrize("words", [("daily",), ("group", "daily")])
def test_a_workbook_that_a_pass_can_not_read_leaves_one_line_with_the_reason(book, words):
    call("refresh", book, "--quiet")
    book.write_bytes(b"no workbook")
    assert call(*words, book, "--as-of", "2026-12-31") == 20
    (line,) = log(book)[1:]
    assert line.startswith("ERROR 表.xlsx：未完成（退出码 20）（预演，按 2026-12-31 计算）。「表.xlsx」不是 ")


@pytest.mark.parametrize("words", [("daily",), ("group", "daily")])
def test_a_pass_that_files_its_letters_is_told_from_a_rehearsal(book, words):
    assert [call(*words, book, *of) for of in (("--as-of", "2026-12-31"), ())] == [0, 0]
    rehearsed, filed = log(book)
    assert (
        rehearsed.startswith("INFO 表.xlsx：完成（预演，按 2026-12-31 计算）。") and " 封，只存入发件箱；" in rehearsed
    )
    assert filed.startswith("INFO 表.xlsx：完成。回写") and " 封，只存入发件箱；" in filed


@pytest.mark.parametrize("words", [("daily",), ("group", "daily")])
def test_a_copy_that_people_named_leaves_a_line_and_a_check_of_the_group_none(book, words):
    call("refresh", book, "--quiet")
    copy = book.with_name("表-副本.xlsx")
    copy.write_bytes(book.read_bytes())
    assert call("group", "check", book, copy) == 20
    assert log(book)[1:] == []
    assert call(*words, book, copy) == 20
    (line,) = (line for line in log(book) if "表-副本.xlsx" in line)
    assert line.startswith("ERROR 表-副本.xlsx：副本（退出码 20）。与「表.xlsx」是同一本的副本")


def test_letters_that_did_not_leave_are_told_with_the_reason(book):
    call("refresh", book, "--quiet")
    settings = '[mail]\ntransport = "smtp"\nhost = "127.0.0.1"\nport = 1\nsecurity = "none"\n'
    settings += 'from = "capa@corp.example"\nallowed_domains = ["other.example"]\n'
    (book.parent / "capa_xl.toml").write_text(settings, "utf-8")
    assert call("remind", book, "--send", "--quiet") == 25
    assert "remind 未完成（退出码 25）" in log(book)[-1]
    assert "拒发" in log(book)[-1]


def test_a_monitoring_page_that_does_not_answer_stands_in_the_log(tmp_path):
    path = workbook(tmp_path / "表.xlsx", TRACKER)
    (tmp_path / "capa_xl.toml").write_text('[schedule]\nping_url = "http://127.0.0.1:9/capa"\n', "utf-8")
    assert call("daily", path) == 0
    assert [line.partition("（")[0] for line in log(path)][-1] == "ERROR 表.xlsx：监控网址没有应答"
    call("daily", path)
    assert len([line for line in log(path) if "监控网址没有应答" in line]) == 3


def test_a_refusal_before_the_first_run_makes_no_folder(book):
    (book.parent / "capa_xl.toml").write_text("[mial]\n", "utf-8")
    assert (call("refresh", book), log(book)) == (24, [])
    assert not (book.parent / ".capa_xl").exists()


def test_a_fault_of_our_own_is_logged_with_its_traceback(book, monkeypatch):
    call("refresh", book, "--quiet")

    def fails(*_arguments):
        raise ZeroDivisionError("样例")

    monkeypatch.setattr("capa_xl.app.use_cases.undo.undo", fails)
    with pytest.raises(ZeroDivisionError):
        call("undo", book)
    assert "表.xlsx：undo 未完成（退出码 1）。工具出错" in log(book)[1]
    assert "ZeroDivisionError: 样例" in (book.parent / ".capa_xl/capa_xl.log").read_text("utf-8")


def test_of_every_command_over_one_workbook_it_is_said_whether_it_leaves_something():
    over_one = {
        name
        for name in COMMANDS
        if (command := program.get_command(None, name)) and any(p.name == "workbook" for p in command.params)
    }
    assert over_one == (ALWAYS | LOOKING) & over_one
    assert ALWAYS - over_one == set()
    assert {"handover"} == ALWAYS & LOOKING  # its form is a paper
    asking = {name for name in over_one if any(p.name in ONLY_IF_ASKED for p in program.get_command(None, name).params)}
    assert asking == {"check", "remind", "collect", "reorganise", "grow", "year-end", "handover"}
    assert leaves_something("check", {"apply_them": True}) and not leaves_something("check", {"apply_them": False})
