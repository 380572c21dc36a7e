"""capa-xl reorganise: open rows that still go by a department's former name."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say

NOTHING = "没有需要改名的在办事项（《部门沿革》没有已生效的更名，或都已改好）。"


@click.command(cls=ChineseCommand)
@workbook_argument
@click.option("--apply", "apply_it", is_flag=True, help="写入（先备份，可用 undo 撤销）。")
@common_options
def command(workbook: Path, apply_it: bool, run: Run) -> int:
    """机构调整：按《部门沿革》把在办事项改到新部门名下，先预览；已结束的行保留旧名，并按旧部门判断。

    分出一部分、旧名还在用的，在《部门沿革》加一行：旧部门、新部门都写这个旧名，由人逐项决定。
    """
    from capa_xl.app.shared.unrecorded import unrecorded_code
    from capa_xl.app.use_cases.reorganise import reorganise
    from capa_xl.cli.documents.replacement_documents import reorganised_document
    from capa_xl.reports.replacements_text import replacement_lines

    done = reorganise(desk_of(workbook, run), apply=apply_it)
    say(run, done.notes)
    say(run, replacement_lines(done.found, NOTHING, written=done.written, backup=str(done.backup or "")))
    answer(run, lambda: reorganised_document(workbook, done))
    return unrecorded_code(done.notes)
