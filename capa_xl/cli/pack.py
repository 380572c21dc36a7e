"""capa-xl pack: the whole review pack in one command."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import DAY, Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.cli.paper_options import templates_option
from capa_xl.cli.targets import NewFolder
from capa_xl.model.command_line import to_paste
from capa_xl.model.pack import EXTERNAL, MANIFEST
from capa_xl.model.period import PERIODS, period_said

STEPS = 7


@click.command(cls=ChineseCommand)
@workbook_argument
@click.option(
    "--period",
    required=True,
    metavar="期间",
    help=f"{PERIODS}。",
)
@click.option(
    "-o",
    "--output",
    "folder",
    type=NewFolder(),
    metavar="文件夹",
    help="写到这个文件夹（没有就新建；默认工作簿旁的“评审资料包 期间”）。",
)
@click.option(
    "--review-on",
    type=DAY,
    metavar="日期",
    help="评审日期，用于预计逾期（默认《管理评审》里期间以后登记的那一次；没有登记的，期间后的第一个工作日）。",
)
@templates_option
@click.option("--pdf", is_flag=True, help="同时用 LibreOffice 生成 PDF。")
@click.option("--external", is_flag=True, help="给外部审核的副本：不含制度执行自查表和数据质量附录。")
@click.option("--zip", "archive", is_flag=True, help="另外打包成一个 zip 文件。")
@common_options
def command(
    workbook: Path,
    period: str,
    folder: Path | None,
    review_on: date | None,
    templates: Path | None,
    pdf: bool,
    external: bool,
    archive: bool,
    run: Run,
) -> int:
    """一条命令生成管理评审资料包。同样的工作簿、期间和日期，生成的文件逐字节相同（PDF 要同一个 LibreOffice）。"""
    from capa_xl.app.shared.unrecorded import unrecorded_code
    from capa_xl.app.use_cases.pack import make_pack
    from capa_xl.cli.documents.paper_documents import pack_document
    from capa_xl.reports.papers_text import new_finals

    desk = desk_of(workbook, run).with_settings(templates=templates)
    period = period_said(period, run.as_of.on)
    folder = folder or workbook.resolve().parent / (
        f"评审资料包 {period} {EXTERNAL}" if external else f"评审资料包 {period}"
    )
    with _progress(run) as step:
        done = make_pack(
            desk, period, folder, review_on=review_on, pdf=pdf, archive=archive, external=external, step=step
        )
    say(run, [f"  {file.path}" for file in done.files])
    say(run, done.notes)
    say(run, new_finals(done.finals, workbook))
    kind = "资料包（外部副本）" if external else "资料包"
    listed = [file.path for file in done.files if file.path not in (MANIFEST, *done.pdfs)]
    beside = f" 和 {len(done.pdfs)} 个 PDF" if done.pdfs else ""
    say(run, [f"{kind} {done.period} 共 {len(listed)} 个文件，另有清单 {MANIFEST}{beside}，在 {done.directory}。"])
    if done.archive:
        say(run, [f"压缩包：{done.archive}"])
    say(run, [f"先看 {done.directory / done.files[0].path}；核对是否被改动：{to_paste('archive', done.directory)}"])
    answer(run, lambda: pack_document(done))
    return unrecorded_code(done.notes)


@contextmanager
def _progress(run: Run) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, nothing elsewhere."""
    if run.json or run.quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    with Progress(TextColumn("{task.description}"), BarColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("读取工作簿", total=STEPS + 1)
        yield lambda name: bar.update(task, advance=1, description=f"正在生成 {name}")
