"""capa-xl plan: 运维服务能力改进计划 (Word)."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, refuse_the_workbook, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.cli.paper_options import final_options, output_option, templates_option


@click.command(cls=ChineseCommand)
@workbook_argument
@output_option
@click.option("--number", metavar="计划编号", help="默认是周期最新的计划。")
@click.option("--version", metavar="版本", help="默认是该计划最新的版本。")
@final_options
@templates_option
@common_options
def command(
    workbook: Path,
    output: Path,
    number: str | None,
    version: str | None,
    draft: bool,
    with_findings: bool,
    templates: Path | None,
    run: Run,
) -> int:
    """生成《运维服务能力改进计划》（4.1.1）：来源、排序后的项目、资源、按月安排和批准记录。"""
    from capa_xl.app.use_cases.plan import write_plan
    from capa_xl.cli.documents.paper_documents import papers_document
    from capa_xl.reports.papers_text import paper_lines

    refuse_the_workbook(output, workbook)
    desk = desk_of(workbook, run).with_settings(templates=templates)
    done = write_plan(desk, output, number=number, version=version, draft=draft, with_findings=with_findings)
    say(run, paper_lines(done))
    answer(run, lambda: papers_document(done, run.as_of.on))
    return 2 if done.refused else 0
