"""The guard before a scheduled pass: a table that lost columns or many rows sends no letters but one alarm.

So does one whose columns were sorted without their rows, and one that lost the sheet with its people or settings. A
column that nobody had filled may go; of one that was filled, what was judged by it is not known any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from capa_xl.app.shared.exchanged_columns import displaced, ended_numbers
from capa_xl.app.shared.opening import Opened
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.effects.journal_events import present_numbers
from capa_xl.effects.journal_rows import rows_filled
from capa_xl.effects.journal_snapshot import LastSnapshot, last_snapshot
from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.cut_text import cut_list
from capa_xl.model.kept_sheets import how_gone, lost_ground
from capa_xl.model.register import Register
from capa_xl.model.schema import PEOPLE_SHEET, SETTINGS_SHEET
from capa_xl.policy.damage import RESTORE_SHEET, restore_columns, unknown_headings
from capa_xl.policy.displaced import SHARE_OF_ROWS
from capa_xl.reports.alarm_text import DISPLACED, MISSING
from capa_xl.workbook.reading.header_match import NEEDED
from capa_xl.workbook.reading.reader import require_tracker

_MOST_NAMED = 20
"""编号 that an alarm names."""
COLUMNS, ROWS, SHEETS, EXCHANGED = "columns", "rows", "sheets", "exchanged"
_NOTHING: Mapping[str, int] = MappingProxyType({})
_RECKONED_BY = {
    PEOPLE_SHEET: "谁该收提醒、谁能批准都不知道了",
    SETTINGS_SHEET: "提醒启用日、各项限期和提醒设置都成了默认值",
}


class Loss(Struct, frozen=True):
    """What the table lost since the last pass.

    Attributes:
        kind: Tells one loss from another, so that the same one is alarmed about once a week at most.
        what: What is gone, in Chinese, with figures.
        because: What follows from it and what to do, as far as that differs from one loss to another; or "".
        state: What the table is in, for the subject of the letter.
    """

    kind: str
    what: str
    because: str = ""
    state: str = MISSING

    @property
    def sentence(self) -> str:
        """The loss, and what to do about it."""
        return self.what + self.because


class Ended(Struct, frozen=True):
    """Rows that the last pass wrote as come to their end.

    Attributes:
        before: How many of them it saw.
        now: How many of these are on the sheet still.
    """

    before: int
    now: int


NONE_ENDED = Ended(0, 0)


def lost_headers(last: LastSnapshot | None, register: Register) -> tuple[str, ...]:
    """Headers of the columns that the last pass still had and the table hasn't any more, in column order."""
    gone = last.columns - register.tracker.columns.keys() if last is not None else frozenset()
    return tuple(column.header for column in columns_of(Action) if column.key in gone)


def has_fewer_rows(last: LastSnapshot | None, register: Register) -> bool:
    """Whether it is worth looking which of them are gone."""
    return last is not None and register.rows < last.row_count


def loss_since(
    last: LastSnapshot | None,
    register: Register,
    filled: Mapping[str, int] = _NOTHING,
    ended: Ended = NONE_ENDED,
    numbers: Sequence[str] = (),
) -> Loss | None:
    """The loss that stops the letters; None where nothing is lost, or nothing was known before.

    Rows that had come to their end reminded nobody, and people delete them in January: neither their going is a loss,
    nor may the many that stay hide that those go which still remind.

    Args:
        filled: Header of a column that is lost → in how many rows the last pass saw it filled.
        ended: The rows that are not counted.
        numbers: 编号 of the others that are gone.
    """
    if last is None:
        return None
    try:
        require_tracker(register)
    except UnreadableWorkbook as missing:
        return Loss(_kind(last, register), str(missing))
    before, now = last.row_count - ended.before, register.rows - ended.now
    if now * SHARE_OF_ROWS < before * (SHARE_OF_ROWS - 1):
        apart = f"（已结束的 {ended.before} 行不算）" if ended.before else ""
        sentence = f"上次（{last.taken_on}）有 {before} 行{apart}，现在只有 {now} 行，少了五分之一以上"
        named = f"（不见的：{cut_list(numbers, _MOST_NAMED, '项')}）" if numbers else ""
        return Loss(f"{ROWS} {last.row_count}", sentence, named)
    if filled:
        named = "、".join(f"{header}（填了 {count} 行）" for header, count in filled.items())
        sentence = f"上次（{last.taken_on}）有的列 {named}现在没有了{unknown_headings(register)}"
        because = f"，靠它判断的状态和提醒都不准 → {restore_columns(register)}"
        return Loss(" ".join((COLUMNS, *filled)), sentence, because)
    if gone := lost_ground(register, last.columns):
        sentence = f"上次（{last.taken_on}）有内容的{how_gone(register, gone).replace('》不见了', '》现在不见了')}"
        because = f"，{'；'.join(_RECKONED_BY[name] for name in gone)} → {RESTORE_SHEET}"
        return Loss(" ".join((SHEETS, *gone)), sentence, because)
    return None


def loss_of(journal: WorkbookJournal, opened: Opened) -> Loss | None:
    """The loss that stops the letters of a scheduled pass, by what the journal knows of the pass before."""
    return gone_since(journal, opened.register) or _exchanged(journal, opened)


def gone_since(journal: WorkbookJournal, register: Register) -> Loss | None:
    """The same of columns and rows that are gone."""
    last = last_snapshot(journal.conn, journal.workbook_id)
    filled = rows_filled(journal.conn, journal.workbook_id, lost_headers(last, register))
    if not has_fewer_rows(last, register):
        return loss_since(last, register, filled)
    seen = present_numbers(journal.conn, journal.workbook_id)
    over = ended_numbers(journal.conn, journal.workbook_id, seen)
    ended = Ended(len(over), len(over & register.numbers))
    return loss_since(last, register, filled, ended, sorted(seen - register.numbers - over))


def accepted_by_hand(journal: WorkbookJournal, opened: Opened, command: str) -> tuple[str, ...]:
    """That a run by hand takes the table as it is now, so that no scheduled pass will stop for the loss; or ().

    To be asked before the run puts on record what it sees.
    """
    loss = loss_of(journal, opened)
    if loss is None:
        return ()
    means = f"定时任务会因此停发提醒；人工运行 {command} 就算认可，它此后照现在的内容提醒，不再为此停发"
    return (f"{loss.what}，{means} → 不是有意的，请先恢复，再运行一次 {command}",)


def _exchanged(journal: WorkbookJournal, opened: Opened) -> Loss | None:
    """A version of ours that was put back is what it was: nothing in it changed places."""
    found = displaced(journal.conn, journal.workbook_id, opened) if not journal.put_back else None
    if found is None:
        return None
    return Loss(" ".join((EXCHANGED, *found.headers)), found.what, found.because, DISPLACED)


def _kind(last: LastSnapshot, register: Register) -> str:
    """The needed columns that the last pass still had, by name: another one lost is another loss."""
    gone = [key for group in NEEDED for key in group if key in last.columns and key not in register.tracker.columns]
    return " ".join((COLUMNS, *gone))
