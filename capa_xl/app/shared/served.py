"""What a daily pass did for one workbook. Shared ground of daily and group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from capa_xl.app.shared.judging import Judged
from capa_xl.errors import CapaError, MissingWorkbook
from capa_xl.model.journal import OUTBOX
from capa_xl.policy.tally import tally_of
from capa_xl.reports.daily_text import letters_said

SERVED, POSTPONED, ALARMED, BROKEN = "served", "postponed", "alarm", "failed"
COPY = "copy"
"""A copy of another workbook of the same run: nothing was done with it."""
ARCHIVE = "archive"
"""The archived year of a workbook, in a run over several: nothing was done with it."""
MISSING = "missing"
"""No workbook lies at that place: what is told of it counts no workbook."""
TIMEOUT, NOT_A_TRACKER = "timeout", "not_a_tracker"
"""Outcomes that only a group has: one that took too long, and one that is no tracker."""
BUG = 1
"""The exit code of a fault of our own: what Python gives for an exception that nobody caught."""


class Counts(Struct, frozen=True):
    """The figures of a judged workbook that a list of workbooks shows.

    Attributes:
        open: Actions not yet 已关闭, 已取消 or 已转后续.
        overdue: Actions past 完成期限 (Y1).
        waiting: Actions whose next step is past its limit (环节超时).
        errors: Problems of severity error.
    """

    open: int
    overdue: int
    waiting: int
    errors: int

    @classmethod
    def of(cls, judged: Judged) -> Counts:
        """Count them."""
        tally = tally_of(judged.view)
        errors = judged.checked.counts["error"]
        return cls(open=tally.open, overdue=tally.late_doing, waiting=tally.late_waiting, errors=errors)


class Served(Struct, frozen=True):
    """What a pass did for one workbook.

    Attributes:
        outcome: SERVED; POSTPONED: reminded, but the write-back (or, beside another run, all) waits for the next pass;
            ALARMED: the table lost columns or rows, so no letters but one alarm; BROKEN; MISSING; COPY; ARCHIVE;
            in a group TIMEOUT and NOT_A_TRACKER too.
        exit_code: 0 for served and postponed; 21 for one that may not be written back, though its letters went.
        said: What else there is to say, a sentence each, behind the counts.
        counts: None where it was not judged.
        first: What is said before everything else: damage, why nothing was written back.
        written: Cells written back.
        written_later: How many of them once the letters had gone: 提醒台账 and what follows from it.
        tells_written: There was a write-back, so that its count is said, even of no cell.
        tells_letters: It came to the letters, so that their count is said, even of none.
        unsent: Who got no letter because it failed, or because the run was stopped for all.
        unsure: Whose letter may or may not have arrived.
        transport: outbox or smtp.
        sent: Letters that a server took, or that were filed where the transport is the outbox.
        to_retry: The next pass has something to do even where nothing changes: letters that were held back, figures
            that a robot did not take.
        is_logged: What became of it stands in its log already.
        until: The minute with which a complaint's limit ends that day: a pass after it looks again. "" for none.
        held_back: Letters that wait for the next run: beyond the cap, or not reached before a stop.
        beside: Path, from the workbook's folder, and SHA-256 (or why there is none) of each file read beside it.
        told: Who got a letter of this workbook on that day, and where: (name, address).
        asks: What somebody should do about the table, though it was served: damage, people whom no letter can reach.
    """

    workbook: Path
    outcome: str
    exit_code: int
    said: tuple[str, ...] = ()
    counts: Counts | None = None
    first: tuple[str, ...] = ()
    written: int = 0
    written_later: int = 0
    tells_written: bool = False
    tells_letters: bool = False
    unsent: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    sent: int = 0
    transport: str = ""
    asks: tuple[str, ...] = ()
    to_retry: bool = False
    is_logged: bool = False
    until: str = ""
    held_back: int = 0
    beside: tuple[tuple[str, str], ...] = ()
    told: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """The account in one Chinese line: what was written, what went and to whom not, what else there is to say."""
        return "；".join((*self.first, *self._write_back(), *self._letters(), *self.said))

    def _write_back(self) -> Iterator[str]:
        if self.tells_written:
            later = f"（其中 {self.written_later} 个在提醒之后：提醒台账等）" if self.written_later else ""
            yield f"回写 {self.written} 格{later}"

    def _letters(self) -> Iterator[str]:
        if self.tells_letters:
            yield letters_said(self.sent, self.transport)
        if self.held_back:
            yield f"留待下次 {self.held_back} 封"
        if self.unsent:
            yield f"没有发出：{'、'.join(self.unsent)}"
        if self.unsure:
            yield f"结果不明：{'、'.join(self.unsure)}"

    @property
    def errors(self) -> int | None:
        """Problems of severity error; None where it was not judged."""
        return self.counts.errors if self.counts else None


def outcome_of(trouble: CapaError) -> str:
    """What became of a workbook that a trouble ended before anything was done."""
    return MISSING if isinstance(trouble, MissingWorkbook) else BROKEN


def exit_code(served: Iterable[Served]) -> int:
    """0 when every workbook was served or postponed, else the code of the first that failed.

    Errors in a table (`group check`: 1) hide no workbook that could not be read: they count where none failed.
    """
    failed = [one for one in served if one.exit_code]
    broken = [one for one in failed if one.outcome != SERVED]
    return next((one.exit_code for one in broken or failed), 0)


def is_without_mail(served: Iterable[Served]) -> bool:
    """True when letters were only filed: `daily` says so in its last line."""
    return any(one.transport == OUTBOX for one in served)
