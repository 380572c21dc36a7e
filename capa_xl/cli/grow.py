"""capa-xl grow: the next level of columns and sheets."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.model.levels import LEVELS
from capa_xl.model.schema import ADDED_ALONE, SHEETS


@click.command(cls=ChineseCommand)
@workbook_argument
@click.option("--level", type=click.Choice([one.name for one in LEVELS]), help="加到哪一级；默认加到下一级。")
@click.option(
    "--sheet",
    "sheets",
    type=click.Choice((*ADDED_ALONE, *(spec.name for spec in SHEETS if spec.owned))),
    multiple=True,
    metavar="名称",
    help="只加这一个工作表（例：延期记录），不加列，环节不变；可多次。",
)
@click.option("--apply", "apply_it", is_flag=True, help="写入（先备份）。")
@common_options
def command(workbook: Path, level: str | None, sheets: tuple[str, ...], apply_it: bool, run: Run) -> int:
    """把小的工作簿加到下一级（台账→制度→评审→数据）：列加在右侧，工作表加在最后，原有的不动；先预览。"""
    from capa_xl.app.shared.unrecorded import unrecorded_code
    from capa_xl.app.use_cases.grow import grow
    from capa_xl.cli.documents.foreign_documents import grown_document
    from capa_xl.reports.growth_text import growth_lines

    if level and sheets:
        raise click.UsageError("--level 和 --sheet 只能用一个：--level 加到一级，--sheet 只加写明的工作表。")
    done = grow(desk_of(workbook, run), level or "", sheets, apply=apply_it)
    say(run, done.notes)
    growth, backup = done.growth, str(done.backup or "")
    say(run, growth_lines(growth, written=done.written, backup=backup))
    answer(run, lambda: grown_document(done))
    return unrecorded_code(done.notes)
