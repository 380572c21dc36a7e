"""capa-xl request, revision …: the commands of papers that are asked for by number, made from their catalogue."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.cli.paper_options import output_option, templates_option

if TYPE_CHECKING:
    from capa_xl.app.shared.numbered_papers import NumberedPaper


def paper_command(name: str) -> click.Command:
    """The command of this name; the use case of the same name holds its paper."""
    paper: NumberedPaper = import_module(f"capa_xl.app.use_cases.{name}").PAPER

    @click.command(cls=ChineseCommand, help=paper.about)
    @workbook_argument
    @click.argument("numbers", nargs=-1, metavar="编号...")
    @output_option
    @click.option("--all", "every", is_flag=True, help=paper.every)
    @templates_option
    @common_options
    def command(
        workbook: Path, numbers: tuple[str, ...], output: Path, every: bool, templates: Path | None, run: Run
    ) -> None:
        from capa_xl.app.shared.numbered_papers import write_numbered
        from capa_xl.cli.documents.paper_documents import papers_document
        from capa_xl.reports.papers_text import paper_lines

        desk = desk_of(workbook, run).with_settings(templates=templates)
        done = write_numbered(paper, desk, numbers, output, every=every)
        say(run, paper_lines(done))
        answer(run, lambda: papers_document(done, run.as_of.on))

    return command
