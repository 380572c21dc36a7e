"""capa-xl request, revision …: the commands of papers that are asked for by number, made from their catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.cli.paper_options import F, final_options, output_option, templates_option
from capa_xl.model.paper_kinds import PAPER_KINDS


def _no_options(function: F) -> F:
    return function


def paper_command(name: str) -> click.Command:
    """The command of this name."""
    kind = next(kind for kind in PAPER_KINDS if kind.command == name)

    @click.command(cls=ChineseCommand, help=kind.about)
    @workbook_argument
    @click.argument("numbers", nargs=-1, metavar="[编号...]")
    @output_option
    @click.option("--all", "every", is_flag=True, help=kind.every)
    @(final_options if kind.is_judged else _no_options)
    @templates_option
    @common_options
    def command(
        workbook: Path,
        numbers: tuple[str, ...],
        output: Path,
        every: bool,
        templates: Path | None,
        run: Run,
        **asked: bool,
    ) -> int:
        from capa_xl.app.shared.numbered_papers import write_numbered
        from capa_xl.cli.documents.paper_documents import papers_document
        from capa_xl.reports.papers_text import paper_lines

        desk = desk_of(workbook, run).with_settings(templates=templates)
        done = write_numbered(kind, desk, numbers, output, every=every, **asked)
        say(run, paper_lines(done))
        answer(run, lambda: papers_document(done, run.as_of.on))
        return 2 if done.refused else 0

    return command
