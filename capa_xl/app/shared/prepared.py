"""A workbook between the steps of a daily pass, and the edge around each step: no trouble in one stops the others.

Shared ground of daily and group.
"""

from __future__ import annotations

from collections.abc import Callable
from logging import ERROR, INFO, Logger

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.kept_letters import KeptLetter
from capa_xl.app.shared.last_pass import remember_end
from capa_xl.app.shared.served import BROKEN, BUG, POSTPONED, SERVED, Served
from capa_xl.effects.durable import reason
from capa_xl.effects.log import FILE_NAME, open_log
from capa_xl.errors import CapaError, MailFailed, UnreadableWorkbook, WorkbookLocked
from capa_xl.reports.daily_text import WORDS, logged_words


class Prepared(Struct, frozen=True):
    """A workbook after the first step: served but for its letters.

    Attributes:
        served: What became of it so far.
        desk: None where its settings are faulty or it isn't there.
        workbook_id: The id its journal knows it by.
        letters: The letters that are due and may go.
        is_written_back: The write-back went through, so that 提醒台账 can follow what becomes of the letters.
        may_send: At most so many of its letters in this run; None for its settings' own cap.
        is_behind: The journal knows already of letters what 提醒台账 does not: withheld, or found interrupted.
    """

    served: Served
    desk: Desk | None = None
    workbook_id: str = ""
    letters: tuple[KeptLetter, ...] = ()
    is_written_back: bool = False
    is_behind: bool = False
    may_send: int | None = None


def guarded(desk: Desk, step: Callable[[], Prepared], so_far: Served | None = None) -> Prepared:
    """What a step made of a workbook, and once it is served a line in its log; no trouble in it stops the others.

    Args:
        so_far: What the steps before it did, which is told where this one comes to nothing.
    """
    path = desk.workbook
    so_far = so_far or Served(path, SERVED, 0)
    try:
        with open_log(desk.state, path, desk.world.now) as log:
            done = _survived(log, step, so_far)
            if not done.letters:  # else the line is written once they went
                log.log(ERROR if done.served.exit_code else INFO, "%s", _ended(desk, done.served))
                remember_end(desk, done.served)
                done = replace(done, served=replace(done.served, is_logged=True))
            return replace(done, served=_unlogged(done.served, log.fault)) if log.fault else done
    except (CapaError, OSError) as trouble:  # its log can't be opened
        return Prepared(cut_short(so_far, trouble))


def _ended(desk: Desk, served: Served) -> str:
    how = WORDS[served.outcome]
    return logged_words(served.workbook.name, how, served.exit_code, desk.as_of.aside, served.words)


def _survived(log: Logger, step: Callable[[], Prepared], so_far: Served) -> Prepared:
    """The step, even when our own program failed at it."""
    try:
        return step()
    except (CapaError, OSError) as trouble:
        return Prepared(cut_short(so_far, trouble))
    except Exception:  # the edge of one workbook: a bug met in it must not keep the others waiting
        log.exception("%s：工具出错", so_far.workbook.name)
        words = f"工具出错，经过已记入 {FILE_NAME}，请交给维护人员；其余工作簿照常处理"
        return Prepared(saying(replace(so_far, outcome=BROKEN, exit_code=BUG), (words,)))


def cut_short(so_far: Served, trouble: CapaError | OSError) -> Served:
    """What was done until a trouble ended the pass, and the trouble; one that another program holds is only late."""
    so_far = replace(so_far, tells_written=so_far.written > 0)
    if isinstance(trouble, WorkbookLocked):
        late = so_far if so_far.exit_code else replace(so_far, outcome=POSTPONED)
        return saying(late, (str(trouble),))
    if isinstance(trouble, CapaError):
        return saying(replace(so_far, outcome=BROKEN, exit_code=trouble.exit_code), (str(trouble),))
    words = f"「{so_far.workbook}」不能处理：{reason(trouble)} → 请检查文件夹权限和磁盘"
    return saying(replace(so_far, outcome=BROKEN, exit_code=UnreadableWorkbook.exit_code), (words,))


def _unlogged(served: Served, fault: str) -> Served:
    """The same, asking whoever runs it for a log that can be written, also among the many of a group."""
    return replace(saying(served, (fault,)), asks=(*served.asks, fault))


def saying(served: Served, sentences: tuple[str, ...]) -> Served:
    """The same with what else there is to say."""
    return replace(served, said=(*served.said, *sentences))


def without_letters(served: Served, code: int = MailFailed.exit_code) -> Served:
    """The same when a letter that was to leave did not."""
    return replace(served, outcome=BROKEN, exit_code=served.exit_code or code)
