"""capa-xl refresh: 〔自动〕 columns written back."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, workbook_argument, write_option
from capa_xl.cli.output import answer, say


@click.command(cls=ChineseCommand)
@workbook_argument
@click.option("--check", "check_only", is_flag=True, help="只显示将改哪些单元格，不写文件。")
@click.option("--wait", "wait_minutes", type=click.FloatRange(0), metavar="分钟", help="工作簿被打开时最多等待几分钟。")
@write_option
@common_options
def command(workbook: Path, check_only: bool, wait_minutes: float | None, insists: bool, run: Run) -> int:
    """回写〔自动〕列、校验结果和总览；人填的单元格一个字节也不改。再运行一次不会有任何改动。"""
    from capa_xl.app.shared.unrecorded import unrecorded_code
    from capa_xl.app.use_cases.refresh import refresh
    from capa_xl.cli.documents.tracker_documents import refresh_document
    from capa_xl.reports.refresh_text import refresh_lines

    desk = desk_of(workbook, run, insists=insists).with_settings(wait_minutes=wait_minutes)
    done = refresh(desk, check_only=check_only)
    say(run, (*done.notes, *done.judged.notes))
    looked = check_only or done.rehearsed
    said = refresh_lines(
        done.changes,
        done.tally,
        done.backup,
        adopted=done.adopted,
        check_only=looked,
        without_timeline=done.without_timeline,
    )
    say(run, said)
    answer(run, lambda: refresh_document(done))
    return unrecorded_code(done.notes)
