"""capa-xl schedule: daily in a loop in the foreground, or the units for the system's scheduler."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.daily import WORKBOOKS
from capa_xl.cli.options import Run, common_options, desk_of

KINDS = ("systemd", "cron", "windows")


@click.command(cls=ChineseCommand)
@WORKBOOKS
@click.option("--at", metavar="时刻", help="每天几点运行，北京时间，如 08:30（默认取 capa_xl.toml，再默认 08:30）。")
@click.option(
    "--print", "kind", type=click.Choice(KINDS), metavar="种类", help="只打印 systemd、cron 或 windows 的定时任务。"
)
@common_options
def command(workbooks: tuple[Path, ...], at: str | None, kind: str | None, run: Run) -> int:
    """前台循环，每天到点运行一次 daily；错过的（关机、休眠）醒来后补上。更稳妥的是用 --print 交给系统定时任务。"""
    from capa_xl.settings.read import refuse_bad_time

    at = at or desk_of(workbooks[0], run).settings.schedule.at
    refuse_bad_time(at, "--at")
    if kind:
        click.echo(_unit(kind, workbooks, at, run), nl=False)
        return 0
    from capa_xl.cli.daemon import loop

    return loop(workbooks, at, run)


def _unit(kind: str, workbooks: tuple[Path, ...], at: str, run: Run) -> str:
    from capa_xl.reports.units import UNITS, DailyCall

    config = ("--config", str(run.config.resolve())) if run.config else ()
    program, *module = _this_program()
    paths = [str(path.resolve()) for path in workbooks]
    words = (*module, "daily", *paths, *config)
    return UNITS[kind](DailyCall(program, words, str(workbooks[0].resolve().parent), at))


def _this_program() -> tuple[str, ...]:
    """How to call this program again: the console script, or the interpreter with `-m` where that is how it runs."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return sys.executable, "-m", "capa_xl"
    return (shutil.which("capa-xl") or str(called.resolve()),)
