"""What is killed and failed: each command over a small folder of its own, at a clock that stands still."""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from capa_xl.app.shared.fixing import apply_fixes
from capa_xl.app.shared.opening import open_workbook
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.app.use_cases.adopt import adopt_workbook
from capa_xl.app.use_cases.grow import grow
from capa_xl.app.use_cases.moved_rows import name_moved_rows
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.app.use_cases.undo import undo
from capa_xl.app.use_cases.year_end import end_year
from capa_xl.effects.journal import is_there
from capa_xl.effects.temporary import PREFIX
from capa_xl.errors import UsageError
from capa_xl.workbook.adopting.adopted_workbook import Adopting
from tests.app.desks import desk_at
from tests.app.office import DAY, QUALITY, Office, workbook
from tests.app.small_year import BEFORE, small_year
from tests.app.use_cases.test_moved_rows import OPEN, book_of
from tests.old_tables import old_table
from tests.ooxml.every_cell import cells_of

TRACKER = """
    编号   问题描述      措施内容  责任人  责任部门  登记日期    完成期限    〔自动〕状态  〔自动〕更新时间
    GJ-01  磁盘故障三次  换硬盘    样例甲  网络部    2026-01-05  2026-04-30
    GJ-02  电源告警两次  换电源    样例甲  网络部    2026-01-05  2026.4.30
"""
BOOK, TARGET, PACK = "表.xlsx", "新表.xlsx", "包"


@dataclass(frozen=True)
class Scenario:
    """One command.

    Attributes:
        prepare: Fills an empty folder.
        run: The command over that folder; raises CapaError when it refuses.
    """

    name: str
    prepare: Callable[[Path], object]
    run: Callable[[Path], object]


def _table(folder: Path) -> None:
    workbook(folder / BOOK, TRACKER, 人员部门=QUALITY)


def _applied(folder: Path) -> None:
    _table(folder)
    apply_fixes(desk_at(folder / BOOK, DAY))


def _old(folder: Path) -> None:
    (folder / BOOK).write_bytes(old_table("持续改进计划表"))


def _packed(folder: Path) -> None:
    _table(folder)
    make_pack(desk_at(folder / BOOK, DAY), "2025Q4", folder / PACK)


def _adopt(folder: Path) -> object:
    if (folder / TARGET).exists():  # killed after it was written: there is nothing left to do
        return None
    return adopt_workbook(folder / BOOK, folder / TARGET, Adopting({"完成日期": "完成期限"}, "W1", DAY))


def _year(folder: Path) -> None:
    (folder / BOOK).write_bytes(small_year())


def _end_year(folder: Path) -> object:
    if (folder / TARGET).exists() and sha(folder / TARGET) != sha(folder / BOOK):  # killed after the rows went
        return None
    return end_year(desk_at(folder / BOOK, DAY), BEFORE, folder / TARGET, apply=True)


def _moved(folder: Path) -> None:
    (folder / BOOK).write_bytes(book_of(range(1, 3), OPEN))
    refresh(desk_at(folder / BOOK, DAY))
    (folder / BOOK).rename(folder / TARGET)
    (folder / BOOK).write_bytes(book_of(range(0), OPEN))


def _name_moved(folder: Path) -> object:
    try:
        return name_moved_rows(desk_at(folder / BOOK, DAY), folder / TARGET, apply=True)
    except UsageError as trouble:
        if "不必再登记" in str(trouble):  # killed after it was written
            return None
        raise


def _grown(folder: Path) -> None:
    _table(folder)
    grow(desk_at(folder / BOOK, DAY), sheets=("更正记录",), apply=True)


def _daily(folder: Path) -> None:
    (served,) = Office().daily(folder / BOOK)
    if "工具出错" in served.words:
        raise RuntimeError((folder / ".capa_xl" / "capa_xl.log").read_text("utf-8"))


SCENARIOS = (
    Scenario("refresh", _table, lambda folder: refresh(desk_at(folder / BOOK, DAY))),
    Scenario("apply", _table, lambda folder: apply_fixes(desk_at(folder / BOOK, DAY))),
    Scenario("undo", _applied, lambda folder: undo(desk_at(folder / BOOK, DAY))),
    Scenario("ungrow", _grown, lambda folder: undo(desk_at(folder / BOOK, DAY))),
    Scenario("year-end", _year, _end_year),
    Scenario("moved-rows", _moved, _name_moved),
    Scenario("adopt", _old, _adopt),
    Scenario("pack", _packed, lambda folder: make_pack(desk_at(folder / BOOK, DAY), "2026Q1", folder / PACK)),
    Scenario("remind", _table, lambda folder: Office().remind(folder / BOOK, send=True)),
    Scenario("daily", _table, _daily),
)

IN_PLACE = frozenset({"refresh", "apply", "undo", "ungrow", "year-end", "moved-rows"})
"""They do nothing but write the workbook: done, it stands there written; refused, as it was."""


_TOLD = "tells of failed mail, and else says "
_FAILED_LIST = re.compile(r"== 邮件失败或结果不明（.*?(?=\n==|\n--|\n\n[^-\s]|\Z)", re.DOTALL)
_FAILED_COUNT = re.compile(r"，邮件失败或结果不明 \d+ 项")


@dataclass(frozen=True)
class Facts:
    """What a folder holds, in so far as two runs must agree on it.

    Attributes:
        book: SHA-256 of the workbook.
        cells: Every cell of it that holds anything: a second way to the same may leave emptied cells.
        target: The same of an adopted one, or of a year's archive; "" for none.
        letters: Name of a filed letter → SHA-256; of a weekly one that tells of failed mail, what else it says.
        said: Name of a filed letter → SHA-256 of its words without those of failed mail.
        pack: Path in the pack → SHA-256.
        journal: What was sent and applied, as the journal has it.
    """

    book: str
    cells: Mapping[tuple[str, str], object]
    target: str
    letters: Mapping[str, str]
    said: Mapping[str, str]
    pack: Mapping[str, str]
    journal: tuple[object, ...]


def facts_of(folder: Path) -> Facts:
    return Facts(
        sha(folder / BOOK),
        {at: value for at, value in cells_of((folder / BOOK).read_bytes()).items() if value is not None},
        sha(folder / TARGET),
        {name: _fingerprint(path) for name, path in _files(folder / ".capa_xl" / "outbox")},
        {name: _without_failed_mail(path.read_bytes())[1] for name, path in _files(folder / ".capa_xl" / "outbox")},
        _hashes(folder / PACK),
        _journal(folder),
    )


def leftovers(folder: Path) -> list[str]:
    """What nobody needs: temporary files and folders of ours, and second names of the workbook."""
    ours = [path for path in folder.rglob(f"{PREFIX}*") if path.parent.name != "backups"]
    linked = [folder / BOOK] if (folder / BOOK).exists() and (folder / BOOK).stat().st_nlink > 1 else []
    return sorted(str(path.relative_to(folder)) for path in (*ours, *linked))


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def versions(folder: Path) -> set[str]:
    """Every state a workbook went through: what it is, and its backups."""
    return {sha(folder / BOOK), *(sha(path) for path in (folder / ".capa_xl" / "backups").glob("*.xlsx"))}


def are_same_letters(found: Facts, wanted: Facts) -> bool:
    """The same letters; a weekly one may tell of mail that failed in a run that was disturbed, and of nothing else."""
    return found.letters.keys() == wanted.letters.keys() and all(
        letter in (wanted.letters[name], f"{_TOLD}{wanted.said[name]}") for name, letter in found.letters.items()
    )


def _fingerprint(path: Path) -> str:
    tells, rest = _without_failed_mail(path.read_bytes())
    return f"{_TOLD}{rest}" if tells else sha(path)


def _without_failed_mail(letter: bytes) -> tuple[bool, str]:
    """Whether it tells of failed mail, and the SHA-256 of its subject and words without that."""
    message = email.message_from_bytes(letter, policy=email.policy.default)
    body = message.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    rest = _FAILED_COUNT.sub("", _FAILED_LIST.sub("", text.replace("\r", "")))
    words = f"{message['subject']}\n" + "\n".join(line for line in rest.splitlines() if line.strip())
    return "== 邮件失败或结果不明（" in text, hashlib.sha256(words.encode()).hexdigest()


def _files(folder: Path) -> list[tuple[str, Path]]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(PREFIX))
    return [(path.relative_to(folder).as_posix(), path) for path in sorted(files)]


def _hashes(folder: Path) -> dict[str, str]:
    return {name: sha(path) for name, path in _files(folder)}


def _journal(folder: Path) -> tuple[object, ...]:
    """What the journal says once what a killed run intended is settled, as every command does first."""
    if not is_there(folder / ".capa_xl"):
        return ()
    with journal_of(open_workbook(desk_at(folder / BOOK, DAY)), writing=False) as journal:
        conn = journal.conn
        sent = conn.execute("SELECT number, milestone, recipient, transport, result FROM posting ORDER BY 1, 2, 3, 4")
        applied = conn.execute("SELECT what, edits, undone_at <> '' FROM applied ORDER BY serial")
        archived = conn.execute("SELECT after FROM row_event WHERE kind = '归档' AND number = '' ORDER BY serial")
        return (*sent.fetchall(), *applied.fetchall(), *archived.fetchall())
