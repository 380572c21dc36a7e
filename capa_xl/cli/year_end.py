"""capa-xl year-end: last year's ended actions go into an archive, the workbook goes on without them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import DAY, Run, common_options, desk_of, refuse_the_workbook, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.cli.targets import NewFile
from capa_xl.model.command_line import to_paste


@click.command(cls=ChineseCommand)
@workbook_argument
@click.option(
    "--before",
    type=DAY,
    metavar="日期",
    help="这一天以前结束（关闭、取消、转后续）的归档，如 2026-01-01。",
)
@click.option(
    "-o", "--output", "archive", type=NewFile(".xlsx", ".xlsm"), metavar="归档.xlsx",
    help="归档文件：整本的原样副本，放在工作簿所在的文件夹，不覆盖已有的文件。",
)  # fmt: skip
@click.option(
    "--moved",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="归档.xlsx",
    help="行已经自己移到这个文件里了：核对以后记进《参数》“上年工作簿”，不再当作被删除。",
)
@click.option("--apply", "apply_it", is_flag=True, help="写入（先归档、备份，可用 undo 撤销）；不加只预览。")
@common_options
def command(
    workbook: Path, before: date | None, archive: Path | None, moved: Path | None, apply_it: bool, run: Run
) -> int:
    """年度归档：整本存为归档，已结束的行和它们的子表行从本工作簿清空，引用、复发和以往的指标照旧；先预览。"""
    from capa_xl.app.shared.unrecorded import unrecorded_code
    from capa_xl.app.use_cases.year_end import end_year
    from capa_xl.cli.documents.year_end_document import year_end_document
    from capa_xl.errors import UsageError
    from capa_xl.reports.year_end_text import year_end_lines

    if moved is not None and before is None and archive is None:
        return _name_moved_rows(workbook, moved, run, apply=apply_it)
    if moved is not None or before is None or archive is None:
        raise UsageError(f"{_fault(before, archive, moved)} → {_ways(workbook, run.as_of.on)}")
    refuse_the_workbook(archive, workbook)
    done = end_year(desk_of(workbook, run), before, archive, apply=apply_it)
    say(run, done.notes)
    named = "" if done.is_named else archive.name
    say(run, year_end_lines(done.year, done.cells, archive.name, named, str(done.backup or "")))
    answer(run, lambda: year_end_document(done))
    return unrecorded_code(done.notes)


def _ways(workbook: Path, on: date) -> str:
    """Both calls, whole; of a year that has ended."""
    archived = to_paste("year-end", workbook, "--before", f"{on.year}-01-01", "-o", "归档.xlsx")
    return f"归档已结束的行：{archived}；行已经自己移走的：{to_paste('year-end', workbook, '--moved', '归档.xlsx')}"


def _fault(before: date | None, archive: Path | None, moved: Path | None) -> str:
    """What of the two ways is missing, or that both were meant."""
    if moved is not None:
        return "--moved 不能和 --before、-o 同用"
    if before is None:
        return "缺少 --before（哪一天以前结束的归档）" if archive else "没有指明归档什么"
    return "缺少 -o（归档文件）"


def _name_moved_rows(workbook: Path, archive: Path, run: Run, *, apply: bool) -> int:
    from capa_xl.app.shared.unrecorded import unrecorded_code
    from capa_xl.app.use_cases.moved_rows import name_moved_rows
    from capa_xl.cli.documents.year_end_document import moved_rows_document
    from capa_xl.reports.year_end_text import moved_rows_lines

    refuse_the_workbook(archive, workbook)
    done = name_moved_rows(desk_of(workbook, run), archive, apply=apply)
    say(run, done.notes)
    say(run, moved_rows_lines(done.there, done.missing, archive.name, str(done.backup or ""), done.staying))
    answer(run, lambda: moved_rows_document(done))
    return unrecorded_code(done.notes)
