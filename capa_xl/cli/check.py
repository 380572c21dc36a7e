"""capa-xl check: Problems, with cell, clause and fix."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, settings_of, workbook_argument
from capa_xl.cli.output import answer, say

if TYPE_CHECKING:
    from capa_xl.app.judging import Judged


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

    judged = check_workbook(workbook, run.as_of, settings_of(workbook, run).paths.state)
    if report:
        write_report(judged, report)
    say(run, judged.notes)
    _print(judged, run)
    if report:
        say(run, [f"清单已存为 {report}。"])
    answer(run, check_document(str(workbook), run.as_of.on, judged.opened.register, judged.checked))
    return 1 if judged.checked.counts["error"] else 0


def _print(judged: Judged, run: Run) -> None:
    """Tables on a terminal, plain lines elsewhere; the last line says what to do next."""
    from capa_xl.reports.problem_groups import problem_groups, summarised
    from capa_xl.reports.problems_text import closing_lines, often_lines, problem_lines

    register, derived = judged.opened.register, judged.situation.derived
    if run.json or run.quiet or not sys.stdout.isatty():
        say(run, problem_lines(judged.checked, register, derived))
        return
    from capa_xl.cli.problem_table import print_groups

    singly, often = summarised(judged.checked.problems)
    print_groups(problem_groups(singly, register, derived))
    say(run, [*often_lines(often), *closing_lines(judged.checked, register)])
