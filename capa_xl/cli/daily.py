"""capa-xl daily: one scheduled pass."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, write_option
from capa_xl.cli.output import answer, say
from capa_xl.cli.patterns import expanded
from capa_xl.cli.run_log import log_unserved
from capa_xl.cli.world import Stop, now, stopping_on_signals, world_until
from capa_xl.model.command_line import with_the_path

if TYPE_CHECKING:
    from capa_xl.app.shared.desk import Desk

WORKBOOKS = click.argument(
    "workbooks", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path), metavar="工作簿..."
)
"""One or many; a missing one, or a folder, doesn't stop the others, so their existence is not checked here."""


@click.command(cls=ChineseCommand)
@WORKBOOKS
@write_option
@common_options
def command(workbooks: tuple[Path, ...], insists: bool, run: Run) -> int:
    """每日一次：校验、刷新、发送提醒、记账。可重复运行；打开着的工作簿照样提醒，回写推迟到下次。"""
    with stopping_on_signals() as stop:
        return one_pass(workbooks, run, stop, insists=insists)


def one_pass(workbooks: tuple[Path, ...], run: Run, stop: Stop, *, insists: bool = False) -> int:
    """Serve every workbook, say what became of it, and give the exit code."""
    from capa_xl.app.shared.served import exit_code, is_without_mail
    from capa_xl.app.use_cases.daily import daily
    from capa_xl.cli.documents.pass_documents import daily_document
    from capa_xl.effects.ping import FAIL, FINISH, START
    from capa_xl.model.journal import OUTBOX
    from capa_xl.reports.daily_text import daily_lines, stopped_line

    workbooks = expanded(workbooks)
    pinged = _pinged(workbooks, run)
    _tell(pinged, START)
    served = daily(workbooks, world_until(stop), lambda path: desk_of(path, run, stop, insists=insists))
    log_unserved(served, run.as_of)
    left, letters = len(workbooks) - len(served), sum(one.held_back for one in served)
    is_cut = not stop.go_on() and left + letters > 0
    code = 130 if is_cut else exit_code(served)
    _tell(pinged, FAIL if code else FINISH)
    lines = [
        (one.workbook.name or str(one.workbook), one.outcome, with_the_path(one.words, one.workbook)) for one in served
    ]
    is_rehearsal = run.as_of.on != run.as_of.today
    filed = sum(one.sent for one in served if one.transport == OUTBOX)
    say(run, daily_lines(lines, without_mail=is_without_mail(served), is_rehearsal=is_rehearsal, filed=filed))
    say(run, (stopped_line(left, letters),) if is_cut else ())
    answer(run, lambda: daily_document(run.as_of.on, served, left))
    return code


def _tell(pinged: Desk | None, event: str) -> None:
    """Ping, if a page is configured; silence there is only a warning, on the screen and in the log."""
    if pinged is None or not pinged.settings.schedule.ping_url:
        return
    from capa_xl.effects.log import log_line
    from capa_xl.effects.ping import ping

    if warning := ping(pinged.settings.schedule.ping_url, event):
        click.echo(warning, err=True)
        log_line(pinged.state, pinged.workbook, now, f"{pinged.workbook.name}：{warning}", is_bad=True)


def _pinged(workbooks: tuple[Path, ...], run: Run) -> Desk | None:
    """The first workbook's desk, whose settings name the page; faulty ones are said where the workbook is served."""
    from capa_xl.errors import SettingsError

    try:
        return desk_of(workbooks[0], run)
    except SettingsError:
        return None
