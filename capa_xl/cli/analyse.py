"""capa-xl analyse: Pareto, trend, control charts, recurrence; proposals for preventive action."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.cli.targets import NewFolder


@click.command(cls=ChineseCommand)
@workbook_argument
@click.option("-o", "--output", type=NewFolder(), metavar="文件夹", help="另存为带图表的 Excel，放在这个文件夹。")
@common_options
def command(workbook: Path, output: Path | None, run: Run) -> None:
    """质量数据的控制图、趋势和排列图，重复发生的措施；每个尚无分析记录的信号给出一条预防建议（4.3.1）。"""
    from capa_xl.app.use_cases.analyse import analyse, write_analysis
    from capa_xl.cli.documents.paper_documents import analyse_document
    from capa_xl.reports.analysis_text import analysis_lines

    found = analyse(desk_of(workbook, run))
    say(run, analysis_lines(found.series, found.paretos, found.recurrences, found.proposals))
    say(run, [f"{found.not_counted}。"] if found.not_counted else [])
    if output:
        say(run, [f"图表已存为 {write_analysis(found, output)}。"])
    answer(run, lambda: analyse_document(found))
