"""capa-xl history: changes between runs, and whether the record of them is whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import DAY, Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.model.command_line import with_the_path


@click.command(cls=ChineseCommand)
@workbook_argument
@click.argument("number", default="", metavar="[编号]")
@click.option("--person", default="", metavar="姓名", help="只列这个人负责（或曾经负责）的措施。")
@click.option("--from", "since", type=DAY, metavar="日期", help="只列这一天及以后看到的变化。")
@click.option("--to", "until", type=DAY, metavar="日期", help="只列这一天及以前看到的变化。")
@click.option("--verify", is_flag=True, help="核对台账自身：逐条校验码相接，与现存内容一致；不一致时退出码为 1。")
@common_options
def command(
    workbook: Path, number: str, person: str, since: date | None, until: date | None, verify: bool, run: Run
) -> int:
    """跟踪表在两次运行之间的变化：人填的单元格、改期、批准后改动、交接、删除、改编号、关闭后重开、自动列被手改。"""
    from capa_xl.app.use_cases.history import Asked, history, verify_history
    from capa_xl.cli.documents.tracker_documents import chain_document, history_document
    from capa_xl.errors import UsageError
    from capa_xl.reports.history_text import chain_text, history_text

    if since and until and until < since:
        raise click.UsageError(f"--to {until} 早于 --from {since} → 两个日期对调，或只写一个")
    desk = desk_of(workbook, run)
    if verify:
        check = verify_history(desk)
        say(run, chain_text(check))
        answer(run, lambda: chain_document(check))
        return 1 if check.faults else 0
    found = history(desk, Asked(number, person, since, until))
    lines = history_text(
        found.changes,
        found.runs,
        number or person,
        is_known=found.is_known,
        instead=found.instead,
        unread=found.unread,
        is_behind=found.is_behind,
        is_beside=found.is_beside,
    )
    say(run, (with_the_path(line, workbook) for line in lines))
    answer(run, lambda: history_document(found))
    return 0 if found.is_known or not (number or person) else UsageError.exit_code
