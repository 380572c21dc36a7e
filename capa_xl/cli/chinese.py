"""click in Chinese: headings of the help, and commands that end with a line in the log."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from capa_xl.errors import CapaError, InAnotherWorkbook
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste, with_the_path


def with_its_path(text: str) -> str:
    """A text with the path of the workbook that the running command was given, in the commands it tells.

    A folder that it was given is no workbook to put there.
    """
    if THIS_WORKBOOK not in text:
        return text
    context = click.get_current_context(silent=True)
    given = context.params if context else {}
    workbooks = given.get("workbooks") or (given.get("workbook"),)
    known = workbooks[0] if len(workbooks) == 1 else None
    return with_the_path(text, known) if known and not os.path.isdir(known) else text  # noqa: PTH112 - may be a pattern


_UNBROKEN = 10_000
"""Columns that no line of a help takes: lines are broken by us, not by click."""


class ChineseHelp(click.Command):
    """A command whose help is Chinese throughout and ends with examples."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, which the Tab key shows with its words too."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示本帮助。"
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first paragraph of the help, whole: click would cut it at a blank, which Chinese hasn't."""
        return super().get_short_help_str(sys.maxsize)

    def get_help(self, ctx: click.Context) -> str:
        """The help text with Chinese headings, no line wider than a terminal: click counts a Chinese character once."""
        from capa_xl.cli.help_lists import ChineseFormatter, in_chinese, page_width  # only --help needs them
        from capa_xl.cli.wrapping import wrapped

        formatter, width = ChineseFormatter(width=_UNBROKEN), page_width()
        self.format_help(ctx, formatter)
        lines = in_chinese(formatter.getvalue().rstrip("\n")).split("\n")
        return "\n".join(piece for line in lines for piece in wrapped(line, width))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples to copy, each on a line of its own."""
        from capa_xl.cli.command_examples import EXAMPLES  # only --help needs them

        lines = EXAMPLES.get(ctx.command_path.partition(" ")[2], ())
        if lines:
            with formatter.section("Examples"):
                formatter.write("".join(f"  {line}\n" for line in lines))


class ChineseCommand(ChineseHelp):
    """A command with Chinese help; where it can't go on, what it tells to run is for the workbook it was given."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it and keep a line in the log; trouble keeps its kind."""
        from capa_xl.cli.run_log import logged  # --help needs none

        return logged(ctx, lambda: self._invoked(ctx))

    def _invoked(self, ctx: click.Context) -> Any:
        from capa_xl.cli.targets import refuse_unwritable_targets

        try:
            refuse_unwritable_targets(ctx)
            return super().invoke(ctx)
        except InAnotherWorkbook as trouble:
            trouble.args = (f"{trouble}：{_there(ctx, trouble)}",)
            raise
        except CapaError as trouble:
            trouble.args = (with_its_path(str(trouble)),)
            raise


def _there(ctx: click.Context, trouble: InAnotherWorkbook) -> str:
    """The running command for the workbook and the number that lies there, with its other options."""
    given = ctx.params.get("workbook") or ""
    place = os.path.join(os.path.dirname(given), trouble.place)  # noqa: PTH118, PTH120 - pathlib is a start's millisecond
    return to_paste(ctx.command_path.partition(" ")[2], place, *filter(None, [trouble.number]), *_options(ctx))


def _options(ctx: click.Context) -> Iterator[str]:
    """Those that were written: a switch, or one with its word; a value of another kind isn't written again."""
    for option in (one for one in ctx.command.params if isinstance(one, click.Option) and one.name):
        value = ctx.params.get(option.name or "")
        if ctx.get_parameter_source(option.name or "") is not click.core.ParameterSource.COMMANDLINE:
            continue
        if option.is_flag and value is True:
            yield option.opts[-1]
        elif isinstance(value, str | os.PathLike):
            yield from (option.opts[-1], os.fspath(value))
        elif isinstance(value, date):
            yield from (option.opts[-1], value.isoformat())


class ChineseGroup(ChineseHelp, click.Group):
    """A group with Chinese help."""

    command_class = ChineseCommand
