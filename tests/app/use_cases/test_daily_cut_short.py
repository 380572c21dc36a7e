"""A pass that the disk, or the ledger, ends half-way says what it wrote, what it sent and to whom it didn't."""

import sqlite3

import pytest

from capa_xl.app.shared import daily_pass, deliver, joint_letters, pass_letters
from capa_xl.effects.journal import FILE_NAME as JOURNAL
from capa_xl.effects.log import FILE_NAME as LOG
from capa_xl.effects.outbox import Outbox
from capa_xl.errors import JournalUnusable, UnsafeWrite
from capa_xl.model.journal import OUTBOX
from capa_xl.reports.daily_text import letters_said
from tests.app.office import DAY, Office, workbook

TABLE = """
    编号   措施内容  责任人  责任部门  登记日期    完成期限    〔自动〕状态
    GJ-01  换硬盘    样例甲  网络部    2026-01-05  2026-04-30
"""
FULL = "database or disk is full"


@pytest.fixture
def table(tmp_path):
    """Two letters are due: 样例甲's and 样例经's. One cell is ours: 状态."""
    return workbook(tmp_path / "表.xlsx", TABLE)


def filling_up(monkeypatch, after):
    """The disk is full once the ledger took so many entries about letters: two a letter, before and after."""
    real, taken = deliver.post, []

    def post(*args):
        if len(taken) >= after:
            raise sqlite3.OperationalError(FULL)
        taken.append(None)
        real(*args)

    monkeypatch.setattr(deliver, "post", post)


def told(table):
    """What the log's last line says."""
    return (table.parent / ".capa_xl" / LOG).read_text("utf-8").splitlines()[-1]


def filed(table):
    return sorted(path.name[:3] for path in (table.parent / f".capa_xl/outbox/{DAY}").glob("*.eml"))


@pytest.mark.parametrize("after, in_the_outbox", [(2, ["样例经"]), (3, ["样例经"]), (0, [])])
def test_a_disk_that_fills_between_letters_leaves_the_count_and_the_names_of_those_that_did_not_go(
    table, monkeypatch, after, in_the_outbox
):
    with monkeypatch.context() as full:
        filling_up(full, after)
        if after == 3:
            full.setattr(Outbox, "deliver", _no_room_after(Outbox.deliver, 1))
        (served,) = Office().daily(table)
    assert (served.exit_code, served.outcome, served.written) == (23, "failed", 1)
    went = len(in_the_outbox)
    assert (served.sent, served.held_back) == (went, 2 - went)
    for words in (served.words, told(table)):
        assert "回写 1 格" in words
        assert f"{letters_said(went, OUTBOX)}；留待下次 {2 - went} 封" in words
        assert f"没有发出：{'、'.join(('样例经', '样例甲')[went:])}" in words
        assert FULL in words or "磁盘已满" in words
    assert filed(table) == in_the_outbox
    (again,) = Office().daily(table)
    assert (again.exit_code, again.sent) == (0, 2 - went)
    assert filed(table) == ["样例甲", "样例经"]


def _no_room_after(real, letters):
    gone = []

    def deliver_one(self, letter, at):
        if len(gone) >= letters:
            raise UnsafeWrite("信存不下（磁盘已满）")
        gone.append(letter)
        return real(self, letter, at)

    return deliver_one


def shut(*_args, **_options):
    raise JournalUnusable("台账打不开")


def test_a_ledger_that_does_not_open_after_the_write_back_hides_neither_cells_nor_letters(table, monkeypatch):
    with monkeypatch.context() as after_the_write_back:
        after_the_write_back.setattr(daily_pass, "journal_of", shut)
        (served,) = Office().daily(table)
    assert (served.exit_code, served.written, served.sent) == (23, 1, 0)
    assert served.words == "回写 1 格；提醒一封也没有发出；台账打不开"
    assert served.words in told(table)


def test_a_ledger_that_does_not_open_for_the_letters_says_how_many_wait(table, monkeypatch):
    with monkeypatch.context() as before_the_letters:
        before_the_letters.setattr(pass_letters, "journal_by_id", shut)
        (served,) = Office().daily(table)
    assert (served.exit_code, served.written, served.held_back) == (23, 1, 2)
    assert served.words.startswith("回写 1 格；提醒 0 封；留待下次 2 封；") and served.said[-1] == "台账打不开"
    assert Office().daily(table)[0].sent == 2


def test_a_joint_letter_whose_one_ledger_does_not_open_goes_for_the_others_and_says_so(table, tmp_path):
    other = workbook(tmp_path / "b" / "表.xlsx", TABLE)
    office = Office()
    prepared = {
        place: daily_pass.prepare(path, lambda one: office.desk(one)) for place, path in enumerate((table, other))
    }
    several, _ = joint_letters.joined(prepared)
    (tmp_path / "b/.capa_xl" / JOURNAL).write_bytes(b"no database at all, and longer than a header" * 9)
    found = joint_letters.send_joint(several[0])
    assert (found[0].sent, found[1].sent, found[1].exit_code) == (1, 0, 23)
    assert "已损坏" in found[1].stopped
