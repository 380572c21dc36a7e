"""capa-xl desktop: files to double-click beside a workbook (Windows)."""

from __future__ import annotations

import os
from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.cli.targets import NewFolder
from capa_xl.cli.this_program import not_on_windows, this_program


@click.command(cls=ChineseCommand)
@workbook_argument
@click.option(
    "-o",
    "--output",
    "folder",
    type=NewFolder(),
    metavar="文件夹",
    help="写到这个文件夹，如桌面（默认工作簿旁边）。",
)
@common_options
def command(workbook: Path, folder: Path | None, run: Run) -> int:
    """在工作簿旁写好几个可以双击的文件（Windows）：校验、刷新、今日提醒（预演）、上季度和本季度的评审资料包。

    双击其中一个（.cmd 文件），就做它的名字所说的事，结果在打开的窗口里看。
    """
    from capa_xl.app.shared.archived_year import refuse_unserved
    from capa_xl.app.use_cases.desktop import make_desktop
    from capa_xl.cli.documents.pass_documents import desktop_document

    if workbook.suffix.lower() == ".cmd":
        return _carry_out(workbook)
    refuse_unserved(desk_of(workbook, run))
    done = make_desktop(workbook, folder, this_program(), os.environ)
    say(run, [f"  {path}" for path in done.files])
    say(run, not_on_windows("这些文件"))
    say(run, ["在 Windows 上双击即可：窗口里看结果，按任意键关闭。换了电脑或重装了 Python，请再运行一次本命令。"])
    answer(run, lambda: desktop_document(done))
    return 0


def _carry_out(file: Path) -> int:
    """Do what a double-clicked file says, and end with a sentence for the person at the window."""
    from capa_xl.app.use_cases.desktop import clicked
    from capa_xl.cli.main import run as run_command

    what, words = clicked(file)
    click.echo(f"{what.title}：{what.before}\n", err=True)
    code = run_command(words)
    click.echo("\n没有完成：原因见上面。" if code > 1 else "\n完成。", err=True)
    return code
