"""capa-xl todo: what waits for a person or department."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say


@click.command(cls=ChineseCommand)
@workbook_argument
@click.argument("name", metavar="姓名或部门")
@common_options
def command(workbook: Path, name: str, run: Run) -> int:
    """某人或某部门的待办：等他处理的措施、步骤、要求单和反馈，逾期最久的在前。"""
    from capa_xl.app.use_cases.todo import todo
    from capa_xl.cli.documents.tracker_documents import todo_document
    from capa_xl.errors import UsageError
    from capa_xl.model.command_line import with_the_path
    from capa_xl.reports.todo_text import todo_lines

    found = todo(desk_of(workbook, run), name)
    say(run, (with_the_path(line, workbook) for line in todo_lines(found.todo, run.as_of.on)))
    say(run, (*found.reach.sentences, *found.notes))
    answer(run, lambda: todo_document(found))
    return 0 if found.todo.kind else UsageError.exit_code
