"""capa-xl demo: the whole street once, on the sample."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options
from capa_xl.cli.output import answer, say
from capa_xl.cli.targets import NewFolder
from capa_xl.cli.world import stopping_on_signals, world_until


@click.command(cls=ChineseCommand)
@click.argument("folder", type=NewFolder(), metavar="[文件夹]", default="capa-xl-demo")
@common_options
def command(folder: Path, run: Run) -> None:
    """生成样例工作簿并走完一遍：校验、刷新、提醒（存入发件箱）、评审资料包；最后说明文件都在哪里。"""
    from capa_xl.app.use_cases.demo import run_demo
    from capa_xl.cli.documents.pass_documents import demo_document
    from capa_xl.reports.demo_text import demo_lines, place_lines

    with stopping_on_signals() as stop:
        demo = run_demo(folder, run.as_of, world_until(stop))
    view, counts = demo.refreshed.judged.view, demo.judged.checked.counts
    refreshed, letters = demo.refreshed, len(demo.reminded.letters)
    say(run, demo_lines(refreshed.tally, refreshed.derived, view.by_number, counts, letters))
    say(run, place_lines(demo.workbook, demo.refreshed.backup, demo.outbox, demo.packed.directory, demo.is_new))
    answer(run, lambda: demo_document(demo, run.as_of.on))
