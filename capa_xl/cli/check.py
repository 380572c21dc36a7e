"""capa-xl check: Problems, with cell, clause and fix."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, workbook_argument
from capa_xl.cli.output import answer, say


@click.command(cls=ChineseCommand)
@workbook_argument
@click.option(
    "--report",
    "report",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="文件.xlsx",
    help="另存为 Excel 清单。",
)
@common_options
def command(workbook: Path, report: Path | None, run: Run) -> int:
    """按制度校验：每个问题给出条款、单元格、有问题的值和处理办法。有错误时退出码为 1。"""
    from capa_xl.app.check import check_workbook, write_report
    from capa_xl.reports.check_json import check_document
    from capa_xl.reports.problems_text import problem_lines

    judged = check_workbook(workbook, run.as_of)
    if report:
        write_report(judged, report)
    say(run, problem_lines(judged))
    answer(run, check_document(judged))
    return 1 if judged.checked.counts["error"] else 0
