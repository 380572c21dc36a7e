"""What a worker does for one workbook of a group; every task and every answer can be sent to another process."""

from __future__ import annotations

from msgspec.structs import replace

from capa_xl.app.shared.alarm import next_pass
from capa_xl.app.shared.archived_year import refuse_archive
from capa_xl.app.shared.daily_pass import prepare
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.judging import judge_now
from capa_xl.app.shared.last_pass import has_passed
from capa_xl.app.shared.opening import open_tracker, parsed, read_source, until_whole, with_tracker
from capa_xl.app.shared.pass_letters import send_prepared
from capa_xl.app.shared.pass_write_back import mirrored
from capa_xl.app.shared.prepared import Prepared, guarded
from capa_xl.app.shared.served import NOT_A_TRACKER, SERVED, Counts, Served, outcome_of
from capa_xl.app.shared.workbook_list import GroupTask, Listed
from capa_xl.effects.journal import is_there, look_into_journal
from capa_xl.effects.journal_view import knows_rows_of
from capa_xl.effects.own_lists import own_title
from capa_xl.errors import CapaError, NotATracker, NotAWorkbook, UnreadableWorkbook
from capa_xl.ooxml.misnamed_files import OLDER_WORKBOOKS


def prepare_task(task: GroupTask) -> Prepared:
    """The first step of the daily pass; a file that never was a tracker is left without a trace."""
    stranger = _stranger(task)
    return Prepared(stranger) if stranger is not None else prepare(task.listed.path, task.desk_of)


def send_task(prepared: Prepared) -> Served:
    """The second step of the daily pass."""
    return send_prepared(prepared)


def mirror_task(prepared: Prepared) -> Served:
    """提醒台账 of a workbook whose letters went with those of others."""
    desk = prepared.desk
    if desk is None:
        return prepared.served
    return guarded(desk, lambda: replace(prepared, served=mirrored(prepared), letters=())).served


def check_task(task: GroupTask) -> Served:
    """The figures of `check`; its exit code 1 where there are errors."""
    path = task.listed.path
    try:
        desk = task.desk_of(path)
        opened = open_tracker(desk)
        judged = judge_now(opened)
    except CapaError as trouble:
        return unread(task.listed, trouble)
    counts, found = Counts.of(judged), judged.checked.counts
    figures = f"错误 {found['error']}、警告 {found['warning']}、提示 {found['info']}"
    ahead = next_pass(judged)
    damage, unreached = (*ahead.rows_gone, *judged.damage), judged.reach.sentences
    code = UnreadableWorkbook.exit_code if ahead.stops else 1 if counts.errors else 0
    said, asks = (*damage, figures, *unreached, *judged.left_out), (*damage, *unreached, *judged.doubts)
    return Served(path, SERVED, code, said, counts, asks=asks)


def unread(listed: Listed, trouble: CapaError) -> Served:
    """What became of a file that has no tracker to be read: the one judgement of check, daily, pack and facts.

    A sound workbook of another kind is a failure only where people named the file itself, and so is an older table
    (.xls) that a folder or a pattern brought. A file that is no workbook under a workbook's name is no tracker either,
    but always a failure: the tracker may have lain there. What a command wrote beside a tracker is called what it is.
    """
    if isinstance(trouble, NotATracker) and not listed.is_named and (title := own_title(listed.path)):
        return Served(listed.path, NOT_A_TRACKER, 0, (f"这是 capa-xl 写出的《{title}》，不是跟踪表，不必处理",))
    outcome = NOT_A_TRACKER if isinstance(trouble, NotATracker | NotAWorkbook) else outcome_of(trouble)
    is_only_said = not listed.is_named and (isinstance(trouble, NotATracker) or _is_by_the_way(listed))
    return Served(listed.path, outcome, 0 if is_only_said else trouble.exit_code, (str(trouble),))


def _stranger(task: GroupTask) -> Served | None:
    """A file that never was a tracker; None for what the daily pass shall look at itself."""
    path = task.listed.path
    try:
        if path.is_file() and not _was_tracker(desk := task.desk_of(path)):
            until_whole(desk, lambda: _refuse_stranger(desk))
    except CapaError as trouble:
        is_foreign = isinstance(trouble, NotATracker | NotAWorkbook) or _is_by_the_way(task.listed)
        return unread(task.listed, trouble) if is_foreign else None
    return None


def _refuse_stranger(desk: Desk) -> None:
    source = read_source(desk)
    refuse_archive(desk, source.sha256)
    with_tracker(parsed(source))


def _is_by_the_way(listed: Listed) -> bool:
    """Whether a folder or a pattern brought a table of another kind."""
    return not listed.is_named and listed.path.suffix.lower() in OLDER_WORKBOOKS


def _was_tracker(desk: Desk) -> bool:
    """Told by our own notes: its columns may be lost today, which is an alarm."""
    if not is_there(desk.state) or has_passed(desk):
        return is_there(desk.state)
    with look_into_journal(desk.state) as conn:
        return knows_rows_of(conn, desk.workbook.resolve())
