"""capa-xl slip: what waits for a department, as a small workbook to fill."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.cli.targets import NewFolder


@click.command(cls=ChineseCommand)
@workbook_argument
@click.argument("departments", nargs=-1, metavar="[部门...]")
@click.option("--all", "for_all", is_flag=True, help="每个有待填内容的部门一份。")
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=NewFolder(),
    metavar="文件夹",
    help="填报表放在这个文件夹里。",
)
@common_options
def command(workbook: Path, departments: tuple[str, ...], for_all: bool, folder: Path, run: Run) -> None:
    """把等待某部门填写的单元格做成一份填报表；发回后用 collect 收。"""
    from capa_xl.app.use_cases.slip import make_slips
    from capa_xl.cli.documents.foreign_documents import slip_document
    from capa_xl.errors import UsageError
    from capa_xl.reports.slip_text import slip_lines

    if bool(departments) == for_all:
        raise UsageError("请写部门名称，或用 --all 为每个部门各做一份")
    made = make_slips(desk_of(workbook, run), departments, folder)
    slips = [(s.department, s.path, s.cells, s.without_cell, s.is_kept) for s in made.slips]
    say(run, slip_lines(slips, made.nothing_waits))
    answer(run, lambda: slip_document(made))
