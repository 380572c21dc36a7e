"""capa-xl meeting: the page for the monthly meeting, and a line for the group chat."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import DAY, Run, common_options, desk_of, refuse_the_workbook, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.cli.paper_options import templates_option
from capa_xl.cli.targets import NewFile, NewFolder
from capa_xl.model.period import PERIODS, period_said


@click.command(cls=ChineseCommand)
@workbook_argument
@click.option("--period", required=True, metavar="期间", help=f"例会说的那一期：{PERIODS}。")
@click.option(
    "-o",
    "--output",
    type=NewFolder(".docx"),
    metavar="文件夹|文件.docx",
    help="同时写一页材料（Word，A4 横向），留一栏写会议意见。",
)
@click.option(
    "--minutes",
    type=NewFile(".xlsx"),
    metavar="文件.xlsx",
    help="同时写会议记录表：各项一行，填好后用 collect 收回，每条成为《进展反馈》的一行。",
)
@click.option("--on", "held_on", type=DAY, metavar="日期", help="开会的日期；默认今天。")
@click.option("--by", "recorder", default="", metavar="姓名", help="记录人；默认质量部负责人。")
@templates_option
@common_options
def command(
    workbook: Path,
    period: str,
    output: Path | None,
    minutes: Path | None,
    held_on: date | None,
    recorder: str,
    templates: Path | None,
    run: Run,
) -> None:
    """例会：各部门本期完成、逾期、近期到期的，一页 A4；最后一行可直接发到工作群。"""
    from capa_xl.app.use_cases.meeting import MeetingWanted, make_meeting
    from capa_xl.cli.documents.paper_documents import meeting_document
    from capa_xl.reports.meeting_text import meeting_lines, minutes_line

    refuse_the_workbook(output, workbook)
    refuse_the_workbook(minutes, workbook)
    wanted = MeetingWanted(output, minutes, held_on, recorder)
    span = period_said(period, run.as_of.on)
    made = make_meeting(desk_of(workbook, run).with_settings(templates=templates), span, wanted)
    say(run, [f"例会材料　{made.paper}"] if made.paper else [])
    if made.minutes:
        say(run, [minutes_line(made.minutes.path, made.minutes.cells, is_kept=made.minutes.is_kept)])
    say(run, meeting_lines(made.facts))
    answer(run, lambda: meeting_document(made))
