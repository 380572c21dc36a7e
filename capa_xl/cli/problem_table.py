"""Problems on a terminal: a table per action. Off a terminal `reports.problems_text` prints the same as plain lines."""

from __future__ import annotations

from collections.abc import Iterable

from capa_xl.cli.wrapping import WIDTH, wrapped
from capa_xl.model import palette
from capa_xl.model.problem import Severity
from capa_xl.reports.problem_groups import ProblemGroup, place, source

_SIDES = 4, 16, 16
"""Columns of severity, place and source."""
_GAPS = 10
_NARROWEST = 24
_COLOURS = {Severity.ERROR: palette.OVERDUE, Severity.WARNING: palette.DUE_SOON, Severity.INFO: palette.SILENT}


def print_groups(groups: Iterable[ProblemGroup]) -> None:
    """Print one table per action; what people wrote is never taken for markup."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    console.width = min(console.width, WIDTH)
    room = max(_NARROWEST, console.width - sum(_SIDES) - _GAPS)
    for group in groups:
        table = Table(title=Text(group.title), title_justify="left", box=SIMPLE_HEAD, show_header=False, expand=True)
        for width in (*_SIDES[:2], None, _SIDES[2]):
            table.add_column(width=width, ratio=None if width else 1, overflow="fold")
        for problem in group.problems:
            table.add_row(
                Text(problem.severity.word, style=f"bold #{_COLOURS[problem.severity]}"),
                Text(place(problem)),
                Text("\n".join(wrapped(f"{problem.message} → {problem.fix}", room))),
                Text(source(problem)),
            )
        console.print(table)
