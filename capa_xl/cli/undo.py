"""capa-xl undo: the last --apply taken back."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say


@click.command(cls=ChineseCommand)
@workbook_argument
@common_options
def command(workbook: Path, run: Run) -> int:
    """撤销最近一次 --apply（collect、grow 等）或就地接管：此后有人改过的格不动，并列出；再运行撤销更早的。"""
    from capa_xl.app.shared.unrecorded import unrecorded_code
    from capa_xl.app.use_cases.undo import undo
    from capa_xl.cli.documents.tracker_documents import undo_document
    from capa_xl.reports.fixes_text import undo_lines
    from capa_xl.reports.growth_text import taken_back_line

    done = undo(desk_of(workbook, run))
    if done.is_whole:
        say(run, [taken_back_line(done.applied.applied_at if done.applied else "", str(done.backup or ""))])
    else:
        backup = str(done.backup or "")
        say(run, undo_lines(done.applied, done.edits, done.kept, backup, rows=done.rows, is_outdated=done.is_outdated))
    say(run, done.notes)
    answer(run, lambda: undo_document(done))
    return unrecorded_code(done.notes)
