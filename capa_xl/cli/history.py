"""capa-xl history: field changes between runs."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say


@click.command(cls=ChineseCommand)
@workbook_argument
@click.argument("number", default="", metavar="[编号]")
@common_options
def command(workbook: Path, number: str, run: Run) -> None:
    """两次运行之间，人填的单元格有哪些变化；给出编号则只看这一项。依据 .capa_xl 中的运行记录。"""
    from capa_xl.app.use_cases.history import history
    from capa_xl.reports.history_text import history_lines

    found = history(desk_of(workbook, run), number)
    say(run, history_lines(found.changes, found.runs, number))
    answer(run, found.as_json)
