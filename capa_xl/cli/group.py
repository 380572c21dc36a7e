"""capa-xl group: many workbooks at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from msgspec.structs import replace

from capa_xl.cli.chinese import ChineseCommand, ChineseGroup
from capa_xl.cli.options import Run, common_options, write_option
from capa_xl.cli.output import answer, attempted, say
from capa_xl.cli.paper_options import templates_option
from capa_xl.cli.run_log import log_unserved
from capa_xl.cli.targets import NewFile, NewFolder, refuse_another_workbook
from capa_xl.cli.world import Stop, stopping_on_signals, tell_on_stderr, world_until
from capa_xl.model.command_line import with_the_path
from capa_xl.model.list_titles import GROUP_SUMMARY
from capa_xl.model.period import PERIODS, period_said

if TYPE_CHECKING:
    from capa_xl.app.shared.desk import Desk
    from capa_xl.app.shared.executors import Executor
    from capa_xl.app.shared.group_run import Group
    from capa_xl.app.use_cases.group import GroupRun
    from capa_xl.effects.world import World

F = TypeVar("F", bound=Callable[..., Any])
TIMEOUT_S = 600.0


@click.group("group", cls=ChineseGroup)
def command() -> None:
    """集团：一次处理许多工作簿（文件、文件夹、通配符），每本与单独运行时相同，互不影响。"""


def group_options(function: F) -> F:
    """Add the workbooks of a group and the engine they are worked at."""
    file = click.Path(exists=True, dir_okay=False, path_type=Path)
    options = (
        click.argument("workbooks", nargs=-1, metavar="工作簿|文件夹|通配符..."),
        click.option("--list", "listing", type=file, metavar="文件", help="清单（UTF-8 文本），每行一个路径。"),
        click.option(
            "--workers",
            type=click.IntRange(0),
            default=0,
            metavar="N",
            help="这台电脑上同时处理几本（默认按处理器的核数）。",
        ),
        click.option("--cluster", metavar="tcp://地址:端口", help="改用 Dask 集群（需 [cluster] 组件）。"),
        click.option(
            "--timeout",
            type=click.FloatRange(1),
            default=TIMEOUT_S,
            metavar="秒",
            help="一个工作簿最多处理多久（默认 600 秒）。",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


SUMMARY = click.option("--summary", type=NewFile(".xlsx"), metavar="文件.xlsx", help="汇总另存为 Excel。")


@command.command("check", cls=ChineseCommand)
@group_options
@SUMMARY
@common_options
def check(run: Run, summary: Path | None, **options: Any) -> int:
    """校验每本工作簿，汇总错误数；不写任何工作簿。退出码：有打不开的，取按路径第一本的；都打开了，有错误为 1。"""
    from capa_xl.app.use_cases.group import group_check

    return _told(run, summary, options, group_check, only_looks=True)


@command.command("daily", cls=ChineseCommand)
@group_options
@SUMMARY
@write_option
@common_options
def daily(run: Run, summary: Path | None, **options: Any) -> int:
    """每本工作簿各做一次 daily；同一人一天只收一封信。可重复运行，中断后再运行即继续。"""
    from capa_xl.app.use_cases.group import group_daily

    def served(group: Group) -> GroupRun:
        done = group_daily(group)
        log_unserved(done.served, run.as_of)
        return done

    return _told(run, summary, options, served)


@command.command("pack", cls=ChineseCommand)
@group_options
@click.option("--period", required=True, metavar="期间", help=f"{PERIODS}。")
@click.option(
    "-o", "--output", "folder", required=True, type=NewFolder(), metavar="文件夹",
    help="写到这个文件夹（新的、空的，或没有改动过的旧资料包）。",
)  # fmt: skip
@click.option("--company", default="", metavar="名称", help="集团名称：印在评审输入和看板每页页眉的左边。")
@click.option("--each", is_flag=True, help="旁边另放每家公司自己的资料包。")
@click.option("--zip", "archive", is_flag=True, help="另外打包成一个 zip 文件。")
@templates_option
@common_options
def pack(
    run: Run,
    period: str,
    folder: Path,
    company: str,
    each: bool,
    archive: bool,
    templates: Path | None,
    **options: Any,
) -> int:
    """集团管理评审资料包：评审输入、看板（热力图、合计、逾期清单、数据质量）。合计由分子、分母相加。只读各工作簿。"""
    from capa_xl.app.use_cases.group_pack import group_pack
    from capa_xl.cli.documents.pass_documents import group_pack_document
    from capa_xl.reports.group_text import group_pack_lines

    with stopping_on_signals() as stop, group_of(run, stop, **options) as group:
        done = group_pack(
            group,
            period_said(period, run.as_of.on),
            folder,
            company=company,
            each=each,
            archive=archive,
            templates=templates,
        )
    say(run, done.notes)
    say(run, group_pack_lines(done.figures, folder, [file.path for file in done.files]))
    answer(run, lambda: group_pack_document(done))
    return done.exit_code


def _told(
    run: Run,
    summary: Path | None,
    options: dict[str, Any],
    do: Callable[[Group], GroupRun],
    *,
    only_looks: bool = False,
) -> int:
    """Run over the group, say what became of it, and give the exit code."""
    from capa_xl.app.shared.served import is_without_mail
    from capa_xl.cli.documents.pass_documents import group_document
    from capa_xl.effects.files import write_new
    from capa_xl.reports.daily_text import unsent_line
    from capa_xl.reports.group_text import group_lines, group_workbook

    refuse_another_workbook(summary, GROUP_SUMMARY)
    with stopping_on_signals() as stop, group_of(run, stop, **options) as group:
        done = do(group)
    lines = _lines(done)
    unsaved = attempted(lambda: write_new(summary, group_workbook(lines, run.as_of.on))) if summary else None
    if unsaved:
        done = replace(done, notes=(*done.notes, f"汇总没有写成：{unsaved}"))
    say(run, done.notes)
    letters = None if only_looks else done.letters
    say(run, group_lines(lines, done.counts, done.left, letters, done.held_back, only_wrong=run.quiet))
    if not only_looks and (without_mail := [one for one in done.served if is_without_mail((one,))]):
        filed = done.letters if len(without_mail) == len(done.served) else sum(one.sent for one in without_mail)
        say(run, (unsent_line(filed, is_rehearsal=run.as_of.on != run.as_of.today),))
    answer(run, lambda: group_document(done))
    code = 130 if done.left else done.exit_code
    if unsaved and not code:
        raise unsaved
    return code


@contextmanager
def group_of(
    run: Run,
    stop: Stop,
    *,
    workbooks: tuple[str, ...],
    listing: Path | None,
    workers: int,
    cluster: str | None,
    timeout: float,
    insists: bool = False,
) -> Iterator[Group]:
    """The group that the options name, with its engine at work."""
    from capa_xl.app.shared.group_run import Group
    from capa_xl.app.shared.workbook_list import listed_workbooks, places_in

    places = (*workbooks, *(places_in(listing) if listing else ()))
    if cluster:
        places = tuple(map(os.path.abspath, places))
    listed, world = listed_workbooks(places), world_until(stop)
    desk_of = _desk_of(run, world, cluster, insists=insists)
    engine = _engine(cluster, workers, timeout, len(listed))
    try:
        with progress(run) as step:
            yield Group(listed, desk_of, run.as_of, world, engine, step)
    finally:
        engine.close()


def _desk_of(run: Run, world: World, cluster: str | None, *, insists: bool) -> Callable[[Path], Desk]:
    """How a worker makes a workbook's desk; one of a cluster works in another folder, or on another machine."""
    if cluster:
        from capa_xl.app.shared.cluster import desk_on_worker

        config = run.config.absolute() if run.config else None
        return partial(desk_on_worker, as_of=run.as_of, world=world, config=config, insists=insists)
    from capa_xl.app.shared.desk import desk_for

    return partial(desk_for, as_of=run.as_of, world=world, config=run.config, insists=insists)


def _engine(cluster: str | None, workers: int, timeout: float, tasks: int) -> Executor:
    if cluster:
        from capa_xl.app.shared.cluster import Cluster

        return Cluster(cluster, timeout, tell_on_stderr)
    from capa_xl.app.shared.executors import Processes

    return Processes(workers, timeout, tasks)


@contextmanager
def progress(run: Run) -> Iterator[Callable[[str, int, int], None]]:
    """A bar with counts and the time left on a terminal, nothing elsewhere."""
    if run.json or run.quiet or not sys.stderr.isatty():
        yield lambda what, done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        bars: dict[str, Any] = {}

        def step(what: str, done: int, of: int) -> None:
            if what not in bars:
                bars[what] = bar.add_task(what, total=of)
            bar.update(bars[what], completed=done, total=of)

        yield step


def _lines(done: GroupRun) -> list[Any]:
    from capa_xl.reports.group_text import GroupLine

    return [
        GroupLine(
            str(one.workbook),
            one.outcome,
            with_the_path(one.words, one.workbook),
            one.counts.open if one.counts else None,
            one.counts.overdue if one.counts else None,
            one.counts.waiting if one.counts else None,
            one.errors,
            one.sent,
            tuple(with_the_path(words, one.workbook) for words in one.asks),
            one.held_back,
            one.exit_code,
        )
        for one in done.served
    ]
