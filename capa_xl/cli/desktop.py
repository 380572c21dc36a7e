"""capa-xl desktop: files to double-click beside a workbook (Windows)."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.cli.this_program import this_program


@click.command(cls=ChineseCommand)
@workbook_argument
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="文件夹",
    help="写到这个文件夹，如桌面（默认工作簿旁边）。",
)
@common_options
def command(workbook: Path, folder: Path | None, run: Run) -> None:
    """在工作簿旁写好几个可以双击的文件（Windows）：校验、刷新、今日提醒（预演）、本季度评审资料包。"""
    from capa_xl.app.use_cases.desktop import make_desktop

    done = make_desktop(workbook, folder, this_program())
    say(run, [f"  {path}" for path in done.files])
    say(run, ["在 Windows 上双击即可：窗口里看结果，按任意键关闭。换了电脑或重装了 Python，请再运行一次本命令。"])
    answer(run, done.as_json)
