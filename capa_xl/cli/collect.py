"""capa-xl collect: the answers of returned slips."""

from __future__ import annotations

import re
from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say


def _answers(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """「网络部.xlsx:H7」 → (file, cell)."""
    pairs = [text.rpartition(":") for text in given]
    for file, _, at in pairs:
        if not file or not re.fullmatch(r"[A-Z]+[1-9]\d*", at.upper()):
            raise click.BadParameter(f"「{file}:{at}」要写成 文件:单元格，例如 --take 填报表.xlsx:H7")
    return frozenset((file, at.upper()) for file, _, at in pairs)


@click.command(cls=ChineseCommand)
@workbook_argument
@click.argument("returned", type=click.Path(exists=True, path_type=Path), metavar="文件夹或文件")
@click.option("--apply", "apply_them", is_flag=True, help="写入没有争议的答复（先备份，可用 undo 撤销）。")
@click.option(
    "--take",
    "taken",
    multiple=True,
    metavar="文件:单元格",
    callback=_answers,
    help="需要人工决定的，采用这一份的这一格；照预览抄写，可写多次。",
)
@common_options
def command(workbook: Path, returned: Path, apply_them: bool, taken: frozenset[tuple[str, str]], run: Run) -> int:
    """收回填报表、会议记录表（一个文件或一个文件夹）：先列出将写入、要人工决定、没有采用的；加 --apply 才写。"""
    from capa_xl.app.shared.unrecorded import unrecorded_code
    from capa_xl.app.use_cases.collect import collect
    from capa_xl.cli.documents.foreign_documents import collect_document
    from capa_xl.reports.slip_text import collect_lines

    found = collect(desk_of(workbook, run), returned, apply=apply_them, taken=taken)
    say(run, found.notes)
    backup = str(found.backup or "")
    problems = (*found.errors, *found.warnings)
    lines = collect_lines(
        found.files, found.collected, problems, written=found.written, backup=backup, undone=found.undone
    )
    say(run, lines)
    answer(run, lambda: collect_document(found))
    return unrecorded_code(found.notes)
