"""capa-xl request: 纠正预防措施要求单 (Word)."""

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
@click.option("--all", "every", is_flag=True, help="全部已发给部门的需求（不写编号时也是）。")
@templates_option
@common_options
def command(
    workbook: Path, numbers: tuple[str, ...], output: Path, every: bool, templates: Path | None, run: Run
) -> None:
    """生成纠正预防措施要求单（3.3.3），一页一单；还没登记措施的需求也可打印。"""
    from capa_xl.app.use_cases.request import write_requests
    from capa_xl.reports.papers_text import paper_lines, papers_json

    desk = desk_of(workbook, run).with_settings(templates=templates)
    done = write_requests(desk, numbers, output, every=every)
    say(run, paper_lines(done))
    answer(run, lambda: papers_json(done, run.as_of.on))
