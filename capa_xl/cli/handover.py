"""capa-xl handover: what a leaver has still to do goes to the successor."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import DAY, Run, common_options, desk_of, refuse_the_workbook, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.cli.paper_options import templates_option
from capa_xl.cli.targets import NewFolder


@click.command(cls=ChineseCommand)
@workbook_argument
@click.argument("giver", metavar="移交人")
@click.argument("taker", metavar="接交人")
@click.option("--from", "since", type=DAY, required=True, metavar="日期", help="从这一天起由接交人负责。")
@click.option("--apply", "apply_it", is_flag=True, help="写入（先备份，可用 undo 撤销）；交接日以前不写。")
@click.option(
    "-o",
    "--output",
    type=NewFolder(".docx"),
    metavar="文件夹|文件.docx",
    help="同时打印工作交接单（Word），供双方签字；与 --apply 同用时，列的是写入以前的内容。",
)
@templates_option
@common_options
def command(
    workbook: Path,
    giver: str,
    taker: str,
    since: date,
    apply_it: bool,
    output: Path | None,
    templates: Path | None,
    run: Run,
) -> int:
    """离岗交接：责任人、步骤、检查人、确认人、批准人、代理人、需求接收人，凡还没办完的都改到接交人名下；先预览。"""
    from capa_xl.app.shared.unrecorded import unrecorded_code
    from capa_xl.app.use_cases.handover import hand_over
    from capa_xl.cli.documents.replacement_documents import handover_document
    from capa_xl.policy.handing_over import Handover
    from capa_xl.reports.replacements_text import replacement_lines

    refuse_the_workbook(output, workbook)
    desk = desk_of(workbook, run).with_settings(templates=templates)
    done = hand_over(desk, Handover(giver, taker, since), apply=apply_it, paper=output)
    say(run, done.replaced.notes)
    backup = str(done.replaced.backup or "")
    nothing = f"没有仍由「{giver}」办的事项。"
    say(run, replacement_lines(done.replaced.found, nothing, written=done.replaced.written, backup=backup))
    say(run, [f"工作交接单　{done.paper}"] if done.paper else [])
    answer(run, lambda: handover_document(done))
    return unrecorded_code(done.replaced.notes)
