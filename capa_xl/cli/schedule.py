"""capa-xl schedule: daily in a loop in the foreground, or the units for the system's scheduler."""

from __future__ import annotations

import os
from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.daily import WORKBOOKS
from capa_xl.cli.options import Run, common_options, desk_of
from capa_xl.cli.output import answer, print_lines
from capa_xl.cli.patterns import expanded, refuse_missing
from capa_xl.cli.targets import NewText
from capa_xl.cli.this_program import current_account, not_on_windows, this_program

KINDS = ("systemd", "cron", "windows")


@click.command(cls=ChineseCommand)
@WORKBOOKS
@click.option(
    "--at",
    metavar="时刻",
    help="每天几点运行，北京时间，如 08:30，一天几次如 08:00,12:00,17:30（默认取 capa_xl.toml，再默认 08:30）。",
)
@click.option(
    "--print", "kind", type=click.Choice(KINDS), metavar="种类", help="只打印 systemd、cron 或 windows 的定时任务。"
)
@click.option("--user", default="", metavar="账号", help="定时任务用哪个账号运行（默认当前账号）。")
@click.option(
    "-o",
    "--output",
    type=NewText(),
    metavar="文件",
    help="定时任务写到这个文件；windows 的是 UTF-16，schtasks 只认这一种。",
)
@common_options
def command(
    workbooks: tuple[Path, ...], at: str | None, kind: str | None, user: str, output: Path | None, run: Run
) -> int:
    """在打开的窗口里每天到点运行 daily；错过的（关机、休眠）醒来后补上。更稳妥的是用 --print 交给系统定时任务。"""
    from capa_xl.app.shared.archived_year import refuse_unserved
    from capa_xl.errors import UsageError
    from capa_xl.settings.read import bad_time, times_of_day

    refuse_missing(workbooks)
    for workbook in expanded(workbooks):
        refuse_unserved(desk_of(workbook, run))
    if at is None:
        at = desk_of(workbooks[0], run).settings.schedule.at
    times = times_of_day(at)
    if not times:
        raise UsageError(bad_time("--at", at))
    if kind is None and (output or user):
        raise UsageError("-o 和 --user 要同 --print 一起用：--print systemd、cron 或 windows")
    if kind:
        _print(_unit(kind, workbooks, times, user or current_account(), run), kind, output, run)
        print_lines(not_on_windows("这个定时任务") if kind == "windows" else (), err=True)
        return 0
    from capa_xl.cli.daemon import loop

    return loop(workbooks, times, run)


def _unit(kind: str, workbooks: tuple[Path, ...], times: tuple[str, ...], user: str, run: Run) -> str:
    from capa_xl.reports.units import UNITS, DailyCall

    config = ("--config", str(run.config.resolve())) if run.config else ()
    program, *module = this_program()
    paths = [os.path.abspath(path) for path in workbooks]  # noqa: PTH100 - a UNC path or a pattern stays as typed
    words = (*module, "daily", *paths, *config)
    secret = desk_of(workbooks[0], run).settings.mail.secret.reference
    return UNITS[kind](DailyCall(program, words, str(Path(paths[0]).parent), times, user, secret))


def _print(text: str, kind: str, output: Path | None, run: Run) -> None:
    from capa_xl.cli.documents.pass_documents import unit_document

    if output is not None:
        from capa_xl.effects.files import write_new

        write_new(output, text.replace("\n", "\r\n").encode("utf-16") if kind == "windows" else text.encode())
        click.echo(f"已写入 {output}", err=True)
    elif not run.json:
        click.echo(text, nl=False)
    answer(run, lambda: unit_document(kind, text, output))
