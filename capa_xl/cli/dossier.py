"""capa-xl dossier: a folder an action, for a surveillance audit."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.cli.paper_options import templates_option
from capa_xl.cli.targets import NewFolder
from capa_xl.model.period import PERIODS, period_said


@click.command(cls=ChineseCommand)
@workbook_argument
@click.argument("numbers", nargs=-1, metavar="[编号...]")
@click.option("--period", default="", metavar="期间", help=f"这一期内完成、确认或取消的各项：{PERIODS}。")
@click.option("-o", "--output", "folder", type=NewFolder(), required=True, metavar="文件夹", help="每项一个子文件夹。")
@templates_option
@common_options
def command(
    workbook: Path, numbers: tuple[str, ...], period: str, folder: Path, templates: Path | None, run: Run
) -> None:
    """一项一档：报告、要求单、文件修改意见单、信件、证据（工作簿旁的 证据/编号/）、历史和目录页，每项一个文件夹。"""
    from capa_xl.app.use_cases.dossier import INDEX, make_dossiers
    from capa_xl.cli.documents.paper_documents import dossier_document
    from capa_xl.reports.papers_text import new_finals

    span = period_said(period, run.as_of.on)
    made = make_dossiers(desk_of(workbook, run).with_settings(templates=templates), numbers, folder, period=span)
    for one in made.dossiers:
        say(
            run,
            [
                f"{one.number}：{one.files} 个文件，另有 {INDEX}　{one.folder}",
                *(f"  核对：{fault}" for fault in one.faults),
            ],
        )
    say(run, [f"共 {len(made.dossiers)} 项。" if made.dossiers else "这一期没有完成、确认或取消的措施。"])
    say(run, new_finals([final for one in made.dossiers for final in one.finals], workbook))
    say(run, made.elsewhere)
    answer(run, lambda: dossier_document(made))
