"""capa-xl signed: signed scans filed to their papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import DAY, Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say


@click.command(cls=ChineseCommand)
@workbook_argument
@click.argument("scans", nargs=-1, type=click.Path(path_type=Path), metavar="[扫描件.pdf...]")
@click.option("--paper", default="", metavar="编号", help="是哪一份：文件编号或改进编号；扫描件有文字层时可不写。")
@click.option("--edition", type=click.IntRange(1), metavar="版次", help="签的是第几版；扫描件有文字层时可不写。")
@click.option("--on", "signed_on", type=DAY, metavar="日期", help="签字日期（最后一人）。")
@click.option("--checked", is_flag=True, help="各页已由人核对，文字层识别有误。")
@click.option("--another", is_flag=True, help="这一版已有签字件，这是另一份。")
@common_options
def command(
    workbook: Path,
    scans: tuple[Path, ...],
    paper: str,
    edition: int | None,
    signed_on: date | None,
    checked: bool,
    another: bool,
    run: Run,
) -> int:
    """签字后的扫描件（PDF）归到它的文件名下，记下日期和校验码；不写扫描件时列出哪些定稿还没有签字件、哪些被改动过。

    是哪一份，由每页页眉上的编号认出；没有文字层的扫描件用 --paper 写明。原来的文件留在原处。

    存档里的签字件不在了或被改动过的，把原来那份扫描件再归档一次就换上，被改动的另存在旁边。有被改动的，退出码为 1。
    """
    from capa_xl.app.use_cases.signed import file_scans
    from capa_xl.cli.documents.signed_document import signed_document
    from capa_xl.model.filed_scan import Said
    from capa_xl.reports.signed_text import signed_lines

    said = Said(paper, edition, signed_on, checked, another)
    done = file_scans(desk_of(workbook, run), scans, said)
    say(run, signed_lines(done))
    answer(run, lambda: signed_document(done))
    return 2 if done.refused else 1 if done.has_damage else 0
