"""capa-xl patch: the splice on any workbook (plumbing)."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of
from capa_xl.cli.output import answer, say
from capa_xl.cli.targets import NewFile, refuse_another_kind


@click.command(cls=ChineseCommand)
@click.argument("file", type=click.Path(path_type=Path), metavar="工作簿")
@click.option(
    "--edits", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="E.json",
    help='单元格清单：[{"sheet": "表", "cell": "B2", "value": 值}]；日期写成 {"date": "2026-11-22"}。',
)  # fmt: skip
@click.option(
    "-o",
    "--output",
    required=True,
    type=NewFile(".xlsx", ".xlsm", ".xltx", ".xltm"),
    metavar="文件",
    help="写到这个新文件；写原文件的，留备份。",
)
@common_options
def command(file: Path, edits: Path, output: Path, run: Run) -> None:
    """底层命令：改写任意工作簿的单元格；除这些单元格外，一个字节也不变。写不安全时拒绝，文件不动。"""
    from capa_xl.app.use_cases.patch import patch_file
    from capa_xl.cli.documents.tracker_documents import patch_document
    from capa_xl.effects.files import read_file

    refuse_another_kind(file, output)
    done = patch_file(desk_of(file, run), read_file(edits)[0], output)
    say(run, [*done.warnings, f"已改 {len(done.changes)} 格，写到 {done.target}。"])
    answer(run, lambda: patch_document(done))
