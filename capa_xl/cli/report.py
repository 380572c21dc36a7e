"""capa-xl report: effectiveness reports (Word)."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.cli.paper_options import final_options, output_option, templates_option


@click.command(cls=ChineseCommand)
@workbook_argument
@click.argument("numbers", nargs=-1, metavar="[编号...]")
@output_option
@click.option("--all", "every", is_flag=True, help="全部已完成的措施；已取消的、已转后续而没有要过报告的不在内。")
@final_options
@click.option("--one-file", is_flag=True, help="几份报告合成一个文件，每份另起一页（-o 写文件名时也是）。")
@templates_option
@common_options
def command(
    workbook: Path,
    numbers: tuple[str, ...],
    output: Path,
    every: bool,
    draft: bool,
    with_findings: bool,
    one_file: bool,
    templates: Path | None,
    run: Run,
) -> int:
    """生成改进效果确认报告（4.5.2）。检查合格并确认齐全的出定稿，其余出草稿；该行还有错误的不出定稿。"""
    from capa_xl.app.use_cases.report import write_reports
    from capa_xl.cli.documents.paper_documents import papers_document
    from capa_xl.reports.papers_text import paper_lines

    done = write_reports(
        desk_of(workbook, run).with_settings(templates=templates),
        numbers,
        output,
        every=every,
        draft=draft,
        with_findings=with_findings,
        one_file=one_file,
    )
    say(run, paper_lines(done))
    answer(run, lambda: papers_document(done, run.as_of.on))
    return 2 if done.refused else 0
