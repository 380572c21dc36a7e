"""capa-xl facts: one row an action, for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.group import group_of, group_options
from capa_xl.cli.options import Run, common_options
from capa_xl.cli.output import answer, say
from capa_xl.cli.targets import NewFile
from capa_xl.cli.world import stopping_on_signals
from capa_xl.model.command_line import with_the_path


@click.command(cls=ChineseCommand)
@group_options
@click.option(
    "-o", "--output", required=True, type=NewFile(".csv", ".parquet"),
    metavar="文件.csv|.parquet", help="写到这个文件。",
)  # fmt: skip
@common_options
def command(output: Path, run: Run, **options: Any) -> int:
    """每项措施一行，含推算的状态、逾期等（列见 capa-xl docs 的 facts 一页），供 Power BI、DuckDB、pandas 用。只读。"""
    from capa_xl.app.use_cases.facts import group_facts, refuse_unwritable, write_facts
    from capa_xl.cli.documents.paper_documents import facts_document

    refuse_unwritable(output)
    with stopping_on_signals() as stop, group_of(run, stop, **options) as group:
        found = group_facts(group)
    of_each = ((one.workbook, one.words) for one in (*found.missing, *found.left_out))
    say(run, [*found.notes, *(f"{path}：{with_the_path(words, path)}" for path, words in of_each)])
    if found.is_empty_handed:
        say(run, [f"一本也没有读出来，没有写 {output}。"])
    else:
        write_facts(found, output)
        say(run, [f"{len(found.rows)} 行已写到 {output}。"])
    answer(run, lambda: facts_document(found))
    return found.exit_code
