"""Tampering tried in every way we could think of: which edit, and which command sees it. docs/reliability.md tells.

Two days of a small office: a letter each, a refresh each, and the pack of the quarter. Then one edit by hand.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from capa_xl.app.use_cases.archive import check_archive
from capa_xl.app.use_cases.history import verify_history
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.effects.journal import FILE_NAME
from capa_xl.effects.journal_chain import links, mark_of, postings_standing
from capa_xl.model.columns import columns_of
from capa_xl.model.ledger_mark import ledger_mark
from capa_xl.model.records import LedgerRow
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.splice import splice
from capa_xl.workbook.reading.reader import read_register
from tests.app.office import DAY, Office, workbook

LEDGER = "\n    " + "  ".join(col.header for col in columns_of(LedgerRow)) + "\n"
TRACKER = """
    编号   措施内容  责任人  责任部门  登记日期    完成期限    〔自动〕状态
    GJ-01  换硬盘    样例甲  网络部    2026-01-05  2026-04-30
    GJ-02  换电源    样例甲  网络部    2026-01-05  2026-05-04
"""
DAYS = tuple(DAY + timedelta(days) for days in range(5))
LATER = DAYS[-1] + timedelta(1)


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    book = workbook(folder / "表.xlsx", TRACKER, 提醒台账=LEDGER)
    office = Office()
    for day in DAYS:
        office.remind(book, day, send=True)
        refresh(office.desk(book, day))
    make_pack(office.desk(book, DAYS[-1]), "2026Q1", folder / "包")
    refresh(office.desk(book, LATER))
    return folder


@pytest.fixture
def folder(sound, tmp_path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "here"))


def seen(folder: Path) -> dict[str, tuple[str, ...]]:
    """What each of the two commands says."""
    book = folder / "表.xlsx"
    return {
        "history": verify_history(Office().desk(book, LATER)).faults,
        "archive": check_archive(folder / "包", folder / ".capa_xl").differences,
    }


def test_nothing_is_said_of_what_nobody_touched(folder):
    assert seen(folder) == {"history": (), "archive": ()}
    ledger = read_register((folder / "表.xlsx").read_bytes()).ledger
    assert len(ledger.records) >= 2
    assert all(len(row.mark) == 16 for row in ledger.records)


def journal(statement: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        with closing(sqlite3.connect(folder / ".capa_xl" / FILE_NAME)) as conn, conn:
            conn.execute(statement)

    return edit


def cell(at: str, value: object) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        book = folder / "表.xlsx"
        done = splice(book.read_bytes(), Patch(edits=(CellEdit("提醒台账", at, value),)))
        assert done.changes
        book.write_bytes(done.blob)

    return edit


def in_pack(folder: Path) -> Path:
    return next(path for path in sorted((folder / "包").rglob("*.docx")))


def changed_file(folder: Path) -> None:
    in_pack(folder).write_bytes(in_pack(folder).read_bytes() + b" ")


def changed_file_and_manifest(folder: Path) -> None:
    changed_file(folder)
    place = folder / "包" / "manifest.json"
    manifest = json.loads(place.read_text("utf-8"))
    for entry in manifest["files"]:
        blob = (folder / "包" / entry["path"]).read_bytes()
        entry["sha256"], entry["bytes"] = hashlib.sha256(blob).hexdigest(), len(blob)
    place.write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")


def line_with_its_own_mark(folder: Path) -> None:
    """Somebody who knows how the 校验码 is made."""
    row = read_register((folder / "表.xlsx").read_bytes()).ledger.records[0]
    cell("H2", "2026-03-01 08:30:00")(folder)
    cell("L2", ledger_mark(replace(row, sent_at="2026-03-01 08:30:00")))(folder)


def whole_journal(folder: Path) -> None:
    """A sent date in the posting, and every link from its own on made anew: the journal alone is whole again."""
    with closing(sqlite3.connect(folder / ".capa_xl" / FILE_NAME)) as conn, conn:
        (wid,) = conn.execute("SELECT DISTINCT workbook_id FROM chain").fetchone()
        sent = "sent_on = '2026-03-01', sent_at = '2026-03-01T08:30:00+08:00'"
        conn.execute(f"UPDATE posting SET {sent} WHERE serial = 1")
        now, previous = dict(postings_standing(conn, wid)), ""
        for link in list(links(conn, wid)):
            told = json.loads(link.content)
            content = json.dumps(
                {subject: now.get(subject, mark) if mark else mark for subject, mark in told.items()},
                ensure_ascii=False,
                separators=(",", ":"),
            )
            mark = mark_of(previous, link.kind, link.on, content)
            conn.execute(
                "UPDATE chain SET content = ?, previous = ?, mark = ? WHERE serial = ?",
                (content, previous, mark, link.serial),
            )
            previous = mark


def everything(folder: Path) -> None:
    """The same, and the sheet refreshed from it, and the pack made again."""
    whole_journal(folder)
    office = Office()
    refresh(office.desk(folder / "表.xlsx", LATER + timedelta(1)))
    shutil.rmtree(folder / "包")
    make_pack(office.desk(folder / "表.xlsx", LATER + timedelta(1)), "2026Q1", folder / "包")


TAMPERED: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "a sent date in the journal": (
        journal("UPDATE posting SET sent_on = '2026-03-01' WHERE serial = 1"), "history", "与记账时不同",
    ),
    "a posting taken out of the journal": (journal("DELETE FROM posting WHERE serial = 1"), "history", "被删除"),
    "a posting slipped into the journal": (
        journal(
            "INSERT INTO posting SELECT 999, workbook_id, 'GJ-09', milestone, due_version, occurrence, recipient, "
            "transport, rehearsed_on, result, planned_on, sent_on, sent_at, tried_on, message_id, error, counts "
            "FROM posting WHERE serial = 1"
        ), "history", "不是工具记下的",
    ),
    "a link's content": (journal("UPDATE chain SET content = '{}' WHERE serial = 3"), "history", "本身被改过"),
    "a link taken out": (journal("DELETE FROM chain WHERE serial = 3"), "history", "与前一条接不上"),
    "the last snapshot": (journal("UPDATE snapshot SET row_count = 9"), "history", "最近一次快照与记账时不同"),
    "the manifest the journal kept": (journal("UPDATE pack SET manifest = 'f00d'"), "archive", "与台账记下的不同"),
    "a file of the pack": (changed_file, "archive", "的内容与清单不符"),
    "a file together with its manifest": (changed_file_and_manifest, "archive", "与台账记下的不同"),
    "a sent date in the sheet": (cell("H2", "2026-03-01 08:30:00"), "history", "与自己的校验码不符"),
    "a recipient in the sheet": (cell("F2", "样例乙"), "history", "与自己的校验码不符"),
    "a 校验码 in the sheet": (cell("L2", "0" * 16), "history", "与自己的校验码不符"),
    "a line and its 校验码 together": (
        line_with_its_own_mark, "history", "与台账不同：发送时间 工作表 2026-03-01T08:30:00、台账 2026-03-31T08:30:00",
    ),
    "a line put into the sheet": (cell("A40", "W1"), "history", "不在台账里"),
    "the whole journal made anew, the sheet not": (
        whole_journal, "history", "发送时间 工作表 2026-03-31T08:30:00、台账 2026-03-01T08:30:00",
    ),
    "the whole journal made anew, the pack not": (whole_journal, "archive", "在台账里找不到：台账被截短或换过"),
}  # fmt: skip
"""What is done by hand → the command that sees it, and what it says."""


@pytest.mark.parametrize(("edit", "command", "said"), TAMPERED.values(), ids=TAMPERED)
def test_tampering_is_seen(folder, edit, command, said):
    edit(folder)
    assert said in " ".join(seen(folder)[command])


def test_a_line_of_a_later_run_is_said_to_be_taken_over(tmp_path):
    """The state folder is an older one: what the next run takes over was put in by nobody."""
    book, office = workbook(tmp_path / "表.xlsx", TRACKER, 提醒台账=LEDGER), Office()
    refresh(office.desk(book, DAY))
    shutil.copytree(tmp_path / ".capa_xl", tmp_path / "旧")
    office.remind(book, LATER, send=True)
    refresh(office.desk(book, LATER))
    shutil.rmtree(tmp_path / ".capa_xl")
    (tmp_path / "旧").rename(tmp_path / ".capa_xl")
    faults = [one for one in verify_history(office.desk(book, LATER)).faults if "不在台账里" in one]
    assert faults and all("晚于台账的最后一次运行，下次运行时补记" in one for one in faults)


def test_a_line_taken_out_of_the_sheet_is_seen(folder):
    for at in "ABCDEFGHIJKL":
        cell(f"{at}2", None)(folder)
    assert "工作表里被删除" in " ".join(seen(folder)["history"])


def test_who_makes_everything_anew_is_not_seen(folder):
    """Journal, sheet and pack together: that is said in docs/reliability.md and by `history --verify` itself."""
    everything(folder)
    assert seen(folder) == {"history": (), "archive": ()}


def test_a_ledger_without_the_column_stays_valid_and_gets_none(tmp_path):
    """Of an earlier version: nothing is said of it, and a second refresh writes nothing."""
    old = "\n    " + "  ".join(col.header for col in columns_of(LedgerRow)[:-1]) + "\n"
    book, office = workbook(tmp_path / "表.xlsx", TRACKER, 提醒台账=old), Office()
    office.remind(book, DAY, send=True)
    assert refresh(office.desk(book, DAY)).written
    assert not refresh(office.desk(book, DAY)).written
    assert read_register(book.read_bytes()).ledger.records[0].mark is None
    assert verify_history(office.desk(book, DAY)).faults == ()
    cell("F2", "样例乙")(tmp_path)
    assert "不在台账里" in verify_history(office.desk(book, DAY)).faults[0]


def test_a_line_from_before_the_column_never_causes_a_write_alone(tmp_path):
    """The column was added by hand to a sheet that had its lines already."""
    book, office = workbook(tmp_path / "表.xlsx", TRACKER, 提醒台账=LEDGER), Office()
    office.remind(book, DAY, send=True)
    refresh(office.desk(book, DAY))
    cell("L2", None)(tmp_path)
    assert not refresh(office.desk(book, DAY)).written
    cell("F2", "样例乙")(tmp_path)  # and with the line it comes back
    assert refresh(office.desk(book, DAY)).written
    assert len(read_register(book.read_bytes()).ledger.records[0].mark) == 16
