"""The write-back of a daily pass, before its letters and once they went. Shared ground of daily and group."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from capa_xl.app.shared.judging import Judged
from capa_xl.app.shared.last_pass import remember_pass
from capa_xl.app.shared.opening import Opened
from capa_xl.app.shared.prepared import Prepared, cut_short, saying
from capa_xl.app.shared.refresh_plan import carry_out_refresh
from capa_xl.app.shared.served import BROKEN, POSTPONED, SERVED, Served
from capa_xl.app.shared.unrecorded import unrecorded_code
from capa_xl.errors import CapaError, UnsafeWrite, WorkbookBarred, WorkbookChanged, WorkbookLocked
from capa_xl.model.intent import DAILY


def write_back(opened: Opened) -> tuple[Served, Judged | None]:
    """What became of the write-back, and the judgement it stands on; whatever it is, the letters go."""
    path = opened.path
    try:
        done = carry_out_refresh(opened.desk, opened, DAILY)
    except (WorkbookLocked, WorkbookChanged, UnsafeWrite) as barred:
        late = _not_written(path, barred)
        return replace(late, first=late.said, said=()), None
    served = Served(path, SERVED, 0, written=len(done.changes), tells_written=True)
    return _with_notes(served, done.notes), done.judged


def mirrored(prepared: Prepared) -> Served:
    """The same with the letters of this pass in 提醒台账, so that a second one has nothing to do.

    Also where a letter failed or was withheld: the sheet holds what was sent and what was not. Where it can't be
    written, the pass says so; the journal knows what was sent, and the next pass writes it.
    """
    served, desk = prepared.served, prepared.desk
    if desk is None or not prepared.is_written_back or desk.is_rehearsal:
        return served
    try:
        done = carry_out_refresh(desk.with_settings(wait_minutes=0.0), command=DAILY)
    except CapaError as barred:
        return _with_ledger_behind(served, _not_written(desk.workbook, barred))
    except OSError as trouble:
        return cut_short(served, trouble)
    more = len(done.changes)
    served = replace(served, written=served.written + more, written_later=served.written_later + more)
    served = _with_notes(served, done.notes)
    remember_pass(desk, served)
    return served


def _with_notes(served: Served, notes: tuple[str, ...]) -> Served:
    """The same with what a write-back has to say; what it could not put on record is a failure."""
    code = unrecorded_code(notes)
    return saying(replace(served, outcome=BROKEN, exit_code=served.exit_code or code) if code else served, notes)


def _not_written(path: Path, barred: CapaError) -> Served:
    """What a write-back comes to that did not go through; one that somebody's open workbook barred is only late."""
    if isinstance(barred, WorkbookBarred):
        return Served(path, POSTPONED, barred.exit_code, (f"没有回写：{barred}",))
    if isinstance(barred, (WorkbookLocked, WorkbookChanged)):
        return Served(path, POSTPONED, 0, (f"下次运行再写：{barred}",))
    return Served(path, BROKEN, barred.exit_code, (f"没有回写：{barred}",))


def _with_ledger_behind(served: Served, late: Served) -> Served:
    """The same when 提醒台账 did not follow: a failure if that is one, and no letter counts as unsent for it."""
    said = saying(served, (f"提醒台账、校验结果{late.words}（提醒的结果已有记录，不会重发）",))
    if not late.exit_code or served.exit_code:
        return said
    return replace(said, outcome=late.outcome, exit_code=late.exit_code)
