"""capa-xl revision: 文件修改意见单 (Word)."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.cli.paper_options import output_option, templates_option


@click.command(cls=ChineseCommand)
@workbook_argument
@click.argument("numbers", nargs=-1, metavar="编号...")
@output_option
@click.option("--all", "every", is_flag=True, help="文件修订表中的全部文件（不写编号时也是）。")
@templates_option
@common_options
def command(
    workbook: Path, numbers: tuple[str, ...], output: Path, every: bool, templates: Path | None, run: Run
) -> None:
    """生成文件修改意见单（4.5.3），一个文件一页。"""
    from capa_xl.app.use_cases.revision import write_revisions
    from capa_xl.reports.papers_text import paper_lines, papers_json

    desk = desk_of(workbook, run).with_settings(templates=templates)
    done = write_revisions(desk, numbers, output, every=every)
    say(run, paper_lines(done))
    answer(run, lambda: papers_json(done, run.as_of.on))
